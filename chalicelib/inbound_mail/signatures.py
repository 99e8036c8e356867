"""Where, in what somebody wrote, the signature begins: delimiters, devices, closings, small print."""

import re

from chalicelib.inbound_mail.closings import MAX_SIGNATURE_LINES, RULE, closing_start
from chalicelib.inbound_mail.code_fences import below_fences
from chalicelib.inbound_mail.device_lines import is_device_line
from chalicelib.inbound_mail.signature_marks import (
    BANNER_STARTS,
    DISCLAIMER_STARTS,
    DISCLAIMER_WORDS,
    FOOTER_STARTS,
    NOTICE_STARTS,
    WEAK_DISCLAIMER_WORDS,
)
from chalicelib.inbound_mail.signature_shapes import (
    CONTACT,
    PUNCTUATION,
    is_full_name,
    is_name,
    looks_like_signature,
    name_like,
)

_DELIMITER = re.compile(r"\s{0,3}(?:--|—|––|-–|__|—-|-—|- -)[ \t\u00a0]*\Z")
_DASHED_NAME = re.compile(
    r"\s{0,3}(?:[-–—~/]|//) ?([^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){0,2})\s*\Z"
)
_THREE_DASHES = re.compile(r"\s{0,3}[-_=*]{3}\s*\Z")
_GLUED_NAME = re.compile(r"--[^\W\d_][\w.'’-]{1,20}(?: [^\W\d_][\w.'’-]{0,20}){0,2},?\s*\Z")
# "Jo Doe | Head of Sales", below an empty line: nobody writes his text so.
_NAME_AND_TITLE = re.compile(
    r"\s{0,3}([^\W\d_][\w.'’-]{0,20}(?: [^\W\d_][\w.'’-]{0,20}){1,3}) +[|•·] +\S"
)
# "Jo Doe, Head of Sales", "Jo Doe - Example Ltd".
_NAME_END = re.compile(r"\s*[,|·•]\s|\s[-–—/]\s")
_COLUMNS = re.compile(r"\s{2,}|\t")
_LINK = re.compile(r"https?://|www\.|mailto:|\S@\S")
_DRAWN = re.compile(r"_{20,}\s*\Z")
_MAX_ADVERTISEMENT = 2
_MAX_FOOTER_LINES = 30
_MAX_TITLED_LINES = 6
_CERTAIN_HITS = 3


def strip_banners(lines: list[str]) -> int:
    """How many lines at the top are a gateway's warning ("external sender")."""
    count = 0
    for index, line in enumerate(lines[:12]):
        if _is_banner(line):
            count = index + 1
            while count < min(len(lines), index + 5) and lines[count].strip():
                count += 1
        elif line.strip(PUNCTUATION) and index >= count:
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
    code = below_fences(lines)
    if code:
        # Nothing in fenced code is a signature; a line in front says that a text stands above.
        return code - 2 + signature_start(["…", "", *lines[code:]], author)
    end = _without_blank_tail(lines, len(lines))
    for rule in (_delimiter, _footer, _disclaimer, _ruled):
        end = _without_blank_tail(lines, rule(lines[:end]))
    # A device line may stand above or below a name: look twice.
    for _ in range(2):
        before = end
        end = _without_blank_tail(lines, _device(lines[:end]))
        end = _without_blank_tail(lines, closing_start(lines[:end], author))
        end = _without_blank_tail(lines, _name(lines[:end], author))
        if end == before:
            break
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
        if RULE.match(lines[index]) and _is_list_footer(lines[index + 1 : index + 6]):
            return index
        if _DRAWN.match(lines[index]) and _is_advertisement(lines[index + 1 :]):
            return index
    return len(lines)


def _is_footer(lines: list[str], index: int) -> bool:
    """Whether a rule stands above or a link below: "Unsubscribe me, please" is no footer."""
    below = " ".join(lines[index : index + 3])
    return _rule_above(lines, index) < index or _LINK.search(below) is not None


def _is_advertisement(lines: list[str]) -> bool:
    """What a free mail service writes below a drawn line, at the very end: a line and its link."""
    said = [line for line in lines if line.strip()]
    return 0 < len(said) <= _MAX_ADVERTISEMENT and "http" in said[-1] and looks_like_signature(said)


def _is_list_footer(lines: list[str]) -> bool:
    text = "\n".join(lines).casefold()
    return (
        "mailing list" in text or "unsubscribe" in text or "listinfo" in text or "/lists/" in text
    )


def _rule_above(lines: list[str], index: int) -> int:
    for above in range(index - 1, max(-1, index - 4), -1):
        if RULE.match(lines[above]) or _DELIMITER.match(lines[above]):
            return above
    return index


def _disclaimer(lines: list[str]) -> int:
    """The first paragraph of legal small print, if only more of the kind can follow."""
    for index, line in enumerate(lines):
        starts_paragraph = index > 0 and (
            not lines[index - 1].strip(PUNCTUATION + "=#") or line.isupper()
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


def _ruled(lines: list[str]) -> int:
    """A line drawn across the mail, with a name and how to reach him below it."""
    for index in range(max(1, len(lines) - 2 * MAX_SIGNATURE_LINES), len(lines) - 1):
        if not RULE.match(lines[index]) or not _stands_free(lines, index):
            continue
        below = [line for line in lines[index + 1 :] if line.strip()]
        if (
            below
            and name_like(_COLUMNS.split(below[0].strip())[0])
            and looks_like_signature(below)
            and any(CONTACT.search(line) for line in below)
            and any(line.strip() for line in lines[:index])
        ):
            return index
    return len(lines)


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
        if is_name(name, author) or (name_like(name) and (glued or " " in name)):
            return last
    if is_name(lines[last], author):
        return last
    for index in range(max(1, len(lines) - 6), last):
        # "--Jo Doe", or a short line and the name, with a firm and a phone number below it.
        if (_GLUED_NAME.match(lines[index]) and not lines[index - 1].strip()) or (
            _THREE_DASHES.match(lines[index]) and is_name(lines[index + 1], author)
        ):
            below = [line for line in lines[index + 1 :] if line.strip()]
            if looks_like_signature(below):
                return index
    for index in range(max(1, len(lines) - 10), last):
        below = [line for line in lines[index + 1 :] if line.strip()]
        if (
            (
                is_full_name(_NAME_END.split(lines[index], maxsplit=1)[0], author)
                or _is_lone_name(lines, index, author)
            )
            and _stands_free(lines, index)
            and looks_like_signature(below)
            and any(CONTACT.search(line) for line in below)
        ):
            return index
    return _titled(lines, author)


def _stands_free(lines: list[str], index: int) -> bool:
    """Whether an empty line is above, and above it no "My address:" that announces this."""
    said = next((line.rstrip() for line in reversed(lines[:index]) if line.strip()), "")
    return not lines[index - 1].strip() and not said.endswith((":", "："))


def _is_lone_name(lines: list[str], index: int, author: str) -> bool:
    """Whether a line is his first name, with an empty line and a signature below it."""
    return not lines[index + 1].strip() and is_name(lines[index], author)


def _titled(lines: list[str], author: str) -> int:
    """``Jo Doe | Head of Sales`` and a few lines below it, as the last paragraph."""
    for index in range(max(1, len(lines) - _MAX_TITLED_LINES), len(lines)):
        match = _NAME_AND_TITLE.match(lines[index])
        if match is None or not _stands_free(lines, index):
            continue
        own = is_name(match.group(1), author) or name_like(match.group(1))
        if own and looks_like_signature([line for line in lines[index:] if line.strip()]):
            return index
    return len(lines)
