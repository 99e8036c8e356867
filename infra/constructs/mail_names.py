"""Names that core and mail stack must agree on without importing each other's exports.

The core stack's roles and policies name what the mail stack makes, and the mail stack names the
core's bucket and queues: with generated names each would wait for the other.
"""

from aws_cdk import Aws

from infra.stage import Stage


def configuration_set(stage: Stage) -> str:
    """Name of the configuration set that every mail out is sent with."""
    return stage.prefix


def rule_set(stage: Stage) -> str:
    """Name of the receipt rule set; only one of an account and region is active."""
    return stage.prefix


def topic_name(stage: Stage, queue: str) -> str:
    """Name of the SNS topic that feeds the queue."""
    return f"{stage.prefix}-{queue.replace('_', '-')}"


def topic_arn(stage: Stage, queue: str) -> str:
    """ARN of the SNS topic that feeds the queue."""
    return f"arn:{Aws.PARTITION}:sns:{Aws.REGION}:{Aws.ACCOUNT_ID}:{topic_name(stage, queue)}"


def ses_arn(kind: str, name: str) -> str:
    """ARN of something of SES in this account and region."""
    return f"arn:{Aws.PARTITION}:ses:{Aws.REGION}:{Aws.ACCOUNT_ID}:{kind}/{name}"
