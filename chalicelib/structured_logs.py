"""One JSON line per unit of work, on standard output, where Lambda collects it.

What is logged is ids, counts and outcomes: never a body, a token or an address.
"""

import logging
import sys

from pythonjsonlogger.json import JsonFormatter

_FIELDS = "%(levelname)s %(name)s %(message)s"


def configure_logging(level: str) -> None:
    """Send the desk's own loggers to standard output as JSON. Safe to call again."""
    logger = logging.getLogger("chamado")
    if logger.handlers:
        return
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        JsonFormatter(
            _FIELDS,
            rename_fields={"levelname": "level", "name": "logger"},
            timestamp=True,
        )
    )
    logger.addHandler(handler)
    logger.setLevel(level)
    # Lambda's own handler on the root would print every line a second time.
    logger.propagate = False
