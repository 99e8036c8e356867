"""What must hold for any bytes: asked by the fuzzer of what it makes up, and by tests of its corpus."""

from html.parser import HTMLParser

from chalicelib.domain.inbound_mail import InboundMail
from chalicelib.html.clean import clean_html
from chalicelib.inbound_mail.mime import parse_mail

_FORBIDDEN_TAGS = frozenset(
    ("script", "style", "iframe", "object", "embed", "form", "input", "button", "svg", "math")
    + ("link", "meta", "base", "template", "textarea", "select", "video", "audio", "body", "html")
)
_URL_ATTRIBUTES = frozenset(
    ("href", "src", "action", "formaction", "background", "poster", "srcset", "cite", "xlink:href")
)
_SCHEMES = ("http://", "https://", "mailto:", "cid:")
_FORBIDDEN_VALUES = ("url(", "expression(", "javascript:", "@import")
_FORBIDDEN_PROPERTIES = frozenset(("position", "behavior", "-moz-binding", "z-index", "content"))


def check_mail(raw: bytes) -> None:
    """``parse_mail`` reads any bytes, loses nothing to a fault of its own, and shows safe things."""
    mail = parse_mail(raw)
    faults = [defect for defect in mail.defects if defect.startswith("unreadable-")]
    assert not faults, f"a fault of the parser: {faults}"
    for value in (mail.subject, mail.from_address, mail.from_name, mail.message_id):
        assert not set(value) & set("\r\n\x00"), f"not one line: {value!r}"
        value.encode()
    for value in (mail.text, mail.reply_text, mail.html_clean):
        # What cannot be encoded cannot be stored.
        assert "\x00" not in value
        value.encode()
    for file in mail.attachments:
        assert file.filename
        assert len(file.filename.encode()) <= 255
        assert not set(file.filename) & set("/\\\x00\r\n\u202e"), f"unsafe: {file.filename!r}"
        assert file.size == len(file.content)
    assert not mail.text.strip() or mail.reply_text.strip(), "an empty reply of a mail with text"
    assert_safe(mail.html_clean)
    _check_forward(mail)


def _check_forward(mail: InboundMail) -> None:
    forward = mail.forwarded
    if forward is None:
        assert mail.forwarded_from is None
        return
    assert (mail.forwarded_from or "") == forward.address
    assert forward.date is None or forward.date.tzinfo is not None
    assert not set(forward.address + forward.name + forward.subject) & set("\r\n\x00")
    assert_safe(forward.html_clean)


def check_html(data: bytes) -> None:
    """``clean_html`` gives safe HTML for anything, and cleaning it again changes nothing."""
    cleaned = clean_html(data.decode("utf-8", "replace"))
    assert_safe(cleaned)
    again = clean_html(cleaned)
    assert again == cleaned, f"not idempotent: {cleaned!r} then {again!r}"


def assert_safe(html: str) -> None:
    """Fail when HTML, read as a browser reads it, holds anything that runs or fetches."""
    if html:
        reader = _Reader()
        reader.feed(html)
        reader.close()


class _Reader(HTMLParser):
    """Looks at tags, not at words: a mail may well speak of javascript."""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in _FORBIDDEN_TAGS, f"<{tag}>"
        for name, value in attrs:
            folded = "".join((value or "").split()).lower()
            assert not name.startswith("on"), f"<{tag} {name}>"
            assert name not in ("srcdoc", "id", "class", "name"), f"<{tag} {name}>"
            if name in _URL_ATTRIBUTES:
                assert folded.startswith(_SCHEMES), f"<{tag} {name}={value!r}>"
            if name == "style":
                assert not any(word in folded for word in _FORBIDDEN_VALUES), f"style={value!r}"
                names = {part.partition(":")[0] for part in folded.split(";")}
                assert not names & _FORBIDDEN_PROPERTIES, f"style={value!r}"
            if tag == "img" and name == "src":
                assert folded.startswith("cid:"), "a picture that loads by itself"
