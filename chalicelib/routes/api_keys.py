"""Keys by which other programs call the API: administrators make them and take them back."""

from datetime import date

from chalice.app import Blueprint

from chalicelib import bootstrap
from chalicelib.domain.access import Action
from chalicelib.domain.api_keys import KEY_PREFIX, ApiKey, usual_scopes
from chalicelib.domain.desk import Agent
from chalicelib.routes.endpoint import Call, Reply, endpoint
from chalicelib.routes.schemas.api_keys import ApiKeyBody, ApiKeyList, MadeApiKey, NewApiKey
from chalicelib.usecases.api_keys import NewKey, list_keys, make_key, revoke_key

blueprint = Blueprint(__name__)


@endpoint(
    blueprint, "GET", "/v1/api-keys", action=Action.READ_API_KEYS, answer=ApiKeyList,
)  # fmt: skip
def list_api_keys(call: Call[None]) -> ApiKeyList:
    """List the desk's API keys, without their secrets."""
    found, days = list_keys(bootstrap.ports())
    return ApiKeyList(keys=[_body(key, call.agent, days.get(key.use_id)) for key in found])


@endpoint(
    blueprint, "PUT", "/v1/api-keys/{setting}",
    action=Action.CHANGE_API_KEYS, body=NewApiKey, answer=MadeApiKey, status=201,
    problems=(409, 422),
)  # fmt: skip
def make_api_key(call: Call[NewApiKey]) -> MadeApiKey:
    """Make an API key; its secret is shown in this answer only. A key is never changed."""
    wanted = NewKey(id=call.path["setting"], **call.body.model_dump())
    key, secret = make_key(bootstrap.ports(), call.agent, wanted)
    return MadeApiKey(key=_body(key, call.agent, None), secret=secret)


@endpoint(
    blueprint, "DELETE", "/v1/api-keys/{setting}",
    action=Action.CHANGE_API_KEYS, status=204, problems=(404,),
)  # fmt: skip
def revoke_api_key(call: Call[None]) -> Reply:
    """Revoke an API key: within 15 seconds it opens nothing any more."""
    revoke_key(bootstrap.ports(), call.agent, call.path["setting"])
    return Reply(None)


def _body(key: ApiKey, agent: Agent, last_used_on: date | None) -> ApiKeyBody:
    return ApiKeyBody(
        id=key.id,
        name=key.name,
        begins_with=f"{KEY_PREFIX}{key.id}_",
        scopes=list(usual_scopes(key.scopes)),
        departments=sorted(key.departments - agent.hidden_departments),
        all_departments=not key.departments,
        created_at=key.created_at,
        created_by=key.created_by,
        ends_on=key.ends_on,
        has_ended=not key.works_on(bootstrap.ports().clock.now().date()),
        last_used_on=last_used_on,
    )
