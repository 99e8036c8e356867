"""The set-up as it is written down: in a stage's YAML file, over the API, and in the table.

One pydantic model per kind; ``desk_from_documents`` makes the domain's ``Desk`` of them. Whether they fit
together is asked by ``settings_references.py``.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, EmailStr, Field, StringConstraints

from chalicelib.domain.assignment import AssignmentRules, SkillFallback, Strategy
from chalicelib.domain.desk import (
    DEFAULT_NOTICES,
    DEFAULT_PUBLIC_EVENTS,
    Agent,
    BlockedSender,
    Department,
    Desk,
    DeskProfile,
    Mailbox,
    MailRules,
    NoticeChannel,
    NoticeKind,
    PublicEvent,
    Role,
    Topic,
)
from chalicelib.domain.errors import InvalidSetting
from chalicelib.domain.quiet_hours import QuietHours
from chalicelib.domain.satisfaction import SatisfactionRules
from chalicelib.domain.set_up import TicketRules
from chalicelib.domain.ticket import Priority
from chalicelib.domain.tokens import MAX_MAILBOX_CHARACTERS
from chalicelib.domain.wording import words
from chalicelib.usecases.settings_assignment import (
    ASSIGNMENT_RULES_ID,
    AssignmentRulesDocument,
)
from chalicelib.usecases.settings_base import Document as _Document
from chalicelib.usecases.settings_base import Language, Name, SettingId
from chalicelib.usecases.settings_keys import API_KEYS, api_keys
from chalicelib.usecases.settings_promises import (
    CalendarDocument,
    SLAPolicyDocument,
    TimeRuleDocument,
)
from chalicelib.usecases.settings_rules import (
    EventRuleDocument,
    WebhookDocument,
)
from chalicelib.usecases.settings_tickets import (
    SATISFACTION_RULES_ID,
    TICKET_RULES_ID,
    FieldDocument,
    OrganisationDocument,
    SatisfactionRulesDocument,
    StatusLabelDocument,
    TicketRulesDocument,
    TicketTypeDocument,
)
from chalicelib.usecases.settings_views import (
    PERSONAL_VIEWS,
    SHARED_VIEWS,
    VIEW_STATES,
    SharedViewDocument,
    saved_views,
    state_of_document,
)

DESK_ID = "desk"
MAIL_RULES_ID = "mail"
_DOMAIN = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)+"


class DeskDocument(_Document):
    """The desk's name, colour and languages; there is one."""

    id: Literal["desk"] = "desk"
    name: Name
    accent: Annotated[str, StringConstraints(pattern=r"^#[0-9a-fA-F]{6}$")] = "#2f5bd0"
    languages: list[Language] = Field(default=["en"], min_length=1)
    logo_url: Annotated[str, StringConstraints(pattern=r"^(https://[^\s\"'<>]{1,500})?$")] = ""

    def to_domain(self) -> DeskProfile:
        return DeskProfile(self.id, self.name, self.accent, tuple(self.languages), self.logo_url)


class MailRulesDocument(_Document):
    """How mail is dealt with; there is one."""

    id: Literal["mail"] = "mail"
    undo_seconds: int = Field(default=10, ge=0, le=120)
    public_events: list[PublicEvent] = Field(default=sorted(DEFAULT_PUBLIC_EVENTS))
    catch_all_mailbox_id: SettingId | Literal[""] = ""
    tickets_per_hour: int = Field(default=20, ge=1, le=10_000)
    tickets_per_hour_authenticated: int = Field(default=200, ge=1, le=100_000)
    copies_per_hour: int = Field(default=5, ge=1, le=1_000)

    def to_domain(self) -> MailRules:
        fields = self.model_dump(exclude={"id", "public_events"})
        return MailRules(public_events=frozenset(self.public_events), **fields)


class BlockedSenderDocument(_Document):
    """An address, or ``@`` and a domain, whose mail is kept out."""

    pattern: Annotated[str, StringConstraints(max_length=320)]
    reason: str = Field(default="", max_length=500)

    def to_domain(self) -> BlockedSender:
        if not re.fullmatch(rf"[^@\s]*@{_DOMAIN}", self.pattern):
            how = words(
                "Give an address like name@example.com, or @example.com for a whole domain."
            )
            raise InvalidSetting("pattern", how)
        return BlockedSender(self.id, self.pattern.lower(), self.reason)


class DepartmentDocument(_Document):
    """A team; ``sla_policy_id`` empty means no promises."""

    name: Name
    mailbox_id: SettingId
    sla_policy_id: SettingId | Literal[""] = ""
    escalates_to: SettingId | Literal[""] = ""
    confidential: bool = False
    strategy: Strategy = Strategy.ROUND_ROBIN
    skill_fallback: SkillFallback = SkillFallback.QUEUE
    keep_with_last_agent: bool = False
    calendar_id: SettingId | Literal[""] = ""

    def to_domain(self) -> Department:
        return Department(**self.model_dump())


class MailboxDocument(_Document):
    """An address of the desk. Its local part is short, for a signed token follows it.

    Aliases are other addresses of it, on this domain or elsewhere and forwarded to it; replies
    leave from ``address``.
    """

    address: EmailStr
    name: Name
    department_id: SettingId
    aliases: list[EmailStr] = Field(default=[], max_length=50)

    def to_domain(self) -> Mailbox:
        address = self.address.lower()
        local = address.partition("@")[0]
        if len(local) > MAX_MAILBOX_CHARACTERS:
            most = words("Use at most {most} characters before the @.", most=MAX_MAILBOX_CHARACTERS)
            raise InvalidSetting("address", most)
        if "+" in local:
            raise InvalidSetting(
                "address", words("Leave out the plus sign: it carries our own token.")
            )
        aliases = tuple(dict.fromkeys(alias.lower() for alias in self.aliases))
        if any("+" in alias.partition("@")[0] for alias in aliases):
            how = words(
                "Leave out what follows the plus sign: an alias holds for every such address."
            )
            raise InvalidSetting("aliases", how)
        return Mailbox(self.id, address, self.name, self.department_id, aliases)


