"""How a desk is looked up: mailboxes, members, supervisors, promises."""

import pytest

from chalicelib.domain.desk import (
    Department,
    Desk,
    Mailbox,
    NoticeChannel,
    NoticeKind,
    Role,
    without_tag,
)
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.sla import SLAPolicy, Target
from tests.builders import a_desk, an_agent
from tests.unit.domain.hours import a_calendar


def _promising_desk() -> Desk:
    policy = SLAPolicy("gold", "Gold", "c", {"normal": {Target.FIRST_RESPONSE: 60}}, 15)
    return a_desk(
        departments={
            "support": Department("support", "Support", "help", "gold"),
            "sales": Department("sales", "Sales", "help"),
        },
        calendars={"c": a_calendar()},
        sla_policies={"gold": policy},
    )


@pytest.mark.row(26, 41)
@pytest.mark.parametrize(
    "address", ["help@desk.example.com", "HELP@Desk.Example.com", "help+r1-abc@desk.example.com"]
)
def test_a_mailbox_is_found_whatever_the_case_and_the_tag(address: str) -> None:
    box = a_desk().mailbox_at(address)

    assert box is not None
    assert box.department_id == "support"


@pytest.mark.parametrize("address", ["", "@", "help", "help@other.example.com"])
def test_what_is_no_address_of_the_desk_finds_no_mailbox(address: str) -> None:
    assert a_desk().mailbox_at(address) is None
    assert not a_desk().is_own_address(address)


@pytest.mark.row("J6")
def test_a_sender_with_the_desks_own_address_is_known_as_a_loop() -> None:
    assert a_desk().is_own_address("Help+anything@desk.example.com")


def test_mail_to_no_mailbox_of_ours_goes_to_the_first() -> None:
    boxes = {name: Mailbox(name, f"{name}@desk.example.com", name, "support") for name in "ba"}

    assert a_desk(mailboxes=boxes).default_mailbox().id == "a"
    with pytest.raises(InvalidSetting):
        a_desk(mailboxes={}).default_mailbox()


@pytest.mark.row(41)
def test_tickets_are_dealt_to_active_agents_and_supervisors_of_the_department() -> None:
    desk = a_desk(
        an_agent(id="2"),
        an_agent(id="1", role=Role.SUPERVISOR),
        an_agent(id="3", role=Role.COLLABORATOR),
        an_agent(id="4", role=Role.ADMINISTRATOR),
        an_agent(id="5", is_active=False),
        an_agent(id="6", departments=frozenset({"sales"})),
    )

    assert [agent.id for agent in desk.members("support")] == ["1", "2"]


@pytest.mark.row(52)
def test_a_breach_is_told_to_the_supervisors_of_the_department() -> None:
    boss, other = an_agent(id="boss", role=Role.SUPERVISOR), an_agent(id="other")
    elsewhere = an_agent(id="far", role=Role.SUPERVISOR, departments=frozenset({"sales"}))

    assert a_desk(boss, other, elsewhere).supervisors("support") == (boss,)


@pytest.mark.row(52)
def test_without_a_supervisor_the_administrators_are_told() -> None:
    admin = an_agent(id="admin", role=Role.ADMINISTRATOR, departments=frozenset())

    assert a_desk(admin, an_agent()).supervisors("support") == (admin,)


def test_a_person_who_left_cannot_sign_in() -> None:
    desk = a_desk(an_agent(id="1", subject="s", is_active=False), an_agent(id="2", subject="t"))

    assert desk.agent_by_subject("s") is None
    assert desk.agent_by_subject("t") is desk.agents["2"]


def test_nobody_is_found_by_an_empty_subject() -> None:
    assert a_desk(an_agent(subject="")).agent_by_subject("") is None


@pytest.mark.row(72)
def test_agents_are_told_by_mail_of_all_but_customers_messages_unless_they_choose() -> None:
    notices = an_agent().notices

    assert {kind for kind in NoticeKind if NoticeChannel.MAIL not in notices[kind]} == {
        NoticeKind.CUSTOMER_WROTE,
        NoticeKind.MEMBER_ADDED,
        NoticeKind.MADE_PUBLIC,
    }


def test_a_tag_is_what_follows_the_first_plus() -> None:
    assert without_tag("a+b+c@X.test") == "a@x.test"
