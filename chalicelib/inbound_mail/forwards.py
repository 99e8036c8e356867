"""Who wrote the mail that somebody forwarded to the desk."""

import re

from chalicelib.html.text import Line
from chalicelib.inbound_mail.addresses import parse_addresses
from chalicelib.inbound_mail.header_fields import split_headers
from chalicelib.inbound_mail.parts import Part
from chalicelib.inbound_mail.quotes import header_block, is_forward_marker, label_of
from chalicelib.inbound_mail.reply_marks import FORWARD_PREFIXES, FROM

_PREFIX = re.compile(r"\s*\[?([^\s:：\]]{1,16}) ?(?:\[\d{1,3}\])?[:：]")
_MAX_LINES = 400


def is_forward_subject(subject: str) -> bool:
    """Whether the subject begins with a mail program's forward prefix.

    >>> is_forward_subject("WG: Rechnung"), is_forward_subject("Re: Fwd: x")
    (True, False)
    """
    match = _PREFIX.match(subject)
    return match is not None and match.group(1).casefold() in FORWARD_PREFIXES


def forwarded_from(subject: str, lines: list[Line], parts: list[Part]) -> str | None:
    """Address of the original sender, from the enclosed mail or the block that clients write."""
    by_subject = is_forward_subject(subject)
    has_text = any(line.text.strip() for line in lines)
    mails = [part for part in parts if part.content_type in ("message/rfc822", "message/global")]
    if len(mails) == 1 and (by_subject or not has_text):
        return _sender_of(mails[0])
    return _from_block(lines[:_MAX_LINES], by_subject=by_subject)


def _sender_of(part: Part) -> str | None:
    content, _ = part.content()
    fields, _ = split_headers(content.lstrip(b"\r\n"), 0, len(content))
    found = parse_addresses(fields.plain("from"), fields.decode)
    return found[0].address if found else None


def _from_block(lines: list[Line], *, by_subject: bool) -> str | None:
    """The From of the first block that a forward marker or the subject announces."""
    marked = by_subject
    for index, line in enumerate(lines):
        if not line.text.strip():
            continue
        if is_forward_marker(line.text):
            marked = True
            continue
        if marked and label_of(line.text) is not None:
            length = header_block(lines, index)
            if length:
                return _from_value(lines[index : index + length])
    return None


def _from_value(block: list[Line]) -> str | None:
    for position, line in enumerate(block):
        label = label_of(line.text)
        if label is None or label[0] != FROM:
            continue
        # Long names push the address to the next line.
        following = block[position + 1].text if position + 1 < len(block) else ""
        joined = label[1] if label_of(following) else f"{label[1]} {following}"
        found = parse_addresses(_bracketed(joined))
        return found[0].address if found else None
    return None


def _bracketed(value: str) -> str:
    """Outlook writes ``Jo Doe [mailto:jo@example.com]``; Gmail's text has stars around names."""
    return re.sub(r"\[(?:mailto:)?([^\]\s]+@[^\]\s]+)\]", r"<\1>", value.replace("*", " "))
