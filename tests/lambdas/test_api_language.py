"""Refusals, advice and warnings come in the language that the request asks for."""

import pytest

from tests.lambdas.api_caller import Caller

TOPIC = {"id": "x", "department_id": "gone", "names": {"en": "X"}}


@pytest.mark.parametrize(
    ("asked", "spoken", "message", "advice"),
    [
        (
            "pt-BR", "pt-BR", "Isto não existe: gone. Crie primeiro ou escolha outro.",
            "Corrija o campo indicado e salve de novo.",
        ),
        (
            "pt-PT,pt;q=0.9", "pt-PT", "Isto não existe: gone. Crie primeiro ou escolha outro.",
            "Corrija o campo indicado e guarde novamente.",
        ),
        (
            "es-MX", "es", "Esto no existe: gone. Créelo primero o elija otro.",
            "Corrija el campo indicado y guarde de nuevo.",
        ),
        (
            "fi", "en", "There is no such entry: gone. Create it first, or choose another.",
            "Correct the field that is named and save again.",
        ),
    ],
)  # fmt: skip
def test_a_refusal_is_told_in_the_language_that_was_asked_for(
    administrator: Caller, asked: str, spoken: str, message: str, advice: str
) -> None:
    refused = administrator.put("/v1/topics/x", TOPIC, Accept_Language=asked)

    assert refused.status == 422
    assert refused.headers["Content-Language"] == spoken
    assert refused.body["errors"] == [{"field": "topics.x.department_id", "message": message}]
    assert refused.body["detail"] == f"topics.x.department_id: {message}"
    assert refused.body["advice"] == advice


def test_who_asks_for_no_language_is_told_in_english(administrator: Caller) -> None:
    refused = administrator.get("/v1/topics/gone")

    assert refused.headers["Content-Language"] == "en"
    assert refused.body["detail"] == "Topic gone was not found."


def test_type_and_title_are_the_same_in_every_language(administrator: Caller) -> None:
    english = administrator.get("/v1/topics/gone").body
    spanish = administrator.get("/v1/topics/gone", Accept_Language="es").body

    assert spanish["detail"] == "Tema gone no existe aquí."
    assert {name: spanish[name] for name in ("type", "title", "status")} == {
        name: english[name] for name in ("type", "title", "status")
    }


def test_what_is_wrong_with_a_body_is_told_in_the_language_too(administrator: Caller) -> None:
    asked = {"id": "x", "department_id": "", "names": {"en": "X" * 300}, "position": "many"}

    refused = administrator.put("/v1/topics/x", asked, Accept_Language="pt-BR")

    told = {fault["field"]: fault["message"] for fault in refused.body["errors"]}
    assert told["department_id"] == "Este campo é obrigatório."
    assert told["names.en"].startswith("Escreva no máximo ")
    assert told["position"] == "Escreva um número inteiro aqui."


def test_a_warning_is_told_in_the_language_too(administrator: Caller) -> None:
    empty = {"id": "empty", "name": "Empty", "mailbox_id": "help"}

    saved = administrator.put("/v1/departments/empty", empty, Accept_Language="es")

    (warning,) = saved.body["warnings"]
    assert warning["message"].startswith("Aquí aún no responde nadie")
    assert saved.headers["Content-Language"] == "es"
