"""moto made quick gives moto's own answers."""

from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from hypothesis import given
from hypothesis import strategies as st
from moto.core.serialize import BaseJSONSerializer, XFormedAttributePicker
from moto.core.utils import get_service_model

from tests.quick_moto import NotPlain, make_moto_quick, plain
from tests.storage.desks import TablePorts

_TEXTS = st.text(max_size=5)
_NUMBERS = st.integers().map(str)
_VALUES = st.recursive(
    st.one_of(
        st.builds(lambda text: {"S": text}, _TEXTS),
        st.builds(lambda number: {"N": number}, _NUMBERS),
        st.builds(lambda said: {"BOOL": said}, st.booleans()),
        st.just({"NULL": True}),
        st.builds(lambda texts: {"SS": texts}, st.lists(_TEXTS, min_size=1, max_size=3)),
        st.builds(lambda numbers: {"NS": numbers}, st.lists(_NUMBERS, min_size=1, max_size=3)),
    ),
    lambda values: st.one_of(
        st.builds(lambda items: {"L": items}, st.lists(values, max_size=3)),
        st.builds(lambda items: {"M": items}, st.dictionaries(_TEXTS, values, max_size=3)),
    ),
    max_leaves=8,
)


@given(_VALUES)
def test_a_value_goes_out_as_moto_itself_writes_it(value: dict[str, Any]) -> None:
    make_moto_quick()
    shape = get_service_model("dynamodb").shape_for("AttributeValue")
    operation = get_service_model("dynamodb").operation_model("GetItem")
    by_moto = BaseJSONSerializer(operation, value_picker=XFormedAttributePicker())
    written: dict[str, Any] = {}

    BaseJSONSerializer._serialize_type_structure.__wrapped__(by_moto, written, value, shape, "v")

    assert written["v"] == plain(value)


@pytest.mark.parametrize(
    "value", [{"B": b"x"}, {"S": "a", "N": "1"}, {"M": {"a": {"B": b"x"}}}, "a"]
)
def test_what_is_not_plain_is_left_to_moto(value: Any) -> None:
    with pytest.raises(NotPlain):
        plain(value)


def test_a_transaction_that_is_refused_leaves_the_table_as_it_was(on_table: TablePorts) -> None:
    client, name = boto3.client("dynamodb"), on_table.table.name
    for sort in ("changed", "deleted", "replaced", "other"):
        item = {"pk": {"S": "p"}, "sk": {"S": sort}, "deep": {"M": {"in": {"S": "it"}}}}
        client.put_item(TableName=name, Item=item)
    before = client.scan(TableName=name)["Items"]
    key = {"TableName": name, "Key": {"pk": {"S": "p"}, "sk": {"S": "changed"}}}
    change = {
        "UpdateExpression": "SET deep.#in = :new, more = :new",
        "ExpressionAttributeNames": {"#in": "in"},
        "ExpressionAttributeValues": {":new": {"S": "new"}},
    }

    with pytest.raises(ClientError, match="TransactionCanceled"):
        client.transact_write_items(
            TransactItems=[
                {"Update": key | change},
                {"Delete": key | {"Key": {"pk": {"S": "p"}, "sk": {"S": "deleted"}}}},
                {"Put": {"TableName": name, "Item": {"pk": {"S": "p"}, "sk": {"S": "replaced"}}}},
                {"Put": {"TableName": name, "Item": {"pk": {"S": "new"}, "sk": {"S": "new"}}}},
                {
                    "ConditionCheck": {
                        "TableName": name,
                        "Key": {"pk": {"S": "p"}, "sk": {"S": "other"}},
                        "ConditionExpression": "attribute_not_exists(pk)",
                    }
                },
            ]
        )

    assert client.scan(TableName=name)["Items"] == before


@pytest.mark.parametrize(
    "expression", ["SET a = :v SET b = :v", "SET a = :v, a = :v", "SET a.b = :v, a = :v", "SET a ="]
)
def test_an_expression_that_aws_refuses_is_refused(on_table: TablePorts, expression: str) -> None:
    client, name = boto3.client("dynamodb"), on_table.table.name
    for _ in range(2):
        with pytest.raises(ClientError, match="ValidationException"):
            client.update_item(
                TableName=name,
                Key={"pk": {"S": "p"}, "sk": {"S": "s"}},
                UpdateExpression=expression,
                ExpressionAttributeValues={":v": {"S": "v"}},
            )
