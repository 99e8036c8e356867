"""Clients of the emulator."""

from typing import Any

import boto3
from botocore.config import Config

from infra.local.profile import Profile

REGION = "us-east-1"
ACCOUNT = "000000000000"
# The emulator's own administrator; no secret, it listens on loopback only.
CREDENTIALS = {"aws_access_key_id": "test", "aws_secret_access_key": "test"}


def client(profile: Profile, service: str) -> Any:
    """A boto3 client of one service of this profile's emulator."""
    return boto3.client(
        service,  # type: ignore[call-overload]
        endpoint_url=profile.emulator_url,
        region_name=REGION,
        config=Config(
            signature_version="s3v4" if service == "s3" else None,
            s3={"addressing_style": "path"},
            retries={"max_attempts": 2},
        ),
        **CREDENTIALS,
    )


def environment(profile: Profile) -> dict[str, str]:
    """The same as environment variables, for a child process."""
    return {
        "AWS_ACCESS_KEY_ID": CREDENTIALS["aws_access_key_id"],
        "AWS_SECRET_ACCESS_KEY": CREDENTIALS["aws_secret_access_key"],
        "AWS_DEFAULT_REGION": REGION,
        "AWS_REGION": REGION,
        "AWS_ENDPOINT_URL": profile.emulator_url,
    }
