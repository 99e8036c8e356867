"""Lines that a mailer glued together: an answer and the head of the quote below it.

Turning HTML into text, or copying it, loses line breaks. What is told apart here is looked at by
the other rules as if every piece had stood on a line of its own.
"""

import re
from itertools import islice

from chalicelib.html.text import Line
from chalicelib.inbound_mail.attributions import DATE, EMAIL, TIME
from chalicelib.inbound_mail.quotes import (
    is_forward_marker,
    is_original_marker,
    is_rule,
    label_of,
)
from chalicelib.inbound_mail.reply_marks import FROM, LABELS, SUBJECT, TO, WROTE

_MAX_LENGTH = 1_000
_MIN_LABELS = 3
_MAX_OPENERS = 5
# An answer, and on the same line "On Wed, 4 Apr 2012 at 3:59 PM, Jo wrote", as a person may see it.
_OPENER = re.compile(
    r"(?<=\S)(?:\s+|(?=-))-{0,8}\s{0,3}((?:On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu) (?:\w{2,9}\.?,? )?"
    r"(?:\d|\w{3,9}\.? \d))"
)
# The same in front of what it quotes: "wrote:" and the next word without a blank.
_BEHIND_VERB = re.compile(
    r"(?:On|Am|Le|El|Il|Em|Op|Den|Dnia|W dniu) .{8,160}?(?:wrote|schrieb|escribió|escreveu|scritto"
    r"|écrit|napisał|skrev) ?:(?=[^\s:/])"
)
_OPENINGS = ("On ", "Am ", "Le ", "El ", "Il ", "Em ", "Op ", "Den ", "Dnia ", "W dniu ")
_MARKER = re.compile(r"(?<!-)-{3,}\s?[^-\s][^-]{6,50}[^-\s]\s?-{3,}")
_INNER_LABEL = re.compile(r"\s[*_]{0,2}([^\W\d_]+(?: [^\W\d_]+)?) ?[:：]")


def unglued(lines: list[Line]) -> list[Line]:
    """The lines, with a break where the head of a quote stands behind other text."""
    split: list[Line] = []
    for index, line in enumerate(lines):
        split.extend(_pieces(lines, index) if _may_be_glued(line) else (line,))
    return split


def _may_be_glued(line: Line) -> bool:
    text = line.text
    return (
        line.depth == 0
        and ":" in text
        and len(text) <= _MAX_LENGTH
        and (
            text[-1] in ":-"
            or "---" in text
            or text.count(":") >= _MIN_LABELS
            or text.startswith(_OPENINGS)
        )
    )


def _pieces(lines: list[Line], index: int) -> list[Line]:
    line = lines[index]
    cuts = (
        _at_marker(line.text)
        or _at_opener(line.text)
        or _behind_verb(line.text)
        or _at_labels(lines, index)
    )
    if not cuts:
        return [line]
    ends = [*cuts, len(line.text)]
    pieces = [line.text[start:end].strip() for start, end in zip([0, *cuts], ends, strict=True)]
    return [line._replace(text=piece) for piece in pieces if piece]


def _at_marker(text: str) -> list[int]:
    """``Fine with me.-------- Original Message --------From: Jo``."""
    for match in _MARKER.finditer(text):
        if match.group().strip() != text.strip() and (
            is_original_marker(match.group()) or is_forward_marker(match.group())
        ):
            return [at for at in (match.start(), match.end()) if 0 < at < len(text)]
    return []


def _at_opener(text: str) -> list[int]:
    """Where "On ... wrote:" begins behind an answer; it must name a time, and who wrote."""
    bare = text.rstrip(" :：-").casefold()
    if not bare.endswith(WROTE):
        return []
    for match in islice(_OPENER.finditer(text), _MAX_OPENERS):
        head = text[match.start(1) :]
        said = text[: match.start(1)].strip(" -*_>")
        if said and TIME.search(head) and not TIME.search(said) and len(head) < _MAX_LENGTH // 3:
            return [match.start(1)] if "---" not in text[: match.start(1)] else [match.start()]
    return []


def _behind_verb(text: str) -> list[int]:
    """Where the quote begins that stands right behind "On ... wrote:"."""
    match = _BEHIND_VERB.match(text)
    if match is None or not (TIME.search(match.group()) and DATE.search(match.group())):
        return []
    return [match.end()]


def _at_labels(lines: list[Line], index: int) -> list[int]:
    """Where the labels of a header block stand that fell into one line."""
    text = lines[index].text
    first = label_of(text)
    if first is None:
        return []
    roles, cuts = {first[0]}, []
    for match in _INNER_LABEL.finditer(text):
        words = match.group(1).casefold()
        role = LABELS.get(words) or LABELS.get(words.rpartition(" ")[2])
        if role and role not in roles:
            roles.add(role)
            start = match.start(1)
            cuts.append(start if words in LABELS else start + len(words.rpartition(" ")[0]))
    below_rule = index > 0 and is_rule(lines[index - 1].text)
    enough = len(roles) >= (_MIN_LABELS - below_rule) and FROM in roles
    dated = TIME.search(text) or EMAIL.search(text)
    return cuts if enough and dated and ({SUBJECT, TO} & roles or below_rule) else []
