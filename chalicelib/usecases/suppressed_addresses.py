"""An administrator puts an address on the list of those that get no mail, or takes it off."""

from chalicelib.usecases.ports import Ports, SuppressedAddress, SuppressionReason


def suppress_by_hand(ports: Ports, address: str, note: str) -> None:
    """From now on nothing goes to this address. Safe to repeat; who is on the list stays as he is.

    Args:
        note: why, for whoever reads the list later.
    """
    now = ports.clock.now()
    manual = SuppressionReason.MANUAL
    ports.suppressions.suppress(SuppressedAddress(address, manual, now, detail=note), "")


def allow_again(ports: Ports, address: str) -> None:
    """Mail goes to this address again, from this desk and by SES.

    SES keeps a list of its own for the whole account, and would silently drop what we send; it is
    asked first, so that an address which is off our list can really be reached. Safe to repeat.

    Raises:
        NotFound: the address is not on our list.
        Unavailable: SES does not answer; nothing changed.
    """
    ports.mail_sender.forgive(address)
    ports.suppressions.remove(address)
