"""How rules on events and webhooks are written down."""

import re
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, StringConstraints

from chalicelib.domain.condition_checks import check_conditions
from chalicelib.domain.desk import Desk
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.event_rule import EventRule, Trigger, Webhook
from chalicelib.domain.rule_circles import check_no_circles
from chalicelib.domain.step_checks import check_steps_of
from chalicelib.domain.wording import words
from chalicelib.usecases.settings_base import Document, Name
from chalicelib.usecases.settings_promises import PredicateDocument, StepDocument, all_of

_HOST = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*\.[A-Za-z][A-Za-z0-9-]*")
_INSIDE = (".local", ".localhost", ".internal", ".lan", ".home.arpa", ".invalid")


class EventRuleDocument(Document):
    """What is done when something happens to a ticket and conditions hold, in order of ``position``.

    One that waits for changes acts when a change makes its conditions true.
    """

    name: Name
    is_active: bool = True
    position: int = Field(default=0, ge=0, le=10_000)
    on: list[Trigger] = Field(min_length=1)
    conditions: PredicateDocument = PredicateDocument()
    steps: list[StepDocument]

    def to_domain(self) -> EventRule:
        return EventRule(
            id=self.id,
            name=self.name,
            on=frozenset(self.on),
            steps=all_of("steps", self.steps),
            conditions=self.conditions.to_domain(),
            position=self.position,
            is_active=self.is_active,
        )


class WebhookDocument(Document):
    """Another system that rules tell. Calls are signed; the secret is asked for by itself."""

    name: Name
    url: Annotated[str, StringConstraints(max_length=500)]

    def to_domain(self) -> Webhook:
        return Webhook(self.id, self.name, self.url)


def check_event_rules(desk: Desk) -> None:
    """Refuse rules and webhooks that could not work on this desk.

    Raises:
        InvalidSetting: the first thing that is wrong, in words.
    """
    for webhook in desk.webhooks.values():
        check_target(f"webhooks.{webhook.id}.url", webhook.url)
    for rule in desk.event_rules.values():
        check_event_rule(desk, rule)
    check_no_circles(sorted(desk.event_rules.values(), key=lambda r: (r.position, r.id)))


def check_event_rule(desk: Desk, rule: EventRule) -> None:
    """Refuse one rule that could not work by itself.

    Raises:
        InvalidSetting: what is wrong with it.
    """
    owner = f"event_rules.{rule.id}"
    check_conditions(desk, owner, rule.conditions, of_a_moment=True)
    check_steps_of(desk, f"{owner}.steps", rule.steps)


def check_target(field: str, url: str) -> None:
    """Refuse an address that is not https, or that names a machine instead of a public host.

    What the name stands for is looked at again whenever it is called.

    Raises:
        InvalidSetting: why not.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidSetting(field, words("This is no address of a web page.")) from error
    host = parts.hostname or ""
    if parts.scheme != "https" or not host:
        raise InvalidSetting(field, words("Give an address that begins with https://."))
    if parts.username or parts.password or port not in (None, 443):
        reason = words("Leave out names, passwords and ports; calls are signed instead.")
        raise InvalidSetting(field, reason)
    if not _HOST.fullmatch(host) or f".{host.lower()}".endswith(_INSIDE):
        reason = words("Name a host on the internet, not a number and not one inside a network.")
        raise InvalidSetting(field, reason)
