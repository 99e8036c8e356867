"""Every sentence is in every catalogue, and the compiled catalogues are those of the sources."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

import chalicelib
from chalicelib.translations import DOMAIN, LANGUAGES, LOCALES, translator

PACKAGE = Path(chalicelib.__file__).parent
# The short names under which the code asks for a sentence, besides Babel's own.
KEYWORDS = {"_": None, "N_": None, "gettext": None, "say": None, "words": None}
PLURALS = {"ngettext": (1, 2), "plural": (1, 2), "counted": (1, 2)}
PLACEHOLDER = re.compile(r"%\(\w+\)s|\{\w+\}")
EVERY_LANGUAGE = pytest.mark.parametrize("language", LANGUAGES)


def _catalogue(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as source:
        return read_po(source, locale=language)


def _compiled(language: str) -> Catalog:
    with (LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.mo").open("rb") as source:
        return read_mo(source)


def _sentences() -> set[str]:
    with (PACKAGE.parent / "babel.cfg").open() as configuration:
        methods, options = parse_mapping_cfg(configuration)
    found = extract_from_dir(
        PACKAGE, method_map=methods, options_map=options, keywords={**KEYWORDS, **PLURALS}
    )
    return {_first(message) for _, _, message, _, _ in found}


def _first(message: object) -> str:
    return str(message[0] if isinstance(message, tuple | list) else message)


def _texts(value: object) -> list[str]:
    return [str(text) for text in value] if isinstance(value, tuple | list) else [str(value)]


@EVERY_LANGUAGE
def test_a_catalogue_has_exactly_the_sentences_of_the_code(language: str) -> None:
    known = {_first(message.id) for message in _catalogue(language) if message.id}
    assert known == _sentences()


@EVERY_LANGUAGE
def test_every_sentence_is_translated_and_none_is_guessed(language: str) -> None:
    catalogue = _catalogue(language)
    for message in catalogue:
        if message.id:
            texts = _texts(message.string)
            assert all(text.strip() for text in texts), message.id
            assert not message.fuzzy, message.id
            if message.pluralizable:
                assert len(texts) == catalogue.num_plurals


@EVERY_LANGUAGE
def test_a_translation_keeps_the_places_for_values(language: str) -> None:
    for message in _catalogue(language):
        if message.id:
            wanted = set(PLACEHOLDER.findall(_texts(message.id)[-1]))
            for text in _texts(message.string):
                assert set(PLACEHOLDER.findall(text)) <= wanted, message.id
            assert set(PLACEHOLDER.findall(_texts(message.string)[-1])) == wanted, message.id


@EVERY_LANGUAGE
def test_the_compiled_catalogue_is_the_sources(language: str) -> None:
    source, compiled = (
        {_first(message.id): _texts(message.string) for message in catalogue if message.id}
        for catalogue in (_catalogue(language), _compiled(language))
    )
    assert compiled == source


def test_languages_are_not_copies_of_each_other() -> None:
    words = {language: translator(language).gettext("Send request") for language in LANGUAGES}
    assert len(set(words.values())) == len(LANGUAGES)


def test_a_language_that_we_do_not_have_is_english() -> None:
    assert translator("tlh").gettext("Send request") == "Send request"
    assert translator("../../x").gettext("Send request") == "Send request"


_TEMPLATES = [
    *(PACKAGE / "routes" / "portal" / "templates").glob("*.html"),
    *(PACKAGE / "gateways" / "mail_templates").iterdir(),
]
_CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<style>.*?</style>", re.DOTALL)
_SPOKEN_ATTRIBUTE = re.compile(r"(?:alt|title|aria-label|placeholder)=\"[^\"]*[A-Za-z]{2}")


@pytest.mark.parametrize("template", _TEMPLATES, ids=lambda path: path.name)
def test_a_template_says_nothing_outside_the_catalogues(template: Path) -> None:
    code_free = _CODE.sub("", template.read_text())
    assert not _SPOKEN_ATTRIBUTE.search(code_free)
    # The trap for robots has a name that only robots read.
    words = re.sub(r"<[^>]*>|[\w-]+=\"[^\"]*\"", " ", code_free).replace("Website", "")
    assert not re.findall(r"[^\W\d_]{2,}", words)
