"""The repository of ready-made words: a partition for each owner, by kind and name."""

from collections.abc import Mapping, Sequence
from typing import Any

from pynamodb.attributes import JSONAttribute, ListAttribute, UnicodeAttribute

from chalicelib.domain.answers import SHARED, Answer, AnswerKind
from chalicelib.domain.errors import NotFound, StaleSetting
from chalicelib.domain.event_rule import Macro
from chalicelib.domain.step import Step, StepKind
from chalicelib.persistence import keys
from chalicelib.persistence.attributes import EnumAttribute, IntegerAttribute
from chalicelib.persistence.entry_items import AttachmentMap, attachment_map, attachment_of
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item, RawItem, read
from chalicelib.persistence.table import Table

_A_LOT = 1000


class AnswerItem(Item):
    """Ready-made words."""

    kind = UnicodeAttribute(default="answer")
    answer_kind = EnumAttribute(AnswerKind)
    name = UnicodeAttribute()
    owner = UnicodeAttribute()
    title = UnicodeAttribute()
    text = UnicodeAttribute(default="")
    folder = UnicodeAttribute(default="")
    steps = JSONAttribute(default=list)
    files = ListAttribute(of=AttachmentMap, default=list)
    version = IntegerAttribute()


class AnswerRepository:
    """Ready-made words in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def page(
        self, owner: str, kind: AnswerKind | None, *, limit: int, after: str
    ) -> tuple[Sequence[Answer], str]:
        """Those of one owner by kind and name, and the place after which the next begins. A Query."""
        pk = keys.answer(owner, "", "").pk
        start: RawItem | None = {"pk": {"S": pk}, "sk": {"S": after}} if after else None
        of_kind = Item.sk.startswith(f"{kind}#") if kind else None
        page = self._table.query(pk, of_kind, limit=limit, start=start)
        found = [_answer_of(raw) for raw in page.items]
        return found, page.last["sk"]["S"] if page.last else ""

    def get(self, owner: str, kind: AnswerKind, name: str) -> Answer:
        """One of them. One call.

        Raises:
            NotFound: there is none.
        """
        raw = self._table.find_raw(keys.answer(owner, kind, name), consistent=True)
        if raw is None:
            raise NotFound("Answer", name)
        return _answer_of(raw)

    def save(self, answer: Answer) -> Answer:
        """Store it if it is still at its version; gives it with the next one. One call.

        Raises:
            StaleSetting: it was changed meanwhile, or is gone.
        """
        item = AnswerItem(
            *keys.answer(answer.owner, answer.kind, answer.name),
            answer_kind=answer.kind,
            name=answer.name,
            owner=answer.owner,
            title=answer.title,
            text=answer.text,
            folder=answer.folder,
            steps=[_step_document(step) for step in answer.steps],
            files=[attachment_map(file) for file in answer.files],
            version=answer.version + 1,
        )
        as_read = (
            AnswerItem.version == answer.version if answer.version else Item.pk.does_not_exist()
        )
        try:
            self._table.put(item, as_read)
        except ConditionFailed as error:
            raise StaleSetting("answers", answer.id) from error
        return _answer_of_item(item)

    def remove(self, answer: Answer) -> None:
        """Take it away as it was read. One call.

        Raises:
            StaleSetting: it was changed meanwhile, or is gone.
        """
        key = keys.answer(answer.owner, answer.kind, answer.name)
        try:
            self._table.delete(key, AnswerItem.version == answer.version)
        except ConditionFailed as error:
            raise StaleSetting("answers", answer.id) from error

    def shared_macros(self) -> Mapping[str, Macro]:
        """The macros that all share, by id. One Query per thousand."""
        macros: dict[str, Macro] = {}
        after = ""
        while True:
            found, after = self.page(SHARED, AnswerKind.MACRO, limit=_A_LOT, after=after)
            macros |= {answer.id: answer.as_macro() for answer in found}
            if not after:
                return macros


def _answer_of(raw: RawItem) -> Answer:
    return _answer_of_item(read(AnswerItem, raw))


def _answer_of_item(item: AnswerItem) -> Answer:
    return Answer(
        name=item.name,
        kind=item.answer_kind,
        owner=item.owner,
        title=item.title,
        text=item.text,
        folder=item.folder,
        steps=tuple(_step_of(document) for document in item.steps),
        files=tuple(attachment_of(stored) for stored in item.files),
        version=item.version,
    )


def _step_document(step: Step) -> dict[str, str]:
    return {"kind": step.kind, "value": step.value, "field": step.field, "text": step.text}


def _step_of(document: Mapping[str, Any]) -> Step:
    kind = StepKind(document["kind"])
    return Step(kind, document["value"], document["field"], document["text"])
