"""Alarms: what a person must look at. Ten are free of charge in every account."""

from aws_cdk import Duration, Stack
from aws_cdk import aws_cloudwatch as cloudwatch
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_iam as iam
from aws_cdk import aws_sns as sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from aws_cdk import aws_sqs as sqs
from constructs import Construct

from infra.constructs import mail_names
from infra.stacks.core_stack import CoreStack
from infra.stage import Stage

FIVE_MINUTES = Duration.minutes(5)
# A stream keeps a day; at an hour there is time to act.
LATE_STREAM_MILLISECONDS = 3_600_000


class OperationsStack(Stack):
    """One alarm per place where work gets stuck, all to one topic."""

    def __init__(
        self, scope: Construct, construct_id: str, *, stage: Stage, core: CoreStack, **stack: object
    ) -> None:
        super().__init__(scope, construct_id, **stack)  # type: ignore[arg-type]
        self.core = core
        self.topic = self._alarm_topic(stage)
        for name, queue in core.queues.by_name.items():
            self._stuck(name.title().replace("_", ""), queue.dead, f"jobs of {name} failed")
        self._stuck("FailedRecords", core.queues.failed_records, "stream records not forwarded")
        self._late_stream()
        self._silent_sweep()
        self._failing_api()

    def _alarm_topic(self, stage: Stage) -> sns.Topic:
        topic = sns.Topic(
            self,
            "Alarms",
            topic_name=mail_names.topic_name(stage, "alarms"),
            enforce_ssl=True,
        )
        topic.add_to_resource_policy(
            iam.PolicyStatement(
                principals=[iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[topic.topic_arn],
                conditions={"StringEquals": {"AWS:SourceAccount": self.account}},
            )
        )
        if stage.alarm_email:
            topic.add_subscription(subscriptions.EmailSubscription(stage.alarm_email))
        return topic

    def _stuck(self, name: str, queue: sqs.IQueue, what: str) -> None:
        metric = queue.metric_approximate_number_of_messages_visible(
            period=FIVE_MINUTES, statistic="Maximum"
        )
        self._alarm(f"{name}Stuck", metric, threshold=1, what=f"{what}: look, mend, redrive")

    def _late_stream(self) -> None:
        metric = self._function_metric("dispatch", "IteratorAge", "Maximum")
        self._alarm(
            "StreamLate",
            metric,
            threshold=LATE_STREAM_MILLISECONDS,
            what="the table's stream is an hour behind: dispatch fails or is throttled",
        )

    def _silent_sweep(self) -> None:
        metric = self._function_metric("sweep", "Invocations", "Sum")
        self._alarm(
            "SweepSilent",
            metric,
            threshold=1,
            what="nothing looks for due tickets: SLA warnings and timers stand still",
            comparison=cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
            missing=cloudwatch.TreatMissingData.BREACHING,
        )

    def _failing_api(self) -> None:
        metric = self._function_metric("api_handler", "Errors", "Sum")
        self._alarm("ApiFailing", metric, threshold=5, what="the API answers with errors of ours")

    def _function_metric(self, function: str, name: str, statistic: str) -> cloudwatch.Metric:
        return cloudwatch.Metric(
            namespace="AWS/Lambda",
            metric_name=name,
            dimensions_map={"FunctionName": self.core.functions.functions[function].ref},
            statistic=statistic,
            period=FIVE_MINUTES,
        )

    def _alarm(
        self,
        name: str,
        metric: cloudwatch.IMetric,
        *,
        threshold: float,
        what: str,
        comparison: cloudwatch.ComparisonOperator = (
            cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD
        ),
        missing: cloudwatch.TreatMissingData = cloudwatch.TreatMissingData.NOT_BREACHING,
    ) -> None:
        alarm = cloudwatch.Alarm(
            self,
            name,
            metric=metric,
            threshold=threshold,
            evaluation_periods=1,
            comparison_operator=comparison,
            treat_missing_data=missing,
            alarm_description=what,
        )
        alarm.add_alarm_action(actions.SnsAction(self.topic))
