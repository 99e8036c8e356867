"""Mail in and out by SES. Deployed to AWS only: locally a bridge plays its part."""

from aws_cdk import CfnOutput, Stack
from aws_cdk import aws_iam as iam
from aws_cdk import aws_s3 as s3
from aws_cdk import aws_ses as ses
from aws_cdk import aws_ses_actions as actions
from aws_cdk import aws_sns as sns
from constructs import Construct

from infra.constructs import mail_names
from infra.stacks.core_stack import CoreStack
from infra.stage import Stage

# What became of a mail. Opens and clicks are not asked for: they would need tracking links.
OUTCOMES = (
    ses.EmailSendingEvent.BOUNCE,
    ses.EmailSendingEvent.COMPLAINT,
    ses.EmailSendingEvent.DELIVERY,
    ses.EmailSendingEvent.DELIVERY_DELAY,
    ses.EmailSendingEvent.REJECT,
    ses.EmailSendingEvent.RENDERING_FAILURE,
)


class MailStack(Stack):
    """Identity with DKIM, receipt rule (S3, SNS, SQS), configuration set with its events."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, core: CoreStack, **stack: object
    ) -> None:
        super().__init__(scope, construct_id, **stack)  # type: ignore[arg-type]
        self.stage_of_desk = stage
        self._mail_out(core)
        self._mail_in(core)

    def _mail_out(self, core: CoreStack) -> None:
        stage = self.stage_of_desk
        configuration = ses.ConfigurationSet(
            self,
            "Sending",
            configuration_set_name=mail_names.configuration_set(stage),
            reputation_metrics=True,
            suppression_reasons=ses.SuppressionReasons.BOUNCES_AND_COMPLAINTS,
            tls_policy=ses.ConfigurationSetTlsPolicy.OPTIONAL,
        )
        topic = self._topic("mail_events", core)
        configuration.add_event_destination(
            "Outcomes",
            destination=ses.EventDestination.sns_topic(topic),
            events=list(OUTCOMES),
        )
        identity = ses.EmailIdentity(
            self,
            "Domain",
            identity=ses.Identity.domain(stage.domain),
            configuration_set=configuration,
            # Aligned with the From address, so that SPF counts for DMARC too.
            mail_from_domain=f"bounce.{stage.domain}",
            mail_from_behavior_on_mx_failure=ses.MailFromBehaviorOnMxFailure.USE_DEFAULT_VALUE,
            # Bounces come as events; as mails they would become tickets.
            feedback_forwarding=False,
        )
        for number, record in enumerate(identity.dkim_records, start=1):
            CfnOutput(self, f"DkimName{number}", value=record.name)
            CfnOutput(self, f"DkimValue{number}", value=record.value)

    def _mail_in(self, core: CoreStack) -> None:
        stage = self.stage_of_desk
        rules = ses.ReceiptRuleSet(
            self, "Receiving", receipt_rule_set_name=mail_names.rule_set(stage)
        )
        topic = self._topic("inbound_mail", core)
        rule = rules.add_rule(
            "Store",
            # Whole domains: signed reply addresses carry a token after the plus sign.
            recipients=[stage.domain, stage.reply_domain],
            # Without it there are no spam and virus verdicts.
            scan_enabled=True,
            # Required would lose the mail of old servers.
            tls_policy=ses.TlsPolicy.OPTIONAL,
            actions=[
                actions.S3(
                    # Imported by name: the bucket's policy already lets SES in, in the core stack,
                    # and must not come to depend on this one.
                    bucket=self._raw_mail_bucket(core),
                    topic=topic,
                )
            ],
        )
        # SES tries the topic when the rule is made, so its policy must be there first.
        rule.node.add_dependency(topic.node.find_child("Policy"))
        CfnOutput(self, "RuleSet", value=mail_names.rule_set(stage))

    def _raw_mail_bucket(self, core: CoreStack) -> s3.IBucket:
        return s3.Bucket.from_bucket_name(self, "RawMail", core.buckets.raw_mail.bucket_name)

    def _topic(self, queue: str, core: CoreStack) -> sns.Topic:
        """A topic that only SES of this account publishes to, feeding the core's queue."""
        topic = sns.Topic(
            self,
            "".join(word.title() for word in queue.split("_")),
            topic_name=mail_names.topic_name(self.stage_of_desk, queue),
            enforce_ssl=True,
        )
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("ses.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"AWS:SourceAccount": self.account}},
            )
        )
        sns.CfnSubscription(
            self,
            f"{queue.title().replace('_', '')}ToQueue",
            topic_arn=topic.topic_arn,
            protocol="sqs",
            endpoint=core.queues.arn(queue),
            raw_message_delivery=True,
        )
        return topic
