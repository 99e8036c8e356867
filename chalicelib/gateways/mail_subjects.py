"""What stands in the subject of each kind of letter."""

from gettext import NullTranslations

from chalicelib.domain.letter import CONVERSATION, Letter, LetterKind


def subject_of(letter: Letter, words: NullTranslations) -> str:
    """The subject in the letter's language; what carries a conversation keeps the ticket's own.

    Automatic mails to customers hold nothing of what he wrote: a forged sender would have it
    carried to strangers.
    """
    if letter.kind in CONVERSATION:
        return letter.subject
    sentence = _sentence(letter.kind, words)
    return sentence % {"number": letter.facts.get("number", ""), "subject": letter.subject}


def sender_of(letter: Letter, words: NullTranslations) -> str:
    """The display name; whose words are only passed on is named together with who does so."""
    if letter.kind is not LetterKind.FOLLOWER_COPY:
        return letter.from_name
    both = {"author": letter.from_name, "desk": letter.desk.name}
    return words.gettext("%(author)s (via %(desk)s)") % both


def _sentence(kind: LetterKind, words: NullTranslations) -> str:
    say = words.gettext
    return {
        LetterKind.ACKNOWLEDGEMENT: say("We have your request #%(number)s"),
        LetterKind.FRESH_LINKS: say("Links to your requests"),
        LetterKind.FORWARDING_CHECK: say("Test of the forwarding to the help desk"),
        LetterKind.SATISFACTION: say("How was our help with your request #%(number)s?"),
        LetterKind.STEP_ASSIGNED: say("Your request #%(number)s is in good hands"),
        LetterKind.STEP_RESOLVED: say("Your request #%(number)s is solved"),
        LetterKind.STEP_REOPENED: say("Your request #%(number)s is open again"),
        LetterKind.AGENT_ASSIGNED: say("#%(number)s is yours: %(subject)s"),
        LetterKind.AGENT_AT_RISK: say("#%(number)s is at risk: %(subject)s"),
        LetterKind.AGENT_BREACHED: say("#%(number)s is overdue: %(subject)s"),
        LetterKind.AGENT_TIME_RULE: say("#%(number)s needs a look: %(subject)s"),
        LetterKind.AGENT_CUSTOMER_WROTE: say("#%(number)s has a new message: %(subject)s"),
        LetterKind.AGENT_NOT_DELIVERED: say("#%(number)s: your reply did not arrive: %(subject)s"),
        LetterKind.AGENT_ANSWER_KEPT: say("#%(number)s: your answer was not sent: %(subject)s"),
        LetterKind.AGENT_DIGEST: say("What is new on your tickets"),
        LetterKind.AGENT_SCHEDULED_HELD: say("#%(number)s: a reply waits for you: %(subject)s"),
        LetterKind.AGENT_MENTIONED: say("#%(number)s: you are asked: %(subject)s"),
        LetterKind.AGENT_REMINDED: say("#%(number)s: your reminder: %(subject)s"),
        LetterKind.AGENT_RATED_BADLY: say("#%(number)s: the customer is not content: %(subject)s"),
    }[kind]
