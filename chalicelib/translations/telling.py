"""What the rules say, in the language of who reads it."""

from chalicelib.domain.wording import Words
from chalicelib.translations import LANGUAGES, translator


def told(said: Words, language: str) -> str:
    """A sentence in a language; in English, or where no catalogue has it, as it was made.

    >>> from chalicelib.domain.wording import words
    >>> told(words("Choose a time in the future."), "pt_BR")
    'Escolha um horário no futuro.'
    """
    if language == LANGUAGES[0] or not said.template:
        return str(said)
    catalogue = translator(language)
    if said.many:
        template = catalogue.ngettext(said.template, said.many, said.amount)
    else:
        template = catalogue.gettext(said.template)
    values = {
        name: told(value, language) if isinstance(value, Words) else value
        for name, value in said.values.items()
    }
    return template.format(**values)
