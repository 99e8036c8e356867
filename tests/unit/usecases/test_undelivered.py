"""What becomes of a mail that did not arrive: the ticket tells once, an agent hears of it, and its
address gets no more.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chalicelib.domain.desk import NoticeKind
from chalicelib.domain.errors import MailRefused, Throttled, TooEarly
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.ticket import DeliveryState, Event, EventKind, Message, Ticket
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.mail_events import FailedRecipient, MailNews, note_mail_news
from chalicelib.usecases.mail_out.returned import note_returned_mail
from chalicelib.usecases.ports import SuppressedAddress, SuppressionReason
from tests.fakes import FakePorts
from tests.unit.usecases.stage import BOSS, RUI, Stream, opened_ticket, ports_of, pushed, there

ANA = "ana@example.com"


def a_reply(ports: FakePorts, *, owned: bool = True) -> tuple[Ticket, Message, Stream]:
    """A public reply that was written and has not left."""
    if owned:
        there(ports, RUI)
    ticket = pushed(ports) if owned else opened_ticket(ports)
    stream = Stream(ports)
    stream.flow()
    version = ports.store.tickets[ticket.number].version
    ticket, message = reply_in_public(ports, BOSS, Answer(ticket.number, "Hi.", based_on=version))
    return ticket, message, stream


def a_sent_reply(ports: FakePorts) -> tuple[Ticket, Message, Stream]:
    """A public reply that left."""
    ticket, message, stream = a_reply(ports)
    stream.flow()
    return ticket, ports.tickets.get_message(ticket.number, message.id), stream


def told(ports: FakePorts, number: int) -> list[Event]:
    """What the ticket tells of mails that did not arrive."""
    return [e for e in ports.store.events(number) if e.kind is EventKind.MAIL_NOT_DELIVERED]


def bounced(ses_id: str, *, permanent: bool = True, **changes: bool) -> MailNews:
    """SES says that Ana's mail came back."""
    recipients = (FailedRecipient(ANA, "5.1.1"),)
    return MailNews("Bounce", ses_id, recipients, is_permanent=permanent, **changes)


@pytest.mark.row("J3")
@pytest.mark.parametrize(
    ("news", "state", "reason"),
    [
        (bounced, DeliveryState.BOUNCED, "bounced"),
        (
            lambda ses_id: MailNews("Complaint", ses_id, (FailedRecipient(ANA),)),
            DeliveryState.COMPLAINED, "complained",
        ),
        (
            lambda ses_id: MailNews("Reject", ses_id, (FailedRecipient(ANA),)),
            DeliveryState.FAILED, "rejected",
        ),
    ],
    ids=["bounce", "complaint", "reject"],
)  # fmt: skip
def test_a_reply_that_did_not_arrive_is_told_once_on_the_ticket_and_to_its_owner(
    news: Callable[[str], MailNews], state: DeliveryState, reason: str
) -> None:
    ports = ports_of()
    ticket, message, stream = a_sent_reply(ports)
    before = ports.store.tickets[ticket.number]

    for _ in range(3):
        assert note_mail_news(ports, news(message.message_id))
        stream.flow(times=2)

    (event,) = told(ports, ticket.number)
    assert (event.message_id, event.after["address"]) == (message.id, ANA)
    assert event.after["reason"] == reason
    assert ports.tickets.get_message(ticket.number, message.id).delivery is state
    after = ports.store.tickets[ticket.number]
    assert (after.status, after.content_version) == (before.status, before.content_version)
    assert after.version == before.version + 1
    letters = [one for one in ports.composer.letters if one.kind is LetterKind.AGENT_NOT_DELIVERED]
    assert [letter.to_address for letter in letters] == [RUI.email]
    kinds = [n.kind for n in ports.notices.list_by_agent(RUI.id, limit=9, cursor="")[0]]
    assert kinds.count(NoticeKind.NOT_DELIVERED) == 1


@pytest.mark.row("J3")
def test_where_nobody_has_the_ticket_the_supervisors_hear_of_it() -> None:
    ports = ports_of()
    _, message, stream = a_reply(ports, owned=False)
    ports.mail_sender.failures.append(MailRefused("address"))
    ticket = next(iter(ports.store.tickets.values()))
    assert ticket.assignee_id in ("", BOSS.id)
    stream.flow()

    (event,) = told(ports, ticket.number)
    assert (event.message_id, event.after["reason"]) == (message.id, "refused")
    kinds = [n.kind for n in ports.notices.list_by_agent(BOSS.id, limit=9, cursor="")[0]]
    assert NoticeKind.NOT_DELIVERED in kinds


@pytest.mark.row("J3")
def test_a_reply_to_a_suppressed_address_is_not_sent_and_says_so() -> None:
    ports = ports_of()
    ticket, message, stream = a_reply(ports)
    left = len(ports.mail_sender.sent)
    at = ports.clock.now()
    ports.suppressions.suppress(SuppressedAddress(ANA, SuppressionReason.COMPLAINT, at), "")

    stream.flow(times=3)

    recipients = [mail.recipient for mail in ports.mail_sender.sent[left:]]
    assert ANA not in recipients
    stored = ports.tickets.get_message(ticket.number, message.id)
    assert stored.delivery is DeliveryState.SUPPRESSED
    assert [event.after["reason"] for event in told(ports, ticket.number)] == ["suppressed"]


