"""Mails of the past under the present rules: what would differ is told, and nothing is written."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from chalicelib.inbound_mail import handler as inbound_mail
from chalicelib.operations.replay import run
from chalicelib.usecases import ports as all_ports
from chalicelib.usecases.change_settings import save_setting
from chalicelib.usecases.mail_in import customers
from chalicelib.usecases.read_only_ports import READS, ReadOnlyPorts, WriteAttempted
from tests.fakes import MONDAY, FakePorts
from tests.lambdas.test_stored_mails import announced, arrived
from tests.moto_desk import MotoPorts, desk_on_moto, raw_mail

pytestmark = pytest.mark.row("K8")
A_WEEK = timedelta(days=7)


@pytest.fixture
def desk() -> Iterator[MotoPorts]:
    """Two tickets with an answer on the first, a virus, and a second copy of the first mail."""
    with desk_on_moto() as ports:
        for ses_id, raw, verdicts in (
            ("first", raw_mail(1, Subject="Printer"), {}),
            ("other", raw_mail(2, Subject="Lamp", From="Bo Example <bo@example.com>"), {}),
            ("answer", raw_mail(3, In_Reply_To="<m1@mail.example.com>", Subject="Re: Printer"), {}),
            ("virus", raw_mail(4), {"virus": "FAIL"}),
            ("copy", raw_mail(1, Subject="Printer"), {}),
        ):
            mail = arrived(ports, ses_id, raw, **verdicts)
            assert inbound_mail.handle(announced(mail)) == {"batchItemFailures": []}
            ports.clock.advance(minutes=1)
        yield ports


def everything(desk: MotoPorts) -> Any:
    return desk.items(), dict(desk.files.stored), list(desk.jobs.sent), list(desk.mail_sender.sent)


def test_under_the_same_rules_nothing_differs(desk: MotoPorts) -> None:
    report = run(desk, A_WEEK)

    assert report.lines == ("4 mails since 2026-02-23 09:05 UTC, 0 differ.",)


def test_nothing_is_written(desk: MotoPorts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(customers, "candidate", lambda _: customers.Placement(None))
    before = everything(desk)

    run(desk, A_WEEK)

    assert everything(desk) == before


def test_a_changed_rule_of_threading_shows_the_mails_that_would_go_elsewhere(
    desk: MotoPorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "candidate", lambda _: customers.Placement(None))

    report = run(desk, A_WEEK)

    assert report.lines[0].endswith("1 differ.")
    assert report.lines[1:] == (
        "Ticket 1001",
        "  answer",
        "    place: 'joined 1001' -> 'opened'",
    )


def test_a_sender_who_is_blocked_now_would_be_kept_out(desk: MotoPorts) -> None:
    blocked = {"id": "bo", "pattern": "bo@example.com"}
    save_setting(desk, "blocked_senders", blocked, based_on=0)
    desk.clock.advance(minutes=1)

    report = run(desk, A_WEEK)

    assert report.lines[1:] == (
        "Ticket 1002",
        "  other",
        "    place: 'opened' -> 'kept out (blocked)'",
    )


def test_another_reading_of_the_text_is_shown_from_where_it_parts(
    desk: MotoPorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.usecases.mail_in import arrival

    cut = arrival.fitting_text
    monkeypatch.setattr(
        arrival, "fitting_text", lambda *a: (cut(*a)[0].replace("part", "bit"), cut(*a)[1])
    )

    report = run(desk, A_WEEK)

    assert "    text: 'It burns, part 3.' -> 'It burns, bit 3.'" in report.lines


def test_what_a_person_threw_away_or_let_in_is_not_decided_again(desk: MotoPorts) -> None:
    (mail,), _ = desk.mail_intake.list_suspended(limit=10, cursor="")
    desk.mail_intake.throw_away(mail.id)

    assert run(desk, A_WEEK).lines == ("3 mails since 2026-02-23 09:05 UTC, 0 differ.",)


def test_what_was_kept_out_is_judged_by_what_ses_said_then(desk: MotoPorts) -> None:
    # The policy of the sender's domain stands in SES's announcement, and nowhere in the mail.
    mail = arrived(desk, "forged", raw_mail(7), dmarc="FAIL", policy="reject")
    inbound_mail.handle(announced(mail))

    assert run(desk, A_WEEK).lines[0].endswith("0 differ.")


def test_what_came_too_often_is_left_out_for_its_hour_is_past(desk: MotoPorts) -> None:
    for n in range(7):
        mail = raw_mail(20 + n, Subject="Alert", From="loop@machine.example.org")
        raw = mail.replace(f"part {20 + n}".encode(), b"as ever")
        inbound_mail.handle(announced(arrived(desk, f"alert-{n}", raw)))

    assert run(desk, A_WEEK).lines[0] == "9 mails since 2026-02-23 09:05 UTC, 0 differ."


def test_only_mails_since_then_are_looked_at(desk: MotoPorts) -> None:
    desk.raw_mails.stored_at = dict.fromkeys(desk.raw_mails.stored, MONDAY - timedelta(days=8))

    assert run(desk, A_WEEK).lines[0].startswith("0 mails")


def test_a_mail_that_cannot_be_dealt_with_is_named_and_the_others_are_told(
    desk: MotoPorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chalicelib.operations import replay

    def parse(raw: bytes) -> Any:
        if b"Lamp" in raw:
            raise ValueError("odd")
        return parse_mail(raw)

    parse_mail = replay.parse_mail
    monkeypatch.setattr(replay, "parse_mail", parse)

    report = run(desk, A_WEEK)

    assert report.exit_code == 1
    assert report.lines[0].startswith("3 mails")
    assert report.lines[-1] == "  other  ValueError: odd"


_WRITES = [
    ("tickets", "record_delivery"),
    ("mail_ledger", "begin_sending"),
    ("mail_ledger", "finish_sending"),
    ("mail_accounts", "note_queued"),
    ("settings", "save"),
    ("loads", "set_available"),
    ("read_models", "apply"),
    ("jobs", "send"),
    ("mail_sender", "send"),
    ("notices", "add"),
]


@pytest.mark.parametrize(("port", "function"), _WRITES)
def test_a_write_by_any_other_way_is_refused(port: str, function: str) -> None:
    with pytest.raises(WriteAttempted, match=f"{port}.{function}"):
        getattr(getattr(ReadOnlyPorts(FakePorts(), MONDAY, ()), port), function)


def test_what_may_be_asked_exists_and_its_name_is_that_of_a_read() -> None:
    reading = ("get", "find", "list", "open", "read", "mail_context", "desk", "document", "keyring",
               "taken", "strays", "accounted_up_to", "sent_mail", "left_as")  # fmt: skip
    assert all(name.startswith(reading) for names in READS.values() for name in names)
    assert all(hasattr(all_ports.Ports, port) for port in READS)
