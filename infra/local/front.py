"""The emulator with the desk's own port in front; runs in the emulator's virtual environment.

Started as a script and not as a module: the project must not be on the path, or the emulated
functions would import the work tree and not their package.
"""

import asyncio
import http.client
import os
import signal
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import ministack.app as emulator
from hypercorn.asyncio import serve
from hypercorn.config import Config
from mends import mend
from ministack.core.persistence import save_all

mend()

EMULATOR_PORT = int(os.environ["GATEWAY_PORT"])
DESK_PORT = int(os.environ["DESK_PORT"])
DEV_MAIL = urlsplit(os.environ["DEV_MAIL_URL"])
# The distribution's host label, written by the deployment; read per request, as it may change.
CDN_LABEL = Path(os.environ["CDN_LABEL_FILE"])
PARENT = int(os.environ["PARENT_PID"])
# Nought: at a stop only.
AUTOSAVE_SECONDS = float(os.environ["AUTOSAVE_SECONDS"])
PARENT_CHECK_SECONDS = 1
HOP_BY_HOP = {b"connection", b"keep-alive", b"transfer-encoding", b"content-length"}
REPLACED_BY_CDN = {b"host", b"x-forwarded-proto", b"x-forwarded-host"}

dirty = False


async def autosave() -> None:
    """Save what changed: the emulator itself saves at a clean stop only."""
    global dirty
    while AUTOSAVE_SECONDS:
        await asyncio.sleep(AUTOSAVE_SECONDS)
        if dirty:
            dirty = False
            save_all(emulator._build_persistence_save_dict())


async def stop_with_parent(stop: asyncio.Event) -> None:
    """End when the run that started us is gone, even if it was killed without a word."""
    while os.getppid() == PARENT:
        await asyncio.sleep(PARENT_CHECK_SECONDS)
    stop.set()


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Route by port: the desk's port to the distribution, the other to the emulator."""
    global dirty
    if scope["type"] == "http" and scope["server"][1] == DESK_PORT:
        dirty = True
        if scope["path"] == "/dev" or scope["path"].startswith("/dev/"):
            await pass_to_dev_mail(scope, receive, send)
            return
        scope = as_viewer_of_cdn(scope)
    elif scope["type"] != "lifespan":
        dirty = True
    await emulator.app(scope, receive, send)


def as_viewer_of_cdn(scope: dict[str, Any]) -> dict[str, Any]:
    """The request as the distribution would get it: its host name, over TLS."""
    label = CDN_LABEL.read_bytes().strip() if CDN_LABEL.exists() else b"none"
    given = dict(scope["headers"])
    kept = [(name, value) for name, value in scope["headers"] if name not in REPLACED_BY_CDN]
    headers = [
        (b"host", label + b".cloudfront.localhost"),
        *kept,
        (b"x-forwarded-proto", b"https"),
        (b"x-forwarded-host", given.get(b"host", b"")),
    ]
    return dict(scope, headers=headers)


async def pass_to_dev_mail(scope: dict[str, Any], receive: Any, send: Any) -> None:
    """Hand the request to the page of mails, which lives in the run's own process."""
    body = b""
    more = True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    status, headers, content = await asyncio.to_thread(ask_dev_mail, scope, body)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def ask_dev_mail(
    scope: dict[str, Any], body: bytes
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """One request to the page of mails."""
    query = scope["query_string"].decode()
    target = scope["path"] + (f"?{query}" if query else "")
    headers = {name.decode(): value.decode("latin-1") for name, value in scope["headers"]}
    connection = http.client.HTTPConnection(DEV_MAIL.hostname or "", DEV_MAIL.port, timeout=30)
    try:
        connection.request(scope["method"], target, body=body, headers=headers)
        answer = connection.getresponse()
        content = answer.read()
    except OSError as error:
        return 502, [(b"content-type", b"text/plain")], str(error).encode()
    finally:
        connection.close()
    passed = [(name.lower().encode(), value.encode()) for name, value in answer.getheaders()]
    return answer.status, [pair for pair in passed if pair[0] not in HOP_BY_HOP], content


async def main() -> None:
    """Serve both ports on loopback until told to stop."""
    config = Config()
    config.bind = [f"127.0.0.1:{EMULATOR_PORT}", f"127.0.0.1:{DESK_PORT}"]
    config.keep_alive_timeout = 75
    config.loglevel = "WARNING"
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stop.set)
    background = [
        loop.create_task(autosave()),
        loop.create_task(stop_with_parent(stop)),
    ]
    await serve(app, config, shutdown_trigger=stop.wait)
    for task in background:
        task.cancel()


if __name__ == "__main__":
    asyncio.run(main())
