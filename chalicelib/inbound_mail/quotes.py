"""Where, in the lines of a mail, somebody else's text begins: attributions, header blocks, marks."""

import re

from chalicelib.html.text import Line
from chalicelib.inbound_mail.reply_marks import (
    FORWARD_ENDS,
    FORWARDED,
    FROM,
    HISTORY,
    LABELS,
    ORIGINAL,
    OTHER,
    SUBJECT,
    TO,
    WROTE,
)
from chalicelib.inbound_mail.signature_marks import REPLY_ABOVE, REPLY_VERBS
from chalicelib.inbound_mail.word_lists import words

_MAX_ATTRIBUTION_LINES = 4
_MAX_ATTRIBUTION_CHARACTERS = 320
_MAX_MARKER = 200
_MAX_WRITER_CHARACTERS = 100
_MAX_BLOCK_LINES = 14
_MIN_BLOCK_ROLES = 3

_LABEL = re.compile(r"[\s*_>|\u200e\u200f]{0,12}([^\W\d_][^:：\n]{0,24}?)[\s*_]{0,4}[:：]\s?")
_DECORATION = " \t-_=*~—–>#|•﹣－─━:：[]<\u200e\u200f\ufeff"
# Marks of writing direction, which Gmail puts around names in Hebrew and Arabic.
_DIRECTIONS = "\u200e\u200f\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_EMAIL = re.compile(r"[^\s<>@]{1,64}@[^\s<>@]{1,120}")
_DATE = re.compile(
    r"\d{1,4}[./\-年년]\s?\d{1,2}[./\-月월]|\b(?:19|20)\d\d\b|\d{1,2}[:.h]\d{2}\b|\d{1,2}\. ?\w{3,9}\.?|年|년"
)
_TIME = re.compile(r"\d{1,2}[:.h]\d{2}")
# "Jo Doe wrote on 3/2/2026 9:12 AM:", as Notes and GroupWise put it.
_WROTE_ON = re.compile(
    r"^[\w.,'\" -]{2,60} (?:wrote on|schrieb am|skrev den|schreef op|escribió el|a écrit le) "
    r"[\w.,/ -]{0,30}\d{1,2}[:.]\d{2}\b[^.?!]{0,20}:\Z"
)
_DAY_FIRST = re.compile(r"(?:\w{1,4} )?\d")
_UNDERSCORES = re.compile(r"\s*[_]{8,}\s*\Z|\s*[-]{20,}\s*\Z")
_QQ_MARK = re.compile(r"-{6,}\s?original\s?-{6,}\Z")
_BY_NAME = re.compile(
    r"[-_*\s]*(?:original message|forwarded by|forwarded message from|weitergeleitet von)\b",
    re.IGNORECASE,
)


def may_say_reply_above(lines: list[Line]) -> bool:
    """Whether a "reply above this line" can be anywhere: saves looking for it in every line."""
    folded = "\n".join(line.text for line in lines if len(line.text) <= _MAX_MARKER).casefold()
    return any(phrase in folded for phrase in REPLY_ABOVE)


def is_reply_above(text: str) -> bool:
    """Whether a line is a help desk's "reply above this line"."""
    if len(text) > _MAX_MARKER:
        return False
    folded = text.casefold()
    return any(phrase in folded for phrase in REPLY_ABOVE) and any(
        verb in folded for verb in REPLY_VERBS
    )


def is_original_marker(text: str) -> bool:
    """``-----Original Message-----`` in any language."""
    if _bare(text) in ORIGINAL or _starts_marker(text):
        return True
    # QQ Mail; and Tobit David, which writes no dashes.
    folded = text.strip().casefold()
    return _QQ_MARK.match(folded) is not None or folded.startswith("original message processed by")


def is_forward_marker(text: str) -> bool:
    """``---------- Forwarded message ---------`` or ``Begin forwarded message:``."""
    return _bare(text) in FORWARDED or (_starts_marker(text) and "forwarded" in text.casefold())


def is_forward_end(text: str) -> bool:
    """``----- End forwarded message -----``, as mutt and Yandex write below what they forward."""
    return _bare(text) in FORWARD_ENDS


def _bare(text: str) -> str:
    if len(text) >= 160:
        return ""
    return " ".join(text.strip(_DECORATION).casefold().replace("\u2019", "'").split())


def _starts_marker(text: str) -> bool:
    """``--- Forwarded by Jo on 3/4/2005 ---``: Notes writes who and when into the marker."""
    return len(text) < 160 and text.lstrip(" >").startswith("--") and bool(_BY_NAME.match(text))


def is_desk_history(lines: list[Line], index: int) -> bool:
    """``Previous replies`` below a drawn line, as forums and desks head what was said before."""
    above = index - 1
    while above >= 0 and not lines[above].text.strip():
        above -= 1
    return (
        above >= 0 and _bare(lines[index].text) in HISTORY and not lines[above].text.strip(" -_=*")
    )


def is_rule(text: str) -> bool:
    """A line of underscores or dashes, as Outlook draws above a header block."""
    return bool(_UNDERSCORES.match(text))


def label_of(text: str) -> tuple[str, str] | None:
    """Role and value of a ``From: somebody`` line in any language, or None."""
    match = _LABEL.match(text)
    if match is None:
        return None
    role = LABELS.get(match.group(1).strip(" *_\u200e\u200f").casefold())
    return (role, text[match.end() :].strip(" *_")) if role else None


