"""SQS records about stored mails: fetch, parse, let in.

The notification is SES's own (by way of SNS); it has the envelope and the verdicts, and names the
object where the raw mail is. Should it be lost, the sweep names the object only. One record is one
mail: a bad one comes back alone.
"""

import json
from datetime import UTC, datetime
from typing import Any

from chalicelib import bootstrap
from chalicelib.batches import Record, body_of, work_through
from chalicelib.domain.delivery import Delivery
from chalicelib.domain.threading import Verdict
from chalicelib.inbound_mail.mime import parse_mail
from chalicelib.inbound_mail.stored_mail import delivery_of_raw
from chalicelib.usecases.mail_in.release import let_in
from chalicelib.usecases.receive_mail import receive_mail

_LEAVES_ITS_RECEIPT = frozenset({"message", "ticket", "note"})


def handle(event: dict[str, Any]) -> dict[str, Any]:
    """Entry of the ``inbound_mail`` function."""
    return work_through(event, _work)


def _work(record: Record) -> dict[str, object]:
    said = body_of(record)
    if "Message" in said and "receipt" not in said:
        said = json.loads(said["Message"])
    ports = bootstrap.ports()
    if mail_id := said.get("suspended_mail"):
        outcome = let_in(ports, mail_id, parse_mail)
        return {"job": "let_in_mail", "ticket": outcome.number, "outcome": outcome.what}
    if place := said.get("stored_mail"):
        raw = ports.raw_mails.read(place["key"])
        stored_at = datetime.fromisoformat(place["stored_at"]).astimezone(UTC)
        delivery = delivery_of_raw(raw, place["key"], stored_at)
    elif said.get("notificationType") == "Received":
        delivery = delivery_of(said)
        raw = ports.raw_mails.read(delivery.raw_key)
    else:
        return {"job": "inbound_mail", "outcome": "not a mail"}
    outcome = receive_mail(ports, delivery, parse_mail(raw), len(raw))
    if outcome.what not in _LEAVES_ITS_RECEIPT:
        # It may be another delivery that has the receipt; this one is accounted for too.
        ports.mail_accounts.note_without_entry(delivery.ses_id, ports.clock.now())
    return {
        "job": "inbound_mail",
        "mail": delivery.ses_id,
        "bytes": len(raw),
        "ticket": outcome.number,
        "outcome": outcome.what,
        "reason": outcome.reason,
    }


def delivery_of(said: dict[str, Any]) -> Delivery:
    """The envelope and the verdicts of SES's notification.

    https://docs.aws.amazon.com/ses/latest/dg/receiving-email-notifications-contents.html
    """
    mail, receipt = said["mail"], said["receipt"]
    timestamp = datetime.fromisoformat(str(mail["timestamp"]))
    return Delivery(
        ses_id=str(mail["messageId"]),
        raw_key=str(receipt["action"]["objectKey"]),
        received_at=timestamp.astimezone(UTC),
        envelope_sender=str(mail.get("source", "")),
        recipients=tuple(str(address) for address in receipt.get("recipients", ())),
        spam=_verdict(receipt, "spamVerdict"),
        virus=_verdict(receipt, "virusVerdict"),
        spf=_verdict(receipt, "spfVerdict"),
        dkim=_verdict(receipt, "dkimVerdict"),
        dmarc=_verdict(receipt, "dmarcVerdict"),
        dmarc_policy=str(receipt.get("dmarcPolicy", "")).lower(),
    )


def _verdict(receipt: dict[str, Any], name: str) -> Verdict:
    """A verdict that we do not know counts as not passed."""
    said = str(receipt.get(name, {}).get("status", "")).upper()
    return Verdict(said) if said in Verdict.__members__ else Verdict.PROCESSING_FAILED
