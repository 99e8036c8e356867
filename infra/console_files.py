"""Upload the built console into its bucket: the same way locally and in AWS."""

import mimetypes
from pathlib import Path
from typing import Any

PREFIX = "console"
# File names with a hash in them never change their content; everything else is asked for anew.
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
TYPES = {".js": "text/javascript", ".mjs": "text/javascript", ".woff2": "font/woff2"}


def upload_console(s3: Any, bucket: str, dist: Path) -> int:
    """Put every file under ``console/``; the page itself last, so that what it names is there.

    Returns:
        How many files there are.
    """
    files = sorted(
        (path for path in dist.rglob("*") if path.is_file()),
        key=lambda path: (path.suffix == ".html", str(path)),
    )
    for path in files:
        name = path.relative_to(dist).as_posix()
        s3.put_object(
            Bucket=bucket,
            Key=f"{PREFIX}/{name}",
            Body=path.read_bytes(),
            ContentType=content_type(path),
            CacheControl=FOR_EVER if name.startswith("assets/") else ASK_AGAIN,
        )
    return len(files)


def content_type(path: Path) -> str:
    """The type a browser needs, whatever this machine's own table says."""
    guessed = TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0]
    if guessed in {"text/html", "text/css", "text/javascript"}:
        return f"{guessed}; charset=utf-8"
    return guessed or "application/octet-stream"
