"""Rules on events: tried dry, counted; and what webhooks are signed with."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.errors import NotFound
from chalicelib.routes.endpoint import Call, endpoint
from chalicelib.routes.schemas import rules as wire
from chalicelib.usecases.call_webhook import secret_of
from chalicelib.usecases.try_rule import try_rule

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "POST", "/v1/event-rules/dry-run",
    action=Action.CHANGE_SETTINGS, body=wire.TryRule, answer=wire.Trial, problems=(422,),
)  # fmt: skip
def try_event_rule(call: Call[wire.TryRule]) -> wire.Trial:
    """Try a rule on the newest tickets: what it would do to each. Nothing is written."""
    wanted = call.body
    tried = try_rule(
        bootstrap.ports(), call.agent, wanted.rule.to_domain(),
        limit=wanted.limit, cursor=wanted.cursor,
    )  # fmt: skip
    return wire.Trial(
        looked_at=tried.looked_at,
        tickets=[
            wire.TriedTicket(
                number=ticket.number,
                subject=ticket.subject,
                effects=[
                    wire.EffectBody(what=e.what, before=e.before, after=e.after) for e in effects
                ],
            )
            for ticket, effects in tried.found
        ],
        next=tried.cursor,
    )


@endpoint(
    blueprint, "GET", "/v1/setting-uses/{kind}",
    action=Action.READ_SETTINGS, answer=wire.Uses, problems=(404,),
)  # fmt: skip
def read_uses(call: Call[None]) -> wire.Uses:
    """Read how often each rule of a kind acted."""
    kind = call.path["kind"].replace("-", "_")
    if kind not in ("event_rules", "time_rules", "answers"):
        raise NotFound("setting_uses", kind)
    found = bootstrap.ports().use_counts.read(kind)
    return wire.Uses(uses=[wire.Use(id=name, times=n) for name, n in sorted(found.items())])


@endpoint(
    blueprint, "GET", "/v1/webhooks/{setting}/secret",
    action=Action.READ_WEBHOOK_KEY, answer=wire.WebhookSecret, problems=(404,),
)  # fmt: skip
def read_webhook_secret(call: Call[None]) -> wire.WebhookSecret:
    """Read what the calls of a webhook are signed with."""
    name = call.path["setting"]
    if name not in bootstrap.desk_now().webhooks:
        raise NotFound("webhooks", name)
    return wire.WebhookSecret(secret=secret_of(bootstrap.ports().secrets.keyring(), name))
