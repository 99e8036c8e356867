"""How mails that leave are stored: what was sent, to whom automatically, and who gets nothing."""

from pynamodb.attributes import (
    JSONAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.persistence.attributes import EnumAttribute, IntegerAttribute
from chalicelib.persistence.items import Item
from chalicelib.usecases.ports import SuppressionReason


class SentMailItem(Item):
    """One mail that leaves.

    Attributes:
        state: ``sending`` until SES took it, then ``sent``.
        lease_until: until when one worker has it for himself.
    """

    kind = UnicodeAttribute(default="sent_mail")
    state = UnicodeAttribute()
    lease_until = UTCDateTimeAttribute()
    ses_id = UnicodeAttribute(default="")


class SentReferenceItem(Item):
    """Which mail left under an id that SES gave, and with which message."""

    kind = UnicodeAttribute(default="sent_ref")
    number = IntegerAttribute()
    message_id = UnicodeAttribute(default="")
    key = UnicodeAttribute(default="")


class AcknowledgementsItem(Item):
    """When automatic mails went to one address.

    Attributes:
        revision: counts the writes, so that two at once cannot both find room.
        mails: ISO time by the mail's key, so that a mail that is tried again counts once.
    """

    kind = UnicodeAttribute(default="ack_limit")
    revision = IntegerAttribute(default=0)
    mails = JSONAttribute(default=dict)


class SuppressedAddressItem(Item):
    """An address that gets no mail of ours."""

    kind = UnicodeAttribute(default="suppressed_address")
    address = UnicodeAttribute()
    reason = EnumAttribute(SuppressionReason)
    since = UTCDateTimeAttribute()
    detail = UnicodeAttribute(default="")
    number = IntegerAttribute(default=0)


class StrikesItem(Item):
    """When mail to an address failed for a reason that may pass.

    Attributes:
        failures: ISO time by what told of it, so that the same news counts once.
    """

    kind = UnicodeAttribute(default="strikes")
    revision = IntegerAttribute(default=0)
    failures = JSONAttribute(default=dict)


class OutcomeItem(Item):
    """News of a mail that made its address suppressed; the same news does so once."""

    kind = UnicodeAttribute(default="outcome")


class JobFailuresItem(Item):
    """How often a job failed for a reason that does not pass by itself."""

    kind = UnicodeAttribute(default="job_failures")
    times = IntegerAttribute(default=0)
