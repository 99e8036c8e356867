"""A Chromium for the browser tests: the system's, else its package, else Playwright's own.

Playwright's download fails where only package registries are reachable, so it comes last.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MACOS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_browser() -> str | None:
    """The path of a system browser; ``CHROMIUM`` in the environment wins."""
    if named := os.environ.get("CHROMIUM"):
        return named
    found = (shutil.which(name) for name in NAMES)
    return next((path for path in (*found, *MACOS) if path and Path(path).exists()), None)


def ensure_browser() -> str | None:
    """The path of a system browser, or nothing when Playwright's own is to be used.

    Raises:
        SystemExit: none is there and none could be installed.
    """
    if path := find_browser():
        return path
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say("Installing Chromium with apt-get (once)")
        _run("apt-get", "update", "-qq")
        if _run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"):
            return find_browser()
    if _playwright_has_one():
        return None
    say("Downloading Playwright's Chromium (once)")
    if _run(sys.executable, "-m", "playwright", "install", "chromium"):
        return None
    sys.exit("No browser for the browser tests: install Chromium, or name one with CHROMIUM=/path")


def _playwright_has_one() -> bool:
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    return any(cache.glob("chromium-*")) if cache.exists() else False


def _run(*command: str) -> bool:
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    return done.returncode == 0


def say(text: str) -> None:
    """One line on the terminal."""
    print(text, flush=True)


if __name__ == "__main__":
    ensure_browser()
