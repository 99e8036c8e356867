"""How a ticket changes: one function per thing that happens to it.

Every function takes the state it found and gives a ``Decision``: the state that follows, the
events that tell what happened, and the message where there is one. Nothing is written here; a use
case commits the decision on the version it was taken on, or decides again.
"""

from chalicelib.domain.decisions.confirming import confirmed, refused
from chalicelib.domain.decisions.decision import Decision, merged, with_references
from chalicelib.domain.decisions.event_rules import rule_acted
from chalicelib.domain.decisions.form import filled_in, typed
from chalicelib.domain.decisions.linking import linked, unlinked
from chalicelib.domain.decisions.merging import (
    let_go,
    merged_away,
    require_mergeable,
    took_in,
    unmerged,
)
from chalicelib.domain.decisions.messages import (
    agent_replied,
    customer_wrote,
    machine_wrote,
    opened,
    solved_by_words,
)
from chalicelib.domain.decisions.notes import item_ticked, note_added
from chalicelib.domain.decisions.opening import (
    FIRST_MESSAGE_KINDS,
    FirstMessage,
    opened_by_agent,
)
from chalicelib.domain.decisions.ownership import (
    assigned,
    labelled,
    moved_to_department,
    passed_on,
    priority_set,
    retold,
    unassigned,
)
from chalicelib.domain.decisions.participants import participants_set
from chalicelib.domain.decisions.promises import promises_changed
from chalicelib.domain.decisions.requester import regrouped, requester_changed
from chalicelib.domain.decisions.rule_steps import escalated
from chalicelib.domain.decisions.rules import (
    rules_acted,
    with_consequences,
    with_next_rule,
)
from chalicelib.domain.decisions.satisfaction import asked, not_asked, rated, takes_rating
from chalicelib.domain.decisions.scheduled import scheduled_reply_held
from chalicelib.domain.decisions.steps import postponed, status_moved
from chalicelib.domain.decisions.timers import woken

__all__ = [
    "FIRST_MESSAGE_KINDS",
    "Decision",
    "FirstMessage",
    "agent_replied",
    "asked",
    "assigned",
    "confirmed",
    "customer_wrote",
    "escalated",
    "filled_in",
    "item_ticked",
    "labelled",
    "let_go",
    "linked",
    "machine_wrote",
    "merged",
    "merged_away",
    "moved_to_department",
    "not_asked",
    "note_added",
    "opened",
    "opened_by_agent",
    "participants_set",
    "passed_on",
    "postponed",
    "priority_set",
    "promises_changed",
    "rated",
    "refused",
    "regrouped",
    "requester_changed",
    "require_mergeable",
    "retold",
    "rule_acted",
    "rules_acted",
    "scheduled_reply_held",
    "solved_by_words",
    "status_moved",
    "takes_rating",
    "took_in",
    "typed",
    "unassigned",
    "unlinked",
    "unmerged",
    "with_consequences",
    "with_next_rule",
    "with_references",
    "woken",
]
