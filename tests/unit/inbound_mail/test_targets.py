"""How many of the odd mails are read rightly, within what time and memory: the promised shares."""

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from chalicelib.inbound_mail.mime import parse_mail
from tests.unit.inbound_mail.expectations import MAILS, expectation, found

ROOT = Path(__file__).parents[3]
SECONDS, MEGABYTES = 5, 512
# What is counted together, and how much of it must be right.
GROUPS = {
    "subject": (("subject",), 100),
    "sender": (("from_address", "from_name", "header_from", "sender"), 100),
    "attachments": (("attachments",), 100),
    "reply_text": (("reply_text",), 95),
    "automatic and bounces": (
        ("is_auto_reply", "is_bounce", "is_complaint", "bounced_recipient", "bounce_status"),
        98,
    ),
    "forwards": (("forwarded_from", "forwarded"), 95),
}


@pytest.fixture(scope="module")
def read_mails():
    return {path: parse_mail(path.read_bytes()) for path in MAILS}


@pytest.mark.row(26)
@pytest.mark.parametrize("group", GROUPS)
def test_the_promised_share_of_odd_mails_is_read_rightly(group, read_mails, figure):
    names, percent = GROUPS[group]
    right = wrong = 0
    for path, mail in read_mails.items():
        expected = {name: value for name, value in expectation(path).items() if name in names}
        if expected:
            is_right = all(found(mail, name, value) == value for name, value in expected.items())
            right, wrong = right + is_right, wrong + (not is_right)
    share = 100 * right / (right + wrong)
    figure(f"odd mails, {group}", f"{right} of {right + wrong} = {share:.1f} %", f"{percent} %")
    assert share >= percent


@pytest.mark.row(26)
def test_every_odd_mail_is_read_within_its_time_and_memory(figure):
    limit = SECONDS * len(MAILS)
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.inbound_mail.test_targets"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
        timeout=limit,
    )
    said = json.loads(done.stdout)
    slowest = f"{said['seconds']:.2f} s, {said['megabytes']:.0f} MB"
    figure("odd mails, parsed", f"{said['parsed']} of {len(MAILS)}", "all")
    figure("odd mails, slowest and all their memory", slowest, f"{SECONDS} s, {MEGABYTES} MB")
    assert said["parsed"] == len(MAILS)
    assert said["seconds"] < SECONDS
    assert said["megabytes"] < MEGABYTES


def _read_all() -> dict[str, float]:
    """All mails in this process, the memory limited, and the processor time of the slowest."""
    limit = 4 * MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    slowest, parsed = 0.0, 0
    for path in MAILS:
        raw = path.read_bytes()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
        mail = parse_mail(raw)
        slowest = max(slowest, resource.getrusage(resource.RUSAGE_SELF).ru_utime - before)
        parsed += not any(defect.startswith("unreadable-") for defect in mail.defects)
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"parsed": parsed, "seconds": slowest, "megabytes": megabytes}


if __name__ == "__main__":
    print(json.dumps(_read_all()))  # noqa: T201
