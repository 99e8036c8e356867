"""One mail an hour with what is unread, for agents who chose it, until they turn it off."""

from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.desk import NoticeChannel, NoticeKind
from chalicelib.domain.errors import InvalidLink
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.jobs import SendDigest
from chalicelib.usecases.mail_out.digest import (
    queue_digests,
    send_digest,
    stop_digest,
    who_leaves_digest,
)
from tests.builders import a_notice
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, Stream, ports_of, pushed, the_desk, there
from tests.unit.usecases.test_change_settings import SET_UP

GATHERED = {NoticeKind.ASSIGNED: (NoticeChannel.DIGEST,), NoticeKind.AT_RISK: ()}
GATHERER = replace(RUI, notices=GATHERED)


@pytest.fixture
def ports() -> FakePorts:
    """A desk whose one agent has his notices gathered."""
    fakes = ports_of()
    fakes.settings.ready = the_desk(GATHERER)
    return fakes


def an_hour_later(ports: FakePorts) -> list[Letter]:
    """The sweep of the next hour, and what it brings about; the digests so far."""
    ports.clock.advance(hours=1)
    queue_digests(ports)
    for job in ports.jobs.sent:
        if isinstance(job, SendDigest):
            send_digest(ports, job)
    return [one for one in ports.composer.letters if one.kind is LetterKind.AGENT_DIGEST]


@pytest.mark.row(72)
def test_what_came_within_the_hour_is_one_mail_and_none_at_once(ports: FakePorts) -> None:
    there(ports, GATHERER)
    numbers = [pushed(ports).number for _ in range(2)]
    Stream(ports).flow(times=2)
    assert RUI.email not in [letter.to_address for letter in ports.composer.letters]

    (digest,) = an_hour_later(ports)

    assert digest.to_address == RUI.email
    assert sorted(notice.number for notice in digest.notices) == numbers
    assert digest.unsubscribe_url.startswith("https://desk.example.com/d/")


@pytest.mark.row(72)
def test_a_digest_comes_once_an_hour_and_only_when_something_is_new(ports: FakePorts) -> None:
    ports.notices.add(a_notice(id="1", at=ports.clock.now()))
    for _ in range(3):
        queue_digests(ports)
    assert len(an_hour_later(ports)) == 1
    assert len(an_hour_later(ports)) == 1

    ports.notices.add(a_notice(id="2", at=ports.clock.now()))
    digests = an_hour_later(ports)

    assert len(digests) == 2
    assert len(digests[-1].notices) == 2


@pytest.mark.row(72)
def test_what_was_read_or_not_chosen_is_not_in_it(ports: FakePorts) -> None:
    at = ports.clock.now()
    ports.notices.add(a_notice(id="1", at=at))
    ports.notices.mark_read(RUI.id, "1")
    ports.notices.add(a_notice(id="2", at=at, kind=NoticeKind.AT_RISK))
    assert an_hour_later(ports) == []


def test_digests_are_asked_for_in_the_first_minutes_of_an_hour_only(ports: FakePorts) -> None:
    asked = []
    for _ in range(60):
        asked.append(queue_digests(ports))
        ports.clock.advance(minutes=1)
    assert asked == [1] * 5 + [0] * 55
    assert len({job.dedup_id for job in ports.jobs.sent}) == 1


def test_who_left_the_desk_gets_no_digest(ports: FakePorts) -> None:
    ports.notices.add(a_notice(id="1", at=ports.clock.now()))
    ports.settings.ready = the_desk(replace(GATHERER, is_active=False))
    assert an_hour_later(ports) == []


@pytest.fixture
def stored() -> FakePorts:
    """A desk whose agents are documents, one with digests, and his link."""
    ports = FakePorts()
    set_up = deepcopy(SET_UP)
    set_up["agents"][0]["notices"] = {
        "assigned": ["digest"], "breached": ["mail", "digest"], "at_risk": ["mail"],
    }  # fmt: skip
    seed_settings(ports, set_up)
    agent_id = set_up["agents"][0]["id"]
    ports.notices.add(a_notice(id="1", agent_id=agent_id, at=ports.clock.now()))
    return ports


@pytest.mark.row(72)
def test_one_click_ends_the_digests_and_leaves_the_rest_as_it_was(stored: FakePorts) -> None:
    (digest,) = an_hour_later(stored)
    token = digest.unsubscribe_url.rpartition("/")[2]
    agent_id = who_leaves_digest(stored, token).id
    before = stored.settings.document("agents", agent_id)

    assert stored.settings.document("agents", agent_id) == before
    for _ in range(2):
        stop_digest(stored, token)

    document, version = stored.settings.document("agents", agent_id)
    assert version == before[1] + 1
    assert document["notices"] == {
        "assigned": ["in_app"], "breached": ["in_app", "mail"], "at_risk": ["mail"],
    }  # fmt: skip
    stored.notices.add(
        a_notice(id="2", agent_id=agent_id, at=stored.clock.now() + timedelta(minutes=1))
    )
    assert len(an_hour_later(stored)) == 1


def test_a_link_that_we_did_not_make_ends_nothing(stored: FakePorts) -> None:
    with pytest.raises(InvalidLink):
        stop_digest(stored, "YWdlbnQ.aaaaaaaaaaaaaaaaaaaaa")
