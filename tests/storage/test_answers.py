"""The contract of ready-made words: by owner, as they were read, page by page."""

from dataclasses import replace

import pytest

from chalicelib.domain.answers import Answer, AnswerKind
from chalicelib.domain.errors import NotFound, StaleSetting
from chalicelib.domain.step import Step, StepKind
from tests.builders import an_attachment
from tests.storage.desks import Storage


def an_answer(**changes: object) -> Answer:
    """A macro that all share."""
    fields: dict[str, object] = {
        "name": "01a",
        "kind": AnswerKind.MACRO,
        "owner": "desk",
        "title": "Refund",
        "text": "We refund you.",
        "folder": "Money",
        "steps": (Step(StepKind.SET_FIELD, "wear", "cause"), Step(StepKind.ADD_TAG, "refund")),
        "files": (an_attachment(),),
    }
    return Answer(**fields | changes)  # type: ignore[arg-type]


@pytest.mark.row(64, 65)
def test_words_are_read_as_they_were_kept(storage: Storage) -> None:
    saved = storage.answers.save(an_answer())

    assert saved == replace(an_answer(), version=1)
    assert storage.answers.get("desk", AnswerKind.MACRO, "01a") == saved
    assert storage.answers.shared_macros() == {"desk~macro~01a": saved.as_macro()}


def test_an_owners_words_come_page_by_page_and_nobody_elses(storage: Storage) -> None:
    for name in ("01c", "01a", "01b"):
        storage.answers.save(an_answer(name=name, kind=AnswerKind.CANNED, steps=(), files=()))
    storage.answers.save(an_answer(name="01d", owner="agent:rui"))

    first, after = storage.answers.page("desk", None, limit=2, after="")
    rest, end = storage.answers.page("desk", None, limit=2, after=after)

    assert [a.name for a in (*first, *rest)] == ["01a", "01b", "01c"]
    assert end == ""
    assert storage.answers.page("desk", AnswerKind.MACRO, limit=9, after="") == ([], "")


def test_what_was_changed_meanwhile_is_not_overwritten_and_not_removed(storage: Storage) -> None:
    saved = storage.answers.save(an_answer())
    storage.answers.save(replace(saved, title="Money back"))

    for refused in (storage.answers.save, storage.answers.remove):
        with pytest.raises(StaleSetting):
            refused(saved)
    with pytest.raises(StaleSetting):
        storage.answers.save(an_answer())
    storage.answers.remove(replace(saved, version=2))
    with pytest.raises(NotFound):
        storage.answers.get("desk", AnswerKind.MACRO, "01a")
