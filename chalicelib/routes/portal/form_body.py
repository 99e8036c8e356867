"""What a browser posts: fields, their faults in the visitor's language, and files kept for later.

The rules are those of the API's ``NewRequest``; only the sentences are the portal's own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from typing import Any
from urllib.parse import parse_qs

from chalice.app import Request
from pydantic import BaseModel, ValidationError

from chalicelib.domain.errors import Fault, InvalidRequest
from chalicelib.domain.wording import words

MAX_BODY_BYTES = 300_000
# A form of many fields, each with several values.
_MAX_FIELDS = 300
_Found = tuple[str, str, dict[str, Any]]
_LISTS = frozenset({"uploads", "upload_names"})
OWN_FIELD = "fields."
"""How the names of the desk's own fields begin in a form, as in the API's faults."""


def N_(message: str) -> str:  # noqa: N802 - the name by which Babel finds sentences in tables
    """Mark a sentence for the catalogues; it is translated where it is shown."""
    return message


@dataclass(frozen=True, slots=True)
class Posted:
    """The fields of a form as they were typed.

    Attributes:
        values: one text per field; every line end is a line feed.
        uploads: signed names of uploaded files, each with the name that people see.
        several: every text of each of the desk's own fields, for those that take more than one.
    """

    values: Mapping[str, str]
    uploads: tuple[tuple[str, str], ...] = ()
    several: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, name: str) -> str:
        """What was typed into a field, empty without it."""
        return self.values.get(name, "")

    def all(self, name: str) -> tuple[str, ...]:
        """Everything that one of the desk's own fields was given."""
        return self.several.get(name, ())

    @property
    def signed_uploads(self) -> list[str]:
        """The names by which a message takes the files."""
        return [signed for signed, _ in self.uploads]


NOTHING_TYPED = Posted({})


def read_form(request: Request) -> Posted:
    """The fields of a posted form.

    Raises:
        InvalidRequest: it is larger than any form of ours, or has more fields.
    """
    sent = request.raw_body or b""
    raw = sent.encode() if isinstance(sent, str) else sent
    if len(raw) > MAX_BODY_BYTES:
        raise InvalidRequest(Fault("body", words("The form is too large.")))
    try:
        fields = parse_qs(
            raw.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_MAX_FIELDS
        )
    except ValueError as error:
        raise InvalidRequest(Fault("body", words("The form has too many fields."))) from error
    values = {name: _plain(texts[0]) for name, texts in fields.items() if name not in _LISTS}
    own = {name: texts for name, texts in fields.items() if name.startswith(OWN_FIELD)}
    several = {name: tuple(_plain(text) for text in texts) for name, texts in own.items()}
    signed, names = fields.get("uploads", []), fields.get("upload_names", [])
    names += [""] * (len(signed) - len(names))
    return Posted(values, tuple(zip(signed, names, strict=False)), several)


def faults_in(error: ValidationError | InvalidRequest, words: NullTranslations) -> dict[str, str]:
    """What is wrong, one sentence per field, in the language of the page."""
    if isinstance(error, InvalidRequest):
        found: list[_Found] = [(fault.field, "refused", {}) for fault in error.faults]
    else:
        found = [_found(entry) for entry in error.errors(include_url=False, include_input=False)]
    faults: dict[str, str] = {}
    for name, kind, context in found:
        sentence = _SENTENCES.get((name, kind)) or _BY_FIELD.get(name) or _UNKNOWN
        if kind == "string_too_long":
            sentence = _TOO_LONG
        faults.setdefault(name, words.gettext(sentence) % context)
    return faults


def checked(model: type[BaseModel], values: Mapping[str, Any]) -> Any:
    """The posted values as a body of the API. Raises pydantic's ``ValidationError``."""
    return model.model_validate(dict(values))


def _found(entry: Any) -> _Found:
    return str(entry["loc"][0]) if entry["loc"] else "form", entry["type"], entry.get("ctx", {})


def _plain(text: str) -> str:
    """Browsers send CRLF; NUL and its like come only from machines."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or (c >= " " and c != "\x7f"))


_TOO_LONG = N_("Write at most %(max_length)s characters.")
_UNKNOWN = N_("The form did not arrive as we sent it. Load the page again.")
_BY_FIELD = {
    "name": N_("Tell us your name."),
    "email": N_("Write your e-mail address, for example name@example.com."),
    "topic": N_("Choose what it is about."),
    "subject": N_("Say in a few words what it is about."),
    "description": N_("Describe what you need."),
    "uploads": N_("A file did not arrive complete. Add it again, please."),
    "text": N_("Write your answer."),
}
_SENTENCES = {
    ("uploads", "too_long"): N_("Send at most 10 files."),
    ("subject", "string_pattern_mismatch"): N_("Write the subject on one line."),
    ("name", "string_pattern_mismatch"): N_("Write your name on one line."),
}
