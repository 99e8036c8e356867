"""What axe says of a page, as text that names the fault."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults_of(page: Page) -> list[str]:
    """Each violation with the first elements that have it; empty for a clean page."""
    found = Axe().run(page)
    return [
        f"{violation['id']}: {violation['help']} {[n['target'] for n in violation['nodes'][:3]]}"
        for violation in found.response["violations"]
    ]
