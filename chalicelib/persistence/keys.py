"""Every key string of the table. Nothing else in the project spells one out.

An entry of a ticket sorts before the ticket itself ("E" before "T"), so that one descending Query
gives the ticket and then its newest entries; between the two are the replies that wait ("O").
"""

import hashlib
from datetime import UTC, datetime
from typing import NamedTuple

from chalicelib.domain.views import Partition
from chalicelib.usecases.ports import WAKE_SHARDS

BY_REQUESTER = "by_requester"
BY_WAKE = "by_wake"

INDEX_KEYS = {BY_REQUESTER: ("requester_id", "created_at"), BY_WAKE: ("wake_shard", "wake_at")}

TICKET_SORT = "TICKET"
ENTRY_PREFIX = "ENTRY#"
SCHEDULED_PREFIX = "OUTBOX#"
CONFIG = "CONFIG"
SUSPENDED = "SUSPENDED"
TAGS = "TAGS"
SUPPRESSED = "SUPPRESSED"
FORWARDING = "FORWARDING"
NOTICE_PREFIX = "NOTICE#"
READ_SORT = "READ"
COUNTS_SORT = "COUNTS"

ROWS_END = "~"
"""Rows of a list sort below it; what is not a row of the list sorts above."""


class Key(NamedTuple):
    """Where an item is."""

    pk: str
    sk: str


def ticket(number: int) -> Key:
    """The current state of a ticket."""
    return Key(f"TICKET#{number}", TICKET_SORT)


def number_of(pk: str) -> int:
    """The ticket number in a partition key.

    >>> number_of(ticket(1042).pk)
    1042
    """
    return int(pk.partition("#")[2])


def entry(number: int, entry_id: str) -> Key:
    """A message or an event of a ticket, in one timeline by ULID."""
    return Key(f"TICKET#{number}", f"{ENTRY_PREFIX}{entry_id}")


def scheduled_reply(number: int, reply_id: str) -> Key:
    """A reply that waits for its time; sorts after the entries and before the ticket."""
    return Key(f"TICKET#{number}", f"{SCHEDULED_PREFIX}{reply_id}")


def ticket_counter() -> Key:
    """The item that numbers are drawn from."""
    return Key("COUNTER#TICKET", "COUNTER")


def wake_shard(number: int) -> str:
    """The part of the alarm index that a ticket belongs to."""
    return shard(number % WAKE_SHARDS)


def shard(index: int) -> str:
    """One part of the alarm index."""
    return f"WAKE#{index}"


def contact(contact_id: str) -> Key:
    """A customer."""
    return Key(f"CONTACT#{contact_id}", "CONTACT")


def address(email: str) -> Key:
    """Whose an address is; case does not matter."""
    return Key(f"ADDRESS#{folded(email)}", "ADDRESS")


def contact_words(word: str) -> str:
    """The partition of the words by which customers are found and that begin as this one does."""
    return f"FIND#{word[:2]}"


def contact_word(word: str, contact_id: str) -> Key:
    """A customer is found by the beginning of this word."""
    return Key(contact_words(word), f"{word}#{contact_id}")


def delivery(ses_id: str) -> Key:
    """The receipt of one delivery of a mail."""
    return Key(f"MAIL#ses:{ses_id}", "MAIL")


def fingerprint(value: str) -> Key:
    """The receipt of a mail's content, by whichever delivery it came."""
    return Key(f"MAIL#content:{value}", "MAIL")


def message_id(value: str) -> Key:
    """What a Message-ID leads to. Mail clients change its case, so it is folded."""
    return Key(f"MSGID#{digest(bare_message_id(value))}", "MSGID")


def bare_message_id(value: str) -> str:
    """A Message-ID without angle brackets and white space, case folded.

    >>> bare_message_id(" <Abc@Mail.example.com> ")
    'abc@mail.example.com'
    """
    return value.strip().strip("<>").strip().casefold()


def tally(name: str) -> Key:
    """How often something happened within an hour."""
    return Key(f"TALLY#{name}", "TALLY")


def terms(name: str) -> Key:
    """What was promised under a name."""
    return Key(f"TERMS#{name}", "TERMS")


def set_up_revision() -> Key:
    """How often the set-up was changed as a whole; apart from it, for it is read whole."""
    return Key("REVISION", "REVISION")


def stray_mail(ses_id: str) -> Key:
    """How often a stored mail that nothing was heard of was queued again."""
    return Key(f"STRAY#{ses_id}", "STRAY")


def accounted() -> Key:
    """Up to when every stored mail is accounted for."""
    return Key("ACCOUNTED", "ACCOUNTED")


def sent_mail(key: str) -> Key:
    """The ledger entry of one mail that leaves, by the key of its sending."""
    return Key(f"SENT#{key}", "SENT")


def sent_reference(ses_id: str) -> Key:
    """Which message left under an id that SES gave."""
    return Key(f"SES#{bare_ses_id(ses_id)}", "SES")


def bare_ses_id(value: str) -> str:
    """The id without the domain that SES, or what stands in for it, may have put behind it.

    >>> bare_ses_id("<0100-abc@email.amazonses.com>")
    '0100-abc'
    """
    return value.strip().strip("<>").strip().partition("@")[0]


