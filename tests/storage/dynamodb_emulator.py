"""The DynamoDB of the emulator on which the desk runs on one machine, without a desk on it."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local import toolchain
from infra.local.emulator import Emulator
from infra.local.ports import free_port
from infra.local.profile import Profile


@contextmanager
def running() -> Iterator[str]:
    """An empty emulator; gives its address and ends it afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        smtp, nobody = free_port(), free_port()
        profile = Profile(free_port(), free_port(), smtp, Path(folder), saves_seconds=0)
        emulator = Emulator(profile, toolchain.ensure_emulator(), toolchain.node_folder())
        try:
            emulator.start(dev_mail_url=f"http://127.0.0.1:{nobody}", sink_port=smtp)
            yield profile.emulator_url
        finally:
            emulator.stop()
