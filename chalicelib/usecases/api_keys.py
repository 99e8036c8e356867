"""Administrators give programs a key to the API, and take it back."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from chalicelib.domain.acting import holder_of
from chalicelib.domain.api_keys import (
    MOST_KEYS,
    ApiKey,
    PresentedKey,
    Scope,
    key_text,
    presented_key,
    usual_scopes,
)
from chalicelib.domain.desk import Agent
from chalicelib.domain.errors import Fault, InvalidRequest, KeyNotValid, Unavailable
from chalicelib.domain.wording import words
from chalicelib.usecases.ports import Ports, SettingChange
from chalicelib.usecases.settings_keys import API_KEYS, ApiKeyDocument, api_keys

log = logging.getLogger("chamado.api_keys")


@dataclass(frozen=True, slots=True)
class NewKey:
    """What is wanted of a key.

    Attributes:
        departments: whose tickets are there for it; empty is all that are not confidential.
        ends_on: its last day, in UTC; None for ever.
    """

    id: str
    name: str
    scopes: Sequence[Scope]
    departments: Sequence[str] = ()
    ends_on: date | None = None


def make_key(ports: Ports, agent: Agent, wanted: NewKey) -> tuple[ApiKey, str]:
    """Make a key; gives it and its text, which is shown this once and kept nowhere.

    Raises:
        InvalidRequest: a department is not there for this agent, the last day has passed, or there
            are too many keys.
        StaleSetting: there is a key of this id.
    """
    _require_fitting(ports, agent, wanted)
    text = key_text(wanted.id, ports.ids.secret())
    presented = presented_key(text)
    if presented is None:
        raise InvalidRequest(Fault("id", words("Use small letters, digits, - and _, at most 63.")))
    document = ApiKeyDocument(
        id=wanted.id,
        name=wanted.name,
        digest=presented.digest,
        scopes=list(usual_scopes(wanted.scopes)),
        departments=sorted(set(wanted.departments)),
        created_at=ports.clock.now(),
        created_by=agent.id,
        ends_on=wanted.ends_on,
    )
    change = SettingChange(ports.ids.new(), agent.id)
    stored = document.model_dump(mode="json")
    ports.settings.save(API_KEYS, wanted.id, stored, based_on=0, change=change)
    log.info("key made", extra={"key": wanted.id, "by": agent.id, "scopes": stored["scopes"]})
    return document.to_domain(), text


def _require_fitting(ports: Ports, agent: Agent, wanted: NewKey) -> None:
    known = ports.settings.desk().departments
    for name in wanted.departments:
        if name not in known or name in agent.hidden_departments:
            reason = words(
                "There is no such entry: {value}. Create it first, or choose another.", value=name
            )
            raise InvalidRequest(Fault("departments", reason))
    if wanted.ends_on and wanted.ends_on < ports.clock.now().date():
        raise InvalidRequest(
            Fault("ends_on", words("Choose today or a later day, or leave it out."))
        )
    if len(ports.settings.list_documents(API_KEYS)) >= MOST_KEYS:
        reason = words(
            "There are {most} keys already; revoke one that is not used any more.", most=MOST_KEYS
        )
        raise InvalidRequest(Fault("id", reason))


def list_keys(ports: Ports) -> tuple[list[ApiKey], Mapping[str, date]]:
    """All keys by id, and the last day of use by ``use_id``. Two calls."""
    stored = api_keys(document for document, _ in ports.settings.list_documents(API_KEYS))
    return list(stored.values()), ports.api_key_uses.last_days()


def revoke_key(ports: Ports, agent: Agent, key_id: str) -> None:
    """Take a key back: it opens nothing more once every container has read the set-up again.

    Raises:
        NotFound: there is no such key.
    """
    ports.settings.remove(API_KEYS, key_id, based_on=None)
    log.info("key revoked", extra={"key": key_id, "by": agent.id})


def act_by_key(ports: Ports, presented: PresentedKey) -> Agent:
    """Who acts by a key. No call but, once a day, the one that notes the day.

    Raises:
        KeyNotValid: it is unknown, was revoked or has ended.
    """
    desk, today = ports.settings.desk(), ports.clock.now().date()
    agent = holder_of(desk, presented, today)
    if agent is None:
        raise KeyNotValid
    try:
        ports.api_key_uses.note(desk.api_keys[presented.id].use_id, today)
    except Unavailable:
        # What the key is asked for matters more than the day on which it was used.
        log.warning("use of key not noted", extra={"key": presented.id})
    return agent
