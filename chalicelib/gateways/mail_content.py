"""What a mail says: subject and both twins of the body, one template pair per kind of letter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accent import accent_of, ink_on, readable_on
from chalicelib.domain.errors import MailRefused
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.ticket import Message
from chalicelib.html.clean import clean_html
from chalicelib.html.text import html_to_text, text_to_html
from chalicelib.translations import language_tag, translator
from chalicelib.translations.dates import moment_in_words
from chalicelib.translations.durations import expectation

if TYPE_CHECKING:
    from jinja2 import Environment

MAX_QUOTED_MESSAGES = 3
MAX_QUOTED_CHARACTERS = 5_000


@dataclass(frozen=True, slots=True)
class Content:
    """A mail in words."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class _Quote:
    """An earlier message as it is quoted."""

    author: str
    at: str
    text: str
    html: str


def content_of(letter: Letter) -> Content:
    """Subject and body of a letter, in its language.

    Raises:
        MailRefused: its message is not public.
    """
    words = translator(letter.language)
    values = {**_frame(letter), **_VALUES[letter.kind](letter, words)}
    template, environment = _TEMPLATES[letter.kind], _environment(letter.language)
    return Content(
        subject=_subject(letter, words),
        text=environment.get_template(f"{template}.txt").render(values).strip() + "\n",
        html=environment.get_template(f"{template}.html").render(values),
    )


_TEMPLATES = {
    LetterKind.ACKNOWLEDGEMENT: "acknowledgement",
    LetterKind.PUBLIC_REPLY: "public_reply",
    LetterKind.FRESH_LINKS: "fresh_links",
    LetterKind.AGENT_ASSIGNED: "agent_notice",
    LetterKind.AGENT_AT_RISK: "agent_notice",
    LetterKind.AGENT_BREACHED: "agent_notice",
    LetterKind.AGENT_CUSTOMER_WROTE: "agent_notice",
}


def _subject(letter: Letter, words: NullTranslations) -> str:
    number = {"number": letter.facts.get("number", "")}
    if letter.kind is LetterKind.PUBLIC_REPLY:
        return letter.subject
    if letter.kind is LetterKind.ACKNOWLEDGEMENT:
        # Nothing of what the customer wrote: a forged sender would carry it to strangers.
        return words.gettext("We have your request #%(number)s") % number
    if letter.kind is LetterKind.FRESH_LINKS:
        return words.gettext("Links to your requests")
    sentence = {
        LetterKind.AGENT_ASSIGNED: words.gettext("#%(number)s is yours: %(subject)s"),
        LetterKind.AGENT_AT_RISK: words.gettext("#%(number)s is at risk: %(subject)s"),
        LetterKind.AGENT_BREACHED: words.gettext("#%(number)s is overdue: %(subject)s"),
        LetterKind.AGENT_CUSTOMER_WROTE: words.gettext(
            "#%(number)s has a new message: %(subject)s"
        ),
    }[letter.kind]
    return sentence % {**number, "subject": letter.subject}


def _frame(letter: Letter) -> dict[str, Any]:
    accent = accent_of(letter.desk.accent)
    return {
        "tag": language_tag(letter.language),
        "desk_name": letter.desk.name,
        "accent": accent,
        "on_accent": ink_on(accent),
        "accent_text": readable_on("#ffffff", accent),
        "accent_text_dark": readable_on("#1d2127", accent),
        "number": letter.facts.get("number", ""),
        "page_url": letter.page_url,
    }


def _acknowledgement(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    minutes = letter.facts.get("expectation", "")
    if not minutes:
        return {"expectation": ""}
    workday = int(letter.facts.get("workday_minutes", "1440"))
    words = expectation(int(minutes), letter.language, workday_minutes=workday)
    return {"expectation": words}


def _public_reply(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    answer = letter.message
    if answer is None or not answer.is_public:
        reason = "Only a public reply may leave by mail."
        raise MailRefused(reason)
    return {
        "answer_text": _text_of(answer),
        "answer_html": clean_html(answer.html) if answer.html else text_to_html(answer.text),
        "filenames": [file.filename for file in letter.files],
        "oversized": letter.oversized,
        "quotes": _quotes(letter),
        "can_answer": bool(letter.reply_to),
    }


def _fresh_links(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    return {"links": letter.links}


def _agent_notice(letter: Letter, words: NullTranslations) -> dict[str, Any]:
    facts = letter.facts
    say = words.gettext
    targets = {
        "first_response": say("first answer"),
        "next_response": say("next answer"),
        "resolution": say("resolution"),
    }
    target = facts.get("target", "")
    sentence = {
        LetterKind.AGENT_ASSIGNED: say("Ticket #%(number)s is yours now."),
        LetterKind.AGENT_AT_RISK: say("Ticket #%(number)s is at risk."),
        LetterKind.AGENT_BREACHED: say("Ticket #%(number)s is overdue."),
        LetterKind.AGENT_CUSTOMER_WROTE: say("The customer wrote on ticket #%(number)s."),
    }[letter.kind]
    return {
        "sentence": sentence % {"number": facts.get("number", "")},
        "ticket_subject": letter.subject,
        "target": targets.get(target, target),
        "due": _due_in_words(letter),
    }


_VALUES: dict[LetterKind, Callable[[Letter, NullTranslations], dict[str, Any]]] = {
    LetterKind.ACKNOWLEDGEMENT: _acknowledgement,
    LetterKind.PUBLIC_REPLY: _public_reply,
    LetterKind.FRESH_LINKS: _fresh_links,
    LetterKind.AGENT_ASSIGNED: _agent_notice,
    LetterKind.AGENT_AT_RISK: _agent_notice,
    LetterKind.AGENT_BREACHED: _agent_notice,
    LetterKind.AGENT_CUSTOMER_WROTE: _agent_notice,
}


def _due_in_words(letter: Letter) -> str:
    due = letter.facts.get("due_at", "")
    if not due:
        return ""
    zone = letter.facts.get("time_zone", "UTC")
    return moment_in_words(datetime.fromisoformat(due), letter.language, zone)


def _quotes(letter: Letter) -> list[_Quote]:
    """The earlier messages that this person has had, newest first, as far as there is room."""
    zone = letter.facts.get("time_zone", "UTC")
    quotes: list[_Quote] = []
    room = MAX_QUOTED_CHARACTERS
    public = [message for message in letter.history if message.is_public]
    for message in public[:MAX_QUOTED_MESSAGES]:
        text = _text_of(message)
        if len(text) > room:
            text = text[: max(room - 2, 0)].rstrip() + " …"
        at = moment_in_words(message.created_at, letter.language, zone)
        quotes.append(_Quote(message.author.name, at, text, text_to_html(text)))
        room -= len(text)
        if room <= 0:
            break
    return quotes


def _text_of(message: Message) -> str:
    return message.text or html_to_text(message.html)


@cache
def _environment(language: str) -> "Environment":
    """One environment a language; HTML templates escape what they are given, text ones do not."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    environment = Environment(
        autoescape=select_autoescape(["html"]),
        loader=FileSystemLoader(Path(__file__).parent / "mail_templates"),
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The extension adds the method; newstyle escapes the values that go into a sentence.
    install = environment.install_gettext_translations  # type: ignore[attr-defined]
    install(translator(language), newstyle=True)
    environment.filters["quoted"] = _quoted
    return environment


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))
