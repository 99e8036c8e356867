"""An agent opens a ticket for a customer with words of his own: a note, or a mail to him."""

from dataclasses import replace
from enum import StrEnum

from chalicelib.domain.decisions.decision import Decision
from chalicelib.domain.decisions.messages import agent_replied, opened
from chalicelib.domain.decisions.ownership import assigned
from chalicelib.domain.sla import Terms
from chalicelib.domain.ticket import Message, MessageKind, Ticket


class FirstMessage(StrEnum):
    """Whose words a ticket begins with."""

    CUSTOMER = "customer"
    NOTE = "note"
    MAIL = "mail"


FIRST_MESSAGE_KINDS = {
    FirstMessage.CUSTOMER: MessageKind.CUSTOMER_MESSAGE,
    FirstMessage.NOTE: MessageKind.INTERNAL_NOTE,
    FirstMessage.MAIL: MessageKind.PUBLIC_REPLY,
}


def opened_by_agent(
    ticket: Ticket, message: Message, terms: Terms | None, *, owner_id: str
) -> Decision:
    """The customer said nothing, so nothing is acknowledged to him.

    A note leaves him waiting, as somebody who called; a mail is an answer that he gets.

    Args:
        owner_id: whose ticket it becomes with a mail; empty leaves it to the usual dealing.
    """
    facts = {"acknowledge": "no"}
    first = opened(ticket, message, terms, actor=message.author, facts=facts)
    if message.kind is not MessageKind.PUBLIC_REPLY:
        return first
    replied = agent_replied(first.ticket, message, terms)
    # Both count the message, and there is one.
    written = replace(replied.ticket, message_count=1)
    events = first.events + replied.events
    if owner_id:
        at = message.created_at
        owned = assigned(written, owner_id, actor=message.author, at=at)
        written, events = owned.ticket, events + owned.events
    return Decision(written, events, message)
