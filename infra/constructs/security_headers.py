"""What every answer of the desk tells the browser to refuse."""

from aws_cdk import Aws, Duration, Fn
from aws_cdk import aws_cloudfront as cloudfront
from constructs import Construct

YEAR = Duration.days(365)


def content_security_policy(*, files_bucket: str, sign_in: str, emulator: str | None) -> str:
    """Scripts from here only; files go to and come from the bucket by signed URLs.

    ``style-src`` allows inline attributes because the console's component library sets positions
    of floating things by ``style``; no script can come in that way.
    """
    if emulator:
        files = f"{emulator}/{files_bucket}/"
    else:
        # Signed URLs name the bucket's host, in the oldest region without the region.
        hosts = (f"s3.{Aws.REGION}.amazonaws.com", "s3.amazonaws.com")
        files = " ".join(f"https://{files_bucket}.{host}" for host in hosts)
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "font-src": "'self'",
        # Pictures of other hosts only when an agent asks for those of a mail: until then the mail's
        # frame has a policy of its own that forbids them.
        "img-src": f"'self' data: blob: https: {files}",
        "connect-src": f"'self' {files} {sign_in}",
        "form-action": f"'self' {files}",
        "frame-src": "'self'",
        "manifest-src": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
        "object-src": "'none'",
    }
    return Fn.join("; ", [f"{name} {value}" for name, value in rules.items()])


class SecurityHeaders(Construct):
    """One response headers policy for console, API and portal."""

    def __init__(self, scope: Construct, construct_id: str, *, policy: str) -> None:
        super().__init__(scope, construct_id)
        behavior = cloudfront.ResponseHeadersStrictTransportSecurity(
            access_control_max_age=YEAR, include_subdomains=True, override=True
        )
        self.policy = cloudfront.ResponseHeadersPolicy(
            self,
            "Policy",
            security_headers_behavior=cloudfront.ResponseSecurityHeadersBehavior(
                content_security_policy=cloudfront.ResponseHeadersContentSecurityPolicy(
                    content_security_policy=policy, override=True
                ),
                content_type_options=cloudfront.ResponseHeadersContentTypeOptions(override=True),
                frame_options=cloudfront.ResponseHeadersFrameOptions(
                    frame_option=cloudfront.HeadersFrameOption.DENY, override=True
                ),
                # A ticket's address is a capability: it must not travel to where a link leads.
                referrer_policy=cloudfront.ResponseHeadersReferrerPolicy(
                    referrer_policy=cloudfront.HeadersReferrerPolicy.NO_REFERRER, override=True
                ),
                strict_transport_security=behavior,
            ),
        )
