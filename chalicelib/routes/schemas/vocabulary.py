"""What tickets can be called, and what can be filled in."""

from chalicelib.domain.condition_fields import Operator, ValueKind
from chalicelib.domain.custom_fields import FieldKind, RequiredAt
from chalicelib.domain.status import Status
from chalicelib.routes.schemas.base import Answer

Names = dict[str, str]


class LabelBody(Answer):
    """A name of a status; one with ``is_name_of_status`` replaces the status's own."""

    id: str
    status: Status
    names: Names
    is_name_of_status: bool


class ChoiceBody(Answer):
    """A value that can be chosen."""

    id: str
    names: Names


class FieldBody(Answer):
    """A field of tickets."""

    id: str
    kind: FieldKind
    names: Names
    hints: Names
    choices: list[ChoiceBody]


class FieldUse(Answer):
    """A field as one type uses it."""

    field_id: str
    required: RequiredAt
    on_form: bool


class TypeBody(Answer):
    """A kind of request; without departments it is for all of them."""

    id: str
    names: Names
    fields: list[FieldUse]
    departments: list[str]


class ConditionFieldBody(Answer):
    """What a condition can ask about.

    Attributes:
        field: as conditions name it; ``field:`` and an id for one of the desk's own.
        operators: in the order in which they are offered.
        values_from: the part of the set-up whose ids are the values, ``fields`` for the choices of
            the desk's own field; empty where any text may stand.
        of_a_moment: only rules on events can ask it.
    """

    field: str
    kind: ValueKind
    operators: list[Operator]
    values_from: str
    of_a_moment: bool


class Vocabulary(Answer):
    """The desk's labels, types and fields, in the order in which they are shown."""

    labels: list[LabelBody]
    types: list[TypeBody]
    fields: list[FieldBody]
    conditions: list[ConditionFieldBody]


class Tags(Answer):
    """Tags that begin as asked, those that were given most often first."""

    tags: list[str]
