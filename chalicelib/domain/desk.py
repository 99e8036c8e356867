"""How one desk is set up: departments, mailboxes, topics, agents, calendars, SLA policies.

Read whole and kept for a short while by each container, so that a rule can look things up without
asking the table. Nothing here changes while a use case runs.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from chalicelib.domain.api_keys import ApiKey, Scope
from chalicelib.domain.assignment import AssignmentRules, SkillFallback, Strategy
from chalicelib.domain.calendar import BusinessCalendar
from chalicelib.domain.custom_fields import CustomField, TicketType
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.event_rule import EventRule, Macro, Webhook
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.satisfaction import SatisfactionRules
from chalicelib.domain.saved_views import SavedView, ViewState
from chalicelib.domain.set_up import Organisation, StatusLabel, TicketRules
from chalicelib.domain.sla import SLAPolicy
from chalicelib.domain.step import StepKind
from chalicelib.domain.ticket import Priority
from chalicelib.domain.time_rule import TimeRule
from chalicelib.domain.wording import words


class Role(StrEnum):
    """What a person at the desk may do in general; departments narrow it."""

    ADMINISTRATOR = "administrator"
    SUPERVISOR = "supervisor"
    AGENT = "agent"
    COLLABORATOR = "collaborator"


class NoticeKind(StrEnum):
    """What an agent can be told of."""

    ASSIGNED = "assigned"
    AT_RISK = "at_risk"
    BREACHED = "breached"
    TIME_RULE = "time_rule"
    CUSTOMER_WROTE = "customer_wrote"
    NOT_DELIVERED = "not_delivered"
    ANSWER_KEPT = "answer_kept"
    SCHEDULED_HELD = "scheduled_held"
    MENTIONED = "mentioned"
    REMINDER = "reminder"
    MEMBER_ADDED = "member_added"
    MADE_PUBLIC = "made_public"
    RATED_BADLY = "rated_badly"


class NoticeChannel(StrEnum):
    """How an agent is told: in the console, by a mail each, by one mail an hour."""

    IN_APP = "in_app"
    MAIL = "mail"
    DIGEST = "digest"


ALL_CHANNELS = (NoticeChannel.IN_APP, NoticeChannel.MAIL)
DEFAULT_NOTICES: Mapping[NoticeKind, tuple[NoticeChannel, ...]] = {
    NoticeKind.ASSIGNED: ALL_CHANNELS,
    NoticeKind.AT_RISK: ALL_CHANNELS,
    NoticeKind.BREACHED: ALL_CHANNELS,
    NoticeKind.TIME_RULE: ALL_CHANNELS,
    NoticeKind.CUSTOMER_WROTE: (NoticeChannel.IN_APP,),
    NoticeKind.NOT_DELIVERED: ALL_CHANNELS,
    NoticeKind.ANSWER_KEPT: ALL_CHANNELS,
    NoticeKind.SCHEDULED_HELD: ALL_CHANNELS,
    NoticeKind.MENTIONED: ALL_CHANNELS,
    NoticeKind.REMINDER: ALL_CHANNELS,
    NoticeKind.MEMBER_ADDED: (NoticeChannel.IN_APP,),
    NoticeKind.MADE_PUBLIC: (NoticeChannel.IN_APP,),
    NoticeKind.RATED_BADLY: ALL_CHANNELS,
}


class PublicEvent(StrEnum):
    """Steps of a ticket that the customer can be told of besides replies, by one mail each."""

    TICKET_CREATED = "ticket_created"
    TICKET_ASSIGNED = "ticket_assigned"
    TICKET_RESOLVED = "ticket_resolved"
    TICKET_REOPENED = "ticket_reopened"


DEFAULT_PUBLIC_EVENTS = frozenset({PublicEvent.TICKET_CREATED, PublicEvent.TICKET_RESOLVED})
"""That his request is here, and that it is solved, with the question whether it is."""


@dataclass(frozen=True, slots=True)
class MailRules:
    """How the desk deals with mail.

    Attributes:
        undo_seconds: how long the console keeps a reply before it leaves.
        public_events: what customers are told of by an automatic mail.
        catch_all_mailbox_id: where mail goes that names no address of ours; empty is the first.
        tickets_per_hour: new tickets of one sender within an hour before the next ones wait for a
            person: by senders who are not authenticated, and by those who are.
        copies_per_hour: how often the same words come in from one sender within an hour.
    """

    undo_seconds: int = 10
    public_events: frozenset[PublicEvent] = DEFAULT_PUBLIC_EVENTS
    catch_all_mailbox_id: str = ""
    tickets_per_hour: int = 20
    tickets_per_hour_authenticated: int = 200
    copies_per_hour: int = 5


@dataclass(frozen=True, slots=True)
class BlockedSender:
    """Mail from this address, or from this whole domain, is kept out.

    Attributes:
        pattern: ``name@domain``, or ``@domain`` for everybody there and below it.
    """

    id: str
    pattern: str
    reason: str = ""

    def matches(self, address: str) -> bool:
        """Whether this address is meant; case and plus-tags do not matter.

        >>> BlockedSender("b", "@spam.test").matches("Any@mail.spam.test")
        True
        """
        plain = without_tag(address)
        if not self.pattern.startswith("@"):
            return plain == without_tag(self.pattern)
        domain = plain.rpartition("@")[2]
        blocked = self.pattern[1:].lower()
        return domain == blocked or domain.endswith(f".{blocked}")


@dataclass(frozen=True, slots=True)
class DeskProfile:
    """The desk's name and looks, as customers see them.

    Attributes:
        accent: colour of buttons in mails and portal, ``#rrggbb``.
        logo_url: https address of a picture that stands above mails; empty shows the name only.
        languages: offered to customers, the first is the default.
    """

    id: str = "desk"
    name: str = "Help desk"
    accent: str = "#2f5bd0"
    languages: tuple[str, ...] = ("en", "pt_BR", "pt_PT", "es")
    logo_url: str = ""


@dataclass(frozen=True, slots=True)
class Department:
    """A team with its own members, clock and queue.

    Attributes:
        sla_policy_id: empty for a department without promises.
        escalates_to: the department that comes next when a ticket is escalated; empty for the last.
        confidential: it and its tickets are there for its members only, whatever their role.
        strategy, skill_fallback: whom a ticket is dealt to by itself.
        keep_with_last_agent: a customer's ticket goes to who has, or had, his last one.
        calendar_id: when its members work who have no hours of their own; empty is always.
    """

    id: str
    name: str
    mailbox_id: str
    sla_policy_id: str = ""
    escalates_to: str = ""
    confidential: bool = False
    strategy: Strategy = Strategy.ROUND_ROBIN
    skill_fallback: SkillFallback = SkillFallback.QUEUE
    keep_with_last_agent: bool = False
    calendar_id: str = ""

    @property
    def deals(self) -> bool:
        """Whether its tickets find their agents by themselves."""
        return self.strategy is not Strategy.MANUAL


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address of the desk and the department that answers it.

    Attributes:
        address: what replies leave from; its domain is verified with SES.
        aliases: other addresses of the same mailbox, among them existing ones that forward to it.
    """

    id: str
    address: str
    name: str
    department_id: str
    aliases: tuple[str, ...] = ()

    @property
    def addresses(self) -> tuple[str, ...]:
        """Every address that is this mailbox."""
        return (self.address, *self.aliases)


