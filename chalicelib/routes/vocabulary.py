"""What agents choose from: labels, types, fields, tags."""

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.routes.endpoint import Call, endpoint
from chalicelib.routes.schemas import vocabulary as wire

blueprint = Blueprint(__name__)


@endpoint(blueprint, "GET", "/v1/vocabulary", action=Action.LIST_TICKETS, answer=wire.Vocabulary)
def read_vocabulary(call: Call[None]) -> wire.Vocabulary:  # noqa: ARG001 - every view takes the call
    """Read the desk's status labels, ticket types and fields."""
    desk = bootstrap.desk_now()
    labels = sorted(desk.status_labels.values(), key=lambda x: (x.position, x.id))
    types = sorted(desk.ticket_types.values(), key=lambda x: (x.position, x.id))
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
                departments=sorted(kind.departments),
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
