"""SES, SQS, S3 and Cognito as the desk uses them, on moto."""

import base64
import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import boto3
import pytest
from botocore.awsrequest import AWSResponse
from moto import mock_aws

from chalicelib.domain.errors import MailRefused, NotFound, Unavailable
from chalicelib.gateways import aws
from chalicelib.gateways.clock import SystemClock
from chalicelib.gateways.files import S3Files, disposition
from chalicelib.gateways.identities import CognitoIdentities
from chalicelib.gateways.ids import UlidFactory
from chalicelib.gateways.raw_mails import S3RawMails
from chalicelib.gateways.ses import SESSender
from chalicelib.gateways.sqs import SQSJobs
from chalicelib.settings import settings
from chalicelib.usecases.jobs import AssignTicket, ProjectTicket, WakeTicket
from chalicelib.usecases.ports import StoredFile

RAW = b"From: help@desk.example.com\r\nTo: ana@example.com\r\nSubject: Hi\r\n\r\nHello\r\n"


@pytest.fixture(autouse=True)
def cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    """An empty AWS with two buckets, two queues and a verified mail domain."""
    with mock_aws():
        for bucket in ("raw-mails", "files"):
            boto3.client("s3").create_bucket(Bucket=bucket)
        queues = boto3.client("sqs")
        timers = queues.create_queue(QueueName="timers")["QueueUrl"]
        fifo = {"FifoQueue": "true"}
        projection = queues.create_queue(QueueName="projection.fifo", Attributes=fifo)["QueueUrl"]
        boto3.client("ses").verify_domain_identity(Domain="desk.example.com")
        for name, value in {
            "RAW_MAIL_BUCKET": "raw-mails",
            "FILES_BUCKET": "files",
            "TIMERS_QUEUE_URL": timers,
            "PROJECTION_QUEUE_URL": projection,
        }.items():
            monkeypatch.setenv(name, value)
        _forget()
        yield monkeypatch
    _forget()


def _forget() -> None:
    settings.cache_clear()
    aws.forget_clients()


def _answers_always(client: Any, operation: str, code: str, status: int = 400) -> None:
    """Every such call is answered with this error, and nothing is sent."""
    service = client.meta.service_model.service_name
    said = {
        "Error": {"Code": code, "Message": code},
        "ResponseMetadata": {"HTTPStatusCode": status},
    }
    client.meta.events.register(
        f"before-call.{service}.{operation}",
        lambda **_: (AWSResponse("", status, {}, None), said),
    )


def received(url: str) -> list[dict[str, Any]]:
    """What is on a queue."""
    answer = boto3.client("sqs").receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, MessageSystemAttributeNames=["All"]
    )
    return [dict(message) for message in answer.get("Messages", [])]


def test_jobs_go_to_the_queue_of_their_name() -> None:
    jobs = [WakeTicket(number=n) for n in range(23)]
    SQSJobs().send(jobs)
    found = {
        json.loads(message["Body"])["number"]
        for _ in range(4)
        for message in received(settings().timers_queue_url)
    }
    assert found == set(range(23))


def test_jobs_of_one_group_keep_their_order_and_come_once() -> None:
    jobs = [ProjectTicket(number=7, version=v, image={"pk": {"S": "x"}}) for v in (1, 2, 2)]
    SQSJobs().send(jobs)
    messages = received(settings().projection_queue_url)
    assert [json.loads(message["Body"])["version"] for message in messages] == [1, 2]
    assert {message["Attributes"]["MessageGroupId"] for message in messages} == {"ticket:7"}


def test_large_jobs_travel_in_several_calls() -> None:
    image = {"text": {"S": "x" * 300_000}}
    SQSJobs().send([ProjectTicket(number=n, version=1, image=image) for n in range(7)])
    queue = boto3.client("sqs").get_queue_attributes(
        QueueUrl=settings().projection_queue_url, AttributeNames=["ApproximateNumberOfMessages"]
    )
    assert queue["Attributes"]["ApproximateNumberOfMessages"] == "7"


def test_no_job_is_no_call() -> None:
    _answers_always(aws.sqs(), "SendMessageBatch", "EmptyBatchRequest")
    SQSJobs().send([])


