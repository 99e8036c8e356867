"""A guess at the language of a text: by its script, else by its commonest small words."""

import re
from collections import Counter

_MAX_CHARACTERS = 4_000
_MIN_WORDS = 2
# One word in so many must be known.
_MIN_SHARE = 12

_WORDS = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7af\u1100-\u11ff]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("th", re.compile(r"[\u0e00-\u0e7f]")),
    ("he", re.compile(r"[\u0590-\u05ff]")),
    ("ar", re.compile(r"[\u0600-\u06ff]")),
    ("el", re.compile(r"[\u0370-\u03ff]")),
    ("hi", re.compile(r"[\u0900-\u097f]")),
)
_SCRIPT_SHARE = 0.2
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")
_UKRAINIAN = re.compile(r"[іїєґІЇЄҐ]")
_BULGARIAN = frozenset(("съм", "се", "да", "със", "ли", "ще", "моля", "това", "сме", "има"))

_SMALL_WORDS = {
    "en": "the and you for that this with have from are not please can is of to in it my was will hello hi i we thanks be your on but",
    "de": "der die das und ich nicht ist sie mit für ein eine den auf bitte wir haben im zu auch guten tag danke es hallo",
    "fr": "le la les des et vous je pour est pas une dans que qui avec nous merci bonjour sur votre",
    "es": "el la los las que de por para una con no es en gracias usted mi su hola como pero muy",
    "pt": "o a os as que de não para uma com por é em você obrigado meu sua olá mas isso está",
    "it": "il lo la che di non per una con sono è in grazie mi come ho questo della anche gli",
    "nl": "de het een en van ik niet dat is voor met op zijn aan er maar ook kan wij mijn",
    "sv": "och att det som en är jag inte för på med av den till har vi kan ett om hej",
    "da": "og at det som en er jeg ikke for på med af den til har vi kan et om hej fra mig",
    "nb": "og at det som en er jeg ikke for på med av den til har vi kan et om hei fra meg",
    "fi": "ja on ei että se hän mutta olen kun niin myös tämä voi kiitos hei mitä ovat minun",
    "pl": "i w nie na to się jest że z do dzień dobry czy jak proszę po za ale od jestem",
    "cs": "a se na je že to v s z dobrý den prosím jsem ale jak do pro by mi bych",
    "sk": "a sa na je že to v s z dobrý deň prosím som ale ako do pre by mi by",
    "hu": "a az és nem hogy van egy is de meg kérem ez köszönöm mert vagy el már jó napot",
    "ro": "și de la nu pe cu este în să un o pentru care mai am vă mulțumesc bună din",
    "tr": "ve bir bu için de da ile çok ne var ben merhaba olarak ama gibi mı lütfen değil daha",
    "vi": "và của là tôi không có cho được này với một các xin chào bạn đã trong cảm ơn",
    "id": "dan yang saya tidak untuk ini dengan di dari ada itu akan bisa terima kasih apa ke sudah",
    "ca": "el la els les i que de no per amb una és en gràcies bon dia com però molt",
    "hr": "i je se na da u ne za su što to od hvala molim kako ali sam ili bi",
    "et": "ja on ei see et ma kui aga ka oma mis tere palun siis veel või olen tänan",
}
_SETS = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}


def guess_language(texts: tuple[str, ...], declared: str) -> str | None:
    """Two-letter code of the language, or None when there is too little text to tell.

    Args:
        texts: what to look at, the best evidence first; the next one only when it says too little.
        declared: Content-Language; says how the mail program is set up, so it only breaks ties.
    """
    fallback = _declared(declared)
    for text in texts:
        found = _guess(text[:_MAX_CHARACTERS], fallback)
        if found:
            return found
    return fallback


def _guess(sample: str, fallback: str | None) -> str | None:
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return None
    for code, script in () if sample.isascii() else _SCRIPTS:
        if len(script.findall(sample)) >= letters * _SCRIPT_SHARE:
            return code
    words = _WORDS.findall(sample.lower())
    if not sample.isascii() and len(_CYRILLIC.findall(sample)) * 2 >= letters:
        return _cyrillic(sample, words)
    times = Counter(words)
    counts = {
        code: sum(times[word] for word in known & times.keys()) for code, known in _SETS.items()
    }
    best = max(counts.values())
    leaders = [code for code, count in counts.items() if count == best]
    if best < _MIN_WORDS or best * _MIN_SHARE < len(words):
        return None
    return fallback if fallback in leaders else leaders[0]


def _cyrillic(sample: str, words: list[str]) -> str:
    if _UKRAINIAN.search(sample):
        return "uk"
    hits = sum(1 for word in words if word in _BULGARIAN)
    return "bg" if hits * 6 > len(words) else "ru"


def _declared(header: str) -> str | None:
    code = header.strip()[:2].lower()
    return code if len(code) == 2 and code.isalpha() and code.isascii() else None
