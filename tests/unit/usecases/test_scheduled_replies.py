"""A reply waits, can be undone, leaves once, and stays behind when it must not leave."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from chalicelib.domain.access import Action
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import (
    InvalidRequest,
    InvalidTransition,
    NotAllowed,
    ScheduledReplyGone,
    StaleScheduledReply,
    StaleTicket,
    TicketNotFound,
)
from chalicelib.domain.scheduled_reply import MAX_SCHEDULED, HeldReason, ScheduledReply
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import EventKind, MessageKind
from chalicelib.domain.tokens import capability, link_token
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import answer_by_link, open_customer_page
from chalicelib.usecases.dispatch_change import jobs_for_scheduled_reply
from chalicelib.usecases.jobs import SendScheduledReply
from chalicelib.usecases.scheduled_replies import (
    Edit,
    edit_scheduled_reply,
    read_scheduled_reply,
    schedule_reply,
    send_now,
    send_when_due,
    take_back,
)
from chalicelib.usecases.timers import sweep_due_tickets
from tests.fakes import FakePorts
from tests.unit.usecases.stage import (
    ADMIN,
    BOSS,
    EVA,
    OUTSIDER,
    READER,
    RUI,
    a_person_who_left,
    in_thread,
    opened_ticket,
    ports_of,
    the_desk,
)

UNDO = timedelta(seconds=10)


def a_desk_with_a_ticket() -> tuple[FakePorts, int]:
    ports = ports_of()
    return ports, opened_ticket(ports).number


def waiting(
    ports: FakePorts, number: int, *, agent: Agent = RUI, wait: timedelta = UNDO, **changes: object
) -> ScheduledReply:
    """A reply that an agent sent just now, and that can be undone."""
    ticket = ports.store.tickets[number]
    answer = replace(Answer(number, "Use water.", based_on=ticket.version), **changes)
    return schedule_reply(ports, agent, answer, ports.clock.now() + wait)[1]


def customer_writes(ports: FakePorts, number: int) -> None:
    answer_by_link(ports, a_link(ports, number), "It burns still.")


def a_link(ports: FakePorts, number: int) -> str:
    ticket = ports.store.tickets[number]
    granted = capability(number, ticket.requester.id, ticket.link_epoch)
    return link_token(granted, ports.secrets.keyring(), ports.clock.now())


def replies(ports: FakePorts, number: int) -> list[str]:
    kind = MessageKind.PUBLIC_REPLY
    return [message.text for message in in_thread(ports, number) if message.kind is kind]


def held_events(ports: FakePorts, number: int) -> list[dict[str, str]]:
    kind = EventKind.SCHEDULED_REPLY_HELD
    return [dict(event.after) for event in ports.store.events(number) if event.kind is kind]


def test_a_reply_that_waits_is_nothing_yet() -> None:
    ports, number = a_desk_with_a_ticket()
    before = ports.store.tickets[number]
    waiting(ports, number)
    assert ports.store.tickets[number] == before
    assert replies(ports, number) == []


def test_it_leaves_when_its_time_has_come_and_not_before() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    ports.clock.advance(seconds=9)
    assert send_when_due(ports, number, reply.id) == "not due"
    ports.clock.advance(seconds=1)
    assert send_when_due(ports, number, reply.id) == "sent"
    assert replies(ports, number) == ["Use water."]
    assert ports.store.tickets[number].status is Status.ANSWERED
    assert ports.store.scheduled == {}


def test_it_leaves_once_however_often_its_job_comes() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    ports.clock.advance(minutes=1)
    assert [send_when_due(ports, number, reply.id) for _ in range(3)] == ["sent", "gone", "gone"]
    assert replies(ports, number) == ["Use water."]


def test_undo_gives_the_words_back_and_nothing_leaves() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    assert take_back(ports, RUI, number, reply.id).text == "Use water."
    ports.clock.advance(minutes=1)
    assert send_when_due(ports, number, reply.id) == "gone"
    assert replies(ports, number) == []


def test_undo_after_it_left_says_so() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    ports.clock.advance(minutes=1)
    send_when_due(ports, number, reply.id)
    with pytest.raises(ScheduledReplyGone):
        take_back(ports, RUI, number, reply.id)


@pytest.mark.row("J5")
def test_of_undo_and_the_due_time_at_the_same_instant_exactly_one_wins() -> None:
    for _ in range(50):
        ports, number = a_desk_with_a_ticket()
        reply = waiting(ports, number)
        ports.clock.advance(minutes=1)
        gate = threading.Barrier(3)

        def undo(ports=ports, number=number, reply=reply, gate=gate) -> str:  # type: ignore[no-untyped-def]
            gate.wait()
            try:
                take_back(ports, RUI, number, reply.id)
            except ScheduledReplyGone:
                return "gone"
            return "undone"

        def come_due(ports=ports, number=number, reply=reply, gate=gate) -> str:  # type: ignore[no-untyped-def]
            gate.wait()
            return send_when_due(ports, number, reply.id)

        with ThreadPoolExecutor(3) as pool:
            asked = [pool.submit(act) for act in (undo, come_due, come_due)]
            became = sorted(future.result() for future in asked)
        assert became in (["gone", "gone", "undone"], ["gone", "gone", "sent"])
        assert len(replies(ports, number)) == became.count("sent")


def test_it_resolves_the_ticket_when_it_leaves_and_not_before() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number, resolves=True)
    assert ports.store.tickets[number].status is Status.NEW
    ports.clock.advance(minutes=1)
    send_when_due(ports, number, reply.id)
    assert ports.store.tickets[number].status is Status.RESOLVED


def test_its_files_are_taken_at_once_and_leave_with_it() -> None:
    ports, number = a_desk_with_a_ticket()
    slot = offer_upload(ports, filename="a.txt", content_type="text/plain", size=3)
    ports.files.upload(slot.fields["key"], b"abc", "text/plain")
    reply = waiting(ports, number, wait=timedelta(days=30), uploads=(slot.upload,))
    assert ports.files.pending == set()
    ports.clock.advance(days=31)
    send_when_due(ports, number, reply.id)
    (file,) = in_thread(ports, number)[-1].attachments
    assert (file.filename, file.size) == ("a.txt", 3)


def test_the_customer_who_writes_meanwhile_holds_it_back_and_its_agent_is_told() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number, wait=timedelta(hours=1))
    customer_writes(ports, number)
    ports.clock.advance(hours=2)
    before = ports.store.tickets[number]
    assert [send_when_due(ports, number, reply.id) for _ in range(3)] == ["held"] * 3
    assert replies(ports, number) == []
    assert held_events(ports, number) == [{"agent": RUI.id, "reason": "stale", "reply": reply.id}]
    after = ports.store.tickets[number]
    assert (after.status, after.content_version) == (before.status, before.content_version)
    assert ports.store.scheduled[number, reply.id].held is HeldReason.STALE


def test_a_colleague_who_writes_meanwhile_holds_it_back() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    add_note(ports, EVA, Answer(number, "Careful: oil."))
    ports.clock.advance(minutes=1)
    assert send_when_due(ports, number, reply.id) == "held"


def test_what_the_agent_himself_writes_meanwhile_does_not_hold_it_back() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number, wait=timedelta(minutes=5))
    add_note(ports, RUI, Answer(number, "Told the customer to use water."))
    seen = ports.store.tickets[number].version
    reply_in_public(ports, RUI, Answer(number, "And stand back.", based_on=seen))
    ports.clock.advance(minutes=5)
    assert send_when_due(ports, number, reply.id) == "sent"
    assert replies(ports, number) == ["And stand back.", "Use water."]


def test_words_that_were_stale_stay_so_whatever_their_agent_writes() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number, wait=timedelta(minutes=5))
    customer_writes(ports, number)
    add_note(ports, RUI, Answer(number, "A note without looking."))
    ports.clock.advance(minutes=5)
    assert send_when_due(ports, number, reply.id) == "held"


@pytest.mark.parametrize("status", ["closed", "spam", "deleted"])
def test_a_ticket_that_was_put_away_holds_it_back(status: str) -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    if status == "closed":
        change_ticket(ports, RUI, Change(number, None, status="resolved"))
    change_ticket(ports, RUI, Change(number, None, status=status))
    ports.clock.advance(minutes=1)
    send_when_due(ports, number, reply.id)
    assert held_events(ports, number)[0]["reason"] == "closed"
    assert replies(ports, number) == []


@pytest.mark.parametrize(
    "changed",
    [a_person_who_left(RUI), replace(RUI, departments=frozenset({"billing"})), None],
    ids=["deactivated", "moved", "removed"],
)
def test_an_agent_who_may_no_longer_reply_holds_it_back(changed: Agent | None) -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    ports.settings.ready = the_desk(*((changed,) if changed else ()), EVA, BOSS)
    ports.clock.advance(minutes=1)
    send_when_due(ports, number, reply.id)
    assert held_events(ports, number)[0]["reason"] == "not_allowed"
    assert replies(ports, number) == []


def test_a_held_reply_can_be_sent_by_who_has_seen_the_news() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    customer_writes(ports, number)
    ports.clock.advance(minutes=1)
    send_when_due(ports, number, reply.id)
    with pytest.raises(StaleTicket):
        send_now(ports, RUI, number, reply.id, based_on=1)
    seen = ports.store.tickets[number].version
    send_now(ports, RUI, number, reply.id, based_on=seen)
    assert replies(ports, number) == ["Use water."]


def test_a_new_time_lets_a_held_reply_go_again() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    customer_writes(ports, number)
    ports.clock.advance(minutes=1)
    send_when_due(ports, number, reply.id)
    held, later = ports.store.scheduled[number, reply.id], ports.clock.now() + timedelta(hours=1)
    seen = ports.store.tickets[number].version
    edit = Edit(held.version, seen, text="Use sand.", send_at=later)
    edit_scheduled_reply(ports, RUI, number, reply.id, edit)
    ports.clock.at = later
    assert send_when_due(ports, number, reply.id) == "sent"
    assert replies(ports, number) == ["Use sand."]


def test_an_edit_of_what_somebody_else_edited_is_refused() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    edit_scheduled_reply(ports, RUI, number, reply.id, Edit(1, 1, text="Use sand."))
    with pytest.raises(StaleScheduledReply):
        edit_scheduled_reply(ports, BOSS, number, reply.id, Edit(1, 1, text="Use foam."))
    assert ports.store.scheduled[number, reply.id].text == "Use sand."


def test_it_can_be_sent_before_its_time() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number, wait=timedelta(days=3))
    send_now(ports, RUI, number, reply.id, based_on=1)
    assert replies(ports, number) == ["Use water."]
    assert ports.store.scheduled == {}


@pytest.mark.parametrize("agent", [RUI, BOSS, ADMIN], ids=lambda agent: agent.id)
def test_its_author_and_who_leads_may_touch_it(agent: Agent) -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    assert take_back(ports, agent, number, reply.id) == reply


@pytest.mark.row("J14")
@pytest.mark.parametrize(
    ("agent", "refusal"),
    [(EVA, NotAllowed), (READER, NotAllowed), (OUTSIDER, TicketNotFound)],
    ids=["colleague", "collaborator", "another department"],
)
def test_nobody_else_may_touch_it(agent: Agent, refusal: type[Exception]) -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    with pytest.raises(refusal):
        take_back(ports, agent, number, reply.id)
    with pytest.raises(refusal):
        send_now(ports, agent, number, reply.id, based_on=1)
    with pytest.raises(refusal):
        edit_scheduled_reply(ports, agent, number, reply.id, Edit(1, 1, text="x"))
    assert ports.store.scheduled[number, reply.id] == reply


def test_colleagues_can_read_it_and_other_departments_cannot() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number)
    assert read_scheduled_reply(ports, READER, number, reply.id) == reply
    with pytest.raises(TicketNotFound):
        read_scheduled_reply(ports, OUTSIDER, number, reply.id)


@pytest.mark.row("J13")
def test_the_customer_sees_nothing_of_it() -> None:
    ports, number = a_desk_with_a_ticket()
    waiting(ports, number)
    page = open_customer_page(ports, a_link(ports, number))
    assert "water" not in str([message.text for message in page.messages])


@pytest.mark.row("J11")
def test_what_is_stale_already_is_refused_while_its_author_is_there() -> None:
    ports, number = a_desk_with_a_ticket()
    customer_writes(ports, number)
    with pytest.raises(StaleTicket):
        schedule_reply(ports, RUI, Answer(number, "x", based_on=1), ports.clock.now() + UNDO)


def test_on_a_closed_ticket_nothing_can_wait() -> None:
    ports, number = a_desk_with_a_ticket()
    change_ticket(ports, RUI, Change(number, None, status="spam"))
    with pytest.raises(InvalidTransition):
        waiting(ports, number)


def test_who_may_not_reply_may_not_let_a_reply_wait() -> None:
    ports, number = a_desk_with_a_ticket()
    with pytest.raises(NotAllowed, match=Action.REPLY):
        waiting(ports, number, agent=READER)


def test_only_so_many_wait_on_one_ticket() -> None:
    ports, number = a_desk_with_a_ticket()
    for _ in range(MAX_SCHEDULED):
        waiting(ports, number)
    with pytest.raises(InvalidRequest):
        waiting(ports, number)


def test_the_sweep_finds_what_is_due_and_not_what_is_held() -> None:
    ports, number = a_desk_with_a_ticket()
    reply = waiting(ports, number, wait=timedelta(minutes=30))
    assert sweep_due_tickets(ports) == 0
    ports.clock.advance(minutes=30)
    assert sweep_due_tickets(ports) == 1
    (job,) = ports.jobs.sent
    assert isinstance(job, SendScheduledReply)
    assert (job.number, job.reply_id, job.delay_seconds) == (number, reply.id, 0)
    customer_writes(ports, number)
    send_when_due(ports, number, reply.id)
    assert sweep_due_tickets(ports) == 0


@pytest.mark.parametrize(
    ("wait", "delays"),
    [
        (timedelta(seconds=9.2), [10]),
        (timedelta(seconds=-5), [0]),
        (timedelta(minutes=15), [900]),
        (timedelta(minutes=16), []),
    ],
)
def test_what_leaves_soon_has_a_job_that_comes_no_earlier(
    wait: timedelta, delays: list[int]
) -> None:
    now = datetime.fromisoformat("2026-03-02T09:00:00+00:00")
    reply = ScheduledReply("01", 1001, "rui", "Rui", "x", now + wait, now, 1)
    assert [job.delay_seconds for job in jobs_for_scheduled_reply(reply, now)] == delays
    held = replace(reply, held=HeldReason.STALE)
    assert jobs_for_scheduled_reply(held, now) == []


def test_the_delay_is_no_part_of_what_travels() -> None:
    job = SendScheduledReply(number=1001, reply_id="01", delay=10)
    assert "delay" not in job.body()
