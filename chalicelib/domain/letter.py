"""A mail that leaves the desk, before it is put into words and bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from chalicelib.domain.desk import DeskProfile, NoticeKind
from chalicelib.domain.ticket import Message


class LetterKind(StrEnum):
    """What a mail is for; each has its own template."""

    ACKNOWLEDGEMENT = "acknowledgement"
    PUBLIC_REPLY = "public_reply"
    RULE_REPLY = "rule_reply"
    FOLLOWER_COPY = "follower_copy"
    FRESH_LINKS = "fresh_links"
    SATISFACTION = "satisfaction"
    STEP_ASSIGNED = "step_assigned"
    STEP_RESOLVED = "step_resolved"
    STEP_REOPENED = "step_reopened"
    AGENT_ASSIGNED = "agent_assigned"
    AGENT_AT_RISK = "agent_at_risk"
    AGENT_BREACHED = "agent_breached"
    AGENT_TIME_RULE = "agent_time_rule"
    AGENT_CUSTOMER_WROTE = "agent_customer_wrote"
    AGENT_NOT_DELIVERED = "agent_not_delivered"
    AGENT_ANSWER_KEPT = "agent_answer_kept"
    AGENT_SCHEDULED_HELD = "agent_scheduled_held"
    AGENT_MENTIONED = "agent_mentioned"
    AGENT_REMINDED = "agent_reminded"
    AGENT_RATED_BADLY = "agent_rated_badly"
    AGENT_DIGEST = "agent_digest"
    FORWARDING_CHECK = "forwarding_check"


_BY_PEOPLE = frozenset({LetterKind.PUBLIC_REPLY, LetterKind.FOLLOWER_COPY})
CONVERSATION = _BY_PEOPLE | {LetterKind.RULE_REPLY}
"""Mails that carry a message of the ticket; they keep the conversation's subject."""

AUTOMATIC = frozenset(LetterKind) - _BY_PEOPLE
"""Mails that no person wrote carry Auto-Submitted, so that no machine answers them (RFC 3834)."""


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file that travels with the mail."""

    filename: str
    content_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class LetterLink:
    """An address with the words that stand for it, for example a ticket's subject."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class LetterNotice:
    """One line of a digest: what happened on which ticket."""

    kind: NoticeKind
    number: int
    subject: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one person.

    Attributes:
        from_name: display name, for example "Agent (Desk)"; ``from_address`` is the mailbox. For
            what a customer wrote it is his name, and the desk is named behind it.
        reply_to: the signed reply address; empty for mails that nobody should answer.
        subject: as the conversation has it; "Re: " is put before it where the kind answers.
        own_id: our own Message-ID without brackets, put into References: SES replaces the real one.
        unsubscribe_url: where this person leaves, by one click; empty where there is nothing to
            leave.
        message: what is said, for a public reply, a follower's copy or an agent to answer.
        everybody: all who get what this mail says; empty when it is only its recipient.
        history: earlier public messages that this person has had, newest first, to be quoted.
        facts: values for the words of the template (number, due time, target, expectation ...).
        oversized: files that are too large to travel and are linked instead; without an address
            where this person has no page to get them from.
    """

    kind: LetterKind
    language: str
    desk: DeskProfile
    to_name: str
    to_address: str
    from_name: str
    from_address: str
    subject: str
    reply_to: str = ""
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    own_id: str = ""
    instance: str = ""
    page_url: str = ""
    unsubscribe_url: str = ""
    message: Message | None = None
    history: tuple[Message, ...] = ()
    everybody: tuple[str, ...] = ()
    files: tuple[LetterFile, ...] = ()
    oversized: tuple[LetterLink, ...] = ()
    links: tuple[LetterLink, ...] = ()
    notices: tuple[LetterNotice, ...] = ()
    facts: Mapping[str, str] = field(default_factory=dict)
