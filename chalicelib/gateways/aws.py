"""Clients of AWS: one per service and container, built by the first call that needs it.

boto3 is imported only then: importing it and building a client cost a cold start 150 ms and more.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING

from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from chalicelib.domain.errors import Unavailable
from chalicelib.settings import settings

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_ses import SESClient
    from mypy_boto3_sesv2 import SESV2Client
    from mypy_boto3_sqs import SQSClient

_CONNECT_SECONDS = 2
_READ_SECONDS = 10
_ATTEMPTS = 3
_PASSING = frozenset(
    {
        "InternalError",
        "InternalFailure",
        "InternalErrorException",
        "RequestThrottled",
        "RequestTimeout",
        "ServiceUnavailable",
        "SlowDown",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
    }
)
_SERVER_FAULT = 500


_BUILDING = threading.Lock()
"""boto3 may use its clients in several threads at once, but not build them (boto3's guide)."""


def s3() -> "S3Client":
    """S3, signing so that presigned addresses hold their disposition and expiry."""
    with _BUILDING:
        return _s3()


def sqs() -> "SQSClient":
    """SQS."""
    with _BUILDING:
        return _sqs()


def ses() -> "SESClient":
    """SES, version 1: it relays a mail byte for byte."""
    with _BUILDING:
        return _ses()


def sesv2() -> "SESV2Client":
    """SES, version 2: the account's own list of addresses that get nothing."""
    with _BUILDING:
        return _sesv2()


def cognito() -> "CognitoIdentityProviderClient":
    """The directory of agents."""
    with _BUILDING:
        return _cognito()


def forget_clients() -> None:
    """Build new clients at the next call; for tests that change where AWS is."""
    for client in (_s3, _sqs, _ses, _sesv2, _cognito):
        client.cache_clear()


@contextmanager
def translated(service: str) -> Iterator[None]:
    """Turn what passes by itself into the domain's error.

    Raises:
        Unavailable: no answer, throttling, or a fault of the service.
    """
    try:
        yield
    except BotoCoreError as error:
        raise Unavailable(f"{service}: {type(error).__name__}") from error
    except ClientError as error:
        status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
        code = error.response.get("Error", {}).get("Code", "")
        if code in _PASSING or status >= _SERVER_FAULT:
            raise Unavailable(f"{service}: {code}") from error
        raise


def _limits(attempts: int = _ATTEMPTS) -> Config:
    return Config(
        connect_timeout=_CONNECT_SECONDS,
        read_timeout=_READ_SECONDS,
        retries={"total_max_attempts": attempts, "mode": "standard"},
    )


@cache
def _s3() -> "S3Client":
    import boto3

    # An emulator answers on one host name, so there the bucket goes into the path.
    own = Config(
        signature_version="s3v4",
        s3={"addressing_style": "path" if settings().aws_endpoint_url else "virtual"},
    )
    return boto3.client("s3", config=_limits().merge(own))


@cache
def _sqs() -> "SQSClient":
    import boto3

    return boto3.client("sqs", config=_limits())


@cache
def _ses() -> "SESClient":
    import boto3

    # A mail is never sent twice by the client itself: a lost answer may be a mail that left.
    return boto3.client("ses", region_name=settings().ses_region, config=_limits(attempts=1))


@cache
def _sesv2() -> "SESV2Client":
    import boto3

    return boto3.client("sesv2", region_name=settings().ses_region, config=_limits())


@cache
def _cognito() -> "CognitoIdentityProviderClient":
    import boto3

    return boto3.client("cognito-idp", config=_limits())
