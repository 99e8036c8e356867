"""Mails that no person wrote: within the limits of their address, and exactly those wished for."""

from dataclasses import replace
from datetime import timedelta
from itertools import chain, combinations

import pytest

from chalicelib.domain.automatic_mail import PROVEN, UNPROVEN, Limits, limits_for
from chalicelib.domain.desk import MailRules, PublicEvent
from chalicelib.domain.errors import Throttled
from chalicelib.domain.letter import AUTOMATIC, LetterKind
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Actor, ActorKind, Channel, Event, EventKind
from chalicelib.usecases.dispatch_change import jobs_for_event
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.events import tell_of_event
from tests.builders import AGENT, CUSTOMER, NOON, a_message, a_requester, a_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, Stream, opened_ticket, ports_of, the_desk

ANA = "ana@example.com"


def to_ana(ports: FakePorts) -> list[LetterKind]:
    """What the customer was sent."""
    return [letter.kind for letter in ports.composer.letters if letter.to_address == ANA]


def a_mail(**changes: object) -> dict[str, object]:
    """A request that came by authenticated mail."""
    return {"channel": Channel.MAIL, "message_id": "m-1@mail.example.com"} | changes


@pytest.mark.row(58, "J6")
@pytest.mark.parametrize(
    ("request_fields", "most"),
    [(a_mail(), 3), ({}, 1), (a_mail(verified=False), 0)],
    ids=["authenticated mail", "form", "mail of an unknown sender"],
)
def test_acknowledgements_to_one_address_end_at_its_limit(
    request_fields: dict[str, object], most: int
) -> None:
    ports = ports_of()
    stream = Stream(ports)
    for _ in range(12):
        opened_ticket(ports, **request_fields)
        stream.flow(times=2)

    assert to_ana(ports) == [LetterKind.ACKNOWLEDGEMENT] * most
    assert len(ports.store.tickets) == 12


@pytest.mark.row(58)
def test_an_hour_later_the_next_ticket_is_acknowledged_again() -> None:
    ports = ports_of()
    stream = Stream(ports)
    for _ in range(3):
        opened_ticket(ports)
        stream.flow()
        ports.clock.advance(hours=1)

    assert len(to_ana(ports)) == 3


@pytest.mark.row(58)
def test_an_acknowledgement_that_ses_throttles_is_not_stopped_by_its_own_count() -> None:
    ports = ports_of()
    opened_ticket(ports)
    for _ in range(5):
        ports.mail_sender.failures.append(Throttled("rate"))
        with pytest.raises(Throttled):
            Stream(ports).flow()

    Stream(ports).flow()

    assert len(ports.mail_sender.sent) == 1


@pytest.mark.row(58, "J6")
def test_a_list_or_a_no_reply_sender_is_not_acknowledged() -> None:
    ports = ports_of()
    opened_ticket(ports, **a_mail(facts={"acknowledge": "no"}))

    Stream(ports).flow()

    assert to_ana(ports) == []


@pytest.mark.row(58)
def test_a_ticket_that_an_agent_opened_for_a_customer_is_not_acknowledged() -> None:
    ports = ports_of()
    opened_ticket(ports, opened_by=AGENT)

    Stream(ports).flow()

    assert to_ana(ports) == []


@pytest.mark.parametrize(
    ("channel", "verified", "limits"),
    [
        (Channel.MAIL, True, PROVEN),
        (Channel.PORTAL, True, PROVEN),
        (Channel.FORM, True, UNPROVEN),
        (Channel.API, True, UNPROVEN),
        (Channel.MAIL, False, None),
    ],
)
def test_what_proves_an_address(channel: Channel, verified: bool, limits: Limits | None) -> None:
    message = a_message(channel=channel, verified=verified)
    assert limits_for([message], CUSTOMER.id) == limits


def test_what_others_wrote_proves_nothing_of_the_requester() -> None:
    other = a_message(
        channel=Channel.MAIL, author=Actor(ActorKind.CUSTOMER, "bo@example.com", "Bo")
    )
    assert limits_for([a_message(), other], CUSTOMER.id) is UNPROVEN


def test_one_proof_is_enough_whatever_else_came_in_his_name() -> None:
    forged = a_message(channel=Channel.MAIL, verified=False)
    assert limits_for([forged, a_message(channel=Channel.PORTAL)], CUSTOMER.id) is PROVEN


_CHANGES = {
    PublicEvent.TICKET_CREATED: (EventKind.TICKET_CREATED, {}, {}),
    PublicEvent.TICKET_ASSIGNED: (EventKind.TICKET_ASSIGNED, {}, {"assignee": RUI.id}),
    PublicEvent.TICKET_RESOLVED: (
        EventKind.STATUS_CHANGED, {"status": "open"}, {"status": "resolved"},
    ),
    PublicEvent.TICKET_REOPENED: (
        EventKind.STATUS_CHANGED, {"status": "resolved"}, {"status": "open"},
    ),
}  # fmt: skip
"""The one event that stands for each step that a desk can tell of."""

