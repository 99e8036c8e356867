"""Which files a desk takes: how many, how large, of which kind, under which name."""

import re
import unicodedata

from chalicelib.domain.errors import Fault
from chalicelib.domain.wording import words

MAX_FILES = 10
MAX_FILE_BYTES = 20 * 1024 * 1024
MAX_NAME_BYTES = 200
_MAX_ENDING = 20

# What runs by a double click, or hides something that does. They are refused in forms; mail
# cannot be refused, so there they are kept and marked.
FORBIDDEN_ENDINGS = frozenset(
    [
        "exe",
        "scr",
        "com",
        "bat",
        "cmd",
        "js",
        "jse",
        "vbs",
        "vbe",
        "wsf",
        "wsh",
        "hta",
        "lnk",
        "ps1",
        "msi",
        "msp",
        "jar",
        "iso",
        "img",
        "vhd",
        "vhdx",
        "url",
        "reg",
        "chm",
        "xll",
        "cpl",
        "dll",
        "pif",
        "scf",
        "sct",
        "application",
        "gadget",
        "docm",
        "xlsm",
        "pptm",
    ]
)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f<>:\"|?*\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


def safe_filename(name: str) -> str:
    r"""A name that is fit to be shown and saved: no path, no control or direction marks.

    >>> safe_filename("../../etc/pass\x00wd")
    'passwd'
    """
    flat = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    clean = _UNSAFE.sub("", flat).strip(" .")
    if len(clean.encode("utf-8", "replace")) > MAX_NAME_BYTES:
        clean = _shortened(clean)
    return clean or "attachment"


def _shortened(name: str) -> str:
    """The beginning of a name with its ending; cut in one step, for mails bring any length."""
    stem, dot, ending = name.rpartition(".")
    tail = f"{dot}{ending}" if dot and len(ending) <= _MAX_ENDING else ""
    room = MAX_NAME_BYTES - len(tail.encode("utf-8", "replace"))
    head = (stem if tail else name).encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    # A cut can leave a space or a dot at the end, or bare letters that compose anew.
    return unicodedata.normalize("NFC", head + tail).strip(" .")


def faults_of_file(filename: str, size: int) -> list[Fault]:
    """Why a file is not taken; nothing when it is.

    >>> [fault.field for fault in faults_of_file("run.exe", 12)]
    ['filename']
    """
    faults = []
    ending = safe_filename(filename).rpartition(".")[2].lower()
    if ending in FORBIDDEN_ENDINGS:
        message = words(
            "Files of the kind .{ending} are not accepted; send a PDF, picture or archive.",
            ending=ending,
        )
        faults.append(Fault("filename", message))
    if size > MAX_FILE_BYTES:
        most = MAX_FILE_BYTES // (1024 * 1024)
        faults.append(
            Fault(
                "size", words("The file is too large; at most {most} MB are accepted.", most=most)
            )
        )
    if size < 1:
        faults.append(Fault("size", words("The file is empty.")))
    return faults
