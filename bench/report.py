"""Tables and targets as plain text."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """A number that must not be above another."""

    name: str
    value: float
    most: float

    @property
    def is_met(self) -> bool:
        return self.value <= self.most


def print_table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """The first column to the left, numbers to the right."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    print(f"\n{title}\n")
    for row in (head, ["-" * width for width in widths], *rows):
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        print("  ".join(cells).rstrip())


def print_targets(targets: Sequence[Target]) -> None:
    """One line per target: met or missed."""
    print_table(
        "Targets",
        ("target", "measured", "at most", ""),
        [
            (t.name, f"{t.value:.4g}", f"{t.most:.4g}", "met" if t.is_met else "MISSED")
            for t in targets
        ],
    )