class TopicDocument(_Document):
    """A choice in the form; names and hints by language."""

    department_id: SettingId
    names: dict[Language, Name] = Field(min_length=1)
    hints: dict[Language, Name] = Field(default={})
    priority: Priority = Priority.NORMAL
    position: int = Field(default=0, ge=0, le=1000)
    type_id: SettingId | Literal[""] = ""

    def to_domain(self) -> Topic:
        names = {str(language): name for language, name in self.names.items()}
        hints = {str(language): hint for language, hint in self.hints.items()}
        return Topic(
            self.id, self.department_id, names, hints, self.priority, self.position, self.type_id
        )


class QuietHoursDocument(BaseModel):
    """When an agent is not mailed, every day, by his own wall clock."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True, defer_build=True)

    starts: time
    ends: time
    time_zone: str = Field(max_length=64)
    urgent_passes: bool = True

    def to_domain(self) -> QuietHours:
        return QuietHours(self.starts, self.ends, self.time_zone, self.urgent_passes)


class AgentDocument(_Document):
    """A person who works here. ``subject`` is filled in by the sign-in when left out."""

    name: Name
    email: EmailStr
    role: Role = Role.AGENT
    departments: list[SettingId] = Field(default=[])
    subject: str = Field(default="", max_length=255)
    capacity: int = Field(default=10, ge=0, le=1000)
    is_active: bool = True
    language: Language = "en"
    notices: dict[NoticeKind, list[NoticeChannel]] = Field(default={})
    quiet_hours: QuietHoursDocument | None = None
    languages: list[Language] = Field(default=[])
    skills: list[SettingId] = Field(default=[], max_length=200)
    calendar_id: SettingId | Literal[""] = ""

    def to_domain(self) -> Agent:
        chosen = {kind: tuple(channels) for kind, channels in self.notices.items()}
        return Agent(
            id=self.id,
            name=self.name,
            email=self.email,
            role=self.role,
            departments=frozenset(self.departments),
            subject=self.subject,
            capacity=self.capacity,
            is_active=self.is_active,
            language=self.language,
            notices={**DEFAULT_NOTICES, **chosen},
            quiet_hours=self.quiet_hours.to_domain() if self.quiet_hours else None,
            languages=tuple(str(language) for language in self.languages),
            skills=frozenset(self.skills),
            calendar_id=self.calendar_id,
        )


KINDS: dict[str, type[_Document]] = {
    "desk": DeskDocument,
    "mail_rules": MailRulesDocument,
    "blocked_senders": BlockedSenderDocument,
    "calendars": CalendarDocument,
    "sla_policies": SLAPolicyDocument,
    "mailboxes": MailboxDocument,
    "departments": DepartmentDocument,
    "topics": TopicDocument,
    "agents": AgentDocument,
    "time_rules": TimeRuleDocument,
    "ticket_rules": TicketRulesDocument,
    "satisfaction_rules": SatisfactionRulesDocument,
    "assignment_rules": AssignmentRulesDocument,
    "status_labels": StatusLabelDocument,
    "organisations": OrganisationDocument,
    "fields": FieldDocument,
    "ticket_types": TicketTypeDocument,
    "event_rules": EventRuleDocument,
    "webhooks": WebhookDocument,
    SHARED_VIEWS: SharedViewDocument,
}

Documents = Mapping[str, Iterable[Mapping[str, Any]]]


def desk_from_documents(documents: Documents) -> Desk:
    """The set-up that these documents describe, without asking whether they fit together.

    Raises:
        InvalidSetting: a document says something that cannot be.
    """

    def of(kind: str) -> dict[str, Any]:
        model: Any = KINDS[kind]
        parsed = (model.model_validate(document) for document in documents.get(kind, ()))
        return {document.id: document.to_domain() for document in parsed}

    profiles, rules, life = of("desk"), of("mail_rules"), of("ticket_rules")
    return Desk(
        profile=profiles.get(DESK_ID, DeskProfile()),
        departments=of("departments"),
        mailboxes=of("mailboxes"),
        topics=of("topics"),
        agents=of("agents"),
        calendars=of("calendars"),
        sla_policies=of("sla_policies"),
        mail_rules=rules.get(MAIL_RULES_ID, MailRules()),
        blocked_senders=of("blocked_senders"),
        time_rules=of("time_rules"),
        ticket_rules=life.get(TICKET_RULES_ID, TicketRules()),
        satisfaction_rules=of("satisfaction_rules").get(SATISFACTION_RULES_ID, SatisfactionRules()),
        assignment_rules=of("assignment_rules").get(ASSIGNMENT_RULES_ID, AssignmentRules()),
        status_labels=of("status_labels"),
        organisations=of("organisations"),
        fields=of("fields"),
        ticket_types=of("ticket_types"),
        event_rules=of("event_rules"),
        webhooks=of("webhooks"),
        views=saved_views(documents.get(SHARED_VIEWS, ()), documents.get(PERSONAL_VIEWS, ())),
        api_keys=api_keys(documents.get(API_KEYS, ())),
        view_states={
            state.id: state for state in map(state_of_document, documents.get(VIEW_STATES, ()))
        },
    )
