"""One entry per function: the variables it sees and the statements of its role.

The names of variables are those of ``chalicelib.settings.Settings``, in capitals. A function gets
a variable only when it uses it, so that a leaked environment tells as little as possible.
"""

from dataclasses import dataclass

from aws_cdk import aws_iam as iam

from infra.constructs import permissions as may
from infra.constructs.ticket_table import BY_REQUESTER, BY_WAKE

COMMON = ("STAGE", "LOG_LEVEL")
MAIL_OUT = ("DESK_URL", "REPLY_DOMAIN", "SES_REGION")
OIDC = (
    "OIDC_ISSUER",
    "OIDC_KEYS_URL",
    "OIDC_CLIENT_ID",
    "OIDC_AUTHORIZE_URL",
    "OIDC_TOKEN_URL",
    "OIDC_LOGOUT_URL",
)


@dataclass(frozen=True, slots=True)
class Arns:
    """Everything that a role can name."""

    table: str
    indexes: dict[str, str]
    stream: str
    queues: dict[str, str]
    dead_letters: dict[str, str]
    failed_records: str
    raw_mail: str
    files: str
    user_pool: str
    ses_identity: str
    ses_configuration_set: str


@dataclass(frozen=True, slots=True)
class FunctionSpec:
    """What one function is given."""

    logical_id: str
    variables: tuple[str, ...]
    statements: list[iam.PolicyStatement]


def function_specs(arns: Arns) -> dict[str, FunctionSpec]:
    """The functions of ``app.py`` by the name of their Python function."""
    table = may.read_and_write(arns.table)
    return {
        "api_handler": FunctionSpec(
            "APIHandler",
            (
                "TABLE_NAME",
                "RAW_MAIL_BUCKET",
                "FILES_BUCKET",
                "USER_POOL_ID",
                *(f"{name.upper()}_QUEUE_URL" for name in (*arns.queues, "failed_records")),
                *(f"{name.upper()}_DEAD_LETTERS_URL" for name in arns.queues),
                *MAIL_OUT,
                *OIDC,
            ),
            [
                table,
                may.allow(("dynamodb:Query",), arns.indexes[BY_REQUESTER]),
                may.objects(
                    arns.files,
                    "s3:PutObject",
                    "s3:GetObject",
                    "s3:PutObjectTagging",
                    "s3:GetObjectTagging",
                ),
                may.objects(arns.raw_mail, "s3:GetObject"),
                # A suspended mail that is let in, the test of a forwarding; and what is sent back.
                may.send(*arns.queues.values()),
                may.allow(("sqs:GetQueueAttributes",), *arns.queues.values()),
                may.allow(
                    (*may.CONSUME, "sqs:StartMessageMoveTask"),
                    *arns.dead_letters.values(),
                    arns.failed_records,
                ),
                # The list is the account's; AWS knows no narrower resource for it.
                may.allow(("ses:DeleteSuppressedDestination",), "*"),
                may.allow(
                    ("cognito-idp:AdminCreateUser", "cognito-idp:AdminGetUser"), arns.user_pool
                ),
            ],
        ),
        "authorize": FunctionSpec("Authorize", OIDC, []),
        "inbound_mail": FunctionSpec(
            "InboundMail",
            ("TABLE_NAME", "RAW_MAIL_BUCKET", "FILES_BUCKET", *MAIL_OUT),
            [
                table,
                may.consume(arns.queues["inbound_mail"]),
                may.objects(arns.raw_mail, "s3:GetObject"),
                may.objects(arns.files, "s3:PutObject"),
            ],
        ),
        "mail_events": FunctionSpec(
            "MailEvents",
            ("TABLE_NAME", "MAIL_EVENTS_QUEUE_URL", *MAIL_OUT),
            [
                table,
                may.consume(arns.queues["mail_events"]),
                # News that overtook their mail come again soon.
                may.allow(("sqs:ChangeMessageVisibility",), arns.queues["mail_events"]),
            ],
        ),
        **_job_functions(arns, table),
        **_time_functions(arns, table),
    }


def _job_functions(arns: Arns, table: iam.PolicyStatement) -> dict[str, FunctionSpec]:
    queues = arns.queues
    forwards_to = ("ASSIGNMENT", "NOTIFICATION", "PROJECTION", "TIMERS", "FAILED_RECORDS")
    return {
        "dispatch": FunctionSpec(
            "Dispatch",
            tuple(f"{name}_QUEUE_URL" for name in forwards_to),
            [
                *may.read_stream(arns.stream),
                may.send(
                    queues["assignment"],
                    queues["notification"],
                    queues["projection"],
                    queues["timers"],
                    arns.failed_records,
                ),
            ],
        ),
        "assign": FunctionSpec(
            "Assign", ("TABLE_NAME", *MAIL_OUT), [table, may.consume(queues["assignment"])]
        ),
        "notify": FunctionSpec(
            "Notify",
            (
                "TABLE_NAME",
                "FILES_BUCKET",
                "SES_CONFIGURATION_SET",
                "NOTIFICATION_QUEUE_URL",
                "NOTIFICATION_DEAD_LETTERS_URL",
                *MAIL_OUT,
            ),
            [
                table,
                # Who asks for fresh links gets those of all his tickets.
                may.allow(("dynamodb:Query",), arns.indexes[BY_REQUESTER]),
                may.consume(queues["notification"]),
                # A mail that SES throttles waits; one that never can leave is put aside.
                may.allow(("sqs:ChangeMessageVisibility",), queues["notification"]),
                may.send(arns.dead_letters["notification"]),
                # The tickets of a merged contact follow page by page.
                may.send(queues["notification"]),
                may.objects(arns.files, "s3:GetObject"),
                may.allow(("ses:SendRawEmail",), arns.ses_identity, arns.ses_configuration_set),
            ],
        ),
        "project": FunctionSpec(
            "Project", ("TABLE_NAME",), [table, may.consume(queues["projection"])]
        ),
    }


def _time_functions(arns: Arns, table: iam.PolicyStatement) -> dict[str, FunctionSpec]:
    return {
        "sweep": FunctionSpec(
            "Sweep",
            ("TABLE_NAME", "TIMERS_QUEUE_URL", "ASSIGNMENT_QUEUE_URL", "NOTIFICATION_QUEUE_URL"),
            [
                may.allow(("dynamodb:Query",), arns.indexes[BY_WAKE]),
                may.allow(("dynamodb:BatchGetItem", "dynamodb:Query"), arns.table),
                may.send(
                    arns.queues["timers"], arns.queues["assignment"], arns.queues["notification"]
                ),
            ],
        ),
        "reconcile": FunctionSpec(
            "Reconcile",
            ("TABLE_NAME", "RAW_MAIL_BUCKET", "INBOUND_MAIL_QUEUE_URL"),
            [
                may.allow(
                    ("dynamodb:BatchGetItem", "dynamodb:GetItem", "dynamodb:PutItem"), arns.table
                ),
                # It lists the mails and cannot read one.
                may.allow(("s3:ListBucket",), arns.raw_mail),
                may.send(arns.queues["inbound_mail"]),
            ],
        ),
        "wake": FunctionSpec(
            "Wake",
            ("TABLE_NAME", "TIMERS_QUEUE_URL", "FILES_BUCKET", *MAIL_OUT),
            [
                table,
                may.consume(arns.queues["timers"]),
                # A long list is gone through page by page, each page a job.
                may.send(arns.queues["timers"]),
                # What was thrown away 30 days ago is gone with its files.
                may.objects(arns.files, "s3:DeleteObject"),
            ],
        ),
    }
