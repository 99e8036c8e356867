"""One batch of SQS records: each by itself, and only those that failed come back."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any, Protocol

from chalicelib.domain.errors import DeskError

log = logging.getLogger("chamado.jobs")

Record = dict[str, Any]
Work = Callable[[Record], dict[str, object]]


class Setbacks(Protocol):
    """What is done about jobs that failed, besides bringing them again at the queue's own time."""

    def failed(self, record: Record, error: Exception) -> bool:
        """Whether that settles the job, so that it does not come again."""

    def held(self, record: Record) -> None:
        """A job comes again only because it waits behind a failed one of its group."""


def work_through(
    event: dict[str, Any], work: Work, *, in_order: bool = False, setbacks: Setbacks | None = None
) -> dict[str, Any]:
    """Do the work of every record; give SQS the ids of those to bring again.

    One log line a record: which job, which attempt, how long, what came of it. Never a body.

    Args:
        work: does one record and gives what the log line should say of it.
        in_order: for FIFO queues: after a failure the rest of its group comes again too, for
            otherwise a later job of the group would overtake the failed one.
        setbacks: for a queue whose jobs wait for each other longer than a failure should hold them.
    """
    failed: list[dict[str, str]] = []
    held: set[str] = set()
    for record in event.get("Records", []):
        group = group_of(record)
        waits = in_order and group in held
        error = None if waits else _attempt(record, work)
        if not waits and (error is None or _is_settled(record, error, setbacks)):
            continue
        if waits:
            _hold(record, setbacks)
        failed.append({"itemIdentifier": record["messageId"]})
        held.add(group)
    return {"batchItemFailures": failed}


def group_of(record: Record) -> str:
    """The group whose order a FIFO queue keeps; empty for other queues."""
    return str(record.get("attributes", {}).get("MessageGroupId", ""))


def attempt_of(record: Record) -> int:
    """How often the job was handed out by now, this time included."""
    return int(record.get("attributes", {}).get("ApproximateReceiveCount", 1))


def body_of(record: Record) -> dict[str, Any]:
    """The JSON object that a record carries."""
    body: dict[str, Any] = json.loads(record["body"])
    return body


def _attempt(record: Record, work: Work) -> Exception | None:
    started = time.perf_counter()
    said: dict[str, object] = {"job_id": record["messageId"], "attempt": attempt_of(record)}
    failure: Exception | None = None
    try:
        said.update(work(record))
    except DeskError as error:
        failure = error
        said.update(outcome="failed", reason=type(error).__name__)
    except Exception as error:
        # The batch boundary: one bad job must not bring the others back.
        failure = error
        log.exception("job failed", extra=said)
        said.update(outcome="failed", reason="unexpected")
    said["milliseconds"] = round((time.perf_counter() - started) * 1000, 1)
    log.info("job", extra=said)
    return failure


def _is_settled(record: Record, error: Exception, setbacks: Setbacks | None) -> bool:
    try:
        return setbacks.failed(record, error) if setbacks else False
    except Exception:
        # Nothing is lost by it: the job comes again after the queue's own time.
        log.exception("setback failed", extra={"job_id": record["messageId"]})
        return False


def _hold(record: Record, setbacks: Setbacks | None) -> None:
    try:
        if setbacks:
            setbacks.held(record)
    except Exception:
        log.exception("setback failed", extra={"job_id": record["messageId"]})
