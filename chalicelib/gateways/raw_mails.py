"""The mails as they came, in the bucket that SES writes to."""

from collections.abc import Sequence
from datetime import UTC

from chalicelib.domain.errors import NotFound
from chalicelib.gateways import aws
from chalicelib.settings import settings
from chalicelib.usecases.ports import StoredMail


class S3RawMails:
    """The bucket of raw mails."""

    def read(self, key: str) -> bytes:
        """The raw bytes.

        Raises:
            NotFound: there is no such mail.
            Unavailable: S3 did not answer.
        """
        client = aws.s3()
        try:
            with aws.translated("S3"):
                answer = client.get_object(Bucket=settings().raw_mail_bucket, Key=key)
                return answer["Body"].read()
        except client.exceptions.NoSuchKey as error:
            raise NotFound("Mail", key) from error

    def list_page(self, cursor: str) -> tuple[Sequence[StoredMail], str]:
        """Up to a thousand mails in the order of their keys, and the next cursor. One call.

        The keys are ids of SES and say nothing of time: whoever looks for the newest lists all.

        Raises:
            Unavailable: S3 did not answer.
        """
        bucket = settings().raw_mail_bucket
        with aws.translated("S3"):
            # After a key and not by S3's own token, which cannot be empty for "from the start".
            page = aws.s3().list_objects_v2(Bucket=bucket, StartAfter=cursor)
        found = [
            StoredMail(one["Key"], one["LastModified"].astimezone(UTC), one["Size"])
            for one in page.get("Contents", ())
        ]
        return found, found[-1].key if page["IsTruncated"] and found else ""
