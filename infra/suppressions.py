"""Findings of cdk-nag that we accept, each with its reason."""

from constructs import Construct


def core_suppressions(stack: Construct) -> None:
    """Nothing yet."""
