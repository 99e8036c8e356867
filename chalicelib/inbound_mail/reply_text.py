"""The visible reply: what this person newly wrote, without quotes, signature and footers.

When in doubt it cuts less; interleaved answers keep everything; an empty result becomes the whole
text. The words of each language are data beside it; all patterns are linear.
"""

from dataclasses import dataclass

from chalicelib.html.quote_marks import QUOTE, SIGNATURE
from chalicelib.html.text import Line, join_lines
from chalicelib.inbound_mail.attributions import (
    attribution,
    is_groupwise_head,
    names_a_writer,
    starts_attribution,
)
from chalicelib.inbound_mail.code_fences import fenced
from chalicelib.inbound_mail.glued_lines import unglued
from chalicelib.inbound_mail.quotes import (
    header_block,
    is_desk_history,
    is_forward_marker,
    is_original_marker,
    is_reply_above,
    is_rule,
    may_say_reply_above,
    notes_block,
)
from chalicelib.inbound_mail.signatures import signature_start, strip_banners

_WRAPPED_LENGTH = 60
_OWN, _QUOTED = "own", "quoted"


@dataclass(frozen=True, slots=True)
class _Cut:
    """Which lines are somebody else's: one flag per line, and where a foreign rest begins."""

    quoted: list[bool]
    rest: int


def cut_reply(lines: list[Line], author: str) -> str:
    """The visible reply of a mail given as lines; empty when nothing of it is new."""
    lines = unglued(lines[strip_banners([line.text for line in lines[:16]]) :])
    cut = _find_quotes(lines)
    own = _compose(lines, cut, author)
    if own:
        return own
    beginning = _below_leading_block(lines)
    if beginning:
        below = lines[beginning:]
        return _compose(below, _find_quotes(below), author)
    return ""


def own_words(lines: list[Line], author: str) -> str:
    """What of these lines is neither banner nor signature; empty when nothing else is there."""
    lines = lines[strip_banners([line.text for line in lines[:16]]) :]
    return _own_text(lines, (_OWN, 0, len(lines)), author, follows_quote=True)


def has_quote(lines: list[Line]) -> bool:
    """Whether the rules find anything in these lines that somebody else wrote."""
    lines = unglued(lines)
    cut = _find_quotes(lines)
    return cut.rest < len(lines) or any(cut.quoted)


def has_mark(lines: list[Line]) -> bool:
    """Whether a mail client has marked a quote or a signature in these lines."""
    return any(line.mark or line.depth for line in lines)


def _find_quotes(lines: list[Line]) -> _Cut:
    code = fenced([line.text if line.depth == 0 else "" for line in lines])
    quoted = [
        (line.depth > 0 or line.mark == QUOTE) and not is_code
        for line, is_code in zip(lines, code, strict=True)
    ]
    _join_wrapped(lines, quoted)
    has_quotes = any(quoted)
    desk_marks = may_say_reply_above(lines)
    rest = len(lines)
    index = 0
    while index < rest:
        line = lines[index]
        # Gmail marks the head of a forward as a quote, and not what is forwarded.
        is_head = line.depth == 0 and quoted[index] and is_forward_marker(line.text)
        if (quoted[index] and not is_head) or not line.text.strip() or code[index]:
            index += 1
            continue
        if _is_separator(lines, index) or (desk_marks and is_reply_above(line.text)):
            rest = _with_rule_above(lines, index)
            break
        block = notes_block(lines, index)
        if block is not None:
            rest = block
            break
        count = attribution(lines, index)
        if not count and has_quotes and _heads_quote(quoted, lines, index):
            quoted[index] = True
        elif count:
            first = index - count + 1
            if _quote_follows(quoted, lines, index + 1):
                quoted[first : index + 1] = [True] * count
            elif starts_attribution(lines, first, index):
                rest = first
                break
        index += 1
    return _Cut(quoted[:rest], rest)


def _is_separator(lines: list[Line], index: int) -> bool:
    """Whether everything from here on belongs to an older mail."""
    text = lines[index].text
    if is_original_marker(text) or is_forward_marker(text) or is_desk_history(lines, index):
        return True
    if is_groupwise_head(text):
        return True
    # Below Outlook's line of underscores two labels are enough.
    needed = 2 if index and is_rule(lines[index - 1].text) else 3
    return header_block(lines, index, needed) > 0


def _with_rule_above(lines: list[Line], index: int) -> int:
    above = index - 1
    while above >= 0 and not lines[above].text.strip():
        above -= 1
    return above if above >= 0 and is_rule(lines[above].text) else index


def _join_wrapped(lines: list[Line], quoted: list[bool]) -> None:
    """A quoted line that a mailer broke: the piece without ``>`` belongs to the quote."""
    for index in range(1, len(lines) - 1):
        if (
            not quoted[index]
            and quoted[index - 1]
            and quoted[index + 1]
            and lines[index].text.strip()
            and _is_torn(lines[index - 1].text, lines[index].text)
        ):
            quoted[index] = True


