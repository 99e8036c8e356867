"""Attachments and long texts, in the files bucket. Browsers talk to S3 themselves, by signature."""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import quote

from botocore.exceptions import ClientError

from chalicelib.gateways import aws
from chalicelib.settings import settings
from chalicelib.usecases.ports import StoredFile

if TYPE_CHECKING:
    from mypy_boto3_s3.type_defs import TagTypeDef

_UPLOAD_SECONDS = 300
_LONGEST_DOWNLOAD_SECONDS = 60
_MOST_REMOVED = 1000
_PENDING = "<Tagging><TagSet><Tag><Key>state</Key><Value>pending</Value></Tag></TagSet></Tagging>"
"""A lifecycle rule of the bucket deletes what carries this tag and was never sent."""

_KEPT: "TagTypeDef" = {"Key": "state", "Value": "kept"}

# Without the right to list the bucket, S3 says "forbidden" of a key that does not exist.
_ABSENT = frozenset({"403", "404", "AccessDenied", "NoSuchKey", "NotFound"})


class S3Files:
    """The files bucket."""

    def upload_slot(
        self, key: str, *, content_type: str, size: int
    ) -> tuple[str, Mapping[str, str]]:
        """URL and form fields of a presigned POST, bound to key, type and exact size.

        Valid for five minutes. The file is marked as pending until ``keep`` is called.
        """
        fields = {"Content-Type": content_type, "tagging": _PENDING}
        answer = aws.s3().generate_presigned_post(
            settings().files_bucket,
            key,
            Fields=dict(fields),
            Conditions=[
                {"Content-Type": content_type},
                {"tagging": _PENDING},
                ["content-length-range", size, size],
            ],
            ExpiresIn=_UPLOAD_SECONDS,
        )
        return answer["url"], answer["fields"]

    def find(self, key: str) -> StoredFile | None:
        """What was uploaded under a key.

        Raises:
            Unavailable: S3 did not answer.
        """
        try:
            with aws.translated("S3"):
                head = aws.s3().head_object(Bucket=settings().files_bucket, Key=key)
        except ClientError as error:
            if error.response["Error"]["Code"] in _ABSENT:
                return None
            raise
        return StoredFile(head["ContentLength"], head["ContentType"])

    def keep(self, keys: Sequence[str]) -> None:
        """These uploads now belong to a message and no longer expire. Safe to repeat.

        Raises:
            Unavailable: S3 did not answer.
        """
        if not keys:
            return
        client = aws.s3()

        def mark(key: str) -> None:
            with aws.translated("S3"):
                client.put_object_tagging(
                    Bucket=settings().files_bucket, Key=key, Tagging={"TagSet": [_KEPT]}
                )

        with ThreadPoolExecutor(max_workers=len(keys)) as pool:
            list(pool.map(mark, keys))

    def remove(self, keys: Sequence[str]) -> None:
        """Take files away, with all their versions that the bucket keeps for a while anyway.

        Safe to repeat.

        Raises:
            Unavailable: S3 did not answer.
        """
        client = aws.s3()
        for start in range(0, len(keys), _MOST_REMOVED):
            chosen = keys[start : start + _MOST_REMOVED]
            with aws.translated("S3"):
                client.delete_objects(
                    Bucket=settings().files_bucket,
                    Delete={"Objects": [{"Key": key} for key in chosen], "Quiet": True},
                )

    def put(self, key: str, content: bytes, content_type: str) -> None:
        """Store a file; the same key again overwrites with the same.

        Raises:
            Unavailable: S3 did not answer.
        """
        with aws.translated("S3"):
            aws.s3().put_object(
                Bucket=settings().files_bucket, Key=key, Body=content, ContentType=content_type
            )

    def read(self, key: str) -> bytes:
        """The bytes of a file.

        Raises:
            Unavailable: S3 did not answer.
        """
        with aws.translated("S3"):
            answer = aws.s3().get_object(Bucket=settings().files_bucket, Key=key)
            return answer["Body"].read()

    def download_url(self, key: str, *, filename: str, content_type: str, seconds: int) -> str:
        """A short-lived address that downloads and never displays.

        Args:
            seconds: how long it works, at most 60.
        """
        return aws.s3().generate_presigned_url(
            "get_object",
            Params={
                "Bucket": settings().files_bucket,
                "Key": key,
                "ResponseContentDisposition": disposition(filename),
                "ResponseContentType": content_type,
            },
            ExpiresIn=min(seconds, _LONGEST_DOWNLOAD_SECONDS),
        )


def disposition(filename: str) -> str:
    r"""The header that makes a browser save a file under its name, as RFC 6266 has it.

    The plain name is for old programs and keeps to letters that need no quoting.

    >>> disposition("relatório.pdf")
    'attachment; filename="relat_rio.pdf"; filename*=UTF-8\'\'relat%C3%B3rio.pdf'
    """
    plain = "".join(c if c.isascii() and (c.isalnum() or c in " ._-()") else "_" for c in filename)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(filename, safe='')}"
