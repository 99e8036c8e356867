"""The local bridge stores and announces a mail, or loses the announcement when a test asks for it."""

import pytest

from infra.local.mail_servers import Bridge

RAW = b"From: a@example.com\r\nSubject: Printer\r\n\r\nIt does not print.\r\n"


class Kept:
    """A bucket and a queue in one: what was put and what was sent."""

    def __init__(self):
        self.objects = {}
        self.sent = []

    def put_object(self, *, Bucket, Key, Body):  # noqa: N803 - boto3's names
        self.objects[Key] = Body

    def send_message(self, *, QueueUrl, MessageBody):  # noqa: N803 - boto3's names
        self.sent.append(MessageBody)


@pytest.fixture
def kept():
    return Kept()


def received(kept, raw):
    bridge = Bridge(s3=kept, sqs=kept, bucket="raw", queue_url="url", domains=("desk.example.com",))
    return bridge.receive("a@example.com", ["support@desk.example.com"], raw)


@pytest.mark.row("K7")
def test_a_mail_is_stored_and_announced(kept):
    mail_id = received(kept, RAW)
    assert kept.objects[mail_id].endswith(RAW)
    assert len(kept.sent) == 1


@pytest.mark.row("K1")
def test_a_mail_whose_announcement_is_to_be_lost_is_stored_only(kept):
    mail_id = received(kept, b"X-Local-Drop-Notification: yes\r\n" + RAW)
    assert kept.objects[mail_id].endswith(RAW)
    assert kept.sent == []
