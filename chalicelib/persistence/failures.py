"""What DynamoDB's errors mean for the desk."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from botocore.exceptions import ClientError
from pynamodb.exceptions import CancellationReason, PynamoDBException, TransactWriteError

from chalicelib.domain.errors import Unavailable

CONDITION = "ConditionalCheckFailed"
"""The reason of a cancelled transaction that no repetition changes."""

_PASSING = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ServiceUnavailable",
        "ThrottlingException",
        "TransactionConflictException",
    }
)
_PASSING_REASONS = frozenset(
    {
        "None",
        "ProvisionedThroughputExceeded",
        "ThrottlingError",
        "TransactionConflict",
    }
)


class ConditionFailed(Exception):
    """The condition of a single write did not hold."""


class Cancelled(Exception):
    """A transaction was not made.

    Attributes:
        reasons: one for each write in the order they were sent; empty when DynamoDB is still at
            an earlier attempt of the same request.
    """

    def __init__(self, reasons: Sequence[CancellationReason | None]) -> None:
        self.reasons = reasons
        super().__init__("The transaction was cancelled.")


@contextmanager
def translated() -> Iterator[None]:
    """Turn pynamodb's errors into those of this package and of the domain.

    Raises:
        ConditionFailed: of a single write.
        Cancelled: of a transaction.
        Unavailable: what passes by itself, after the client's own attempts.
    """
    try:
        yield
    except PynamoDBException as error:
        raise _meaning(error) from error


def _meaning(error: PynamoDBException) -> Exception:
    # Not ``error.cause_response_code``: pynamodb 6.1.0 fails itself on a connection that broke.
    cause = error.cause
    code = cause.response.get("Error", {}).get("Code") if isinstance(cause, ClientError) else None
    if code == "ConditionalCheckFailedException":
        return ConditionFailed()
    if code == "TransactionInProgressException":
        return Cancelled(())
    if code == "TransactionCanceledException" and isinstance(error, TransactWriteError):
        reasons = error.cancellation_reasons
        codes = {reason.code for reason in reasons if reason}
        return Cancelled(reasons) if codes <= {*_PASSING_REASONS, CONDITION} else error
    # Without a code there was no answer: a time-out, or no way to the service.
    return Unavailable(f"The table: {code or error}") if not code or code in _PASSING else error
