"""Public holidays, from the ``holidays`` package.

Loading it costs a tenth of a second and its countries more, so it is loaded where a calendar is
saved and nowhere else; what it says is stored with the calendar as days.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date


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

    def regions(self) -> Mapping[str, Sequence[str]]:
        """Known countries, each with its parts."""
        import holidays

        known = sorted(holidays.list_supported_countries().items())
        # It lists each country by its codes of two and of three letters.
        return {country: tuple(parts) for country, parts in known if len(country) == 2}
