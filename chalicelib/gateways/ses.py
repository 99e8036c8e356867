"""Mails on their way to SES."""

from botocore.exceptions import ClientError

from chalicelib.domain.errors import MailRefused, Throttled, Unavailable
from chalicelib.gateways import aws
from chalicelib.settings import settings

_REFUSED = frozenset(
    {
        "InvalidParameterValue",
        "MailFromDomainNotVerifiedException",
        "MessageRejected",
        "ValidationError",
    }
)
# SES may say these with the code of a refusal ("Errors related to the sending quotas", its guide).
_QUOTA = ("sending rate exceeded", "quota exceeded", "sending paused")
_SERVER_FAULT = 500
_UNKNOWN_THERE = frozenset({"NotFoundException", "UnknownOperationException", "InvalidAction"})
_NOT_FOUND = 404


class SESSender:
    """SES, version 1: it relays the mail as it is, but for Message-ID and Date."""

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        """Send one mail to one person; the bare id that SES gave it.

        Raises:
            Throttled: SES throttles, is out of quota or may not send now; the mail was dropped.
            Unavailable: no answer, or a fault of SES; the mail may have left.
            MailRefused: SES will never take this mail.
        """
        named = settings().ses_configuration_set
        chosen = {"ConfigurationSetName": named} if named else {}
        # What has no answer is no ClientError; ``translated`` makes it Unavailable.
        with aws.translated("SES"):
            answer = _send(raw, sender, recipient, chosen)
        # In AWS the id is bare; an emulator may put its domain behind it.
        return answer.strip("<>").partition("@")[0]

    def forgive(self, address: str) -> None:
        """Take an address off the account's own suppression list; one that is not on it is fine.

        Raises:
            Unavailable: SES does not answer, or not well.
        """
        try:
            with aws.translated("SES"):
                aws.sesv2().delete_suppressed_destination(EmailAddress=address)
        except ClientError as error:
            said = error.response.get("Error", {}).get("Code", "")
            status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
            # The emulator knows no such call, and keeps no such list.
            if said not in _UNKNOWN_THERE and status != _NOT_FOUND:
                raise


def _send(raw: bytes, sender: str, recipient: str, chosen: dict[str, str]) -> str:
    try:
        answer = aws.ses().send_raw_email(
            Source=sender,
            Destinations=[recipient],
            RawMessage={"Data": raw},
            **chosen,  # type: ignore[arg-type]
        )
    except ClientError as error:
        raise _meaning(error) from error
    return answer["MessageId"]


def _meaning(error: ClientError) -> Exception:
    code = error.response.get("Error", {}).get("Code", "")
    said = error.response.get("Error", {}).get("Message", "")
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    if status >= _SERVER_FAULT:
        return Unavailable(f"SES: {code}")
    out_of_quota = any(sign in said.lower() for sign in _QUOTA)
    if code in _REFUSED and not out_of_quota:
        return MailRefused(f"SES: {code}")
    # What is left is a matter of rights, quota or a pause: somebody mends it, and the mail leaves.
    return Throttled(f"SES: {code}")
