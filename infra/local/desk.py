"""The whole desk on this machine, as an object: ``make run`` and the browser tests use it.

with local_desk(profile) as desk:
    httpx.get(desk.desk_url)
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from infra.console_files import upload_console
from infra.local import aws, toolchain
from infra.local.console_build import ConsoleBuild
from infra.local.deploy import deploy_core
from infra.local.dev_mail import DevMailContext, DevMailServer
from infra.local.earlier_start import end_earlier_start
from infra.local.emulator import Emulator
from infra.local.failures import LocalRunError
from infra.local.fingerprint import fingerprint, is_current
from infra.local.mail_servers import Bridge, Sink, serve
from infra.local.mail_store import MailStore
from infra.local.ports import check_ports, free_port
from infra.local.profile import ROOT, Profile
from infra.local.steps import Steps
from infra.seed import DEMO_PASSWORD, load_document
from infra.stage import LOCAL, stage_from_answers

STAGE = stage_from_answers(LOCAL)
DOMAIN = STAGE.domain
STAGE_FILE = ROOT / "infra" / "stages" / "local.yaml"
LINES_SHOWN = 4


@dataclass
class LocalDesk:
    """A running desk. ``outputs`` are those of the core stack."""

    profile: Profile
    outputs: dict[str, str]
    mails: MailStore
    _parts: ExitStack = field(repr=False)
    _emulator: Emulator = field(repr=False)
    _clients: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def desk_url(self) -> str:
        """The desk's address, without a slash at the end."""
        return self.profile.desk_url

    @property
    def dev_mail_url(self) -> str:
        """The page of mails; ``.json`` behind it gives them as data, newest first."""
        return f"{self.desk_url}/dev/mail"

    @property
    def smtp_port(self) -> int:
        """Where mail to the desk is taken, on loopback."""
        return self.profile.smtp_port

    @property
    def is_alive(self) -> bool:
        """Whether the emulator still runs."""
        return self._emulator.is_alive

    @property
    def sign_ins(self) -> dict[str, str]:
        """Role to address of the first demo agent who has it; the password is one for all."""
        agents = load_document(STAGE_FILE)["agents"]
        return {agent["role"]: agent["email"] for agent in reversed(agents)}

    @property
    def password(self) -> str:
        """Every demo agent's password."""
        return DEMO_PASSWORD

    def client(self, service: str) -> Any:
        """A boto3 client of the emulator, as its administrator; one for each service."""
        if service not in self._clients:
            self._clients[service] = aws.client(self.profile, service)
        return self._clients[service]

    def run_sweep(self) -> None:
        """Do now what the schedule does each minute."""
        payload = {"source": "aws.events", "detail-type": "Scheduled Event", "detail": {}}
        answer = self.client("lambda").invoke(
            FunctionName=self.outputs["SweepFunction"],
            Payload=json.dumps(_scheduled(payload)).encode(),
        )
        if answer.get("FunctionError"):
            raise LocalRunError(answer["Payload"].read().decode())

    def log_tail(self) -> str:
        """The last lines that the emulator and its functions wrote."""
        return self._emulator.log_tail()

    def stop(self) -> None:
        """Stop everything that was started. Twice does no harm."""
        self._parts.close()


def _scheduled(payload: dict[str, Any]) -> dict[str, Any]:
    empty = {"version": "0", "id": "0", "account": aws.ACCOUNT, "time": "", "resources": []}
    return {**empty, "region": aws.REGION, **payload}


def start(profile: Profile, *, fresh: bool = False, steps: Steps | None = None) -> LocalDesk:
    """Start the desk and return when it answers.

    Raises:
        LocalRunError: something is missing or in the way; nothing is left running.
    """
    steps = steps or Steps()
    _clear_the_way(profile, fresh=fresh)
    check_ports(profile)
    parts = ExitStack()
    try:
        # Beside the rest, for it mostly waits for the network; its end is awaited further down.
        console = ConsoleBuild()
        parts.callback(console.stop)
        with steps.step("Emulator: installing if needed"):
            python = toolchain.ensure_emulator()
        mails = MailStore(profile.mails)
        emulator = _start_emulator(profile, python, mails, parts, steps)
        with (
            steps.step("Infrastructure: synthesising if sources changed"),
            toolchain.only_one_builder("assembly"),
        ):
            assembly = toolchain.ensure_assembly()
        with steps.step("Console: building if its sources changed"):
            console.wait()
        outputs = _deploy(profile, assembly, steps)
        _start_bridge(profile, outputs, parts)
    except BaseException:
        parts.close()
        raise
    return LocalDesk(profile, outputs, mails, parts, emulator)


