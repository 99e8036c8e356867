"""``make run``: start the desk, say where it is, and stop everything on Ctrl-C."""

import argparse
import os
import signal
import sys
import threading
from types import FrameType

from infra.local.desk import LocalDesk, start
from infra.local.failures import LocalRunError
from infra.local.profile import PORTS, profile_from_environment
from infra.local.steps import Steps
from infra.seed import load_document

ALIVE_CHECK_SECONDS = 1.0


def main() -> None:
    """Run until Ctrl-C or SIGTERM; exit 1 with a message when it cannot start or breaks down."""
    given = _arguments()
    stop = threading.Event()

    def on_signal(_number: int, _frame: FrameType | None) -> None:
        # Raised too, so that a start that is under way ends and cleans up.
        if stop.is_set():
            return
        stop.set()
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, on_signal)
    signal.signal(signal.SIGTERM, on_signal)
    steps = Steps()
    steps.say("Starting the desk on this machine (Ctrl-C stops it)")
    desk = None
    try:
        desk = start(profile_from_environment(), fresh=given.fresh, steps=steps)
        steps.say(_table(desk))
        while not stop.wait(ALIVE_CHECK_SECONDS):
            _check_alive(desk)
    except LocalRunError as error:
        sys.exit(f"\n{error}")
    except KeyboardInterrupt:
        steps.say("\nStopping")
    finally:
        stop.set()
        if desk:
            desk.stop()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fresh", action="store_true", default=os.environ.get("FRESH") == "1")
    parser.add_argument("--ports-offset", type=int, default=0, help="added to every port")
    given = parser.parse_args()
    if given.ports_offset:
        for variable, default, _ in PORTS.values():
            base = int(os.environ.get(variable) or default)
            os.environ[variable] = str(base + given.ports_offset)
        os.environ.setdefault("LOCAL_STATE", f".local/state-{given.ports_offset}")
    return given


def _check_alive(desk: LocalDesk) -> None:
    if not desk.is_alive:
        message = f"The emulator ended.\n{desk.log_tail()}"
        raise LocalRunError(message)


def _table(desk: LocalDesk) -> str:
    from infra.local.desk import DOMAIN, STAGE_FILE

    agents = load_document(STAGE_FILE)["agents"]
    rows = [
        ("Portal", desk.desk_url),
        ("Console", f"{desk.desk_url}/console/"),
        ("Mails sent", desk.dev_mail_url),
        ("API", f"{desk.desk_url}/api/v1/openapi.json"),
        ("Mail to the desk", f"localhost:{desk.smtp_port} (SMTP), to support@{DOMAIN}"),
        ("Emulated AWS", f"{desk.profile.emulator_url} (log: {desk.profile.log_file})"),
        ("", ""),
        *((f"Sign in: {agent['role']}", f"{agent['email']}") for agent in agents),
        ("Password for all", desk.password),
    ]
    width = max(len(name) for name, _ in rows)
    lines = [f"  {name:<{width}}  {value}".rstrip() for name, value in rows]
    return "\n".join(["", "The desk is open.", "", *lines, "", "Ctrl-C stops it.", ""])


if __name__ == "__main__":
    main()
