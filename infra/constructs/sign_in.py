"""Agents' hosted sign-in."""

from aws_cdk import Aws, Duration, Fn, RemovalPolicy
from aws_cdk import aws_cognito as cognito
from constructs import Construct

from infra.stage import Stage


class SignIn(Construct):
    """User pool, its hosted pages, and the console as their only, public, client."""

    def __init__(self, scope: Construct, construct_id: str, *, stage: Stage, desk_url: str) -> None:
        super().__init__(scope, construct_id)
        self.pool = cognito.UserPool(
            self,
            "Pool",
            # Agents are invited by an administrator; a stranger must not become one.
            self_sign_up_enabled=False,
            sign_in_aliases=cognito.SignInAliases(email=True),
            sign_in_case_sensitive=False,
            standard_attributes=cognito.StandardAttributes(
                email=cognito.StandardAttribute(required=True, mutable=True),
                fullname=cognito.StandardAttribute(required=False, mutable=True),
            ),
            password_policy=cognito.PasswordPolicy(
                min_length=12,
                require_lowercase=True,
                require_uppercase=True,
                require_digits=True,
                require_symbols=True,
                temp_password_validity=Duration.days(3),
            ),
            mfa=cognito.Mfa.OPTIONAL,
            mfa_second_factor=cognito.MfaSecondFactor(otp=True, sms=False),
            account_recovery=cognito.AccountRecovery.EMAIL_ONLY,
            removal_policy=RemovalPolicy.RETAIN,
        )
        console = f"{desk_url}/console/"
        self.client = self.pool.add_client(
            "Console",
            generate_secret=False,
            auth_flows=cognito.AuthFlow(),
            o_auth=cognito.OAuthSettings(
                flows=cognito.OAuthFlows(authorization_code_grant=True),
                scopes=[
                    cognito.OAuthScope.OPENID,
                    cognito.OAuthScope.EMAIL,
                    cognito.OAuthScope.PROFILE,
                ],
                callback_urls=[console],
                logout_urls=[console],
            ),
            supported_identity_providers=[cognito.UserPoolClientIdentityProvider.COGNITO],
            prevent_user_existence_errors=True,
            enable_token_revocation=True,
            # An agent who was switched off is out within the hour even where only the token counts.
            access_token_validity=Duration.hours(1),
            id_token_validity=Duration.hours(1),
            refresh_token_validity=Duration.hours(12),
        )
        self.domain = self.pool.add_domain(
            "Pages",
            cognito_domain=cognito.CognitoDomainOptions(
                domain_prefix=f"{stage.prefix}-{Aws.ACCOUNT_ID}"
            ),
        )

    @property
    def issuer(self) -> str:
        """What tokens name as their issuer."""
        return Fn.join(
            "", [f"https://cognito-idp.{Aws.REGION}.amazonaws.com/", self.pool.user_pool_id]
        )

    @property
    def pages_url(self) -> str:
        """Where the hosted pages are, in AWS."""
        return f"https://{self.domain.domain_name}.auth.{Aws.REGION}.amazoncognito.com"
