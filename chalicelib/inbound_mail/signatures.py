"""Where, in what somebody wrote, the signature begins: delimiters, devices, closings, small print."""

import re

from chalicelib.inbound_mail.reply_marks import SENT_FROM, SENT_FROM_INSIDE
from chalicelib.inbound_mail.signature_marks import (
    BANNER_STARTS,
    CLOSINGS,
    DISCLAIMER_STARTS,
    DISCLAIMER_WORDS,
    FOOTER_STARTS,
    NOTICE_STARTS,
    THANKS,
    WEAK_DISCLAIMER_WORDS,
)

_DELIMITER = re.compile(r"\s{0,3}(?:--|—|––|-–|__|—-|-—|- -)[ \t\u00a0]*\Z")
_RULE = re.compile(r"\s{0,3}[-_=*~#•─]{4,}\s*\Z")
_PUNCTUATION = " \t,.;:!*_-–—~/|><()\u200e\u200f\ufeff❤️☺🙂😊🙏^'\"’、。！，"
_DASHED_NAME = re.compile(
    r"\s{0,3}(?:[-–—~/]|//) ?([^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){0,2})\s*\Z"
)
_IN_ONE_LINE = re.compile(r"\s+[|/·•–—-]\s+|,")
_THREE_DASHES = re.compile(r"\s{0,3}[-_=*]{3}\s*\Z")
_GLUED_NAME = re.compile(r"--[^\W\d_][\w.'’-]{1,20}(?: [^\W\d_][\w.'’-]{0,20}){0,2},?\s*\Z")
_CONTACT = re.compile(
    r"\+?\d[\d ()/.\-]{6,}|\bwww\.|https?://|@|\b(?:tel|phone|mobile|mob|fax|cell|telefon|t[eé]l)\b",
    re.IGNORECASE,
)
# "Sent from my desk, is much easier ...": a sentence, not a device.
_IS_SENTENCE = re.compile(r", (?:is|was|it|but|and|so|because|which|ist|und|aber|mais|pero|ma)\b")
_LINK = re.compile(r"https?://|www\.|mailto:|\S@\S")
_PARTICLES = ("de", "van", "von", "der", "da", "dos", "di", "del", "la", "le", "den", "ten")
_SENTENCE_END = re.compile(r"[.!?]\s*\Z")
MAX_SIGNATURE_LINES = 16
_MAX_CLOSED_LINES = 14
_MAX_SIGNATURE_CHARACTERS = 110
_MAX_DEVICE_CHARACTERS = 90
_MAX_FOOTER_LINES = 30
_CERTAIN_HITS = 3


def strip_banners(lines: list[str]) -> int:
    """How many lines at the top are a gateway's warning ("external sender")."""
    count = 0
    for index, line in enumerate(lines[:12]):
        if _is_banner(line):
            count = index + 1
            while count < min(len(lines), index + 5) and lines[count].strip():
                count += 1
        elif line.strip(_PUNCTUATION) and index >= count:
            break
    return count


def _is_banner(line: str) -> bool:
    line = line.replace("\u2019", "'")
    folded = line.strip(" *_>|[(⚠️").casefold()
    return folded.startswith(BANNER_STARTS) or line.strip().casefold().startswith(BANNER_STARTS)


def signature_start(lines: list[str], author: str) -> int:
    """Index of the first line that is signature, small print or footer; ``len(lines)`` if none.

    Args:
        lines: what one person wrote, without quotes.
        author: the sender's display name; a last line that is only this name is a signature.
    """
    end = _without_blank_tail(lines, len(lines))
    for rule in (_delimiter, _footer, _disclaimer):
        end = _without_blank_tail(lines, rule(lines[:end]))
    # A device line may stand above or below a name: look twice.
    for _ in range(2):
        end = _without_blank_tail(lines, _device(lines[:end]))
        end = _without_blank_tail(lines, _closing(lines[:end], author))
        end = _without_blank_tail(lines, _name(lines[:end], author))
    return end


def _without_blank_tail(lines: list[str], end: int) -> int:
    while end > 0 and not lines[end - 1].strip(" \t\u00a0_-*=~\u200b"):
        end -= 1
    return end


