"""Suspended mail and forwarded mailboxes over the API, for administrators."""

from collections.abc import Iterator
from copy import deepcopy

import pytest

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.threading import Verdict
from chalicelib.usecases.change_settings import seed_settings
from chalicelib.usecases.jobs import LetInMail, SendForwardingCheck
from tests.builders import NOON, a_receipt, a_suspended_mail
from tests.fakes import FakePorts
from tests.lambdas.api_caller import ADMINISTRATOR, Caller, deployed, token_for
from tests.unit.usecases.test_change_settings import SET_UP

OLD = "help@old.example.com"


@pytest.fixture
def administrator() -> Iterator[Caller]:
    """The API of a desk with a forwarded mailbox, as its administrator."""
    ports = FakePorts()
    set_up = deepcopy(SET_UP)
    set_up["agents"].append(ADMINISTRATOR)
    set_up["mailboxes"][0]["aliases"] = [OLD]
    seed_settings(ports, set_up)
    with deployed(ports):
        yield Caller(ports, token=token_for("sub-admin"))


def suspended(caller: Caller, **changes: object) -> str:
    """A mail that was kept out; gives its id."""
    delivery = Delivery(
        "ses-1", "raw/ses-1", NOON, "mallory@example.org", (OLD,),
        **dict.fromkeys(("spam", "virus", "spf", "dkim", "dmarc"), Verdict.FAIL),
    )  # fmt: skip
    mail = a_suspended_mail(delivery=delivery, text="Buy!", **changes)
    caller.ports.mail_intake.suspend(mail, a_receipt())
    return mail.id


@pytest.mark.row("J3", "J19")
def test_a_mail_that_was_kept_out_is_listed_and_read_with_its_reason(
    administrator: Caller,
) -> None:
    mail_id = suspended(administrator, reason="unreadable")

    (mail,) = administrator.get("/v1/suspended-mails").body["mails"]
    detail = administrator.get(f"/v1/suspended-mails/{mail_id}").body

    assert (mail["reason"], mail["from_address"]) == ("unreadable", "mallory@example.org")
    assert (detail["text"], detail["recipients"]) == ("Buy!", [OLD])
    assert detail["verdicts"]["dmarc"] == "FAIL"


@pytest.mark.row("J19")
def test_a_person_lets_a_mail_in_or_throws_it_away(administrator: Caller) -> None:
    mail_id = suspended(administrator)

    let_in = administrator.post(f"/v1/suspended-mails/{mail_id}/release")
    thrown = administrator.delete(f"/v1/suspended-mails/{mail_id}")
    gone = administrator.post(f"/v1/suspended-mails/{mail_id}/release")

    assert (let_in.status, thrown.status, gone.status) == (202, 204, 404)
    assert administrator.ports.jobs.sent == [LetInMail(suspended_mail=mail_id)]


@pytest.mark.row("J19")
def test_a_mail_with_a_virus_stays_outside_and_the_answer_says_why(administrator: Caller) -> None:
    mail_id = suspended(administrator, reason="virus")

    answer = administrator.post(f"/v1/suspended-mails/{mail_id}/release")

    assert (answer.status, administrator.ports.jobs.sent) == (422, [])


@pytest.mark.row(38)
def test_the_forwarding_of_an_alias_is_tested(administrator: Caller) -> None:
    asked = administrator.post("/v1/mailboxes/help/checks", {"address": OLD})
    listed = administrator.get("/v1/mailboxes/help/checks").body["checks"]

    assert asked.status == 202
    assert [(check["address"], check["arrived_at"]) for check in listed] == [(OLD, None)]
    (job,) = administrator.ports.jobs.sent
    assert isinstance(job, SendForwardingCheck)


@pytest.mark.row(38)
def test_what_is_no_alias_or_no_mailbox_is_not_tested(administrator: Caller) -> None:
    stranger = administrator.post("/v1/mailboxes/help/checks", {"address": "x@example.org"})
    nowhere = administrator.post("/v1/mailboxes/gone/checks", {"address": OLD})

    assert (stranger.status, stranger.fields) == (422, ["address"])
    assert nowhere.status == 404
