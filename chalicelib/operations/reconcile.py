"""``make reconcile``: is every stored mail accounted for?"""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from chalicelib.operations.report import Report, table
from chalicelib.usecases.jobs import INBOUND_MAIL
from chalicelib.usecases.ports import Ports, QueueDepth
from chalicelib.usecases.reconcile import LOOKS_BACK, PAUSES, Account, reconcile

_SHOWN = 50


def run(ports: Ports, since: timedelta) -> Report:
    """Compare the bucket with the receipts, queue again what is missing, and say what was found.

    The exit code is 1 while a mail is unaccounted for: run it again some minutes later.

    Raises:
        Unavailable: the bucket, the table or the queue did not answer.
    """
    since = min(since, LOOKS_BACK)
    start = ports.clock.now() - since
    account = reconcile(ports, start)
    depth = ports.dead_letters.depth(INBOUND_MAIL)
    rows: list[tuple[str, object]] = [
        (f"stored since {start:%Y-%m-%d %H:%M} UTC", account.stored),
        ("  on a ticket", account.messages),
        ("  kept out", account.suspended),
        ("  copies of these, and checks of a forwarding", account.others),
        ("  on their way (younger than 15 minutes)", account.young),
        ("  queued again now", len(account.requeued)),
        ("  queued again before, still unheard of", len(account.waiting)),
        (f"  given up after {len(PAUSES)} times", len(account.given_up)),
        ("waiting in the queue", depth.waiting),
        ("in the dead-letter queue", depth.dead),
    ]
    lines = [*table(rows), *_named(account), *_verdict(account, depth)]
    return Report(tuple(lines), exit_code=1 if account.unaccounted else 0)


def _named(account: Account) -> Iterable[str]:
    yield from _keys("Queued again:", (*account.requeued, *account.waiting))
    yield from _keys("Given up:", account.given_up)


def _keys(title: str, keys: Sequence[str]) -> Iterable[str]:
    if not keys:
        return
    yield title
    yield from (f"  {key}" for key in keys[:_SHOWN])
    if len(keys) > _SHOWN:
        yield f"  and {len(keys) - _SHOWN} more"


def _verdict(account: Account, depth: QueueDepth) -> Iterable[str]:
    if account.given_up or depth.dead:
        yield (
            "Some mails cannot be taken: look for them in the log of inbound_mail, mend what is "
            "wrong, then make redrive QUEUE=inbound_mail."
        )
    if account.unaccounted:
        yield f"{account.unaccounted} mails are not accounted for yet. Run this again in a while."
    else:
        yield "Every mail is accounted for."
