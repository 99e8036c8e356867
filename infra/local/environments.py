"""Virtual environments, made when missing and left alone when they are as pinned.

Runs before anything is installed: the standard library only, and no import of the project.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DESK = ROOT / ".venv"
OLDEST = (3, 11)
NEWEST_TRIED = 15
STAMP = "requirements.sha256"
LINES_SHOWN = 8


class EnvironmentFailure(Exception):
    """The environment cannot be made. The text says why and what to do."""


def suitable_python() -> str:
    """An interpreter of 3.11 or newer: this one, else the first on the path.

    Raises:
        EnvironmentFailure: there is none.
    """
    if sys.version_info >= OLDEST:
        return sys.executable
    for minor in range(OLDEST[1], NEWEST_TRIED):
        if found := shutil.which(f"python3.{minor}"):
            return found
    message = (
        f"Python 3.{OLDEST[1]} or newer is needed; this is {sys.version.split()[0]} and no newer "
        "one is on the path. Install one, or name it: make run PYTHON=/path/to/python3.12"
    )
    raise EnvironmentFailure(message)


def ensure_environment(folder: Path, requirements: list[Path], python: str) -> bool:
    """Make ``folder`` hold exactly the requirements; return whether anything had to be done.

    Raises:
        EnvironmentFailure: no ``venv`` module, or a package cannot be fetched.
    """
    wanted = _fingerprint(requirements, python)
    stamp = folder / STAMP
    if stamp.exists() and stamp.read_text() == wanted and interpreter(folder).exists():
        return False
    if not _works(folder):
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, python)
    stamp.unlink(missing_ok=True)
    _install(folder, requirements)
    stamp.write_text(wanted)
    return True


def interpreter(folder: Path) -> Path:
    """The environment's Python."""
    return folder / "bin" / "python"


def _works(folder: Path) -> bool:
    """Whether an earlier, perhaps interrupted, start left a usable environment of our version."""
    check = "import pip, sys; print(sys.version_info >= (3, 11))"
    if not interpreter(folder).exists():
        return False
    done = _run([str(interpreter(folder)), "-c", check])
    return done.returncode == 0 and done.stdout.strip() == "True"


def _make(folder: Path, python: str) -> None:
    done = _run([python, "-m", "venv", str(folder)])
    if done.returncode:
        message = (
            f"{python} cannot make a virtual environment:\n{_tail(done.stdout + done.stderr)}\n"
            "On Debian and Ubuntu the missing part is the package python3-venv."
        )
        raise EnvironmentFailure(message)


def _install(folder: Path, requirements: list[Path]) -> None:
    command = [str(interpreter(folder)), "-m", "pip", "install", "--quiet"]
    # Python compiles what it imports; compiling everything would double the time.
    command += ["--disable-pip-version-check", "--no-input", "--no-compile"]
    for path in requirements:
        command += ["-r", str(path)]
    done = _run(command)
    if done.returncode:
        message = (
            f"pip cannot install the requirements into {folder}:\n{_tail(done.stderr)}\n"
            "The first start needs the package index once. Check the network (or PIP_INDEX_URL) "
            "and run the same command again: what is already there stays."
        )
        raise EnvironmentFailure(message)


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _tail(output: str) -> str:
    told = [line for line in output.strip().splitlines() if not line.startswith("WARNING")]
    return "\n".join(f"  {line}" for line in told[-LINES_SHOWN:])


def _fingerprint(requirements: list[Path], python: str) -> str:
    digest = hashlib.sha256()
    for path in requirements:
        digest.update(path.read_bytes())
    if ROOT / "requirements-dev.txt" in requirements:
        digest.update((ROOT / "requirements.txt").read_bytes())
    version = _run([python, "-c", "import sys; print(sys.version_info[:2])"]).stdout
    digest.update(version.encode())
    return digest.hexdigest()


def main() -> None:
    """Make the project's own environment, saying so when it takes a while."""
    requirements = ROOT / "requirements-dev.txt"
    quiet = (DESK / STAMP).exists()
    try:
        python = suitable_python()
        if not quiet:
            print("Installing the pinned requirements into .venv (once, a minute or so)")
        ensure_environment(DESK, [requirements], python)
    except EnvironmentFailure as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(os.EX_TEMPFAIL)


if __name__ == "__main__":
    main()