def test_a_job_that_was_not_taken_is_unavailable() -> None:
    client = aws.sqs()
    failed = {"Failed": [{"Id": "0", "Code": "InternalError", "SenderFault": False}]}
    client.meta.events.register(
        "before-call.sqs.SendMessageBatch", lambda **_: (AWSResponse("", 200, {}, None), failed)
    )
    with pytest.raises(Unavailable, match="InternalError"):
        SQSJobs().send([WakeTicket(number=1)])


def test_a_queue_that_throttles_is_unavailable() -> None:
    _answers_always(aws.sqs(), "SendMessageBatch", "RequestThrottled")
    with pytest.raises(Unavailable):
        SQSJobs().send([WakeTicket(number=1)])


def test_a_job_without_a_queue_is_a_fault_of_ours() -> None:
    _answers_always(aws.sqs(), "SendMessageBatch", "AccessDenied", 403)
    with pytest.raises(aws.sqs().exceptions.ClientError):
        SQSJobs().send([AssignTicket(number=1, department_id="support", cause="01")])


@pytest.mark.row(26)
def test_a_mail_leaves_and_its_id_is_bare() -> None:
    ses_id = SESSender().send(RAW, sender="help@desk.example.com", recipient="ana@example.com")
    assert ses_id
    assert not set("<>@") & set(ses_id)


def test_the_configuration_set_is_named_where_there_is_one(cloud: pytest.MonkeyPatch) -> None:
    cloud.setenv("SES_CONFIGURATION_SET", "desk-mails")
    _forget()
    sent: list[Any] = []
    aws.ses().meta.events.register(
        "provide-client-params.ses.SendRawEmail", lambda params, **_: sent.append(params)
    )
    boto3.client("ses").create_configuration_set(ConfigurationSet={"Name": "desk-mails"})
    SESSender().send(RAW, sender="help@desk.example.com", recipient="ana@example.com")
    assert sent[0]["ConfigurationSetName"] == "desk-mails"
    assert sent[0]["Destinations"] == ["ana@example.com"]


def test_a_sender_that_is_not_ours_is_refused_for_good() -> None:
    with pytest.raises(MailRefused):
        SESSender().send(RAW, sender="help@other.example.org", recipient="ana@example.com")


@pytest.mark.parametrize(
    ("code", "status", "error"),
    [
        ("MessageRejected", 400, MailRefused),
        ("MailFromDomainNotVerifiedException", 400, MailRefused),
        ("Throttling", 400, Unavailable),
        ("AccountSendingPausedException", 400, Unavailable),
        ("AccessDenied", 403, Unavailable),
        ("ServiceUnavailable", 503, Unavailable),
    ],
)
def test_what_ses_says_is_final_or_passes(code: str, status: int, error: type[Exception]) -> None:
    _answers_always(aws.ses(), "SendRawEmail", code, status)
    with pytest.raises(error):
        SESSender().send(RAW, sender="help@desk.example.com", recipient="ana@example.com")


def test_raw_mails_are_read_and_missing_ones_are_told() -> None:
    boto3.client("s3").put_object(Bucket="raw-mails", Key="in/abc", Body=RAW)
    assert S3RawMails().read("in/abc") == RAW
    with pytest.raises(NotFound):
        S3RawMails().read("in/xyz")


def test_a_mail_that_may_not_be_read_is_not_taken_for_a_missing_one() -> None:
    _answers_always(aws.s3(), "GetObject", "AccessDenied", 403)
    with pytest.raises(aws.s3().exceptions.ClientError):
        S3RawMails().read("in/abc")


def test_an_upload_is_bound_to_key_type_size_and_five_minutes() -> None:
    url, fields = S3Files().upload_slot("uploads/01A", content_type="image/png", size=12)
    policy = json.loads(base64.b64decode(fields["policy"]))
    conditions = policy["conditions"]
    assert ["content-length-range", 12, 12] in conditions
    assert {"key": "uploads/01A"} in conditions
    assert {"Content-Type": "image/png"} in conditions
    assert {"bucket": "files"} in conditions
    assert fields["key"] == "uploads/01A"
    assert "pending" in fields["tagging"]
    assert fields["x-amz-algorithm"] == "AWS4-HMAC-SHA256"
    assert urlsplit(url).scheme == "https"


