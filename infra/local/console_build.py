"""The console's build, beside everything else that a start does."""

import os
import signal
import subprocess
import sys

from infra.local.failures import LocalRunError
from infra.local.profile import ROOT


class ConsoleBuild:
    """``make console`` as a process of its own."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "infra.local.toolchain"],
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            # npm starts processes too: they are ended together.
            start_new_session=True,
        )

    def wait(self) -> None:
        """Wait for its end.

        Raises:
            LocalRunError: the build failed; what it said is shown.
        """
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise LocalRunError(said.strip())

    def stop(self) -> None:
        """End it, if it still runs."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.communicate()
