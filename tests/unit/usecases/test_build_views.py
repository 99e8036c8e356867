"""A new or changed view is built in the background; what was shown stays until it is complete."""

import pytest

from chalicelib.domain.errors import Unavailable
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Priority
from chalicelib.usecases import build_views
from chalicelib.usecases.change_settings import remove_setting, save_setting
from chalicelib.usecases.dispatch_change import jobs_for_view
from chalicelib.usecases.jobs import ArrangeView, BuildView
from chalicelib.usecases.saved_views import view_of
from tests.fakes import FakePorts
from tests.view_desk import (
    a_seeded_desk,
    asking,
    changed,
    do_all,
    do_next,
    share,
    with_tickets,
)

URGENT = asking("priority", "is", "urgent")
HIGH = asking("priority", "is", "high")


@pytest.fixture
def ports() -> FakePorts:
    """Five tickets: urgent, high, urgent and closed, normal, urgent in sales."""
    seeded = a_seeded_desk()
    with_tickets(
        seeded,
        {"priority": Priority.URGENT},
        {"priority": Priority.HIGH},
        {"priority": Priority.URGENT, "status": Status.CLOSED},
        {},
        {"priority": Priority.URGENT, "department_id": "sales"},
    )
    return seeded


def _shown(ports: FakePorts, view_id: str = "urgent", agent: str = "eva") -> list[int]:
    desk = ports.settings.desk()
    found = view_of(desk, desk.agents[agent], view_id)
    page, _ = ports.read_models.page(found.partitions, limit=50, cursor="")
    counts = ports.read_models.counts(found.partitions)
    assert sum(counts.values()) == len(page)
    return [ticket.number for ticket in page]


@pytest.mark.row(66, "K6")
def test_a_new_view_comes_to_show_tickets_that_nobody_touches(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, sort="oldest")
    do_all(ports)

    assert _shown(ports) == [1001, 1003, 1005]
    assert _shown(ports, agent="rui") == [1001, 1003]


@pytest.mark.row(66)
def test_the_old_rows_are_shown_until_the_new_ones_are_complete(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build_views, "PAGE", 1)
    monkeypatch.setattr(build_views, "MOST_LOOKED_AT", 1)
    share(ports, conditions=URGENT, sort="oldest")
    do_all(ports)
    share(ports, conditions=HIGH, sort="oldest")
    do_next(ports)
    progress = []
    for _ in range(4):
        do_next(ports)
        state = ports.settings.desk().view_states["urgent"]
        progress.append((state.done, state.total))
        assert _shown(ports) == [1001, 1003, 1005]
    # What changes meanwhile is seen in both.
    changed(ports, 1001, priority=Priority.HIGH)
    assert _shown(ports) == [1003, 1005]
    do_all(ports)

    assert progress == [(1, 5), (2, 5), (3, 5), (4, 5)]
    assert _shown(ports) == [1001, 1002]


def test_no_ticket_is_gone_through_before_every_worker_knows_of_the_view(
    ports: FakePorts,
) -> None:
    share(ports, conditions=URGENT)
    do_next(ports)
    (job,) = [job for job in ports.jobs.sent if isinstance(job, BuildView)]

    assert job.delay_seconds > build_views.KNOWN_AFTER.total_seconds() - 1
    assert build_views.build_view(ports, job) == "goes on"
    assert ports.settings.desk().view_states["urgent"].total == 0


def test_jobs_that_come_twice_end_in_the_same_rows(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, sort="oldest")
    ports.jobs.send(jobs_for_view("shared_views", "urgent"))
    do_next(ports)
    do_next(ports)
    ports.jobs.send([BuildView(view_id="urgent")])
    do_all(ports)

    assert _shown(ports) == [1001, 1003, 1005]
    state = ports.settings.desk().view_states["urgent"]
    assert (state.building, state.leaving) == (None, ())


@pytest.mark.parametrize("dies_at", range(6))
def test_a_build_that_dies_goes_on_where_it_was(
    ports: FakePorts, monkeypatch: pytest.MonkeyPatch, dies_at: int
) -> None:
    monkeypatch.setattr(build_views, "PAGE", 2)
    monkeypatch.setattr(build_views, "MOST_LOOKED_AT", 2)
    share(ports, conditions=URGENT, sort="oldest")
    for _ in range(dies_at):
        if ports.jobs.sent:
            do_next(ports)
    left = list(ports.jobs.sent)
    ports.jobs.failures = [Unavailable("The machine is gone.")]
    if left:
        try:
            do_next(ports)
        except Unavailable:
            # SQS brings the job again, for it was not done.
            ports.jobs.sent = left
    do_all(ports)

    assert _shown(ports) == [1001, 1003, 1005]


def test_a_view_that_changes_while_it_is_built_ends_as_it_was_saved_last(ports: FakePorts) -> None:
    share(ports, conditions=URGENT, sort="oldest")
    do_next(ports)
    share(ports, conditions=HIGH, sort="oldest")
    do_next(ports)
    share(ports, conditions=asking("priority", "is", "normal"), sort="oldest")
    do_all(ports)

    assert _shown(ports) == [1004]
    state = ports.settings.desk().view_states["urgent"]
    assert (state.building, state.leaving) == (None, ())


def test_another_name_makes_no_rows_anew(ports: FakePorts) -> None:
    share(ports, conditions=URGENT)
    do_all(ports)
    share(ports, conditions=URGENT, name="Quick", columns=["tags"], position=3)

    assert do_next(ports) == "as it was"
    assert not ports.jobs.sent


def test_a_view_that_is_removed_takes_its_rows_with_it(ports: FakePorts) -> None:
    share(ports, conditions=URGENT)
    do_all(ports)
    edition = ports.settings.desk().view_states["urgent"].shown
    assert edition
    remove_setting(ports, "shared_views", "urgent", based_on=None)
    ports.jobs.send(jobs_for_view("shared_views", "urgent"))
    do_all(ports)

    assert ports.settings.desk().view_states == {}
    assert edition.key not in {row.partition.view for row in ports.read_models.all_rows()}


def test_a_view_that_asks_for_organisations_follows_them(ports: FakePorts) -> None:
    house = {"id": "house", "name": "House", "domains": ["example.net"]}
    save_setting(ports, "organisations", house, based_on=None)
    share(ports, "ours", conditions=asking("organisation", "is", "house"), sort="oldest")
    share(ports, conditions=URGENT)
    do_all(ports)
    assert _shown(ports, "ours") == []

    save_setting(ports, "organisations", {**house, "domains": ["example.com"]}, based_on=None)
    ports.jobs.send(jobs_for_view("organisations", "house"))
    assert do_next(ports) == "1 views"
    do_all(ports)

    assert _shown(ports, "ours") == [1001, 1002, 1003, 1004, 1005]


def test_nothing_follows_for_a_view_that_never_was(ports: FakePorts) -> None:
    assert build_views.arrange_view(ports, ArrangeView(view_id="gone")) == "as it was"
    assert build_views.build_view(ports, BuildView(view_id="gone")) == "nothing to do"
