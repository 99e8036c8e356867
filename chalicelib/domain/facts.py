"""What can be asked of a ticket in a condition."""

from dataclasses import replace

from chalicelib.domain.predicate import Facts, Field
from chalicelib.domain.ticket import Ticket


def facts_of(ticket: Ticket) -> Facts:
    """A ticket in the words of ``domain/predicate.py``."""
    return {
        Field.DEPARTMENT: ticket.department_id,
        Field.PRIORITY: ticket.priority,
        Field.STATUS: ticket.status,
        Field.TOPIC: ticket.topic_id,
        Field.TAGS: frozenset(ticket.tags),
        Field.CHANNEL: ticket.channel,
        Field.MAILBOX: ticket.mailbox_id,
        Field.ASSIGNEE: ticket.assignee_id,
        Field.LANGUAGE: ticket.language,
        Field.SUBJECT: ticket.subject,
        Field.REQUESTER_ADDRESS: ticket.requester.email,
        Field.REQUESTER_DOMAIN: ticket.requester.email.rpartition("@")[2],
    }


def promised_facts_of(ticket: Ticket) -> Facts:
    """The same with the priority that the promises were made at: a breach raises only the other."""
    if ticket.promised_priority is None:
        return facts_of(ticket)
    return facts_of(replace(ticket, priority=ticket.promised_priority))
