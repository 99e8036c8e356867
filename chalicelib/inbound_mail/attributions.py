"""Attributions: the lines above a quote that say who wrote it, and when."""

import re

from chalicelib.html.text import Line
from chalicelib.inbound_mail.reply_marks import OPENERS, QUOTING, SAID, WEEKDAYS, WROTE

_MAX_LINES = 4
_MAX_CHARACTERS = 320
_MAX_WRITER_CHARACTERS = 100

# Marks of writing direction, which Gmail puts around names in Hebrew and Arabic.
DIRECTIONS = "\u200e\u200f\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BLANKS = " \t\u00a0" + DIRECTIONS
EMAIL = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,120}")
DATE = re.compile(
    r"\d{1,4}[./\-年년]\s?\d{1,2}[./\-月월]|\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}\b|\d{1,2}\. ?\w{3,9}\.?|年|년"
    r"|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? \d{1,2}\b"
)
TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
# "Jo Doe wrote on 3/2/2026 9:12 AM:", as Notes and GroupWise put it.
_WROTE_ON = re.compile(
    r"^[\w.,'\" -]{2,60} (?:wrote on|schrieb am|skrev den|schreef op|escribió el|a écrit le"
    r"|ha scritto il|escreveu em|kirjoitti|napsal dne|napsal\(a\) dne) "
    r"[\w.,/ -]{0,30}\d{1,2}[:.]\d{2}\b[^.?!]{0,20}:\Z"
)
_DAY_FIRST = re.compile(r"(?:\w{1,4} )?\d")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_WROTE_ENDS = frozenset(verb[-2:] for verb in WROTE)
# "On 5 May 2024 I wrote:" is a story; what follows is told by the same person.
_PRONOUN = re.compile(
    r"\b(?:i|we|you|he|she|they|ich|wir|er|sie|je|j'|nous|il|elle|yo|él|ella|eu|ele|io|lui|ik|jag)\b",
    re.IGNORECASE,
)
# "2013/10/2 Jo <jo@example.org>", and nothing else: the head that Gmail wrote for years.
_DATE_AND_ADDRESS = re.compile(
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b[^<>:]{0,12}[^<>]{0,100}"
    r"<[^\s<>@]{1,64}@[^\s<>@]{1,120}\Z"
)
# "5. März 2026, 14:15 von jo@example.org:", "Mon, 2 Feb 2026 ...", but not "Meeting on 5/3 with".
_DATE_IN_FRONT = re.compile(r"[^\w\n]{0,4}(?:[^\W\d]{1,3} )?(?:[^\W\d]{1,12}[^\w\n]{1,3})?\d")
_STARTS_WITH_DATE = re.compile(r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})\b")
# "Jo Doe wrote in message news:abc@example.org...", as in news groups.
_IN_NEWS = re.compile(r" (?:wrote|schrieb|a écrit) (?:in|im|dans) .{0,24}news:\S{3,80}\Z")
# GroupWise: "Jo Doe <jo@example.org> 3/5/2026 2:15 PM >>>", often with ">>>" in front, too.
_GROUPWISE = re.compile(r"(?:>>> )?([^>\d\s].{2,120}\d{1,2}[:.]\d{2}[^<>]{0,12}) >>>\Z")
_VERB = re.compile("|".join(re.escape(verb) for verb in WROTE))
_LAST_WORD = re.compile(r"\s*>\s?(\S.{0,30}?)\s*[:：]?\s*\Z")


def attribution(lines: list[Line], index: int) -> int:
    """How many lines the attribution ("On ... wrote:") that ends at ``index`` has; 0 for none."""
    last = lines[index].text.rstrip(_BLANKS)
    if not last or not _plain(last) or not _may_end_attribution(last):
        return 0
    if _is_dashed(last):
        return 1
    candidate = ""
    for count in range(1, _MAX_LINES + 1):
        position = index - count + 1
        if (
            position < 0
            or not lines[position].text.strip()
            or lines[position].depth != lines[index].depth
        ):
            return 0
        candidate = _plain(lines[position].text) + " " + candidate
        if len(candidate) > _MAX_CHARACTERS:
            return 0
        if _is_attribution(candidate.strip()):
            return count + _lines_above(lines, position, candidate)
    return 0


def _plain(text: str) -> str:
    return text.strip(" \t>*_|=-" + DIRECTIONS)


def _may_end_attribution(text: str) -> bool:
    if text[-1] in ":：>":
        return True
    folded = _plain(text[-60:]).casefold()
    return folded[-1:] in (":", "：") or (folded[-2:] in _WROTE_ENDS and folded.endswith(WROTE))


def _is_attribution(candidate: str) -> bool:
    folded = candidate.casefold()
    if not candidate.endswith((":", "：")) and not _verb_at_end(folded):
        return _DATE_AND_ADDRESS.match(candidate) is not None
    if _names_verb(candidate):
        return bool(DATE.search(candidate) or EMAIL.search(candidate))
    return bool(EMAIL.search(candidate) and DATE.search(candidate))


