"""Who is believed: every combination of sender, proof, signed address and Cc against a truth table.

The table below is written down by hand, cell by cell, and shares no code with the rules. A mail that
comes in where the table says "new" or "kept out" is wrongly trusted.
"""

from dataclasses import dataclass, replace
from itertools import product

import pytest

from chalicelib.domain.inbound_mail import MailAddress
from chalicelib.domain.threading import Verdict
from chalicelib.domain.ticket import ActorKind, MessageKind, Ticket
from chalicelib.domain.tokens import capability, reply_token
from chalicelib.gateways.composer import MailComposer
from chalicelib.usecases.answer_ticket import Answer, reply_in_public
from tests.fakes import FakePorts
from tests.figures import Figure
from tests.unit.usecases.mail_in.mails import (
    a_delivery,
    a_mail,
    agents_address,
    comes_in,
    reply_address,
)
from tests.unit.usecases.stage import RUI, Stream, in_thread, opened_ticket, ports_of

SECRET = "canary-of-the-first-message"
MALLORY = "mallory@evil.test"
BO = "bo@example.org"
ANA = "ana@example.com"

SENDERS = {"requester": ANA, "participant": BO, "stranger": MALLORY, "agent": RUI.email}
PROOFS = {
    "proved by dmarc": {"dmarc": Verdict.PASS},
    "proved by spf": {"dmarc": Verdict.GRAY, "spf": Verdict.PASS},
    "silent": {"dmarc": Verdict.GRAY, "spf": Verdict.FAIL, "dkim": Verdict.GRAY},
    "refuted": {"dmarc": Verdict.FAIL, "dmarc_policy": "none"},
    "refuted, reject": {"dmarc": Verdict.FAIL, "dmarc_policy": "reject"},
}
TOKENS = ("none", "right", "altered", "of another ticket", "agent's")
REFERENCES = ("none", "known")

PROVED = ("proved by dmarc", "proved by spf")


def expected(  # noqa: PLR0911 - a table in words
    sender: str, proof: str, token: str, reference: str
) -> str:
    """The truth: joins, joins the other, agent's reply, new, or kept out."""
    # A domain that asks for its forgeries to be refused is taken at its word.
    if proof == "refuted, reject":
        return "kept out"
    # An agent's signed address is for that agent, proved, and for nobody else.
    if token == "agent's":
        return "agent's reply" if sender == "agent" and proof in PROVED else "kept out"
    # Nobody is an agent by saying so.
    if sender == "agent":
        return "new" if proof in PROVED else "kept out"
    if sender == "stranger" or proof == "refuted":
        return "new"
    if token == "right":
        return "joins"
    if token == "of another ticket":
        # Ana's second ticket; Bo takes no part in it.
        return "joins the other" if sender == "requester" else "new"
    return "joins" if reference == "known" and proof in PROVED else "new"


@dataclass(frozen=True)
class Scene:
    """A desk with two tickets of Ana's; Bo takes part in the first."""

    ports: FakePorts
    ticket: Ticket
    other: Ticket


def a_scene() -> Scene:
    ports = ports_of()
    cc = (MailAddress(BO),)
    number = comes_in(ports, a_mail(text=SECRET, reply_text=SECRET, cc=cc)).number
    other = opened_ticket(ports, email=ANA)
    return Scene(ports, ports.store.tickets[number], ports.store.tickets[other.number])


def address(scene: Scene, token: str) -> str:
    """Where the mail is sent to."""
    right = reply_address(scene.ports, scene.ticket)
    keyring = scene.ports.secrets.keyring()
    another = capability(scene.other.number, scene.other.requester.id, scene.other.link_epoch)
    return {
        "none": "help@desk.example.com",
        "right": right,
        "altered": right.replace("@", "x@", 1),
        "of another ticket": f"help+{reply_token(another, keyring)}@desk.example.com",
        "agent's": agents_address(scene.ports, scene.ticket, RUI.id),
    }[token]


