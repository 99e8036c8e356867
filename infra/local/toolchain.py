"""What must be there before anything starts: the emulator, Node, the console, the assembly."""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local.environments import EnvironmentFailure, ensure_environment, interpreter
from infra.local.failures import LocalRunError
from infra.local.fingerprint import fingerprint, is_current
from infra.local.profile import ROOT
from infra.stage import LOCAL, raw_mail_days_of

EMULATOR = ROOT / ".local" / "emulator"
EMULATOR_REQUIREMENTS = Path(__file__).with_name("emulator-requirements.txt")
BUILD = ROOT / "build"
ASSEMBLIES = BUILD / "assemblies"
ASSEMBLIES_KEPT = 4
CONSOLE = ROOT / "console"
CONSOLE_DIST = CONSOLE / "dist"
# What is made from the sources: a build of the demo is no reason to build the console again.
CONSOLE_MADE = {"node_modules", "dist", "dist-demo"}
# What the assembly is made of; the local run's own files are not.
SOURCES = (
    "app.py",
    "cdk.json",
    "requirements.txt",
    "chalicelib",
    ".chalice/config.json",
    "infra/bundle.py",
    "infra/cdk_app.py",
    "infra/stage.py",
    "infra/suppressions.py",
    "infra/constructs",
    "infra/stacks",
)
LINES_SHOWN = 25
# Compiling the infrastructure library anew would cost each synthesis ten seconds.
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"


def node_folder() -> Path:
    """Where ``node`` and ``npm`` are: the pip package brings them into the environment.

    Raises:
        LocalRunError: they are not there.
    """
    folder = Path(sys.executable).parent
    if not (folder / "node").exists():
        message = f"Node is missing in {folder}: remove .venv and start again."
        raise LocalRunError(message)
    return folder


def ensure_emulator() -> Path:
    """Install the emulator if it is not as pinned; return its Python.

    Raises:
        LocalRunError: a package cannot be fetched.
    """
    try:
        ensure_environment(EMULATOR, EMULATOR_REQUIREMENTS, sys.executable)
    except EnvironmentFailure as error:
        raise LocalRunError(str(error)) from error
    return interpreter(EMULATOR)


def ensure_console() -> Path:
    """Build the console if its sources changed; return the folder of static files.

    Raises:
        LocalRunError: npm or the build failed.
    """
    sources = [path for path in CONSOLE.iterdir() if path.name not in CONSOLE_MADE]
    wanted = fingerprint(sources)
    stamp = BUILD / "console.sha256"
    if is_current(stamp, wanted) and (CONSOLE_DIST / "index.html").exists():
        return CONSOLE_DIST
    if not _has_packages():
        _npm("ci", "--no-audit", "--no-fund")
    _npm("run", "build")
    BUILD.mkdir(exist_ok=True)
    stamp.write_text(wanted)
    return CONSOLE_DIST


def _has_packages() -> bool:
    """Whether npm finished installing since the lock file changed: it writes its own copy last."""
    installed = CONSOLE / "node_modules" / ".package-lock.json"
    wanted = CONSOLE / "package-lock.json"
    return installed.exists() and installed.stat().st_mtime >= wanted.stat().st_mtime


def _npm(*arguments: str) -> None:
    folder = node_folder()
    _run([str(folder / "npm"), *arguments], cwd=CONSOLE, what=f"npm {' '.join(arguments)}")


def ensure_assembly(stage: str = LOCAL, domain: str = "") -> Path:
    """Synthesise the application for the stage if its sources changed.

    Raises:
        LocalRunError: the synthesis failed; what it said is shown.
    """
    context = json.dumps({"stage": stage, "domain": domain})
    kept = f"raw mails: {raw_mail_days_of(stage)} days"
    wanted = fingerprint((ROOT / name for name in SOURCES), context, kept)
    # One folder per state of the sources: another local desk may still be reading the last one.
    assembly = ASSEMBLIES / wanted[:16]
    if (assembly / "manifest.json").exists():
        return assembly
    unfinished = assembly.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    environment = {"CDK_OUTDIR": str(unfinished), "CDK_CONTEXT_JSON": context}
    command = [sys.executable, "-m", "infra.cdk_app"]
    _run(command, cwd=ROOT, what="The synthesis", environment=environment)
    unfinished.rename(assembly)
    by_age = sorted(ASSEMBLIES.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for old in by_age[ASSEMBLIES_KEPT:]:
        shutil.rmtree(old, ignore_errors=True)
    return assembly


def _run(
    command: list[str], *, cwd: Path, what: str, environment: dict[str, str] | None = None
) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    inherited = {name: value for name, value in os.environ.items() if name != NO_BYTECODE}
    done = subprocess.run(
        command,
        cwd=cwd,
        env=inherited | {"PATH": path} | (environment or {}),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines()[-LINES_SHOWN:]
        raise LocalRunError("\n".join([f"{what} failed:", *(f"  {line}" for line in said)]))


@contextmanager
def only_one_builder(what: str) -> Iterator[None]:
    """Let a second local desk (the browser tests') wait for the first one's build of ``what``."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / f"{what}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def main() -> None:
    """Make what the command line names: ``make test`` makes all of them side by side."""
    (what,) = sys.argv[1:] or ["console"]
    made = {"console": ensure_console, "emulator": ensure_emulator, "assembly": ensure_assembly}
    try:
        with only_one_builder(what):
            made[what]()
    except LocalRunError as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
