"""The repository of contacts, and what is known about an incoming mail."""

from collections.abc import Sequence

from chalicelib.domain.judgement import Tally
from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import receipt_items
from chalicelib.persistence.items import key_of
from chalicelib.persistence.people_items import contact_of_raw
from chalicelib.persistence.table import Table
from chalicelib.usecases.ports import Contact, MailContext, MailReceipt

_MOST_REFERENCES = 90
"""With the receipts and the sender they fit into one BatchGetItem."""


class CustomerRepository:
    """Customers in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def find_by_address(self, address: str) -> Contact | None:
        """Whose address this is. One call."""
        raw = self._table.find_raw(keys.address(address))
        return None if raw is None else contact_of_raw(raw)

    def mail_context(
        self,
        receipt: MailReceipt,
        references: Sequence[str],
        sender: str,
        tallies: Sequence[Tally] = (),
    ) -> MailContext:
        """Ledger, thread references, contact and counts of a mail. One call.

        Args:
            references: nearest first; those beyond the ninetieth are not looked up.
        """
        receipts = [key_of(item) for item in receipt_items(receipt)]
        asked = [value for value in references if keys.bare_message_id(value)]
        leads = {value: keys.message_id(value) for value in asked[:_MOST_REFERENCES]}
        who = [keys.address(sender)] if sender.strip() else []
        counted = {tally.name: keys.tally(tally.name) for tally in tallies}
        found = self._table.find_many([*receipts, *leads.values(), *who, *counted.values()])
        return MailContext(
            seen=any(key in found for key in receipts),
            known_references={
                value: int(found[key]["number"]["N"])
                for value, key in leads.items()
                if key in found
            },
            contact=next((contact_of_raw(found[key]) for key in who if key in found), None),
            counts={
                name: int(found[key]["times"]["N"]) for name, key in counted.items() if key in found
            },
        )
