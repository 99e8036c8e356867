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
# For `make run`, and for everything else: the second includes the first.
FOR_RUNNING = ROOT / "requirements-local.txt"
FOR_EVERYTHING = ROOT / "requirements-dev.txt"
INCLUDED = ("requirements.txt", "requirements-local.txt", "requirements-dev.txt")
LINES_SHOWN = 8
# Fetches side by side and unpacks in parallel: half a minute where pip takes two and a half.
FAST_INSTALLER = "uv==0.9.9"


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


def ensure_environment(folder: Path, requirements: Path, python: str) -> bool:
    """Make ``folder`` hold the requirements; return whether anything had to be done.

    Raises:
        EnvironmentFailure: no ``venv`` module, or a package cannot be fetched.
    """
    if has_requirements(folder, requirements, python):
        return False
    if not _works(folder):
        shutil.rmtree(folder, ignore_errors=True)
        _make(folder, python)
    _stamp(folder, requirements).unlink(missing_ok=True)
    _install(folder, requirements)
    _stamp(folder, requirements).write_text(_fingerprint(requirements, python))
    return True


def has_requirements(folder: Path, requirements: Path, python: str) -> bool:
    """Whether an earlier start installed exactly these."""
    stamp = _stamp(folder, requirements)
    if not stamp.exists() or not interpreter(folder).exists():
        return False
    return stamp.read_text() == _fingerprint(requirements, python)


def _stamp(folder: Path, requirements: Path) -> Path:
    return folder / f"{requirements.name}.sha256"


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


def _install(folder: Path, requirements: Path) -> None:
    if _installed_fast(folder, requirements):
        return
    done = _run([*_pip(folder), "-r", str(requirements)])
    if done.returncode:
        message = (
            f"pip cannot install the requirements into {folder}:\n{_tail(done.stderr)}\n"
            "The first start needs the package index once. Check the network (or PIP_INDEX_URL) "
            "and run the same command again: what is already there stays."
        )
        raise EnvironmentFailure(message)


def _pip(folder: Path) -> list[str]:
    command = [str(interpreter(folder)), "-m", "pip", "install", "--quiet"]
    # Python compiles what it imports; compiling everything would double the time.
    return [*command, "--disable-pip-version-check", "--no-input", "--no-compile"]


def _installed_fast(folder: Path, requirements: Path) -> bool:
    """Whether uv did it. Where it cannot (an index that only pip's settings name), pip does."""
    if _run([*_pip(folder), FAST_INSTALLER]).returncode:
        return False
    python = str(interpreter(folder))
    command = [python, "-m", "uv", "pip", "install", "--quiet", "--python", python]
    return _run([*command, "-r", str(requirements)]).returncode == 0


def _run(command: list[str]) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _tail(output: str) -> str:
    told = [line for line in output.strip().splitlines() if not line.startswith("WARNING")]
    return "\n".join(f"  {line}" for line in told[-LINES_SHOWN:])


def _fingerprint(requirements: Path, python: str) -> str:
    digest = hashlib.sha256(requirements.read_bytes())
    if requirements.parent == ROOT:
        for name in INCLUDED[: INCLUDED.index(requirements.name)]:
            digest.update((ROOT / name).read_bytes())
    version = _run([python, "-c", "import sys; print(sys.version_info[:2])"]).stdout
    digest.update(version.encode())
    return digest.hexdigest()


def main() -> None:
    """Make the project's own environment, saying so when it takes a while."""
    wanted = FOR_RUNNING if "--for-running" in sys.argv else FOR_EVERYTHING
    try:
        python = suitable_python()
        if any(has_requirements(DESK, known, python) for known in (wanted, FOR_EVERYTHING)):
            return
        print("Installing the pinned requirements into .venv (once, a minute or so)", flush=True)
        ensure_environment(DESK, wanted, python)
    except EnvironmentFailure as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        sys.exit(os.EX_TEMPFAIL)


if __name__ == "__main__":
    main()
