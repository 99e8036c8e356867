"""What agents choose from: labels, types, fields, tags."""

from collections.abc import Iterator

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.condition_fields import (
    CUSTOM,
    KINDS,
    OF_A_MOMENT,
    OPERATORS_OF,
    VALUES_FROM,
    kind_of_custom,
)
from chalicelib.domain.desk import Desk
from chalicelib.routes.endpoint import Call, endpoint
from chalicelib.routes.schemas import vocabulary as wire

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/v1/vocabulary", action=Action.LIST_TICKETS, answer=wire.Vocabulary)
def read_vocabulary(call: Call[None]) -> wire.Vocabulary:
    """Read the desk's status labels, ticket types and fields."""
    desk = bootstrap.desk_now()
    labels = sorted(desk.status_labels.values(), key=lambda x: (x.position, x.id))
    hidden = call.agent.hidden_departments
    known = sorted(desk.ticket_types.values(), key=lambda x: (x.position, x.id))
    types = [kind for kind in known if not kind.departments or kind.departments - hidden]
    return wire.Vocabulary(
        labels=[
            wire.LabelBody(
                id=label.id,
                status=label.status,
                names=dict(label.names),
                is_name_of_status=label.is_name_of_status,
            )
            for label in labels
        ],
        types=[
            wire.TypeBody(
                id=kind.id,
                names=dict(kind.names),
                fields=[
                    wire.FieldUse(field_id=u.field_id, required=u.required, on_form=u.on_form)
                    for u in kind.fields
                ],
                departments=sorted(kind.departments - hidden),
            )
            for kind in types
        ],
        fields=[
            wire.FieldBody(
                id=known.id,
                kind=known.kind,
                names=dict(known.names),
                hints=dict(known.hints),
                choices=[
                    wire.ChoiceBody(id=choice, names=dict(names))
                    for choice, names in known.choices.items()
                ],
            )
            for _, known in sorted(desk.fields.items())
        ],
        conditions=[*_of_every_ticket(), *_of_own_fields(desk)],
    )


def _of_every_ticket() -> Iterator[wire.ConditionFieldBody]:
    for field, kind in KINDS.items():
        yield wire.ConditionFieldBody(
            field=field,
            kind=kind,
            operators=list(OPERATORS_OF[kind]),
            values_from=VALUES_FROM.get(field, ""),
            of_a_moment=field in OF_A_MOMENT,
        )


def _of_own_fields(desk: Desk) -> Iterator[wire.ConditionFieldBody]:
    for name, known in sorted(desk.fields.items()):
        kind = kind_of_custom(known)
        yield wire.ConditionFieldBody(
            field=f"{CUSTOM}{name}",
            kind=kind,
            operators=list(OPERATORS_OF[kind]),
            values_from="fields" if known.choices else "",
            of_a_moment=False,
        )


@endpoint(
    blueprint, "GET", "/v1/tags",
    action=Action.LIST_TICKETS, answer=wire.Tags, problems=(422,),
    query={"prefix": "How the tags begin.", "limit": "At most 50."},
)  # fmt: skip
def suggest_tags(call: Call[None]) -> wire.Tags:
    """Suggest tags that were given before."""
    prefix = call.query.get("prefix", "").strip().lower()[:50]
    found = bootstrap.ports().tickets.suggest_tags(prefix, limit=call.limit())
    return wire.Tags(tags=list(found))
