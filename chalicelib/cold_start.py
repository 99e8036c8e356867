"""What a function loads before its first call, and nothing that it will not use.

Lambda gives a starting function a whole processor, and a call only the share of its memory: at
512 MB about a third. So what the first call needs is imported, and its clients are built, while the
function starts. All functions are one package with one ``app.py``; ``FUNCTION`` tells them apart.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

API = "api_handler"


@dataclass(frozen=True, slots=True)
class Needs:
    """What the first call of a function uses.

    Attributes:
        modules: its handler's, and what no port brings.
        ports: names of ``bootstrap.LivePorts``.
        clients: names in ``gateways/aws.py``; the table has its own.
    """

    modules: tuple[str, ...]
    ports: tuple[str, ...]
    clients: tuple[str, ...] = ()
    uses_table: bool = True


NEEDS = {
    API: Needs(
        ("chalicelib.routes.tickets",),
        ("tickets", "scheduled_replies", "settings", "read_models", "customers", "secrets"),
    ),
    "inbound_mail": Needs(
        ("chalicelib.inbound_mail.handler",),
        ("tickets", "settings", "customers", "secrets", "raw_mails"),
        ("s3",),
    ),
    "dispatch": Needs(
        ("chalicelib.streams.dispatch", "chalicelib.persistence.stream_images"),
        ("jobs",),
        ("sqs",),
        uses_table=False,
    ),
    "assign": Needs(("chalicelib.workers.assignment",), ("tickets", "settings", "loads")),
    "notify": Needs(
        ("chalicelib.workers.notification",),
        ("tickets", "settings", "mail_ledger", "secrets", "composer", "mail_sender"),
        ("ses",),
    ),
    "project": Needs(("chalicelib.workers.projection",), ("read_models", "settings")),
    "wake": Needs(("chalicelib.workers.timers",), ("tickets", "scheduled_replies", "settings")),
    "mail_events": Needs(("chalicelib.workers.mail_events",), ("tickets", "mail_ledger")),
    "sweep": Needs(
        ("chalicelib.sweeps.due_tickets",),
        ("tickets", "settings", "read_models", "jobs"),
        ("sqs",),
    ),
    "reconcile": Needs(
        ("chalicelib.sweeps.stored_mails",),
        ("raw_mails", "mail_accounts"),
        ("s3",),
    ),
}


@contextmanager
def without_collecting() -> Iterator[None]:
    """Look for no garbage while modules are made: there is none, and looking costs a tenth.

    What was made stays for the life of the process, so later collections leave it out.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
    gc.freeze()


def serves_http(function: str) -> bool:
    """Whether routes are needed: by the API's function, and by tools, which name none."""
    return function in {"", API}


def load(function: str) -> None:
    """Import what the first call needs; nothing where no function is named."""
    if not function:
        return
    for module in NEEDS[function].modules:
        import_module(module)
    ports = import_module("chalicelib.bootstrap").ports()
    for port in NEEDS[function].ports:
        getattr(ports, port)


def connect(function: str) -> None:
    """Build the clients of the first call, 100 ms each for AWS's models. Nothing is sent."""
    if not function:
        return
    if NEEDS[function].uses_table:
        import_module("chalicelib.bootstrap").ports().connect_table()
    for client in NEEDS[function].clients:
        getattr(import_module("chalicelib.gateways.aws"), client)()
