"""Who is told of what: each once, nobody of his own doing, and never a note."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.desk import NoticeChannel, NoticeKind
from chalicelib.domain.errors import MailRefused, Throttled, Unavailable
from chalicelib.domain.letter import LetterKind
from chalicelib.domain.ticket import DeliveryState
from chalicelib.domain.tokens import capability, read_link_token, read_reply_token
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.claim_ticket import deal_next
from chalicelib.usecases.customer_page import answer_by_link, open_customer_page
from chalicelib.usecases.jobs import SendLinks
from chalicelib.usecases.mail_events import FailedRecipient, MailNews, note_mail_news
from chalicelib.usecases.mail_out.enclosures import MAX_FILES_BYTES
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.mail_out.links import send_links
from chalicelib.usecases.mail_out.sending import LEASE_SECONDS
from chalicelib.usecases.timers import wake_ticket
from tests.fakes import FakePorts
from tests.unit.usecases.stage import (
    ADMIN,
    BOSS,
    EVA,
    READER,
    RUI,
    Stream,
    in_thread,
    opened_ticket,
    ports_of,
    pushed,
    the_desk,
    there,
)

CANARY = "canary-7f3a-inside-only"


def _told(ports: FakePorts) -> list[tuple[str, str]]:
    return [(letter.kind, letter.to_address) for letter in ports.composer.letters]


def _notices(ports: FakePorts, agent_id: str) -> list[NoticeKind]:
    return [n.kind for n in ports.notices.list_by_agent(agent_id, limit=50, cursor="")[0]]


@pytest.mark.row(1, 58)
def test_a_new_ticket_is_acknowledged_once_with_its_number_and_link() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    Stream(ports).flow(times=3)

    (letter,) = ports.composer.letters
    assert (letter.kind, letter.to_address) == (LetterKind.ACKNOWLEDGEMENT, "ana@example.com")
    assert letter.facts["number"] == str(ticket.number)
    token = letter.page_url.rpartition("/")[2]
    opened = read_link_token(token, ports.secrets.keyring(), ports.clock.now())
    assert opened == capability(ticket.number, ticket.requester.id, 1)


@pytest.mark.row(58, "J19")
def test_a_sender_who_is_not_verified_is_never_answered_by_a_machine() -> None:
    ports = ports_of()
    opened_ticket(ports, verified=False)

    Stream(ports).flow()

    assert ports.mail_sender.sent == []


@pytest.mark.row(26, 28, 46)
def test_a_reply_leaves_once_from_the_mailbox_under_the_agents_name() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    stream = Stream(ports)
    stream.flow()
    _, message = reply_in_public(ports, RUI, Answer(ticket.number, "It is 21.", based_on=1))

    stream.flow(times=3)

    (letter,) = [one for one in ports.composer.letters if one.kind is LetterKind.PUBLIC_REPLY]
    assert letter.from_address == "help@desk.example.com"
    assert letter.from_name == "Rui Example (Example Desk)"
    assert letter.message is not None
    assert letter.message.text == "It is 21."
    assert [m.text for m in letter.history] == ["It says 12 instead of 21."]
    stored = ports.tickets.get_message(ticket.number, message.id)
    assert stored.delivery is DeliveryState.SENT
    assert stored.message_id == ports.mail_sender.sent[-1].ses_id


@pytest.mark.row(27)
def test_the_reply_address_opens_the_very_ticket_for_its_customer() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    Stream(ports).flow()

    local = ports.composer.letters[0].reply_to.partition("@")[0]
    granted = read_reply_token(local.partition("+")[2], ports.secrets.keyring())
    assert granted == capability(ticket.number, ticket.requester.id, 1)


@pytest.mark.row(25, "K1")
def test_a_mail_that_ses_throttled_is_reported_and_leaves_at_the_next_attempt() -> None:
    ports = ports_of()
    opened_ticket(ports)
    ports.mail_sender.failures.append(Throttled("rate"))

    with pytest.raises(Unavailable):
        Stream(ports).flow()
    Stream(ports).flow(times=2)

    assert len(ports.mail_sender.sent) == 1


@pytest.mark.row("K1")
def test_while_one_worker_sends_another_comes_back_later_and_sends_only_if_that_one_died() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    event = ports.store.events(ticket.number)[0]
    ports.mail_ledger.begin_sending(
        f"ack:{event.id}", "ana@example.com", ports.clock.now(), lease_seconds=LEASE_SECONDS
    )

    with pytest.raises(Unavailable):
        Stream(ports).flow()
    assert ports.mail_sender.sent == []
    ports.clock.advance(seconds=LEASE_SECONDS)
    Stream(ports).flow()

    assert len(ports.mail_sender.sent) == 1


@pytest.mark.row("K1")
def test_a_mail_whose_answer_was_lost_is_not_sent_again_at_once() -> None:
    ports = ports_of()
    opened_ticket(ports)
    ports.mail_sender.failures.append(Unavailable("no answer"))

    for _ in range(2):
        with pytest.raises(Unavailable):
            Stream(ports).flow()
    assert ports.mail_sender.sent == []
    ports.clock.advance(seconds=LEASE_SECONDS)
    Stream(ports).flow()

    assert len(ports.mail_sender.sent) == 1


@pytest.mark.row(28)
def test_a_mail_that_ses_refuses_is_noted_on_the_message_and_not_tried_again() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    stream = Stream(ports)
    stream.flow()
    _, message = reply_in_public(ports, RUI, Answer(ticket.number, "Hi.", based_on=1))
    ports.mail_sender.failures.append(MailRefused("address"))

    stream.flow(times=3)

    to_ana = [mail for mail in ports.mail_sender.sent if mail.recipient == "ana@example.com"]
    assert len(to_ana) == 1  # the acknowledgement alone
    stored = ports.tickets.get_message(ticket.number, message.id)
    assert stored.delivery is DeliveryState.FAILED


def test_an_answer_to_nothing_finds_no_ticket_after_a_refused_mail() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    reply_in_public(ports, RUI, Answer(ticket.number, "Hi.", based_on=1))
    ports.mail_sender.failures.extend([MailRefused("a"), MailRefused("b")])

    Stream(ports).flow()

    assert "" not in ports.store.references
    assert ports.mail_ledger.sent_mail("") is None


@pytest.mark.row(28)
@pytest.mark.parametrize(
    "order", [["Delivery", "Bounce"], ["Bounce", "Delivery"], ["Bounce", "Bounce", "Delivery"]]
)
def test_what_became_of_a_mail_is_noted_and_never_goes_back(order: list[str]) -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    _, message = reply_in_public(ports, RUI, Answer(ticket.number, "Hi.", based_on=1))
    Stream(ports).flow()
    ses_id = ports.tickets.get_message(ticket.number, message.id).message_id

    ana = (FailedRecipient("ana@example.com", "5.1.1"),)
    for kind in order:
        failed = ana if kind == "Bounce" else ()
        assert note_mail_news(ports, MailNews(kind, ses_id, failed, is_permanent=True))

    stored = ports.tickets.get_message(ticket.number, message.id)
    assert stored.delivery is DeliveryState.BOUNCED


@pytest.mark.parametrize(("kind", "ses_id"), [("Open", "0100-0001"), ("Bounce", "unknown")])
def test_news_that_concern_no_message_are_passed_over(kind: str, ses_id: str) -> None:
    assert note_mail_news(ports_of(), MailNews(kind, ses_id)) is False


@pytest.mark.row(44, 72)
def test_the_new_owner_is_told_once_by_mail_and_in_the_console() -> None:
    ports = ports_of()
    there(ports, RUI)
    pushed(ports)

    Stream(ports).flow(times=3)

    assert _told(ports).count((LetterKind.AGENT_ASSIGNED, RUI.email)) == 1
    assert _notices(ports, RUI.id) == [NoticeKind.ASSIGNED]


@pytest.mark.row(72)
def test_nobody_is_told_of_his_own_doing() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    deal_next(ports, RUI)
    change_ticket(ports, RUI, Change(ticket.number, 2, priority=ticket.priority, tags=("x",)))
    change_ticket(ports, EVA, Change(ticket.number, 3, assignee_id=EVA.id))

    Stream(ports).flow()

    assert _notices(ports, RUI.id) == _notices(ports, EVA.id) == []
    assert [address for _, address in _told(ports)] == ["ana@example.com"]


@pytest.mark.row(72)
def test_an_agent_is_told_only_the_way_he_chose() -> None:
    ports = ports_of()
    quiet = replace(RUI, notices={NoticeKind.ASSIGNED: (NoticeChannel.IN_APP,)})
    ports.settings.ready = the_desk(quiet, BOSS)
    there(ports, quiet)
    ticket = pushed(ports)
    token = page_of(ports, ticket).rpartition("/")[2]
    answer_by_link(ports, token, "Any news?")

    Stream(ports).flow()

    assert _notices(ports, RUI.id) == [NoticeKind.ASSIGNED]
    assert [address for _, address in _told(ports)] == ["ana@example.com"]


@pytest.mark.row(72)
def test_the_owner_is_told_in_the_console_that_the_customer_wrote() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    stream = Stream(ports)
    stream.flow()
    answer_by_link(ports, page_of(ports, ticket).rpartition("/")[2], "Any news?")

    stream.flow(times=2)

    assert _notices(ports, RUI.id)[0] == NoticeKind.CUSTOMER_WROTE
    assert (LetterKind.AGENT_CUSTOMER_WROTE, RUI.email) not in _told(ports)


@pytest.mark.row(51)
def test_the_owner_is_warned_once_before_the_time_runs_out() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    stream = Stream(ports)
    stream.flow()
    ports.clock.advance(minutes=45)
    for _ in range(3):
        wake_ticket(ports, ticket.number)
        stream.flow(times=2)

    assert _told(ports).count((LetterKind.AGENT_AT_RISK, RUI.email)) == 1
    warning = ports.composer.letters[-1]
    assert warning.facts["target"] == "first_response"
    assert warning.facts["due_at"] == (ticket.created_at + timedelta(hours=1)).isoformat()


@pytest.mark.row(52)
def test_the_supervisor_is_told_of_a_breach_once_and_nobody_else_is() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    stream = Stream(ports)
    stream.flow()
    before = len(ports.composer.letters)
    ports.clock.advance(hours=1)
    for _ in range(3):
        wake_ticket(ports, ticket.number)
        stream.flow(times=2)

    assert _told(ports)[before:] == [(LetterKind.AGENT_BREACHED, BOSS.email)]
    assert _notices(ports, BOSS.id) == [NoticeKind.BREACHED]


@pytest.mark.row(52)
def test_a_breach_in_a_department_that_was_removed_is_still_told() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    ports.clock.advance(hours=1)
    wake_ticket(ports, ticket.number)
    desk = the_desk()
    left = {"billing": desk.departments["billing"]}
    ports.settings.ready = replace(desk, departments=left)

    Stream(ports).flow()

    assert (LetterKind.AGENT_BREACHED, BOSS.email) in _told(ports)


@pytest.mark.row(61, "J13")
def test_a_note_reaches_no_mail_no_page_no_notice_and_no_list() -> None:
    ports = ports_of()
    there(ports, RUI)
    ticket = pushed(ports)
    stream = Stream(ports)
    for agent in (RUI, READER, ADMIN):
        add_note(ports, agent, Answer(ticket.number, f"{CANARY} {agent.name}"))
    stream.flow()
    version = ports.store.tickets[ticket.number].version
    reply_in_public(ports, RUI, Answer(ticket.number, "In public.", based_on=version))
    add_note(ports, EVA, Answer(ticket.number, CANARY))
    stream.flow()
    ports.clock.advance(days=3)
    wake_ticket(ports, ticket.number)
    stream.flow()
    contact = ports.customers.find_by_address("ana@example.com")
    assert contact is not None
    send_links(ports, SendLinks(request_id="r1", address=contact.email, language="en"))
    page = open_customer_page(ports, page_of(ports, ticket).rpartition("/")[2])

    assert sum(CANARY in message.text for message in in_thread(ports, ticket.number)) == 4
    outside = [repr(ports.composer.letters), repr(page), repr(ports.notices.__dict__)]
    assert not [text for text in outside if re.search(CANARY, text)]
    assert len(ports.composer.letters) > 3


@pytest.mark.row(28, "J16")
def test_files_travel_with_the_mail_until_it_would_be_too_large() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    uploads = []
    for name, size in (("small.pdf", 10), ("large.pdf", MAX_FILES_BYTES)):
        slot = offer_upload(ports, filename=name, content_type="application/pdf", size=size)
        ports.files.upload(slot.fields["key"], b"x" * size, "application/pdf")
        uploads.append(slot.upload)
    reply_in_public(ports, RUI, Answer(ticket.number, "See.", uploads, based_on=1))

    Stream(ports).flow()

    letter = ports.composer.letters[-1]
    assert [file.filename for file in letter.files] == ["small.pdf"]
    (link,) = letter.oversized
    assert link.label == "large.pdf"
    assert link.url.startswith(f"{letter.page_url}/files/")


@pytest.mark.row(24)
def test_fresh_links_go_once_to_an_address_with_tickets_and_to_no_other() -> None:
    ports = ports_of()
    numbers = [opened_ticket(ports).number for _ in range(2)]

    for address in ("ana@example.com", "ana@example.com", "nobody@example.com"):
        send_links(ports, SendLinks(request_id="r1", address=address, language="en"))

    (letter,) = ports.composer.letters
    assert letter.to_address == "ana@example.com"
    for link in letter.links:
        token = link.url.rpartition("/")[2]
        assert open_customer_page(ports, token).ticket.number in numbers
