"""``make deploy`` and ``make destroy``: the CDK command, and what no stack can do.

What no stack can do: tell the functions the address that the distribution got, upload the console,
activate the receipt rule set, and name the DNS records that the domain's owner must set.
"""

import argparse
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.console_files import upload_console
from infra.stage import UNSET_DESK_URL, Stage, StageError, stage_from_answers

ROOT = Path(__file__).resolve().parent.parent
# The CDK command line of the 3 line cannot read this library's assemblies.
CDK = "aws-cdk@2.1148.1"
CONSOLE_DIST = ROOT / "console" / "dist"
CONTEXT = ("domain", "desk_host", "certificate_arn", "alarm_email")


class DeployError(Exception):
    """The deployment cannot go on. The text says why."""


def deploy(stage: Stage) -> None:
    """Deploy the stage's stacks and everything around them.

    Raises:
        DeployError: the console is not built, or the CDK command failed.
    """
    if not (CONSOLE_DIST / "index.html").exists():
        message = "The console is not built: run make console first"
        raise DeployError(message)
    _cdk(stage, "deploy", "--all", "--require-approval", "never")
    core = outputs(f"{stage.prefix}-core")
    address = _desk_url(stage, core)
    if _parameter(f"{stage.prefix}-core", "DeskUrl") != address:
        say(f"Telling the functions their address: {address}")
        name = f"{stage.prefix}-core"
        _cdk(stage, "deploy", name, "--require-approval", "never", "--exclusively",
             "--parameters", f"{name}:DeskUrl={address}")  # fmt: skip
    files = upload_console(boto3.client("s3"), core["ConsoleBucket"], CONSOLE_DIST)
    say(f"Uploaded the console: {files} files")
    _forget_old_console(core["DistributionId"])
    _activate_rules(stage)
    say(dns_records(stage, outputs(f"{stage.prefix}-mail"), core, boto3.Session().region_name))
    say(f"The desk is at {address}. Load its configuration with: make seed STAGE={stage.name}")


def destroy(stage: Stage) -> None:
    """Delete the stage's stacks; tickets, mails, files and users are kept and named.

    Raises:
        DeployError: the CDK command failed.
    """
    core = outputs(f"{stage.prefix}-core")
    _deactivate_rules(stage)
    if bucket := core.get("ConsoleBucket"):
        boto3.resource("s3").Bucket(bucket).objects.all().delete()
    _cdk(stage, "destroy", "--all", "--force")
    kept = [core[name] for name in KEPT if name in core]
    if kept:
        say("Kept, because deleting it cannot be undone; delete it by hand if you mean to:")
        say("\n".join(f"  {name}" for name in kept))


KEPT = ("TableName", "RawMailBucket", "FilesBucket", "UserPoolId")


def outputs(stack: str) -> dict[str, str]:
    """What a stack tells about itself; nothing when it does not exist."""
    try:
        found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    except ClientError as error:
        if "does not exist" in str(error):
            return {}
        raise
    return {o["OutputKey"]: o["OutputValue"] for o in found.get("Outputs", [])}


def dns_records(
    stage: Stage, mail: dict[str, str], core: dict[str, str], region: str | None
) -> str:
    """What the owner of the domain must set, as a zone file would have it."""
    region = region or "us-east-1"
    inbound = f"10 inbound-smtp.{region}.amazonaws.com."
    bounce = f"bounce.{stage.domain}"
    records = [
        (stage.domain, "MX", inbound),
        (stage.reply_domain, "MX", inbound),
        (bounce, "MX", f"10 feedback-smtp.{region}.amazonses.com."),
        (bounce, "TXT", '"v=spf1 include:amazonses.com ~all"'),
        (f"_dmarc.{stage.domain}", "TXT", '"v=DMARC1; p=quarantine"'),
        *(
            (mail[f"DkimName{number}"], "CNAME", f"{mail[f'DkimValue{number}']}.")
            for number in (1, 2, 3)
            if f"DkimName{number}" in mail
        ),
    ]
    if stage.desk_host:
        records.append((stage.desk_host, "CNAME", f"{core['DistributionDomain']}."))
    width = max(len(name) for name, _, _ in records)
    lines = [f"  {name + '.':<{width + 1}} {kind:<5} {value}" for name, kind, value in records]
    return "\n".join(["DNS records that the domain needs:", *lines])


def _desk_url(stage: Stage, core: dict[str, str]) -> str:
    if stage.default_desk_url != UNSET_DESK_URL:
        return stage.default_desk_url
    return f"https://{core['DistributionDomain']}"


def _parameter(stack: str, name: str) -> str:
    found = boto3.client("cloudformation").describe_stacks(StackName=stack)["Stacks"][0]
    parameters = {p["ParameterKey"]: p["ParameterValue"] for p in found.get("Parameters", [])}
    return str(parameters.get(name, ""))


def _forget_old_console(distribution_id: str) -> None:
    boto3.client("cloudfront").create_invalidation(
        DistributionId=distribution_id,
        InvalidationBatch={
            "Paths": {"Quantity": 1, "Items": ["/console*"]},
            "CallerReference": os.urandom(8).hex(),
        },
    )


def _activate_rules(stage: Stage) -> None:
    """Make our rule set the active one, unless that would silence somebody else's."""
    ses = boto3.client("ses")
    active = ses.describe_active_receipt_rule_set().get("Metadata", {}).get("Name", "")
    if not active:
        ses.set_active_receipt_rule_set(RuleSetName=stage.prefix)
    elif active != stage.prefix:
        say(
            f"Another receipt rule set is active here ({active}), and SES has one per region: "
            f"mail does not reach this desk until {stage.prefix} is made active."
        )


def _deactivate_rules(stage: Stage) -> None:
    """An active rule set cannot be deleted."""
    ses: Any = boto3.client("ses")
    active = ses.describe_active_receipt_rule_set().get("Metadata", {}).get("Name", "")
    if active == stage.prefix:
        ses.set_active_receipt_rule_set()


def _cdk(stage: Stage, *arguments: str) -> None:
    folder = Path(sys.executable).parent
    command = [str(folder / "npx"), "--yes", CDK, *arguments, "-c", f"stage={stage.name}"]
    for name in CONTEXT:
        if value := getattr(stage, name):
            command += ["-c", f"{name}={value}"]
    path = f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"
    done = subprocess.run(command, cwd=ROOT, env=os.environ | {"PATH": path}, check=False)
    if done.returncode:
        message = f"cdk {arguments[0]} failed"
        raise DeployError(message)


def say(text: str) -> None:
    """One answer on the terminal."""
    print(text, flush=True)


def main() -> None:
    """Read the command line and do it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("action", choices=("deploy", "destroy"))
    parser.add_argument("--stage", required=True)
    for name in CONTEXT:
        parser.add_argument(f"--{name.replace('_', '-')}", default="")
    given = vars(parser.parse_args())
    action = {"deploy": deploy, "destroy": destroy}[given.pop("action")]
    try:
        action(stage_from_answers(given.pop("stage"), **given))
    except (DeployError, StageError, ClientError, BotoCoreError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
