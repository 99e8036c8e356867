"""A ticket's clocks in proof, escalation, and whose holidays a calendar can keep."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.clock_history import Proof
from chalicelib.domain.errors import StaleTicket
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import clocks as wire
from chalicelib.routes.schemas.tickets import TicketBody
from chalicelib.routes.ticket_answers import required_version, stale, with_version
from chalicelib.usecases.change_settings import public_days_of
from chalicelib.usecases.escalate_ticket import escalate_ticket
from chalicelib.usecases.prove_clocks import prove_clocks

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/v1/tickets/{number}/clocks",
    action=Action.READ_TICKET, answer=wire.ProvedClocks, problems=(404,),
)  # fmt: skip
def read_clocks(call: Call[None]) -> wire.ProvedClocks:
    """Read what the clocks of a ticket are made of: the pieces of time that prove a breach."""
    found = prove_clocks(bootstrap.ports(), call.agent, call.number)
    return wire.ProvedClocks(clocks=[_clock(proof) for proof in found])


@endpoint(
    blueprint, "POST", "/v1/tickets/{number}/escalations",
    action=Action.CHANGE_TICKET, answer=TicketBody,
    needs_version=True, problems=(404, 409, 422),
)  # fmt: skip
def escalate(call: Call[None]) -> Reply:
    """Escalate a ticket to the department that comes next."""
    try:
        ticket = escalate_ticket(
            bootstrap.ports(), call.agent, call.number, based_on=required_version(call)
        )
    except StaleTicket as error:
        return stale(call, error)
    return with_version(ticket, call.agent)


@endpoint(blueprint, "GET", "/v1/holiday-regions", action=Action.READ_SETTINGS, answer=wire.Regions)
def list_regions(_: Call[None]) -> wire.Regions:
    """List the countries and their parts whose public holidays a calendar can keep."""
    found = bootstrap.ports().public_holidays.regions()
    return wire.Regions(
        regions=[
            wire.RegionBody(
                country=country,
                subdivisions=[wire.SubdivisionBody(id=code, name=parts[code]) for code in parts],
            )
            for country, parts in found.items()
        ]
    )


@endpoint(
    blueprint, "GET", "/v1/holiday-regions/{country}/days",
    action=Action.READ_SETTINGS, answer=wire.PublicDays, problems=(404,),
    query={"subdivision": "A part of the country, by its code."},
)  # fmt: skip
def list_public_days(call: Call[None]) -> wire.PublicDays:
    """List the public holidays of a country, or of a part of it, in this year and the next."""
    country, subdivision = call.path["country"], call.query.get("subdivision", "")
    found = public_days_of(bootstrap.ports(), country, subdivision)
    return wire.PublicDays(
        days=[wire.PublicDayBody(date=day, name=name) for day, name in found.items()]
    )


def _clock(proof: Proof) -> wire.ProvedClock:
    return wire.ProvedClock(
        target=proof.target,
        started_at=proof.started_at,
        state=proof.clock.state if proof.clock else None,
        allowed_seconds=proof.clock.allowed_seconds if proof.clock else None,
        missed_due_at=proof.due_at,
        counted_seconds=proof.counted_seconds,
        segments=[
            wire.SegmentBody(
                kind=piece.kind,
                starts_at=piece.starts_at,
                ends_at=piece.ends_at,
                seconds=piece.seconds,
            )
            for piece in proof.pieces
        ],
    )
