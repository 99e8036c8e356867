"""What travels on SQS: one model per job, versioned, small, and safe to receive twice.

A body that an older release queued must still be read: fields are only ever added, with defaults.
"""

from chalicelib.usecases.jobs.assignment import (
    ASSIGNMENT_JOBS,
    AssignmentJob,
    AssignTicket,
    FillAgent,
    FillDepartment,
)
from chalicelib.usecases.jobs.base import (
    ASSIGNMENT,
    FAILED_RECORDS,
    INBOUND_MAIL,
    NOTIFICATION,
    PROJECTION,
    TIMERS,
    Job,
)
from chalicelib.usecases.jobs.mail import LetInMail, StoredMailPlace, TakeStoredMail
from chalicelib.usecases.jobs.notification import (
    NOTIFICATION_JOBS,
    NotificationJob,
    RegroupTickets,
    SendDigest,
    SendForwardingCheck,
    SendLinks,
    TellMembers,
    TellOfEvent,
)
from chalicelib.usecases.jobs.records import FailedRecord, ProjectTicket
from chalicelib.usecases.jobs.timers import (
    TIMER_JOBS,
    ArrangeView,
    BuildView,
    CallWebhook,
    CountUse,
    KeepBreaches,
    RefreshTickets,
    ReleaseTickets,
    SendScheduledReply,
    TimerJob,
    WakeTicket,
)

__all__ = [
    "ASSIGNMENT",
    "ASSIGNMENT_JOBS",
    "FAILED_RECORDS",
    "INBOUND_MAIL",
    "NOTIFICATION",
    "NOTIFICATION_JOBS",
    "PROJECTION",
    "TIMERS",
    "TIMER_JOBS",
    "ArrangeView",
    "AssignTicket",
    "AssignmentJob",
    "BuildView",
    "CallWebhook",
    "CountUse",
    "FailedRecord",
    "FillAgent",
    "FillDepartment",
    "Job",
    "KeepBreaches",
    "LetInMail",
    "NotificationJob",
    "ProjectTicket",
    "RefreshTickets",
    "RegroupTickets",
    "ReleaseTickets",
    "SendDigest",
    "SendForwardingCheck",
    "SendLinks",
    "SendScheduledReply",
    "StoredMailPlace",
    "TakeStoredMail",
    "TellMembers",
    "TellOfEvent",
    "TimerJob",
    "WakeTicket",
]
