"""Numbers as people of a language write and read them."""

import re

_GROUPED = {
    ",": re.compile(r"[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?"),
    ".": re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?"),
}


def number_in_words(number: float, language: str) -> str:
    """With the language's own point and groups, up to six digits behind the point.

    >>> number_in_words(1250.5, "es"), number_in_words(12, "en")
    ('1.250,5', '12')
    """
    from babel.numbers import format_decimal

    return str(format_decimal(number, "#,##0.######", locale=language))


def number_of_words(text: str, language: str) -> int | float | None:
    """The number that somebody wrote in a language; None for what is none.

    What can only be the other languages' way of writing is taken as that.

    >>> number_of_words("1.250,5", "es"), number_of_words("1,250", "en")
    (1250.5, 1250)
    >>> number_of_words("12.5", "es"), number_of_words("twelve", "en")
    (12.5, None)
    """
    plain = "".join(text.split())
    own, other = (",", ".") if language == "en" else (".", ",")
    for group in (own, other):
        if _GROUPED[group].fullmatch(plain):
            digits = plain.replace(group, "").replace(",", ".")
            return float(digits) if "." in digits else int(digits)
    return None
