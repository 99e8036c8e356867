"""An agent's work: the next ticket to solve, files to send, the own profile, notices."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.desk import Agent, Role
from chalicelib.routes import bodies
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import people
from chalicelib.routes.schemas import tickets as wire
from chalicelib.usecases import profile
from chalicelib.usecases.attachments import offer_upload
from chalicelib.usecases.claim_ticket import deal_next, pass_on
from chalicelib.usecases.saved_views import visible_departments
from chalicelib.usecases.visible_tickets import hidden_among

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "POST", "/v1/claims",
    action=Action.CLAIM, body=wire.ClaimRequest, answer=wire.Claimed, problems=(404, 409, 422),
)  # fmt: skip
def claim_next(call: Call[wire.ClaimRequest]) -> Reply:
    """Deal the next ticket to solve, and pass on the last one with a reason."""
    ports, passed = bootstrap.ports(), call.body.passed_on
    skip = list(call.body.skip)
    if passed:
        pass_on(ports, call.agent, passed.number, passed.reason)
        skip.append(passed.number)
    ticket, is_new = deal_next(ports, call.agent, skip)
    body = bodies.ticket_body(ticket, call.agent, ports.clock.now())
    return Reply(wire.Claimed(ticket=body, newly_assigned=is_new), {"ETag": f'"{ticket.version}"'})


@endpoint(
    blueprint, "POST", "/v1/uploads",
    action=Action.UPLOAD, body=wire.NewUpload, answer=wire.UploadSlot, status=201,
    problems=(422,),
)  # fmt: skip
def offer_agent_upload(call: Call[wire.NewUpload]) -> wire.UploadSlot:
    """Get a place to send a file to, before a message takes it."""
    slot = offer_upload(bootstrap.ports(), **call.body.model_dump())
    return wire.UploadSlot(upload=slot.upload, url=slot.url, fields=dict(slot.fields))


@endpoint(blueprint, "GET", "/v1/me", action=Action.READ_OWN_PROFILE, answer=people.Me)
def read_me(call: Call[None]) -> people.Me:
    """Read who is signed in, and the desk around him."""
    return _me(call.agent)


@endpoint(
    blueprint, "PATCH", "/v1/me",
    action=Action.CHANGE_OWN_PROFILE, body=people.MeChange, answer=people.Me,
    problems=(409, 422),
)  # fmt: skip
def change_me(call: Call[people.MeChange]) -> people.Me:
    """Come back, go away, choose a language or how to be told."""
    ports, wanted = bootstrap.ports(), call.body
    if wanted.available is not None:
        profile.change_availability(ports, call.agent, available=wanted.available)
    told = wanted.model_dump(mode="json", exclude={"available"}, exclude_unset=True)
    # Null switches quiet hours off; of the others it says nothing.
    told = {name: value for name, value in told.items() if value or name == "quiet_hours"}
    if told:
        profile.change_preferences(ports, call.agent, told)
    return _me(ports.settings.desk().agents[call.agent.id])


@endpoint(
    blueprint, "GET", "/v1/notices",
    action=Action.READ_NOTICES, answer=people.NoticePage, problems=(422,),
    query={"cursor": "Cursor `next` of the page before.", "limit": "At most 50."},
)  # fmt: skip
def list_notices(call: Call[None]) -> people.NoticePage:
    """List what the agent was told of, newest first."""
    ports, of_list = bootstrap.ports(), f"notices|{call.agent.id}"
    position = position_of(of_list, call.query.get("cursor", ""))
    told, after = ports.notices.list_by_agent(call.agent.id, limit=call.limit(), cursor=position)
    hidden = hidden_among(ports, call.agent, (notice.number for notice in told))
    found = [notice for notice in told if notice.number not in hidden]
    return people.NoticePage(
        notices=[
            people.NoticeBody(
                id=n.id, kind=n.kind, number=n.number, subject=n.subject, at=n.at, read=n.read
            )
            for n in found
        ],
        next=signed_cursor(of_list, after),
    )


@endpoint(
    blueprint, "POST", "/v1/notices/read",
    action=Action.READ_NOTICES, body=people.NoticesRead, status=204, problems=(422,),
)  # fmt: skip
def mark_notices_read(call: Call[people.NoticesRead]) -> Reply:
    """Mark all notices up to one as seen."""
    bootstrap.ports().notices.mark_read(call.agent.id, call.body.up_to)
    return Reply(None)


def _me(agent: Agent) -> people.Me:
    found = profile.read_profile(bootstrap.ports(), agent)
    desk = found.desk
    colleagues = [a for _, a in sorted(desk.agents.items()) if a.is_active]
    visible = visible_departments(desk, agent)
    return people.Me(
        id=agent.id,
        name=agent.name,
        email=agent.email,
        role=agent.role,
        language=agent.language,
        departments=sorted(agent.departments),
        available=found.load.available,
        open_tickets=found.load.open_count,
        skipped_tickets=found.load.skipped,
        capacity=agent.capacity if agent.role is not Role.COLLABORATOR else 0,
        desk_name=desk.profile.name,
        colleagues=[
            people.Colleague(
                id=a.id, name=a.name, role=a.role, departments=sorted(a.departments & visible)
            )
            for a in colleagues
        ],
        all_departments=[
            people.NamedSetting(id=d.id, name=d.name)
            for _, d in sorted(desk.departments.items())
            if d.id not in agent.hidden_departments
        ],
        notices={kind: list(channels) for kind, channels in agent.notices.items()},
        quiet_hours=people.QuietHours.of(agent.quiet_hours),
        undo_seconds=desk.mail_rules.undo_seconds,
    )
