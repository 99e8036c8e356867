"""The desk's signing keys: made at first use, kept by each container."""

import base64
import secrets
from contextlib import suppress

from chalicelib.domain.tokens import Keyring
from chalicelib.persistence import keys
from chalicelib.persistence.failures import ConditionFailed
from chalicelib.persistence.items import Item
from chalicelib.persistence.setting_items import KeyringItem
from chalicelib.persistence.table import Table

_KEY_BYTES = 32


class SigningKeys:
    """The keyring in the table."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self._kept: Keyring | None = None

    def keyring(self) -> Keyring:
        """The desk's keys. One call at first, none later; two more on a desk that has none yet."""
        if self._kept is None:
            item = self._find()
            if item is None:
                self._make()
                item = self._find()
            if item is None:
                raise LookupError("The signing keys were made and are not there.")
            self._kept = Keyring(
                {int(v): base64.b64decode(key) for v, key in item.signing_keys.items()}
            )
        return self._kept

    def _find(self) -> KeyringItem | None:
        return self._table.find(KeyringItem, keys.keyring(), consistent=True)

    def _make(self) -> None:
        """Of several containers that start at once, the first makes the key for all."""
        key = base64.b64encode(secrets.token_bytes(_KEY_BYTES)).decode()
        with suppress(ConditionFailed):
            self._table.put(
                KeyringItem(*keys.keyring(), signing_keys={"1": key}), Item.pk.does_not_exist()
            )
