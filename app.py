"""Every Lambda trigger of Chamado: one decorated function each, whose body is one call.

No logic lives here. Chalice reads this file to know which functions exist; the route blueprints
and the authorizer are registered at the end. A function loads what is its own and nothing of the
others, while it starts: see ``chalicelib/cold_start.py``.
"""

from importlib import import_module
from typing import Any

from chalice.app import Chalice, DynamoDBEvent, LambdaFunctionEvent, Rate, SQSEvent

from chalicelib import cold_start
from chalicelib.settings import settings, trigger_sources
from chalicelib.structured_logs import configure_logging

configure_logging(settings().log_level)
app = Chalice(app_name="chamado")
sources = trigger_sources()


@app.on_sqs_message(queue_arn=sources.inbound_mail_queue_arn, batch_size=10)
def inbound_mail(event: SQSEvent) -> Any:
    """A mail that SES stored and announced becomes a ticket or a message."""
    return import_module("chalicelib.inbound_mail.handler").handle(event.to_dict())


@app.on_dynamodb_record(
    stream_arn=sources.table_stream_arn, batch_size=100, starting_position="TRIM_HORIZON"
)
def dispatch(event: DynamoDBEvent) -> Any:
    """The table's stream becomes jobs."""
    return import_module("chalicelib.streams.dispatch").handle(event.to_dict())


@app.on_sqs_message(queue_arn=sources.assignment_queue_arn, batch_size=10)
def assign(event: SQSEvent) -> Any:
    """An unassigned ticket finds its agent."""
    return import_module("chalicelib.workers.assignment").handle(event.to_dict())


@app.on_sqs_message(queue_arn=sources.notification_queue_arn, batch_size=10)
def notify(event: SQSEvent) -> Any:
    """Mails and in-app notices leave the desk."""
    return import_module("chalicelib.workers.notification").handle(event.to_dict())


@app.on_sqs_message(queue_arn=sources.projection_queue_arn, batch_size=10)
def project(event: SQSEvent) -> Any:
    """A changed ticket moves its rows in the views."""
    return import_module("chalicelib.workers.projection").handle(event.to_dict())


@app.on_sqs_message(queue_arn=sources.timers_queue_arn, batch_size=10)
def wake(event: SQSEvent) -> Any:
    """A ticket whose time has come decides again."""
    return import_module("chalicelib.workers.timers").handle(event.to_dict())


@app.on_sqs_message(queue_arn=sources.mail_events_queue_arn, batch_size=10)
def mail_events(event: SQSEvent) -> Any:
    """SES tells what became of a mail that left."""
    return import_module("chalicelib.workers.mail_events").handle(event.to_dict())


@app.schedule(Rate(1, unit=Rate.MINUTES))
def sweep(event: LambdaFunctionEvent) -> Any:  # noqa: ARG001 - the schedule says nothing but "now"
    """Once a minute: tickets that are due are handed to the timers."""
    return import_module("chalicelib.sweeps.due_tickets").handle()


@app.schedule(Rate(15, unit=Rate.MINUTES))
def reconcile(event: LambdaFunctionEvent) -> Any:  # noqa: ARG001 - as above
    """Four times an hour: stored mails that nothing was heard of are queued again."""
    return import_module("chalicelib.sweeps.stored_mails").handle()


with cold_start.without_collecting():
    if cold_start.serves_http(settings().function):
        import_module("chalicelib.routes").register_routes(app)
    cold_start.load(settings().function)
    cold_start.connect(settings().function)
