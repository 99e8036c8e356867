"""Start and stop the emulator of one profile."""

import http.client
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from infra.local.failures import LocalRunError
from infra.local.profile import LOOPBACK, Profile

FRONT = Path(__file__).with_name("front.py")
READY_SECONDS = 60
STOP_SECONDS = 15
LOG_LINES_SHOWN = 15
INHERITED = ("HOME", "LANG", "LC_ALL", "SYSTEMROOT")


class Emulator:
    """One emulator process; everything it starts ends with it."""

    def __init__(self, profile: Profile, python: Path, node_folder: Path) -> None:
        self.profile = profile
        self._python = python
        self._node_folder = node_folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, *, dev_mail_url: str, sink_port: int) -> None:
        """Start and wait until it answers.

        Raises:
            LocalRunError: it ended at once or does not answer; the end of its log is shown.
        """
        folder = self.profile.folder
        scratch = folder / "scratch"
        # What workers of a killed emulator left behind: an unpacked package each.
        shutil.rmtree(scratch, ignore_errors=True)
        (scratch / "packages").mkdir(parents=True)
        with self.profile.log_file.open("ab") as log:
            self._process = subprocess.Popen(
                [str(self._python), str(FRONT)],
                cwd=scratch,
                env=self._environment(scratch, dev_mail_url, sink_port),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                # A group of its own: Ctrl-C in the terminal reaches the run, which stops it in
                # order, and whatever workers are left can be ended together.
                start_new_session=True,
            )
        self.profile.pid_file.write_text(str(self._process.pid))
        self._wait_until_ready(self._process)

    def _environment(self, scratch: Path, dev_mail_url: str, sink_port: int) -> dict[str, str]:
        state = self.profile.folder / "cloud"
        # The emulated functions inherit this environment: nothing of the developer's is in it.
        inherited = {name: os.environ[name] for name in INHERITED if name in os.environ}
        return inherited | {
            "PATH": f"{self._node_folder}{os.pathsep}{os.environ.get('PATH', '')}",
            "TMPDIR": str(scratch),
            "GATEWAY_PORT": str(self.profile.emulator_port),
            "MINISTACK_HOST": "localhost",
            "DESK_PORT": str(self.profile.desk_port),
            "DEV_MAIL_URL": dev_mail_url,
            "PACKAGES_DIR": str(scratch / "packages"),
            "CDN_LABEL_FILE": str(self.profile.folder / "cdn-label"),
            "PARENT_PID": str(os.getpid()),
            "AUTOSAVE_SECONDS": str(self.profile.saves_seconds),
            # Roles and signatures are enforced, as in AWS.
            "AUTH": "true",
            "PERSIST_STATE": "1",
            "STATE_DIR": str(state),
            "S3_PERSIST": "1",
            "S3_DATA_DIR": str(state / "s3"),
            "SMTP_HOST": f"{LOOPBACK}:{sink_port}",
            # Servers that would open ports of their own.
            "IOT_MTLS_ENABLED": "0",
            "SFTP_ENABLED": "0",
        }

    def _wait_until_ready(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                message = f"The emulator ended at once.\n{self.log_tail()}"
                raise LocalRunError(message)
            if self._answers():
                return
            time.sleep(0.1)
        self.stop()
        message = f"The emulator did not answer in {READY_SECONDS} s.\n{self.log_tail()}"
        raise LocalRunError(message)

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(LOOPBACK, self.profile.emulator_port, timeout=2)
        try:
            connection.request("GET", "/_ministack/health")
            return connection.getresponse().status == http.HTTPStatus.OK
        except OSError:
            return False
        finally:
            connection.close()

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def log_tail(self) -> str:
        """The last lines of the emulator's log."""
        lines = self.profile.log_file.read_text(errors="replace").splitlines()
        return "\n".join([f"The end of {self.profile.log_file}:", *lines[-LOG_LINES_SHOWN:]])

    def stop(self) -> None:
        """Stop in order, so that everything is saved; then end what is left of the group."""
        process, self._process = self._process, None
        if process is None:
            return
        end_process_group(process.pid, process)
        self.profile.pid_file.unlink(missing_ok=True)


def end_process_group(pid: int, process: subprocess.Popen[bytes]) -> None:
    """Ask the leader to stop, wait, then end whatever of its group is left."""
    process.terminate()
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    try:
        os.killpg(pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        return
