"""Every odd mail of ``tests/fixtures/mail`` is read as the expectation beside it says.

A fixture is named by its oddity. Its expectation names only the fields that the oddity is about;
``defects_include`` lists defects that must be among those found.
"""

import json
from dataclasses import fields
from pathlib import Path

import pytest

from chalicelib.domain.inbound_mail import ForwardedMail
from chalicelib.inbound_mail.mime import InboundMail, parse_mail

MAILS = sorted((Path(__file__).parents[2] / "fixtures" / "mail").glob("*.eml"))


def as_plain_data(mail: InboundMail | ForwardedMail, name: str) -> object:
    """One field of a mail in the form that JSON has."""
    value = getattr(mail, name)
    if name in ("to", "cc", "reply_to", "sender"):
        return [box.address for box in value]
    if name == "date":
        return value.isoformat() if value else None
    if isinstance(value, ForwardedMail):
        return {part.name: as_plain_data(value, part.name) for part in fields(value)}
    return list(value) if isinstance(value, tuple) else value


def check_attachments(mail: InboundMail, expected: list[dict[str, object]]) -> None:
    """Compare only what the expectation names of each file."""
    found = [
        {key: getattr(file, key) for key in wanted}
        for file, wanted in zip(mail.attachments, expected, strict=False)
    ]
    assert found == expected
    assert len(mail.attachments) == len(expected)
    assert all(file.size == len(file.content) for file in mail.attachments)


@pytest.mark.row(26)
@pytest.mark.parametrize("path", MAILS, ids=[path.stem for path in MAILS])
def test_odd_mail_is_read_as_expected(path: Path) -> None:
    mail = parse_mail(path.read_bytes())
    expected = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    check_attachments(mail, expected.pop("attachments")) if "attachments" in expected else None
    missing = set(expected.pop("defects_include", ())) - set(mail.defects)
    assert not missing
    assert not any(defect.startswith("unreadable-") for defect in mail.defects)
    found = {name: as_plain_data(mail, name) for name in expected}
    if isinstance(found.get("forwarded"), dict) and expected["forwarded"]:
        found["forwarded"] = {name: found["forwarded"][name] for name in expected["forwarded"]}
    assert found == expected
