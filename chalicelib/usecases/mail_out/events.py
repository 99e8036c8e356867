"""From an event to those who are told of it: each once, and nobody of his own doing."""

from datetime import datetime

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import TicketNotFound
from chalicelib.domain.retrying import made_at
from chalicelib.domain.ticket import ActorKind, EventKind, Ticket
from chalicelib.usecases.jobs import TellOfEvent
from chalicelib.usecases.mail_out.acknowledgement import acknowledge, send_rules_words, tell_step
from chalicelib.usecases.mail_out.agents import tell_agents
from chalicelib.usecases.mail_out.followers import pass_on
from chalicelib.usecases.mail_out.reply import send_reply
from chalicelib.usecases.mail_out.satisfaction import ask_for_rating
from chalicelib.usecases.ports import Ports


def _send_words(
    ports: Ports, desk: Desk, ticket: Ticket, job: TellOfEvent, *, since: datetime
) -> None:
    """Words that a rule wrote leave within the limits of automatic mail, those of people always."""
    send = send_rules_words if job.actor_kind == ActorKind.SYSTEM else send_reply
    send(ports, desk, ticket, job, since=since)


_TELLERS = {
    EventKind.TICKET_CREATED: (acknowledge,),
    EventKind.PUBLIC_REPLY_SENT: (_send_words,),
    EventKind.CUSTOMER_MESSAGE_RECEIVED: (tell_agents, pass_on),
    EventKind.TICKET_ASSIGNED: (tell_agents, tell_step),
    EventKind.STATUS_CHANGED: (tell_step,),
    EventKind.TARGET_AT_RISK: (tell_agents,),
    EventKind.TARGET_BREACHED: (tell_agents,),
    EventKind.TIME_RULE_ACTED: (tell_agents,),
    EventKind.RESOLUTION_HELD_BACK: (tell_agents,),
    EventKind.EVENT_RULE_ACTED: (tell_agents,),
    EventKind.MAIL_NOT_DELIVERED: (tell_agents,),
    EventKind.AGENT_MAIL_KEPT_AS_NOTE: (tell_agents,),
    EventKind.SCHEDULED_REPLY_HELD: (tell_agents,),
    EventKind.SOLUTION_REFUSED: (tell_agents,),
    EventKind.AGENT_MENTIONED: (tell_agents,),
    EventKind.REMINDER_DUE: (tell_agents,),
    EventKind.SATISFACTION_ASKED: (ask_for_rating,),
    EventKind.SATISFACTION_RATED: (tell_agents,),
}


def tell_of_event(ports: Ports, job: TellOfEvent) -> None:
    """Tell whoever must know of an event. Safe to repeat.

    Raises:
        Throttled, Unavailable, LostRace: not everybody could be told; the job comes again.
    """
    try:
        ticket = ports.tickets.get(job.number)
    except TicketNotFound:
        return
    desk, since = ports.settings.desk(), _happened_at(ports, job)
    for tell in _TELLERS.get(EventKind(job.event_kind), ()):
        if ticket.is_internal and tell is not tell_agents:
            continue
        tell(ports, desk, ticket, job, since=since)


def _happened_at(ports: Ports, job: TellOfEvent) -> datetime:
    """When it was written: an event's own time may be that of a deadline long past."""
    return made_at(job.event_id) or ports.clock.now()
