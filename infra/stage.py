"""Which desk is being deployed: the answers that the CDK command line gives."""

from dataclasses import dataclass

from constructs import Node

LOCAL = "local"
# RFC 2606: can never be anybody's address, so a half-finished first deployment leads nowhere.
UNSET_DESK_URL = "https://desk.invalid"


class StageError(Exception):
    """The command line does not say what to deploy; the text says what is missing."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One deployed desk.

    Attributes:
        domain: mail domain of the desk; mailboxes and senders live in it.
        desk_host: own host name of the desk, or empty for CloudFront's.
        certificate_arn: certificate for ``desk_host``, in us-east-1, or empty.
        alarm_email: who hears of alarms, or empty.
    """

    name: str
    domain: str
    desk_host: str = ""
    certificate_arn: str = ""
    alarm_email: str = ""

    @property
    def is_local(self) -> bool:
        """Whether the desk runs in the emulator on this machine."""
        return self.name == LOCAL

    @property
    def prefix(self) -> str:
        """Start of every name that must be unique in one AWS account."""
        return f"chamado-{self.name}"

    @property
    def reply_domain(self) -> str:
        """Domain of the signed reply addresses, apart so that nobody signs up elsewhere with one."""
        return f"reply.{self.domain}"

    @property
    def default_desk_url(self) -> str:
        """The desk's address as far as it is known before the first deployment."""
        return f"https://{self.desk_host}" if self.desk_host else UNSET_DESK_URL


def stage_from_context(node: Node) -> Stage:
    """Read ``-c stage=... -c domain=...`` and the optional rest.

    Raises:
        StageError: stage or domain missing, or a host name without a certificate.
    """
    given = {
        name: str(node.try_get_context(name) or "")
        for name in ("domain", "desk_host", "certificate_arn", "alarm_email")
    }
    name = str(node.try_get_context("stage") or "")
    if not name:
        message = "Say which stage: cdk synth -c stage=dev -c domain=support.example.com"
        raise StageError(message)
    if name == LOCAL:
        given["domain"] = given["domain"] or "desk.example.com"
    if not given["domain"]:
        message = "Say which mail domain the desk has: -c domain=support.example.com"
        raise StageError(message)
    if bool(given["desk_host"]) != bool(given["certificate_arn"]):
        message = "desk_host and certificate_arn go together: CloudFront needs both or none"
        raise StageError(message)
    return Stage(name=name, **given)