def outcome_of(scene: Scene, sender: str, proof: str, token: str, reference: str) -> str:
    """What became of the mail, in the words of the table."""
    who = SENDERS[sender]
    mail = a_mail(
        from_address=who, message_id="spoof@mail.test", text="Send it all.", reply_text="Send it all.",
        cc=(MailAddress(MALLORY),),
        in_reply_to=("m1@mail.example.com",) if reference == "known" else (),
    )  # fmt: skip
    said = {"envelope_sender": who, **PROOFS[proof]}
    outcome = comes_in(
        scene.ports, mail, a_delivery("ses-spoof", recipients=(address(scene, token),), **said)
    )
    if outcome.what == "suspended":
        return "kept out"
    if outcome.what == "ticket":
        return "new"
    written = in_thread(scene.ports, outcome.number)[-1]
    if written.author.kind is ActorKind.AGENT:
        return "agent's reply" if written.kind is MessageKind.PUBLIC_REPLY else "agent's note"
    return "joins" if outcome.number == scene.ticket.number else "joins the other"


def history_to_mallory(scene: Scene) -> int:
    """How many mails to Mallory hold words from before he was there, once an agent answers."""
    ports = scene.ports
    ports.composer = MailComposer(ports.clock)  # type: ignore[assignment]
    ticket = ports.store.tickets[scene.ticket.number]
    reply_in_public(ports, RUI, Answer(ticket.number, "Done.", based_on=ticket.version))
    Stream(ports).flow()
    return sum(
        SECRET.encode() in sent.raw for sent in ports.mail_sender.sent if sent.recipient == MALLORY
    )


CASES = tuple(product(SENDERS, PROOFS, TOKENS, REFERENCES))


@pytest.mark.row("J2", "J13", "J6")
def test_every_combination_is_as_the_truth_table_says(figure: Figure) -> None:
    wrong, leaks, taking_part = [], 0, []
    for case in CASES:
        scene = a_scene()
        truth, found = expected(*case), outcome_of(scene, *case)
        if truth != found:
            wrong.append((case, truth, found))
        readers = scene.ports.store.tickets[scene.ticket.number].participants
        proved_reader = truth == "joins" and case[1] in PROVED
        if (MALLORY in readers) is not proved_reader:
            taking_part.append(case)
        leaks += history_to_mallory(scene)

    trusted = sum(found.startswith(("joins", "agent")) for _, _, found in wrong)
    figure(
        "S5 spoof combinations as the table says",
        f"{len(CASES) - len(wrong)} of {len(CASES)}",
        "all, at least 60",
    )
    figure("S5 wrongly trusted", trusted, 0)
    figure("S5 mails with history to a new Cc", leaks, 0)
    assert wrong == []
    assert taking_part == []
    assert leaks == 0


@pytest.mark.row("J2")
@pytest.mark.parametrize(
    "header_from", ["", "alice@example.org", "ana@example.com.evil.test", "ANA@EXAMPLE.COM "]
)
def test_a_from_that_is_not_exactly_the_proved_address_proves_nobody(header_from: str) -> None:
    scene = a_scene()
    mail = a_mail(header_from=header_from, message_id="x@mail.test", text="x", reply_text="x",
                  in_reply_to=("m1@mail.example.com",))  # fmt: skip

    outcome = comes_in(scene.ports, mail, a_delivery("ses-x"))

    assert outcome.what == "ticket"
    assert not in_thread(scene.ports, outcome.number)[0].verified


@pytest.mark.row("J2")
def test_every_changed_character_of_a_signed_address_opens_nothing() -> None:
    scene = a_scene()
    local, _, domain = reply_address(scene.ports, scene.ticket).partition("@")
    start = local.index("+") + 1
    for at in range(start, len(local)):
        other = "b" if local[at] != "b" else "c"
        forged = f"{local[:at]}{other}{local[at + 1 :]}@{domain}"
        mail = a_mail(message_id=f"{at}@mail.test", text=str(at), reply_text=str(at))
        outcome = comes_in(scene.ports, mail, a_delivery(f"ses-{at}", recipients=(forged,)))
        assert outcome.what == "ticket", forged
    assert len(in_thread(scene.ports, scene.ticket.number)) == 1


def test_the_scene_is_what_it_says() -> None:
    scene = a_scene()

    assert scene.ticket.participants == (BO,)
    assert replace(scene.ticket).has_participant(BO)
