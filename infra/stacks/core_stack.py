"""The desk itself: everything that also runs in the local emulator."""

import json
from pathlib import Path

from aws_cdk import Aws, CfnOutput, CfnParameter, Fn, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import mail_names
from infra.constructs.buckets import Buckets
from infra.constructs.distribution import Distribution
from infra.constructs.function_specs import Arns, function_specs
from infra.constructs.functions import Functions
from infra.constructs.queues import Queues
from infra.constructs.security_headers import content_security_policy
from infra.constructs.sign_in import SignIn
from infra.constructs.ticket_table import BY_REQUESTER, BY_WAKE, TicketTable
from infra.stage import Stage
from infra.suppressions import core_suppressions

EMULATOR_URL = "http://127.0.0.1:4566"


class CoreStack(Stack):
    """Table, queues, buckets, functions, API, sign-in and distribution."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        source_dir: Path,
        architecture: str,
        **stack: object,
    ) -> None:
        super().__init__(scope, construct_id, **stack)  # type: ignore[arg-type]
        self.stage_of_desk = stage
        # Parameters and not context: functions need the address of the distribution, which needs
        # the functions; the second deployment closes the circle. Locally, one synthesis serves
        # whatever ports are chosen.
        self.desk_url = CfnParameter(
            self,
            "DeskUrl",
            default=stage.default_desk_url,
            description="Public address of the desk, without a slash at the end",
        ).value_as_string
        self.emulator = (
            CfnParameter(self, "EmulatorUrl", default=EMULATOR_URL).value_as_string
            if stage.is_local
            else None
        )
        timeouts = function_timeouts_seconds(source_dir)
        self.table = TicketTable(self, "Tickets")
        self.queues = Queues(self, "Queues", timeouts_seconds=timeouts)
        self.buckets = Buckets(
            self, "Buckets", desk_url=self.desk_url, raw_mail_days=stage.raw_mail_days
        )
        self.sign_in = SignIn(self, "SignIn", stage=stage, desk_url=self.desk_url)
        self.functions = Functions(
            self,
            "Functions",
            stage=stage,
            source_dir=source_dir,
            architecture=architecture,
            trigger_arns=self._trigger_arns(),
            variables=self._variables(),
            specs=function_specs(self._arns()),
        )
        self.functions.harden_event_sources(self.queues.failed_records.queue_arn)
        self.distribution = self._distribution()
        self._let_ses_in()
        self._outputs()
        core_suppressions(self)

    def _trigger_arns(self) -> dict[str, str]:
        names = self.queues.by_name
        arns = {f"{name.upper()}_QUEUE_ARN": self.queues.arn(name) for name in names}
        return arns | {"TABLE_STREAM_ARN": self.table.stream_arn}

    def _arns(self) -> Arns:
        stage = self.stage_of_desk
        return Arns(
            table=self.table.arn,
            indexes={name: self.table.index_arn(name) for name in (BY_REQUESTER, BY_WAKE)},
            stream=self.table.stream_arn,
            queues={name: self.queues.arn(name) for name in self.queues.by_name},
            dead_letters={name: self.queues.dead_arn(name) for name in self.queues.by_name},
            failed_records=self.queues.failed_records.queue_arn,
            raw_mail=self.buckets.raw_mail.bucket_arn,
            files=self.buckets.files.bucket_arn,
            user_pool=self.sign_in.pool.user_pool_arn,
            ses_identity=mail_names.ses_arn("identity", stage.domain),
            ses_configuration_set=mail_names.ses_arn(
                "configuration-set", mail_names.configuration_set(stage)
            ),
        )

    def _variables(self) -> dict[str, str]:
        stage = self.stage_of_desk
        variables = {
            "STAGE": stage.name,
            "LOG_LEVEL": "INFO",
            "TABLE_NAME": self.table.table.table_name,
            "RAW_MAIL_BUCKET": self.buckets.raw_mail.bucket_name,
            "FILES_BUCKET": self.buckets.files.bucket_name,
            **{f"{name.upper()}_QUEUE_URL": self.queues.url(name) for name in self.queues.by_name},
            "FAILED_RECORDS_QUEUE_URL": self.queues.failed_records.queue_url,
            **{
                f"{name.upper()}_DEAD_LETTERS_URL": queue.dead.queue_url
                for name, queue in self.queues.by_name.items()
            },
            "DESK_URL": self.desk_url,
            "REPLY_DOMAIN": stage.reply_domain,
            "SES_CONFIGURATION_SET": mail_names.configuration_set(stage),
            "SES_REGION": Aws.REGION,
            "OIDC_ISSUER": self.sign_in.issuer,
            "OIDC_CLIENT_ID": self.sign_in.client.user_pool_client_id,
            "USER_POOL_ID": self.sign_in.pool.user_pool_id,
            **self._sign_in_urls(),
        }
        return variables | ({"AWS_ENDPOINT_URL": self.emulator} if self.emulator else {})

    def _sign_in_urls(self) -> dict[str, str]:
        pages = self.emulator or self.sign_in.pages_url
        keys = (
            Fn.join("/", [self.emulator, self.sign_in.pool.user_pool_id])
            if self.emulator
            else self.sign_in.issuer
        )
        return {
            "OIDC_KEYS_URL": Fn.join("", [keys, "/.well-known/jwks.json"]),
            "OIDC_AUTHORIZE_URL": Fn.join("", [pages, "/oauth2/authorize"]),
            "OIDC_TOKEN_URL": Fn.join("", [pages, "/oauth2/token"]),
            "OIDC_LOGOUT_URL": Fn.join("", [pages, "/logout"]),
        }

    def _distribution(self) -> Distribution:
        csp = content_security_policy(
            files_bucket=self.buckets.files.bucket_name,
            sign_in=self.emulator or self.sign_in.pages_url,
            emulator=self.emulator,
        )
        return Distribution(
            self,
            "Web",
            stage=self.stage_of_desk,
            console=self.buckets.console,
            rest_api_id=self.functions.rest_api.ref,
            csp=csp,
        )

    def _let_ses_in(self) -> None:
        """SES may store raw mails, its topics may announce them; the mail stack has the rest."""
        stage = self.stage_of_desk
        rule_set = mail_names.ses_arn("receipt-rule-set", mail_names.rule_set(stage))
        self.buckets.raw_mail.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("ses.amazonaws.com")],
                actions=["s3:PutObject"],
                resources=[self.buckets.raw_mail.arn_for_objects("*")],
                conditions={
                    "StringEquals": {"AWS:SourceAccount": Aws.ACCOUNT_ID},
                    "ArnLike": {"AWS:SourceArn": f"{rule_set}:receipt-rule/*"},
                },
            )
        )
        for queue in ("inbound_mail", "mail_events"):
            _let_topic_send(self.queues.by_name[queue].queue, mail_names.topic_arn(stage, queue))

    def _outputs(self) -> None:
        distribution = self.distribution.distribution
        outputs = {
            "TableName": self.table.table.table_name,
            "RawMailBucket": self.buckets.raw_mail.bucket_name,
            "FilesBucket": self.buckets.files.bucket_name,
            "ConsoleBucket": self.buckets.console.bucket_name,
            "DistributionId": distribution.distribution_id,
            "DistributionDomain": distribution.distribution_domain_name,
            "RestApiId": self.functions.rest_api.ref,
            "UserPoolId": self.sign_in.pool.user_pool_id,
            "ConsoleClientId": self.sign_in.client.user_pool_client_id,
            "InboundMailQueueUrl": self.queues.url("inbound_mail"),
            "MailEventsQueueArn": self.queues.arn("mail_events"),
            "FailedRecordsQueueUrl": self.queues.failed_records.queue_url,
        }
        for name, value in outputs.items():
            CfnOutput(self, name, value=value)
        for name, queue in self.queues.by_name.items():
            CfnOutput(
                self,
                f"{name.title().replace('_', '')}DeadLetters",
                value=queue.dead.queue_url,
            )
        for name, function in self.functions.functions.items():
            CfnOutput(self, f"{name.title().replace('_', '')}Function", value=function.ref)


def function_timeouts_seconds(source_dir: Path) -> dict[str, int]:
    """Each function's time-out, from the one file that Chalice reads too."""
    config = json.loads((source_dir / ".chalice" / "config.json").read_text())
    return {name: int(own["lambda_timeout"]) for name, own in config["lambda_functions"].items()}


def _let_topic_send(queue: sqs.Queue, topic_arn: str) -> None:
    queue.add_to_resource_policy(
        iam.PolicyStatement(
            principals=[iam.ServicePrincipal("sns.amazonaws.com")],
            actions=["sqs:SendMessage"],
            resources=[queue.queue_arn],
            conditions={"ArnEquals": {"aws:SourceArn": topic_arn}},
        )
    )
