"""Mail over the API: what was kept out, and whether existing mailboxes forward to the desk."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import mail as schemas
from chalicelib.usecases.mail_in import forwarding
from chalicelib.usecases.mail_in.release import ask_to_let_in
from chalicelib.usecases.ports import ForwardingCheck, SuspendedMail

blueprint = Blueprint(__name__)

_ONE = "/v1/suspended-mails/{mail}"
_CHECKS = "/v1/mailboxes/{setting}/checks"
_VERDICTS = ("spam", "virus", "spf", "dkim", "dmarc")


@endpoint(
    blueprint, "GET", "/v1/suspended-mails",
    action=Action.READ_SUSPENDED_MAIL, answer=schemas.SuspendedMailPage, problems=(422,),
    query={"cursor": "Cursor `next` of the page before.", "limit": "At most 50."},
)  # fmt: skip
def list_suspended_mails(call: Call[None]) -> schemas.SuspendedMailPage:
    """List mails that were kept but not let in, newest first."""
    of_list = "suspended-mails"
    position = position_of(of_list, call.query.get("cursor", ""))
    intake = bootstrap.ports().mail_intake
    found, after = intake.list_suspended(limit=call.limit(), cursor=position)
    return schemas.SuspendedMailPage(
        mails=[schemas.SuspendedMailBody(**_said_of(mail)) for mail in found],
        next=signed_cursor(of_list, after),
    )


@endpoint(
    blueprint, "GET", _ONE,
    action=Action.READ_SUSPENDED_MAIL, answer=schemas.SuspendedMailDetail, problems=(404,),
)  # fmt: skip
def read_suspended_mail(call: Call[None]) -> schemas.SuspendedMailDetail:
    """Read a mail that was kept out, to decide on it."""
    mail = bootstrap.ports().mail_intake.find_suspended(call.path["mail"])
    delivery = mail.delivery
    return schemas.SuspendedMailDetail(
        **_said_of(mail),
        text=mail.text,
        recipients=list(delivery.recipients) if delivery else [],
        verdicts={name: getattr(delivery, name) for name in _VERDICTS} if delivery else {},
        confirmation_code=mail.confirmation_code,
        confirmation_url=mail.confirmation_url,
    )


@endpoint(
    blueprint, "POST", f"{_ONE}/release",
    action=Action.DECIDE_ON_SUSPENDED_MAIL, status=202, problems=(404, 422),
)  # fmt: skip
def let_in_suspended_mail(call: Call[None]) -> Reply:
    """Let a mail in: in a moment it is a message or a ticket, and off this list."""
    ask_to_let_in(bootstrap.ports(), call.path["mail"])
    return Reply(None)


@endpoint(
    blueprint, "DELETE", _ONE,
    action=Action.DECIDE_ON_SUSPENDED_MAIL, status=204, problems=(404,),
)  # fmt: skip
def throw_suspended_mail_away(call: Call[None]) -> Reply:
    """Take a mail off this list for good; nobody is told."""
    bootstrap.ports().mail_intake.throw_away(call.path["mail"])
    return Reply(None)


@endpoint(
    blueprint, "POST", _CHECKS,
    action=Action.CHANGE_SETTINGS, body=schemas.ForwardingCheckRequest,
    answer=schemas.ForwardingCheckBody, status=202, problems=(404, 422),
)  # fmt: skip
def test_forwarding(call: Call[schemas.ForwardingCheckRequest]) -> schemas.ForwardingCheckBody:
    """Send a mail to an alias of this mailbox, to see whether it comes back here."""
    check = forwarding.ask(bootstrap.ports(), call.path["setting"], call.body.address)
    return _check(check)


@endpoint(
    blueprint, "GET", _CHECKS,
    action=Action.READ_SETTINGS, answer=schemas.ForwardingCheckList, problems=(404,),
)  # fmt: skip
def list_forwarding_checks(call: Call[None]) -> schemas.ForwardingCheckList:
    """List the last test of each address that forwards to this mailbox."""
    found = forwarding.checks_of(bootstrap.ports(), call.path["setting"])
    return schemas.ForwardingCheckList(checks=[_check(check) for check in found])


def _said_of(mail: SuspendedMail) -> dict[str, Any]:
    return {
        "id": mail.id,
        "received_at": mail.received_at,
        "reason": SuspensionReason(mail.reason),
        "from_address": mail.from_address,
        "subject": mail.subject,
        "size": mail.size,
        "detail": mail.detail,
    }


def _check(check: ForwardingCheck) -> schemas.ForwardingCheckBody:
    return schemas.ForwardingCheckBody(
        address=check.address, sent_at=check.sent_at, arrived_at=check.arrived_at
    )
