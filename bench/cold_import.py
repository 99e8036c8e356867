"""How long a function takes to import, against the floor that its libraries set.

Each sample is a fresh interpreter on the package as Lambda gets it: compiled ahead, nothing else
on the path. Processor time is taken and not the clock on the wall, so that other work on the
machine counts less, and the floor is sampled in turn with the functions.

Two figures a function: ``app`` with the module of its handler, and with that everything its first
call imports (see ``chalicelib/cold_start.py``). Lambda does both before the first call. Building
the clients comes on top, for the floor's libraries just the same, and is left out.
"""

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from chalicelib.cold_start import NEEDS

FLOOR = "import chalice, pynamodb.models, pydantic"
# ``import pydantic`` alone loads next to nothing of it; this shows what its use adds to the floor.
IN_USE = "import chalice, pynamodb.models; from pydantic import BaseModel"
AUTHORIZER = "authorize"
_FLOOR = "floor"
_IN_USE = "floor, pydantic in use"
TARGET = 1.35
SAMPLES = 10
_PROGRAM = """
import time
began = time.process_time()
{first}
then = time.process_time()
{second}
print((then - began) * 1000, (time.process_time() - began) * 1000)
"""
_APP = """
import chalicelib.cold_start as cold_start
load, cold_start.load, cold_start.connect = cold_start.load, lambda _: None, lambda _: None
import app, {handler}
"""
_LOAD = """
with cold_start.without_collecting():
    load({function!r})
"""


@dataclass(frozen=True, slots=True)
class ImportTime:
    """Milliseconds of processor time, medians of fresh processes.

    Attributes:
        imports: of the code.
        loaded: with what the first call imports.
        floor, floor_in_use: what the libraries take, and what they take with pydantic in use.
    """

    name: str
    imports: float
    loaded: float
    floor: float
    floor_in_use: float

    @property
    def is_floor(self) -> bool:
        return self.name in {_FLOOR, _IN_USE}

    @property
    def ratio(self) -> float:
        return self.imports / self.floor

    @property
    def loaded_ratio(self) -> float:
        return self.loaded / self.floor

    @property
    def loaded_ratio_in_use(self) -> float:
        return self.loaded / self.floor_in_use


def measure(package: Path, samples: int = SAMPLES) -> list[ImportTime]:
    """The floor first, then every function, slowest first."""
    programs = {
        _FLOOR: (FLOOR, ""),
        _IN_USE: (IN_USE, ""),
        AUTHORIZER: ("import chalicelib.routes.auth", "import jwt"),
    }
    for function, needs in NEEDS.items():
        first, second = _APP.format(handler=needs.modules[0]), _LOAD.format(function=function)
        programs[function] = (first, second)
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in programs}
    for _ in range(samples):
        for name, program in programs.items():
            taken[name].append(_sample(package, name, *program))
    floor, in_use = (median(first for first, _ in taken[name]) for name in (_FLOOR, _IN_USE))
    times = [
        ImportTime(name, median(a for a, _ in both), median(b for _, b in both), floor, in_use)
        for name, both in taken.items()
    ]
    return sorted(times, key=lambda found: (not found.is_floor, -found.loaded))


def _sample(package: Path, function: str, first: str, second: str) -> tuple[float, float]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(package),
        # The same order of sets and dictionaries, so the same work, in every process.
        "PYTHONHASHSEED": "0",
        "AWS_DEFAULT_REGION": "us-east-1",
        "TABLE_NAME": "bench",
        "FUNCTION": function if function in NEEDS else "",
    }
    done = subprocess.run(
        [sys.executable, "-S", "-c", _PROGRAM.format(first=first, second=second)],
        env=environment,
        cwd=package,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        message = f"{function} cannot be imported from {package}:\n{done.stderr}"
        raise RuntimeError(message)
    imports, loaded = done.stdout.split()[-2:]
    return float(imports), float(loaded)
