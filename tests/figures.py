"""Figures that tests measure, shown with their targets at the end of every run.

A test asks for ``figure`` and says ``figure("mails parsed", "435 of 435", "all")``; the line stands
in the summary whether the test passed or failed, with one process or with several.
"""

from collections.abc import Callable

import pytest

ON_A_SLOW_MACHINE = 5
"""How much longer anything may take where tests run: what a limit of time is there to find, a walk that
grows with the square, takes hundreds of times as long."""

_KEY = "figure"
Figure = Callable[[str, object, object], None]


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Figure:
    """Note a measured value beside its target: ``figure(name, value, target)``."""

    def note(name: str, value: object, target: object) -> None:
        # Properties travel with the report, so figures of other processes arrive too.
        request.node.user_properties.append((_KEY, (name, str(value), str(target))))

    return note


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print all figures as one table."""
    rows = [
        tuple(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for key, value in report.user_properties
        if key == _KEY
    ]
    if not rows:
        return
    name, value = (max(len(row[column]) for row in rows) for column in (0, 1))
    terminalreporter.section("figures")
    for row in sorted(set(rows)):
        terminalreporter.write_line(f"{row[0]:<{name}}  {row[1]:>{value}}  (target {row[2]})")
