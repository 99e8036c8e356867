"""The actions of customers and agents, each on a fresh state that is prepared unmeasured.

They call the use cases as the handlers do, in a container that is warm: the set-up and the signing
keys have been read, the connection is open.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from email.message import EmailMessage
from functools import partial
from itertools import count

from bench.desk import BenchPorts
from bench.meter import Cost, typical
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.desk import Agent
from chalicelib.domain.saved_views import Selection, Sort, Split, all_rows
from chalicelib.domain.threading import Verdict
from chalicelib.domain.ticket import Channel, Ticket
from chalicelib.domain.views import ViewId, partitions_for, rows_of
from chalicelib.inbound_mail.mime import parse_mail
from chalicelib.routes import bodies
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.claim_ticket import deal_next
from chalicelib.usecases.open_ticket import NewTicket, open_ticket
from chalicelib.usecases.project_ticket import project_ticket
from chalicelib.usecases.receive_mail import receive_mail
from tests.view_worlds import states_of

TIMES = 15
WARM_UP = 3
MESSAGES = 20
PAGE = 50
VIEWS = 100
_LISTED = 60
_WORDS = (
    "Hello, the amount on my last bill is not the one that was agreed in the contract. Could you "
    "look at it and tell me what to do? The number of the bill is 2026/118. Thank you."
)
_number = count(1)

Act = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Action:
    """Something a user does.

    Attributes:
        prepare: makes what the action needs and gives the action itself.
        most_in_a_row: DynamoDB calls that may wait for each other; None sets no target.
    """

    name: str
    prepare: Callable[[BenchPorts], Act]
    most_in_a_row: int | None = None


def actions() -> tuple[Action, ...]:
    """Every action, in the order of a ticket's life."""
    return (
        Action("create by form", _create_by_form, 2),
        Action("mail in, new ticket", _mail_in, 3),
        Action("mail in, answer", _answer_in, 3),
        Action("reply", _reply, 2),
        Action("internal note", _note),
        Action(f"open ticket, {MESSAGES} messages", _open, 1),
        Action(f"list view, {PAGE} rows, 3 lists", _list, 1),
        Action("claim (To solve)", _claim),
        Action("projection of a change", _project),
        Action(f"projection of a change, in {VIEWS} views", _project_in_views, 3),
    )


def measure(ports: BenchPorts, action: Action) -> Cost:
    """The typical cost of an action."""
    costs: list[Cost] = []
    for turn in range(WARM_UP + TIMES):
        act = action.prepare(ports)
        with ports.meter.run() as cost:
            act()
        if turn >= WARM_UP:
            costs += cost
    return typical(costs)


def _wanted(**changes: str) -> NewTicket:
    number = next(_number)
    fields = {
        "name": "Customer",
        "email": f"customer{number}@example.com",
        "subject": "The last bill",
        "text": _WORDS,
        "topic_id": "question",
    }
    return NewTicket(channel=Channel.FORM, **fields | changes)


def _a_ticket(ports: BenchPorts, **changes: str) -> Ticket:
    return open_ticket(ports, _wanted(**changes))


def _create_by_form(ports: BenchPorts) -> Act:
    return partial(open_ticket, ports, _wanted())


def _mail_in(ports: BenchPorts) -> Act:
    number = next(_number)
    return partial(_receive, ports, number, f"customer{number}@example.com", "")


def _answer_in(ports: BenchPorts) -> Act:
    first = next(_number)
    sender = f"customer{first}@example.com"
    _receive(ports, first, sender, "")
    return partial(_receive, ports, next(_number), sender, _message_id(first))


def _receive(ports: BenchPorts, number: int, sender: str, answers: str) -> None:
    mail = EmailMessage()
    mail["From"] = f"Customer <{sender}>"
    mail["To"] = "support@desk.example.com"
    mail["Subject"] = "The last bill"
    mail["Message-ID"] = _message_id(number)
    if answers:
        mail["In-Reply-To"] = mail["References"] = answers
    mail.set_content(_WORDS)
    mail.add_alternative(f"<p>{_WORDS}</p>", subtype="html")
    raw = mail.as_bytes()
    outcome = receive_mail(ports, _delivery(ports, number, sender), parse_mail(raw), len(raw))
    expected = "message" if answers else "ticket"
    if outcome.what != expected:
        message = f"the mail became {outcome.what} ({outcome.reason}) and not a {expected}"
        raise RuntimeError(message)


