"""Bodies about the desk's own machinery."""

from chalicelib.routes.schemas.base import Answer, Moment


class QueueState(Answer):
    """One queue; SQS counts approximately.

    ``oldest_dead_at`` is the oldest of the dead jobs that SQS shows, which is a sample.
    """

    queue: str
    waiting: int
    dead: int
    oldest_dead_at: Moment | None


class DeadLetterList(Answer):
    """Every queue of the desk."""

    queues: list[QueueState]


class RedriveOutcome(Answer):
    """What became of it: ``moved`` jobs are back; more are moved ``in_background``, or ``left``."""

    moved: int
    in_background: bool
    left: bool
