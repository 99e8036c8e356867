"""Reports for those who lead a department."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.sla import SegmentKind
from chalicelib.domain.wording import words
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import reports as wire
from chalicelib.routes.schemas.clocks import SegmentBody
from chalicelib.usecases.report_breaches import ReportedBreach, list_breaches

blueprint = Blueprint(__name__)

DEFAULT_PERIOD = timedelta(days=30)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@endpoint(
    blueprint, "GET", "/v1/reports/breaches",
    action=Action.READ_REPORTS, answer=wire.BreachPage, problems=(422,),
    query={
        "from": "Due from this day or instant on; 30 days ago without it.",
        "to": "Due before this day or instant; now without it.",
        "department": "Only promises of this department.",
        "cursor": "Cursor `next` of the page before, with the same period and department.",
        "limit": "At most 50.",
        "format": "`csv` for a table, as `Accept: text/csv`; the next page is in the header `Link`.",
    },
)  # fmt: skip
def report_breaches(call: Call[None]) -> wire.BreachPage | Reply:
    """List the promises that were missed in a period, each with its proof."""
    ports, asked = bootstrap.ports(), call.query
    now = ports.clock.now()
    until = _instant(asked, "to") or now
    since = _instant(asked, "from") or until - DEFAULT_PERIOD
    department_id = asked.get("department", "")
    of_list = f"breaches|{call.agent.id}|{department_id}|{asked.get('from')}|{asked.get('to')}"
    found, after = list_breaches(
        ports,
        call.agent,
        department_id=department_id,
        since=since,
        until=until,
        limit=call.limit(),
        cursor=position_of(of_list, asked.get("cursor", "")),
    )
    page = wire.BreachPage(
        breaches=[_body(one) for one in found], next=signed_cursor(of_list, after)
    )
    return _as_csv(call, page, since, until) if _wants_csv(call) else page


def _wants_csv(call: Call[None]) -> bool:
    wanted = call.query.get("format", "")
    if wanted not in ("", "json", "csv"):
        raise InvalidRequest(Fault("format", words("Choose json or csv.")))
    return wanted == "csv" or (not wanted and "text/csv" in call.headers.get("accept", ""))


def _as_csv(call: Call[None], page: wire.BreachPage, since: datetime, until: datetime) -> Reply:
    columns = [name for name in wire.BreachBody.model_fields if name != "segments"]
    table = io.StringIO()
    writer = csv.writer(table)
    if not call.query.get("cursor"):
        # Pages put together are one table.
        writer.writerow(columns)
    for breach in page.breaches:
        row = breach.model_dump(mode="json")
        writer.writerow([_cell(row[name]) for name in columns])
    headers = {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": f'attachment; filename="breaches-{since:%Y%m%d}-{until:%Y%m%d}.csv"',
    }
    if page.next:
        following = urlencode({**call.query, "cursor": page.next})
        headers["Link"] = f'<?{following}>; rel="next"'
    return Reply(None, headers, text=table.getvalue())


def _cell(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula: subjects are written by strangers."""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return "" if value is None else value


def _instant(asked: dict[str, str], name: str) -> datetime | None:
    """A day (its first instant, UTC) or an instant.

    Raises:
        InvalidRequest: it is neither.
    """
    text = asked.get(name, "")
    if not text:
        return None
    try:
        if len(text) == len("2026-03-01"):
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        # A plus sign in a query is read as a space.
        found = datetime.fromisoformat(text.replace(" ", "+"))
    except ValueError as error:
        raise InvalidRequest(Fault(name, words("Give a day like 2026-03-01."))) from error
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _body(one: ReportedBreach) -> wire.BreachBody:
    breach = one.breach
    return wire.BreachBody(
        number=breach.number,
        subject=one.ticket.subject if one.ticket else None,
        target=breach.target,
        department_id=breach.department_id,
        policy_id=breach.policy_id,
        assignee_id=breach.assignee_id,
        started_at=breach.started_at,
        due_at=breach.due_at,
        allowed_seconds=breach.allowed_seconds,
        outcome=breach.outcome,
        ended_at=breach.ended_at,
        late_seconds=one.late_seconds,
        running_seconds=breach.seconds_of(SegmentKind.RUNNING),
        paused_seconds=breach.seconds_of(SegmentKind.PAUSED),
        outside_hours_seconds=breach.seconds_of(SegmentKind.OUTSIDE_HOURS),
        segments=[
            SegmentBody(
                kind=piece.kind,
                starts_at=piece.starts_at,
                ends_at=piece.ends_at,
                seconds=piece.seconds,
            )
            for piece in breach.pieces
        ],
    )
