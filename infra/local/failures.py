"""What can go wrong on somebody's machine, said in words instead of a traceback."""


class LocalRunError(Exception):
    """The local run cannot go on. The text says what happened and what to do about it."""
