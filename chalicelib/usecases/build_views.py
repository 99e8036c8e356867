"""The rows of a changed view are made in the background, beside those that are shown meanwhile.

``arrange_view`` follows a change of the set-up: it says which rows there are to be. ``build_view``
goes through all tickets by number, some of them a job, and then lets the new rows be shown and takes
the old ones away. How far it is stands in the view's state, so that a job that comes twice, or dies,
goes on where it was left.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import NotFound, StaleSetting
from chalicelib.domain.saved_views import Edition, SavedView, ViewState, owners_of
from chalicelib.domain.set_up import Organisation
from chalicelib.domain.views import Partition
from chalicelib.usecases.jobs import ArrangeView, BuildView
from chalicelib.usecases.ports import FIRST_NUMBER, Ports
from chalicelib.usecases.project_ticket import rows_on
from chalicelib.usecases.settings_schema import desk_from_documents
from chalicelib.usecases.settings_views import (
    PERSONAL,
    PERSONAL_VIEWS,
    SHARED_VIEWS,
    VIEW_STATES,
    document_of_state,
    saved_views,
    state_of_document,
)

KNOWN_AFTER = timedelta(seconds=50)
"""Longer than a container keeps the set-up (15 s) and a function may run (30 s) together: then no
change of a ticket is projected any more by somebody who does not know of the new rows."""
PAGE = 100
MOST_LOOKED_AT = 2_000
MOST_MOVED = 150
_ID_LENGTH = 10


def arrange_view(ports: Ports, job: ArrangeView) -> str:
    """Say which rows a view is to have, as it is stored now. Safe to repeat; gives what it did.

    Raises:
        StaleSetting: somebody else is at it; the job comes again.
    """
    if not job.view_id:
        return _arrange_all(ports)
    view, (state, version) = _view(ports, job.view_id), _state(ports, job.view_id)
    wanted = view.selection.under(_organisations(ports)) if view else None
    if state.building and state.building.selection == wanted:
        return _go_on(ports, state)
    if wanted and state.shown and state.shown.selection == wanted and not state.building:
        return _go_on(ports, state) if state.leaving else "as it was"
    if view is None and not version:
        return "as it was"
    now = ports.clock.now()
    dropped = [edition for edition in (state.building,) if edition]
    shown, building = state.shown, None
    if wanted is None:
        dropped += [edition for edition in (state.shown,) if edition]
        shown = None
    elif state.shown is None or state.shown.selection != wanted:
        building = Edition(ports.ids.new()[-_ID_LENGTH:].lower(), wanted)
    arranged = ViewState(
        job.view_id, shown, building, (*state.leaving, *dropped), start_at=now + KNOWN_AFTER
    )
    _save(ports, arranged, version)
    return _go_on(ports, arranged)


def build_view(ports: Ports, job: BuildView) -> str:
    """Go through some more tickets for a view. Safe to repeat; gives what it did.

    Two chains of jobs for one view do the same work, and the one that saves later ends there.
    """
    state, version = _state(ports, job.view_id)
    if state.building is None and not state.leaving:
        return "nothing to do"
    if state.start_at and ports.clock.now() < state.start_at:
        return _go_on(ports, state)
    total = max(0, ports.tickets.last_number() - FIRST_NUMBER + 1)
    done = _through(ports, state.done, total)
    after = replace(state, done=done, total=total)
    is_over = done >= total
    if is_over:
        after = _over(ports, state)
    try:
        _save(ports, after, version)
    except StaleSetting:
        return "somebody else is at it"
    if after.building or after.leaving:
        return _go_on(ports, after)
    return "ready"


def _over(ports: Ports, state: ViewState) -> ViewState:
    """All tickets were gone through: new rows are shown, or old ones are gone."""
    # Whoever went through for the new rows took away those that were leaving before.
    _forget(ports, state.leaving)
    if state.building is None:
        return ViewState(state.id, state.shown)
    old = (state.shown,) if state.shown else ()
    start_at = ports.clock.now() + KNOWN_AFTER
    return ViewState(state.id, state.building, leaving=old, start_at=start_at if old else None)


def _through(ports: Ports, done: int, total: int) -> int:
    """Bring tickets to the rows that they are to have; gives how many numbers are done now."""
    desk = ports.settings.desk()
    looked_at = moved = 0
    while done < total and looked_at < MOST_LOOKED_AT and moved < MOST_MOVED:
        size = min(PAGE, total - done)
        moved += bring_up(ports, desk, range(FIRST_NUMBER + done, FIRST_NUMBER + done + size))
        done += size
        looked_at += size
    return done


def bring_up(ports: Ports, desk: Desk, numbers: Sequence[int]) -> int:
    """Make the rows of these tickets what they are to be; gives of how many they were not."""
    tickets = ports.tickets.list_by_numbers(numbers)
    wanted = [(ticket, rows_on(desk, ticket)) for ticket in tickets]
    lagging = {ticket.number for ticket in ports.read_models.lagging(wanted)}
    for ticket, rows in wanted:
        if ticket.number in lagging:
            ports.read_models.apply(ticket, rows, again=True)
    return len(lagging)


def _forget(ports: Ports, editions: Sequence[Edition]) -> None:
    if not editions:
        return
    desk = ports.settings.desk()
    ports.read_models.forget_counts(
        Partition(edition.key, owner)
        for edition in editions
        for owner in owners_of(edition, desk.agents, desk.departments)
    )


def _arrange_all(ports: Ports) -> str:
    """What organisations are changed: views that ask for them are made anew."""
    organisations = _organisations(ports)
    jobs = [
        ArrangeView(view_id=view.id)
        for view in ports.settings.desk().views.values()
        if view.selection.under(organisations).houses
    ]
    ports.jobs.send(list(jobs))
    return f"{len(jobs)} views"


def _go_on(ports: Ports, state: ViewState) -> str:
    waits = state.start_at - ports.clock.now() if state.start_at else timedelta()
    delay = max(0, int(waits.total_seconds()) + 1) if waits > timedelta() else 0
    ports.jobs.send([BuildView(view_id=state.id, delay=delay)])
    return "goes on"


def _view(ports: Ports, view_id: str) -> SavedView | None:
    kind = PERSONAL_VIEWS if view_id.startswith(PERSONAL) else SHARED_VIEWS
    try:
        document, _ = ports.settings.document(kind, view_id)
    except NotFound:
        return None
    shared, personal = ([document], []) if kind == SHARED_VIEWS else ([], [document])
    return saved_views(shared, personal)[view_id]


def _state(ports: Ports, view_id: str) -> tuple[ViewState, int]:
    try:
        document, version = ports.settings.document(VIEW_STATES, view_id)
    except NotFound:
        return ViewState(view_id), 0
    return state_of_document(document), version


def _save(ports: Ports, state: ViewState, version: int) -> None:
    if state.editions or state.leaving:
        document = document_of_state(state)
        ports.settings.save(VIEW_STATES, state.id, document, based_on=version)
    else:
        ports.settings.remove(VIEW_STATES, state.id, based_on=version)


def _organisations(ports: Ports) -> dict[str, Organisation]:
    documents = [document for document, _ in ports.settings.list_documents("organisations")]
    return dict(desk_from_documents({"organisations": documents}).organisations)
