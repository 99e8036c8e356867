"""Every odd mail of ``tests/fixtures/mail`` is read as the expectation beside it says.

A fixture is named by its oddity. Its expectation names only the fields that the oddity is about;
``defects_include`` lists defects that must be among those found.
"""

from pathlib import Path

import pytest

from chalicelib.inbound_mail.mime import parse_mail
from tests.unit.inbound_mail.expectations import MAILS, expectation, found


@pytest.mark.row(26)
@pytest.mark.parametrize("path", MAILS, ids=[path.stem for path in MAILS])
def test_odd_mail_is_read_as_expected(path: Path) -> None:
    mail = parse_mail(path.read_bytes())
    expected = expectation(path)
    assert not any(defect.startswith("unreadable-") for defect in mail.defects)
    assert {name: found(mail, name, wanted) for name, wanted in expected.items()} == expected
    assert all(file.size == len(file.content) for file in mail.attachments)