@pytest.mark.row(72, "J3")
def test_an_agent_whose_address_is_suppressed_is_told_in_the_console_only() -> None:
    ports = ports_of()
    there(ports, RUI)
    at = ports.clock.now()
    ports.suppressions.suppress(SuppressedAddress(RUI.email, SuppressionReason.BOUNCE, at), "")
    pushed(ports)
    Stream(ports).flow()

    assert [n.kind for n in ports.notices.list_by_agent(RUI.id, limit=9, cursor="")[0]] == [
        NoticeKind.ASSIGNED
    ]
    assert RUI.email not in [mail.recipient for mail in ports.mail_sender.sent]


@pytest.mark.row("J3")
def test_a_mailbox_that_does_not_exist_gets_no_more_and_a_full_one_after_three_times() -> None:
    ports = ports_of()
    _, message, _ = a_sent_reply(ports)
    for strike in range(3):
        assert ports.suppressions.suppressed == {}
        ports.mail_ledger.finish_sending(f"links:{strike}", f"0100-x{strike}", 0, "")
        note_mail_news(ports, bounced(f"0100-x{strike}", permanent=False))
        note_mail_news(ports, bounced(f"0100-x{strike}", permanent=False))
    assert set(ports.suppressions.suppressed) == {ANA}

    ports.suppressions.remove(ANA)
    note_mail_news(ports, bounced(message.message_id))
    assert ports.suppressions.suppressed[ANA].reason is SuppressionReason.BOUNCE


@pytest.mark.row("J3")
def test_a_mail_that_was_too_large_says_nothing_of_the_address() -> None:
    ports = ports_of()
    _, message, _ = a_sent_reply(ports)
    for _ in range(4):
        news = bounced(message.message_id, permanent=False, is_about_address=False)
        note_mail_news(ports, news)
    assert ports.suppressions.suppressed == {}


@pytest.mark.row("J3")
def test_a_bounce_that_comes_as_a_mail_is_the_same_bounce() -> None:
    ports = ports_of()
    ticket, message, _ = a_sent_reply(ports)
    for _ in range(2):
        note_returned_mail(
            ports, ticket.number, message.id, ANA, permanent=True, status="5.1.1", source="bounce"
        )
    note_mail_news(ports, bounced(message.message_id))

    assert len(told(ports, ticket.number)) == 1
    assert set(ports.suppressions.suppressed) == {ANA}


@pytest.mark.row("J3", "J6")
def test_bounces_that_anybody_can_write_silence_nobody() -> None:
    ports = ports_of()
    ticket, _, _ = a_sent_reply(ports)
    for _ in range(9):
        note_returned_mail(
            ports, ticket.number, "", ANA, permanent=False, status="4.2.2", source="bounce"
        )
    assert ports.suppressions.suppressed == {}
    assert len(told(ports, ticket.number)) == 1


@pytest.mark.row(25, "J3")
def test_a_reply_that_ses_throttles_waits_for_a_day_and_is_never_called_sent() -> None:
    ports = ports_of()
    ticket, message, stream = a_reply(ports)
    ports.mail_sender.failures.extend([Throttled("quota")] * 30)

    with pytest.raises(Throttled):
        stream.flow()
    for _ in range(23):
        ports.clock.advance(hours=1)
        with pytest.raises(Throttled):
            Stream(ports).flow()
        stored = ports.tickets.get_message(ticket.number, message.id)
        assert stored.delivery is DeliveryState.QUEUED
    ports.clock.advance(hours=1)
    ports.mail_sender.failures = [Throttled("quota")]
    Stream(ports).flow()

    stored = ports.tickets.get_message(ticket.number, message.id)
    assert stored.delivery is DeliveryState.FAILED
    assert [event.after["reason"] for event in told(ports, ticket.number)] == ["expired"]
    assert ANA not in [m.recipient for m in ports.mail_sender.sent[2:]]


@pytest.mark.row("J3")
def test_news_that_come_before_the_mail_is_written_down_count_and_come_again() -> None:
    ports = ports_of()
    ticket, message, _ = a_reply(ports)
    early = replace(bounced("0100-early"), sent_at=ports.clock.now())

    with pytest.raises(TooEarly):
        note_mail_news(ports, early)
    assert set(ports.suppressions.suppressed) == {ANA}

    key = f"reply:{message.id}"
    ports.mail_ledger.finish_sending(key, "0100-early", ticket.number, message.id)
    assert note_mail_news(ports, early)
    assert len(told(ports, ticket.number)) == 1


def test_news_of_a_mail_that_nobody_wrote_down_are_passed_over_in_the_end() -> None:
    ports = ports_of()
    news = replace(bounced("0100-foreign"), sent_at=ports.clock.now())
    ports.clock.advance(minutes=11)
    assert note_mail_news(ports, news) is False


@pytest.mark.row("J3")
def test_news_of_a_copy_to_somebody_else_leave_the_messages_own_state_alone() -> None:
    ports = ports_of()
    ticket, message, _ = a_sent_reply(ports)
    key = f"reply:{message.id}:abcdefghij"
    ports.mail_ledger.finish_sending(key, "0100-copy", ticket.number, message.id)

    assert note_mail_news(ports, MailNews("Delivery", "0100-copy")) is False
    note_mail_news(
        ports,
        MailNews("Bounce", "0100-copy", (FailedRecipient("bo@example.org"),), is_permanent=True),
    )

    assert ports.tickets.get_message(ticket.number, message.id).delivery is DeliveryState.SENT
    assert [event.after["address"] for event in told(ports, ticket.number)] == ["bo@example.org"]
