"""What only the table can show: calls it costs, faults it survives, attributes it keeps."""

from collections.abc import Callable
from dataclasses import fields, replace

import pytest
from pynamodb.exceptions import GetError

from chalicelib.domain.automatic_mail import PROVEN
from chalicelib.domain.errors import LostRace, StaleTicket, Unavailable
from chalicelib.domain.sla import Clock
from chalicelib.domain.ticket import Attachment, Message, Ticket
from chalicelib.domain.views import ViewId, partitions_for, rows_of
from chalicelib.persistence import entry_items, keys, ticket_items
from chalicelib.persistence.ticket_items import TicketItem
from chalicelib.usecases.ports import (
    AlreadyDone,
    Commit,
    SuppressedAddress,
    SuppressionReason,
)
from tests.builders import (
    NOON,
    a_contact,
    a_message,
    a_receipt,
    a_remembered,
    a_ticket,
    an_event,
)
from tests.storage import faults
from tests.storage.desks import TablePorts
from tests.storage.faults import CONFLICT, THROTTLED

EVERYTHING = Commit(
    None,
    a_ticket(),
    (a_message(),),
    (an_event(),),
    load_changes={"agent-rui": 1},
    new_contact=a_contact(),
    thread_ids=("abc@mail.example.com",),
    receipt=a_receipt(),
    remembered=a_remembered(),
)

Action = Callable[[TablePorts], object]
BUDGET: dict[str, tuple[Action, list[str]]] = {
    "open a ticket": (lambda p: p.tickets.open_thread(1001, limit=20), ["Query"]),
    "get a ticket": (lambda p: p.tickets.get(1001), ["GetItem"]),
    "draw a number": (lambda p: p.tickets.next_number(), ["UpdateItem"]),
    "write everything": (
        lambda p: p.tickets.commit(
            replace(
                EVERYTHING,
                after=a_ticket(number=1002),
                new_contact=a_contact(email="bo@example.com"),
                receipt=a_receipt(ses_id="ses-2", fingerprint="content-2"),
                remembered=a_remembered(key="key-2"),
            )
        ),
        ["TransactWriteItems"],
    ),
    "read what is known of a mail": (
        lambda p: p.customers.mail_context(a_receipt(), ["a@x", "b@x"], "ana@example.com"),
        ["BatchGetItem"],
    ),
    "list a view of one department": (
        lambda p: p.read_models.page(
            partitions_for(ViewId.UNASSIGNED, "agent-rui", ["support"]), limit=20, cursor=""
        ),
        ["Query"],
    ),
    "count views": (
        lambda p: p.read_models.counts(
            partitions_for(ViewId.TO_SOLVE, "agent-rui", ["sales", "support"])
        ),
        ["BatchGetItem"],
    ),
    "list a customer's tickets": (
        lambda p: p.tickets.list_by_requester("contact-ana", limit=20, cursor=""),
        ["Query"],
    ),
    "list what is due": (lambda p: p.tickets.list_due(0, NOON, ""), ["Query"]),
    "read the set-up": (lambda p: p.settings.desk(), ["Query"]),
    "read loads": (lambda p: p.loads.list_by_agents(["a", "b"]), ["BatchGetItem"]),
    "read notices": (
        lambda p: p.notices.list_by_agent("agent-rui", limit=20, cursor=""),
        ["Query"],
    ),
    "begin to send": (
        lambda p: p.mail_ledger.begin_sending("k", "a@b.test", NOON, lease_seconds=9),
        ["TransactWriteItems"],
    ),
    "finish to send": (
        lambda p: p.mail_ledger.finish_sending("k", "0100-abc", 1001, "01A"),
        ["TransactWriteItems"],
    ),
    "ask for a link": (
        lambda p: p.link_requests.ask("ana@example.com", "en", NOON),
        ["UpdateItem"],
    ),
}


