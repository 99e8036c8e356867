"""The mails as they came, in the bucket that SES writes to."""

from chalicelib.domain.errors import NotFound
from chalicelib.gateways import aws
from chalicelib.settings import settings


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
