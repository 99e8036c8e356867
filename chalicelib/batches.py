"""One batch of SQS records: each by itself, and only those that failed come back."""

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from chalicelib.domain.errors import DeskError

log = logging.getLogger("chamado.jobs")

Record = dict[str, Any]


def work_through(
    event: dict[str, Any], work: Callable[[Record], dict[str, object]], *, in_order: bool = False
) -> dict[str, Any]:
    """Do the work of every record; give SQS the ids of those to bring again.

    One log line a record: which job, which attempt, how long, what came of it. Never a body.

    Args:
        work: does one record and gives what the log line should say of it.
        in_order: for FIFO queues: after a failure the rest of its group comes again too, for
            otherwise a later job of the group would overtake the failed one.
    """
    failed: list[dict[str, str]] = []
    held: set[str] = set()
    for record in event.get("Records", []):
        group = str(record.get("attributes", {}).get("MessageGroupId", ""))
        if (in_order and group in held) or not _done(record, work):
            failed.append({"itemIdentifier": record["messageId"]})
            held.add(group)
    return {"batchItemFailures": failed}


def _done(record: Record, work: Callable[[Record], dict[str, object]]) -> bool:
    started = time.perf_counter()
    said: dict[str, object] = {
        "job_id": record["messageId"],
        "attempt": int(record.get("attributes", {}).get("ApproximateReceiveCount", 1)),
    }
    try:
        said.update(work(record))
    except DeskError as error:
        said.update(outcome="failed", reason=type(error).__name__)
    except Exception:
        # The batch boundary: one bad job must not bring the others back.
        log.exception("job failed", extra=said)
        said.update(outcome="failed", reason="unexpected")
    said["milliseconds"] = round((time.perf_counter() - started) * 1000, 1)
    log.info("job", extra=said)
    return said.get("outcome") != "failed"


def body_of(record: Record) -> dict[str, Any]:
    """The JSON object that a record carries."""
    body: dict[str, Any] = json.loads(record["body"])
    return body