@dataclass(frozen=True, slots=True)
class Topic:
    """What a customer can choose in the form, and which department it leads to.

    Attributes:
        names, hints: by language; the first of the desk's languages is the fallback.
        type_id: of the tickets that it leads to; may be empty.
    """

    id: str
    department_id: str
    names: Mapping[str, str]
    hints: Mapping[str, str] = field(default_factory=dict)
    priority: Priority = Priority.NORMAL
    position: int = 0
    type_id: str = ""


@dataclass(frozen=True, slots=True)
class Agent:
    """A person who works at the desk.

    Attributes:
        subject: the ``sub`` claim by which the sign-in knows this person.
        capacity: what may wait for this agent at the same time, in weights of tickets.
        languages: in which he answers; empty is any.
        skills: topics that he knows.
        calendar_id: his working hours; empty for those of the department.
        hidden_departments: the confidential ones that he is no member of; the desk fills it in.
        scopes: what a program may do by its key; None for a person, whose role says it.
    """

    id: str
    name: str
    email: str
    role: Role
    departments: frozenset[str]
    subject: str = ""
    capacity: int = 10
    is_active: bool = True
    language: str = "en"
    notices: Mapping[NoticeKind, tuple[NoticeChannel, ...]] = field(
        default_factory=lambda: DEFAULT_NOTICES
    )
    hidden_departments: frozenset[str] = frozenset()
    quiet_hours: QuietHours | None = None
    languages: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    calendar_id: str = ""
    scopes: frozenset[Scope] | None = None

    @property
    def is_person(self) -> bool:
        """Whether a ticket can be his; a key owns none."""
        return self.scopes is None


