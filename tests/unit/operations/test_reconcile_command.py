"""The operator's look at the raw mails: a table, and an exit code that a script can use."""

from datetime import timedelta

import pytest

from chalicelib.operations.reconcile import run
from chalicelib.operations.report import NotASpan, span_of
from chalicelib.usecases.ports import MailReceipt
from chalicelib.usecases.reconcile import PAUSES
from tests.fakes import MONDAY, FakePorts

pytestmark = pytest.mark.row("K1")


@pytest.fixture
def ports() -> FakePorts:
    return FakePorts(now=MONDAY + timedelta(minutes=20))


def test_all_is_well_when_every_mail_has_its_receipt(ports: FakePorts) -> None:
    ports.raw_mails.stored["raw/a"] = b"raw"
    ports.store.keep_receipt(MailReceipt("a", ""), 1001)

    report = run(ports, timedelta(days=2))

    assert report.exit_code == 0
    assert report.lines[0].split()[-1] == "1"
    assert report.lines[-1] == "Every mail is accounted for."


def test_a_mail_that_nothing_was_heard_of_is_named_and_the_command_fails(
    ports: FakePorts,
) -> None:
    ports.raw_mails.stored["raw/lost"] = b"raw"

    report = run(ports, timedelta(days=2))

    assert report.exit_code == 1
    assert "  raw/lost" in report.lines
    assert len(ports.jobs.sent) == 1


def test_a_mail_that_was_given_up_is_named_with_what_to_do(ports: FakePorts) -> None:
    ports.raw_mails.stored["raw/poison"] = b"raw"
    for pause in PAUSES:
        run(ports, timedelta(days=2))
        ports.clock.at += pause
    ports.dead_letters.dead["inbound_mail"] = 3

    report = run(ports, timedelta(days=2))

    assert report.exit_code == 0
    assert report.lines[report.lines.index("Given up:") + 1] == "  raw/poison"
    assert "make redrive QUEUE=inbound_mail" in "\n".join(report.lines)


@pytest.mark.parametrize(
    ("text", "span"),
    [("90m", timedelta(minutes=90)), ("36H", timedelta(hours=36)), ("2w", timedelta(days=14))],
)
def test_a_length_of_time_is_a_number_and_a_letter(text: str, span: timedelta) -> None:
    assert span_of(text) == span


@pytest.mark.parametrize("text", ["", "0d", "7", "d", "-1d", "1y", "7d 3h"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(NotASpan, match="36h"):
        span_of(text)
