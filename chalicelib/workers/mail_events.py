"""What SES says of mails that left: through SNS, so the notification may be wrapped."""

import json
from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, body_of, work_through
from chalicelib.usecases.mail_events import note_mail_event


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``mail_events`` function."""
    return work_through(event, _work)


def _work(record: Record) -> dict[str, object]:
    said = body_of(record)
    if "Message" in said and "mail" not in said:
        said = json.loads(said["Message"])
    # Event publishing says eventType, identity notifications say notificationType.
    kind = str(said.get("eventType") or said.get("notificationType") or "")
    noted = note_mail_event(bootstrap.ports(), kind, str(said.get("mail", {}).get("messageId", "")))
    return {"job": "mail_event", "event": kind, "outcome": "noted" if noted else "not ours"}
