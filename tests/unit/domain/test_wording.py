"""What the rules say to a person can be told in every language."""

import ast
import copy
import doctest
import pickle
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path
from string import Formatter
from types import ModuleType

import pytest

import chalicelib
from chalicelib.domain import names, wording
from chalicelib.domain.condition_checks import in_words
from chalicelib.domain.condition_fields import Field, Operator
from chalicelib.domain.errors import DeskError, Fault, InvalidRequest, Throttled
from chalicelib.domain.predicate import Condition
from chalicelib.domain.status import Status
from chalicelib.domain.ticket import Priority
from chalicelib.domain.wording import Words, counted, joined, words
from chalicelib.translations import telling
from chalicelib.translations.telling import told
from chalicelib.usecases.settings_schema import KINDS

PACKAGE = Path(chalicelib.__file__).parent
MADE_BY = {"words": 1, "counted": 2}
"""By function: how many of its first values are sentences."""
REFUSALS = {"Fault": 1, "InvalidSetting": 1}
"""By class: which of its values is the sentence."""
CALLED = {*MADE_BY, *REFUSALS, "NotFound", "StaleSetting"}


@cache
def _calls() -> list[tuple[str, str, ast.Call]]:
    """Place, name and node of every call that is about sentences."""
    return [
        (f"{path.relative_to(PACKAGE)}:{node.lineno}", node.func.id, node)
        for path in sorted(PACKAGE.rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED
    ]


def test_words_are_the_english_sentence_and_remember_what_it_was_made_of() -> None:
    said = words("Fill in {name} now.", name="Serial number")

    assert said == "Fill in Serial number now."
    for again in (copy.deepcopy(said), pickle.loads(pickle.dumps(said))):
        assert again == said
        assert told(again, "es") == "Rellene Serial number ahora."


def test_a_value_with_brackets_stands_as_it_is() -> None:
    assert told(words("Fill in {name} now.", name="{name}"), "es") == "Rellene {name} ahora."


def test_what_counts_has_a_form_for_one_and_for_several() -> None:
    one, many = "Write at least {count} character.", "Write at least {count} characters."

    assert told(counted(one, many, 1), "pt_BR") == "Escreva pelo menos 1 caractere."
    assert told(counted(one, many, 2), "pt_BR") == "Escreva pelo menos 2 caracteres."


def test_words_within_words_are_told_in_the_same_language() -> None:
    gone = words("{kind} {key} was not found.", kind=names.kind_name("Ticket"), key=1042)

    assert gone == "Ticket 1042 was not found."
    assert told(joined(" ", [gone, words("Say until when.")]), "pt_PT") == (
        "Pedido 1042 não existe aqui. Diga até quando."
    )


def test_a_refusal_names_each_field_and_tells_in_any_language_what_is_wrong() -> None:
    late = Fault("send_at", words("Choose a time in the future."))
    refused = InvalidRequest(late, Fault("text", words("Write the words.")))

    assert str(refused) == "send_at: Choose a time in the future.; text: Write the words."
    assert (
        told(refused.detail, "es")
        == "send_at: Elija una hora en el futuro.; text: Escriba el texto."
    )


def test_a_condition_is_told_with_its_field_its_operator_and_its_values() -> None:
    asked = Condition(Field.PRIORITY, Operator.IS_NOT, ("high",))
    either = Condition(Field.STATUS, Operator.IS, ("open", "spam"))

    assert in_words(asked) == "priority is not high"
    assert told(in_words(asked), "pt_BR") == "prioridade não é alta"
    assert told(in_words(either), "es") == "estado es abierto o spam"


def test_a_cause_that_is_meant_for_the_log_is_told_to_nobody() -> None:
    assert Throttled("SES: TooManyRequestsException").detail == (
        "The desk could not do this just now."
    )


def test_every_sentence_stands_in_the_code_as_it_stands_in_the_catalogues() -> None:
    for place, called, call in _calls():
        if called in MADE_BY and "wording.py" not in place:
            sentences = call.args[: MADE_BY[called]]
            assert all(isinstance(one, ast.Constant) for one in sentences), place


def test_every_place_in_a_sentence_is_filled() -> None:
    for place, called, call in _calls():
        if called in MADE_BY and "wording.py" not in place:
            given = {keyword.arg for keyword in call.keywords}
            given |= {"count"} if called == "counted" else set()
            for sentence in call.args[: MADE_BY[called]]:
                text = ast.literal_eval(sentence)
                assert {name for _, name, _, _ in Formatter().parse(text) if name} == given, place


def test_no_refusal_is_made_of_a_bare_text() -> None:
    for place, called, call in _calls():
        if called in REFUSALS and len(call.args) > REFUSALS[called]:
            said = call.args[REFUSALS[called]]
            assert not isinstance(said, ast.Constant | ast.JoinedStr), place


def _all_kinds(parent: type[DeskError]) -> Iterator[type[DeskError]]:
    yield parent
    for kind in parent.__subclasses__():
        yield from _all_kinds(kind)


def test_the_advice_of_every_error_can_be_told() -> None:
    assert all(isinstance(kind.advice, Words) for kind in _all_kinds(DeskError))


@pytest.mark.parametrize(
    ("named", "wanted"),
    [
        (names.STATUSES, Status),
        (names.PRIORITIES, Priority),
        (names.FIELDS, Field),
        (names.OPERATORS, Operator),
    ],
)
def test_what_sentences_speak_of_has_a_name(
    named: Mapping[str, Words], wanted: type[StrEnum]
) -> None:
    assert set(named) == {one.value for one in wanted}


def test_every_kind_of_record_that_can_be_missing_has_a_name() -> None:
    missing = {
        ast.literal_eval(call.args[0])
        for _, called, call in _calls()
        if called in ("NotFound", "StaleSetting") and isinstance(call.args[0], ast.Constant)
    }

    assert missing | KINDS.keys() <= names.KINDS.keys()


@pytest.mark.parametrize("module", [names, telling, wording])
def test_the_examples_in_the_documentation_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
