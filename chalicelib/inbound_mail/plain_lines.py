"""Plain text as lines: how deep each is quoted, by the prefixes that mail programs write."""

import re

from chalicelib.html.text import Line
from chalicelib.inbound_mail.attributions import goes_on_above, is_groupwise_head

MAX_LINES = 20_000
_QUOTE_PREFIX = re.compile(r"[ \t]{0,3}((?:(?:[>＞]|&gt;)[ \t]?){1,20})")
_INITIALS_PREFIX = re.compile(r"[ \t]{0,3}[A-Z][A-Za-z]{0,3}> ")
_PROMPTS = ("SQL>", "PS>", "DB>", "FTP>", "C>", "D>")
_BAR = re.compile(r"\|(?: |\Z)(?:> ?)*")
_MIN_BARRED = 3
_PROSE_WORDS = 6


def plain_lines(text: str) -> list[Line]:
    """Lines of plain text, with the prefixes of quotes counted and removed."""
    lines: list[Line] = []
    for raw in text.split("\n", MAX_LINES)[:MAX_LINES]:
        # Mailbox programs put ">" before a line that begins with "From ".
        escaped = raw.startswith(">From ")
        if is_groupwise_head(raw.rstrip()):
            lines.append(Line(raw.strip(), 0, None))
            continue
        match = None if escaped else _QUOTE_PREFIX.match(raw)
        is_below_own = bool(lines) and not any(line.depth for line in lines[-2:])
        if match and is_below_own and goes_on_above(raw, lines[-1].text):
            lines.append(Line(raw.strip(), 0, None))
        elif match:
            prefix = match.group(1)
            depth = prefix.count(">") + prefix.count("＞") + prefix.count("&gt;")
            lines.append(Line(raw[match.end() :].rstrip(), depth, None, prefix=match.group()))
        elif _INITIALS_PREFIX.match(raw) and not raw.lstrip().startswith(_PROMPTS):
            prefix, mark, text = raw.partition("> ")
            lines.append(Line(text.rstrip(), 1, None, prefix=prefix + mark))
        else:
            lines.append(Line(raw[escaped:].rstrip(), 0, None))
    return _without_bars(lines)


def _without_bars(lines: list[Line]) -> list[Line]:
    """The same with ``| `` taken as a quote, where prose stands behind it line after line.

    A table has bars on both sides, and the pipes of a shell stand before a word or two.
    """
    barred = [line.depth == 0 and _is_barred(line.text) for line in lines]
    if not _has_run(lines, barred):
        return lines
    return [
        _unbarred(line) if is_barred else line
        for line, is_barred in zip(lines, barred, strict=True)
    ]


def _unbarred(line: Line) -> Line:
    match = _BAR.match(line.text)
    bar = match.group() if match else ""
    return Line(line.text[len(bar) :], 1, None, prefix=bar)


def _is_barred(text: str) -> bool:
    return text.startswith("|") and _BAR.match(text) is not None and text.count("|") == 1


def _has_run(lines: list[Line], barred: list[bool]) -> bool:
    length = most_words = 0
    for line, is_barred in zip(lines, barred, strict=True):
        length = length + 1 if is_barred else 0
        most_words = max(most_words, len(line.text.split())) if is_barred else 0
        if length >= _MIN_BARRED and most_words > _PROSE_WORDS:
            return True
    return False
