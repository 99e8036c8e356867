"""Mail over the API: what was kept out, and whether existing mailboxes forward to the desk."""

from typing import Any

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import NotFound
from chalicelib.domain.judgement import SuspensionReason
from chalicelib.routes.cursors import position_of, signed_cursor
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas import mail as schemas
from chalicelib.usecases.mail_in import forwarding
from chalicelib.usecases.mail_in.release import ask_to_let_in
from chalicelib.usecases.ports import ForwardingCheck, SuspendedMail
from chalicelib.usecases.visible_tickets import is_hidden_mail

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
        mails=[
            schemas.SuspendedMailBody(**_said_of(mail))
            for mail in found
            if not _is_hidden(call.agent, mail)
        ],
        next=signed_cursor(of_list, after),
    )


@endpoint(
    blueprint, "GET", _ONE,
    action=Action.READ_SUSPENDED_MAIL, answer=schemas.SuspendedMailDetail, problems=(404,),
)  # fmt: skip
def read_suspended_mail(call: Call[None]) -> schemas.SuspendedMailDetail:
    """Read a mail that was kept out, to decide on it."""
    mail = _found(call)
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
    ask_to_let_in(bootstrap.ports(), _found(call).id)
    return Reply(None)


@endpoint(
    blueprint, "DELETE", _ONE,
    action=Action.DECIDE_ON_SUSPENDED_MAIL, status=204, problems=(404,),
)  # fmt: skip
def throw_suspended_mail_away(call: Call[None]) -> Reply:
    """Take a mail off this list for good; nobody is told."""
    bootstrap.ports().mail_intake.throw_away(_found(call).id)
    return Reply(None)


@endpoint(
    blueprint, "POST", _CHECKS,
    action=Action.CHANGE_SETTINGS, body=schemas.ForwardingCheckRequest,
    answer=schemas.ForwardingCheckBody, status=202, problems=(404, 422),
)  # fmt: skip
def test_forwarding(call: Call[schemas.ForwardingCheckRequest]) -> schemas.ForwardingCheckBody:
    """Send a mail to an alias of this mailbox, to see whether it comes back here."""
    check = forwarding.ask(bootstrap.ports(), _mailbox_id(call), call.body.address)
    return _check(check)


@endpoint(
    blueprint, "GET", _CHECKS,
    action=Action.READ_SETTINGS, answer=schemas.ForwardingCheckList, problems=(404,),
)  # fmt: skip
def list_forwarding_checks(call: Call[None]) -> schemas.ForwardingCheckList:
    """List the last test of each address that forwards to this mailbox."""
    found = forwarding.checks_of(bootstrap.ports(), _mailbox_id(call))
    return schemas.ForwardingCheckList(checks=[_check(check) for check in found])


def _found(call: Call[None]) -> SuspendedMail:
    """The mail in the path; one for a department that is hidden from the caller is not there."""
    mail = bootstrap.ports().mail_intake.find_suspended(call.path["mail"])
    if _is_hidden(call.agent, mail):
        raise NotFound("Suspended mail", mail.id)
    return mail


def _is_hidden(agent: Agent, mail: SuspendedMail) -> bool:
    recipients = mail.delivery.recipients if mail.delivery else ()
    return is_hidden_mail(bootstrap.ports(), agent, recipients)


def _mailbox_id(call: Call[Any]) -> str:
    """The mailbox in the path, if it is there for the caller."""
    box = bootstrap.desk_now().mailboxes.get(call.path["setting"])
    if box and box.department_id in call.agent.hidden_departments:
        raise NotFound("Mailbox", box.id)
    return call.path["setting"]


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