def _names_verb(candidate: str) -> bool:
    folded = candidate.casefold()
    return _VERB.search(folded) is not None or folded.startswith(QUOTING)


def _verb_at_end(folded: str) -> bool:
    return folded.rstrip(" .>").endswith(WROTE)


def _is_dashed(text: str) -> bool:
    """``---- Jo Doe wrote ----``: mail programs on phones name no date."""
    bare = text.strip()
    return bare.startswith("--") and bare.endswith("--") and _verb_at_end(_plain(bare).casefold())


def _lines_above(lines: list[Line], position: int, candidate: str) -> int:
    """How many more lines belong to an attribution that was recognised by its end.

    ``On Tuesday, 3 February 2026 at 9:12,`` / ``The Very Long Name`` / ``<jo@example.com> wrote:``
    """
    opened = _has_opener(candidate)
    if DATE.search(candidate) and opened:
        return 0
    below = candidate.lstrip()
    for count, line in enumerate(reversed(lines[max(0, position - 3) : position]), start=1):
        text = _plain(line.text)
        if not text and below.startswith("<"):
            # An empty line between the name and the bracket that holds the address.
            continue
        if not text or text[-1] in ".!?" or len(text) > _MAX_CHARACTERS:
            return 0
        if DATE.search(text) and (_has_opener(text) or not DATE.search(candidate)):
            return count
        below = text
    return 0


def _has_opener(candidate: str) -> bool:
    first = candidate.lstrip(" >" + DIRECTIONS).casefold()
    return first.startswith(OPENERS)


def names_a_writer(text: str) -> bool:
    """A short line like ``Jo Doe wrote:``; an attribution only with a quote right below it."""
    plain = _plain(text)
    if len(plain) > _MAX_WRITER_CHARACTERS:
        return False
    folded = plain.casefold().rstrip(" :：")
    is_dated = DATE.search(plain) is not None
    is_sure = is_dated or EMAIL.search(plain) is not None or plain.endswith((":", "："))
    if (folded.startswith(QUOTING) and is_sure) or _IN_NEWS.search(folded):
        return True
    if _STARTS_WITH_DATE.match(plain) and plain[-1] not in ".!?":
        return True
    if not plain.endswith((":", "：")):
        return False
    said = folded.endswith(SAID) and _has_opener(plain) and is_dated
    return said or folded.endswith(WROTE)


def starts_attribution(lines: list[Line], first: int, last: int) -> bool:
    """Whether an attribution with no quoted line below it is sure enough to cut on.

    Outlook.com and phones quote without ``>``. "As I wrote on 5 May:" must not cut the answer.
    """
    candidate = _plain(" ".join(line.text for line in lines[first : last + 1]))
    stands_alone = first == 0 or not lines[first - 1].text.strip()
    if _DATE_AND_ADDRESS.match(candidate):
        return stands_alone and not any(line.text.strip() for line in lines[last + 1 : last + 2])
    if _WROTE_ON.search(candidate) or _is_dashed(lines[last].text):
        return True
    if EMAIL.search(candidate) and (_names_verb(candidate) or _DATE_IN_FRONT.match(candidate)):
        return True
    opened = _has_opener(candidate) or candidate.casefold().startswith(WEEKDAYS)
    if (opened or candidate[:1].isdigit()) and (
        TIME.search(candidate) or _DAY_FIRST.match(candidate)
    ):
        return True
    # "On Thursday, 5 March 2026, Jo Doe wrote:" names no time.
    return (
        opened
        and stands_alone
        and _YEAR.search(candidate) is not None
        and _verb_at_end(candidate.casefold().rstrip(":："))
        and _PRONOUN.search(candidate[3:]) is None
    )


def goes_on_above(text: str, above: str) -> bool:
    """Whether the ``>`` that begins a line closes the address that the line above opened.

    ``Jo Doe <jo@example.org`` / ``> wrote:``: a mailer broke the line in front of the bracket.
    """
    opened = above.rfind("<")
    if opened > above.rfind(">") and not above[opened:].strip("< ").count(" "):
        tail = above[opened + 1 :].strip()
        return "@" in tail or "://" in tail or tail.startswith("mailto:")
    if not above.strip():
        return False
    match = _LAST_WORD.match(text)
    return match is not None and match.group(1).casefold() in WROTE


def is_groupwise_head(text: str) -> bool:
    """Whether a line is the head that GroupWise writes above the mail it answers.

    >>> is_groupwise_head("Jo Doe 05.03.26 14.15 Uhr >>>"), is_groupwise_head("12:30 >> 14:30 >>>")
    (True, False)
    """
    match = _GROUPWISE.match(text.strip()) if text.endswith(">>>") else None
    return match is not None and ">>" not in match.group(1) and DATE.search(text) is not None
