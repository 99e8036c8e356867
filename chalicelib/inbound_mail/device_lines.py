"""Lines that a telephone or an app writes below a mail: ``Sent from my iPhone``."""

import re

from chalicelib.inbound_mail.reply_marks import SENT_FROM, SENT_FROM_INSIDE

_MAX_CHARACTERS = 90
# "Sent from my desk, is much easier ...", "Sent via DHL on Monday": sentences, not devices.
_IS_SENTENCE = re.compile(
    r", (?:is|was|it|but|and|so|because|which|ist|und|aber|mais|pero|ma)\b"
    r"|\b(?:yesterday|today|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day|dhl|ups|fedex|usps"
    r"|dpd|gls|post|courier|parcel|invoice|warehouse|order)\b"
)
# "Jo from mobile", "From my iPhone 6", "<<sent by galaxy>>": people's own words for it.
_OWN_WORDS = re.compile(
    r"from my (?:i?phone|i?pad|ipod|mobile|cell|android|blackberry|galaxy|samsung|tablet)\b[^.?!]{0,30}"
    r"[.!]?\Z|(?:[^\W\d_]{2,20} )?from mobile[.!]?\Z|via (?:my )?(?:mobile|iphone|ipad)[.!]?\Z"
)
_IN_BRACKETS = re.compile(r"\s*(?:<<|\(|\[)\s?sent by .{2,40}(?:>>|\)|\])\s*\Z", re.IGNORECASE)


def is_device_line(line: str) -> bool:
    """Whether a line is a device's or an app's signature.

    >>> is_device_line("Sent from my iPhone"), is_device_line("Sent from my desk, is much easier.")
    (True, False)
    """
    text = line.strip(" \t*_-–—<>[]|~()")
    folded = text.casefold()
    if not text or len(text) > _MAX_CHARACTERS + 80 or _IS_SENTENCE.search(folded):
        return False
    if _OWN_WORDS.match(folded) or _IN_BRACKETS.match(line):
        return True
    if any(word in folded for word in SENT_FROM_INSIDE) and len(text) < _MAX_CHARACTERS:
        return True
    words = text.split("<")[0].split("http")[0].split("(")[0]
    return folded.startswith(SENT_FROM) and len(words) <= _MAX_CHARACTERS
