"""Lists of tickets: which there are, what is in them, and an agent's own."""

from collections.abc import Callable, Sequence

from chalice.app import Blueprint
from pydantic import ValidationError

from chalicelib import bootstrap
from chalicelib.domain.access import Action, sees_department
from chalicelib.domain.desk import Agent, Role
from chalicelib.domain.saved_views import Split
from chalicelib.domain.ticket import Ticket
from chalicelib.domain.views import Partition, ViewId, partitions_for
from chalicelib.routes import bodies
from chalicelib.routes.body_faults import invalid_request
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import tickets as wire_tickets
from chalicelib.routes.schemas import views as wire
from chalicelib.usecases import saved_views
from chalicelib.usecases.saved_views import AgentView
from chalicelib.usecases.settings_promises import PredicateDocument
from chalicelib.usecases.settings_views import conditions_of

blueprint = Blueprint(__name__)
_MOST_PAGES = 5
"""Pages that are read for one where a filter leaves gaps."""


@endpoint(blueprint, "GET", "/v1/views", action=Action.LIST_TICKETS, answer=wire.Views)
def list_views(call: Call[None]) -> wire.Views:
    """List the agent's lists with how many tickets each has."""
    desk, agent = bootstrap.desk_now(), call.agent
    departments = saved_views.visible_departments(desk, agent)
    fixed = {view: partitions_for(view, agent.id, departments) for view in ViewId}
    saved = saved_views.views_of(desk, agent)
    wanted = [p for parts in (*fixed.values(), *(v.partitions for v in saved)) for p in parts]
    counts = bootstrap.ports().read_models.counts(tuple(dict.fromkeys(wanted)))
    of_every_desk = [
        wire.ViewSummary(id=view.value, count=sum(counts.get(p, 0) for p in parts), columns=[])
        for view, parts in fixed.items()
    ]
    return wire.Views(
        views=[*of_every_desk, *(_summary(view, counts.__getitem__) for view in saved)]
    )


@endpoint(
    blueprint, "GET", "/v1/views/{view}",
    action=Action.LIST_TICKETS, answer=wire.ViewBody, problems=(404,),
)  # fmt: skip
def read_view(call: Call[None]) -> Reply:
    """Read a saved view: what it shows, and how far it is when it is being built."""
    ports = bootstrap.ports()
    found = saved_views.view_of(bootstrap.desk_now(), call.agent, call.path["view"])
    version = 0
    if found.view.owner:
        _, version = saved_views.personal_view(ports, call.agent, found.view.id)
    return _whole(call.agent, found, version)


@endpoint(
    blueprint, "PUT", "/v1/views/{view}",
    action=Action.CHANGE_OWN_VIEWS, body=wire.PersonalView, answer=wire.ViewBody,
    needs_version=True, problems=(404, 409, 422),
)  # fmt: skip
def save_view(call: Call[wire.PersonalView]) -> Reply:
    """Create or change a view of one's own; its id begins with `my-`."""
    ports = bootstrap.ports()
    document = {"id": call.path["view"], **call.body.model_dump(mode="json")}
    try:
        # Without If-Match it must be new; nobody overwrites what he has not seen.
        view, version = saved_views.save_personal_view(
            ports, call.agent, document, based_on=call.based_on or 0
        )
    except ValidationError as error:
        raise invalid_request(error) from error
    return _whole(
        call.agent, saved_views.view_of(ports.settings.desk(), call.agent, view.id), version
    )


@endpoint(
    blueprint, "DELETE", "/v1/views/{view}",
    action=Action.CHANGE_OWN_VIEWS, status=204, problems=(404, 409),
)  # fmt: skip
def remove_view(call: Call[None]) -> Reply:
    """Remove a view of one's own."""
    saved_views.remove_personal_view(
        bootstrap.ports(), call.agent, call.path["view"], based_on=call.based_on
    )
    return Reply(None)


