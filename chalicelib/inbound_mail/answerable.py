"""Whether a mail may be acknowledged, and the one automatic mail that waits for an answer.

"Send no acknowledgement" is wider than "a machine wrote this": Exchange puts its wish for silence
on people's mail, and lists carry what people wrote.
"""

import re
from typing import NamedTuple

from chalicelib.inbound_mail.automatic import is_list_mail
from chalicelib.inbound_mail.header_fields import HeaderFields

# RFC-like senders that nobody reads, in the local part without its punctuation.
_NO_REPLY_INSIDE = (
    ("noreply", "donotreply", "dontreply", "notreply", "noresponse", "naoresponda", "naoresponder")
    + ("noresponder", "noresponda", "nepasrepondre", "nonrispondere", "nichtantworten")
    + ("keineantwort", "nietbeantwoorden", "geenantwoord", "svarainte", "svarikke", "nieodpowiadaj")
)
_MACHINES = frozenset(
    ("mailerdaemon", "postmaster", "bounce", "bounces", "nobody", "autoreply", "autoresponder")
    + ("maildaemon", "devnull", "null", "root", "daemon", "listserv", "majordomo", "mailman")
)
# [MS-OXCMAIL] 2.2.3.2.14: the values that speak of automatic answers; the others are receipts.
_NO_AUTO_RESPONSE = frozenset(("all", "oof", "autoreply"))
_NOT_LETTERS = re.compile(r"[^a-z]+")

# Who asks whether an address may be forwarded to, and in which words.
_PROVIDERS = (
    ("google.com", "zoho.com", "zoho.eu", "zoho.in", "zohomail.com", "zohocorp.com", "yahoo.com")
    + ("yahoo-inc.com", "yandex.ru", "yandex.com", "yandex-team.ru", "fastmail.com", "outlook.com")
    + ("microsoft.com", "icloud.com", "apple.com", "gmx.net", "gmx.com", "web.de", "mail.ru")
    + ("corp.mail.ru", "proton.me", "protonmail.com", "mailbox.org", "opensrs.com", "naver.com")
)
_GMAIL = "forwarding-noreply@google.com"
_FORWARDING = (
    ("forward", "weiterleit", "transfert", "réexpédi", "reenv", "encaminha", "reencaminha")
    + ("inoltr", "doorstur", "vidarebefordr", "videresend", "przekaz", "přepos", "пересыл")
    + ("переадрес", "перенаправ", "yönlendir", "転送", "转发", "轉寄", "전달")
)
_CONFIRMING = (
    "confirm",
    "verif",
    "vérif",
    "bestätig",
    "verify",
    "potwierd",
    "potvrz",
    "bekräft",
    "bekræft",
) + (
    "подтвержд",
    "подтверд",
    "bevestig",
    "onay",
    "doğrula",
    "確認",
    "确认",
    "確認",
    "확인",
    "인증",
    "code",
)
_CODE_IN_SUBJECT = re.compile(r"#(\d{6,12})\b")
_CODE = re.compile(r"(?<![\w/%=&.-])(\d{6,12})(?![\w/%=&.-]|\.\d)")
_URL = re.compile(r"https://([a-z0-9.-]{3,100})(/[^\s<>\"')\]]{1,1000})", re.IGNORECASE)
# Gmail's links: "vf-" says yes, "uf-" takes the request back.
_SAYS_YES = ("/vf-", "confirm", "verif", "approve", "accept", "activate", "allow")
_SAYS_NO = ("/uf-", "cancel", "unsubscribe", "reject", "decline", "/answer", "support.")
_MAX_CHARACTERS = 20_000


class Confirmation(NamedTuple):
    """What answers a provider's question; the code or the address may be empty."""

    code: str
    url: str


def asks_no_answer(fields: HeaderFields, address: str, return_path: str) -> bool:
    """Whether no acknowledgement may go to this sender.

    Args:
        fields: the mail's header fields.
        address: who wrote it.
        return_path: as ``InboundMail`` has it.
    """
    if return_path == "<>" or is_list_mail(fields) or is_unread_address(address):
        return True
    return any(
        word.strip().lower() in _NO_AUTO_RESPONSE
        for raw in fields.all_raw("x-auto-response-suppress")
        for word in fields.decode_raw(raw).replace(";", ",").split(",")
    )


def is_unread_address(address: str) -> bool:
    """Whether an address says of itself that nobody reads what is sent to it.

    >>> is_unread_address("Do-Not-Reply+17@example.org"), is_unread_address("ana@example.org")
    (True, False)
    """
    local = address.rpartition("@")[0].lower().partition("+")[0]
    letters = _NOT_LETTERS.sub("", local)
    return letters in _MACHINES or any(word in letters for word in _NO_REPLY_INSIDE)


def forwarding_confirmation(address: str, subject: str, text: str) -> Confirmation | None:
    """The code and link of a provider's "may we forward to you?", or None for any other mail.

    Recognised by the sender, which the caller must have authenticated before acting on it; a link
    counts only when it leads to the sender's own domain.
    """
    sender, domain = address.lower(), address.rpartition("@")[2].lower()
    provider = next((name for name in _PROVIDERS if _is_within(domain, name)), "")
    folded = subject.casefold()
    if not provider:
        return None
    if sender != _GMAIL and not (
        any(word in folded for word in _FORWARDING) and any(word in folded for word in _CONFIRMING)
    ):
        return None
    text = text[:_MAX_CHARACTERS]
    url = _confirming_url(text, provider)
    found = _CODE_IN_SUBJECT.search(subject) or _CODE.search(_URL.sub(" ", text))
    return Confirmation(found.group(1) if found else "", url)


def _confirming_url(text: str, provider: str) -> str:
    for match in _URL.finditer(text):
        lowered = match.group().lower()
        if (
            _is_within(match.group(1).lower(), provider)
            and any(word in lowered for word in _SAYS_YES)
            and not any(word in lowered for word in _SAYS_NO)
        ):
            return match.group().rstrip(".,;")
    return ""


def _is_within(host: str, domain: str) -> bool:
    return host == domain or host.endswith("." + domain)
