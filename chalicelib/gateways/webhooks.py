"""Calls of other systems: https to public addresses only, whoever's name leads there.

The name is looked up once, every address that it stands for must be public, and the connection is
made to the address that was looked at: a name that changes in between leads nowhere else.

A host that did not answer is left alone for a minute by this container: a batch of timers has half a
minute for all its jobs, and the others must not wait behind one that is down.
"""

import http.client
import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlsplit

from chalicelib.usecases.ports import Delivered

_PORT = 443
_SECONDS = 4
_LEFT_ALONE_SECONDS = 60
_TOO_MANY, _TIMED_OUT = 429, 408

Resolve = Callable[[str], Sequence[str]]


def resolved(host: str) -> Sequence[str]:
    """The addresses that a name stands for."""
    found = socket.getaddrinfo(host, _PORT, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class HTTPSWebhooks:
    """Other systems, by https."""

    def __init__(
        self, resolve: Resolve = resolved, passed: Callable[[], float] = time.monotonic
    ) -> None:
        self._resolve = resolve
        self._passed = passed
        self._silent: dict[str, float] = {}

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
        """Send it once, to a public address only, following no redirection. Never raises."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        if parts.scheme != "https" or not host:
            return Delivered(0, "not_https", is_final=True)
        if self._passed() < self._silent.get(host, 0.0):
            return Delivered(0, "no_answer")
        said = self._asked(url, host, body, headers)
        if said.reason == "no_answer":
            self._silent[host] = self._passed() + _LEFT_ALONE_SECONDS
        return said

    def _asked(self, url: str, host: str, body: bytes, headers: Mapping[str, str]) -> Delivered:
        parts = urlsplit(url)
        try:
            addresses = self._resolve(host)
        except OSError:
            return Delivered(0, "unknown_host")
        if not addresses or not all(map(is_public, addresses)):
            return Delivered(0, "private_address", is_final=True)
        path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        connection = _To(host, addresses[0])
        try:
            connection.request("POST", path, body, dict(headers))
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return Delivered(0, "no_answer")
        finally:
            connection.close()
        # What was refused by the other side's own word is refused again.
        refused = 300 <= status < 500 and status not in (_TIMED_OUT, _TOO_MANY)
        return Delivered(status, is_final=refused)


def is_public(address: str) -> bool:
    """Whether an address is one of the internet, and none of ours or of the machine's.

    >>> is_public("169.254.169.254"), is_public("::ffff:10.0.0.1"), is_public("93.184.216.34")
    (False, False, True)
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(known, "ipv4_mapped", None)
    return (mapped or known).is_global and not (mapped or known).is_multicast


class _To(http.client.HTTPSConnection):
    """A connection to one address, with the certificate of the name."""

    def __init__(self, host: str, address: str) -> None:
        self._context_of_name = ssl.create_default_context()
        super().__init__(host, _PORT, timeout=_SECONDS, context=self._context_of_name)
        self._address = address

    def connect(self) -> None:
        raw = socket.create_connection((self._address, _PORT), _SECONDS)
        self.sock = self._context_of_name.wrap_socket(raw, server_hostname=self.host)
