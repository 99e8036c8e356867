"""Where one local desk lives: its ports and its folder. Several may run side by side."""

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOOPBACK = "127.0.0.1"
# Variable, default, what it is; the sink and the page of mails need no address of their own.
PORTS = {
    "desk_port": ("DESK_PORT", 8000, "the desk (portal, /console, /api, /dev/mail)"),
    "emulator_port": ("EMULATOR_PORT", 4566, "the emulated AWS"),
    "smtp_port": ("SMTP_PORT", 2525, "mail to the desk"),
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Ports on loopback, and the folder that keeps what must survive a restart.

    ``saves_seconds`` is how long a change may wait until it would survive a kill, too; with 0 only
    a stop saves, for a desk that nobody starts again.
    """

    desk_port: int
    emulator_port: int
    smtp_port: int
    folder: Path
    saves_seconds: float = 5

    @property
    def desk_url(self) -> str:
        """Where a browser finds the desk. ``localhost``, for browsers trust that name."""
        return f"http://localhost:{self.desk_port}"

    @property
    def emulator_url(self) -> str:
        """Where AWS clients, and the browser with signed file URLs, find the emulator."""
        return f"http://{LOOPBACK}:{self.emulator_port}"

    @property
    def log_file(self) -> Path:
        """What the emulator, and so each function, wrote."""
        return self.folder / "emulator.log"

    @property
    def pid_file(self) -> Path:
        """Process number of the emulator of this profile, while it runs."""
        return self.folder / "emulator.pid"

    @property
    def mails(self) -> Path:
        """Every mail that the desk sent."""
        return self.folder / "mails"


def profile_from_environment() -> Profile:
    """The profile that ``DESK_PORT``, ``EMULATOR_PORT``, ``SMTP_PORT``, ``LOCAL_STATE`` choose."""
    ports = {
        name: int(os.environ.get(variable) or default)
        for name, (variable, default, _) in PORTS.items()
    }
    folder = Path(os.environ.get("LOCAL_STATE") or ROOT / ".local" / "state")
    return Profile(folder=folder.resolve(), **ports)
