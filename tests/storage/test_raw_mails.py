"""The bucket of raw mails, on moto."""

import uuid
from collections.abc import Iterator
from datetime import UTC

import boto3
import pytest
from moto import mock_aws

from chalicelib.domain.errors import NotFound
from chalicelib.gateways import aws
from chalicelib.gateways.raw_mails import S3RawMails
from chalicelib.settings import settings


@pytest.fixture(autouse=True)
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    # A name of its own: within the table's session moto forgets nothing between tests.
    name = f"raw-{uuid.uuid4().hex}"
    with mock_aws():
        boto3.client("s3").create_bucket(Bucket=name)
        monkeypatch.setenv("RAW_MAIL_BUCKET", name)
        settings.cache_clear()
        aws.forget_clients()
        yield
    settings.cache_clear()
    aws.forget_clients()


def put(key: str, raw: bytes = b"raw") -> None:
    boto3.client("s3").put_object(Bucket=settings().raw_mail_bucket, Key=key, Body=raw)


def test_a_mail_is_read_as_it_came() -> None:
    put("a", b"Subject: \xff\r\n\r\n")

    assert S3RawMails().read("a") == b"Subject: \xff\r\n\r\n"


def test_a_mail_that_is_not_there_says_so() -> None:
    with pytest.raises(NotFound):
        S3RawMails().read("a")


def test_an_empty_bucket_is_one_empty_page() -> None:
    assert S3RawMails().list_page("") == ([], "")


@pytest.mark.row("J5")
def test_every_mail_is_listed_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    names = sorted(f"{position:04x}" for position in range(25))
    for name in names:
        put(name)
    _with_pages_of(10)

    found, cursor, pages = [], "", 0
    while pages == 0 or cursor:
        page, cursor = S3RawMails().list_page(cursor)
        found.extend(mail.key for mail in page)
        pages += 1

    assert (found, pages) == (names, 3)


def test_a_listed_mail_has_its_size_and_when_it_came() -> None:
    put("a", b"12345")

    ((mail,), _) = S3RawMails().list_page("")

    assert (mail.key, mail.ses_id, mail.size) == ("a", "a", 5)
    assert mail.stored_at.tzinfo is UTC


def _with_pages_of(most: int) -> None:
    """Fewer than S3's thousand at once."""

    def shorten(params: dict[str, object], **_: object) -> dict[str, object]:
        return {**params, "MaxKeys": most}

    aws.s3().meta.events.register("provide-client-params.s3.ListObjectsV2", shorten)
