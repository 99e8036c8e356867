"""What one sweep reads, by what is due and by what is open.

The claim is that only what is due counts: the units with 100 due among 10,000 open tickets are at
most 1.2 times those among 1,000.
"""

from dataclasses import dataclass
from datetime import timedelta

from bench.desk import BenchPorts, an_empty_desk, store_open_tickets
from bench.meter import Cost, typical
from chalicelib.usecases.timers import sweep_due_tickets, sweep_waiting_tickets

OPEN = (1_000, 10_000)
DUE = 100
TARGET_RATIO = 1.2
TIMES = 9
WARM_UP = 2


@dataclass(frozen=True, slots=True)
class Sweep:
    """One sweep over a desk."""

    open_tickets: int
    due: int
    cost: Cost

    @property
    def units(self) -> float:
        return self.cost.read_units


def measure() -> list[Sweep]:
    """A sweep over each size of desk, with nothing and with something due."""
    return [sweep for open_tickets in OPEN for sweep in _sweeps(open_tickets)]


def ratio(sweeps: list[Sweep]) -> float:
    """Units among the most open tickets over those among the fewest, as much being due."""
    few, many = (s for s in sweeps if s.due == DUE)
    return many.units / few.units


def _sweeps(open_tickets: int) -> list[Sweep]:
    ports = an_empty_desk()
    now = ports.clock.now()
    alarms = [now + timedelta(minutes=1, seconds=n % 30) for n in range(DUE)]
    alarms += [now + timedelta(hours=1, minutes=n % 600) for n in range(open_tickets - DUE)]
    store_open_tickets(alarms)
    idle = _sweep(ports, open_tickets, 0)
    ports.clock.advance(minutes=2)
    return [idle, _sweep(ports, open_tickets, DUE)]


def _sweep(ports: BenchPorts, open_tickets: int, due: int) -> Sweep:
    costs: list[Cost] = []
    for turn in range(WARM_UP + TIMES):
        with ports.meter.run() as cost:
            found = sweep_due_tickets(ports)
            sweep_waiting_tickets(ports)
        if found != due:
            message = f"the sweep found {found} tickets and {due} are due"
            raise RuntimeError(message)
        if turn >= WARM_UP:
            costs += cost
    return Sweep(open_tickets, due, typical(costs))