@contextmanager
def local_desk(profile: Profile, *, fresh: bool = False) -> Iterator[LocalDesk]:
    """The desk for the length of a ``with`` block."""
    desk = start(profile, fresh=fresh)
    try:
        yield desk
    finally:
        desk.stop()


def _clear_the_way(profile: Profile, *, fresh: bool) -> None:
    end_earlier_start(profile)
    if fresh:
        shutil.rmtree(profile.folder, ignore_errors=True)
    profile.folder.mkdir(parents=True, exist_ok=True)


def _start_emulator(
    profile: Profile, python: Path, mails: MailStore, parts: ExitStack, steps: Steps
) -> Emulator:
    sink_port = free_port()
    sink = serve(Sink(mails), sink_port)
    parts.callback(sink.stop)
    addresses = tuple(box["address"] for box in load_document(STAGE_FILE)["mailboxes"])
    page = DevMailServer(DevMailContext(mails, profile.smtp_port, profile.desk_port, addresses))
    parts.callback(page.stop)
    emulator = Emulator(profile, python, toolchain.node_folder())
    with steps.step("Emulator: starting"):
        # Pushed first: a start that fails half-way must not leave a process.
        parts.callback(emulator.stop)
        emulator.start(dev_mail_url=page.url, sink_port=sink_port)
    return emulator


def _deploy(profile: Profile, assembly: Path, steps: Steps) -> dict[str, str]:
    with steps.step("Infrastructure: deploying into the emulator"):
        outputs = deploy_core(profile, assembly)
        label = outputs["DistributionDomain"].split(".")[0]
        (profile.folder / "cdn-label").write_text(label)
        _let_desk_send(profile, outputs)
    with steps.step("Console: uploading"):
        _upload_console(profile, outputs["ConsoleBucket"])
    with steps.step("Demo set-up: departments, mailboxes, agents"):
        _seed(profile, outputs["TableName"])
    return outputs


def _let_desk_send(profile: Profile, outputs: dict[str, str]) -> None:
    """What the mail stack does in AWS: a verified domain whose bounces reach the queue."""
    ses = aws.client(profile, "ses")
    ses.verify_domain_identity(Domain=DOMAIN)
    sns = aws.client(profile, "sns")
    topic = sns.create_topic(Name="chamado-local-mail-events")["TopicArn"]
    sns.subscribe(
        TopicArn=topic,
        Protocol="sqs",
        Endpoint=outputs["MailEventsQueueArn"],
        Attributes={"RawMessageDelivery": "true"},
    )
    for kind in ("Bounce", "Complaint", "Delivery"):
        ses.set_identity_notification_topic(Identity=DOMAIN, NotificationType=kind, SnsTopic=topic)


def _upload_console(profile: Profile, bucket: str) -> None:
    wanted = fingerprint([toolchain.CONSOLE_DIST / "index.html"], bucket)
    stamp = profile.folder / "console.sha256"
    if not is_current(stamp, wanted):
        upload_console(aws.client(profile, "s3"), bucket, toolchain.CONSOLE_DIST)
        stamp.write_text(wanted)


def _seed(profile: Profile, table_name: str) -> None:
    """Seed a new desk, or one whose file changed; what was edited in the console stays."""
    wanted = fingerprint([STAGE_FILE], table_name)
    stamp = profile.folder / "seed.sha256"
    if is_current(stamp, wanted):
        return
    done = subprocess.run(
        [sys.executable, "-m", "infra.seed", "--stage", "local"],
        cwd=ROOT,
        env=os.environ | aws.environment(profile),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-LINES_SHOWN:]
        message = "\n".join(["The demo set-up could not be loaded:", *said])
        raise LocalRunError(message)
    stamp.write_text(wanted)


def _start_bridge(profile: Profile, outputs: dict[str, str], parts: ExitStack) -> None:
    bridge = Bridge(
        s3=aws.client(profile, "s3"),
        sqs=aws.client(profile, "sqs"),
        bucket=outputs["RawMailBucket"],
        queue_url=outputs["InboundMailQueueUrl"],
        domains=(DOMAIN, STAGE.reply_domain),
    )
    server = serve(bridge, profile.smtp_port)
    parts.callback(server.stop)
