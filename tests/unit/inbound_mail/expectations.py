"""The odd mails of ``tests/fixtures/mail`` and what is expected of each, compared field by field."""

import json
from dataclasses import fields
from pathlib import Path

from chalicelib.domain.inbound_mail import ForwardedMail, InboundMail

MAILS = sorted((Path(__file__).parents[2] / "fixtures" / "mail").glob("*.eml"))


def expectation(path: Path) -> dict[str, object]:
    """What is expected of a mail: only the fields that its oddity is about."""
    return json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


def found(mail: InboundMail, name: str, expected: object) -> object:
    """One field of a mail in the form that JSON has, cut down to what the expectation names."""
    if name == "defects_include":
        return sorted(set(expected) & set(mail.defects), key=expected.index)
    if name == "attachments":
        wanted = [*expected, *[{}] * len(mail.attachments)]
        return [
            {key: getattr(file, key) for key in keys}
            for file, keys in zip(mail.attachments, wanted, strict=False)
        ]
    value = _plain(getattr(mail, name), name)
    if name == "forwarded" and isinstance(value, dict) and expected:
        return {key: value[key] for key in expected}
    return value


def _plain(value: object, name: str) -> object:
    if name in ("to", "cc", "reply_to", "sender"):
        return [box.address for box in value]
    if name == "date":
        return value.isoformat() if value else None
    if isinstance(value, ForwardedMail):
        return {part.name: _plain(getattr(value, part.name), part.name) for part in fields(value)}
    return list(value) if isinstance(value, tuple) else value
