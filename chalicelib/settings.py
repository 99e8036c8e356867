"""What the environment says: the only reader of ``os.environ``.

The names are set by the infrastructure code on every function. Nothing here has a secret: signing
keys live in the table (see ``persistence/signing_keys.py``).
"""

import os
from dataclasses import dataclass
from functools import cache


@dataclass(frozen=True, slots=True)
class TriggerSources:
    """ARNs that Chalice needs when it packages ``app.py``; in a running Lambda they are unused."""

    inbound_mail_queue_arn: str
    assignment_queue_arn: str
    notification_queue_arn: str
    projection_queue_arn: str
    timers_queue_arn: str
    mail_events_queue_arn: str
    table_stream_arn: str


@dataclass(frozen=True, slots=True)
class Settings:
    """One deployed desk, as its functions see it.

    Attributes:
        function: which one of ``app.py`` this container runs; empty for tools and tests.
        desk_url: public address of the desk, without a trailing slash; links in mails start here.
        reply_domain: domain of the signed reply addresses; whole-domain receipt rule in SES.
        oidc_issuer: what the ``iss`` claim of an access token must be.
        oidc_keys_url: where the issuer's signing keys are; apart from the issuer, because a local
            issuer answers elsewhere than it is called.
        oidc_authorize_url, oidc_token_url, oidc_logout_url: what the console's sign-in uses.
        user_pool_id: empty when another issuer than Cognito is configured.
        aws_endpoint_url: where AWS is emulated; empty in AWS itself.
    """

    stage: str
    function: str
    table_name: str
    raw_mail_bucket: str
    files_bucket: str
    inbound_mail_queue_url: str
    assignment_queue_url: str
    notification_queue_url: str
    projection_queue_url: str
    timers_queue_url: str
    mail_events_queue_url: str
    failed_records_queue_url: str
    inbound_mail_dead_letters_url: str
    assignment_dead_letters_url: str
    notification_dead_letters_url: str
    projection_dead_letters_url: str
    timers_dead_letters_url: str
    mail_events_dead_letters_url: str
    desk_url: str
    reply_domain: str
    ses_configuration_set: str
    ses_region: str
    oidc_issuer: str
    oidc_keys_url: str
    oidc_client_id: str
    oidc_authorize_url: str
    oidc_token_url: str
    oidc_logout_url: str
    user_pool_id: str
    log_level: str
    aws_endpoint_url: str

    @property
    def queue_urls(self) -> dict[str, str]:
        """Where jobs go, by the name of their queue."""
        return {
            "inbound_mail": self.inbound_mail_queue_url,
            "assignment": self.assignment_queue_url,
            "notification": self.notification_queue_url,
            "projection": self.projection_queue_url,
            "timers": self.timers_queue_url,
            "mail_events": self.mail_events_queue_url,
            "failed_records": self.failed_records_queue_url,
        }

    @property
    def dead_letter_urls(self) -> dict[str, str]:
        """Where jobs end that failed every time, by the name of the queue they came from."""
        return {
            "inbound_mail": self.inbound_mail_dead_letters_url,
            "assignment": self.assignment_dead_letters_url,
            "notification": self.notification_dead_letters_url,
            "projection": self.projection_dead_letters_url,
            "timers": self.timers_dead_letters_url,
            "mail_events": self.mail_events_dead_letters_url,
        }


def trigger_sources() -> TriggerSources:
    """The trigger ARNs, or well-formed placeholders where a tool imports ``app.py`` without them."""
    return TriggerSources(
        **{
            name: os.environ.get(name.upper(), f"arn:aws:sqs:us-east-1:000000000000:{name}")
            for name in TriggerSources.__slots__
        }
    )


@cache
def settings() -> Settings:
    """The settings of this container, read once.

    A function that does not get a variable gets an empty string: which variables a function needs
    is decided by the infrastructure code, one role and one environment per function.
    """
    defaults = {"log_level": "INFO", "ses_region": os.environ.get("AWS_REGION", "us-east-1")}
    return Settings(
        **{
            name: os.environ.get(name.upper(), defaults.get(name, ""))
            for name in Settings.__slots__
        }
    )
