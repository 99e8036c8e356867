"""One origin for the browser: console, API and portal behind one host name, so no CORS."""

from pathlib import Path
from typing import Any

from aws_cdk import Aws
from aws_cdk import aws_certificatemanager as acm
from aws_cdk import aws_cloudfront as cloudfront
from aws_cdk import aws_cloudfront_origins as origins
from aws_cdk import aws_s3 as s3
from constructs import Construct

from infra.constructs.security_headers import SecurityHeaders
from infra.stage import Stage

SPA_FUNCTION = Path(__file__).with_name("spa.js")


class Distribution(Construct):
    """``/console*`` from the bucket, ``/api/*`` and everything else from the REST API.

    The REST API's stage is called ``api``: its own path for ``/api/*``, and put in front of the
    portal's paths as origin path.
    """

    def __init__(
        self,
        scope: Construct,
        construct_id: str,
        *,
        stage: Stage,
        console: s3.IBucket,
        rest_api_id: str,
        csp: str,
    ) -> None:
        super().__init__(scope, construct_id)
        self.headers = SecurityHeaders(self, "Headers", policy=csp).policy
        api_host = f"{rest_api_id}.execute-api.{Aws.REGION}.{Aws.URL_SUFFIX}"
        api = origins.HttpOrigin(api_host)
        console_behavior = self._console(console)
        self.distribution = cloudfront.Distribution(
            self,
            "Distribution",
            comment=stage.prefix,
            default_behavior=self._api(origins.HttpOrigin(api_host, origin_path="/api")),
            additional_behaviors={
                "/api/*": self._api(api),
                "/console": console_behavior,
                "/console/*": console_behavior,
            },
            minimum_protocol_version=cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
            http_version=cloudfront.HttpVersion.HTTP2_AND_3,
            price_class=cloudfront.PriceClass.PRICE_CLASS_100,
            **self._host_name(stage),
        )

    def _host_name(self, stage: Stage) -> dict[str, Any]:
        if not stage.desk_host:
            return {}
        certificate = acm.Certificate.from_certificate_arn(
            self, "Certificate", stage.certificate_arn
        )
        return {"domain_names": [stage.desk_host], "certificate": certificate}

    def _api(self, origin: cloudfront.IOrigin) -> cloudfront.BehaviorOptions:
        return cloudfront.BehaviorOptions(
            origin=origin,
            allowed_methods=cloudfront.AllowedMethods.ALLOW_ALL,
            cache_policy=cloudfront.CachePolicy.CACHING_DISABLED,
            origin_request_policy=cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
            response_headers_policy=self.headers,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        )

    def _console(self, bucket: s3.IBucket) -> cloudfront.BehaviorOptions:
        rewrite = cloudfront.Function(
            self,
            "SinglePage",
            code=cloudfront.FunctionCode.from_file(file_path=str(SPA_FUNCTION)),
            runtime=cloudfront.FunctionRuntime.JS_2_0,
        )
        return cloudfront.BehaviorOptions(
            origin=origins.S3BucketOrigin.with_origin_access_control(bucket),
            cache_policy=cloudfront.CachePolicy.CACHING_OPTIMIZED,
            response_headers_policy=self.headers,
            viewer_protocol_policy=cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
            function_associations=[
                cloudfront.FunctionAssociation(
                    function=rewrite,
                    event_type=cloudfront.FunctionEventType.VIEWER_REQUEST,
                )
            ],
        )
