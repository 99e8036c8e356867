"""Rules tried dry, their uses, and the secrets of webhooks."""

from pydantic import Field

from chalicelib.routes.schemas.base import Answer, Request
from chalicelib.usecases.settings_rules import EventRuleDocument


class TryRule(Request):
    """A rule, saved or not, and the page of tickets that it is tried on."""

    rule: EventRuleDocument
    limit: int = Field(default=20, ge=1, le=50)
    cursor: str = Field(default="", max_length=20)


class EffectBody(Answer):
    """One thing that would be done; ``what`` is a field, or a kind of step."""

    what: str
    before: str
    after: str


class TriedTicket(Answer):
    """A ticket that the rule would act on."""

    number: int
    subject: str
    effects: list[EffectBody]


class Trial(Answer):
    """A page of tickets, newest first; ``next`` leads to older ones."""

    looked_at: int
    tickets: list[TriedTicket]
    next: str


class Use(Answer):
    """How often something of the set-up was used."""

    id: str
    times: int


class Uses(Answer):
    """Uses by id; what was never used is left out."""

    uses: list[Use]


class WebhookSecret(Answer):
    """What calls are signed with: HMAC-SHA256 over the second, a dot and the body."""

    secret: str
