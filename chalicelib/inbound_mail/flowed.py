"""format=flowed (RFC 3676): lines that end in a blank go on in the next one."""

import re

_QUOTE = re.compile(r">*")


def unflow(text: str, *, delete_space: bool) -> str:
    r"""Join flowed lines, paragraph by paragraph and quote level by quote level.

    >>> unflow("one \ntwo\n-- \nJo", delete_space=False)
    'one two\n-- \nJo'
    """
    out: list[str] = []
    pending: list[str] = []
    pending_depth = 0

    for line in text.split("\n"):
        depth = _depth(line)
        content = line[depth:]
        content = content.removeprefix(" ")
        signature = content == "-- "
        if pending and (depth != pending_depth or signature):
            out.append(_line(pending_depth, pending))
            pending = []
        if content.endswith(" ") and not signature:
            pending.append(content[:-1] if delete_space else content)
            pending_depth = depth
            continue
        out.append(_line(depth, [*pending, content]))
        pending = []
    if pending:
        out.append(_line(pending_depth, pending))
    return "\n".join(out)


def _depth(line: str) -> int:
    match = _QUOTE.match(line)
    return match.end() if match else 0


def _line(depth: int, pieces: list[str]) -> str:
    text = "".join(pieces)
    return ">" * depth + (" " if depth else "") + text
