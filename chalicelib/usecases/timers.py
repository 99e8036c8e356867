"""What happens to tickets by themselves: the sweep finds who is due, the worker decides again."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from chalicelib.domain.decisions import asked, merged, rules_acted, with_next_rule, woken
from chalicelib.domain.promises import terms_of
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewId, of_department
from chalicelib.usecases.commits import commit_of, decide_until_written, numbered
from chalicelib.usecases.jobs import FillDepartment, SendScheduledReply, WakeTicket
from chalicelib.usecases.ports import WAKE_SHARDS, Commit, Due, Job, Ports


def wake_ticket(ports: Ports, number: int) -> Ticket:
    """Let happen what is due on this ticket now; once each, however often it is called.

    Raises:
        TicketNotFound: there is no such ticket.
    """
    desk = ports.settings.desk()

    def decide(ticket: Ticket) -> Commit | None:
        now = ports.clock.now()
        decision = woken(ticket, now, terms_of(desk, ticket))
        # Rules see what the alarms left; those of missed promises are added with the write.
        decision = merged(decision, rules_acted(desk, decision.ticket, now))
        decision = merged(decision, asked(desk, decision.ticket, now))
        if decision.ticket is ticket and with_next_rule(desk, ticket) is ticket:
            return None
        return commit_of(ticket, numbered(ports.ids, decision))

    return decide_until_written(ports, number, decide)


def sweep_due_tickets(ports: Ports) -> int:
    """Hand every ticket and every reply whose time has come to the timers; gives how many.

    Reads only what is due, whatever the number of open tickets. An overlap or a missed hour changes
    nothing but lateness, for the worker decides on the ticket's own state.
    """
    with ThreadPoolExecutor(max_workers=WAKE_SHARDS) as pool:
        shards = pool.map(lambda shard: list(_due(ports, shard)), range(WAKE_SHARDS))
        jobs = [_job(due) for shard in shards for due in shard]
    ports.jobs.send(jobs)
    return len(jobs)


def _job(due: Due) -> Job:
    if due.reply_id:
        return SendScheduledReply(number=due.number, reply_id=due.reply_id)
    return WakeTicket(number=due.number)


def _due(ports: Ports, shard: int) -> Iterator[Due]:
    now, cursor = ports.clock.now(), ""
    while True:
        found, cursor = ports.tickets.list_due(shard, now, cursor)
        yield from found
        if not cursor:
            return


def sweep_waiting_tickets(ports: Ports) -> int:
    """Ask for assignment again in each department where a ticket waits for an owner.

    Whoever comes back or is freed is dealt tickets at once; this minute's look is for what fell
    between, for example a capacity that an administrator raised. Costs one read whatever waits.
    """
    desk = ports.settings.desk()
    waiting = {
        Partition(ViewId.UNASSIGNED, of_department(d.id)): d.id
        for d in desk.departments.values()
        if d.deals
    }
    counts = ports.read_models.counts(tuple(waiting))
    minute = ports.clock.now().strftime("%Y%m%dT%H%M")
    jobs = [
        FillDepartment(department_id=department_id, cause=minute)
        for partition, department_id in waiting.items()
        if counts.get(partition, 0) > 0
    ]
    ports.jobs.send(jobs)
    return len(jobs)
