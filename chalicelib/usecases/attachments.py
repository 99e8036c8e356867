"""Files on their way in and out: never through a function, always by a presigned address.

An upload is named by a signed text (key, file name, type, size), so nothing about it is stored
until a message takes it. What was uploaded is checked again when it is taken.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.errors import Fault, InvalidLink, InvalidRequest, NotFound
from chalicelib.domain.files import MAX_FILES, faults_of_file, safe_filename
from chalicelib.domain.ticket import Attachment, Message
from chalicelib.domain.tokens import read_signed_text, sign_text
from chalicelib.domain.wording import words
from chalicelib.usecases.ports import Ports

_PURPOSE = "upload"
_UPLOAD_HOURS = 24
DOWNLOAD_SECONDS = 60


@dataclass(frozen=True, slots=True)
class UploadSlot:
    """Where a file may be sent, and the signed name by which a message takes it."""

    upload: str
    url: str
    fields: Mapping[str, str]


def offer_upload(ports: Ports, *, filename: str, content_type: str, size: int) -> UploadSlot:
    """A place for one file, or the reason why it is not taken.

    Raises:
        InvalidRequest: the file is too large, empty or of a forbidden kind.
    """
    faults = faults_of_file(filename, size)
    if faults:
        raise InvalidRequest(*faults)
    upload_id = ports.ids.new()
    key = f"uploads/{upload_id}"
    url, fields = ports.files.upload_slot(key, content_type=content_type, size=size)
    file = Attachment(upload_id, safe_filename(filename), content_type, size, key)
    return UploadSlot(name_of_upload(ports, file), url, fields)


def name_of_upload(ports: Ports, file: Attachment) -> str:
    """The signed name by which a message within the next day takes this stored file."""
    until = ports.clock.now() + timedelta(hours=_UPLOAD_HOURS)
    named = {
        "id": file.id,
        "key": file.key,
        "name": file.filename,
        "type": file.content_type,
        "size": file.size,
        "until": until.timestamp(),
    }
    return sign_text(_PURPOSE, json.dumps(named), ports.secrets.keyring())


def claim_uploads(ports: Ports, uploads: Sequence[str]) -> tuple[Attachment, ...]:
    """The uploaded files as attachments, checked against what was promised.

    Raises:
        InvalidRequest: one was never uploaded, is not what was promised, or its offer ran out.
    """
    if not uploads:
        return ()
    if len(uploads) > MAX_FILES:
        raise InvalidRequest(Fault("uploads", words("Send at most {most} files.", most=MAX_FILES)))
    with ThreadPoolExecutor(max_workers=len(uploads)) as pool:
        files = tuple(pool.map(lambda upload: _checked(ports, upload), uploads))
    ports.files.keep([file.key for file in files])
    return files


def _checked(ports: Ports, upload: str) -> Attachment:
    try:
        named = json.loads(read_signed_text(_PURPOSE, upload, ports.secrets.keyring()))
    except InvalidLink as error:
        raise InvalidRequest(Fault("uploads", words("Upload the file again."))) from error
    stored = ports.files.find(named["key"])
    late = ports.clock.now().timestamp() > named["until"]
    if stored is None or stored.size != named["size"] or late:
        message = words("{name} did not arrive complete; upload it again.", name=named["name"])
        raise InvalidRequest(Fault("uploads", message))
    return Attachment(named["id"], named["name"], named["type"], named["size"], named["key"])


def download_link(ports: Ports, message: Message, attachment_id: str) -> tuple[str, datetime]:
    """A short-lived address of a message's file, and until when it works.

    Raises:
        NotFound: the message has no such file.
    """
    file = next((a for a in message.attachments if a.id == attachment_id), None)
    if file is None:
        raise NotFound("Attachment", attachment_id)
    url = ports.files.download_url(
        file.key,
        filename=file.filename,
        content_type=file.content_type,
        seconds=DOWNLOAD_SECONDS,
    )
    return url, ports.clock.now() + timedelta(seconds=DOWNLOAD_SECONDS)
