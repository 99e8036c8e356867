"""Mails on their way to SES."""

from botocore.exceptions import ClientError

from chalicelib.domain.errors import MailRefused, Unavailable
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


class SESSender:
    """SES, version 1: it relays the mail as it is, but for Message-ID and Date."""

    def send(self, raw: bytes, *, sender: str, recipient: str) -> str:
        """Send one mail to one person; the bare id that SES gave it.

        Raises:
            Unavailable: SES throttles, is out of quota or does not answer; the mail was dropped
                or, where only the answer was lost, has left.
            MailRefused: SES will never take this mail.
        """
        named = settings().ses_configuration_set
        chosen = {"ConfigurationSetName": named} if named else {}
        try:
            with aws.translated("SES"):
                answer = aws.ses().send_raw_email(
                    Source=sender,
                    Destinations=[recipient],
                    RawMessage={"Data": raw},
                    **chosen,  # type: ignore[arg-type]
                )
        except ClientError as error:
            said = error.response["Error"]
            raise _meaning(said.get("Code", ""), said.get("Message", "")) from error
        # In AWS the id is bare; an emulator may put its domain behind it.
        return answer["MessageId"].strip("<>").partition("@")[0]


def _meaning(code: str, said: str) -> Exception:
    out_of_quota = any(sign in said.lower() for sign in _QUOTA)
    if code in _REFUSED and not out_of_quota:
        return MailRefused(f"SES: {code}")
    # What is left is a matter of rights, quota or a pause: somebody mends it, and the mail leaves.
    return Unavailable(f"SES: {code}")
