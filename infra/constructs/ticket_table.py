"""The one table, whose stream is the outbox."""

from aws_cdk import RemovalPolicy
from aws_cdk import aws_dynamodb as dynamodb
from constructs import Construct

BY_REQUESTER = "by_requester"
BY_WAKE = "by_wake"


class TicketTable(Construct):
    """Table ``tickets`` with its two indexes, on demand, with point-in-time recovery."""

    def __init__(self, scope: Construct, construct_id: str) -> None:
        super().__init__(scope, construct_id)
        string = dynamodb.AttributeType.STRING
        self.table = dynamodb.Table(
            self,
            "Table",
            partition_key=dynamodb.Attribute(name="pk", type=string),
            sort_key=dynamodb.Attribute(name="sk", type=string),
            billing_mode=dynamodb.BillingMode.PAY_PER_REQUEST,
            stream=dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
            time_to_live_attribute="expires_at",
            point_in_time_recovery_specification=dynamodb.PointInTimeRecoverySpecification(
                point_in_time_recovery_enabled=True
            ),
            # Tickets outlive the stack that served them; `make destroy` says how to delete them.
            removal_policy=RemovalPolicy.RETAIN,
        )
        self.table.add_global_secondary_index(
            index_name=BY_REQUESTER,
            partition_key=dynamodb.Attribute(name="requester_id", type=string),
            sort_key=dynamodb.Attribute(name="created_at", type=string),
            projection_type=dynamodb.ProjectionType.ALL,
        )
        self.table.add_global_secondary_index(
            index_name=BY_WAKE,
            partition_key=dynamodb.Attribute(name="wake_shard", type=string),
            sort_key=dynamodb.Attribute(name="wake_at", type=string),
            projection_type=dynamodb.ProjectionType.KEYS_ONLY,
        )

    @property
    def arn(self) -> str:
        """The table's ARN."""
        return self.table.table_arn

    def index_arn(self, name: str) -> str:
        """The ARN of one index: a grant on the table does not cover it."""
        return f"{self.table.table_arn}/index/{name}"

    @property
    def stream_arn(self) -> str:
        """The stream's ARN, with the time of its making in it."""
        return str(self.table.table_stream_arn)
