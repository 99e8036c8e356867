"""The three buckets: mails as they came, files of tickets, the console's static files."""

from aws_cdk import Duration, RemovalPolicy
from aws_cdk import aws_s3 as s3
from constructs import Construct

# A file that was uploaded and never sent with a message.
PENDING_TAG = {"state": "pending"}


def _expiring_after(days: int) -> list[s3.LifecycleRule] | None:
    """Mails as they came are deleted after this many days; 0 keeps them."""
    if not days:
        return None
    return [s3.LifecycleRule(id="raw-mails", expiration=Duration.days(days))]


class Buckets(Construct):
    """Private, encrypted, TLS only; only the files bucket talks to browsers, by signed URLs."""

    def __init__(
        self, scope: Construct, construct_id: str, *, desk_url: str, raw_mail_days: int
    ) -> None:
        super().__init__(scope, construct_id)
        abandoned = Duration.days(2)
        self.raw_mail = self._bucket(
            "RawMail", keep=True, lifecycle_rules=_expiring_after(raw_mail_days)
        )
        self.files = self._bucket(
            "Files",
            keep=True,
            cors=[
                s3.CorsRule(
                    allowed_origins=[desk_url],
                    allowed_methods=[s3.HttpMethods.GET, s3.HttpMethods.POST, s3.HttpMethods.HEAD],
                    allowed_headers=["*"],
                    exposed_headers=["ETag"],
                    max_age=3000,
                )
            ],
            lifecycle_rules=[
                s3.LifecycleRule(
                    id="abandoned-uploads",
                    prefix="uploads/",
                    tag_filters=PENDING_TAG,
                    expiration=abandoned,
                ),
                s3.LifecycleRule(
                    id="unfinished-multiparts", abort_incomplete_multipart_upload_after=abandoned
                ),
            ],
        )
        self.console = self._bucket("Console", keep=False)

    def _bucket(
        self,
        construct_id: str,
        *,
        keep: bool,
        cors: list[s3.CorsRule] | None = None,
        lifecycle_rules: list[s3.LifecycleRule] | None = None,
    ) -> s3.Bucket:
        return s3.Bucket(
            self,
            construct_id,
            block_public_access=s3.BlockPublicAccess.BLOCK_ALL,
            object_ownership=s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
            encryption=s3.BucketEncryption.S3_MANAGED,
            enforce_ssl=True,
            minimum_tls_version=1.2,
            cors=cors,
            lifecycle_rules=lifecycle_rules,
            removal_policy=RemovalPolicy.RETAIN if keep else RemovalPolicy.DESTROY,
        )
