"""Signed reply addresses and links: capabilities for one ticket and one person.

Both are an HMAC-SHA256 over what they open, cut to 104 bits, in lower-case base32: mail systems
fold the case of addresses, and a local part may be at most 64 octets long (RFC 5321, 4.5.3.1.1).
For the same reason a person is named by the last ten characters of his id, its random part.
The key's version is part of the token, so that keys can be changed while old mails still work.
"""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from chalicelib.domain.errors import InvalidLink

LINK_LIFETIME = timedelta(days=30)
_SIGNATURE_BYTES = 13
_PERSON_CHARACTERS = 10
MAX_MAILBOX_CHARACTERS = 19
"""Local parts of mailboxes stay short, so that a token fits behind the plus sign.

With it there is room for 60 million tickets, 35 epochs and nine keys.
"""

MAX_SEEN = 36**2 - 1
"""Greatest content version in an agent's reply address: two characters of its local part."""

_MAX_TOKEN = 120
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TOKEN_SHAPE = re.compile(
    r"\b[lranus]\d{1,3}(?:-[0-9a-z]{1,12}){2,3}-[0-9a-z]{10}-[a-z2-7]{21}\b", re.IGNORECASE
)
_DAY_ZERO = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Keyring:
    """Signing keys by version; the highest version signs."""

    keys: Mapping[int, bytes]

    @property
    def current(self) -> int:
        return max(self.keys)


@dataclass(frozen=True, slots=True)
class Capability:
    """What a token opens: one ticket, for one person, until its epoch is raised."""

    number: int
    person: str
    epoch: int

    def is_for(self, person_id: str) -> bool:
        """Whether this was made for the person with this id."""
        return self.person == person_key(person_id)


@dataclass(frozen=True, slots=True)
class AgentCapability:
    """What the reply address of an agent's notification opens.

    Attributes:
        person: ``name_key`` of the agent's id.
        seen: the ticket's content version that the notification told of.
        as_note: his answer stays inside; else it goes to the customer.
    """

    number: int
    person: str
    seen: int
    as_note: bool


def name_key(name: str) -> str:
    """How an address, or an id without a random part, is named inside a token.

    >>> len(name_key("agent-1")), name_key("A@Example.test") == name_key("a@example.test")
    (10, True)
    """
    digest = hashlib.sha256(name.strip().casefold().encode()).digest()
    return base64.b32encode(digest).decode()[:_PERSON_CHARACTERS].lower()


def person_key(person_id: str) -> str:
    """How a person is named inside a token."""
    return person_id[-_PERSON_CHARACTERS:].lower()


def capability(number: int, person_id: str, epoch: int) -> Capability:
    """The right of one person to one ticket."""
    return Capability(number, person_key(person_id), epoch)


def reply_token(granted: Capability, keyring: Keyring) -> str:
    """The token in a reply address: it does not expire, raising the ticket's epoch revokes it."""
    return _signed(("r", granted.number, granted.epoch), granted.person, keyring)


def agent_token(granted: AgentCapability, keyring: Keyring) -> str:
    """The token in the reply address of an agent's notification.

    No epoch: an agent loses the right with his account. Versions beyond the greatest that fits the
    address all look like that one; then nobody can tell what the agent had seen.
    """
    use = "n" if granted.as_note else "a"
    seen = min(granted.seen, MAX_SEEN)
    return _signed((use, granted.number, seen), granted.person, keyring)


def read_agent_token(token: str, keyring: Keyring) -> AgentCapability:
    """What an agent's reply address opens.

    Raises:
        InvalidLink: it is not one that we made.
    """
    use = token.strip()[:1].lower()
    if use not in ("a", "n"):
        raise InvalidLink
    (number, seen), person = _read(use, 2, token, keyring)
    return AgentCapability(number, person, seen, as_note=use == "n")


def unfollow_token(granted: Capability, keyring: Keyring) -> str:
    """The token in the link by which a follower leaves a ticket; it opens nothing else."""
    return _signed(("u", granted.number, granted.epoch), granted.person, keyring)


def read_unfollow_token(token: str, keyring: Keyring) -> Capability:
    """Who wants to leave which ticket.

    Raises:
        InvalidLink: it is not one that we made.
    """
    (number, epoch), person = _read("u", 2, token, keyring)
    return Capability(number, person, epoch)