@pytest.mark.row("K6")
@pytest.mark.parametrize("action", BUDGET)
def test_an_action_costs_the_calls_it_is_allowed(on_table: TablePorts, action: str) -> None:
    on_table.tickets.commit(EVERYTHING)
    act, allowed = BUDGET[action]
    with faults.counted(on_table.table) as calls:
        act(on_table)
    assert calls == allowed


def test_a_list_of_two_departments_costs_one_query_each(on_table: TablePorts) -> None:
    partitions = partitions_for(ViewId.ALL_OPEN, "agent-rui", ["sales", "support"])
    with faults.counted(on_table.table) as calls:
        on_table.read_models.page(partitions, limit=20, cursor="")
    assert calls == ["Query", "Query"]


def test_the_set_up_is_read_once_in_a_while(on_table: TablePorts) -> None:
    on_table.settings.desk()
    on_table.secrets.keyring()
    with faults.counted(on_table.table) as calls:
        on_table.settings.desk()
        on_table.secrets.keyring()
    assert calls == []


@pytest.mark.row("J17")
def test_an_older_release_keeps_what_a_newer_one_added(on_table: TablePorts) -> None:
    on_table.tickets.commit(Commit(None, a_ticket()))
    newer = {"#new": "from_the_future"}, {":value": {"S": "kept"}}
    on_table.table.connection.client._make_api_call(
        "UpdateItem",
        {
            "TableName": on_table.table.name,
            "Key": {"pk": {"S": "TICKET#1001"}, "sk": {"S": "TICKET"}},
            "UpdateExpression": "SET #new = :value",
            "ExpressionAttributeNames": newer[0],
            "ExpressionAttributeValues": newer[1],
        },
    )
    before = on_table.tickets.get(1001)
    on_table.tickets.commit(Commit(before, replace(before, version=2, subject="Changed")))
    raw = on_table.table.find_raw(keys.ticket(1001))
    assert raw is not None
    assert raw["from_the_future"] == {"S": "kept"}
    assert raw["subject"] == {"S": "Changed"}


def test_a_conflict_is_tried_again_with_the_same_token(on_table: TablePorts) -> None:
    with faults.cancelled(on_table.table, [CONFLICT, "None", THROTTLED], times=2) as tokens:
        on_table.tickets.commit(EVERYTHING)
    assert len(tokens) == 3
    assert len(set(tokens)) == 1
    assert on_table.tickets.get(1001) == EVERYTHING.after


def test_a_conflict_that_does_not_end_is_a_lost_race(on_table: TablePorts) -> None:
    with faults.cancelled(on_table.table, [CONFLICT], times=99), pytest.raises(LostRace):
        on_table.tickets.commit(EVERYTHING)


def test_a_failed_condition_is_not_tried_again(on_table: TablePorts) -> None:
    on_table.tickets.commit(EVERYTHING)
    with faults.counted(on_table.table) as calls, pytest.raises(AlreadyDone):
        on_table.tickets.commit(replace(EVERYTHING, messages=()))
    assert calls == ["TransactWriteItems"]


def test_a_condition_counts_more_than_a_conflict_beside_it(on_table: TablePorts) -> None:
    ticket = a_ticket()
    on_table.tickets.commit(Commit(None, ticket))
    edit = Commit(ticket, replace(ticket, version=2), (a_message(),))
    # Puts are sent first: the message's, then the ticket's update.
    reasons = [CONFLICT, "ConditionalCheckFailed"]
    with faults.cancelled(on_table.table, reasons, times=9), pytest.raises(StaleTicket) as stale:
        on_table.tickets.commit(edit)
    assert stale.value.current == 1


def test_a_write_whose_answer_was_lost_is_made_once(on_table: TablePorts) -> None:
    with faults.lost_answer(on_table.table, "TransactWriteItems"), pytest.raises(Unavailable):
        on_table.tickets.commit(EVERYTHING)
    with pytest.raises(AlreadyDone) as done:
        on_table.tickets.commit(EVERYTHING)
    assert done.value.remembered == EVERYTHING.remembered
    assert len(on_table.tickets.open_thread(1001, limit=9).entries) == 2


