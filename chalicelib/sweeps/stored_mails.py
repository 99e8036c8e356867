"""Every quarter of an hour: stored mails that nothing was heard of are queued again."""

import logging

from chalicelib import bootstrap
from chalicelib.usecases.reconcile import sweep_stored_mails

log = logging.getLogger("chamado.reconcile")


def handle() -> None:
    """Entry of the ``reconcile`` function."""
    account = sweep_stored_mails(bootstrap.ports())
    said = {
        "mails": account.stored,
        "requeued": len(account.requeued),
        "waiting": len(account.waiting),
        "given_up": len(account.given_up),
        "settled_up_to": account.settled_up_to.isoformat(),
    }
    if account.given_up:
        log.error("mails given up", extra={**said, "keys": account.given_up[:20]})
    log.info("reconcile", extra=said)