def _message_id(number: int) -> str:
    return f"<bench-{number}@example.com>"


def _delivery(ports: BenchPorts, number: int, sender: str) -> Delivery:
    passed = Verdict.PASS
    return Delivery(
        ses_id=f"bench{number:020d}",
        raw_key=f"raw/{number}",
        received_at=ports.clock.now(),
        envelope_sender=sender,
        recipients=("support@desk.example.com",),
        spam=passed,
        virus=passed,
        spf=passed,
        dkim=passed,
        dmarc=passed,
    )


def _reply(ports: BenchPorts) -> Act:
    ticket = _a_ticket(ports)
    answer = Answer(number=ticket.number, text=_WORDS, based_on=ticket.version)
    return partial(reply_in_public, ports, ports.agent, answer)


def _note(ports: BenchPorts) -> Act:
    ticket = _a_ticket(ports)
    return partial(add_note, ports, ports.agent, Answer(number=ticket.number, text=_WORDS))


def _open(ports: BenchPorts) -> Act:
    ticket = _a_ticket(ports)
    for _ in range(MESSAGES - 1):
        add_note(ports, ports.agent, Answer(number=ticket.number, text=_WORDS))
    return partial(_open_as_json, ports, ports.agent, ticket.number)


def _open_as_json(ports: BenchPorts, agent: Agent, number: int) -> str:
    thread = ports.tickets.open_thread(number, limit=100)
    body = bodies.opened_ticket(thread, agent, ports.clock.now())
    return body.model_dump_json()


def _list(ports: BenchPorts) -> Act:
    partitions = partitions_for(ViewId.TO_SOLVE, ports.agent.id, ports.agent.departments)
    counts = ports.read_models.counts(partitions)
    for _ in range(max(0, _LISTED - sum(counts.values()))):
        project_ticket(ports, _a_ticket(ports))

    def act() -> list[str]:
        found, _ = ports.read_models.page(partitions, limit=PAGE, cursor="")
        now = ports.clock.now()
        return [bodies.summary_of(ticket, now).model_dump_json() for ticket in found]

    return act


def _claim(ports: BenchPorts) -> Act:
    # One that is due before all others, so that it is the next to solve.
    ports.clock.at -= timedelta(minutes=1)
    ticket = _a_ticket(ports)
    project_ticket(ports, ticket)

    def act() -> None:
        dealt, is_new = deal_next(ports, ports.agent)
        if dealt.number != ticket.number or not is_new:
            message = f"ticket {dealt.number} was dealt and not {ticket.number}"
            raise RuntimeError(message)

    return act


def _project_in_views(ports: BenchPorts) -> Act:
    """A reply moves a ticket in those of the views that are sorted by what it changes."""
    sorts, splits = tuple(Sort), tuple(Split)
    states = states_of(
        Selection(sort=sorts[n % len(sorts)], split=splits[n % len(splits)]) for n in range(VIEWS)
    )
    before = replace(_a_ticket(ports), assignee_id=ports.agent.id)
    ports.read_models.apply(before, all_rows(before, states, {}))
    later = before.updated_at + timedelta(hours=1)
    after = replace(before, version=before.version + 1, updated_at=later, waiting_since=later)
    return partial(ports.read_models.apply, after, all_rows(after, states, {}))


def _project(ports: BenchPorts) -> Act:
    ticket = _a_ticket(ports)
    project_ticket(ports, ticket)
    answered, _ = reply_in_public(
        ports, ports.agent, Answer(number=ticket.number, text=_WORDS, based_on=ticket.version)
    )
    if rows_of(answered) == rows_of(ticket):
        message = "the reply moved no row"
        raise RuntimeError(message)
    return partial(project_ticket, ports, answered)
