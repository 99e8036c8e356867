"""Deploy the synthesised core stack into the emulator, with what the emulator needs changed."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from botocore.exceptions import ClientError, WaiterError

from infra.local import aws
from infra.local.failures import LocalRunError
from infra.local.profile import Profile

STACK = "chamado-local-core"
ASSETS_BUCKET = f"cdk-hnb659fds-assets-{aws.ACCOUNT}-{aws.REGION}"
FAILED = {"ROLLBACK_COMPLETE", "CREATE_FAILED", "ROLLBACK_FAILED", "UPDATE_ROLLBACK_FAILED"}
CAPABILITIES = ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"]
Template = dict[str, Any]


def deploy_core(profile: Profile, assembly: Path) -> dict[str, str]:
    """Create or update the stack and return its outputs.

    Raises:
        LocalRunError: the emulator refused the stack; its reason is shown.
    """
    template = for_emulator(json.loads((assembly / f"{STACK}.template.json").read_text()))
    s3 = aws.client(profile, "s3")
    upload_assets(s3, assembly)
    key = f"{STACK}.template.json"
    s3.put_object(Bucket=ASSETS_BUCKET, Key=key, Body=json.dumps(template).encode())
    cloudformation = aws.client(profile, "cloudformation")
    request = {
        "StackName": STACK,
        "TemplateURL": f"{profile.emulator_url}/{ASSETS_BUCKET}/{key}",
        "Capabilities": CAPABILITIES,
        "Parameters": [
            {"ParameterKey": "DeskUrl", "ParameterValue": profile.desk_url},
            {"ParameterKey": "EmulatorUrl", "ParameterValue": profile.emulator_url},
        ],
    }
    _create_or_update(cloudformation, request)
    stack = cloudformation.describe_stacks(StackName=STACK)["Stacks"][0]
    return {output["OutputKey"]: output["OutputValue"] for output in stack.get("Outputs", [])}


def upload_assets(s3: Any, assembly: Path) -> None:
    """Put the assembly's files where the template looks for them."""
    try:
        s3.create_bucket(Bucket=ASSETS_BUCKET)
    except ClientError as error:
        if error.response["Error"]["Code"] not in {
            "BucketAlreadyOwnedByYou",
            "BucketAlreadyExists",
        }:
            raise
    manifest = json.loads((assembly / f"{STACK}.assets.json").read_text())
    for asset in manifest["files"].values():
        source = assembly / asset["source"]["path"]
        for destination in asset["destinations"].values():
            if source.suffix == ".zip" and not _has(s3, destination["objectKey"]):
                s3.upload_file(str(source), ASSETS_BUCKET, destination["objectKey"])


def _has(s3: Any, key: str) -> bool:
    """Whether the asset is there already: its key is the hash of its content."""
    try:
        s3.head_object(Bucket=ASSETS_BUCKET, Key=key)
    except ClientError:
        return False
    return True


def _create_or_update(cloudformation: Any, request: dict[str, Any]) -> None:
    status = _status(cloudformation)
    if status in FAILED:
        cloudformation.delete_stack(StackName=STACK)
        cloudformation.get_waiter("stack_delete_complete").wait(
            StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 60}
        )
        status = None
    action = "update" if status else "create"
    try:
        getattr(cloudformation, f"{action}_stack")(**request)
    except ClientError as error:
        if "No updates are to be performed" in str(error):
            return
        message = f"The emulator refused the stack: {error}"
        raise LocalRunError(message) from error
    try:
        cloudformation.get_waiter(f"stack_{action}_complete").wait(
            StackName=STACK, WaiterConfig={"Delay": 1, "MaxAttempts": 90}
        )
    except WaiterError as error:
        raise LocalRunError(_why(cloudformation)) from error


def _status(cloudformation: Any) -> str | None:
    try:
        stacks = cloudformation.describe_stacks(StackName=STACK)["Stacks"]
    except ClientError:
        return None
    living = [stack for stack in stacks if stack["StackStatus"] != "DELETE_COMPLETE"]
    return str(living[0]["StackStatus"]) if living else None


def _why(cloudformation: Any) -> str:
    events = cloudformation.describe_stack_events(StackName=STACK)["StackEvents"]
    reasons = [
        f"  {event['LogicalResourceId']}: {event['ResourceStatusReason']}"
        for event in events
        if "FAILED" in event["ResourceStatus"] and event.get("ResourceStatusReason")
    ]
    return "\n".join(["The stack could not be deployed:", *reasons])


def for_emulator(template: Template) -> Template:
    """What ministack 1.5.33 cannot do as AWS does, and nothing else."""
    for resource in template["Resources"].values():
        if resource["Type"] == "AWS::CloudFront::Distribution":
            _reach_api_through_emulator(resource)
        if resource["Type"] in {"AWS::SQS::QueuePolicy", "AWS::S3::BucketPolicy"}:
            _allow_plain_http(resource)
        if resource["Type"] == "AWS::IAM::Policy":
            _allow_as_emulator_asks(resource)
            _allow_batches(resource)
    return template


def _allow_plain_http(policy: dict[str, Any]) -> None:
    """The emulator speaks HTTP on loopback, and enforces the policies that demand TLS."""
    document = policy["Properties"]["PolicyDocument"]
    document["Statement"] = [
        statement
        for statement in document["Statement"]
        if not (statement["Effect"] == "Deny" and _is_about_tls(statement))
    ]


def _allow_as_emulator_asks(policy: dict[str, Any]) -> None:
    """The emulator checks v1 SES sends against ``*`` and never against the identity."""
    for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
        if statement["Action"] == "ses:SendRawEmail":
            statement["Resource"] = "*"


def _allow_batches(policy: dict[str, Any]) -> None:
    """The emulator asks for an action of its own where AWS asks for that of a single message."""
    for statement in policy["Properties"]["PolicyDocument"]["Statement"]:
        given = statement["Action"]
        actions = [given] if isinstance(given, str) else list(given)
        # Only the API's function deletes by itself; for the others the emulator's Lambda does.
        single = {"sqs:SendMessage"} | (
            {"sqs:DeleteMessage"} if "sqs:StartMessageMoveTask" in actions else set()
        )
        batches = [f"{action}Batch" for action in actions if action in single]
        if batches:
            statement["Action"] = [*actions, *batches]


def _is_about_tls(statement: dict[str, Any]) -> bool:
    conditions = json.dumps(statement.get("Condition", {}))
    return "aws:SecureTransport" in conditions or "s3:TlsVersion" in conditions


def _reach_api_through_emulator(distribution: dict[str, Any]) -> None:
    """The emulated CloudFront dials no AWS name: it reaches the API by a path of the emulator."""
    for origin in distribution["Properties"]["DistributionConfig"]["Origins"]:
        if "execute-api" not in json.dumps(origin["DomainName"]):
            continue
        api = next(part for part in _parts(origin["DomainName"]) if isinstance(part, dict))
        path = ["/_aws/execute-api/", api, origin.get("OriginPath", "")]
        origin["OriginPath"] = {"Fn::Join": ["", path]}
        origin["DomainName"] = "localhost"
        origin["CustomOriginConfig"] = {
            "HTTPPort": {"Fn::Select": [2, {"Fn::Split": [":", {"Ref": "EmulatorUrl"}]}]},
            "OriginProtocolPolicy": "http-only",
        }


def _parts(domain_name: dict[str, Any]) -> Iterator[Any]:
    yield from domain_name["Fn::Join"][1]
