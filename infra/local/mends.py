"""What ministack 1.5.33 does in a way that would hurt a desk on one machine, mended from inside.

Imported by ``front.py`` in the emulator's own environment, before the emulator starts.
"""

import hashlib
import json
import logging
import os
import shutil
import types
import zipfile
from pathlib import Path
from typing import Any

from ministack.core import lambda_runtime, persistence
from ministack.services import lambda_svc

PACKAGES = Path(os.environ["PACKAGES_DIR"])


class SharedPackage(zipfile.ZipFile):
    """A function's package, unpacked once for all workers and linked into each one's folder.

    Every new worker would unpack two thousand files, two seconds of processor time each.
    """

    def extractall(self, path: Any = None, *arguments: Any) -> None:
        """Link the unpacked package's entries into ``path``."""
        source = Path(str(self.filename))
        if source.name != "code.zip" or path is None:
            super().extractall(path, *arguments)
            return
        package = PACKAGES / hashlib.sha256(source.read_bytes()).hexdigest()[:24]
        if not package.exists():
            unfinished = package.with_name(f"{package.name}.{os.getpid()}-{id(self)}")
            super().extractall(unfinished)
            try:
                unfinished.rename(package)
            except OSError:
                # Another worker was quicker with the same package.
                shutil.rmtree(unfinished, ignore_errors=True)
        for entry in package.iterdir():
            Path(path, entry.name).symlink_to(entry)


_written: dict[int, tuple[bytes, str]] = {}
_write_code_blob = lambda_svc._write_code_blob
_restore_positions = lambda_svc._restore_esm_positions


def _write_each_package_once(code: bytes) -> str:
    """Each save would hash and look for every function's whole package again."""
    known = _written.get(id(code))
    if known is None or known[0] is not code:
        _written[id(code)] = known = (code, _write_code_blob(code))
    return known[1]


def _restore_queue_positions_only(state: Any, positions: Any) -> None:
    """Leave stream consumers at the stream's start.

    Their positions are saved but not the stream's records: after a restart they would sleep
    until as many records as before have passed.
    """
    if state is not lambda_svc._dynamodb_stream_positions:
        _restore_positions(state, positions)


def _dump_at_once(value: Any, file: Any, **options: Any) -> None:
    """``json.dump`` writes piece by piece in Python: seconds in which nothing else is answered."""
    file.write(json.dumps(value, **options))


def mend() -> None:
    """Put the mended parts in place."""
    # The emulator waits 50 ms for a log line after each invocation; these are waits in seconds.
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.002, 0.001, 0.25)
    lambda_runtime.zipfile = types.SimpleNamespace(
        ZipFile=SharedPackage,
        BadZipFile=zipfile.BadZipFile,
        LargeZipFile=zipfile.LargeZipFile,
        LargeFileError=zipfile.LargeZipFile,
    )
    lambda_svc._write_code_blob = _write_each_package_once
    lambda_svc._restore_esm_positions = _restore_queue_positions_only
    persistence.json = types.SimpleNamespace(
        dump=_dump_at_once, load=json.load, JSONDecodeError=json.JSONDecodeError
    )
    # Ninety lines at each save would bury what the functions write.
    logging.getLogger("persistence").setLevel(logging.WARNING)
