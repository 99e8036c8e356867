"""Random histories: whoever acts, by whatever way, the status is what the table on paper says."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidLink, InvalidTransition
from chalicelib.domain.status import Cause, Status
from chalicelib.usecases.answer_ticket import Answer, add_note, reply_in_public
from chalicelib.usecases.change_ticket import Change, change_ticket
from chalicelib.usecases.customer_page import answer_by_link, judge_solution
from chalicelib.usecases.mail_out.letters import page_of
from chalicelib.usecases.merge_tickets import merge_tickets, unmerge_ticket
from chalicelib.usecases.timers import wake_ticket
from tests.unit.domain.test_status import ALLOWED
from tests.unit.usecases.mail_in.mails import a_delivery, a_mail, comes_in, reply_address
from tests.unit.usecases.stage import RUI, opened_ticket, ports_of

S = Status
WINDOW = timedelta(days=14)
BY_MENU = {
    "resolved": Cause.RESOLVED, "open": Cause.REOPENED, "closed": Cause.CLOSED,
    "spam": Cause.MARKED_SPAM, "deleted": Cause.DELETED, "restored": Cause.RESTORED,
}  # fmt: skip
WAYS = (*BY_MENU, "postponed", "reply", "note", "mail", "page", "yes", "no", "time", "merged")


@dataclass
class OnPaper:
    """The ticket as somebody with the table in his hand would follow it."""

    status: Status = S.NEW
    before: Status | None = None
    until: datetime | None = None
    closed_at: datetime | None = None

    def may(self, cause: Cause) -> bool:
        return (self.status, cause) in ALLOWED

    def step(self, cause: Cause, at: datetime, until: datetime | None = None) -> None:
        following = ALLOWED[self.status, cause]
        if following == "before":
            self._back()
            return
        status = Status(following)
        leads_back = status in (S.POSTPONED, S.SPAM, S.DELETED)
        if leads_back and self.status not in (S.POSTPONED, S.SPAM, S.DELETED):
            self.before = self.status
        if not leads_back:
            self.until = None
        if status is S.POSTPONED:
            self.until = until
        if cause is Cause.CLOSED:
            self.closed_at = at
        self.status = status

    def end_of_timer(self, now: datetime) -> None:
        if self.status is S.POSTPONED and self.until and self.until <= now:
            self.status = S.NEW if self.before is S.NEW else S.OPEN
            self.until = None

    def is_too_late(self, now: datetime) -> bool:
        is_past = self.closed_at is not None and now > self.closed_at + WINDOW
        return self.status is S.CLOSED and is_past

    def _back(self) -> None:
        self.status = S.POSTPONED if self.until else self.before or S.OPEN


class Desk:
    """One ticket on which things are done by every way there is."""

    def __init__(self) -> None:
        self.ports = ports_of()
        self.number = opened_ticket(self.ports).number
        self.other = opened_ticket(self.ports, email="ben@example.org").number
        self.paper = OnPaper()
        self.mails = 0

    def do(self, way: str, hours: int) -> None:
        now = self.ports.clock.at
        if way == "time":
            self._time(hours)
        elif way == "merged":
            self._merged()
        elif way in BY_MENU:
            self._by_agent(BY_MENU[way], Change(self.number, None, status=way), now)
        elif way == "postponed":
            until = now + timedelta(hours=hours)
            wait = Change(self.number, None, status=way, postponed_until=until)
            self._by_agent(Cause.POSTPONED, wait, now, until)
        elif way == "reply":
            self._reply(now)
        elif way == "note":
            with suppress(InvalidTransition):
                add_note(self.ports, RUI, Answer(self.number, "Note"))
        else:
            self._by_customer(way, now)

    def _by_agent(
        self, cause: Cause, change: Change, now: datetime, until: datetime | None = None
    ) -> None:
        if self.paper.may(cause):
            self.paper.step(cause, now, until)
            change_ticket(self.ports, RUI, change)
            return
        with pytest.raises(InvalidTransition):
            change_ticket(self.ports, RUI, change)

    def _reply(self, now: datetime) -> None:
        if self.paper.may(Cause.AGENT_REPLIED):
            self.paper.step(Cause.AGENT_REPLIED, now)
            reply_in_public(self.ports, RUI, Answer(self.number, "Reply"))
            return
        with pytest.raises(InvalidTransition):
            reply_in_public(self.ports, RUI, Answer(self.number, "Reply"))

    def _by_customer(self, way: str, now: datetime) -> None:
        ticket = self.ports.tickets.get(self.number)
        token = page_of(self.ports, ticket).rpartition("/")[2]
        is_hidden = self.paper.status in (S.SPAM, S.DELETED)
        late = self.paper.is_too_late(now)
        if way != "mail" and is_hidden:
            with pytest.raises(InvalidLink):
                self._press(way, token)
            return
        if way == "mail":
            joined = self._mail() == self.number
            assert joined is not late
        else:
            self._press(way, token)
        settled = self.paper.status in (S.RESOLVED, S.CLOSED)
        if way != "yes" and not late and (way != "no" or settled):
            self.paper.step(Cause.CUSTOMER_WROTE, now)

    def _press(self, way: str, token: str) -> None:
        if way == "page":
            answer_by_link(self.ports, token, "More.")
        else:
            judge_solution(self.ports, token, solved=way == "yes")

    def _mail(self) -> int:
        self.mails += 1
        to = reply_address(self.ports, self.ports.tickets.get(self.number))
        words = f"Message {self.mails}"
        mail = a_mail(message_id=f"h{self.mails}@mail.example.com", text=words, reply_text=words)
        delivery = a_delivery(f"ses-h{self.mails}", recipients=(to,))
        return comes_in(self.ports, mail, delivery).number

    def _merged(self) -> None:
        """Merged and taken apart, as if it had not been."""
        if self.paper.may(Cause.MERGED):
            merge_tickets(self.ports, RUI, self.number, self.other)
            assert self.ports.tickets.get(self.number).status is S.CLOSED
            unmerge_ticket(self.ports, RUI, self.number)

    def _time(self, hours: int) -> None:
        ticket = self.ports.tickets.get(self.number)
        limit = ticket.gone_at or self.ports.clock.at + timedelta(hours=hours)
        self.ports.clock.at = min(limit, self.ports.clock.at + timedelta(hours=hours))
        wake_ticket(self.ports, self.number)
        self.paper.end_of_timer(self.ports.clock.at)


@pytest.mark.row(10, 11, 12, 13, 14, 15, 16, 17, 18, 20, 22)
@given(st.lists(st.tuples(st.sampled_from(WAYS), st.integers(1, 400)), max_size=30))
@settings(max_examples=150)
def test_every_way_moves_the_status_as_the_table_says(history: list[tuple[str, int]]) -> None:
    desk = Desk()
    for way, hours in history:
        desk.do(way, hours)
        ticket = desk.ports.tickets.get(desk.number)
        assert ticket.status is desk.paper.status, (way, history)
        assert (ticket.postponed_until is not None) is (desk.paper.until is not None)
        assert (ticket.put_away_at is not None) is (ticket.status in (S.SPAM, S.DELETED))
    assert desk.ports.tickets.get(desk.number).merged_into == 0
