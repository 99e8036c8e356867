"""Sizes of files in words."""

_STEPS = ((1_000_000, "MB"), (1_000, "kB"))


def size_in_words(size: int, language: str) -> str:
    """Bytes as people say them, with the language's decimal mark.

    >>> size_in_words(183_221, "en"), size_in_words(1_183_221, "pt_BR"), size_in_words(12, "es")
    ('183 kB', '1,2 MB', '12 B')
    """
    for step, unit in _STEPS:
        if size >= step:
            amount = size / step
            digits = 0 if amount >= 100 else 1
            shown = f"{amount:.{digits}f}".removesuffix(".0")
            return f"{shown if language == 'en' else shown.replace('.', ',')} {unit}"
    return f"{size} B"