def _delimiter(lines: list[str]) -> int:
    for index, line in enumerate(lines):
        if _DELIMITER.match(line) and any(text.strip() for text in lines[:index]):
            return index
    return len(lines)


def _footer(lines: list[str]) -> int:
    """Mailing-list and notification footers, with the rule above them if there is one."""
    for index in range(max(0, len(lines) - _MAX_FOOTER_LINES), len(lines)):
        folded = lines[index].strip(" *_-[(").casefold()
        if index > 0 and folded.startswith(FOOTER_STARTS) and _is_footer(lines, index):
            return _rule_above(lines, index)
        if _RULE.match(lines[index]) and _is_list_footer(lines[index + 1 : index + 6]):
            return index
    return len(lines)


def _is_footer(lines: list[str], index: int) -> bool:
    """Whether a rule stands above or a link below: "Unsubscribe me, please" is no footer."""
    below = " ".join(lines[index : index + 3])
    return _rule_above(lines, index) < index or _LINK.search(below) is not None


def _is_list_footer(lines: list[str]) -> bool:
    text = "\n".join(lines).casefold()
    return (
        "mailing list" in text or "unsubscribe" in text or "listinfo" in text or "/lists/" in text
    )


def _rule_above(lines: list[str], index: int) -> int:
    for above in range(index - 1, max(-1, index - 4), -1):
        if _RULE.match(lines[above]) or _DELIMITER.match(lines[above]):
            return above
    return index


def _disclaimer(lines: list[str]) -> int:
    """The first paragraph of legal small print, if only more of the kind can follow."""
    for index, line in enumerate(lines):
        starts_paragraph = index > 0 and (
            not lines[index - 1].strip(_PUNCTUATION + "=#") or line.isupper()
        )
        if not starts_paragraph or not line.strip():
            continue
        if _is_small_print(lines[index : index + 12]):
            return _rule_above(lines, index)
    return len(lines)


def _is_small_print(lines: list[str]) -> bool:
    """Whether a paragraph begins like small print and speaks its words, or speaks many of them."""
    start = lines[0].strip(" *_-[(#").casefold()
    if start.startswith(NOTICE_STARTS):
        return True
    paragraph = " ".join(lines).casefold()
    hits = sum(1 for word in DISCLAIMER_WORDS if word in paragraph)
    weak = sum(1 for word in WEAK_DISCLAIMER_WORDS if word in paragraph)
    if start.startswith(DISCLAIMER_STARTS):
        return hits > 0 and hits + weak >= 2
    first = lines[0].casefold()
    return sum(1 for word in DISCLAIMER_WORDS if word in first) >= _CERTAIN_HITS


def _device(lines: list[str]) -> int:
    """``Sent from my iPhone`` among the last lines."""
    last = len(lines)
    for index in range(last - 1, max(-1, last - 6), -1):
        if is_device_line(lines[index]) and index > 0:
            return _rule_above(lines, index)
    return last


def is_device_line(line: str) -> bool:
    """Whether a line is a device's or an app's signature.

    >>> is_device_line("Sent from my iPhone"), is_device_line("Sent from my desk, is much easier.")
    (True, False)
    """
    text = line.strip(" \t*_-–—<>[]|~")
    folded = text.casefold()
    if not text or len(text) > _MAX_DEVICE_CHARACTERS + 80 or _IS_SENTENCE.search(folded):
        return False
    if any(word in folded for word in SENT_FROM_INSIDE) and len(text) < _MAX_DEVICE_CHARACTERS:
        return True
    words = text.split("<")[0].split("http")[0].split("(")[0]
    return folded.startswith(SENT_FROM) and len(words) <= _MAX_DEVICE_CHARACTERS


def _closing(lines: list[str], author: str) -> int:
    """The last closing formula with nothing but a signature below it."""
    first = max(0, len(lines) - MAX_SIGNATURE_LINES - 14)
    for index in range(first, len(lines)):
        words, rest = _closing_words(lines[index], author)
        if not words:
            continue
        below = [line for line in lines[index + 1 :] if line.strip()]
        if below and _RULE.match(below[0]) and any(line.strip() for line in lines[:index]):
            # A line drawn below "Thanks," is the edge of a signature, however long it is.
            return index
        if words in THANKS and not rest and not _begins_with_name(below, author):
            # Alone, or with more text below it, "Thanks" belongs to the answer.
            continue
        if not any(line.strip() for line in lines[:index]):
            # With nothing above it, it is the answer.
            continue
        if _looks_like_signature(below):
            return index
    return len(lines)


