"""Closing formulas: "Kind regards", and nothing but a signature below them."""

import re
import unicodedata

from chalicelib.inbound_mail.signature_marks import (
    CLOSINGS,
    FORMAL_STARTS,
    FORMAL_WORDS,
    FROM_A_PLACE,
    JOINED_BY,
    THANKS,
)
from chalicelib.inbound_mail.signature_shapes import (
    CONTACT,
    is_full_name,
    is_name,
    looks_like_signature,
    name_like,
)

MAX_SIGNATURE_LINES = 16
_MAX_LINES_LOOKED_AT = 50
# A firm by German law names its managers, courts and numbers, one below the other.
_MAX_LEGAL_LINES = 34
_MAX_CHARACTERS = 80
_MAX_WORDS_BEHIND = 4
_LONG_CLOSING = 10
_MIN_CONTACTS = 2
RULE = re.compile(r"\s{0,3}[-_=*~#•─—–]{4,}\s*\Z")
_IN_ONE_LINE = re.compile(r"\s+[|/·•–—-]\s+|,")
_FORMULAS = CLOSINGS | THANKS
_FIRST_WORD = re.compile(r"[^\s,/|.!&、。]+")
# Every formula begins with one of these: saves a closer look at the lines of the letter.
_FIRST_WORDS = frozenset(
    match.group() for match in map(_FIRST_WORD.match, _FORMULAS) if match is not None
)
# "Grüße, Jo", "Grüße - Jo".
_COMMA_OR_DASH = re.compile(r",|\s[–—-]\s")
_LANGUAGES = re.compile(r"\s*[/|·]\s*|\s[–—-]\s")


def closing_start(lines: list[str], author: str) -> int:
    """Index of the last closing formula with nothing but a signature below it; else the end."""
    first = max(0, len(lines) - _MAX_LINES_LOOKED_AT)
    for index in range(first, len(lines)):
        words, rest = _closing_words(lines[index], author)
        if not words and not _is_formal(lines[index]):
            continue
        below = [line for line in lines[index + 1 :] if line.strip()]
        if below and RULE.match(below[0]) and any(line.strip() for line in lines[:index]):
            # A line drawn below "Thanks," is the edge of a signature, however long it is.
            return index
        if not any(line.strip() for line in lines[:index]):
            # With nothing above it, it is the answer.
            continue
        if words in THANKS and not rest and not _closes(lines[index], below, author):
            # Alone, or with more text below it, "Thanks" belongs to the answer.
            continue
        if words not in _FORMULAS and not _begins_with_name(below, author):
            continue
        if looks_like_signature(below) or _is_long_signature(below, author):
            return index
    return len(lines)


def _is_formal(line: str) -> bool:
    """Whether a line is a whole sentence that the French close their letters with."""
    folded = line.strip().casefold().replace("\u2019", "'")
    return folded.startswith(FORMAL_STARTS) and any(word in folded for word in FORMAL_WORDS)


def _is_long_signature(below: list[str], author: str) -> bool:
    """A name, and then address, numbers and what the law asks a firm to write."""
    return (
        _begins_with_name(below, author)
        and looks_like_signature(below, _MAX_LEGAL_LINES)
        and sum(1 for line in below if CONTACT.search(line)) >= _MIN_CONTACTS
    )


def _closes(line: str, below: list[str], author: str) -> bool:
    """Whether thanks stand in the place of a closing: a name or a closing formula follows."""
    if below and _closing_words(below[0], author)[0] and line.rstrip().endswith((".", "!")):
        # "Many thanks." and then "Kind regards": the first is a sentence of the answer.
        return False
    return _begins_with_name(below, author)


def _begins_with_name(lines: list[str], author: str) -> bool:
    if not lines:
        return False
    # "Ana Example | Example Ltd | +44 ..." in one line.
    head = _IN_ONE_LINE.split(lines[0], maxsplit=1)[0]
    return is_name(lines[0], author) or name_like(lines[0]) or is_full_name(head, author)


def _closing_words(line: str, author: str) -> tuple[str, str]:
    """The closing formula a line consists of, and a name behind it on the same line.

    A formula that none of the tables has, made of one that they have, is given as it stands.
    """
    text = _without_ornaments(line) if len(line) <= _MAX_CHARACTERS * 2 else ""
    folded = " ".join(text.casefold().split())
    begins = _FIRST_WORD.match(folded)
    if begins is None or begins.group() not in _FIRST_WORDS or len(text) > _MAX_CHARACTERS:
        return "", ""
    if folded in CLOSINGS or folded in THANKS:
        return folded, ""
    named = _named_behind(text, folded, author)
    if not named[0] and _is_made_of_closings(text, folded):
        return folded, ""
    return named


def _named_behind(text: str, folded: str, author: str) -> tuple[str, str]:
    """The formula and the name, or the two formulas, that a line has one behind the other."""
    for length in (1, 2, 3):
        # "Thanks Ana", written by Ana.
        start, rest = " ".join(folded.split()[:length]), folded.split()[length:]
        if rest and start in _FORMULAS and is_name(" ".join(rest), author):
            return start, " ".join(rest)
    head, *behind = _COMMA_OR_DASH.split(text, maxsplit=1)
    tail = "".join(behind)
    first, second = _folded(head), _folded(tail)
    if tail.strip() and first in _FORMULAS:
        if second in CLOSINGS or second in THANKS:
            return (second if second in CLOSINGS else first), ""
        if is_name(tail, author) or (first in CLOSINGS and name_like(tail)):
            return first, tail
    return "", ""


def _is_made_of_closings(text: str, folded: str) -> bool:
    """The same in two languages, with thanks in front, or with a place behind.

    "Med venlig hilsen / Kind regards", "Thanks in advance and best regards", "Mit freundlichen
    Grüßen aus Berlin".
    """
    pieces = [_folded(piece) for piece in _LANGUAGES.split(text)]
    if len(pieces) > 1 and all(piece in CLOSINGS or piece in THANKS for piece in pieces):
        return True
    for word in JOINED_BY:
        before, joint, behind = folded.rpartition(f" {word} ")
        if joint and behind in CLOSINGS and (before in CLOSINGS or before.startswith(_THANKS)):
            return True
    words = folded.split()
    for count in range(1, min(len(words), _MAX_WORDS_BEHIND)):
        start = " ".join(words[:-count])
        if start in CLOSINGS and (len(start) >= _LONG_CLOSING or words[-count] in FROM_A_PLACE):
            return True
    return False


_THANKS = tuple(sorted(THANKS))


def _folded(text: str) -> str:
    return " ".join(_without_ornaments(text).casefold().split())


def _without_ornaments(text: str) -> str:
    """The text without punctuation, blanks and pictures around it."""
    start, end = 0, len(text)
    while start < end and _is_ornament(text[start]):
        start += 1
    while start < end and _is_ornament(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_ornament(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PSZC" or letter == "\ufe0f"
