"""Headers of a mail that leaves: who, to whom, in which thread, and whether a machine wrote it."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from email import policy
from email._header_value_parser import TokenList
from email.headerregistry import Address, HeaderRegistry
from email.parser import BytesHeaderParser
from email.policy import EmailPolicy
from email.utils import format_datetime, getaddresses
from typing import Any

from chalicelib.domain.errors import MailRefused
from chalicelib.domain.letter import AUTOMATIC, CONVERSATION, Letter, LetterKind
from chalicelib.domain.ticket import MAX_REFERENCES
from chalicelib.gateways.mail_subjects import sender_of
from chalicelib.translations import translator

_MAX_ID_CHARACTERS = 500
_MAX_NAME_CHARACTERS = 120
_MAX_SUBJECT_CHARACTERS = 250
_URL = re.compile(r"https?://[!-;=?-~]+")
_ID = re.compile(r"[!-;=?-~]+@[!-;=?-~]+")
# Dot-atoms only (RFC 5321): quoted local parts are read differently by every server on the way.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_RE = re.compile(r"^\s*(?:re|res|aw)\s*:\s*", re.IGNORECASE)
_ANSWERS_A_REQUEST = frozenset({LetterKind.ACKNOWLEDGEMENT, LetterKind.FRESH_LINKS})


class _Verbatim:
    """References, In-Reply-To and List-Unsubscribe: folded between words only.

    The standard library takes these headers for free text, and turns an id or an address that is
    longer than a line into encoded words, which no mail client reads (CPython issue 79986).
    """

    max_count = 1

    @staticmethod
    def parse(value: str, keywords: dict[str, Any]) -> None:
        """Take the words as they are."""
        keywords["parse_tree"] = TokenList()
        keywords["decoded"] = value

    def fold(self, *, policy: EmailPolicy) -> str:
        """One word a line."""
        ids = f"{policy.linesep} ".join(str(self).split())
        return f"{self.name}: {ids}{policy.linesep}"  # type: ignore[attr-defined]


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    for name in ("references", "in-reply-to", "list-unsubscribe"):
        registry.map_to_type(name, _Verbatim)  # type: ignore[arg-type]
    return registry


# Seven bits: a mail passes servers that know nothing else, and DKIM signatures survive them.
POLICY = policy.SMTP.clone(cte_type="7bit", header_factory=_registry())


def headers_of(letter: Letter, subject: str, now: datetime) -> Iterator[tuple[str, str | Address]]:
    """All headers but those of the content, in the order in which people read them."""
    yield "From", _address(sender_of(letter, translator(letter.language)), letter.from_address)
    yield "To", _address(letter.to_name, letter.to_address)
    if letter.reply_to:
        yield "Reply-To", _address("", letter.reply_to)
    yield "Subject", _subject(letter, subject)
    yield "Date", format_datetime(now)
    own = _ids([letter.own_id])
    if own:
        yield "Message-ID", own[0]
    yield from _thread_headers(letter, own)
    yield from _machine_headers(letter)
    yield from _leaving_headers(letter)


def addresses_in(raw: bytes) -> list[str]:
    """Every recipient that a mail server would find in the headers of these bytes."""
    headers = BytesHeaderParser(policy=policy.compat32).parsebytes(raw)
    fields = [str(value) for name in ("To", "Cc", "Bcc") for value in headers.get_all(name, [])]
    return [address for _, address in getaddresses(fields)]


def flat(text: str, most: int) -> str:
    r"""A text that is safe in a header: one line, no controls, nothing that reads as encoded.

    ``=?`` would be decoded by whoever parses the header, this library included, and what it hides
    may hold line breaks or commas (CVE-2024-6923, CVE-2026-1299).

    >>> flat("a\r\nBcc: b =?utf-8?q?c?=", 99)
    'a Bcc: b = ?utf-8?q?c? ='
    """
    printable = "".join(c if c.isprintable() else " " for c in text[: most * 4])
    harmless = printable.replace("=?", "= ?").replace("?=", "? =")
    return " ".join(harmless.split())[:most].strip()


def _subject(letter: Letter, subject: str) -> str:
    if letter.kind not in CONVERSATION:
        return flat(subject, _MAX_SUBJECT_CHARACTERS)
    # Mail clients thread by the subject too, so it stays as it was, with one "Re: ".
    bare = flat(subject, _MAX_SUBJECT_CHARACTERS)
    while _RE.match(bare):
        bare = _RE.sub("", bare, count=1)
    return f"Re: {bare}"


def ascii_address(address: str) -> str:
    """An address as mail servers write it: a domain in another script becomes ``xn--``.

    Raises:
        MailRefused: it is no address, or one that SES does not take.
    """
    local, _, domain = address.rpartition("@")
    try:
        whole = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        whole = ""
    if not _ADDRESS.fullmatch(whole):
        reason = "An address is not of the form name@domain."
        raise MailRefused(reason)
    return whole


def _address(name: str, address: str) -> Address:
    return Address(flat(name, _MAX_NAME_CHARACTERS), addr_spec=ascii_address(address))


def _thread_headers(letter: Letter, own: Sequence[str]) -> Iterator[tuple[str, str]]:
    answered = _ids([letter.in_reply_to])
    if answered:
        yield "In-Reply-To", answered[0]
    chain = [known for known in _ids(letter.references) if known not in own]
    if len(chain) >= MAX_REFERENCES:
        chain = [chain[0], *chain[-(MAX_REFERENCES - 2) :]]
    if chain or own:
        # Our own id goes along: SES replaces Message-ID, and answers must still lead back here.
        yield "References", " ".join([*chain, *own])


def _machine_headers(letter: Letter) -> Iterator[tuple[str, str]]:
    """What keeps other machines from answering (RFC 3834), and our own from looping."""
    if letter.kind in AUTOMATIC:
        kind = "auto-replied" if letter.kind in _ANSWERS_A_REQUEST else "auto-generated"
        yield "Auto-Submitted", kind
        yield "X-Auto-Response-Suppress", "All"
        yield "Precedence", "bulk"
    else:
        yield "X-Auto-Response-Suppress", "OOF, AutoReply"
    if letter.kind is LetterKind.FOLLOWER_COPY:
        # A person wrote it, but not to this one: vacation notices leave such mail alone.
        yield "Precedence", "list"
    if letter.instance:
        yield "X-Chamado-Loop", flat(letter.instance, _MAX_NAME_CHARACTERS)


def _leaving_headers(letter: Letter) -> Iterator[tuple[str, str]]:
    """One click to get no more of it (RFC 8058); SES signs both headers with DKIM."""
    address = letter.unsubscribe_url
    if address and _URL.fullmatch(address):
        yield "List-Unsubscribe", f"<{address}>"
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _ids(bare: Sequence[str]) -> list[str]:
    """Message-IDs in brackets; what strangers sent and is no id is left out."""
    stripped = (text.strip().removeprefix("<").removesuffix(">") for text in bare)
    whole = (i for i in stripped if len(i) <= _MAX_ID_CHARACTERS and _ID.fullmatch(i))
    return [f"<{identifier}>" for identifier in dict.fromkeys(whole)]
