"""From a letter to the bytes of a mail: text and HTML twins, files, and headers that thread.

Composed with the standard library's ``EmailMessage``, which refuses line breaks in headers; what
else could be smuggled into one is in ``mail_headers.py``. What the mail says is in
``mail_content.py`` and the templates.
"""

from email.message import EmailMessage

from chalicelib.domain.errors import MailRefused
from chalicelib.domain.files import safe_filename
from chalicelib.domain.letter import Letter, LetterFile
from chalicelib.gateways.mail_content import content_of
from chalicelib.gateways.mail_headers import POLICY, addresses_in, ascii_address, headers_of
from chalicelib.translations import language_tag
from chalicelib.usecases.ports import Clock

# A part of these types would have to be well-formed mail itself; as a file it only has to arrive.
_STRUCTURED = ("message/", "multipart/")


class MailComposer:
    """Puts letters into words and bytes."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def compose(self, letter: Letter) -> bytes:
        """The whole mail, 7 bits clean, to exactly one person.

        Raises:
            MailRefused: the letter carries an internal note, or an address that is none.
        """
        content = content_of(letter)
        message = EmailMessage(policy=POLICY)
        for name, value in headers_of(letter, content.subject, self._clock.now()):
            message[name] = value
        message.set_content(content.text)
        message.add_alternative(content.html, subtype="html")
        message["Content-Language"] = language_tag(letter.language)
        for file in letter.files:
            _attach(message, file)
        raw = message.as_bytes()
        _refuse_other_recipients(raw, letter)
        return raw


def _attach(message: EmailMessage, file: LetterFile) -> None:
    maintype, _, subtype = file.content_type.lower().partition("/")
    plain = subtype.replace(".", "").replace("+", "").replace("-", "").isalnum()
    if not plain or not maintype.isalnum() or file.content_type.lower().startswith(_STRUCTURED):
        maintype, subtype = "application", "octet-stream"
    message.add_attachment(
        file.content, maintype=maintype, subtype=subtype, filename=safe_filename(file.filename)
    )


def _refuse_other_recipients(raw: bytes, letter: Letter) -> None:
    """Look at the finished bytes as a stranger would: nobody else may be among the recipients."""
    found = addresses_in(raw)
    if found != [ascii_address(letter.to_address)]:
        reason = "The recipients of the composed mail are not the letter's."
        raise MailRefused(reason)
