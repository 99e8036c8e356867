"""The mail that came back, as it stands inside a delivery report."""

import re

from chalicelib.inbound_mail.bounce_recipients import address_in
from chalicelib.inbound_mail.header_fields import HeaderFields, split_headers
from chalicelib.inbound_mail.identifiers import id_list, message_id
from chalicelib.inbound_mail.parts import Part, parse_parts, walk

MAX_PARTS = 60

_MAX_PROSE = 200_000
_MAX_ENCLOSED = 5
_ENCLOSED_ID = re.compile(r"^\s*message-id:\s*<([^<>\s]{3,300})>", re.IGNORECASE | re.MULTILINE)
_SERVED_FOR = re.compile(r"\bfor <([^<>\s@]{1,64}@[^<>\s@]{1,200})>")
_ID_FIELDS = ("original-message-id", "x-original-message-id")
_LIST_FIELDS = ("list-id", "list-post", "x-beenthere")


def enclosed_report(parts: list[Part]) -> list[Part]:
    """The parts of a report that a virus gateway has put whole into another mail."""
    enclosed = [part for part in parts if part.content_type == "message/rfc822" and part.depth <= 1]
    for part in enclosed[:_MAX_ENCLOSED]:
        inner = parse_parts(part.content()[0].lstrip(b"\r\n"), [])
        if inner.parameter("report-type").lower() == "delivery-status":
            return walk(inner)[:MAX_PARTS]
    return []


def recipient_of_enclosed(parts: list[Part]) -> str | None:
    """To whom the mail that came back was sent; To of a list's mail is the list."""
    for enclosed in _enclosed(parts):
        if any(enclosed.raw(name) for name in _LIST_FIELDS):
            served = _SERVED_FOR.search(enclosed.plain("received"))
            if served:
                return served.group(1)
        for name in ("to", "x-original-to", "delivered-to", "cc"):
            found = address_in(enclosed.plain(name))
            if found:
                return found
    return None


def _enclosed(parts: list[Part]) -> list[HeaderFields]:
    """Header fields of the mails enclosed, whole or only their headers."""
    found = []
    for part in parts:
        if part.content_type in (
            "message/rfc822",
            "text/rfc822-headers",
            "message/rfc822-headers",
            "message/global",
            "message/partial",
            "message/global-headers",
        ):
            content, _ = part.content()
            found.append(split_headers(content.lstrip(b"\r\n"), 0, len(content))[0])
    return found[:_MAX_ENCLOSED]


def original_ids(parts: list[Part], report: list[HeaderFields], prose: str) -> tuple[str, ...]:
    """Ids by which the mail that came back can be found: its own first, then what it answered."""
    ids = [own for block in report for name in _ID_FIELDS for own in id_list(block, name)]
    for enclosed in _enclosed(parts):
        own = message_id(enclosed)
        ids += [own] if own else []
        ids += id_list(enclosed, "references")
    ids += _ENCLOSED_ID.findall(prose[:_MAX_PROSE])
    return tuple(dict.fromkeys(ids))
