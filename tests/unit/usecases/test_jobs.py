"""Jobs as they travel: which of them must say whose order is kept."""

import pytest

from chalicelib.usecases import jobs
from infra.constructs.queues import KINDS

ORDERED = {kind.name for kind in KINDS if kind.fifo}
EVERY_JOB = [
    job
    for job in vars(jobs).values()
    if isinstance(job, type) and hasattr(job, "dedup_id") and not job.__name__.startswith("_")
]


@pytest.mark.parametrize("job", EVERY_JOB)
def test_every_job_of_an_ordered_queue_names_its_group_and_what_makes_it_the_same(
    job: type,
) -> None:
    own = {"group", "dedup_id"} & set(vars(job))

    assert len(own) == 2 or job.queue not in ORDERED  # type: ignore[attr-defined]