def _is_torn(above: str, piece: str) -> bool:
    """Whether the piece was broken off a full line, or off a link."""
    if len(above) >= _WRAPPED_LENGTH:
        return len(piece) < _WRAPPED_LENGTH
    is_link = " " not in piece.strip(" >") and ("http" in piece or "http" in above)
    return is_link and (above.count("(") > above.count(")") or piece.lstrip().startswith("("))


def _heads_quote(quoted: list[bool], lines: list[Line], index: int) -> bool:
    """Whether a line names a writer and the quote stands right below it."""
    return _is_quoted_below(quoted, lines, index + 1) and names_a_writer(lines[index].text)


def _is_quoted_below(quoted: list[bool], lines: list[Line], start: int) -> bool:
    """Whether the next line with text is quoted."""
    following = (at for at in range(start, min(start + 3, len(lines))) if lines[at].text.strip())
    return any(quoted[at] for at in [*following][:1])


def _quote_follows(quoted: list[bool], lines: list[Line], start: int) -> bool:
    for index in range(start, min(start + 8, len(lines))):
        if quoted[index]:
            return True
        if lines[index].text.strip():
            return False
    return start >= len(lines)


def _compose(lines: list[Line], cut: _Cut, author: str) -> str:
    """Own text above the quote, below it, or everything when both are mixed."""
    runs = _runs(lines, cut)
    own = [index for index, (kind, _, _) in enumerate(runs) if kind == _OWN]
    texts = {index: _own_text(lines, runs[index], author, follows_quote=index > 0) for index in own}
    filled = [index for index in own if texts[index]]
    if not filled and own:
        texts = {own[-1]: _own_text(lines, runs[own[-1]], author, follows_quote=False)}
        filled = [index for index in texts if texts[index]]
    if not filled:
        return ""
    first, last = filled[0], filled[-1]
    if first == last:
        return texts[first]
    # Interleaved: keep it all, from what the first answer stands under to the last own line.
    pieces = [_answered_first(lines, runs[0])] if first > 0 else []
    for index in range(first, last + 1):
        kind, start, end = runs[index]
        if index == last:
            pieces.append(texts[index])
        elif kind == _OWN and not texts.get(index):
            continue
        else:
            pieces.append(_as_written(lines[start:end]))
    return "\n".join(pieces).strip("\n ").rstrip()


def _answered_first(lines: list[Line], run: tuple[str, int, int]) -> str:
    """The quote above the first of several answers, without its attribution."""
    _, start, end = run
    while start < end and lines[start].depth == 0:
        start += 1
    return _as_written(lines[start:end])


def _as_written(lines: list[Line]) -> str:
    """Lines with the empty ones behind them, which ``join_lines`` leaves out at the end."""
    behind = 0
    while behind < len(lines) and not lines[-1 - behind].text and not lines[-1 - behind].depth:
        behind += 1
    return join_lines(lines) + "\n" * behind


def _runs(lines: list[Line], cut: _Cut) -> list[tuple[str, int, int]]:
    """Maximal runs of own and of quoted lines; blank lines go with what stands above them."""
    runs: list[tuple[str, int, int]] = []
    for index in range(cut.rest):
        blank = not lines[index].text.strip() and not cut.quoted[index]
        kind = _QUOTED if cut.quoted[index] else _OWN
        if runs and (blank or runs[-1][0] == kind):
            runs[-1] = (runs[-1][0], runs[-1][1], index + 1)
        else:
            runs.append((kind, index, index + 1))
    return runs


def _own_text(
    lines: list[Line], run: tuple[str, int, int], author: str, *, follows_quote: bool
) -> str:
    _, start, end = run
    own = lines[start:end]
    marked = next((index for index, line in enumerate(own) if line.mark == SIGNATURE), len(own))
    if any(line.text.strip() for line in own[:marked]):
        # What stands behind a marked signature is a footer, or own text if it goes on.
        behind = [line for line in own[marked:] if line.mark != SIGNATURE]
        own = own[:marked] + behind
    # Below a quote even a lone name is a signature: a line in front makes the rules see it so.
    texts = (["…", ""] if follows_quote else []) + [line.prefix + line.text for line in own]
    kept = texts[: signature_start(texts, author)][2 if follows_quote else 0 :]
    if not any(text.strip() for text in kept):
        return ""
    return "\n".join(kept).strip("\n ").rstrip()


def _below_leading_block(lines: list[Line]) -> int:
    """Where the text begins when a mail opens with a header block or a forward marker; else 0."""
    for index, line in enumerate(lines[:10]):
        if not line.text.strip() or is_rule(line.text):
            continue
        if is_forward_marker(line.text) or is_original_marker(line.text):
            following = index + 1
            while following < len(lines) and not lines[following].text.strip():
                following += 1
            length = header_block(lines, following) if following < len(lines) else 0
            return following + length
        length = header_block(lines, index)
        return index + length if length else 0
    return 0
