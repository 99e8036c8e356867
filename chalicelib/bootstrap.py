"""The composition root: the live ports, each part built when it is first asked for.

A function that never sends a mail never builds a mail client, and never imports one.
"""

from functools import cache, cached_property
from typing import TYPE_CHECKING, Any

from chalicelib.settings import settings
from chalicelib.usecases.ports import Addresses

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chalicelib.domain.desk import Desk
    from chalicelib.domain.ticket import Ticket
    from chalicelib.persistence.table import Table
    from chalicelib.usecases import ports as port
    from chalicelib.usecases.ports.list_audit import ListAudit


class LivePorts:
    """The table, the buckets, the queues and the mail service of this desk."""

    @cached_property
    def _table(self) -> "Table":
        from chalicelib.persistence.table import Table

        return Table(settings().table_name)

    def stored_image(self, keys: "Mapping[str, Any]") -> "Mapping[str, Any] | None":
        """An item as a stream record would have it, by a stream record's keys. One call."""
        from chalicelib.persistence.keys import Key

        key = Key(str(keys["pk"]["S"]), str(keys["sk"]["S"]))
        return self._table.find_raw(key, consistent=True)

    def connect_table(self) -> None:
        """Build the table's client now, while the function starts. Nothing is sent."""
        _ = self._table.connection

    @cached_property
    def tickets(self) -> "port.Tickets":
        from chalicelib.persistence.tickets import TicketRepository

        return TicketRepository(self._table)

    @cached_property
    def scheduled_replies(self) -> "port.ScheduledReplies":
        from chalicelib.persistence.scheduled_replies import ScheduledReplyRepository

        return ScheduledReplyRepository(self._table)

    @cached_property
    def customers(self) -> "port.Customers":
        from chalicelib.persistence.customers import CustomerRepository

        return CustomerRepository(self._table)

    @cached_property
    def loads(self) -> "port.Loads":
        from chalicelib.persistence.loads import LoadRepository

        return LoadRepository(self._table)

    @cached_property
    def read_models(self) -> "port.ReadModels":
        from chalicelib.persistence.read_models import ReadModelRepository

        return ReadModelRepository(self._table)

    @cached_property
    def breaches(self) -> "port.Breaches":
        from chalicelib.persistence.breaches import BreachRepository

        return BreachRepository(self._table)

    @cached_property
    def settings(self) -> "port.Settings":
        from chalicelib.persistence.desk_settings import SettingsRepository

        return SettingsRepository(self._table, self.clock)

    @cached_property
    def public_holidays(self) -> "port.PublicHolidays":
        from chalicelib.gateways.public_holidays import HolidaysPackage

        return HolidaysPackage()

    @cached_property
    def mail_intake(self) -> "port.MailIntake":
        from chalicelib.persistence.mail_intake import MailIntakeRepository

        return MailIntakeRepository(self._table)

    @cached_property
    def forwarding_checks(self) -> "port.ForwardingChecks":
        from chalicelib.persistence.forwarding_checks import ForwardingCheckRepository

        return ForwardingCheckRepository(self._table)

    @cached_property
    def mail_ledger(self) -> "port.MailLedger":
        from chalicelib.persistence.mail_ledger import MailLedgerRepository

        return MailLedgerRepository(self._table, ses_region=settings().ses_region)

    @cached_property
    def suppressions(self) -> "port.Suppressions":
        from chalicelib.persistence.suppressions import SuppressionRepository

        return SuppressionRepository(self._table)

    @cached_property
    def redelivery(self) -> "port.Redelivery":
        from chalicelib.gateways.redelivery import SQSRedelivery

        return SQSRedelivery()

    @cached_property
    def notices(self) -> "port.Notices":
        from chalicelib.persistence.notices import NoticeRepository

        return NoticeRepository(self._table)

    @cached_property
    def secrets(self) -> "port.Secrets":
        from chalicelib.persistence.signing_keys import SigningKeys

        return SigningKeys(self._table)

    @cached_property
    def link_requests(self) -> "port.LinkRequests":
        from chalicelib.persistence.link_requests import LinkRequestRepository

        return LinkRequestRepository(self._table)

    @cached_property
    def clock(self) -> "port.Clock":
        from chalicelib.gateways.clock import SystemClock

        return SystemClock()

    @cached_property
    def ids(self) -> "port.Ids":
        from chalicelib.gateways.ids import UlidFactory

        return UlidFactory()

    @cached_property
    def files(self) -> "port.Files":
        from chalicelib.gateways.files import S3Files

        return S3Files()

    @cached_property
    def mail_accounts(self) -> "port.MailAccounts":
        from chalicelib.persistence.mail_accounts import MailAccountRepository

        return MailAccountRepository(self._table)

    @cached_property
    def dead_letters(self) -> "port.DeadLetters":
        from chalicelib.gateways.dead_letters import SQSDeadLetters

        return SQSDeadLetters()

    @cached_property
    def raw_mails(self) -> "port.RawMails":
        from chalicelib.gateways.raw_mails import S3RawMails

        return S3RawMails()

    @cached_property
    def mail_sender(self) -> "port.MailSender":
        from chalicelib.gateways.ses import SESSender

        return SESSender()

    @cached_property
    def composer(self) -> "port.Composer":
        from chalicelib.gateways.composer import MailComposer

        return MailComposer(self.clock)

    @cached_property
    def jobs(self) -> "port.Jobs":
        from chalicelib.gateways.sqs import SQSJobs

        return SQSJobs()

    @cached_property
    def answers(self) -> "port.Answers":
        from chalicelib.persistence.answers import AnswerRepository

        return AnswerRepository(self._table)

    @cached_property
    def api_key_uses(self) -> "port.ApiKeyUses":
        from chalicelib.persistence.api_key_uses import ApiKeyUseRepository

        return ApiKeyUseRepository(self._table)

    @cached_property
    def use_counts(self) -> "port.UseCounts":
        from chalicelib.persistence.use_counts import UseCountRepository

        return UseCountRepository(self._table)

    @cached_property
    def webhooks(self) -> "port.Webhooks":
        from chalicelib.gateways.webhooks import HTTPSWebhooks

        return HTTPSWebhooks()

    @cached_property
    def identities(self) -> "port.Identities":
        from chalicelib.gateways.identities import CognitoIdentities

        return CognitoIdentities()

    @cached_property
    def addresses(self) -> Addresses:
        return Addresses(settings().desk_url)


