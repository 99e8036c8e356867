"""What SES says of a mail, read from the mail itself, for when its announcement is lost.

SES writes a block of headers on top of what came in: Return-Path, its own Received, the verdicts.
A sender can write headers of the same names, but only below that block.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from chalicelib.domain.delivery import Delivery
from chalicelib.domain.threading import Verdict

_MAX_BLOCK = 32_000
_BLOCK = ("return-path", "received", "x-ses-spam-verdict", "x-ses-virus-verdict", "received-spf",
          "authentication-results", "x-ses-receipt")  # fmt: skip
"""In SES's order. Its receipt ends the block; behind it may stand anything."""

_HEADER = re.compile(rb"([!-9;-~]{1,80}):[ \t]*((?:[^\r\n]*)(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|\Z)")
_BY_SES = re.compile(r"\bby inbound-smtp\.[a-z0-9-]+\.amazonaws\.com\b")
_FOR = re.compile(r"\bfor <?([^\s<>;]+@[^\s<>;]+)>?;")
_SPF = re.compile(r"\s*amazonses\.com;\s*spf=([a-z]+)")
_DKIM = re.compile(r";\s*dkim=([a-z]+)")
_DMARC = re.compile(r"(?:^|;)\s*dmarc=([a-z]+)(?: \([^()]*\))?(?: header\.from=[^\s;]+)?;?\s*\Z")

_UNKNOWN = Verdict.PROCESSING_FAILED
_MEANING = {
    "pass": Verdict.PASS,
    "fail": Verdict.FAIL,
    "softfail": Verdict.FAIL,
    "bestguesspass": Verdict.GRAY,
    "none": Verdict.GRAY,
    "neutral": Verdict.GRAY,
    "policy": Verdict.GRAY,
}


def delivery_of_raw(raw: bytes, key: str, stored_at: datetime) -> Delivery:
    """Envelope and verdicts as far as SES's own block tells them; never raises.

    What the block does not tell is ``PROCESSING_FAILED``, which counts as not passed. SES names
    one envelope recipient only; of the others the mail's own headers must do.

    Args:
        key: of the object, which SES names after its id of the mail.
        stored_at: when the object was stored; SES stores a mail as soon as it has it.
    """
    block = ses_block(raw)
    results = block.get("authentication-results", "").casefold()
    # The greeting and the envelope sender are quoted in the results of SPF, and the sender chooses
    # them: SPF is read before them, the rest behind.
    rest = f";{results.rpartition(' helo=')[2]}"
    recipients = _FOR.findall(block.get("received", ""))
    return Delivery(
        ses_id=key.rpartition("/")[2],
        raw_key=key,
        received_at=stored_at,
        envelope_sender=block.get("return-path", "").strip().strip("<>"),
        recipients=tuple(recipients[-1:]),
        spam=_named(block.get("x-ses-spam-verdict", "")),
        virus=_named(block.get("x-ses-virus-verdict", "")),
        spf=_meant(_SPF.match(results)),
        dkim=_meant(_DKIM.search(rest)),
        dmarc=_meant(_DMARC.search(rest)),
    )


def ses_block(raw: bytes) -> dict[str, str]:
    """SES's own headers by name in small letters; empty when the mail does not begin with them.

    They stand on top, in one order, each once, and end with SES's receipt. A mail whose block has
    no end is believed nothing: what looks like the rest of it could be the sender's.
    """
    block: dict[str, str] = {}
    expected = list(_BLOCK)
    for name, value in _headers(raw[:_MAX_BLOCK]):
        if name not in expected:
            return {}
        del expected[: expected.index(name) + 1]
        block[name] = value
        if name == "received" and not _BY_SES.search(value):
            return {}
        if not expected:
            return block if "received" in block else {}
    return {}


def _headers(head: bytes) -> Iterator[tuple[str, str]]:
    at = 0
    while found := _HEADER.match(head, at):
        at = found.end()
        value = re.sub(r"\r?\n[ \t]+", " ", found.group(2).decode("utf-8", "replace"))
        yield found.group(1).decode("ascii").casefold(), value


def _meant(found: re.Match[str] | None) -> Verdict:
    return _MEANING.get(found.group(1), _UNKNOWN) if found else _UNKNOWN


def _named(said: str) -> Verdict:
    said = said.strip().upper()
    return Verdict(said) if said in Verdict.__members__ else _UNKNOWN
