"""The set-up over the API: one set of routes per kind."""

from typing import Any

from chalice.app import Blueprint
from pydantic import BaseModel, Field, create_model

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.errors import Fault, InvalidRequest, InvalidSetting, NotFound
from chalicelib.domain.wording import words
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.problems import content_language, told_faults
from chalicelib.routes.schemas.base import Answer, FieldFault
from chalicelib.usecases.change_settings import list_settings, remove_setting, save_setting
from chalicelib.usecases.hidden_settings import (
    require_shown,
    shown_to,
    with_hidden,
    without_hidden,
)
from chalicelib.usecases.settings_assignment import warnings_of
from chalicelib.usecases.settings_schema import KINDS

blueprint = Blueprint(__name__)


class StoredSetting(Answer):
    """A setting as stored; ``version`` is also the ETag.

    ``warnings``, when it was saved: what can be so and will hardly be meant.
    """

    version: int
    warnings: list[FieldFault] = Field(default=[])


def _answer_models(kind: str) -> tuple[Any, Any]:
    """The answer of one setting and of a list of them, typed by the kind's own model."""
    name = KINDS[kind].__name__.removesuffix("Document")
    one: Any = create_model(f"Stored{name}", __base__=StoredSetting, setting=(KINDS[kind], Field()))
    many: Any = create_model(f"Stored{name}List", __base__=Answer, settings=(list[one], Field()))
    return one, many


def _declare(kind: str) -> None:
    """Routes of one kind: list, read, save, remove."""
    path = f"/v1/{kind.replace('_', '-')}"
    one, many = _answer_models(kind)
    document: Any = KINDS[kind]
    label = kind.replace("_", " ")

    def list_all(call: Call[None]) -> Any:
        found = list_settings(bootstrap.ports(), kind)
        shown = [(shown_to(call.agent, kind, stored), version) for stored, version in found]
        return many(settings=[one(version=v, setting=document(**d)) for d, v in shown if d])

    def read_one(call: Call[None]) -> Reply:
        setting_id = call.path["setting"]
        stored, version = bootstrap.ports().settings.document(kind, setting_id)
        shown = shown_to(call.agent, kind, stored)
        if shown is None:
            raise NotFound(kind, setting_id)
        body = one(version=version, setting=document(**shown))
        return Reply(body, {"ETag": f'"{version}"'})

    def save_one(call: Call[BaseModel]) -> Reply:
        wanted = call.body.model_dump(mode="json")
        if wanted["id"] != call.path["setting"]:
            raise InvalidRequest(Fault("id", words("Give the id that stands in the address.")))
        ports, agent = bootstrap.ports(), call.agent
        before = require_shown(ports, agent, kind, wanted["id"])
        whole = dict(with_hidden(agent, kind, wanted, before))
        # Without If-Match the setting must be new; nobody overwrites what he has not seen.
        try:
            stored, version = save_setting(
                ports, kind, whole, based_on=call.based_on or 0, by=agent.id
            )
        except InvalidSetting as error:
            raise without_hidden(ports, agent, error) from error
        shown = shown_to(agent, kind, stored) or stored
        warned = warnings_of(ports.settings.desk(), kind, stored["id"], agent.hidden_departments)
        body = one(
            version=version, setting=document(**shown), warnings=told_faults(warned, call.language)
        )
        return Reply(body, {"ETag": f'"{version}"', **content_language(call.language)})

    def remove_one(call: Call[None]) -> Reply:
        setting_id = call.path["setting"]
        require_shown(bootstrap.ports(), call.agent, kind, setting_id)
        try:
            remove_setting(bootstrap.ports(), kind, setting_id, based_on=call.based_on)
        except InvalidSetting as error:
            raise without_hidden(bootstrap.ports(), call.agent, error) from error
        return Reply(None)

    list_all.__doc__ = f"List the desk's {label}."
    read_one.__doc__ = f"Read one of the desk's {label}."
    save_one.__doc__ = f"Create or change one of the desk's {label}."
    remove_one.__doc__ = f"Remove one of the desk's {label}."
    reads = Action.READ_SETTINGS
    # Who may change people could make himself an administrator; no key can.
    writes = Action.CHANGE_AGENTS if kind == "agents" else Action.CHANGE_SETTINGS
    single = f"{path}/{{setting}}"
    endpoint(blueprint, "GET", path, action=reads, answer=many)(list_all)
    endpoint(blueprint, "GET", single, action=reads, answer=one, problems=(404,))(read_one)
    endpoint(
        blueprint, "PUT", single, action=writes, body=document, answer=one,
        needs_version=True, problems=(409, 422),
    )(save_one)  # fmt: skip
    endpoint(blueprint, "DELETE", single, action=writes, status=204, problems=(404, 409, 422))(
        remove_one
    )


for _kind in KINDS:
    _declare(_kind)
