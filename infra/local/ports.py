"""Whether the ports are free, and who has them if not."""

import errno
import socket
from contextlib import suppress
from pathlib import Path

from infra.local.failures import LocalRunError
from infra.local.profile import LOOPBACK, PORTS, Profile

LISTENING = "0A"


def check_ports(profile: Profile) -> None:
    """Refuse to start when a port is taken.

    Raises:
        LocalRunError: names each port, its holder if known, and how to choose another.
    """
    taken = []
    for name, (variable, _, purpose) in PORTS.items():
        port = getattr(profile, name)
        if not _is_free(port):
            taken.append(f"  {port} for {purpose}{_holder(port)}; choose another: {variable}=…")
    if taken:
        example = " ".join(f"{v}={d + 100}" for v, d, _ in PORTS.values())
        lines = ["These ports are in use:", *taken, f"For example: make run {example}"]
        raise LocalRunError("\n".join(lines))


def free_port() -> int:
    """A port that nobody has at this moment."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            return error.errno not in {errno.EADDRINUSE, errno.EACCES}
    return True


def _holder(port: int) -> str:
    """`` (process 123, python3)`` where the system tells, else nothing."""
    inode = _inode_of_listener(port)
    if inode is None:
        return ""
    for process in Path("/proc").glob("[0-9]*"):
        if _has_open(process, f"socket:[{inode}]"):
            name = (process / "comm").read_text().strip()
            return f" (process {process.name}, {name})"
    return ""


def _has_open(process: Path, target: str) -> bool:
    try:
        links = list((process / "fd").iterdir())
    except OSError:
        return False  # Somebody else's process, or one that just ended.
    for link in links:
        with suppress(OSError):
            if str(link.readlink()) == target:
                return True
    return False


def _inode_of_listener(port: int) -> str | None:
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        if not table.exists():
            continue
        for line in table.read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == LISTENING and int(fields[1].rsplit(":", 1)[1], 16) == port:
                return fields[9]
    return None
