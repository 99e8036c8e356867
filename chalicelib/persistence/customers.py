"""The repository of contacts, and what is known about an incoming mail."""

from collections.abc import Sequence
from dataclasses import replace

from chalicelib.domain.errors import AddressTaken, LostRace, NotFound
from chalicelib.domain.judgement import Tally
from chalicelib.persistence import keys
from chalicelib.persistence.commit_writes import receipt_items
from chalicelib.persistence.items import key_of, read, set_all
from chalicelib.persistence.keys import Key
from chalicelib.persistence.people_items import (
    AddressItem,
    ContactItem,
    ContactWordItem,
    contact_items,
    contact_of_raw,
    word_items,
)
from chalicelib.persistence.table import Table, Write
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

    def get(self, contact_id: str) -> Contact:
        """One customer, consistent. One call.

        Raises:
            NotFound: there is none.
        """
        raw = self._table.find_raw(keys.contact(contact_id), consistent=True)
        if raw is None:
            raise NotFound("Contact", contact_id)
        return contact_of_raw(raw)

    def save(self, before: Contact, after: Contact, absorbed: Contact | None = None) -> None:
        """Store a changed contact with its addresses. One TransactWriteItems.

        The words by which he is found are put before it and taken away after it: one too many
        finds nobody, for whoever is found is looked at again.

        Args:
            absorbed: another contact, as it was read, whose addresses this one takes over.

        Raises:
            LostRace: one of them was changed meanwhile.
            AddressTaken: an address belongs to another contact.
        """
        writes = [_changed(before, after)]
        if absorbed:
            left = replace(absorbed, version=absorbed.version + 1, merged_into=after.id)
            writes.append(_changed(absorbed, left))
        own = {keys.address(address) for address in after.addresses}
        mine = [contact.id for contact in (after, absorbed) if contact]
        writes += [_address(after, address, mine) for address in after.addresses]
        gone = {keys.address(a) for a in before.addresses} - own
        writes += [Write("delete", AddressItem(*key)) for key in sorted(gone)]
        old, new = _words(before, *([absorbed] if absorbed else [])), _words(after)
        self._table.put_many(new[key] for key in sorted(new.keys() - old.keys()))
        self._table.transact(writes)
        self._table.delete_many(sorted(old.keys() - new.keys()))

    def list_by_word(
        self, word: str, *, whole: bool, limit: int, cursor: str
    ) -> tuple[Sequence[tuple[str, Contact]], str]:
        """Contacts with the word each was found by, in its order. One Query, one BatchGetItem.

        A page may be shorter than its limit, and there may be more behind an empty one: words of
        contacts that have others meanwhile are left out.
        """
        partition = keys.contact_words(word)
        begins = f"{word}#" if whole else word
        start = {"pk": {"S": partition}, "sk": {"S": cursor}} if cursor else None
        page = self._table.query(
            partition, ContactWordItem.sk.startswith(begins), limit=limit, start=start
        )
        items = [read(ContactWordItem, raw) for raw in page.items]
        found = self._table.find_many({keys.contact(item.contact_id) for item in items})
        by_id = {raw["contact_id"]["S"]: contact_of_raw(raw) for raw in found.values()}
        known = [(item.word, by_id[item.contact_id]) for item in items if item.contact_id in by_id]
        fresh = [
            (word, one) for word, one in known if keys.contact_word(word, one.id) in _words(one)
        ]
        return fresh, page.last["sk"]["S"] if page.last else ""

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


def _words(*contacts: Contact) -> dict[Key, ContactWordItem]:
    return {key_of(item): item for contact in contacts for item in word_items(contact)}


def _changed(before: Contact, after: Contact) -> Write:
    item, _ = contact_items(after)
    # A contact of before contacts were changed has no version yet.
    as_read = ContactItem.version == before.version
    if before.version == 1:
        as_read = as_read | (ContactItem.version.does_not_exist() & ContactItem.pk.exists())
    return Write("update", item, as_read, set_all(item), refused=lambda _: LostRace())


def _address(contact: Contact, address: str, mine: Sequence[str]) -> Write:
    _, item = contact_items(contact, address)
    free = AddressItem.pk.does_not_exist() | AddressItem.contact_id.is_in(*mine)
    return Write("update", item, free, set_all(item), refused=lambda _: AddressTaken(address))
