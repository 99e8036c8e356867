"""``make replay``: what would become of the mails of the last days today, beside what became of them."""

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

from chalicelib.inbound_mail.mime import parse_mail
from chalicelib.inbound_mail.stored_mail import delivery_of_raw
from chalicelib.operations.report import Report
from chalicelib.usecases.ports import Ports, StoredMail, SuspendedMail
from chalicelib.usecases.replay import Change, Replayed, replay_mail

_AT_ONCE = 8
_PAGE = 50
_SHOWN = 60


def run(ports: Ports, since: timedelta) -> Report:
    """Deal again with every mail stored since, without writing; print ticket by ticket what differs.

    Raises:
        Unavailable: the bucket or the table did not answer.
    """
    start = ports.clock.now() - since
    suspended = {mail.raw_key: mail for mail in _suspended(ports)}
    mails = sorted(_stored(ports, start), key=lambda mail: (mail.stored_at, mail.key))
    replayed: list[Replayed] = []
    unreadable: list[str] = []
    with ThreadPoolExecutor(max_workers=_AT_ONCE) as pool:
        for mail, raw in zip(mails, pool.map(lambda m: ports.raw_mails.read(m.key), mails),
                             strict=True):  # fmt: skip
            delivery = delivery_of_raw(raw, mail.key, mail.stored_at)
            try:
                found = replay_mail(ports, delivery, parse_mail(raw), len(raw), suspended)
            except Exception as error:  # noqa: BLE001 - one bad mail must not hide the others
                unreadable.append(f"  {mail.key}  {type(error).__name__}: {error}")
                continue
            if found:
                replayed.append(found)
    return _report(start, replayed, unreadable)


def _report(start: datetime, replayed: list[Replayed], unreadable: list[str]) -> Report:
    differing = [one for one in replayed if one.changes]
    lines = [f"{len(replayed)} mails since {start:%Y-%m-%d %H:%M} UTC, {len(differing)} differ."]
    for number in sorted({one.number for one in differing}):
        lines.append(f"Ticket {number}" if number else "On no ticket")
        for one in differing:
            if one.number == number:
                lines.append(f"  {one.key}")
                lines.extend(f"    {_told(change)}" for change in one.changes)
    if unreadable:
        lines += ["These could not be dealt with at all:", *unreadable]
    return Report(tuple(lines), exit_code=1 if unreadable else 0)


def _told(change: Change) -> str:
    before, after = _from_the_difference(change.before, change.after)
    return f"{change.field}: {before!r} -> {after!r}"


def _from_the_difference(before: str, after: str) -> tuple[str, str]:
    """Both texts from shortly before they part, and not much of them."""
    at = next((i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
              min(len(before), len(after)))  # fmt: skip
    start = max(0, at - _SHOWN // 3)
    return _cut(before, start), _cut(after, start)


def _cut(text: str, start: int) -> str:
    shown = text[start : start + _SHOWN]
    return f"{'…' if start else ''}{shown}{'…' if len(text) > start + _SHOWN else ''}"


def _stored(ports: Ports, start: datetime) -> Iterator[StoredMail]:
    cursor = ""
    while True:
        page, cursor = ports.raw_mails.list_page(cursor)
        yield from (mail for mail in page if mail.stored_at >= start)
        if not cursor:
            return


def _suspended(ports: Ports) -> Iterable[SuspendedMail]:
    cursor = ""
    while True:
        page, cursor = ports.mail_intake.list_suspended(limit=_PAGE, cursor=cursor)
        yield from page
        if not cursor:
            return
