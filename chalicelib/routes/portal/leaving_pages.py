"""Where somebody leaves a request, or an agent his digests: by a button, or by his mail program.

A GET changes nothing, for scanners of mail follow every link. The POST is what a mail program sends
for one click (RFC 8058): without cookies, with a body that says only that it is one.
"""

from chalice.app import Response

from chalicelib.domain.desk import Agent
from chalicelib.routes.portal.rendering import html_page
from chalicelib.routes.portal.web import FORM_TYPE, Visit, page
from chalicelib.usecases.mail_out.digest import stop_digest, who_leaves_digest
from chalicelib.usecases.unfollow import Following, look_at_unfollow, unfollow

_ONE_CLICK_TYPES = (FORM_TYPE, "multipart/form-data")


@page("GET", "/u/{token}")
def leave_form(visit: Visit) -> Response:
    """Ask before anything happens."""
    return _shown(visit, look_at_unfollow(visit.ports, visit.path["token"]), left=False)


@page("POST", "/u/{token}", content_types=_ONE_CLICK_TYPES)
def leave(visit: Visit) -> Response:
    """Take part no more; whatever is posted, the token says it all."""
    return _shown(visit, unfollow(visit.ports, visit.path["token"]), left=True)


@page("GET", "/d/{token}")
def digest_form(visit: Visit) -> Response:
    """Ask before anything happens."""
    return _digest(visit, who_leaves_digest(visit.ports, visit.path["token"]), left=False)


@page("POST", "/d/{token}", content_types=_ONE_CLICK_TYPES)
def leave_digest(visit: Visit) -> Response:
    """No more digests for this agent; whatever is posted, the token says it all."""
    return _digest(visit, stop_digest(visit.ports, visit.path["token"]), left=True)


def _digest(visit: Visit, agent: Agent, *, left: bool) -> Response:
    address = f"/d/{visit.path['token']}"
    frame = visit.frame(language=visit.asked_language or agent.language)
    return html_page(frame, "leave_digest.html", address=address, left=left)


def _shown(visit: Visit, following: Following, *, left: bool) -> Response:
    token = visit.path["token"]
    visit.notes["ticket"] = following.number
    language = visit.asked_language or following.language
    return html_page(
        visit.frame(here="" if left else f"/u/{token}", language=language),
        "leave.html",
        number=following.number,
        address=f"/u/{token}",
        left=left,
    )
