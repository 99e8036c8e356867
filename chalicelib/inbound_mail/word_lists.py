"""How the tables of words in this package are written: separated by semicolons."""


def words(table: str) -> tuple[str, ...]:
    """The entries of a table, casefolded, with single blanks.

    >>> words("mit freundlichen grüßen; mfg")
    ('mit freundlichen grüssen', 'mfg')
    """
    entries = (" ".join(entry.casefold().split()) for entry in table.split(";"))
    return tuple(entry for entry in entries if entry)