@endpoint(
    blueprint, "GET", "/v1/views/{view}/tickets",
    action=Action.LIST_TICKETS, answer=wire_tickets.TicketPage, problems=(404, 422),
    query={
        "cursor": "Cursor `next` of the page before.",
        "limit": "At most 50.",
        "department": "Only tickets of this department.",
        "status": "Only tickets in this status.",
        "tag": "Only tickets with this tag.",
        "type": "Only tickets of this type.",
    },
)  # fmt: skip
def list_tickets(call: Call[None]) -> wire_tickets.TicketPage:
    """List the tickets of a view in its order."""
    ports, view, agent = bootstrap.ports(), call.path["view"], call.agent
    department, status = call.query.get("department", ""), call.query.get("status", "")
    tag, kind = call.query.get("tag", "").lower(), call.query.get("type", "")
    partitions = saved_views.partitions_of(bootstrap.desk_now(), agent, view)
    edition = partitions[0].view if partitions else ""
    # A cursor is a place among rows: those of another edition may be sorted otherwise.
    of_list = f"{view}|{edition}|{agent.id}|{department}|{status}|{tag}|{kind}"
    position = position_of(of_list, call.query.get("cursor", ""))

    def is_wanted(ticket: Ticket) -> bool:
        return (
            sees_department(agent, ticket.department_id)
            and (not status or ticket.status == status)
            and (not department or ticket.department_id == department)
            and (not tag or tag in ticket.tags)
            and (not kind or ticket.type_id == kind)
        )

    asked = [p for p in partitions if not department or _may_hold(p, department)]
    shown, after = _page(asked, is_wanted, call.limit(), position)
    now = ports.clock.now()
    return wire_tickets.TicketPage(
        tickets=[bodies.summary_of(ticket, now) for ticket in shown],
        next=signed_cursor(of_list, after),
    )


def _page(
    partitions: Sequence[Partition], is_wanted: Callable[[Ticket], bool], limit: int, position: str
) -> tuple[list[Ticket], str]:
    """A page as full as can be; more than one is read only where a filter leaves gaps."""
    read_models = bootstrap.ports().read_models
    shown: list[Ticket] = []
    for _ in range(_MOST_PAGES):
        # Never more than fit: the cursor is the place of the last row that was read.
        found, position = read_models.page(partitions, limit=limit - len(shown), cursor=position)
        shown += [ticket for ticket in found if is_wanted(ticket)]
        if not position or len(shown) == limit:
            break
    return shown, position


def _may_hold(partition: Partition, department: str) -> bool:
    """Whether a partition may have tickets of a department: its own, or an agent's."""
    owner = partition.owner
    if owner.startswith("department:"):
        return owner == f"department:{department}"
    return "@" not in owner or owner.endswith(f"@{department}")


def _summary(found: AgentView, count: Callable[[Partition], int]) -> wire.ViewSummary:
    view, edition = found.view, found.listed
    counts = {part: count(part) for part in found.partitions}
    is_split = edition is not None and edition.selection.split is Split.DEPARTMENT
    return wire.ViewSummary(
        id=view.id,
        name=view.name,
        count=sum(counts.values()),
        personal=bool(view.owner),
        sort=view.selection.sort,
        split=view.selection.split,
        columns=list(view.columns),
        state="ready" if _is_ready(found) else "building",
        parts=[
            wire.PartCount(department_id=part.owner.partition(":")[2], count=number)
            for part, number in counts.items() if is_split and number
        ],
    )  # fmt: skip


def _is_ready(found: AgentView) -> bool:
    return found.state.shown is not None and found.state.building is None


def _whole(agent: Agent, found: AgentView, version: int) -> Reply:
    counts = bootstrap.ports().read_models.counts(found.partitions)
    view = found.view
    body = wire.ViewBody(
        **_summary(found, counts.__getitem__).model_dump(),
        conditions=PredicateDocument.model_validate(conditions_of(view.selection.conditions)),
        departments=sorted(view.departments - agent.hidden_departments),
        roles=sorted(map(Role, view.roles)),
        position=view.position,
        done=found.state.done if found.state.building else 0,
        total=found.state.total if found.state.building else 0,
        version=version,
    )
    return Reply(body, {"ETag": f'"{version}"'} if version else {})
