"""Which promises the desk makes on a ticket: the policy that is chosen, and the terms that follow."""

from chalicelib.domain.desk import Desk
from chalicelib.domain.facts import promised_facts_of
from chalicelib.domain.predicate import Facts, Field
from chalicelib.domain.sla import SLAPolicy, Terms, terms_for
from chalicelib.domain.ticket import Ticket


def policy_for(desk: Desk, facts: Facts) -> SLAPolicy | None:
    """The first policy whose conditions hold, by position; else the department's own, if any."""
    conditional = (policy for policy in desk.sla_policies.values() if policy.conditions)
    for policy in sorted(conditional, key=lambda policy: (policy.position, policy.id)):
        if policy.conditions.holds(facts):
            return policy
    department = desk.departments.get(str(facts.get(Field.DEPARTMENT, "")))
    return desk.sla_policies.get(department.sla_policy_id) if department else None


def terms_by_facts(desk: Desk, facts: Facts) -> Terms | None:
    """What is promised to a ticket of which this much is known; None where nothing is."""
    policy = policy_for(desk, facts)
    if policy is None:
        return None
    return terms_for(policy, desk.calendars[policy.calendar_id], str(facts[Field.PRIORITY]))


def terms_of(desk: Desk, ticket: Ticket) -> Terms | None:
    """What is promised to a ticket now, at the priority that the promise was made at."""
    facts = promised_facts_of(ticket, desk.organisations)
    chosen = desk.sla_policies.get(ticket.policy_id)
    if chosen is None:
        return terms_by_facts(desk, facts)
    return terms_for(chosen, desk.calendars[chosen.calendar_id], str(facts[Field.PRIORITY]))


def terms_id(terms: Terms | None) -> str:
    """The name of terms; empty for no promise."""
    return terms.id if terms else ""
