"""The status table of docs/features.md, as text, against the one the code holds."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.errors import InvalidTransition
from chalicelib.domain.status import (
    TRANSITIONS,
    UNSOLVED,
    WAITING_FOR_US,
    Cause,
    Status,
    next_status,
)

# One line per status; "cause -> status", where "before" is the status before this one.
TABLE = """
new:       agent_replied -> answered, customer_wrote -> new, postponed -> postponed,
           resolved -> resolved, marked_spam -> spam, deleted -> deleted, merged -> closed
open:      agent_replied -> answered, customer_wrote -> open, postponed -> postponed,
           resolved -> resolved, marked_spam -> spam, deleted -> deleted, merged -> closed
answered:  agent_replied -> answered, customer_wrote -> open, postponed -> postponed,
           resolved -> resolved, marked_spam -> spam, deleted -> deleted, merged -> closed
postponed: agent_replied -> answered, customer_wrote -> open, timer_ended -> open,
           postponed -> postponed, resolved -> resolved, marked_spam -> spam, deleted -> deleted,
           merged -> closed
resolved:  agent_replied -> resolved, customer_wrote -> open, reopened -> open, closed -> closed,
           marked_spam -> spam, deleted -> deleted, merged -> closed
closed:    customer_wrote -> open, reopened -> open, deleted -> deleted, merged -> closed,
           unmerged -> before
spam:      customer_wrote -> spam, restored -> before
deleted:   customer_wrote -> deleted, restored -> before
"""


def _steps() -> dict[tuple[Status, Cause], str]:
    steps = {}
    text = TABLE.replace(",\n", ", ").strip()
    for line in text.splitlines():
        status, _, rest = line.partition(":")
        for step in rest.split(","):
            cause, _, following = step.partition("->")
            steps[Status(status.strip()), Cause(cause.strip())] = following.strip()
    return steps


ALLOWED = _steps()
FORBIDDEN = [(s, c) for s in Status for c in Cause if (s, c) not in ALLOWED]


@pytest.mark.row(11, 12, 14, 16, 18)
@pytest.mark.parametrize(("status", "cause"), sorted(ALLOWED))
def test_the_table_allows(status: Status, cause: Cause) -> None:
    following = ALLOWED[status, cause]

    for before in (Status.OPEN, Status.ANSWERED):
        wanted = before if following == "before" else Status(following)
        assert next_status(1, status, cause, before=before) is wanted


@pytest.mark.row(16, 17)
@pytest.mark.parametrize(("status", "cause"), sorted(FORBIDDEN))
def test_the_table_forbids(status: Status, cause: Cause) -> None:
    with pytest.raises(InvalidTransition) as refused:
        next_status(77, status, cause, before=Status.OPEN)

    assert (refused.value.number, refused.value.status) == (77, status)


def test_the_code_has_no_step_that_the_table_lacks() -> None:
    held = {(status, cause) for status, causes in TRANSITIONS.items() for cause in causes}

    assert held == set(ALLOWED)


@pytest.mark.row(15)
def test_a_ticket_postponed_while_new_goes_back_to_new() -> None:
    status = next_status(1, Status.POSTPONED, Cause.TIMER_ENDED, before=Status.NEW)

    assert status is Status.NEW


@pytest.mark.row(15)
@pytest.mark.parametrize("before", [Status.OPEN, Status.ANSWERED, None])
def test_any_other_postponed_ticket_becomes_open(before: Status | None) -> None:
    assert next_status(1, Status.POSTPONED, Cause.TIMER_ENDED, before=before) is Status.OPEN


@pytest.mark.row("J19")
@given(st.integers(1, 20))
def test_the_sender_never_revives_spam(times: int) -> None:
    status = Status.SPAM

    for _ in range(times):
        status = next_status(1, status, Cause.CUSTOMER_WROTE, before=Status.OPEN)

    assert status is Status.SPAM


@pytest.mark.row(13)
@given(
    st.sampled_from([Status.NEW, Status.OPEN, Status.POSTPONED]),
    st.lists(st.sampled_from([Cause.AGENT_REPLIED, Cause.CUSTOMER_WROTE]), max_size=30),
)
def test_after_the_first_answer_whoever_wrote_last_decides(
    first: Status, voices: list[Cause]
) -> None:
    status = next_status(1, first, Cause.AGENT_REPLIED)

    for cause in voices:
        status = next_status(1, status, cause)

    last = voices[-1] if voices else Cause.AGENT_REPLIED
    assert status is (Status.ANSWERED if last is Cause.AGENT_REPLIED else Status.OPEN)


@pytest.mark.row(12)
@given(st.integers(1, 20))
def test_a_customer_who_writes_again_before_the_first_answer_leaves_it_new(times: int) -> None:
    status = Status.NEW

    for _ in range(times):
        status = next_status(1, status, Cause.CUSTOMER_WROTE)

    assert status is Status.NEW


@pytest.mark.row(16, 17)
def test_only_a_resolved_ticket_can_be_closed() -> None:
    assert [s for s in Status if Cause.CLOSED in TRANSITIONS[s]] == [Status.RESOLVED]


@pytest.mark.row(20)
def test_no_time_but_the_end_of_a_postponement_changes_a_status() -> None:
    moved_by_time = [(s, c) for s, c in ALLOWED if c is Cause.TIMER_ENDED]

    assert moved_by_time == [(Status.POSTPONED, Cause.TIMER_ENDED)]


@pytest.mark.row(43)
def test_a_customer_waits_only_on_new_and_open_tickets() -> None:
    assert {Status.NEW, Status.OPEN} == WAITING_FOR_US
    assert WAITING_FOR_US < UNSOLVED


@pytest.mark.row(16)
def test_every_unsolved_ticket_can_be_resolved_and_reopened() -> None:
    for status in sorted(UNSOLVED):
        path = [status, next_status(1, status, Cause.RESOLVED)]
        path.append(next_status(1, path[-1], Cause.REOPENED))
        assert [after for _, after in pairwise(path)] == [Status.RESOLVED, Status.OPEN]
