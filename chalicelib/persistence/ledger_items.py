"""How the ledgers are stored: what makes an effect happen once."""

from pynamodb.attributes import (
    JSONAttribute,
    UnicodeAttribute,
    UTCDateTimeAttribute,
)

from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.items import Item


class ReceiptItem(Item):
    """A mail was taken: by delivery, and by content.

    Attributes:
        number: of its ticket; null for a mail that was kept out.
        entry: the message that it became, or the suspended mail; empty for a bounce.
    """

    kind = UnicodeAttribute(default="receipt")
    number = IntegerAttribute(null=True)
    entry = UnicodeAttribute(default="")


class TallyItem(Item):
    """How often something happened within an hour."""

    kind = UnicodeAttribute(default="tally")
    times = IntegerAttribute(default=0)


class TagItem(Item):
    """How often a tag was given to a ticket."""

    kind = UnicodeAttribute(default="tag")
    times = IntegerAttribute(default=0)


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
    text = UnicodeAttribute(default="")
    confirmation_code = UnicodeAttribute(default="")
    confirmation_url = UnicodeAttribute(default="")
    delivery = JSONAttribute(default=dict)


class ForwardingCheckItem(Item):
    """A mail that was sent to a forwarded address, and whether it came back."""

    kind = UnicodeAttribute(default="forwarding_check")
    check_id = UnicodeAttribute()
    mailbox_id = UnicodeAttribute()
    sent_at = UTCDateTimeAttribute()
    arrived_at = UTCDateTimeAttribute(null=True)


class LinkRequestItem(Item):
    """The last wish for a link from an address; the stream tells of it."""

    kind = UnicodeAttribute(default="link_request")
    request_id = UnicodeAttribute()
    address = UnicodeAttribute()
    language = UnicodeAttribute()
    requested_at = UTCDateTimeAttribute()
