"""The mail that somebody forwarded to the desk, out of the text or out of an enclosed mail."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo

from chalicelib.domain.inbound_mail import ForwardedMail, InboundMail, MailAddress
from chalicelib.html.clean import clean_html
from chalicelib.html.text import Line, html_to_lines, join_lines
from chalicelib.inbound_mail.addresses import parse_addresses
from chalicelib.inbound_mail.attributions import attribution
from chalicelib.inbound_mail.block_dates import block_date
from chalicelib.inbound_mail.header_fields import split_headers
from chalicelib.inbound_mail.parts import Part
from chalicelib.inbound_mail.quotes import (
    header_block,
    is_forward_end,
    is_forward_marker,
    is_original_marker,
    label_of,
)
from chalicelib.inbound_mail.reply_marks import FORWARD_PREFIXES, FROM, SENT, SUBJECT
from chalicelib.inbound_mail.reply_text import own_words
from chalicelib.inbound_mail.visible import Visible

_PREFIX = re.compile(r"\s*\[?([^\s:：\]]{1,16}) ?(?:\[\d{1,3}\])?[:：]")
_MAX_LINES = 400
_MAX_BELOW_MARKER = 4
_MAILTO = re.compile(r"\[(?:mailto:)?([^\]\s]+@[^\]\s]+)\]")
# What stands around the sender in an attribution or in a marker that names him.
_AROUND_SENDER = re.compile(
    r"(?<=>)[^<>]{0,40}\Z|^[-*_ ]{2,}(?:forwarded )?message from", re.IGNORECASE
)
_BEFORE_NAME = re.compile(r"^.*\d(?:\s?[AaPp]\.?[Mm]\b\.?)?[\s,]*")
# What stands between the header block and the first word: breaks, empty paragraphs, end tags.
_LEADING_BREAKS = re.compile(
    r"(?:\s|&nbsp;|<br\b[^>]{0,100}>|</[a-z][a-z0-9:]{0,20}\s*>"
    r"|<(?P<block>p|div)\b[^>]{0,200}>(?:\s|&nbsp;|</?o:p>|<br\b[^>]{0,100}>)*</(?P=block)>)+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Block:
    """Where a forward lies in the lines: its announcement, its header block, its text."""

    announced: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Forwarder:
    """What is known of the mail around the forward.

    ``date`` is aware or None, ``zone`` the offset of its Date field.
    """

    subject: str
    address: str
    name: str
    date: datetime | None
    zone: tzinfo


def is_forward_subject(subject: str) -> bool:
    """Whether the subject begins with a mail program's forward prefix.

    >>> is_forward_subject("WG: Rechnung"), is_forward_subject("Re: Fwd: x")
    (True, False)
    """
    match = _PREFIX.match(subject)
    return match is not None and match.group(1).casefold() in FORWARD_PREFIXES


def find_forward(
    by: Forwarder, visible: Visible, parts: list[Part], read: Callable[[bytes], InboundMail]
) -> ForwardedMail | None:
    """The mail that this one passes on, or None when it is no forward.

    Args:
        by: the mail around it.
        visible: what that mail says.
        parts: its parts.
        read: reads the bytes of an enclosed mail.
    """
    is_inside = [
        part for part in parts if part.content_type in ("message/rfc822", "message/global")
    ]
    if len(is_inside) == 1:
        found = _enclosed(by, visible, is_inside[0], read)
        if found is not None:
            return found
    return _inline(by, visible)


def _enclosed(
    by: Forwarder, visible: Visible, part: Part, read: Callable[[bytes], InboundMail]
) -> ForwardedMail | None:
    """An attached mail is a forward when the subject says so, or when there is nothing else."""
    note = own_words(visible.lines, by.name)
    announced = is_forward_subject(by.subject)
    if not announced and note and not _same_subject(by.subject, part):
        return None
    content, _ = part.content()
    mail = read(content)
    if not mail.from_address and not mail.subject and not mail.text:
        return None
    if not announced and mail.from_address.lower() == by.address.lower():
        # A letter of his own that he encloses.
        return None
    return ForwardedMail(
        address=mail.from_address,
        name=mail.from_name,
        subject=mail.subject,
        date=mail.date,
        text=mail.text,
        html_clean=mail.html_clean,
        note=note,
    )


def _same_subject(subject: str, part: Part) -> bool:
    """Whether the enclosed mail has the same subject: what some programs make of a forward."""
    content, _ = part.content()
    fields, _ = split_headers(content.lstrip(b"\r\n"), 0, len(content))
    inner = fields.text("subject")
    return bool(inner) and inner.casefold() == subject.casefold()


def _inline(by: Forwarder, visible: Visible) -> ForwardedMail | None:
    by_subject = is_forward_subject(by.subject)
    lines = visible.lines
    block = _find_block(lines, by_subject=by_subject)
    if block is None:
        return None
    sender, sent, subject = _said_by(lines[block.start : block.end])
    if sender is None:
        return None
    return ForwardedMail(
        address=sender.address,
        name=sender.name,
        subject=subject,
        date=block_date(sent, forwarded_at=by.date, zone=by.zone),
        text=_text_below(lines, block).strip(),
        html_clean=_html_below(visible.html, by_subject=by_subject),
        note=own_words(lines[: block.announced], by.name),
    )


def _find_block(lines: list[Line], *, by_subject: bool) -> _Block | None:
    """The first block that a forward marker or the subject announces; none behind a plain quote.

    An answer that quotes a forward is no forward, so the first quote decides.
    """
    for index, line in enumerate(lines[:_MAX_LINES]):
        text = line.text
        if not text.strip():
            continue
        if is_forward_marker(text) and (line.depth == 0 or by_subject):
            found = _block_below(lines, index)
            if found is not None:
                return found
            continue
        length = header_block(lines, index) if label_of(text) else 0
        count = 0 if length else attribution(lines, index)
        if by_subject and length:
            return _Block(_announced(lines, index), index, index + length)
        if by_subject and count and _names_address(lines[index - count + 1 : index + 1]):
            return _Block(index - count + 1, index - count + 1, index + 1)
        if not by_subject and (length or count or is_original_marker(text)):
            return None
    return None


def _names_address(lines: list[Line]) -> bool:
    return any("@" in line.text for line in lines)


def _announced(lines: list[Line], index: int) -> int:
    """Where the line stands that announces the block at ``index``: its own when there is none."""
    for above in range(index - 1, max(-1, index - 3), -1):
        if is_original_marker(lines[above].text):
            return above
    return index


def _block_below(lines: list[Line], marker: int) -> _Block | None:
    """The header block below a marker; an attribution, or the marker itself, may be all there is."""
    seen = 0
    for index in range(marker + 1, len(lines)):
        if not lines[index].text.strip():
            continue
        seen += 1
        if seen > _MAX_BELOW_MARKER:
            break
        if label_of(lines[index].text) is not None:
            length = header_block(lines, index, needed=2)
            if length:
                return _Block(marker, index, index + length)
        if attribution(lines, index):
            return _Block(marker, marker + 1, index + 1)
    if "@" in lines[marker].text:
        # "--- Forwarded message from Jo <jo@example.com> ---" and nothing else.
        return _Block(marker, marker, marker + 1)
    return None


def _values(block: list[Line]) -> dict[str, str]:
    """What stands behind each label; long values run over several lines."""
    values: dict[str, str] = {}
    current = ""
    for line in block:
        label = label_of(line.text)
        if label is not None:
            current = "" if label[0] in values else label[0]
            if current:
                values[current] = label[1].strip()
        elif current and line.text.strip():
            values[current] += " " + line.text.strip()
    return values


def _said_by(block: list[Line]) -> tuple[MailAddress | None, str, str]:
    """Sender, date and subject that a block names; the sender's address empty when it names none.

    Outlook writes ``Jo Doe [mailto:jo@example.com]``; Gmail's text has stars around names.
    """
    values = _values(block)
    written = values.get(FROM, "")
    if not values:
        written = _AROUND_SENDER.sub(" ", " ".join(line.text for line in block))
        values[SENT] = written
    found = parse_addresses(_MAILTO.sub(r"<\1>", written.replace("*", " ")))
    subject = values.get(SUBJECT, "")
    if found:
        name = found[0].name if FROM in values else _BEFORE_NAME.sub("", found[0].name)
        return MailAddress(found[0].address, name.strip()), values.get(SENT, ""), subject
    name = written.strip(" \t\"'<>[]")[:200] if FROM in values else ""
    return MailAddress("", name) if name else None, values.get(SENT, ""), subject


def _text_below(lines: list[Line], block: _Block) -> str:
    """The forwarded text, with the quote marks of the forward itself taken off.

    Where the forward was quoted as a whole, what stands less deep below it is the forwarder's.
    """
    below = _below(lines, block)
    depth = lines[block.end - 1].depth
    end = next(
        (at for at, line in enumerate(below) if line.text.strip() and line.depth < depth),
        len(below),
    )
    # Some clients quote the text and leave the block above it as it is.
    filled = [line.depth for line in below[:end] if line.text.strip()]
    depth = min(filled, default=0)
    return join_lines([line._replace(depth=max(line.depth - depth, 0)) for line in below[:end]])


def _below(lines: list[Line], block: _Block) -> list[Line]:
    start = block.end
    while start < len(lines) and not lines[start].text.strip():
        start += 1
    if start < len(lines) and is_forward_marker(lines[start].text):
        # Zoho writes its marker below the block too.
        start += 1
    end = next(
        (index for index in range(start, len(lines)) if is_forward_end(lines[index].text)),
        len(lines),
    )
    return lines[start:end]


def _html_below(html: str, *, by_subject: bool) -> str:
    """What follows the header block in the HTML, made safe; empty when it is not found there."""
    if not html:
        return ""
    lines = html_to_lines(html)
    block = _find_block(lines, by_subject=by_subject)
    if block is None or block.end >= len(lines):
        return ""
    rest = html[lines[block.end - 1].end :]
    match = _LEADING_BREAKS.match(rest)
    return clean_html(rest[match.end() :] if match else rest)
