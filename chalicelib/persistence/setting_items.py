"""How the set-up is stored: one document per item."""

from pynamodb.attributes import JSONAttribute, UnicodeAttribute

from chalicelib.persistence.attributes import IntegerAttribute
from chalicelib.persistence.items import Item


class SettingItem(Item):
    """One document. ``setting_kind`` says of which sort; ``version`` counts the writes.

    ``changed_by`` and ``change_id`` tell of the last write; the stream hands them on.
    """

    kind = UnicodeAttribute(default="setting")
    setting_kind = UnicodeAttribute()
    document = JSONAttribute()
    version = IntegerAttribute()
    changed_by = UnicodeAttribute(default="")
    change_id = UnicodeAttribute(default="")


class RevisionItem(Item):
    """Counts the changes that were checked against the rest of the set-up."""

    kind = UnicodeAttribute(default="revision")
    revision = IntegerAttribute()


class TermsItem(Item):
    """What was promised under a name, as a document; never changed."""

    kind = UnicodeAttribute(default="terms")
    document = JSONAttribute()


class KeyringItem(Item):
    """The signing keys, base64 by version."""

    kind = UnicodeAttribute(default="keyring")
    signing_keys = JSONAttribute()
