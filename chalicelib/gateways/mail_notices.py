"""What mails to agents say: what happened, what to do, and what an answer will be."""

from datetime import datetime
from gettext import NullTranslations
from typing import Any

from chalicelib.domain.desk import NoticeKind
from chalicelib.domain.letter import Letter, LetterKind
from chalicelib.html.text import text_to_html
from chalicelib.translations.dates import moment_in_words

MAX_SHOWN_CHARACTERS = 5_000

NOTICES = (
    LetterKind.AGENT_ASSIGNED,
    LetterKind.AGENT_AT_RISK,
    LetterKind.AGENT_BREACHED,
    LetterKind.AGENT_TIME_RULE,
    LetterKind.AGENT_CUSTOMER_WROTE,
    LetterKind.AGENT_NOT_DELIVERED,
    LetterKind.AGENT_ANSWER_KEPT,
    LetterKind.AGENT_SCHEDULED_HELD,
    LetterKind.AGENT_MENTIONED,
    LetterKind.AGENT_REMINDED,
    LetterKind.AGENT_RATED_BADLY,
)


def notice_values(letter: Letter, words: NullTranslations, *, said: str) -> dict[str, Any]:
    """What the template of a mail to an agent needs.

    Args:
        said: the customer's words that the agent may answer; empty for none.
    """
    facts, say = letter.facts, words.gettext
    shown = said
    if len(said) > MAX_SHOWN_CHARACTERS:
        shown = said[: MAX_SHOWN_CHARACTERS - 2].rstrip() + " …"
    author = letter.message.author.name if letter.message else ""
    return {
        "sentence": _sentence(letter.kind, words) % {"number": facts.get("number", "")},
        "explained": _explained(letter, words),
        "answer_hint": _answer_hint(letter, words),
        "ticket_subject": letter.subject,
        "target": _target(facts.get("target", ""), words),
        "due": _due_in_words(letter),
        "said_by": say("%(author)s wrote:") % {"author": author} if shown else "",
        "said_text": shown,
        "said_html": text_to_html(shown),
    }


def digest_values(letter: Letter, words: NullTranslations) -> dict[str, Any]:
    """What the template of a digest needs: a line for each notice, newest first."""
    say = words.gettext
    said = {
        NoticeKind.ASSIGNED: say("is yours now"),
        NoticeKind.AT_RISK: say("is at risk"),
        NoticeKind.BREACHED: say("is overdue"),
        NoticeKind.TIME_RULE: say("needs a look"),
        NoticeKind.CUSTOMER_WROTE: say("has a new message"),
        NoticeKind.NOT_DELIVERED: say("has a reply that did not arrive"),
        NoticeKind.ANSWER_KEPT: say("keeps your answer as a note"),
        NoticeKind.SCHEDULED_HELD: say("has a reply that waits for you"),
        NoticeKind.MENTIONED: say("has a note that asks for you"),
        NoticeKind.RATED_BADLY: say("has a customer who is not content"),
        NoticeKind.REMINDER: say("has a note that you wanted to be reminded of"),
    }
    lines = [
        {"url": one.url, "subject": one.subject, "said": f"#{one.number} {said[one.kind]}"}
        for one in letter.notices
    ]
    return {"lines": lines}


def _sentence(kind: LetterKind, words: NullTranslations) -> str:
    say = words.gettext
    return {
        LetterKind.AGENT_ASSIGNED: say("Ticket #%(number)s is yours now."),
        LetterKind.AGENT_AT_RISK: say("Ticket #%(number)s is at risk."),
        LetterKind.AGENT_BREACHED: say("Ticket #%(number)s is overdue."),
        LetterKind.AGENT_TIME_RULE: say("Ticket #%(number)s needs a look: a rule applies to it."),
        LetterKind.AGENT_CUSTOMER_WROTE: say("The customer wrote on ticket #%(number)s."),
        LetterKind.AGENT_NOT_DELIVERED: say("A reply on ticket #%(number)s did not arrive."),
        LetterKind.AGENT_ANSWER_KEPT: say(
            "Your answer to #%(number)s was not sent to the customer. It is kept as a note."
        ),
        LetterKind.AGENT_SCHEDULED_HELD: say(
            "Your reply on ticket #%(number)s was not sent. It still waits on the ticket."
        ),
        LetterKind.AGENT_MENTIONED: say("You are asked to look at a note on ticket #%(number)s."),
        LetterKind.AGENT_REMINDED: say(
            "You wanted to be reminded of your note on ticket #%(number)s."
        ),
        LetterKind.AGENT_RATED_BADLY: say(
            "The customer is not content with our help on ticket #%(number)s."
        ),
    }[kind]


def _explained(letter: Letter, words: NullTranslations) -> str:
    """Why, and what to do; empty where the sentence says it all."""
    say, facts = words.gettext, letter.facts
    reason = facts.get("reason", "")
    if letter.kind is LetterKind.AGENT_NOT_DELIVERED:
        sentence = {
            "bounced": say("The mail server of %(address)s sent it back (%(status)s)."),
            "complained": say("%(address)s marked our mail as spam and gets no more of it."),
            "suppressed": say(
                "Nothing is sent to %(address)s: earlier mail came back, or somebody put the"
                " address on the list. An administrator can take it off."
            ),
            "expired": say("For a day nothing could be sent to %(address)s. Send it again."),
        }.get(reason, say("The mail service did not take the mail to %(address)s."))
        named = {"address": facts.get("address", ""), "status": facts.get("status", "") or "?"}
        return sentence % named
    if letter.kind is LetterKind.AGENT_RATED_BADLY and facts.get("comment"):
        return say("He wrote: %(comment)s") % {"comment": facts["comment"]}
    if facts.get("lacking"):
        sentence = say("A rule would have resolved it, but this is not filled in: %(lacking)s.")
        is_type = facts["lacking"] == "type"
        return sentence % {"lacking": say("Type") if is_type else facts["lacking"]}
    if letter.kind not in (LetterKind.AGENT_ANSWER_KEPT, LetterKind.AGENT_SCHEDULED_HELD):
        return ""
    return {
        "stale": say(
            "Something was said on the ticket that you had not seen. Open it, look, and send your"
            " answer from there."
        ),
        "not_allowed": say("You may not write to customers on this ticket."),
        "closed": say("The ticket is closed: nobody can answer on it any more."),
    }.get(reason, say("Open the ticket to see why, and to send it."))


def _answer_hint(letter: Letter, words: NullTranslations) -> str:
    if not letter.reply_to:
        return ""
    if letter.facts.get("answer") == "public":
        return words.gettext("Answer this mail: your answer goes to the customer.")
    return words.gettext(
        "Answer this mail: your answer becomes an internal note, the customer does not see it."
    )


def _target(name: str, words: NullTranslations) -> str:
    say = words.gettext
    return {
        "first_response": say("first answer"),
        "next_response": say("next answer"),
        "resolution": say("resolution"),
    }.get(name, name)


def _due_in_words(letter: Letter) -> str:
    due = letter.facts.get("due_at", "")
    if not due:
        return ""
    zone = letter.facts.get("time_zone", "UTC")
    return moment_in_words(datetime.fromisoformat(due), letter.language, zone)
