"""Files that travel with a mail, and those that would make it too large."""

from collections.abc import Callable

from chalicelib.domain.letter import LetterFile, LetterLink
from chalicelib.domain.ticket import Message
from chalicelib.usecases.ports import Ports

MAX_FILES_BYTES = 7 * 1024 * 1024
"""SES v1 takes 10 MB after base64, which adds a third: files above this are linked."""


def enclosed(
    ports: Ports, message: Message, link: Callable[[str], str]
) -> tuple[tuple[LetterFile, ...], tuple[LetterLink, ...]]:
    """Files that travel with the mail, and links for those that would make it too large.

    Args:
        link: where a file is to be had, by its id; an empty text where it is not.
    """
    files: list[LetterFile] = []
    links: list[LetterLink] = []
    room = MAX_FILES_BYTES
    for file in message.attachments:
        if file.size <= room:
            room -= file.size
            content = ports.files.read(file.key)
            files.append(LetterFile(file.filename, file.content_type, content))
        else:
            links.append(LetterLink(file.filename, link(file.id)))
    return tuple(files), tuple(links)
