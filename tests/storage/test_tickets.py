"""The contract of tickets: what is written is read back, and nothing is overwritten."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.errors import NotFound, StaleTicket, TicketNotFound
from chalicelib.domain.sla import ClockState, Target
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import DeliveryState, MessageKind, Priority, Ticket
from chalicelib.usecases.ports import Commit
from tests.builders import (
    AGENT,
    NOON,
    a_clock,
    a_message,
    a_requester,
    a_ticket,
    an_attachment,
    an_event,
)
from tests.storage.desks import Storage


def stored(storage: Storage, ticket: Ticket) -> Ticket:
    """Write a new ticket and give it back."""
    storage.tickets.commit(Commit(None, ticket))
    return ticket


def test_numbers_begin_at_1001_and_are_never_given_twice(storage: Storage) -> None:
    assert [storage.tickets.next_number() for _ in range(3)] == [1001, 1002, 1003]


def test_a_ticket_is_read_back_with_everything_it_had(storage: Storage) -> None:
    full = a_ticket(
        status=Status.POSTPONED,
        status_before=Status.OPEN,
        priority=Priority.URGENT,
        topic_id="invoice",
        language="pt_BR",
        tags=("vat", "invoice"),
        participants=("bo@example.com",),
        assignee_id="agent-rui",
        assigned_at=NOON + timedelta(microseconds=1),
        clocks=(
            a_clock(),
            a_clock(
                target=Target.RESOLUTION,
                state=ClockState.PAUSED,
                spent_seconds=12,
                running_since=None,
                due_at=None,
                at_risk_at=None,
                warned_at=NOON,
                breached_at=NOON,
                finished_at=NOON,
            ),
        ),
        postponed_until=NOON + timedelta(days=1),
        postponed_reason="Waits for the bank",
        resolved_at=NOON,
        closed_at=NOON,
        first_answered_at=NOON,
        last_message_at=NOON,
        last_customer_message_at=NOON,
        last_message_kind=MessageKind.PUBLIC_REPLY,
        last_message_preview="Good morning …",
        message_count=3,
        content_version=2,
        last_message_id="abc@mail.example.com",
        references=("a@x", "b@x"),
        link_epoch=4,
    )
    stored(storage, full)
    assert storage.tickets.get(full.number) == full


def test_a_ticket_that_nobody_made_is_not_found(storage: Storage) -> None:
    with pytest.raises(TicketNotFound):
        storage.tickets.get(7)
    with pytest.raises(TicketNotFound):
        storage.tickets.open_thread(7, limit=5)
    with pytest.raises(TicketNotFound):
        storage.tickets.list_older(7, before="01", limit=5)


@pytest.mark.row("K3")
def test_a_write_based_on_an_older_version_is_refused(storage: Storage) -> None:
    first = stored(storage, a_ticket())
    second = replace(first, version=2, subject="Corrected")
    storage.tickets.commit(Commit(first, second))
    with pytest.raises(StaleTicket) as refused:
        storage.tickets.commit(Commit(first, replace(first, version=2, subject="Other")))
    assert (refused.value.based_on, refused.value.current) == (1, 2)
    assert storage.tickets.get(first.number) == second


def test_a_number_that_is_taken_makes_no_second_ticket(storage: Storage) -> None:
    first = stored(storage, a_ticket())
    with pytest.raises(StaleTicket):
        storage.tickets.commit(Commit(None, a_ticket(subject="Other")))
    assert storage.tickets.get(first.number) == first


def test_a_refused_write_leaves_no_entry_behind(storage: Storage) -> None:
    first = stored(storage, a_ticket())
    stale = Commit(
        replace(first, version=9), replace(first, version=10), (a_message(),), (an_event(),)
    )
    with pytest.raises(StaleTicket):
        storage.tickets.commit(stale)
    assert storage.tickets.open_thread(first.number, limit=5).entries == ()


def test_what_a_ticket_no_longer_has_is_gone(storage: Storage) -> None:
    first = stored(storage, a_ticket(assignee_id="agent-rui", assigned_at=NOON, tags=("vat",)))
    second = replace(first, version=2, assignee_id="", assigned_at=None, tags=())
    storage.tickets.commit(Commit(first, second))
    assert storage.tickets.get(first.number) == second


def test_a_thread_shows_messages_and_events_in_the_order_of_time(storage: Storage) -> None:
    message = a_message(
        id="01B", html="<p>Hi</p>", attachments=(an_attachment(content_id="pic"),), verified=False
    )
    before, after = an_event(id="01A"), an_event(id="01C", actor=AGENT, message_id="01B")
    ticket = a_ticket()
    storage.tickets.commit(Commit(None, ticket, (message,), (after, before)))
    thread = storage.tickets.open_thread(ticket.number, limit=10)
    assert thread.ticket == ticket
    assert thread.entries == (before, message, after)
    assert thread.older == ""


def test_a_long_thread_is_read_page_by_page_from_its_end(storage: Storage) -> None:
    messages = tuple(a_message(id=f"01{n:02d}") for n in range(7))
    ticket = a_ticket()
    storage.tickets.commit(Commit(None, ticket, messages))
    newest = storage.tickets.open_thread(ticket.number, limit=3)
    assert (newest.entries, newest.older) == (messages[4:], "0104")
    middle = storage.tickets.list_older(ticket.number, before=newest.older, limit=3)
    assert (middle.ticket, middle.entries, middle.older) == (ticket, messages[1:4], "0101")
    oldest = storage.tickets.list_older(ticket.number, before=middle.older, limit=3)
    assert (oldest.entries, oldest.older) == (messages[:1], "")


def test_a_thread_that_ends_with_its_page_has_nothing_older(storage: Storage) -> None:
    messages = tuple(a_message(id=f"01{n:02d}") for n in range(3))
    storage.tickets.commit(Commit(None, a_ticket(), messages))
    assert storage.tickets.open_thread(1001, limit=3).older == ""
    page = storage.tickets.list_older(1001, before="0102", limit=2)
    assert (page.entries, page.older) == (messages[:2], "")


def test_threads_of_neighbouring_numbers_stay_apart(storage: Storage) -> None:
    storage.tickets.commit(Commit(None, a_ticket(number=100), (a_message(id="01A"),)))
    storage.tickets.commit(Commit(None, a_ticket(number=1001), (a_message(id="01B"),)))
    assert [entry.id for entry in storage.tickets.open_thread(100, limit=5).entries] == ["01A"]


def test_one_message_is_found_by_its_id(storage: Storage) -> None:
    message, event = a_message(), an_event()
    storage.tickets.commit(Commit(None, a_ticket(), (message,), (event,)))
    assert storage.tickets.get_message(1001, message.id) == message
    for missing in ("01Z", event.id):
        with pytest.raises(NotFound):
            storage.tickets.get_message(1001, missing)


def delivery_after(
    storage: Storage, *news: tuple[DeliveryState, str]
) -> tuple[DeliveryState | None, str]:
    """State and Message-ID of a mail after this news."""
    queued = a_message(kind=MessageKind.PUBLIC_REPLY, delivery=DeliveryState.QUEUED)
    storage.tickets.commit(Commit(None, a_ticket(), (queued,)))
    for state, ses_id in news:
        storage.tickets.record_delivery(1001, queued.id, state, ses_id)
    message = storage.tickets.get_message(1001, queued.id)
    return message.delivery, message.message_id


@pytest.mark.row("J1")
def test_a_sent_mail_has_the_id_that_ses_gave_it(storage: Storage) -> None:
    sent = (DeliveryState.SENT, "0100-abc")
    assert delivery_after(storage, sent, sent) == (DeliveryState.SENT, "0100-abc")


def test_the_state_of_a_mail_never_goes_back(storage: Storage) -> None:
    bounced, delivered = (DeliveryState.BOUNCED, ""), (DeliveryState.DELIVERED, "")
    assert delivery_after(storage, bounced, delivered)[0] is DeliveryState.BOUNCED


def test_news_that_comes_late_still_brings_the_id(storage: Storage) -> None:
    delivered, sent = (DeliveryState.DELIVERED, ""), (DeliveryState.SENT, "0100-abc")
    assert delivery_after(storage, delivered, sent) == (DeliveryState.DELIVERED, "0100-abc")


def test_news_of_a_message_that_is_not_there_is_an_error(storage: Storage) -> None:
    with pytest.raises(NotFound):
        storage.tickets.record_delivery(1001, "01Z", DeliveryState.SENT, "0100-abc")


@pytest.mark.row(30)
def test_a_customers_tickets_come_newest_first_page_by_page(storage: Storage) -> None:
    for n in range(5):
        stored(storage, a_ticket(number=1001 + n, created_at=NOON + timedelta(minutes=n)))
    stored(storage, a_ticket(number=2000, requester=a_requester(id="contact-bo")))
    first, cursor = storage.tickets.list_by_requester("contact-ana", limit=3, cursor="")
    rest, end = storage.tickets.list_by_requester("contact-ana", limit=3, cursor=cursor)
    assert [ticket.number for ticket in (*first, *rest)] == [1005, 1004, 1003, 1002, 1001]
    assert end == ""