@cache
def ports() -> "port.Ports":
    """The ports of this container."""
    return LivePorts()


def desk_now() -> "Desk":
    """The desk's set-up, at most some seconds old."""
    return ports().settings.desk()


def seed_settings(document: "Mapping[str, Any]") -> int:
    """Store a whole set-up, as a stage's YAML file has it; gives how many entries.

    Raises:
        InvalidSetting: the set-up could not work; nothing was stored then.
    """
    from chalicelib.usecases.change_settings import seed_settings as seed

    return seed(ports(), document)


def ticket_of_image(image: dict[str, Any]) -> "Ticket":
    """The ticket in a stream image."""
    from chalicelib.persistence.stream_images import ticket_of

    return ticket_of(image)


def list_audit() -> "ListAudit":
    """Rows and numbers of lists as they are stored, for an operator's command."""
    from chalicelib.persistence.list_audit import ListAuditRepository
    from chalicelib.persistence.table import Table

    return ListAuditRepository(Table(settings().table_name))


def jobs_of_stored(keys: "Mapping[str, Any]") -> "list[port.Job]":
    """The jobs that an item starts as it is now; none when it is gone.

    Args:
        keys: of the item, as a stream record has them.

    Raises:
        Unavailable: the table did not answer.
    """
    live = ports()
    image = live.stored_image(keys) if isinstance(live, LivePorts) else None
    return jobs_of_record({"dynamodb": {"NewImage": image}}) if image else []


def jobs_of_record(record: dict[str, Any]) -> "list[port.Job]":
    """The jobs that one stream record of the table starts; none for items that start nothing."""
    from chalicelib.persistence import stream_images
    from chalicelib.usecases import dispatch_change, jobs

    change = record["dynamodb"]
    image, old = change.get("NewImage"), change.get("OldImage")
    kind = stream_images.kind_of(record)

    def of_ticket() -> "list[port.Job]":
        ticket = stream_images.ticket_of(image)
        before = stream_images.ticket_of(old) if old else None
        shown = jobs.ProjectTicket(number=ticket.number, version=ticket.version, image=image)
        return [shown, *dispatch_change.jobs_for_breaches(before, ticket)]

    def of_event() -> "list[port.Job]":
        return [] if old else dispatch_change.jobs_for_event(*stream_images.event_of(image))

    def of_load() -> "list[port.Job]":
        before = stream_images.load_of(old) if old else None
        after = stream_images.load_of(image)
        return dispatch_change.jobs_for_load(before, after, str(record.get("eventID", "")))

    def of_scheduled_reply() -> "list[port.Job]":
        reply = stream_images.scheduled_reply_of(image)
        return dispatch_change.jobs_for_scheduled_reply(reply, ports().clock.now())

    def of_link_request() -> "list[port.Job]":
        wish = stream_images.link_request_of(image)
        return [jobs.SendLinks(request_id=wish.id, address=wish.address, language=wish.language)]

    if kind == "setting":
        # One that was taken away has an old image only.
        of_kind = stream_images.setting_kind_of(image or old)
        cause = str(record.get("eventID", ""))
        found = dispatch_change.jobs_for_setting(of_kind, cause)
        found += dispatch_change.jobs_for_view(of_kind, stream_images.setting_id_of(image or old))
        if of_kind in dispatch_change.LETTING_IN:
            now = stream_images.setting_of(image or old)
            was = stream_images.setting_of(old).document if old else None
            after = now.document if image else None
            found += dispatch_change.jobs_for_people(of_kind, was, after, now.change, cause)
        return found
    starts = {
        "ticket": of_ticket,
        "event": of_event,
        "load": of_load,
        "scheduled_reply": of_scheduled_reply,
        "link_request": of_link_request,
    }
    start = starts.get(kind) if image else None
    return start() if start else []
