"""The package of the functions, laid out as Lambda unpacks it, and its size as a zip."""

import shutil
import zipfile
from pathlib import Path

import chalice

from infra.bundle import MAX_ZIPPED_BYTES, ROOT, stage_bundle

UNPACKED = ROOT / "build" / "bench" / "package"
TARGET_BYTES = MAX_ZIPPED_BYTES
_CHALICE_FILES = ("__init__.py", "app.py")


def unpack(target: Path = UNPACKED) -> Path:
    """Lay out what Chalice zips: ``vendor/`` at the root, our code, Chalice's two files."""
    staged = stage_bundle(for_aws=False)
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(staged / "vendor", target)
    shutil.copytree(staged / "chalicelib", target / "chalicelib")
    shutil.copy2(staged / "app.py", target / "app.py")
    for name in _CHALICE_FILES:
        shutil.copy2(Path(chalice.__file__).parent / name, target / "chalice" / name)
    return target


def zipped_bytes(package: Path) -> int:
    """The size of the zip that is uploaded."""
    archive = package.with_suffix(".zip")
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as target:
        for path in sorted(package.rglob("*")):
            if path.is_file():
                target.write(path, path.relative_to(package))
    return archive.stat().st_size