def rating_token(granted: Capability, keyring: Keyring) -> str:
    """The token in the question how our help was; it opens the answer to that, and no ticket.

    It does not end by itself: the ticket says for how long answers are taken.
    """
    return _signed(("s", granted.number, granted.epoch), granted.person, keyring)


def read_rating_token(token: str, keyring: Keyring) -> Capability:
    """Who says how the help on which ticket was. The caller compares the epoch with the ticket's.

    Raises:
        InvalidLink: it is not one that we made.
    """
    (number, epoch), person = _read("s", 2, token, keyring)
    return Capability(number, person, epoch)


def link_token(granted: Capability, keyring: Keyring, now: datetime) -> str:
    """The token in a link to the ticket's page, valid for 30 days from now."""
    last_day = (now + LINK_LIFETIME - _DAY_ZERO).days
    return _signed(("l", granted.number, granted.epoch, last_day), granted.person, keyring)


def read_reply_token(token: str, keyring: Keyring) -> Capability:
    """What a reply token opens.

    Raises:
        InvalidLink: it is not one that we made.
    """
    (number, epoch), person = _read("r", 2, token, keyring)
    return Capability(number, person, epoch)


def read_link_token(token: str, keyring: Keyring, now: datetime) -> Capability:
    """What a link opens. The caller still compares the epoch with the ticket's.

    Raises:
        InvalidLink: it is forged, cut or expired; the caller cannot tell which.
    """
    (number, epoch, last_day), person = _read("l", 3, token, keyring)
    if (now - _DAY_ZERO).days > last_day:
        raise InvalidLink
    return Capability(number, person, epoch)


def without_tokens(text: str) -> str:
    """A text with every token of ours made useless: people forward mails, quotes and all.

    >>> without_tokens("See https://desk.test/t/l1-rt-1-1yq-nwvv1dxd4t-xrwrltugxlux4tom4vssa now")
    'See https://desk.test/t/… now'
    >>> without_tokens("support+r1-rt-1-nwvv1dxd4t-ngfmd5a4s3sue7c6slpew@desk.test")
    'support+…@desk.test'
    """
    return _TOKEN_SHAPE.sub("…", text)


def sign_text(purpose: str, text: str, keyring: Keyring) -> str:
    """Sign a text that goes through somebody else's hands, for example a cursor or an upload."""
    payload = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return f"{payload}.{_mac(f'{purpose}|{keyring.current}|{text}', keyring, keyring.current)}"


def read_signed_text(purpose: str, token: str, keyring: Keyring) -> str:
    """The text that was signed for this purpose.

    Raises:
        InvalidLink: the token was changed or made for another purpose.
    """
    payload, _, signature = token.partition(".")
    try:
        text = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()
    except ValueError as error:
        raise InvalidLink from error
    for version in sorted(keyring.keys, reverse=True):
        expected = _mac(f"{purpose}|{version}|{text}", keyring, version)
        if hmac.compare_digest(signature.encode(), expected.encode()):
            return text
    raise InvalidLink


def _signed(opens: tuple[str | int, ...], person: str, keyring: Keyring) -> str:
    use, *numbers = opens
    body = "-".join([f"{use}{keyring.current}", *(_short(int(n)) for n in numbers), person])
    return f"{body}-{_mac(body, keyring, keyring.current)}"


def _read(use: str, count: int, token: str, keyring: Keyring) -> tuple[list[int], str]:
    body, _, signature = token.strip().lower().rpartition("-")
    head, *parts = body.split("-")
    if len(token) > _MAX_TOKEN or len(parts) != count + 1 or not head.startswith(use):
        raise InvalidLink
    try:
        version, numbers = int(head[1:]), [int(part, 36) for part in parts[:-1]]
    except ValueError as error:
        raise InvalidLink from error
    if version not in keyring.keys:
        raise InvalidLink
    if not hmac.compare_digest(signature.encode(), _mac(body, keyring, version).encode()):
        raise InvalidLink
    return numbers, parts[-1]


def _short(number: int) -> str:
    """A number in base 36: two characters less in an address than in decimal."""
    digits = _DIGITS[number % 36]
    while number := number // 36:
        digits = _DIGITS[number % 36] + digits
    return digits


def _mac(text: str, keyring: Keyring, version: int) -> str:
    digest = hmac.digest(keyring.keys[version], text.encode(), "sha256")
    return base64.b32encode(digest[:_SIGNATURE_BYTES]).decode().rstrip("=").lower()
