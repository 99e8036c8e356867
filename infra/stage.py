"""Which desk is being deployed: the answers that the CDK command line gives."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    # Importing it starts a Node process, which the local run has no use for.
    from constructs import Node

LOCAL = "local"
# Reserved for examples (RFC 2606), and unlike .test a domain that address checks accept.
LOCAL_DOMAIN = "desk.example.com"
# Part of the names of buckets and of the sign-in's host, which allow no more.
STAGE_NAME = re.compile(r"[a-z][a-z0-9]{0,15}")
# RFC 2606: can never be anybody's address, so a half-finished first deployment leads nowhere.
UNSET_DESK_URL = "https://desk.invalid"


STAGES = Path(__file__).with_name("stages")
RAW_MAIL_DAYS = 400
# A dead letter may be sent back after 14 days, and must find its mail.
FEWEST_RAW_MAIL_DAYS = 30


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
        raw_mail_days: how long mails are kept as they came; 0 keeps them for ever.
    """

    name: str
    domain: str
    desk_host: str = ""
    certificate_arn: str = ""
    alarm_email: str = ""
    raw_mail_days: int = RAW_MAIL_DAYS

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


def stage_from_context(node: "Node") -> Stage:
    """Read ``-c stage=... -c domain=...`` and the optional rest.

    Raises:
        StageError: stage or domain missing, or a host name without a certificate.
    """
    names = ("stage", "domain", "desk_host", "certificate_arn", "alarm_email")
    given = {name: str(node.try_get_context(name) or "") for name in names}
    return stage_from_answers(given.pop("stage"), **given)


def stage_from_answers(
    name: str,
    *,
    domain: str = "",
    desk_host: str = "",
    certificate_arn: str = "",
    alarm_email: str = "",
) -> Stage:
    """The stage that these answers describe.

    Raises:
        StageError: an answer is missing or does not go with another.
    """
    if not STAGE_NAME.fullmatch(name):
        message = (
            "Say which stage, in small letters and digits: "
            "make deploy STAGE=dev DOMAIN=support.example.com"
        )
        raise StageError(message)
    if name == LOCAL:
        domain = domain or LOCAL_DOMAIN
    if not domain:
        message = "Say which mail domain the desk has: DOMAIN=support.example.com"
        raise StageError(message)
    if bool(desk_host) != bool(certificate_arn):
        message = "desk_host and certificate_arn go together: CloudFront needs both or none"
        raise StageError(message)
    return Stage(name, domain, desk_host, certificate_arn, alarm_email, raw_mail_days_of(name))


def raw_mail_days_of(name: str, folder: Path = STAGES) -> int:
    """How long a stage keeps its raw mails, as its file says.

    An option of the command would be forgotten at the next deployment, and mails be deleted then.

    Raises:
        StageError: the file says something else than 0, or fewer days than dead letters live.
    """
    # Only whoever deploys has it.
    import yaml

    path = folder / f"{name}.yaml"
    document = yaml.safe_load(path.read_text()) if path.exists() else {}
    days = (document or {}).get("deployment", {}).get("raw_mail_days", RAW_MAIL_DAYS)
    if not isinstance(days, int) or (days and days < FEWEST_RAW_MAIL_DAYS):
        message = (
            f"raw_mail_days in {path} is 0, for ever, or at least {FEWEST_RAW_MAIL_DAYS}: "
            "a dead letter that is sent back must find its mail"
        )
        raise StageError(message)
    return days
