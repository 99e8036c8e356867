"""Message ids and dates out of their header fields."""

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_tz

from chalicelib.inbound_mail.header_fields import HeaderFields

MAX_IDS = 100
_BRACKETED = re.compile(r"<([^<>]{1,998})>")
_BLANKS = re.compile(r"\s+")
_ISO = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?"
)


def message_id(fields: HeaderFields) -> str:
    """The Message-ID without angle brackets; empty when absent."""
    found = _ids(fields.plain("message-id"))
    return found[0] if found else ""


def id_list(fields: HeaderFields, name: str) -> tuple[str, ...]:
    """Ids of In-Reply-To or References in order, at most 100 (the first and the last ones)."""
    found: list[str] = []
    for raw in fields.all_raw(name):
        found.extend(_ids(fields.decode_raw(raw)))
    unique = list(dict.fromkeys(found))
    if len(unique) > MAX_IDS:
        unique = unique[:1] + unique[-(MAX_IDS - 1) :]
    return tuple(unique)


def _ids(value: str) -> list[str]:
    bracketed = [_BLANKS.sub("", found) for found in _BRACKETED.findall(value)]
    bracketed = [found for found in bracketed if found]
    if bracketed:
        return bracketed
    # No brackets at all: whatever looks like an id.
    words = value.replace(",", " ").split()
    if len(words) == 1:
        return [words[0].strip("<>\"'")] if words[0].strip("<>\"'") else []
    return [word.strip("<>\"';") for word in words if "@" in word.strip("<>\"'")]


def mail_date(fields: HeaderFields, defects: list[str]) -> datetime | None:
    """The Date field as UTC; None when absent or unreadable."""
    value = fields.text("date")
    if not value:
        defects.append("date-missing")
        return None
    parsed = rfc_date(value[:200]) or iso_date(value[:200])
    if parsed is None:
        defects.append("date-unreadable")
    return parsed


def mail_zone(fields: HeaderFields) -> tzinfo:
    """The offset that the Date field names; UTC when it names none."""
    try:
        parts = parsedate_tz(fields.text("date")[:200])
        return timezone(timedelta(seconds=parts[9] or 0)) if parts else UTC
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return UTC


def rfc_date(value: str) -> datetime | None:
    """A date of RFC 5322 as UTC; None when it cannot be read."""
    try:
        parts = parsedate_tz(value)
        if parts is None:
            return None
        moment = datetime(*parts[:6], tzinfo=UTC)
        return moment - timedelta(seconds=parts[9] or 0)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        # CPython raises all of these on dates from real mails.
        return None


def iso_date(value: str) -> datetime | None:
    """The first date in the form of ISO 8601 as UTC; None when there is none."""
    match = _ISO.search(value)
    if match is None:
        return None
    text = "{}-{}-{}T{}:{}:".format(*match.groups()[:5]) + (match.group(6) or "00")
    zone = (match.group(7) or "+00:00").replace("Z", "+00:00")
    try:
        return datetime.fromisoformat(text + zone).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
