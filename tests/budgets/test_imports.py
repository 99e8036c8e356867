"""What a starting function imports: no client of AWS is built and boto3 is not even loaded."""

import subprocess
import sys

import pytest

MODULES = (
    "app",
    "chalicelib.inbound_mail.handler",
    "chalicelib.streams.dispatch",
    "chalicelib.sweeps.due_tickets",
    "chalicelib.sweeps.stored_mails",
    "chalicelib.workers.assignment",
    "chalicelib.workers.mail_events",
    "chalicelib.workers.notification",
    "chalicelib.workers.projection",
    "chalicelib.workers.timers",
)
_SCRIPT = """
import importlib, sys
importlib.import_module(sys.argv[1])
print(*sorted({"boto3", "moto", "jinja2"} & set(sys.modules)))
"""


@pytest.mark.parametrize("module", MODULES)
def test_importing_a_function_loads_no_client(module: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", _SCRIPT, module], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == ""
