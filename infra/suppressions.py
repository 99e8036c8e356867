"""Findings of cdk-nag's AWS Solutions pack that we live with, each with its reason.

A suppression is for one construct and one finding; a new finding anywhere fails the synthesis.
"""

from typing import TYPE_CHECKING

from aws_cdk import Acknowledgment, CfnElement, Stack, Validations
from constructs import IConstruct

if TYPE_CHECKING:
    from infra.stacks.core_stack import CoreStack

PACK = "AwsSolutions::AwsSolutions"

# Server and CDN logs hold whole paths. `/t/<token>` opens a ticket to whoever has it: a log of
# paths would be a store of keys, kept in clear text. What happens is in the functions' own lines,
# which never have a token.
NO_PATHS_IN_LOGS = (
    "Paths under /t/ are capabilities (a signed link opens one ticket), so an access log would "
    "store keys; the functions log each unit of work without them"
)

BUCKETS = {
    "S1": (
        "Objects are reached only by the functions' roles and by signed URLs of minutes; a log of "
        "requests would hold those URLs. Data events of CloudTrail are the account's choice"
    ),
}
DISTRIBUTION = {
    "CFR1": "A help desk answers customers wherever they are",
    "CFR2": "A web ACL has a fixed monthly fee; the application limits rates itself",
    "CFR3": NO_PATHS_IN_LOGS,
    "CFR4": (
        "CloudFront's own certificate sets its own minimum of TLS; with desk_host and "
        "certificate_arn the minimum is TLS 1.2"
    ),
}
POOL = {
    "COG2": "A second factor is offered to each agent; whether it is demanded is the desk's choice",
    "COG8": "The plus plan charges per active user; passwords follow the pool's strict policy",
}
FAILED_RECORDS = {"SQS3": "This is the end of the line for stream records: a person empties it"}
WHICH_OBJECT = "Keys of objects are made at run time; the bucket and the actions are named"
ANY_STREAM = "AWS cannot narrow dynamodb:ListStreams to one table"
ANY_ADDRESS = "SES's list of suppressed addresses is the account's: AWS knows no narrower resource"


def acknowledge(construct: IConstruct, findings: dict[str, str]) -> None:
    """Accept these findings on this construct."""
    Validations.of(construct).acknowledge(
        *(Acknowledgment(id=f"{PACK}-{rule}", reason=reason) for rule, reason in findings.items())
    )


def core_suppressions(stack: "CoreStack") -> None:
    """What is accepted in the core stack."""
    buckets = stack.buckets
    for bucket in (buckets.raw_mail, buckets.files, buckets.console):
        acknowledge(bucket, BUCKETS)
    acknowledge(stack.distribution.distribution, DISTRIBUTION)
    acknowledge(stack.sign_in.pool, POOL)
    acknowledge(stack.queues.failed_records, FAILED_RECORDS)
    wildcards = {
        _any_object(stack, bucket): WHICH_OBJECT for bucket in (buckets.raw_mail, buckets.files)
    }
    for function in ("APIHandler", "InboundMail", "Notify", "Wake"):
        acknowledge(stack.functions.node.find_child(f"{function}Policy"), wildcards)
    api = stack.functions.node.find_child("APIHandlerPolicy")
    acknowledge(api, {"IAM5[Resource::*]": ANY_ADDRESS})
    dispatch = stack.functions.node.find_child("DispatchPolicy")
    acknowledge(dispatch, {"IAM5[Resource::*]": ANY_STREAM})


def _any_object(stack: Stack, bucket: IConstruct) -> str:
    """How the finding names ``<bucket>/*``: by the bucket's logical id."""
    resource = bucket.node.default_child
    if not isinstance(resource, CfnElement):
        message = f"{bucket.node.path} has no resource"
        raise TypeError(message)
    logical_id = stack.resolve(resource.logical_id)
    return f"IAM5[Resource::<{logical_id}.Arn>/*]"
