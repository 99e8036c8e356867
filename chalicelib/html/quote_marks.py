"""How mail clients mark, in HTML, what their user did not write: quotes and signatures.

Data, one row per client, read by ``text.py``. A mark is a class, an id or a style of an element.
"""

import re

QUOTE = "quote"
SIGNATURE = "signature"
REST = "rest"  # from here to the end of the mail everything is quoted

# class -> what the element holds. Compared after removing the prefixes that clients add when they
# quote each other's HTML ("x_" by Outlook on the web, "ydp..." by Yahoo).
CLASSES = {
    "gmail_attr": QUOTE,
    "moz-cite-prefix": QUOTE,
    "moz-forward-container": REST,
    "moz-email-headers-table": REST,
    "yahoo_quoted": QUOTE,
    "yahoo-quoted-begin": QUOTE,
    "outlookmessageheader": REST,
    "zmail_extra": QUOTE,
    "ntes-mailmaster-quote": QUOTE,
    "iosymail_quote": QUOTE,
    "freebirdanalyticsquoted": QUOTE,
    "gmx_quote": QUOTE,
    "hmmessage_quoted": QUOTE,
    "sh-quoted-content": QUOTE,
    "front-blockquote": QUOTE,
    "missive_quote": QUOTE,
    "airmail_ext_on": QUOTE,
    "superhuman-quote": QUOTE,
    "gmail_signature": SIGNATURE,
    "gmail_signature_prefix": SIGNATURE,
    "moz-signature": SIGNATURE,
    "protonmail_signature_block": SIGNATURE,
    "tutanota-signature": SIGNATURE,
    "front-signature": SIGNATURE,
    "sh-signature": SIGNATURE,
    "yahoo-signature": SIGNATURE,
    "mailspring-signature": SIGNATURE,
}
IDS = {
    "divrplyfwdmsg": REST,
    "appendonsend": REST,
    "stopspelling": REST,
    "mail-editor-reference-message-container": REST,
    "olk_src_body_section": REST,
    "isreplycontent": QUOTE,
    "isforwardcontent": QUOTE,
    "reply-intro": QUOTE,
    "replysplit": REST,
    "hm-quote": QUOTE,
    "yahoo_quoted": QUOTE,
    "zwchr": REST,
    "ms-outlook-mobile-signature": SIGNATURE,
    "applemailsignature": SIGNATURE,
    "signature": SIGNATURE,
    "isignature": SIGNATURE,
    "composer_signature": SIGNATURE,
    "ymail_android_signature": SIGNATURE,
    "protonmail_mobile_signature_block": SIGNATURE,
    "mobile_signature": SIGNATURE,
}
# Spark and Exchange's mobile clients name the sections of a mail.
NAMES = {"messagereplysection": REST, "messagesignaturesection": SIGNATURE}
ID_PREFIXES = (("yahoo_quoted", QUOTE), ("ymail_ios_signature", SIGNATURE))
# Outlook and Windows Mail put a thin line above the header block of the mail answered.
_OUTLOOK_LINE = re.compile(
    r"border-top\s*:\s*(?:solid\s+(?:#?(?:e1e1e1|b5c4df|windowtext))\s+1(?:\.0)?pt"
    r"|(?:1(?:\.0)?pt|1px)\s+solid\s+(?:#?(?:e1e1e1|b5c4df)|rgb\(\s*(?:225,\s*225,\s*225"
    r"|181,\s*196,\s*223)\)))"
    r"|border\s*:\s*none;\s*border-top\s*:\s*solid\s+\S{1,20}\s+1(?:\.0)?pt;\s*padding\s*:\s*3(?:\.0)?pt",
    re.IGNORECASE,
)
_INDENT = re.compile(r"border\s*:\s*(?:none|0)|margin(?:-left)?\s*:[^;]{0,20}\b40px", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all"
    r"|font-size\s*:\s*0(?:px|pt)?\s*(?:;|$)|max-height\s*:\s*0(?:px)?\s*(?:;|$))",
    re.IGNORECASE,
)
_FOREIGN_PREFIX = re.compile(r"^(?:x_|ydp[0-9a-f]{8}|yiv\d{1,12})+")


def mark_of(class_names: str, identifier: str, style: str, name: str = "") -> str | None:
    """What an element with these attributes holds, or None when nothing is known about it."""
    if name and name.lower() in NAMES:
        return NAMES[name.lower()]
    for class_name in class_names.lower().split()[:20]:
        found = CLASSES.get(_FOREIGN_PREFIX.sub("", class_name))
        if found:
            return found
    if identifier:
        plain = _FOREIGN_PREFIX.sub("", identifier.lower())
        found = IDS.get(plain)
        if found:
            return found
        for prefix, meaning in ID_PREFIXES:
            if plain.startswith(prefix):
                return meaning
    if "border" in style.lower() and _OUTLOOK_LINE.search(style[:400]):
        return REST
    return None


def is_indentation(style: str) -> bool:
    """Whether a blockquote only indents (the "increase indent" button), quoting nobody."""
    return bool(_INDENT.search(style[:400]))


def is_hidden(style: str) -> bool:
    """Whether a style keeps its element from being seen."""
    return bool(_HIDDEN.search(style[:400]))
