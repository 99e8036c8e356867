"""Promises change: another department, another priority, a tag, an edited policy or calendar."""

from dataclasses import replace
from datetime import datetime

from chalicelib.domain.decisions.decision import SETTLED, Decision
from chalicelib.domain.decisions.messages import TERMINAL_FOR_CUSTOMER
from chalicelib.domain.promises import terms_id
from chalicelib.domain.sla import Moment, Standing, Terms, clocks_after
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Actor, Event, EventKind, Ticket


def promises_changed(
    ticket: Ticket, *, actor: Actor, at: datetime, terms_before: Terms | None, terms: Terms | None
) -> Decision:
    """Other terms apply from now on; nothing where they are the ones that apply already."""
    named = terms_id(terms)
    if named == ticket.terms_id:
        return Decision(ticket)
    moved = under_terms(ticket, at, terms_before, terms)
    before, after = {"terms": terms_id(terms_before)}, {"terms": named}
    if terms is not None:
        after["policy"] = terms.policy_id
    return Decision(moved, (Event(EventKind.PROMISES_CHANGED, actor, at, before, after),))


def under_terms(
    ticket: Ticket,
    at: datetime,
    terms_before: Terms | None,
    terms: Terms | None,
    *,
    moment: Moment = Moment.TERMS_CHANGED,
) -> Ticket:
    """The ticket with its clocks under other terms.

    Args:
        terms_before: what was promised; its hours measure what ran until now.
        moment: TERMS_CHANGED keeps what was spent, ESCALATED starts again.
    """
    standing = _standing(ticket, terms_before)
    clocks = clocks_after(ticket.clocks, moment, at, terms, standing=standing)
    return replace(ticket, clocks=clocks, terms_id=terms_id(terms))


def _standing(ticket: Ticket, terms: Terms | None) -> Standing:
    """How the ticket stands for its clocks: thrown away or merged unsolved, it is paused."""
    status = ticket.status
    if status in TERMINAL_FOR_CUSTOMER or ticket.merged_into:
        status = ticket.status_before if ticket.status_before in SETTLED else Status.POSTPONED
    return Standing(
        terms=terms,
        status=status or Status.POSTPONED,
        waiting_since=ticket.waiting_since,
        is_answered=ticket.first_answered_at is not None,
    )
