"""``make redrive``: send back what failed every time, or show where something is."""

from chalicelib.operations.report import Report, table
from chalicelib.usecases.ports import Ports
from chalicelib.usecases.redrive import JobsOf, depths, redrive


def run(ports: Ports, queue: str, jobs_of: JobsOf) -> Report:
    """Send all dead jobs of a queue back; without a queue, say how many each has.

    Raises:
        NotFound: there is no such queue.
        Unavailable: SQS or the table did not answer; run it again.
    """
    if not queue:
        return _overview(ports)
    moved = 0
    while True:
        done = redrive(ports, queue, jobs_of)
        moved += done.moved
        if done.in_background:
            return Report((f"SQS moves the dead jobs of {queue} back by itself.",))
        if not done.left or not done.moved:
            return Report((f"{moved} jobs of {queue} were sent back.",))


def _overview(ports: Ports) -> Report:
    found = depths(ports)
    rows: list[tuple[str, object]] = [
        (name, f"{depth.waiting} waiting, {depth.dead} dead") for name, depth in found.items()
    ]
    dead = any(depth.dead for depth in found.values())
    hint = "Mend what made them fail, then make redrive QUEUE=<name>."
    return Report((*table(rows), *([hint] if dead else [])), exit_code=int(dead))
