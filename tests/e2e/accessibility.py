"""What axe says of a page, as text that names the fault."""

from collections.abc import Sequence
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Look = tuple[int, Literal["light", "dark"]]
EVERY_LOOK: Sequence[Look] = ((1440, "light"), (1440, "dark"), (390, "dark"), (390, "light"))


def faults_in_every_look(page: Page, looks: Sequence[Look] = EVERY_LOOK) -> list[str]:
    """Each fault in each width and colour of a page that is open, and each width it does not fit."""
    faults = []
    for width, scheme in looks:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        faults += [f"{width} px, {scheme}: {fault}" for fault in faults_of(page)]
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            faults.append(f"{width} px, {scheme}: wider than the window")
    return faults


def faults_of(page: Page) -> list[str]:
    """Each violation with the first elements that have it; empty for a clean page."""
    found = Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{violation['id']}: {violation['help']} {[n['target'] for n in violation['nodes'][:3]]}"
        for violation in found.response["violations"]
    ]
