"""How the ledgers are stored: what makes an effect happen once."""

from pynamodb.attributes import (
    JSONAttribute,
    ListAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.items import Item


class ReceiptItem(Item):
    """A mail was taken: by delivery, and by content."""

    kind = UnicodeAttribute(default="receipt")
    number = IntegerAttribute(null=True)


class ThreadReferenceItem(Item):
    """A Message-ID leads to a ticket. Kept without end: people answer after years."""

    kind = UnicodeAttribute(default="msgid")
    number = IntegerAttribute()


class RememberedItem(Item):
    """The first answer to a request with an Idempotency-Key."""

    kind = UnicodeAttribute(default="idem")
    client = UnicodeAttribute()
    key = UnicodeAttribute()
    request_hash = UnicodeAttribute()
    answer = JSONAttribute()


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
    """Which message left under an id that SES gave."""

    kind = UnicodeAttribute(default="sent_ref")
    number = IntegerAttribute()
    message_id = UnicodeAttribute(default="")


class SuspendedItem(Item):
    """A mail that was kept but not let in."""

    kind = UnicodeAttribute(default="suspended")
    received_at = UTCDateTimeAttribute()
    reason = UnicodeAttribute()
    from_address = UnicodeAttribute(default="")
    subject = UnicodeAttribute(default="")
    size = IntegerAttribute(default=0)
    raw_key = UnicodeAttribute(default="")
    detail = UnicodeAttribute(default="")


class AcknowledgementsItem(Item):
    """When automatic mails went to one address, newest last.

    Attributes:
        revision: counts the writes, so that two at once cannot both find room.
    """

    kind = UnicodeAttribute(default="ack_limit")
    revision = IntegerAttribute(default=0)
    sent_at = ListAttribute(of=UTCDateTimeAttribute, default=list)


class LinkRequestItem(Item):
    """The last wish for a link from an address; the stream tells of it."""

    kind = UnicodeAttribute(default="link_request")
    request_id = UnicodeAttribute()
    address = UnicodeAttribute()
    language = UnicodeAttribute()
    requested_at = UTCDateTimeAttribute()
