"""A customer's mail becomes a message or a ticket; a second delivery becomes nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.inbound_mail import MailAddress, MailAttachment
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Channel, MessageKind
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.merge_tickets import merge_tickets
from chalicelib.usecases.receive_mail import Outcome
from tests.fakes import MONDAY
from tests.unit.usecases.mail_in.mails import (
    FAIL,
    GRAY,
    a_delivery,
    a_mail,
    answers,
    comes_in,
    reply_address,
)
from tests.unit.usecases.stage import RUI, Stream, in_thread, opened_ticket, ports_of


@pytest.mark.row(1, 26)
def test_a_mail_to_a_mailbox_is_a_new_ticket_of_its_department() -> None:
    ports = ports_of()

    outcome = comes_in(ports, delivery=a_delivery(recipients=("bills@desk.example.com",)))

    ticket = ports.store.tickets[outcome.number]
    assert (outcome.what, ticket.status, ticket.channel) == ("ticket", Status.NEW, Channel.MAIL)
    assert (ticket.department_id, ticket.mailbox_id) == ("billing", "bills")
    assert (ticket.subject, ticket.requester.email) == ("Printer on fire", "ana@example.com")


@pytest.mark.row(1, 26, "J5", "K1")
def test_the_same_delivery_three_times_is_one_ticket() -> None:
    ports = ports_of()

    outcomes = [comes_in(ports).what for _ in range(3)]

    assert outcomes == ["ticket", "repeated", "repeated"]
    assert len(ports.store.tickets) == 1


@pytest.mark.row("J3", "K1")
def test_the_same_mail_sent_again_under_another_ses_id_is_not_doubled() -> None:
    ports = ports_of()
    comes_in(ports)

    assert comes_in(ports, delivery=a_delivery("ses-2")).what == "repeated"
    assert len(ports.store.tickets) == 1


@pytest.mark.row("J3", "K1")
def test_another_mail_under_the_same_message_id_is_kept_too() -> None:
    ports = ports_of()
    comes_in(ports)

    outcome = comes_in(ports, a_mail(text="Something else."), a_delivery("ses-2"))

    assert outcome.what == "ticket"
    assert len(ports.store.tickets) == 2


def test_two_mails_without_a_message_id_are_two() -> None:
    ports = ports_of()

    for ses_id in ("ses-1", "ses-2"):
        comes_in(ports, a_mail(message_id=""), a_delivery(ses_id))

    assert len(ports.store.tickets) == 2


@pytest.mark.row("K1")
def test_a_mail_whose_ledger_was_lost_in_a_race_is_still_taken_once() -> None:
    ports = ports_of()
    context = ports.customers.mail_context

    def behind(*arguments: object) -> object:
        return replace(context(*arguments), seen=False)  # type: ignore[arg-type]

    ports.customers.mail_context = behind  # type: ignore[method-assign,assignment]

    assert [comes_in(ports).what for _ in range(2)] == ["ticket", "repeated"]
    assert len(ports.store.tickets) == 1


@pytest.mark.row(27, "J1")
def test_a_mail_to_the_signed_address_joins_its_ticket() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    outcome = answers(ports, ticket)

    assert outcome == Outcome("message", ticket.number)
    message = in_thread(ports, ticket.number)[-1]
    assert (message.kind, message.text) == (MessageKind.CUSTOMER_MESSAGE, "It burns.")
    assert message.verified


@pytest.mark.row(27, "K1")
def test_an_answer_that_is_delivered_again_or_sent_again_is_on_its_ticket_once() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    mail = a_mail(message_id="m2@mail.example.com")
    recipients = (reply_address(ports, ticket),)

    whats = [
        comes_in(ports, mail, a_delivery(ses_id, recipients=recipients)).what
        for ses_id in ("ses-2", "ses-2", "ses-3")
    ]

    assert whats == ["message", "repeated", "repeated"]
    assert len(in_thread(ports, ticket.number)) == 2


@pytest.mark.row(27, "J1")
@pytest.mark.parametrize("where", ["in_reply_to", "references"])
def test_a_mail_that_answers_the_id_that_ses_gave_joins_its_ticket(where: str) -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    reply_in_public(ports, RUI, Answer(ticket.number, "Try again.", based_on=1))
    Stream(ports).flow()
    ses_id = f"{ports.mail_sender.sent[-1].ses_id}@email.amazonses.com"

    outcome = comes_in(ports, a_mail(**{where: ("lost@mail.test", ses_id)}))

    assert outcome == Outcome("message", ticket.number)


@pytest.mark.row(12, 18, 27)
def test_an_answer_by_mail_reopens_a_solved_ticket() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    change_ticket(ports, RUI, Change(ticket.number, 1, status="resolved"))

    answers(ports, ticket)

    assert ports.store.tickets[ticket.number].status is Status.OPEN


@pytest.mark.row(27, "J1")
def test_a_customers_second_mail_joins_by_the_reference_to_his_own_first() -> None:
    ports = ports_of()
    first = comes_in(ports)

    second = a_mail(message_id="m2@mail.example.com", in_reply_to=("m1@mail.example.com",))

    assert comes_in(ports, second, a_delivery("ses-2")) == Outcome("message", first.number)


@pytest.mark.row("J2")
@pytest.mark.parametrize("references", [(), ("",), (" ",)])
def test_an_empty_reference_and_a_number_in_the_subject_join_nothing(
    references: tuple[str, ...],
) -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    mail = a_mail(subject=f"Re: [{ticket.number}]", references=references, in_reply_to=references)

    outcome = comes_in(ports, mail)

    assert outcome.what == "ticket"
    assert len(in_thread(ports, ticket.number)) == 1


@pytest.mark.row("J2")
@pytest.mark.parametrize("by", ["token", "reference"])
def test_a_strangers_mail_is_a_new_ticket_marked_for_review(by: str) -> None:
    ports = ports_of()
    number = comes_in(ports).number
    ticket = ports.store.tickets[number]
    known = ("m1@mail.example.com",) if by == "reference" else ()
    to = reply_address(ports, ticket) if by == "token" else "help@desk.example.com"

    outcome = answers(ports, ticket, from_address="mallory@example.org", in_reply_to=known, to=to)

    assert (outcome.what, outcome.number) != ("message", number)
    new = ports.store.tickets[outcome.number]
    assert (new.requester.email, new.tags) == ("mallory@example.org", ("looks-like-an-answer",))
    assert len(in_thread(ports, number)) == 1


@pytest.mark.row("J2")
def test_a_mail_that_only_says_to_be_from_the_customer_joins_nothing() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    outcome = answers(ports, ticket, dmarc=FAIL)

    assert outcome.what == "ticket"
    (message,) = in_thread(ports, outcome.number)
    assert not message.verified
    assert len(in_thread(ports, ticket.number)) == 1


@pytest.mark.row(27)
def test_without_a_word_from_his_domain_the_customer_joins_by_the_signed_address_only() -> None:
    ports = ports_of()
    number = comes_in(ports).number
    ticket = ports.store.tickets[number]
    silent = {"dmarc": GRAY, "spf": FAIL}
    known = ("m1@mail.example.com",)

    by_reference = answers(ports, ticket, in_reply_to=known, to="help@desk.example.com", **silent)
    by_token = comes_in(
        ports,
        a_mail(message_id="m3@mail.example.com"),
        a_delivery("ses-3", recipients=(reply_address(ports, ticket),), dmarc=GRAY, spf=FAIL),
    )

    assert by_reference.what == "ticket"
    assert by_token == Outcome("message", number)


@pytest.mark.row(27)
def test_an_altered_token_is_a_new_ticket() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    token = reply_address(ports, ticket)

    altered = token.replace("@", "x@", 1)

    assert answers(ports, ticket, to=altered).what == "ticket"


def test_a_revoked_address_lets_nobody_in_but_a_reference_still_does() -> None:
    ports = ports_of()
    number = comes_in(ports).number
    ticket = ports.store.tickets[number]
    old = reply_address(ports, ticket)
    ports.store.tickets[number] = replace(ticket, link_epoch=2)

    assert answers(ports, ticket, to=old).what == "ticket"
    again = a_mail(message_id="m4@mail.example.com", in_reply_to=("m1@mail.example.com",))
    delivery = a_delivery("ses-4", recipients=(old,))
    assert comes_in(ports, again, delivery) == Outcome("message", number)


def test_an_answer_to_a_ticket_that_is_gone_is_a_new_ticket() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    del ports.store.tickets[ticket.number]

    assert answers(ports, ticket).what == "ticket"


@pytest.mark.row("J2")
def test_who_is_not_authenticated_brings_nobody_else_in() -> None:
    ports = ports_of()
    cc = (MailAddress("mallory@example.org"), MailAddress("no-reply@example.org"))

    honest = comes_in(ports, a_mail(cc=cc))
    forged = comes_in(ports, a_mail(cc=cc, text="x"), a_delivery("ses-2", dmarc=FAIL))

    assert ports.store.tickets[honest.number].participants == ("mallory@example.org",)
    assert ports.store.tickets[forged.number].participants == ()


@pytest.mark.row(27)
def test_a_participant_who_is_authenticated_joins_and_keeps_his_name() -> None:
    ports = ports_of()
    number = comes_in(ports, a_mail(cc=(MailAddress("bo@example.org"),))).number
    ticket = ports.store.tickets[number]

    outcome = answers(ports, ticket, from_address="bo@example.org", from_name="Bo Example")

    assert outcome == Outcome("message", number)
    assert in_thread(ports, number)[-1].author.name == "Bo Example"
    assert ports.store.tickets[number].requester == ticket.requester


@pytest.mark.row(2, 26)
def test_attachments_are_stored_under_names_of_the_delivery() -> None:
    ports = ports_of()
    file = MailAttachment("../photo.png", "image/png", 3, "cid-1", "inline", b"abc")

    number = comes_in(ports, a_mail(attachments=(file,))).number

    (message,) = in_thread(ports, number)
    (kept,) = message.attachments
    assert (kept.filename, kept.content_id, kept.key) == ("photo.png", "cid-1", "mail/ses-1/0")
    assert ports.files.read(kept.key) == b"abc"


def test_a_very_long_mail_is_kept_whole_and_shown_in_part() -> None:
    ports = ports_of()
    text = "é" * 200_000

    number = comes_in(ports, a_mail(text=text, reply_text=text)).number

    (message,) = in_thread(ports, number)
    assert len(message.text.encode()) <= 100_010
    assert ports.files.read(message.overflow_key).decode() == text


@pytest.mark.row(27)
def test_only_what_was_newly_written_is_shown_and_the_whole_is_kept() -> None:
    ports = ports_of()

    number = comes_in(ports, a_mail(text="Yes.\n> Really?", reply_text="Yes.")).number

    (message,) = in_thread(ports, number)
    assert (message.text, message.full_text) == ("Yes.", "Yes.\n> Really?")


@pytest.mark.row(26)
@pytest.mark.parametrize(("guess", "language"), [("pt", "pt_BR"), ("xx", "en"), (None, "en")])
def test_a_ticket_speaks_the_language_of_the_mail_where_the_desk_does(
    guess: str | None, language: str
) -> None:
    ports = ports_of()

    number = comes_in(ports, a_mail(language=guess)).number

    assert ports.store.tickets[number].language == language


def test_a_mail_without_a_subject_has_one_that_says_so() -> None:
    ports = ports_of()

    assert ports.store.tickets[comes_in(ports, a_mail(subject="")).number].subject


@pytest.mark.row("K3")
def test_a_mail_that_comes_while_an_agent_writes_is_decided_again_on_fresh_state() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    commit, raced = ports.tickets.commit, []

    def agent_first(wanted: object) -> None:
        if not raced:
            raced.append(1)
            reply_in_public(ports, RUI, Answer(ticket.number, "Quick.", based_on=1))
        commit(wanted)  # type: ignore[arg-type]

    ports.tickets.commit = agent_first  # type: ignore[method-assign]

    answers(ports, ticket)

    kinds = [message.kind for message in in_thread(ports, ticket.number)]
    assert kinds.count(MessageKind.PUBLIC_REPLY) == 1
    assert len(kinds) == 3
    assert ports.store.tickets[ticket.number].status is Status.OPEN


@pytest.mark.row("J19")
def test_a_sender_does_not_revive_his_spam() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    change_ticket(ports, RUI, Change(ticket.number, 1, status="spam"))
    ports.clock.advance(days=1)

    answers(ports, ticket, date=MONDAY + timedelta(days=1))

    assert ports.store.tickets[ticket.number].status is Status.SPAM


@pytest.mark.row("J2")
def test_an_authenticated_participants_new_readers_take_part_from_then_on() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)
    cc = (MailAddress("bo@example.org"), MailAddress("help@desk.example.com"))

    answers(ports, ticket, cc=cc)

    assert ports.store.tickets[ticket.number].participants == ("bo@example.org",)
    assert in_thread(ports, ticket.number)[-1].copied == ("bo@example.org",)


@pytest.mark.row("J2")
def test_whoever_an_unproved_sender_writes_to_is_shown_and_takes_no_part() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    answers(ports, ticket, cc=(MailAddress("mallory@example.org"),), dmarc=GRAY, spf=FAIL)

    assert ports.store.tickets[ticket.number].participants == ()
    assert in_thread(ports, ticket.number)[-1].copied == ("mallory@example.org",)


@pytest.mark.row("J2")
def test_a_mail_that_only_looks_like_an_answer_says_of_what() -> None:
    ports = ports_of()
    ticket = opened_ticket(ports)

    outcome = answers(ports, ticket, from_address="stranger@example.org")

    created = ports.store.events(outcome.number)[0]
    assert created.after["looks_like"] == str(ticket.number)


@pytest.mark.row(58, "J19")
def test_who_asks_for_no_answer_gets_a_ticket_and_no_acknowledgement() -> None:
    ports = ports_of()

    number = comes_in(ports, a_mail(asks_no_answer=True)).number

    assert ports.store.events(number)[0].after["acknowledge"] == "no"


@pytest.mark.row("J3")
def test_a_mail_that_could_not_be_taken_apart_is_a_ticket_with_the_mail_itself() -> None:
    ports = ports_of()
    ports.raw_mails.stored["raw/ses-1"] = b"all of it"

    number = comes_in(ports, a_mail(defects=("parts-truncated",))).number

    (message,) = in_thread(ports, number)
    assert ports.store.tickets[number].tags == ("not-fully-parsed",)
    assert ports.files.read(message.attachments[-1].key) == b"all of it"


@pytest.mark.row(38)
@pytest.mark.parametrize(
    ("to", "mailbox"),
    [("sales@old.example.com", "bills"), ("nobody@desk.example.com", "help")],
)
def test_an_alias_leads_to_its_mailbox_and_an_unknown_address_to_the_catch_all(
    to: str, mailbox: str
) -> None:
    ports = ports_of()
    desk = ports.settings.desk()
    bills = replace(desk.mailboxes["bills"], aliases=("sales@old.example.com",))
    rules = replace(desk.mail_rules, catch_all_mailbox_id="help")
    ports.settings.ready = replace(
        desk, mailboxes={**desk.mailboxes, "bills": bills}, mail_rules=rules
    )

    number = comes_in(ports, a_mail(to=()), a_delivery(recipients=(to,))).number

    assert ports.store.tickets[number].mailbox_id == mailbox


@pytest.mark.row("J1", "J9")
def test_mail_for_a_merged_ticket_lands_where_its_people_take_part_now() -> None:
    ports = ports_of()
    first = comes_in(ports)
    older = opened_ticket(ports, name="Ben Example", email="ben@example.org")
    merged = ports.store.tickets[first.number]
    address = reply_address(ports, merged)
    merge_tickets(ports, RUI, merged.number, older.number)
    by_address = answers(ports, merged, to=address)
    by_thread = comes_in(
        ports,
        a_mail(message_id="m3@mail.example.com", references=("m1@mail.example.com",), text="!"),
        a_delivery("ses-3"),
    )

    assert [o.number for o in (by_address, by_thread)] == [older.number, older.number]
    assert [m.text for m in in_thread(ports, older.number)][-2:] == ["It burns.", "It burns."]
    assert ports.store.tickets[merged.number].merged_into == older.number
