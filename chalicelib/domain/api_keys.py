"""Keys by which other programs call the API: what one may do, and how one is recognised.

A key is ``chk_``, its id, and 256 random bits in hex. The desk keeps only the SHA-256 of it: the
secret is random, so that nobody finds it by trying, and a slow hash would protect nothing more.
"""

import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from hashlib import sha256

KEY_PREFIX = "chk_"
"""What every key begins with, so that those who look for leaked secrets find one."""
ACTOR_PREFIX = "key:"
"""What the history puts before a key's id; no person's id has a colon."""
MOST_KEYS = 50
"""The set-up is read whole, and keys with it."""

_FORM = re.compile(r"chk_([a-z0-9][a-z0-9_-]{0,62})_[0-9a-f]{64}")


class Scope(StrEnum):
    """What a key may do. Who may write may read the same too."""

    TICKETS_READ = "tickets:read"
    TICKETS_WRITE = "tickets:write"
    CONTACTS_WRITE = "contacts:write"
    ANSWERS_READ = "answers:read"
    REPORTS_READ = "reports:read"
    MAIL_READ = "mail:read"
    MAIL_WRITE = "mail:write"
    SETTINGS_READ = "settings:read"
    SETTINGS_WRITE = "settings:write"


@dataclass(frozen=True, slots=True)
class PresentedKey:
    """What a caller showed: which key it says it is, and the SHA-256 of all of it, in hex."""

    id: str
    digest: str


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A key as the desk keeps it; the secret itself is nowhere.

    Attributes:
        digest: SHA-256 of the whole key, in hex.
        departments: whose tickets are there for it; empty is all that are not confidential.
        ends_on: the last day on which it works, in UTC; None for ever.
        created_by: id of the administrator who made it.
    """

    id: str
    name: str
    digest: str
    scopes: frozenset[Scope]
    departments: frozenset[str]
    created_at: datetime
    created_by: str
    ends_on: date | None = None

    @property
    def use_id(self) -> str:
        """Under what its use is noted: another key of the same id was never used."""
        return f"{self.id}#{self.digest[:16]}"

    def works_on(self, day: date) -> bool:
        """Whether its last day has not passed; ``day`` in UTC."""
        return self.ends_on is None or day <= self.ends_on

    def is_shown_by(self, presented: PresentedKey) -> bool:
        """Whether this is the key that was presented, compared in constant time."""
        return self.id == presented.id and hmac.compare_digest(self.digest, presented.digest)


def key_text(key_id: str, secret: str) -> str:
    """The key as its holder sends it.

    Args:
        secret: 256 random bits, as 64 characters of hex.
    """
    return f"{KEY_PREFIX}{key_id}_{secret}"


def presented_key(text: str) -> PresentedKey | None:
    """What is known of a key from its text alone; None for what has not the form of one.

    >>> presented_key(key_text("shop", "0" * 64)).id
    'shop'
    >>> presented_key("chk_shop_short") is None
    True
    """
    form = _FORM.fullmatch(text)
    return PresentedKey(form[1], sha256(text.encode()).hexdigest()) if form else None


def principal_of(presented: PresentedKey) -> str:
    """How the authorizer names a caller by key to the routes."""
    return f"{ACTOR_PREFIX}{presented.id}:{presented.digest}"


def key_of_principal(principal: str) -> PresentedKey | None:
    """The key in a principal; None where a person signed in.

    >>> key_of_principal("key:shop:ab")
    PresentedKey(id='shop', digest='ab')
    >>> key_of_principal("0b54-1f") is None
    True
    """
    if not principal.startswith(ACTOR_PREFIX):
        return None
    key_id, _, digest = principal.removeprefix(ACTOR_PREFIX).rpartition(":")
    return PresentedKey(key_id, digest)


def usual_scopes(scopes: Iterable[Scope]) -> tuple[Scope, ...]:
    """Each scope once, in the order in which they are always told."""
    wanted = set(scopes)
    return tuple(scope for scope in Scope if scope in wanted)
