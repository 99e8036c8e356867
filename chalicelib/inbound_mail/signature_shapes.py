"""The shapes of a signature's lines: names, telephone numbers, no sentences."""

import re
import unicodedata

PUNCTUATION = " \t,.;:!*_-–—~/|><()\u200e\u200f\ufeff❤️☺🙂😊🙏^'\"’、。！，"
CONTACT = re.compile(
    r"\+?\d[\d ()/.\-]{6,}|\bwww\.|https?://|@|\b(?:tel|phone|mobile|mob|fax|cell|telefon|t[eé]l)\b",
    re.IGNORECASE,
)
_PARTICLES = frozenset(
    ("de", "van", "von", "der", "da", "dos", "di", "del", "la", "le", "den", "ten")
    + ("&", "+", "and", "und", "et", "y", "e", "en", "och", "og", "i")
)
_BETWEEN_WORDS = re.compile(r"[\s,.;:!*_/|()\"'’–—-]+")
_SENTENCE_END = re.compile(r"[.!?]\s*\Z")
# "[1] https://..." belongs to the text that it was mentioned in.
_FOOTNOTE = re.compile(r"\s{0,3}\[\d{1,2}\]:? \S")
_MAX_CLOSED_LINES = 14
_MAX_SIGNATURE_CHARACTERS = 110


def looks_like_signature(lines: list[str], longest: int = _MAX_CLOSED_LINES) -> bool:
    """Whether so few lines, none of them a sentence, may be a signature."""
    if len(lines) > longest:
        return False
    sentences = sum(
        1
        for line in lines
        if len(line) > _MAX_SIGNATURE_CHARACTERS
        or (_SENTENCE_END.search(line) and len(line.split()) > 6 and not CONTACT.search(line))
        or line.rstrip().endswith("?")
        or _FOOTNOTE.match(line)
    )
    return sentences == 0


def _tokens(text: str) -> list[str]:
    """The words of a name, without accents: many write their own name without them."""
    folded = text.casefold()
    if not folded.isascii():
        apart = unicodedata.normalize("NFKD", folded)
        folded = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return [token for token in _BETWEEN_WORDS.split(folded) if token]


def is_name(line: str, author: str) -> bool:
    """Whether a line holds nothing but (part of) the sender's name."""
    words, known = _tokens(line), _tokens(author)
    if not words or len(words) > 4 or "@" in author:
        return False
    whole = [word for word in words if len(word) > 1]
    if not whole:
        return False
    return all(word in known or _is_short_for(word, known) for word in words)


def _is_short_for(word: str, known: list[str]) -> bool:
    """An initial, or the first three and more letters of a name: Alex, Chris, Ben."""
    return len(word) != 2 and any(name.startswith(word) for name in known)


def is_full_name(line: str, author: str) -> bool:
    """Whether a line holds more than one word, all of them of the sender's name."""
    return is_name(line, author) and len(_tokens(line)) > 1


def name_like(text: str) -> bool:
    """Whether a text looks like anybody's name: few words, each with a capital."""
    words = [word for word in text.strip(PUNCTUATION).split() if word not in _PARTICLES]
    begins = all(word[:1].isalpha() and not word[:1].islower() for word in words)
    return 0 < len(words) <= 4 and begins and text.rstrip()[-1] not in ".!?:"
