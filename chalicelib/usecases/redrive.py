"""What failed every time gets another chance, once its cause is mended.

Every job may come twice and late, so sending all of them back is always safe.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from chalicelib.usecases.jobs import FAILED_RECORDS
from chalicelib.usecases.ports import Job, Ports, QueueDepth, Redriven

log = logging.getLogger("chamado.redrive")

QUEUES = ("inbound_mail", "assignment", "notification", "projection", "timers", "mail_events")
AT_ONCE = 500
"""As many as one request moves by itself; where SQS moves them, it moves all."""

JobsOf = Callable[[Mapping[str, Any]], Sequence[Job]]
"""The jobs that the present state of an item starts, by the item's keys."""


def depths(ports: Ports) -> dict[str, QueueDepth]:
    """How much waits and how much is dead, by queue; the failed stream records come last.

    Raises:
        Unavailable: SQS did not answer.
    """
    queues = ports.dead_letters
    with ThreadPoolExecutor(max_workers=len(QUEUES) + 1) as pool:
        failed = pool.submit(queues.failed_records)
        found = dict(zip(QUEUES, pool.map(queues.depth, QUEUES), strict=True))
        return {**found, FAILED_RECORDS: failed.result()}


def redrive(ports: Ports, queue: str, jobs_of: JobsOf, *, most: int = AT_ONCE) -> Redriven:
    """Send dead jobs back to their queue, or hand failed stream records to their workers.

    Safe to repeat. ``left`` says whether to ask again.

    Raises:
        NotFound: there is no such queue.
        Unavailable: SQS or the table did not answer; what was done until then is done.
    """
    if queue == FAILED_RECORDS:
        return _replay_records(ports, jobs_of, most)
    return ports.dead_letters.move_back(queue, most)


def _replay_records(ports: Ports, jobs_of: JobsOf, most: int) -> Redriven:
    """Each record names an item; the jobs are those of the item as it is now.

    What the worker does is decided by the state it finds, so an older event and a newer state do no
    harm. A record that still cannot be understood stays where it is, and so does one that names a
    batch of the stream only: the lists of its tickets must be built anew.
    """
    taken = ports.dead_letters.take_failed_records(most)
    done = 0
    for record in taken:
        if record.keys is None:
            continue
        try:
            jobs = jobs_of(record.keys)
        except (KeyError, TypeError, ValueError):
            # As in the stream: one bad record must not hold up the others.
            log.exception("record still failed")
            continue
        ports.jobs.send(jobs)
        ports.dead_letters.forget_failed_record(record.receipt)
        done += 1
    return Redriven(done, left=len(taken) == most)
