"""What an earlier start of the same profile left behind."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from infra.local.failures import LocalRunError
from infra.local.profile import Profile

FRONT = "infra/local/front.py"
ORPHAN_SECONDS = 10
LOOK_AGAIN_SECONDS = 0.2


def end_earlier_start(profile: Profile) -> None:
    """Make sure that no emulator of this profile runs.

    One whose run was killed ends by itself within a second; here we wait for that, and insist.

    Raises:
        LocalRunError: the profile's desk is running, with somebody in charge of it.
    """
    if not profile.pid_file.exists():
        return
    pid = int(profile.pid_file.read_text().strip() or 0)
    deadline = time.monotonic() + ORPHAN_SECONDS
    while FRONT in _command(pid):
        if "python" in _command(_parent(pid)):
            raise LocalRunError(_already_running(profile, _parent(pid)))
        if time.monotonic() > deadline:
            os.killpg(pid, signal.SIGKILL)
        time.sleep(LOOK_AGAIN_SECONDS)
    profile.pid_file.unlink(missing_ok=True)


def _already_running(profile: Profile, pid: int) -> str:
    return (
        f"This desk is running already (process {pid}): {profile.desk_url}\n"
        "Stop it there with Ctrl-C, or start a second one with other ports and a folder of its "
        "own:\n  make run DESK_PORT=8100 EMULATOR_PORT=4666 SMTP_PORT=2625 "
        "LOCAL_STATE=.local/second"
    )


def _command(pid: int) -> str:
    """The command line of a process; empty when there is none."""
    proc = Path(f"/proc/{pid}/cmdline")
    if proc.exists():
        return proc.read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return _ps("args", pid)


def _parent(pid: int) -> int:
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        lines = status.read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("PPid:"))
    return int(_ps("ppid", pid) or 0)


def _ps(column: str, pid: int) -> str:
    """Where there is no ``/proc`` (macOS), there is ``ps``."""
    if Path("/proc/self").exists() or not shutil.which("ps"):
        return ""
    command = ["ps", "-o", f"{column}=", "-p", str(pid)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