@dataclass(frozen=True, slots=True)
class Desk:
    """The whole set-up, by id."""

    profile: DeskProfile = field(default_factory=DeskProfile)
    departments: Mapping[str, Department] = field(default_factory=dict)
    mailboxes: Mapping[str, Mailbox] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    agents: Mapping[str, Agent] = field(default_factory=dict)
    calendars: Mapping[str, BusinessCalendar] = field(default_factory=dict)
    sla_policies: Mapping[str, SLAPolicy] = field(default_factory=dict)
    mail_rules: MailRules = field(default_factory=MailRules)
    blocked_senders: Mapping[str, BlockedSender] = field(default_factory=dict)
    time_rules: Mapping[str, TimeRule] = field(default_factory=dict)
    ticket_rules: TicketRules = field(default_factory=TicketRules)
    satisfaction_rules: SatisfactionRules = field(default_factory=SatisfactionRules)
    assignment_rules: AssignmentRules = field(default_factory=AssignmentRules)
    status_labels: Mapping[str, StatusLabel] = field(default_factory=dict)
    organisations: Mapping[str, Organisation] = field(default_factory=dict)
    fields: Mapping[str, CustomField] = field(default_factory=dict)
    ticket_types: Mapping[str, TicketType] = field(default_factory=dict)
    event_rules: Mapping[str, EventRule] = field(default_factory=dict)
    webhooks: Mapping[str, Webhook] = field(default_factory=dict)
    macros: Mapping[str, Macro] = field(default_factory=dict)
    views: Mapping[str, SavedView] = field(default_factory=dict)
    view_states: Mapping[str, ViewState] = field(default_factory=dict)
    api_keys: Mapping[str, ApiKey] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Let every agent know which departments are not there for him."""
        secret = frozenset(d.id for d in self.departments.values() if d.confidential)
        agents = {
            agent.id: replace(agent, hidden_departments=secret - agent.departments)
            for agent in self.agents.values()
        }
        object.__setattr__(self, "agents", agents)

    def is_confidential(self, department_id: str) -> bool:
        """Whether only members may know of this department."""
        known = self.departments.get(department_id)
        return known is not None and known.confidential

    def mailbox_at(self, address: str) -> Mailbox | None:
        """The mailbox with this address; plus-tags and case do not matter.

        >>> desk = Desk(mailboxes={"m": Mailbox("m", "help@desk.test", "Help", "d")})
        >>> desk.mailbox_at("Help+abc@desk.test").id
        'm'
        """
        wanted = without_tag(address)
        return next((box for box in self.mailboxes.values() if wanted in box.addresses), None)

    def agent_by_subject(self, subject: str) -> Agent | None:
        """The active agent whom the sign-in knows by this subject; nobody by an empty one."""
        found = (a for a in self.agents.values() if subject and a.subject == subject)
        return next((agent for agent in found if agent.is_active), None)

    def agent_by_email(self, address: str) -> Agent | None:
        """The active agent with this address."""
        wanted = address.casefold()
        found = (agent for agent in self.agents.values() if agent.email.casefold() == wanted)
        return next((agent for agent in found if agent.is_active), None)

    def members(self, department_id: str) -> tuple[Agent, ...]:
        """Active agents who answer tickets of a department, by id."""
        answering = (Role.AGENT, Role.SUPERVISOR)
        return tuple(
            agent
            for _, agent in sorted(self.agents.items())
            if agent.is_active and department_id in agent.departments and agent.role in answering
        )

    def administrators(self) -> tuple[Agent, ...]:
        """Active agents who set up the desk, by id."""
        active = (agent for _, agent in sorted(self.agents.items()) if agent.is_active)
        return tuple(agent for agent in active if agent.role is Role.ADMINISTRATOR)

    def supervisors(self, department_id: str) -> tuple[Agent, ...]:
        """Who is told when a department breaks a promise; administrators where nobody is set.

        Of a confidential department only those who are members of it, else all its members.
        """
        active = [agent for _, agent in sorted(self.agents.items()) if agent.is_active]
        seeing = [agent for agent in active if department_id not in agent.hidden_departments]
        named = [a for a in seeing if a.role is Role.SUPERVISOR and department_id in a.departments]
        others = [agent for agent in seeing if agent.role is Role.ADMINISTRATOR]
        return tuple(named or others) or self.members(department_id)

    def is_own_address(self, address: str) -> bool:
        """Whether a mailbox of this desk has the address: such a sender is a loop."""
        return self.mailbox_at(address) is not None

    def default_mailbox(self) -> Mailbox:
        """Where mail goes that names no mailbox of ours: the catch-all, else the first by id.

        Raises:
            InvalidSetting: the desk has no mailbox at all.
        """
        if not self.mailboxes:
            raise InvalidSetting("mailboxes", words("The desk has no mailbox yet; add one."))
        chosen = self.mailboxes.get(self.mail_rules.catch_all_mailbox_id)
        return chosen or self.mailboxes[min(self.mailboxes)]

    def is_blocked(self, address: str) -> bool:
        """Whether mail from this address is kept out."""
        return any(blocked.matches(address) for blocked in self.blocked_senders.values())


def without_tag(address: str) -> str:
    """An address in lower case without its plus-tag (RFC 5233 sub-addressing).

    >>> without_tag("Support+t123@Desk.test")
    'support@desk.test'
    """
    local, _, domain = address.strip().lower().rpartition("@")
    return f"{local.partition('+')[0]}@{domain}"


def macros_applied(desk: Desk) -> Mapping[str, str]:
    """The macros that rules apply, each with the name of a rule that does."""
    rules: tuple[EventRule | TimeRule, ...] = (
        *desk.event_rules.values(), *desk.time_rules.values(),
    )  # fmt: skip
    return {
        step.value: rule.name
        for rule in rules
        for step in rule.steps
        if step.kind is StepKind.APPLY_MACRO
    }
