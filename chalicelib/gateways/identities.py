"""The sign-in's directory of agents: Cognito, or nothing where another issuer is configured."""

from typing import TYPE_CHECKING

from chalicelib.gateways import aws
from chalicelib.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterable

    from mypy_boto3_cognito_idp.type_defs import AttributeTypeTypeDef


class CognitoIdentities:
    """The user pool of this desk."""

    def ensure(self, *, email: str, name: str) -> str:
        """The subject of this person's sign-in; empty where the desk has no user pool.

        Who has none is invited: Cognito mails him a first password.

        Raises:
            Unavailable: Cognito did not answer.
        """
        pool = settings().user_pool_id
        if not pool:
            return ""
        client = aws.cognito()
        address = email.strip().lower()
        try:
            with aws.translated("Cognito"):
                invited = client.admin_create_user(
                    UserPoolId=pool,
                    Username=address,
                    UserAttributes=[
                        {"Name": "email", "Value": address},
                        # Only an administrator of the desk names agents, so the address is taken
                        # as it is; without the mark the person could not reset a password.
                        {"Name": "email_verified", "Value": "true"},
                        {"Name": "name", "Value": name},
                    ],
                    DesiredDeliveryMediums=["EMAIL"],
                )
                return _subject(invited["User"].get("Attributes", ()))
        except client.exceptions.UsernameExistsException:
            with aws.translated("Cognito"):
                known = client.admin_get_user(UserPoolId=pool, Username=address)
            return _subject(known["UserAttributes"])


def _subject(attributes: "Iterable[AttributeTypeTypeDef]") -> str:
    return next((a.get("Value", "") for a in attributes if a["Name"] == "sub"), "")
