"""What two hundred rules cost on one event: ``python -m bench.event_rules``."""

import time

from chalicelib.domain.decisions import opened, with_consequences
from chalicelib.domain.desk import Department, Desk, Mailbox
from chalicelib.domain.event_rule import EventRule, Trigger
from chalicelib.domain.predicate import Condition, Operator, Predicate
from chalicelib.domain.set_up import Organisation
from chalicelib.domain.step import Step, StepKind
from tests.builders import a_message, a_ticket

BUDGET_MS = 5.0
RULES = 200
_ROUNDS = 50


def desk_of_rules(count: int = RULES) -> Desk:
    """Rules that all ask four things; one in twenty acts."""
    rules = {}
    for place in range(count):
        hit = place % 20 == 0
        asked = (
            Condition("department", Operator.IS, ("support",)),
            Condition("subject", Operator.CONTAINS_NOT, (f"nothing {place}",)),
            Condition("sender_domain", Operator.IS_NOT, (f"d{place}.test",)),
            Condition("body", Operator.HAS, ("word" if hit else f"missing {place}",)),
        )
        rules[f"r{place:03}"] = EventRule(
            f"r{place:03}", f"Rule {place}", frozenset({Trigger.CREATED}),
            (Step(StepKind.ADD_TAG, f"t{place}"),), Predicate(asked), position=place,
        )  # fmt: skip
    houses = {f"h{n}": Organisation(f"h{n}", f"House {n}", (f"h{n}.test",)) for n in range(200)}
    return Desk(
        departments={"support": Department("support", "Support", "help")},
        mailboxes={"help": Mailbox("help", "help@desk.test", "Help", "support")},
        event_rules=rules,
        organisations=houses,
    )


def milliseconds() -> float:
    """CPU of one event under all rules: the middle of fifty."""
    desk = desk_of_rules()
    message = a_message(text="A word and others. " * 500)
    decision = opened(a_ticket(), message, None)
    taken = []
    for _ in range(_ROUNDS):
        begun = time.process_time()
        acted = with_consequences(desk, None, decision, message.created_at)
        taken.append((time.process_time() - begun) * 1000)
        assert len(acted.ticket.tags) >= RULES // 20
    return sorted(taken)[_ROUNDS // 2]


def main() -> None:
    """Print the figure against its budget."""
    took = milliseconds()
    verdict = "within" if took <= BUDGET_MS else "OVER"
    print(f"{RULES} rules on one event: {took:.2f} ms CPU, {verdict} {BUDGET_MS:.0f} ms")


if __name__ == "__main__":
    main()
