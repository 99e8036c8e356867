"""Workers that die and services that refuse, at calls that a seed chooses.

Ports are wrapped; a call through one may never be made, may be made without the worker living to
hear of it, or may be refused for the moment.
"""

import random
import threading
from typing import Any

from chalicelib.domain.errors import Unavailable

_WRAPPED = frozenset(
    {"tickets", "customers", "mail_intake", "mail_accounts", "raw_mails", "files", "jobs"}
)


_CALLS_OF_A_JOB = 5


class WorkerDied(BaseException):
    """The process is gone: nothing in it can catch this."""


class Trouble(threading.local):
    """What happens to the calls of this thread's invocation."""

    def __init__(self) -> None:
        self.calls_until_death = 0
        self.dies_after_call = False
        self.calls_until_refusal = 0

    def plan(self, seed: random.Random, *, jobs: int, deaths: float, refusals: float) -> None:
        """Draw the fate of one invocation; the probabilities are for each of its jobs."""
        calls = _CALLS_OF_A_JOB * jobs
        self.calls_until_death = seed.randint(1, calls) if seed.random() < deaths * jobs else 0
        self.dies_after_call = seed.random() < 0.5
        self.calls_until_refusal = seed.randint(1, calls) if seed.random() < refusals * jobs else 0

    def no_more(self) -> None:
        """All goes well from here."""
        self.calls_until_death = self.calls_until_refusal = 0


class TroubledPorts:
    """Ports whose calls may fail as ``trouble`` says; counts how often they did."""

    def __init__(self, ports: Any) -> None:
        self._ports = ports
        self.trouble = Trouble()
        self.deaths = 0
        self.refusals = 0

    def __getattr__(self, name: str) -> Any:
        port = getattr(self._ports, name)
        return _TroubledPort(self, port) if name in _WRAPPED else port

    def call(self, method: Any, *args: Any, **named: Any) -> Any:
        trouble = self.trouble
        if trouble.calls_until_refusal:
            trouble.calls_until_refusal -= 1
            if not trouble.calls_until_refusal:
                self.refusals += 1
                raise Unavailable("refused for the moment")
        dies = False
        if trouble.calls_until_death:
            trouble.calls_until_death -= 1
            dies = not trouble.calls_until_death
        if dies and not trouble.dies_after_call:
            self._die()
        answer = method(*args, **named)
        if dies:
            self._die()
        return answer

    def _die(self) -> None:
        self.deaths += 1
        raise WorkerDied


class _TroubledPort:
    def __init__(self, ports: TroubledPorts, port: Any) -> None:
        self._ports = ports
        self._port = port

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        def call(*args: Any, **named: Any) -> Any:
            return self._ports.call(method, *args, **named)

        return call
