"""In his quiet hours an agent is not mailed; after them one mail has what came meanwhile."""

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from chalicelib.domain.desk import Agent, NoticeChannel, NoticeKind
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.ticket import Priority
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.jobs import SendDigest
from chalicelib.usecases.mail_out.digest import queue_digests, send_digest
from chalicelib.usecases.profile import change_preferences
from tests.fakes import FakePorts
from tests.unit.usecases.stage import RUI, Stream, ports_of, pushed, the_desk, there
from tests.unit.usecases.test_change_settings import SET_UP

MAILED = {NoticeKind.ASSIGNED: (NoticeChannel.MAIL,)}


def _ports(**changes: object) -> FakePorts:
    """A desk whose agent is quiet from a quarter of an hour ago for two hours."""
    ports = ports_of()
    ports.settings.ready = the_desk(replace(_sleeper(ports.clock.now()), **changes))
    there(ports, RUI)
    return ports


def _sleeper(now: datetime) -> Agent:
    starts, ends = now - timedelta(minutes=15), now + timedelta(hours=1, minutes=45)
    quiet = QuietHours(starts.time(), ends.time(), "UTC")
    return replace(RUI, notices=MAILED, quiet_hours=quiet)


def _mails(ports: FakePorts) -> list[Letter]:
    return [letter for letter in ports.composer.letters if letter.to_address == RUI.email]


def _sweep(ports: FakePorts) -> None:
    ports.jobs.sent.clear()
    queue_digests(ports)
    for job in list(ports.jobs.sent):
        if isinstance(job, SendDigest):
            send_digest(ports, job)


@pytest.mark.row(72)
def test_what_comes_in_quiet_hours_is_one_mail_after_them() -> None:
    ports = _ports()
    numbers = [pushed(ports).number for _ in range(2)]
    Stream(ports).flow(times=2)
    assert _mails(ports) == []

    for _ in range(4):
        ports.clock.advance(hours=1)
        _sweep(ports)

    (digest,) = _mails(ports)
    assert digest.kind is LetterKind.AGENT_DIGEST
    assert sorted(notice.number for notice in digest.notices) == numbers
    # He chose a mail each and no digests: there are none that he could turn off.
    assert digest.unsubscribe_url == ""


@pytest.mark.row(72)
def test_what_comes_after_them_is_mailed_at_once() -> None:
    ports = _ports()
    ports.clock.advance(hours=2)
    pushed(ports)
    Stream(ports).flow(times=2)

    assert [mail.kind for mail in _mails(ports)] == [LetterKind.AGENT_ASSIGNED]


@pytest.mark.row(48, 72)
@pytest.mark.parametrize(("passes", "mails"), [(True, 1), (False, 0)])
def test_an_urgent_ticket_wakes_whoever_lets_it(passes: bool, mails: int) -> None:
    ports = ports_of()
    sleeper = _sleeper(ports.clock.now())
    assert sleeper.quiet_hours
    quiet = replace(sleeper.quiet_hours, urgent_passes=passes)
    ports.settings.ready = the_desk(replace(sleeper, quiet_hours=quiet))
    there(ports, RUI)
    number = pushed(ports).number
    urgent = replace(ports.store.tickets[number], priority=Priority.URGENT)
    ports.store.tickets[number] = urgent

    Stream(ports).flow(times=2)

    assert len(_mails(ports)) == mails


@pytest.mark.row(72)
def test_an_agent_sets_and_ends_his_own_quiet_hours() -> None:
    ports = FakePorts()
    seed_settings(ports, SET_UP)
    agent_id = next(iter(ports.settings.desk().agents))

    def own() -> Agent:
        return ports.settings.desk().agents[agent_id]

    night = {"starts": "22:00", "ends": "07:00", "time_zone": "Europe/Lisbon"}
    change_preferences(ports, own(), {"quiet_hours": night})
    assert own().quiet_hours == QuietHours(time(22), time(7), "Europe/Lisbon")

    with pytest.raises(InvalidSetting):
        change_preferences(ports, own(), {"quiet_hours": {**night, "ends": "22:00"}})
    change_preferences(ports, own(), {"language": "es"})
    assert own().quiet_hours is not None

    change_preferences(ports, own(), {"quiet_hours": None})
    assert own().quiet_hours is None
