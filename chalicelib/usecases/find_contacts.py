"""Customers by what somebody remembers of them: name, address, organisation, by their beginnings."""

from collections.abc import Iterable, Sequence

from chalicelib.domain.contact_words import SHORTEST, fit, tokens_of, words_of
from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.set_up import organisation_of
from chalicelib.domain.wording import words
from chalicelib.usecases.ports import Contact, Ports

_MOST_DOMAINS = 5
_MOST_PAGES = 5


def find_contacts(
    ports: Ports, text: str, *, limit: int, cursor: str
) -> tuple[Sequence[Contact], str]:
    """Customers who have all that was typed, each once, and what follows. Few calls.

    A page may be shorter than ``limit`` though more follow.

    Args:
        cursor: as the page before gave it; empty for the first.

    Raises:
        InvalidRequest: fewer than two letters, or a cursor that cannot be.
    """
    tokens = tokens_of(text)
    if not tokens or len(tokens[0]) < SHORTEST:
        reason = words("Give the first two letters of a name, an address or an organisation.")
        raise InvalidRequest(Fault("search", reason))
    search = _Search(ports, tokens)
    at, _, position = cursor.partition("|")
    source = int(at) if at.isdecimal() else 0
    found: list[Contact] = []
    for _ in range(_MOST_PAGES):
        if source >= len(search.sources):
            return found, ""
        page, position = search.page(source, limit - len(found), position)
        found += page
        if not position:
            source += 1
        if len(found) >= limit:
            break
    return found, f"{source}|{position}" if source < len(search.sources) else ""


class _Search:
    """What was typed, and the words of the index that lead to whom it fits.

    Attributes:
        sources: a word and whether it is the whole word: first what was typed first, then the
            domains of the organisations whose names fit all of it.
    """

    def __init__(self, ports: Ports, tokens: Sequence[str]) -> None:
        self._ports, self._tokens = ports, tokens
        self._organisations = ports.settings.desk().organisations
        domains = [
            domain.casefold()
            for house in self._organisations.values()
            if fit(tokens, words_of(house.name, ()))
            for domain in house.domains
        ]
        whole = [(domain, True) for domain in sorted(domains)[:_MOST_DOMAINS]]
        self.sources = [(tokens[0], False), *whole]

    def page(self, source: int, limit: int, cursor: str) -> tuple[list[Contact], str]:
        """Those of one page who fit, each only where he is met first."""
        word, whole = self.sources[source]
        found, position = self._ports.customers.list_by_word(
            word, whole=whole, limit=limit, cursor=cursor
        )
        fitting = [
            contact
            for by, contact in found
            if fit(self._tokens, self._words(contact)) and self._is_first(source, by, contact)
        ]
        return fitting, position

    def _words(self, contact: Contact) -> frozenset[str]:
        house = self._organisations.get(organisation_of(self._organisations, contact.email))
        own = words_of(contact.name, contact.addresses)
        return own | words_of(house.name, ()) if house else own

    def _is_first(self, source: int, by: str, contact: Contact) -> bool:
        """Whether neither an earlier word nor an earlier source has led to him."""
        own = words_of(contact.name, contact.addresses)
        for index, (word, whole) in enumerate(self.sources[: source + 1]):
            leading = _leading(own, word, whole=whole)
            if leading:
                return index == source and by == min(leading)
        return False


def _leading(words: Iterable[str], word: str, *, whole: bool) -> list[str]:
    return [own for own in words if (own == word if whole else own.startswith(word))]
