"""Every Lambda function of ``app.py``, packaged by Chalice, each with a role of its own."""

import json
from pathlib import Path
from typing import Any

from aws_cdk import RemovalPolicy
from aws_cdk import aws_iam as iam
from aws_cdk import aws_logs as logs
from aws_cdk import aws_sam as sam
from chalice.cdk import Chalice
from constructs import Construct

from infra.bundle import sort_package
from infra.constructs.function_specs import COMMON, FunctionSpec
from infra.stage import Stage

# What Chalice calls the event source of a queue's function.
QUEUE_FUNCTIONS = ("InboundMail", "Assign", "Notify", "Project", "Wake", "MailEvents")
# SES allows 14 mails a second to a new sender and drops what is over; two senders stay below.
SENDERS_AT_ONCE = 2
# Newer attempts of a record that cannot be forwarded bring nothing; a day is the stream's memory.
STREAM_RETRIES = 5
STREAM_RECORD_AGE_SECONDS = 6 * 3600


class Package(Chalice):
    """Chalice's packaging, with a zip whose bytes depend on its contents only."""

    def _package_app(self) -> None:
        super()._package_app()
        folder = Path(self._sam_package_dir)
        self.sam = json.loads((folder / "sam.json").read_text())
        sort_package(folder / "deployment.zip")


class Functions(Construct):
    """The functions, their roles, log groups and event sources, and the REST API."""

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        source_dir: Path,
        architecture: str,
        trigger_arns: dict[str, str],
        variables: dict[str, str],
        specs: dict[str, FunctionSpec],
    ) -> None:
        super().__init__(scope, construct_id)
        self.stage = stage
        self.variables = variables
        self.package = Package(
            self,
            "Package",
            source_dir=str(source_dir),
            stage_config={
                "environment_variables": trigger_arns,
                "lambda_architecture": architecture,
            },
        )
        self.functions = self._existing(specs)
        for name, spec in specs.items():
            if name in self.functions:
                self._equip(name, spec)

    def _existing(self, specs: dict[str, FunctionSpec]) -> dict[str, sam.CfnFunction]:
        """The functions that ``app.py`` defines. One that has no specification is refused."""
        kind = "AWS::Serverless::Function"
        defined = {k for k, v in self.package.sam["Resources"].items() if v["Type"] == kind}
        known = {spec.logical_id: name for name, spec in specs.items()}
        if unknown := defined - set(known):
            message = f"no role is specified for {sorted(unknown)}: see function_specs.py"
            raise ValueError(message)
        return {known[i]: self.package.get_resource(i) for i in sorted(defined)}

    def _equip(self, name: str, spec: FunctionSpec) -> None:
        function: Any = self.functions[name]
        log_group = logs.LogGroup(
            self,
            f"{spec.logical_id}Logs",
            log_group_name=f"/{self.stage.prefix}/{name}",
            retention=logs.RetentionDays.ONE_MONTH,
            removal_policy=RemovalPolicy.DESTROY,
        )
        role = iam.Role(
            self,
            f"{spec.logical_id}Role",
            assumed_by=iam.ServicePrincipal("lambda.amazonaws.com"),
            description=f"{self.stage.prefix}: what the function {name} may do",
        )
        write_logs = iam.PolicyStatement(
            actions=["logs:CreateLogStream", "logs:PutLogEvents"],
            resources=[log_group.log_group_arn],
        )
        policy = iam.Policy(
            self, f"{spec.logical_id}Policy", statements=[write_logs, *spec.statements]
        )
        policy.attach_to_role(role)
        function.role = role.role_arn
        function.node.add_dependency(policy)
        function.environment = sam.CfnFunction.FunctionEnvironmentProperty(
            variables={"FUNCTION": name, **self._environment(spec)}
        )
        function.add_property_override("LoggingConfig.LogGroup", log_group.log_group_name)

    def _environment(self, spec: FunctionSpec) -> dict[str, str]:
        extra = ("AWS_ENDPOINT_URL",) if self.stage.is_local else ()
        return {name: self.variables[name] for name in (*COMMON, *spec.variables, *extra)}

    def harden_event_sources(self, failed_records_arn: str) -> None:
        """Partial batch answers on every queue; retries of the stream that end somewhere."""
        for logical_id in QUEUE_FUNCTIONS:
            source = f"Events.{logical_id}SqsEventSource.Properties"
            function = self.package.get_resource(logical_id)
            function.add_property_override(
                f"{source}.FunctionResponseTypes", ["ReportBatchItemFailures"]
            )
        self.package.get_resource("Notify").add_property_override(
            "Events.NotifySqsEventSource.Properties.ScalingConfig.MaximumConcurrency",
            SENDERS_AT_ONCE,
        )
        stream = "Events.DispatchDynamodbEventSource.Properties"
        dispatch = self.package.get_resource("Dispatch")
        for name, value in {
            "MaximumRecordAgeInSeconds": STREAM_RECORD_AGE_SECONDS,
            "MaximumRetryAttempts": STREAM_RETRIES,
            "BisectBatchOnFunctionError": True,
            "DestinationConfig.OnFailure": {"Type": "SQS", "Destination": failed_records_arn},
        }.items():
            dispatch.add_property_override(f"{stream}.{name}", value)

    @property
    def rest_api(self) -> Any:
        """The REST API as Chalice made it."""
        return self.package.get_resource("RestAPI")
