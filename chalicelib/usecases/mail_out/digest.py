"""Once an hour, one mail with what an agent has not read yet; for those who chose it."""

from collections.abc import Mapping
from datetime import datetime

from chalicelib.domain.desk import Agent, Desk, NoticeChannel
from chalicelib.domain.digest import QUEUED_WITHIN, gathered, hour_of
from chalicelib.domain.errors import InvalidLink, LostRace, NotFound, StaleSetting
from chalicelib.domain.letter import Letter, LetterKind, LetterNotice
from chalicelib.domain.tokens import read_signed_text, sign_text
from chalicelib.usecases.jobs import SendDigest
from chalicelib.usecases.mail_out.letters import own_id
from chalicelib.usecases.mail_out.sending import Outgoing, send_once
from chalicelib.usecases.ports import Notice, Ports
from chalicelib.usecases.visible_tickets import hidden_among

_PURPOSE = "digest"
_LOOKED_AT = 50
_ATTEMPTS = 3


def queue_digests(ports: Ports) -> int:
    """Ask for the digests of the last hour, in the first minutes of the next; gives how many.

    Asked again, the queue and the ledger make them one. Reads nothing but the set-up.
    """
    now = ports.clock.now()
    hour = hour_of(now)
    if now - hour >= QUEUED_WITHIN:
        return 0
    agents = sorted(ports.settings.desk().agents.items())
    wanted = [agent_id for agent_id, agent in agents if gathered(agent, hour)]
    ports.jobs.send([SendDigest(agent_id=agent_id, hour=hour.isoformat()) for agent_id in wanted])
    return len(wanted)


def send_digest(ports: Ports, job: SendDigest) -> None:
    """Mail an agent what he has not read, when something came within the hour, or in quiet hours.

    What is older stands in it too, but alone it is no reason for a mail: he was told of it before.

    Raises:
        Throttled, Unavailable, LostRace: not now; the job comes again.
    """
    desk = ports.settings.desk()
    agent = desk.agents.get(job.agent_id)
    hour = datetime.fromisoformat(job.hour)
    of_hour = gathered(agent, hour) if agent else None
    if agent is None or of_hour is None:
        return
    mail = Outgoing(f"digest:{agent.id}:{hour:%Y%m%dT%H}", agent.email, hour)

    def letter() -> Letter | None:
        found, _ = ports.notices.list_by_agent(agent.id, limit=_LOOKED_AT, cursor="")
        # What came after the hour is the next digest's, or it would be told of twice.
        until = [one for one in found if not one.read and one.at < hour]
        wanted = [one for one in until if one.number and one.kind in of_hour.kinds]
        hidden = hidden_among(ports, agent, (one.number for one in wanted))
        unread = [one for one in wanted if one.number not in hidden]
        is_new = any(notice.at >= of_hour.since for notice in unread)
        return _letter(ports, desk, agent, mail.key, unread) if is_new else None

    send_once(ports, mail, letter)


def who_leaves_digest(ports: Ports, token: str) -> Agent:
    """Whose digests a link turns off; changes nothing.

    Raises:
        InvalidLink: it is not one that we made, or the agent is gone.
    """
    agent_id = read_signed_text(_PURPOSE, token, ports.secrets.keyring())
    agent = ports.settings.desk().agents.get(agent_id)
    if agent is None:
        raise InvalidLink
    return agent


def stop_digest(ports: Ports, token: str) -> Agent:
    """This agent gets no more digests; he is still told in the console. Safe to repeat.

    Raises:
        InvalidLink: as in ``who_leaves_digest``.
        LostRace: others changed the same agent every time.
    """
    agent = who_leaves_digest(ports, token)
    for _ in range(_ATTEMPTS):
        try:
            document, version = ports.settings.document("agents", agent.id)
            without = _without_digest(document)
            if without != document:
                ports.settings.save("agents", agent.id, without, based_on=version)
        except StaleSetting:
            continue
        except NotFound as error:
            raise InvalidLink from error
        return agent
    raise LostRace


def _without_digest(document: Mapping[str, object]) -> dict[str, object]:
    notices = document.get("notices")
    if not isinstance(notices, Mapping):
        return dict(document)
    in_app, digest = str(NoticeChannel.IN_APP), str(NoticeChannel.DIGEST)
    left = {
        kind: [in_app, *(c for c in ways if c not in (digest, in_app))] if digest in ways else ways
        for kind, ways in notices.items()
    }
    return {**document, "notices": left}


def _letter(ports: Ports, desk: Desk, agent: Agent, key: str, unread: list[Notice]) -> Letter:
    box = desk.default_mailbox()
    # What only waited for the end of quiet hours is no digest that he could turn off.
    chosen = any(NoticeChannel.DIGEST in ways for ways in agent.notices.values())
    token = sign_text(_PURPOSE, agent.id, ports.secrets.keyring())
    return Letter(
        kind=LetterKind.AGENT_DIGEST,
        language=agent.language,
        desk=desk.profile,
        to_name=agent.name,
        to_address=agent.email,
        from_name=desk.profile.name,
        from_address=box.address,
        subject="",
        own_id=own_id(key, box),
        instance=ports.addresses.desk_url,
        page_url=ports.addresses.console(),
        unsubscribe_url=ports.addresses.digest_page(token) if chosen else "",
        notices=tuple(
            LetterNotice(
                notice.kind, notice.number, notice.subject,
                ports.addresses.console_ticket(notice.number),
            )
            for notice in unread
        ),
        facts={"count": str(len(unread))},
    )  # fmt: skip
