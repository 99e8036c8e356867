"""What a mail says: both twins of the body, one template pair per kind of letter."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from typing import TYPE_CHECKING, Any

from chalicelib.domain.accent import accent_of, ink_on, readable_on
from chalicelib.domain.errors import MailRefused
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.domain.satisfaction import Rating
from chalicelib.domain.ticket import Message, MessageKind
from chalicelib.domain.tokens import without_tokens
from chalicelib.gateways.mail_notices import NOTICES, digest_values, notice_values
from chalicelib.gateways.mail_subjects import subject_of
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
    template, values_of = _TEMPLATES[letter.kind]
    values = {**_frame(letter), **values_of(letter, words)}
    environment = _environment(letter.language)
    return Content(
        subject=subject_of(letter, words),
        text=environment.get_template(f"{template}.txt").render(values).strip() + "\n",
        html=environment.get_template(f"{template}.html").render(values),
    )


def _frame(letter: Letter) -> dict[str, Any]:
    accent = accent_of(letter.desk.accent)
    return {
        "tag": language_tag(letter.language),
        "desk_name": letter.desk.name,
        "logo_url": letter.desk.logo_url,
        "accent": accent,
        "on_accent": ink_on(accent),
        "accent_text": readable_on("#ffffff", accent),
        "accent_text_dark": readable_on("#1d2127", accent),
        "number": letter.facts.get("number", ""),
        "page_url": letter.page_url,
        "unsubscribe_url": letter.unsubscribe_url,
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
        "quotes": _quotes(letter),
        **_solved(letter, asks=bool(letter.facts.get("resolves"))),
        **_enclosed(letter),
    }


def _follower_copy(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    """What a customer wrote, and nothing before it.

    A mail that quotes is shown by what was newly written, for its HTML has the quotes too; and
    links in it that open something are the writer's own.
    """
    said = letter.message
    if said is None or said.kind is not MessageKind.CUSTOMER_MESSAGE:
        reason = "Only what a customer wrote may be passed on."
        raise MailRefused(reason)
    text = without_tokens(_text_of(said))
    html = clean_html(without_tokens(said.html)) if said.html and not said.full_text else ""
    return {
        "author": said.author.name,
        "answer_text": text,
        "answer_html": html or text_to_html(text),
        **_enclosed(letter),
    }


def _enclosed(letter: Letter) -> dict[str, Any]:
    return {
        "filenames": [file.filename for file in letter.files],
        "oversized": letter.oversized,
        "everybody": letter.everybody,
        "can_answer": bool(letter.reply_to),
    }


def _forwarding_check(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    return {"address": letter.to_address, "mailbox": letter.from_address}


def _fresh_links(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    return {"links": letter.links}


def _step(letter: Letter, words: NullTranslations) -> dict[str, Any]:
    say = words.gettext
    facts = {"number": letter.facts.get("number", ""), "agent": letter.facts.get("agent", "")}
    sentence = {
        LetterKind.STEP_ASSIGNED: say("%(agent)s takes care of your request #%(number)s."),
        LetterKind.STEP_RESOLVED: say("Your request #%(number)s is solved."),
        LetterKind.STEP_REOPENED: say("Your request #%(number)s is open again."),
    }[letter.kind]
    is_solved = letter.kind is LetterKind.STEP_RESOLVED
    more = say("If something is still open, answer this mail: the request opens again.")
    return {
        "sentence": sentence % facts,
        "more": more if is_solved else "",
        **_solved(letter, asks=is_solved),
    }


def _solved(letter: Letter, *, asks: bool) -> dict[str, str]:
    """Where the customer says whether it is solved: a page, for scanners of mail follow links."""
    if not asks or not letter.page_url:
        return {"solved_yes": "", "solved_no": ""}
    page = f"{letter.page_url}/solved"
    return {"solved_yes": f"{page}?said=yes", "solved_no": f"{page}?said=no"}


def _satisfaction(letter: Letter, _words: NullTranslations) -> dict[str, Any]:
    """Both links lead to the page that asks; only a button there says anything."""
    return {
        "good_url": f"{letter.page_url}?rating={Rating.GOOD}",
        "bad_url": f"{letter.page_url}?rating={Rating.BAD}",
    }


def _agent_notice(letter: Letter, words: NullTranslations) -> dict[str, Any]:
    said = letter.message
    text = without_tokens(_text_of(said)) if said and said.is_public else ""
    return notice_values(letter, words, said=text)


_Values = Callable[[Letter, NullTranslations], dict[str, Any]]
_TEMPLATES: dict[LetterKind, tuple[str, _Values]] = {
    LetterKind.ACKNOWLEDGEMENT: ("acknowledgement", _acknowledgement),
    LetterKind.PUBLIC_REPLY: ("public_reply", _public_reply),
    LetterKind.RULE_REPLY: ("public_reply", _public_reply),
    LetterKind.FOLLOWER_COPY: ("follower_copy", _follower_copy),
    LetterKind.FRESH_LINKS: ("fresh_links", _fresh_links),
    LetterKind.FORWARDING_CHECK: ("forwarding_check", _forwarding_check),
    LetterKind.SATISFACTION: ("satisfaction", _satisfaction),
    LetterKind.STEP_ASSIGNED: ("step", _step),
    LetterKind.STEP_RESOLVED: ("step", _step),
    LetterKind.STEP_REOPENED: ("step", _step),
    LetterKind.AGENT_DIGEST: ("agent_digest", digest_values),
    **dict.fromkeys(NOTICES, ("agent_notice", _agent_notice)),
}


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
