"""The desk's own machinery: jobs that failed every time, and the way back for them."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.routes.endpoint import Call, endpoint
from chalicelib.routes.schemas import operations as schemas
from chalicelib.usecases.redrive import depths, redrive

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/v1/dead-letters",
    action=Action.READ_DEAD_LETTERS, answer=schemas.DeadLetterList,
)  # fmt: skip
def list_dead_letters(call: Call[None]) -> schemas.DeadLetterList:  # noqa: ARG001 - nothing is asked
    """List the desk's queues with how many jobs wait and how many failed every time."""
    return schemas.DeadLetterList(
        queues=[
            schemas.QueueState(
                queue=name,
                waiting=depth.waiting,
                dead=depth.dead,
                oldest_dead_at=depth.oldest_dead_at,
            )
            for name, depth in depths(bootstrap.ports()).items()
        ]
    )


@endpoint(
    blueprint, "POST", "/v1/dead-letters/{queue}/redrive",
    action=Action.REDRIVE, answer=schemas.RedriveOutcome, problems=(404,),
)  # fmt: skip
def redrive_queue(call: Call[None]) -> schemas.RedriveOutcome:
    """Send the jobs of a queue that failed every time back to it."""
    done = redrive(bootstrap.ports(), call.path["queue"], bootstrap.jobs_of_stored)
    return schemas.RedriveOutcome(
        moved=done.moved, in_background=done.in_background, left=done.left
    )