def test_what_was_uploaded_is_found_and_kept() -> None:
    s3 = boto3.client("s3")
    s3.put_object(
        Bucket="files", Key="uploads/01A", Body=b"x" * 12, ContentType="image/png",
        Tagging="state=pending",
    )  # fmt: skip
    files = S3Files()
    assert files.find("uploads/01A") == StoredFile(12, "image/png")
    files.keep(["uploads/01A"])
    files.keep([])
    assert s3.get_object_tagging(Bucket="files", Key="uploads/01A")["TagSet"] == [
        {"Key": "state", "Value": "kept"}
    ]


@pytest.mark.parametrize("code", ["403", "404"])
def test_a_file_that_is_not_there_is_none_with_or_without_the_right_to_list(code: str) -> None:
    _answers_always(aws.s3(), "HeadObject", code, int(code))
    assert S3Files().find("uploads/01A") is None


def test_a_bucket_in_trouble_is_unavailable() -> None:
    _answers_always(aws.s3(), "HeadObject", "503", 503)
    with pytest.raises(Unavailable):
        S3Files().find("uploads/01A")


def test_files_are_stored_and_read() -> None:
    S3Files().put("mails/01A/1", b"bytes", "text/plain; charset=utf-8")
    assert S3Files().read("mails/01A/1") == b"bytes"
    assert S3Files().find("mails/01A/1") == StoredFile(5, "text/plain; charset=utf-8")


@pytest.mark.row("J15")
def test_a_download_never_displays_and_ends_within_a_minute() -> None:
    url = S3Files().download_url(
        "uploads/01A", filename="relatório.html", content_type="text/html", seconds=3600
    )
    query = parse_qs(urlsplit(url).query)
    assert query["X-Amz-Expires"] == ["60"]
    assert query["response-content-disposition"] == [disposition("relatório.html")]
    assert query["X-Amz-Algorithm"] == ["AWS4-HMAC-SHA256"]


@pytest.mark.parametrize(
    "filename", ['a"b.txt', "a\r\nSet-Cookie: x.txt", "a\\b;c.txt", "发票.pdf", "😀.png"]
)
def test_a_file_name_cannot_break_out_of_its_header(filename: str) -> None:
    header = disposition(filename)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
    assert "\\" not in header


def test_in_an_emulator_the_bucket_is_in_the_path(cloud: pytest.MonkeyPatch) -> None:
    cloud.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:4566")
    _forget()
    url, _ = S3Files().upload_slot("uploads/01A", content_type="image/png", size=12)
    assert url == "http://127.0.0.1:4566/files"


def test_a_person_is_invited_once(cloud: pytest.MonkeyPatch) -> None:
    pool = boto3.client("cognito-idp").create_user_pool(
        PoolName="agents",
        UsernameAttributes=["email"],
        UsernameConfiguration={"CaseSensitive": False},
    )
    cloud.setenv("USER_POOL_ID", pool["UserPool"]["Id"])
    _forget()
    first = CognitoIdentities().ensure(email="Rui@example.org", name="Rui Example")
    again = CognitoIdentities().ensure(email="rui@example.org", name="Rui Example")
    assert first == again != ""


def test_without_a_user_pool_nobody_is_invited() -> None:
    assert CognitoIdentities().ensure(email="rui@example.org", name="Rui Example") == ""


def test_ids_sort_in_the_order_they_were_made(cloud: pytest.MonkeyPatch) -> None:
    factory = UlidFactory()
    ids = [factory.new() for _ in range(1000)]
    cloud.setattr("chalicelib.gateways.ids.time.time_ns", lambda: 0)
    ids.extend(factory.new() for _ in range(10))
    assert ids == sorted(set(ids))
    assert {len(id_) for id_ in ids} == {26}


def test_the_clock_tells_utc() -> None:
    offset = SystemClock().now().utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 0
