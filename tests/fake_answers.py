"""Ready-made words, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from chalicelib.domain.answers import SHARED, Answer, AnswerKind
from chalicelib.domain.errors import NotFound, StaleSetting
from chalicelib.domain.event_rule import Macro


class FakeAnswers:
    """Ready-made words, by owner, kind and name."""

    def __init__(self) -> None:
        self._kept: dict[tuple[str, str, str], Answer] = {}

    def page(
        self, owner: str, kind: AnswerKind | None, *, limit: int, after: str
    ) -> tuple[Sequence[Answer], str]:
        found = [
            answer
            for (of, k, name), answer in sorted(self._kept.items())
            if of == owner and kind in (None, k) and f"{k}#{name}" > after
        ]
        page = found[:limit]
        # As a Query does: a page that is full may be followed by an empty one.
        return page, f"{page[-1].kind}#{page[-1].name}" if len(page) == limit else ""

    def get(self, owner: str, kind: AnswerKind, name: str) -> Answer:
        if (owner, kind, name) not in self._kept:
            raise NotFound("Answer", name)
        return self._kept[owner, kind, name]

    def save(self, answer: Answer) -> Answer:
        self._require_as_read(answer)
        saved = replace(answer, version=answer.version + 1)
        self._kept[answer.owner, answer.kind, answer.name] = saved
        return saved

    def remove(self, answer: Answer) -> None:
        self._require_as_read(answer)
        if not answer.version:
            raise StaleSetting("answers", answer.id)
        del self._kept[answer.owner, answer.kind, answer.name]

    def shared_macros(self) -> Mapping[str, Macro]:
        return {
            a.id: a.as_macro()
            for a in self._kept.values()
            if a.owner == SHARED and a.kind is AnswerKind.MACRO
        }

    def _require_as_read(self, answer: Answer) -> None:
        kept = self._kept.get((answer.owner, answer.kind, answer.name))
        if (kept.version if kept else 0) != answer.version:
            raise StaleSetting("answers", answer.id)
