"""What each function may do, as statements without a wildcard where AWS allows it."""

from aws_cdk import aws_iam as iam

READ_TABLE = ("dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query")
WRITE_TABLE = (
    "dynamodb:PutItem",
    "dynamodb:UpdateItem",
    "dynamodb:DeleteItem",
    "dynamodb:ConditionCheckItem",
    "dynamodb:BatchWriteItem",
)
CONSUME = ("sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes")


def allow(actions: tuple[str, ...], *resources: str) -> iam.PolicyStatement:
    """Allow the actions on exactly these resources."""
    return iam.PolicyStatement(actions=list(actions), resources=list(resources))


def read_and_write(table_arn: str) -> iam.PolicyStatement:
    """Everything a use case does to items of the table; no Scan, no table settings."""
    return allow((*READ_TABLE, *WRITE_TABLE), table_arn)


def consume(queue_arn: str) -> iam.PolicyStatement:
    """What the event source mapping does in the function's name."""
    return allow(CONSUME, queue_arn)


def send(*queue_arns: str) -> iam.PolicyStatement:
    """Hand jobs to these queues."""
    return allow(("sqs:SendMessage",), *queue_arns)


def objects(bucket_arn: str, *actions: str) -> iam.PolicyStatement:
    """The actions on any object of the bucket; its listing is not among them."""
    return allow(actions, f"{bucket_arn}/*")


def read_stream(stream_arn: str) -> list[iam.PolicyStatement]:
    """Read the table's stream. ``ListStreams`` cannot be narrowed to one table (AWS)."""
    return [
        allow(
            ("dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator"),
            stream_arn,
        ),
        allow(("dynamodb:ListStreams",), "*"),
    ]