def _begins_with_name(lines: list[str], author: str) -> bool:
    if not lines:
        return False
    # "Ana Example | Example Ltd | +44 ..." in one line.
    head = _IN_ONE_LINE.split(lines[0], maxsplit=1)[0]
    return _is_name(lines[0], author) or _name_like(lines[0]) or _is_full_name(head, author)


def _closing_words(line: str, author: str) -> tuple[str, str]:
    """The closing formula a line consists of, and a name behind it on the same line."""
    text = line.strip(_PUNCTUATION)
    if not text or len(text) > 80:
        return "", ""
    folded = " ".join(text.casefold().split())
    if folded in CLOSINGS or folded in THANKS:
        return folded, ""
    for length in (1, 2):
        # "Thanks Ana", written by Ana.
        start, rest = " ".join(folded.split()[:length]), folded.split()[length:]
        if rest and start in CLOSINGS | THANKS and _is_name(" ".join(rest), author):
            return start, " ".join(rest)
    head, comma, tail = text.partition(",")
    first = " ".join(head.casefold().split()).strip(_PUNCTUATION)
    second = " ".join(tail.casefold().split()).strip(_PUNCTUATION)
    if comma and first in CLOSINGS | THANKS:
        if second in CLOSINGS or second in THANKS:
            return (second if second in CLOSINGS else first), ""
        if _is_name(tail, author) or (first in CLOSINGS and _name_like(tail)):
            return first, tail
    return "", ""


def _looks_like_signature(lines: list[str]) -> bool:
    if len(lines) > _MAX_CLOSED_LINES:
        return False
    sentences = sum(
        1
        for line in lines
        if len(line) > _MAX_SIGNATURE_CHARACTERS
        or (_SENTENCE_END.search(line) and len(line.split()) > 6 and not _CONTACT.search(line))
        or line.rstrip().endswith("?")
    )
    return sentences == 0


def _name(lines: list[str], author: str) -> int:
    """A signature that is only a name, or begins with the sender's full name."""
    if len(lines) < 2:
        return len(lines)
    last = len(lines) - 1
    dashed = _DASHED_NAME.match(lines[last])
    if dashed and not lines[last - 1].lstrip().startswith(("-", "–", "*")):
        name = dashed.group(1)
        # "-Jo" and "/Jo", but not the list item "- Yes".
        glued = lines[last].strip()[1:2] != " "
        if _is_name(name, author) or (_name_like(name) and (glued or " " in name)):
            return last
    if _is_name(lines[last], author):
        return last
    for index in range(max(1, len(lines) - 6), last):
        # "--Jo Doe", or a short line and the name, with a firm and a phone number below it.
        if (_GLUED_NAME.match(lines[index]) and not lines[index - 1].strip()) or (
            _THREE_DASHES.match(lines[index]) and _is_name(lines[index + 1], author)
        ):
            below = [line for line in lines[index + 1 :] if line.strip()]
            if _looks_like_signature(below):
                return index
    for index in range(max(1, len(lines) - 10), last):
        below = [line for line in lines[index + 1 :] if line.strip()]
        if (
            _is_full_name(lines[index], author)
            and not lines[index - 1].strip()
            and _looks_like_signature(below)
            and any(_CONTACT.search(line) for line in below)
        ):
            return index
    return len(lines)


def _tokens(text: str) -> list[str]:
    return [token for token in re.split(r"[\s,.;:!*_/|()\"'’–—-]+", text.casefold()) if token]


def _is_name(line: str, author: str) -> bool:
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


def _is_full_name(line: str, author: str) -> bool:
    return _is_name(line, author) and len(_tokens(line)) > 1


def _name_like(text: str) -> bool:
    words = [word for word in text.strip(_PUNCTUATION).split() if word not in _PARTICLES]
    begins = all(word[:1].isalpha() and not word[:1].islower() for word in words)
    return 0 < len(words) <= 4 and begins and text.rstrip()[-1] not in ".!?:"