def suspended(mail_id: str) -> Key:
    """A mail that was kept but not let in; ids are ULIDs, so they sort by time."""
    return Key(SUSPENDED, mail_id)


def forwarding_check(address: str) -> Key:
    """The last check of a forwarded address."""
    return Key(FORWARDING, folded(address))


def tag(name: str) -> Key:
    """How often a tag was given; all are in one partition, by name."""
    return Key(TAGS, name)


def setting(kind: str, setting_id: str) -> Key:
    """One document of the set-up; all are in one partition and are read by one Query."""
    return Key(CONFIG, f"{kind}#{setting_id}")


def setting_id_of(sk: str) -> str:
    """The id of a setting, by where it is.

    >>> setting_id_of(setting("topics", "fault").sk)
    'fault'
    """
    return sk.partition("#")[2]


def breaches(department_id: str) -> str:
    """The partition of the promises that a department missed."""
    return f"BREACHES#{department_id}"


def breach(department_id: str, due_at: datetime, number: int, target: str) -> Key:
    """A missed promise, by the due time that was missed."""
    return Key(breaches(department_id), f"{instant(due_at)}#{number:012d}#{target}")


def instant(moment: datetime) -> str:
    """An instant as keys have it: they sort by time."""
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%S")


def load(agent_id: str) -> Key:
    """How busy an agent is."""
    return Key(f"AGENT#{agent_id}", "LOAD")


def notice(agent_id: str, notice_id: str) -> Key:
    """Something an agent is told of."""
    return Key(f"AGENT#{agent_id}", f"{NOTICE_PREFIX}{notice_id}")


def notices_read(agent_id: str) -> Key:
    """Up to which notice an agent has read; sorts after his notices."""
    return Key(f"AGENT#{agent_id}", READ_SORT)


def view(partition: Partition) -> str:
    """Partition key of one ready-made list."""
    return f"VIEW#{partition.key}"


def row_sort(sort: str, number: int) -> str:
    """Place of a ticket in a list; equal sorts are told apart by the number."""
    return f"{sort}#{number:012d}"


def view_count(view_pk: str) -> Key:
    """How many rows a list has; sorts after them."""
    return Key(view_pk, "~COUNT")


def view_counts(owner: str) -> Key:
    """How many rows the saved views have of one owner; all in one item, by edition."""
    return Key(f"VIEWS#{owner}", COUNTS_SORT)


def owner_of_view(view_pk: str) -> str:
    """Whose part of a list a partition is.

    >>> owner_of_view("VIEW#e-1#department:support")
    'department:support'
    """
    return view_pk.split("#", 2)[2]


def name_of_view(view_pk: str) -> str:
    """Which list a partition belongs to.

    >>> name_of_view("VIEW#e-1#department:support")
    'e-1'
    """
    return view_pk.split("#", 2)[1]


def projected(number: int) -> Key:
    """Which version of a ticket the lists show, and where."""
    return Key(f"PROJECTED#{number}", "PROJECTED")


def remembered(client: str, key: str) -> Key:
    """The first answer to a request with an Idempotency-Key."""
    return Key(f"IDEM#{client}#{key}", "IDEM")


def acknowledgements(email: str) -> Key:
    """When automatic mails went to an address; the address itself is not kept."""
    return Key(f"ACK#{digest(folded(email))}", "ACK")


def suppressed_address(email: str) -> Key:
    """An address that gets no mail of ours; all are in one partition, by address."""
    return Key(SUPPRESSED, folded(email))


def strikes(email: str) -> Key:
    """When mail to an address failed for a reason that may pass."""
    return Key(f"STRIKES#{digest(folded(email))}", "STRIKES")


def mail_outcome(cause: str) -> Key:
    """News of a mail that made its address suppressed."""
    return Key(f"OUTCOME#{digest(cause)}", "OUTCOME")


def answer(owner: str, kind: str, name: str) -> Key:
    """Ready-made words; those of one owner are in one partition."""
    return Key(f"ANSWERS#{owner}", f"{kind}#{name}")


def uses(setting_kind: str, setting_id: str) -> Key:
    """How often something of the set-up was used; those of a kind are in one partition."""
    return Key(f"USES#{setting_kind}", setting_id)


def api_key_use(use_id: str) -> Key:
    """When an API key was used last; those of all keys are in one partition."""
    return Key("KEYUSES", use_id)


def counted(cause: str) -> Key:
    """A use that was counted."""
    return Key(f"COUNTED#{digest(cause)}", "COUNTED")


def job_failures(job: str) -> Key:
    """How often a job failed."""
    return Key(f"FAILED#{digest(job)}", "FAILED")


def link_request(email: str) -> Key:
    """The last wish for a link from an address."""
    return Key(f"LINKS#{digest(folded(email))}", "LINKS")


def keyring() -> Key:
    """The desk's signing keys."""
    return Key("KEYRING", "KEYRING")


def folded(email: str) -> str:
    """An address as it is compared.

    >>> folded(" Ana@Example.com ")
    'ana@example.com'
    """
    return email.strip().casefold()


def digest(text: str) -> str:
    """A text of any length and content as a short key."""
    return hashlib.sha256(text.encode()).hexdigest()
