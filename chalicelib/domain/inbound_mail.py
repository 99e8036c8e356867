"""A mail that reached the desk, as the parser hands it to the use cases.

Plain data only. How the bytes of a mail become this is the business of
``chalicelib/inbound_mail/mime.py``.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class MailAddress:
    """One mailbox as a header names it. The address is lower-cased in its domain only."""

    address: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class MailAttachment:
    """A file that came with a mail.

    Attributes:
        filename: safe to show and to offer for download; never empty, never a path.
        content_type: as the sender declared it, lower case. A claim, not a fact.
        size: bytes after decoding.
        content_id: without angle brackets; empty when the part has none. An inline picture is
            found by it (``cid:`` in the HTML).
        disposition: ``attachment`` or ``inline``.
    """

    filename: str
    content_type: str
    size: int
    content_id: str
    disposition: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class ForwardedMail:
    """The mail that somebody passed on to the desk, and what he wrote above it.

    Attributes:
        address: the original sender's; empty when the forward names him without one. A claim of
            the forwarder, never authenticated.
        name: the original sender's, as the forward shows it; may be empty.
        subject: the original subject; may be empty.
        date: aware, UTC; None when the forward names none or it cannot be told. Blocks that
            clients write name no zone and are taken in the forwarder's.
        text: what the original sender wrote, without the header block, quotes included.
        html_clean: the same, safe to show; empty when there is none or it could not be told apart.
        note: the forwarder's own words above, without signature; empty when there are none.
    """

    address: str
    name: str
    subject: str
    date: datetime | None
    text: str
    html_clean: str
    note: str


@dataclass(frozen=True, slots=True)
class InboundMail:
    """Everything the desk wants to know about one mail.

    Message ids stand without angle brackets. Lists keep the order of the header.

    Attributes:
        from_address: who wrote it, as far as the mail says: From, or what stands in for an absent
            or unreadable one. Empty when nothing names a sender. A claim, not a proof.
        header_from: the single address of the From header, the only one that DMARC speaks of.
            Empty when From is absent, unreadable or names several. Where it differs from
            ``from_address`` the sender is not authenticated, whatever the verdicts say.
        return_path: envelope sender as the header repeats it; ``<>`` for the null path, empty
            when there is no such header.
        date: aware, UTC; None when absent or unreadable.
        text: the whole plain text; made from the HTML when there is none.
        reply_text: only what this person newly wrote; the whole text when nothing would be left.
        html: as received; empty for a mail of plain text.
        html_clean: safe to show; inline pictures by ``cid:``, remote ones not loaded.
        is_auto_reply: written by a machine (vacation notice, acknowledgement, read receipt).
        is_bounce: a report that a mail could not be delivered, or a complaint about one.
        is_complaint: the recipient reported a mail of ours as spam (also ``is_bounce``).
        bounce_status: enhanced status code such as ``5.1.1``; empty when unknown.
        bounced_ids: Message-ID and References of the mail that came back.
        is_list: sent through a mailing list or in bulk.
        forwarded_from: address of the original sender when this mail is a forward.
        forwarded: the mail that was passed on, when this mail is a forward.
        asks_no_answer: no acknowledgement may be sent: automatic, bulk or list mail, a null return
            path, a sender that reads nothing, or a sender's wish. A person may have written it.
        is_forwarding_confirmation: a mail provider asks whether the desk wants the mails that
            somebody has told it to forward here. Recognised by the sender: believe it only when
            the sender is authenticated.
        confirmation_code: the code of that question; empty when there is none.
        confirmation_url: the link that answers it with yes; empty when there is none.
        language: two letters (ISO 639-1), a guess; None when there is too little text.
        headers: the few raw header values that later steps need, by lower-case name with
            underscores (``auto_submitted``, ``list_id``, ``x_loop``, ``delivered_to`` ...).
        received_count: number of Received headers; a loop makes it grow.
        defects: what was wrong with the mail and how it was taken, one word-like name each.
    """

    from_address: str
    from_name: str
    header_from: str
    sender: tuple[MailAddress, ...]
    to: tuple[MailAddress, ...]
    cc: tuple[MailAddress, ...]
    reply_to: tuple[MailAddress, ...]
    return_path: str
    subject: str
    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    date: datetime | None
    text: str
    reply_text: str
    html: str
    html_clean: str
    attachments: tuple[MailAttachment, ...]
    is_auto_reply: bool
    is_bounce: bool
    is_complaint: bool
    bounced_recipient: str | None
    bounce_status: str
    bounced_ids: tuple[str, ...]
    is_list: bool
    forwarded_from: str | None
    language: str | None
    headers: Mapping[str, str]
    received_count: int
    defects: tuple[str, ...]
    forwarded: ForwardedMail | None = None
    asks_no_answer: bool = False
    is_forwarding_confirmation: bool = False
    confirmation_code: str = ""
    confirmation_url: str = ""
