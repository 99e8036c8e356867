"""The table's stream becomes jobs: this forwards and does no work.

A record that cannot be understood goes to a queue of its own and never holds up its shard. Jobs
that SQS did not take are another matter: then the batch comes again, which doubles nothing, for
every job may come twice.
"""

import logging
from typing import Any

from chalicelib import bootstrap
from chalicelib.usecases.dispatch_change import without_repeats
from chalicelib.usecases.jobs import FailedRecord
from chalicelib.usecases.ports import Job

log = logging.getLogger("chamado.dispatch")


def handle(event: dict[str, Any]) -> None:
    """Entry of the ``dispatch`` function.

    Raises:
        Unavailable: SQS did not take the jobs; Lambda brings the batch again.
    """
    records = event.get("Records", [])
    jobs: list[Job] = []
    for record in records:
        jobs.extend(_jobs(record))
    jobs = without_repeats(jobs)
    bootstrap.ports().jobs.send(jobs)
    log.info("dispatch", extra={"records": len(records), "jobs": len(jobs)})


def _jobs(record: dict[str, Any]) -> list[Job]:
    try:
        return bootstrap.jobs_of_record(record)
    except Exception as error:
        # The batch boundary: a poison record is put aside for a person, the shard moves on.
        log.exception("record failed", extra={"record": record.get("eventID")})
        keys = record.get("dynamodb", {}).get("Keys", {})
        event_id, reason = str(record.get("eventID", "")), type(error).__name__
        return [FailedRecord(event_id=event_id, keys=keys, reason=reason)]