def header_block(lines: list[Line], index: int, needed: int = _MIN_BLOCK_ROLES) -> int:
    """Length of the header block of an older mail that begins at ``index``; 0 when none does.

    Needs ``needed`` different labels, among them From or Subject, close together.
    """
    first = label_of(lines[index].text)
    if first is None or first[0] == OTHER:
        return 0
    roles: set[str] = set()
    end = unlabelled = 0
    for offset, line in enumerate(lines[index : index + _MAX_BLOCK_LINES]):
        label = label_of(line.text)
        if label is not None:
            roles.add(label[0])
            end, unlabelled = offset + 1, 0
        elif line.text.strip():
            unlabelled += 1
            if unlabelled > _unlabelled_allowed(roles):
                break
        elif SUBJECT in roles or len(roles) == 0:
            break
    named = {FROM, SUBJECT} & roles
    if SUBJECT not in roles and not any(
        _EMAIL.search(line.text) or _TIME.search(line.text) for line in lines[index : index + end]
    ):
        # "From: Lisbon / To: Porto / Date: 3 May" is a customer's order, not a mail's head.
        return 0
    return end if named and len(roles - {OTHER}) >= needed else 0


def notes_block(lines: list[Line], index: int) -> int | None:
    """Where the block of Lotus Notes begins whose lonely ``To`` stands at ``index``; else None.

    Notes writes name and date, then each label on a line of its own, without a colon.
    """
    if LABELS.get(lines[index].text.strip(" *\t").casefold()) != TO:
        return None
    following = [line.text.strip(" *\t").casefold() for line in lines[index + 1 : index + 9]]
    if not any(LABELS.get(text) == SUBJECT for text in following):
        return None
    start = index
    for above in range(index - 1, max(-1, index - 5), -1):
        if _DATE.search(lines[above].text) or _EMAIL.search(lines[above].text):
            start = above
    return start


def _unlabelled_allowed(roles: set[str]) -> int:
    """Long To and Cc lists run over several lines; behind Subject the body begins."""
    return 1 if SUBJECT in roles else 4


def attribution(lines: list[Line], index: int) -> int:
    """How many lines the attribution ("On ... wrote:") that ends at ``index`` has; 0 for none."""
    last = _plain(lines[index].text)
    if not last or not _may_end_attribution(last):
        return 0
    candidate = ""
    for count in range(1, _MAX_ATTRIBUTION_LINES + 1):
        position = index - count + 1
        if (
            position < 0
            or not lines[position].text.strip()
            or lines[position].depth != lines[index].depth
        ):
            return 0
        candidate = _plain(lines[position].text) + " " + candidate
        if len(candidate) > _MAX_ATTRIBUTION_CHARACTERS:
            return 0
        if _is_attribution(candidate.strip()):
            return count + _lines_above(lines, position, candidate)
    return 0


def _plain(text: str) -> str:
    return text.strip(" \t>*_|=-" + _DIRECTIONS)


def _may_end_attribution(text: str) -> bool:
    if text.endswith((":", "：", ">")):
        return True
    return text[-60:].casefold().endswith(WROTE)


def _is_attribution(candidate: str) -> bool:
    folded = candidate.casefold()
    has_verb = any(verb in folded for verb in WROTE)
    has_address = _EMAIL.search(candidate) is not None
    has_date = _DATE.search(candidate) is not None
    if not candidate.endswith((":", "：")) and not _verb_at_end(folded):
        return False
    return (has_verb and has_date) or (has_verb and has_address) or (has_address and has_date)


def _verb_at_end(folded: str) -> bool:
    return folded.rstrip(" .>").endswith(WROTE)


_OPENERS = words(
    """
    on; am; le; el; il; em; op; den; dne; w dniu; dnia; a; în; in data; στις; vào; pada; il giorno;
    at; dňa; på; de; du; vom; na; dana; 在; 於; em data de; בתאריך; في; бүгін; kl.; ti; ma; ke; to; pe; la; su
    """
)


def _lines_above(lines: list[Line], position: int, candidate: str) -> int:
    """How many more lines belong to an attribution that was recognised by its end.

    ``On Tuesday, 3 February 2026 at 9:12,`` / ``The Very Long Name`` / ``<jo@example.com> wrote:``
    """
    opened = _has_opener(candidate)
    if _DATE.search(candidate) and opened:
        return 0
    for count, line in enumerate(reversed(lines[max(0, position - 2) : position]), start=1):
        text = _plain(line.text)
        if not text or text[-1] in ".!?" or len(text) > _MAX_ATTRIBUTION_CHARACTERS:
            return 0
        if _DATE.search(text) and (_has_opener(text) or not _DATE.search(candidate)):
            return count
    return 0


def _has_opener(candidate: str) -> bool:
    first = candidate.lstrip(" >" + _DIRECTIONS).casefold()
    return any(first.startswith(opener + " ") for opener in _OPENERS) or first.startswith(
        ("在", "於", "בתאריך")
    )


def names_a_writer(text: str) -> bool:
    """A short line like ``Jo Doe wrote:``; an attribution only with a quote right below it."""
    plain = _plain(text)
    if len(plain) > _MAX_WRITER_CHARACTERS or not plain.endswith((":", "：")):
        return False
    folded = plain.casefold().rstrip(" :：")
    return folded.endswith(WROTE) or folded.startswith(("quoting", "zitat von", "citando"))


def starts_attribution(lines: list[Line], first: int, last: int) -> bool:
    """Whether an attribution with no quoted line below it is sure enough to cut on.

    Outlook.com and phones quote without ``>``. "As I wrote on 5 May:" must not cut the answer.
    """
    candidate = _plain(" ".join(line.text for line in lines[first : last + 1]))
    if _EMAIL.search(candidate):
        return True
    if _WROTE_ON.search(candidate):
        return True
    begins = _has_opener(candidate) or candidate[:1].isdigit()
    return begins and (_TIME.search(candidate) or _DAY_FIRST.match(candidate)) is not None