_LETTERS = {
    PublicEvent.TICKET_CREATED: LetterKind.ACKNOWLEDGEMENT,
    PublicEvent.TICKET_ASSIGNED: LetterKind.STEP_ASSIGNED,
    PublicEvent.TICKET_RESOLVED: LetterKind.STEP_RESOLVED,
    PublicEvent.TICKET_REOPENED: LetterKind.STEP_REOPENED,
}
_INTERNAL = [
    (EventKind.STATUS_CHANGED, {"status": before}, {"status": after})
    for before, after in [("new", "open"), ("open", "postponed"), ("open", "spam"),
                          ("resolved", "closed"), ("spam", "resolved"), ("resolved", "spam"), ("new", "deleted")]
] + [
    (kind, {}, {"department": "support"}) for kind in EventKind
    if kind not in {EventKind.STATUS_CHANGED, EventKind.TICKET_CREATED, EventKind.TICKET_ASSIGNED,
                    EventKind.PUBLIC_REPLY_SENT}
]  # fmt: skip
_EVERY_CHOICE = list(chain.from_iterable(combinations(PublicEvent, n) for n in range(5)))
What = tuple[EventKind, dict[str, str], dict[str, str]]


def told(chosen: tuple[PublicEvent, ...], what: What, *, status: Status = Status.OPEN) -> FakePorts:
    """A desk that tells of these steps, after this happened on a ticket that came by mail."""
    desk = replace(the_desk(), mail_rules=MailRules(public_events=frozenset(chosen)))
    ports = FakePorts(desk, now=NOON + timedelta(minutes=1))
    message = a_message(channel=Channel.MAIL)
    ticket = a_ticket(status=status, requester=a_requester(), assignee_id=RUI.id)
    ports.store.tickets[ticket.number] = ticket
    ports.store.entries[ticket.number] = [(message.id, message)]
    kind, before, after = what
    actor = CUSTOMER if kind is EventKind.TICKET_CREATED else AGENT
    event = Event(kind, actor, NOON, before, after, message.id, id=ports.ids.new())
    if kind in {EventKind.TICKET_ASSIGNED, EventKind.STATUS_CHANGED}:
        event = replace(event, message_id="")
    for job in jobs_for_event(ticket.number, event):
        if isinstance(job, TellOfEvent):
            for _ in range(3):
                tell_of_event(ports, job)
    return ports


@pytest.mark.row(25)
@pytest.mark.parametrize("chosen", _EVERY_CHOICE, ids=lambda chosen: "+".join(chosen) or "nothing")
def test_a_customer_is_told_of_exactly_the_steps_that_the_desk_chose(
    chosen: tuple[PublicEvent, ...],
) -> None:
    for step, what in _CHANGES.items():
        expected = [_LETTERS[step]] if step in chosen else []
        assert to_ana(told(chosen, what)) == expected, step
    for what in _INTERNAL:
        assert to_ana(told(chosen, what)) == [], what


@pytest.mark.row(25)
@pytest.mark.parametrize("status", [Status.SPAM, Status.DELETED])
def test_nobody_is_told_of_a_ticket_that_was_thrown_away(status: Status) -> None:
    for step in set(PublicEvent) - {PublicEvent.TICKET_CREATED}:
        ports = told(tuple(PublicEvent), _CHANGES[step], status=status)
        assert to_ana(ports) == []


@pytest.mark.row(25)
def test_an_agents_steps_count_within_the_limit_of_a_proven_address() -> None:
    ports = ports_of()
    desk = replace(the_desk(), mail_rules=MailRules(public_events=frozenset(PublicEvent)))
    ports.settings.ready = desk
    ticket = opened_ticket(ports)
    Stream(ports).flow()
    for number in range(3):
        job = TellOfEvent(
            number=ticket.number, event_id=f"{ports.ids.new()}", event_kind="status_changed",
            actor_kind="agent", actor_id=RUI.id, before={"status": "open"},
            after={"status": "resolved", "n": str(number)},
        )  # fmt: skip
        tell_of_event(ports, job)

    assert to_ana(ports) == [LetterKind.ACKNOWLEDGEMENT, *[LetterKind.STEP_RESOLVED] * 2]


@pytest.mark.row(25)
def test_the_name_of_the_agent_is_all_that_is_said_of_him() -> None:
    ports = told((PublicEvent.TICKET_ASSIGNED,), _CHANGES[PublicEvent.TICKET_ASSIGNED])
    (letter,) = [one for one in ports.composer.letters if one.to_address == ANA]
    assert letter.facts["agent"] == RUI.name
    assert RUI.email not in repr(letter)
    assert letter.kind in AUTOMATIC
