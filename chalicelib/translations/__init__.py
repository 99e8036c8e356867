"""What customers and agents read, in their language: gettext catalogues and words for times.

A leaf: any layer except the domain may import it; it imports the standard library, and Babel where
a date is put into words. Catalogues are extracted and compiled with Babel's ``pybabel``, see
``babel.cfg``; the message is its English text, the compiled ``.mo`` files are part of the package.
"""

from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

DOMAIN = "chamado"
LANGUAGES = ("en", "pt_BR", "pt_PT", "es")
LANGUAGE_NAMES = {
    "en": "English",
    "pt_BR": "Português (Brasil)",
    "pt_PT": "Português (Portugal)",
    "es": "Español",
}
LOCALES = Path(__file__).parent / "locales"


@cache
def translator(language: str) -> NullTranslations:
    """The catalogue of a language; English for one that we do not have."""
    known = language if language in LANGUAGES else LANGUAGES[0]
    with (LOCALES / known / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as compiled:
        return GNUTranslations(compiled)


def language_tag(language: str) -> str:
    """The BCP 47 tag, as HTML and HTTP want it.

    >>> language_tag("pt_BR")
    'pt-BR'
    """
    return language.replace("_", "-")
