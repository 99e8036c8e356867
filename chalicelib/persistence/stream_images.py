"""Images of the table's stream as the domain knows them.

An image is an item in DynamoDB's own notation, as Lambda hands it over in a stream record. A
``ProjectTicket`` job carries such an image too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chalicelib.domain.assignment import AgentLoad
from chalicelib.domain.scheduled_reply import ScheduledReply
from chalicelib.domain.ticket import Event, Ticket
from chalicelib.persistence import keys
from chalicelib.persistence.entry_items import event_of_raw
from chalicelib.persistence.items import RawItem, read
from chalicelib.persistence.ledger_items import LinkRequestItem
from chalicelib.persistence.people_items import load_of_raw
from chalicelib.persistence.scheduled_items import scheduled_reply_of_raw
from chalicelib.persistence.setting_items import SettingItem
from chalicelib.persistence.ticket_items import ticket_of_raw
from chalicelib.usecases.ports import SettingChange


@dataclass(frozen=True, slots=True)
class LinkRequest:
    """A customer's wish for a fresh link."""

    id: str
    address: str
    language: str


def kind_of(record: Mapping[str, Any]) -> str:
    """What kind of item a stream record is about; empty for one that has no kind."""
    change = record["dynamodb"]
    image = change.get("NewImage") or change.get("OldImage") or {}
    return str(image.get("kind", {}).get("S", ""))


@dataclass(frozen=True, slots=True)
class SettingImage:
    """A document of the set-up, and who wrote it."""

    kind: str
    id: str
    document: Mapping[str, Any]
    change: SettingChange


def setting_of(image: RawItem) -> SettingImage:
    """The document of the set-up."""
    item = read(SettingItem, image)
    change = SettingChange(item.change_id, item.changed_by)
    return SettingImage(item.setting_kind, item.document["id"], item.document, change)


def setting_kind_of(image: RawItem) -> str:
    """Of which sort a document of the set-up is."""
    return str(image["setting_kind"]["S"])


def setting_id_of(image: RawItem) -> str:
    """Which document of its sort it is."""
    return keys.setting_id_of(str(image["sk"]["S"]))


def event_of(image: RawItem) -> tuple[int, Event]:
    """The ticket number and the event."""
    return keys.number_of(str(image["pk"]["S"])), event_of_raw(image)


def ticket_of(image: RawItem) -> Ticket:
    """The ticket."""
    return ticket_of_raw(image)


def load_of(image: RawItem) -> AgentLoad:
    """How busy an agent is."""
    return load_of_raw(image)


def scheduled_reply_of(image: RawItem) -> ScheduledReply:
    """The reply that waits."""
    return scheduled_reply_of_raw(image)


def link_request_of(image: RawItem) -> LinkRequest:
    """The wish for a link."""
    item = read(LinkRequestItem, image)
    return LinkRequest(item.request_id, item.address, item.language)
