"""The Lambda package: one staged folder that Chalice zips as it is.

The requirements are installed here and not by Chalice: ours are cut to what is used, compiled
ahead, and fetched for the machine that will run them (arm64 in AWS, this one in the local run).
"""

import compileall
import hashlib
import json
import platform
import py_compile
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGED = ROOT / "build" / "lambda"
MAX_ZIPPED_BYTES = 25_000_000

AWS_ARCHITECTURE = "arm64"
# Names of one processor as Lambda, Python and the wheels spell it.
LOCAL_ARCHITECTURE = {"aarch64": "arm64", "arm64": "arm64"}.get(platform.machine(), "x86_64")

AWS_SERVICES = ("cognito-idp", "dynamodb", "s3", "ses", "sesv2", "sqs", "sts")
LANGUAGES = ("root", "en", "pt", "es")
# Packages that others ask for and that the functions never import.
UNUSED = ("dnspython", "dns", "pycparser")
TESTS = ("tests", "test", "testing")


class BundleError(Exception):
    """The package could not be made; the text says what to do."""


def stage_bundle(*, for_aws: bool, root: Path = ROOT) -> Path:
    """Stage what the functions get and return the folder, reusing installed requirements.

    Raises:
        BundleError: a requirement has no wheel for the target, or cannot be fetched.
    """
    target = STAGED / (AWS_ARCHITECTURE if for_aws else "local")
    vendor = target / "vendor"
    wanted = _requirements_hash(root, for_aws=for_aws)
    stamp = target / "vendor.sha256"
    if not stamp.exists() or stamp.read_text() != wanted:
        shutil.rmtree(target, ignore_errors=True)
        vendor.mkdir(parents=True)
        _install(root / "requirements.txt", vendor, for_aws=for_aws)
        _prune(vendor)
        _compile(vendor)
        stamp.write_text(wanted)
    _copy_sources(root, target)
    return target


def _requirements_hash(root: Path, *, for_aws: bool) -> str:
    parts = [
        (root / "requirements.txt").read_bytes(),
        Path(__file__).read_bytes(),
        sys.version.encode(),
        str(for_aws).encode(),
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def _install(requirements: Path, vendor: Path, *, for_aws: bool) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-compile"]
    command += ["--disable-pip-version-check", "--target", str(vendor), "-r", str(requirements)]
    if for_aws:
        # Amazon Linux 2023 has glibc 2.34, so both generations of wheels run there.
        command += ["--only-binary=:all:", "--implementation", "cp"]
        command += ["--python-version", f"{sys.version_info.major}.{sys.version_info.minor}"]
        command += ["--platform", "manylinux2014_aarch64", "--platform", "manylinux_2_28_aarch64"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        message = f"The Lambda package's requirements cannot be installed:\n{done.stderr.strip()}"
        raise BundleError(message)


def _prune(vendor: Path) -> None:
    for path in [vendor / "bin", *(vendor / name for name in UNUSED)]:
        shutil.rmtree(path, ignore_errors=True)
    for metadata in vendor.glob("*.dist-info"):
        _prune_metadata(metadata)
    for folder in [path for path in vendor.rglob("*") if path.is_dir() and path.name in TESTS]:
        if folder.parent.parent == vendor:
            shutil.rmtree(folder, ignore_errors=True)
    for stub in [*vendor.rglob("*.pyi"), *vendor.rglob("py.typed")]:
        stub.unlink()
    _prune_aws_models(vendor / "botocore" / "data")
    shutil.rmtree(vendor / "boto3" / "examples", ignore_errors=True)
    _prune_locales(vendor / "babel" / "locale-data")


def _prune_metadata(metadata: Path) -> None:
    """Keep name, version and entry points: some packages look themselves up."""
    if metadata.name.split("-")[0] in UNUSED:
        shutil.rmtree(metadata)
        return
    for path in [path for path in metadata.rglob("*") if path.is_file()]:
        if path.name not in {"METADATA", "entry_points.txt"} and "licens" not in str(path).lower():
            path.unlink()


def _prune_aws_models(data: Path) -> None:
    for service in [path for path in data.iterdir() if path.is_dir()]:
        if service.name not in AWS_SERVICES:
            shutil.rmtree(service)
    for extra in [*data.rglob("examples-1.json*"), *data.rglob("waiters-2.json*")]:
        if extra.parent.parent.name not in {"dynamodb", "s3"} or "examples" in extra.name:
            extra.unlink()
    # Only names of regions are looked up in here; the services that are gone need no entry.
    endpoints = data / "endpoints.json"
    if endpoints.exists():
        document = json.loads(endpoints.read_text())
        for partition in document["partitions"]:
            services = partition["services"]
            used = {"email" if name == "ses" else name for name in AWS_SERVICES}
            partition["services"] = {k: v for k, v in services.items() if k in used}
        endpoints.write_text(json.dumps(document, separators=(",", ":")))


def _prune_locales(locale_data: Path) -> None:
    for path in locale_data.glob("*.dat"):
        if path.stem.split("_")[0] not in LANGUAGES:
            path.unlink()


def _compile(folder: Path) -> None:
    """Compile ahead: Lambda's file system is read-only, so it would do so at every cold start."""
    compileall.compile_dir(
        str(folder),
        quiet=2,
        stripdir=str(folder),
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def _copy_sources(root: Path, target: Path) -> None:
    no_caches = shutil.ignore_patterns("__pycache__", "*.pyc", "*.pyi", ".*")
    shutil.rmtree(target / "chalicelib", ignore_errors=True)
    shutil.copytree(root / "chalicelib", target / "chalicelib", ignore=no_caches)
    _compile(target / "chalicelib")
    shutil.copy2(root / "app.py", target / "app.py")
    _compile_to_vendor(target / "app.py", target / "vendor" / "__pycache__", "app.py")
    _compile_chalice(target / "vendor" / "chalice" / "__pycache__")
    (target / ".chalice").mkdir(exist_ok=True)
    shutil.copy2(root / ".chalice" / "config.json", target / ".chalice" / "config.json")
    # Empty, so that Chalice does not fetch what is in vendor/ already.
    (target / "requirements.txt").write_text("")


def _compile_chalice(cache: Path) -> None:
    """Chalice adds its two runtime files to the zip as sources; their compiled twins come here."""
    import chalice.app

    for source in (Path(chalice.__file__), Path(chalice.app.__file__)):
        _compile_to_vendor(source, cache, f"chalice/{source.name}")


def _compile_to_vendor(source: Path, cache: Path, name_in_zip: str) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    py_compile.compile(
        str(source),
        cfile=str(cache / f"{source.stem}.{sys.implementation.cache_tag}.pyc"),
        dfile=name_in_zip,
        invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
    )


def sort_package(path: Path) -> None:
    """Rewrite a zip in order of names and without times.

    Folders are listed in any order, and deployments name a package by the hash of its bytes.
    """
    with zipfile.ZipFile(path) as source:
        entries = {name: source.read(name) for name in sorted(set(source.namelist()))}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.external_attr = 0o644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, content)


def main() -> None:
    """Stage both packages' folder for AWS and say where."""
    print(stage_bundle(for_aws="--local" not in sys.argv))


if __name__ == "__main__":
    main()
