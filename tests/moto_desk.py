"""The live ports over a table in moto; mails, files and queues in memory, and a clock that stands."""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from typing import Any

import pytest
from moto import mock_aws

from chalicelib import bootstrap
from chalicelib.bootstrap import LivePorts
from chalicelib.settings import settings
from chalicelib.usecases.change_settings import seed_settings
from tests.fakes import (
    FakeClock,
    FakeComposer,
    FakeFiles,
    FakeJobs,
    FakeMailSender,
    FakeRawMails,
)
from tests.storage.desks import make_table

_HOURS = {
    day: [{"opens": "00:00", "closes": "00:00"}] for day in ("mon", "tue", "wed", "thu", "fri")
}
_DEPARTMENTS = ("support", "billing", "sales")
SET_UP: dict[str, Any] = {
    "desk": {"id": "desk", "name": "Example Desk"},
    "calendars": [{"id": "week", "name": "Week", "time_zone": "UTC", "hours": _HOURS}],
    "sla_policies": [
        {
            "id": "std",
            "name": "Standard",
            "calendar_id": "week",
            "minutes": {"normal": {"first_response": 60, "next_response": 60, "resolution": 480}},
        }
    ],
    "mailboxes": [
        {"id": n, "address": f"{n}@desk.example.com", "name": n, "department_id": n}
        for n in _DEPARTMENTS
    ],
    "departments": [
        {"id": n, "name": n, "mailbox_id": n, "sla_policy_id": "std"} for n in _DEPARTMENTS
    ],
    "topics": [{"id": "fault", "department_id": "support", "names": {"en": "Fault"}}],
    "agents": [
        {
            "id": "rui", "name": "Rui Example", "email": "rui@example.org", "subject": "sub-rui",
            "departments": ["support"], "capacity": 50,
        },
        {
            "id": "eva", "name": "Eva Example", "email": "eva@example.org", "subject": "sub-eva",
            "departments": list(_DEPARTMENTS), "capacity": 0,
        },
    ],
}  # fmt: skip


class MotoPorts(LivePorts):
    """What is not DynamoDB is in memory."""

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.files = FakeFiles()
        self.raw_mails = FakeRawMails()
        self.mail_sender = FakeMailSender()
        self.composer = FakeComposer()
        self.jobs = FakeJobs()

    @property
    def client(self) -> Any:
        """The table's botocore client, for hooks."""
        return self._table.connection.client

    @property
    def table_name(self) -> str:
        """The table of this desk."""
        return self._table.name

    def items(self) -> list[dict[str, Any]]:
        """Everything in the table, for comparisons."""
        found = self.client.scan(TableName=self.table_name)["Items"]
        return sorted(found, key=lambda item: (item["pk"]["S"], item["sk"]["S"]))


_seeded: list[dict[str, Any]] = []
"""The items of the set-up, once they were made."""


def _seed(ports: MotoPorts) -> None:
    """Making the set-up takes longer than most tests: from the second desk on its items are put there."""
    if not _seeded:
        seed_settings(ports, deepcopy(SET_UP))
        ports.secrets.keyring()
        _seeded.extend(ports.items())
        return
    puts = [{"PutRequest": {"Item": item}} for item in _seeded]
    for start in range(0, len(puts), 25):
        written = puts[start : start + 25]
        ports.client.batch_write_item(RequestItems={ports.table_name: written})


@contextmanager
def desk_on_moto() -> Iterator[MotoPorts]:
    """A seeded desk behind every route and handler, with the set-up and the keys already read."""
    with mock_aws(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("TABLE_NAME", make_table())
        settings.cache_clear()
        ports = MotoPorts()
        _seed(ports)
        ports.settings.desk()
        ports.secrets.keyring()
        patch.setattr(bootstrap, "ports", lambda: ports)
        yield ports
    settings.cache_clear()


def ses_notification(
    ses_id: str, recipient: str, sender: str = "ana@example.com"
) -> dict[str, Any]:
    """What SES tells of a stored mail that passed every check."""
    passed = {"status": "PASS"}
    verdicts = ("spamVerdict", "virusVerdict", "spfVerdict", "dkimVerdict", "dmarcVerdict")
    return {
        "notificationType": "Received",
        "mail": {
            "timestamp": "2026-03-02T09:00:00.000Z",
            "messageId": ses_id,
            "source": sender,
        },
        "receipt": {
            "recipients": [recipient],
            **dict.fromkeys(verdicts, passed),
            "action": {"type": "S3", "objectKey": f"raw/{ses_id}"},
        },
    }


def raw_mail(number: int = 1, **headers: str) -> bytes:
    """A short plain mail as it comes over the wire."""
    fields = {
        "From": "Ana Example <ana@example.com>",
        "To": "support@desk.example.com",
        "Subject": "Printer on fire",
        "Message-ID": f"<m{number}@mail.example.com>",
        "Date": "Mon, 02 Mar 2026 08:59:00 +0000",
        "Content-Type": "text/plain; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{head}\r\nIt burns, part {number}.\r\n".encode()
