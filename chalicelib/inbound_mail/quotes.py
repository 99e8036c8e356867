"""Where, in the lines of a mail, somebody else's text begins: header blocks, markers, rules."""

import re

from chalicelib.html.text import Line
from chalicelib.inbound_mail.attributions import DATE, DIRECTIONS, EMAIL, TIME
from chalicelib.inbound_mail.reply_marks import (
    FORWARD_ENDS,
    FORWARDED,
    FROM,
    HISTORY,
    LABELS,
    ORIGINAL,
    OTHER,
    SENT,
    SUBJECT,
    TO,
)
from chalicelib.inbound_mail.signature_marks import REPLY_ABOVE, REPLY_VERBS

_MAX_MARKER = 200
# Longer than any marker of the tables, whatever blanks are in it.
_MAX_MARKER_WORDS = 64
_MAX_BLOCK_LINES = 14
_MIN_BLOCK_ROLES = 3

_LABEL = re.compile(r"[\s*_>|\u200e\u200f]{0,12}([^\W\d_][^:：\n]{0,24}?)[\s*_]{0,4}[:：]\s?")
_DECORATION = " \t-_=*~—–>#|•﹣－─━:：[]<\u200e\u200f\ufeff"
_UNDERSCORES = re.compile(r"\s*(?:_{8,}|-{20,}|={20,})\s*\Z")
# The date of a header field, as a mailer and no person writes it.
_FIELD_DATE = re.compile(r"\d{2}:\d{2}:\d{2} [+-]\d{4}")
_NO_DIRECTIONS = dict.fromkeys(map(ord, DIRECTIONS))
_QQ_MARK = re.compile(r"-{6,}\s?original\s?-{6,}\Z")
_PROCESSED_BY = "original message processed by"
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
    bare = _bare(text)
    if not bare:
        # Tobit David writes no dashes, and much behind it.
        return _starts_marker(text) or text.casefold().lstrip().startswith(_PROCESSED_BY)
    return (
        bare in ORIGINAL
        or (bare == "original" and _QQ_MARK.match(text.strip().casefold()) is not None)
        or bare.startswith(_PROCESSED_BY)
        or _starts_marker(text)
    )


def is_forward_marker(text: str) -> bool:
    """``---------- Forwarded message ---------`` or ``Begin forwarded message:``."""
    return _bare(text) in FORWARDED or (_starts_marker(text) and "forwarded" in text.casefold())


def is_forward_end(text: str) -> bool:
    """``----- End forwarded message -----``, as mutt and Yandex write below what they forward."""
    return _bare(text) in FORWARD_ENDS


def _bare(text: str) -> str:
    bare = text.strip(_DECORATION)
    if not bare or len(bare) > _MAX_MARKER_WORDS:
        return ""
    return " ".join(bare.casefold().replace("\u2019", "'").split())


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
    word = match.group(1).strip(" *_\u200e\u200f").replace("\u3000", "").casefold()
    role = LABELS.get(word)
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
    block = lines[index : index + _MAX_BLOCK_LINES]
    for offset, line in enumerate(block):
        label = label_of(line.text)
        if label is not None:
            roles.add(label[0])
            end, unlabelled = offset + 1, 0
        elif line.text.strip():
            unlabelled += 1
            if unlabelled > _unlabelled_allowed(roles):
                break
        elif SUBJECT in roles or not roles or not _goes_on(block[offset + 1 :], roles):
            break
    said = " ".join(line.text for line in block[:end]).translate(_NO_DIRECTIONS)
    if SUBJECT not in roles and not (EMAIL.search(said) or TIME.search(said)):
        # "From: Lisbon / To: Porto / Date: 3 May" is a customer's order, not a mail's head.
        return 0
    if roles == {SENT, TO} and EMAIL.search(said) and _FIELD_DATE.search(said):
        return end
    return end if {FROM, SUBJECT} & roles and len(roles - {OTHER}) >= needed else 0


def _goes_on(lines: list[Line], roles: set[str]) -> bool:
    """Whether another label follows an empty line in a header block: some clients space them."""
    following = next((line.text for line in lines if line.text.strip()), "")
    label = label_of(following)
    return label is not None and label[0] not in roles


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
        if DATE.search(lines[above].text) or EMAIL.search(lines[above].text):
            start = above
    return start


def _unlabelled_allowed(roles: set[str]) -> int:
    """Long To and Cc lists run over several lines; behind Subject the body begins."""
    return 1 if SUBJECT in roles else 4
