"""Public holidays, from the ``holidays`` package.

Loading it costs a tenth of a second and its countries more, so it is loaded where a calendar is
saved or made, and nowhere else; what it says is stored with the calendar as days.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any


class HolidaysPackage:
    """What the package knows."""

    def days(
        self, country: str, subdivision: str, years: Iterable[int]
    ) -> Mapping[date, str] | None:
        """Name by day; None where the country or its part is not known."""
        import holidays

        try:
            own = holidays.country_holidays(country, subdiv=subdivision or None)
            # Otherwise the names are in whatever language the machine's environment says.
            own_words = own.default_language
            found = holidays.country_holidays(
                country, subdiv=subdivision or None, years=years, language=own_words
            )
        except NotImplementedError:
            return None
        return dict(sorted(found.items()))

    def regions(self) -> Mapping[str, Mapping[str, str]]:
        """Known countries, each with its parts and what these are called there."""
        import holidays

        known = sorted(holidays.list_supported_countries().items())
        # It lists each country by its codes of two and of three letters.
        return {
            country: _named(parts, getattr(holidays, country))
            for country, parts in known
            if len(country) == 2
        }


def _named(parts: Iterable[str], country: Any) -> dict[str, str]:
    """Parts by code; a part that the package has no name for keeps its code."""
    names: dict[str, str] = {}
    for name, code in getattr(country, "subdivisions_aliases", {}).items():
        names.setdefault(code, name)
    return {code: names.get(code, code) for code in parts}