@pytest.mark.parametrize(
    ("operation", "call"),
    [
        ("GetItem", lambda p: p.tickets.get(1001)),
        ("Query", lambda p: p.tickets.open_thread(1001, limit=5)),
        ("UpdateItem", lambda p: p.tickets.next_number()),
        ("BatchGetItem", lambda p: p.loads.list_by_agents(["a"])),
        ("TransactWriteItems", lambda p: p.tickets.commit(EVERYTHING)),
    ],
)
def test_throttling_that_lasts_is_unavailable(
    on_table: TablePorts, operation: str, call: Action
) -> None:
    code = "ProvisionedThroughputExceededException"
    with faults.refused(on_table.table, operation, code), pytest.raises(Unavailable):
        call(on_table)


def test_a_fault_of_ours_is_not_hidden_as_unavailable(on_table: TablePorts) -> None:
    with (
        faults.refused(on_table.table, "GetItem", "AccessDeniedException"),
        pytest.raises(GetError, match="AccessDenied"),
    ):
        on_table.tickets.get(1001)


def test_lists_are_shown_once_when_two_workers_project_at_once(on_table: TablePorts) -> None:
    ticket = a_ticket()
    rows = rows_of(ticket)
    # The note of what is shown is put after the rows.
    reasons = ["None"] * len(rows) + ["ConditionalCheckFailed"]
    with faults.cancelled(on_table.table, reasons, times=1) as tokens:
        assert on_table.read_models.apply(ticket, rows)
    assert len(tokens) == 2


def test_rows_of_lists_are_in_no_index(on_table: TablePorts) -> None:
    ticket = a_ticket()
    on_table.read_models.apply(ticket, rows_of(ticket))
    assert on_table.tickets.list_by_requester("contact-ana", limit=5, cursor="") == ([], "")


def test_every_item_has_a_kind_and_a_schema(on_table: TablePorts) -> None:
    on_table.tickets.commit(EVERYTHING)
    on_table.tickets.next_number()
    on_table.loads.set_available("agent-eva", available=True)
    on_table.read_models.apply(a_ticket(), rows_of(a_ticket()))
    on_table.notices.mark_read("agent-rui", "01")
    on_table.secrets.keyring()
    on_table.mail_ledger.begin_sending("k", "a@b.test", NOON, lease_seconds=9)
    on_table.mail_ledger.finish_sending("k", "0100-abc", 1001, "01A")
    on_table.mail_ledger.may_acknowledge("ana@example.com", "k", NOON, PROVEN)
    on_table.mail_ledger.count_failure("tell-1", NOON)
    on_table.suppressions.strike("ana@example.com", "ses-1", NOON)
    bounced = SuppressedAddress("ana@example.com", SuppressionReason.BOUNCE, NOON)
    on_table.suppressions.suppress(bounced, "ses-1")
    on_table.link_requests.ask("ana@example.com", "en", NOON)
    on_table.settings.save("topics", "a", {"id": "a"}, based_on=None)
    items = on_table.table.connection.scan(on_table.table.name)["Items"]
    assert all(item["kind"]["S"] and item["schema"] == {"N": "1"} for item in items)
    assert len({item["kind"]["S"] for item in items}) == 25


def test_no_field_of_the_domain_is_forgotten() -> None:
    stored = set(TicketItem.get_attributes())
    assert {field.name for field in fields(Ticket)} <= stored
    assert {field.name for field in fields(Clock)} <= set(ticket_items.ClockMap.get_attributes())
    message = set(entry_items.MessageItem.get_attributes())
    assert {field.name for field in fields(Message)} - {"id"} <= message
    attachment = set(entry_items.AttachmentMap.get_attributes())
    assert {field.name for field in fields(Attachment)} <= attachment
