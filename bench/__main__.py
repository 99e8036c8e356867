"""``make bench``: what each action costs, as one table, and which targets are met.

python -m bench             everything (some minutes)
python -m bench actions     DynamoDB calls, units, bytes and processor time (Java 17)
python -m bench start       cold import and package size
python -m bench mail        reading a mail: processor time and memory
"""

import argparse
from collections.abc import Sequence

from bench import actions, cold_import, package, parse_mail, sweep
from bench.desk import an_empty_desk, dynamodb
from bench.meter import Cost
from bench.report import Target, print_table, print_targets

COSTS = ("calls", "in a row", "read u.", "write u.", "bytes out", "bytes in", "CPU ms")


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables, and which targets were met."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument(
        "part", nargs="?", choices=("all", "actions", "start", "mail"), default="all"
    )
    part = parser.parse_args(arguments).part
    targets: list[Target] = []
    if part in {"all", "actions"}:
        targets += _actions()
    if part in {"all", "start"}:
        targets += _start()
    if part in {"all", "mail"}:
        targets += parse_mail.measure()
    print_targets(targets)


def _actions() -> list[Target]:
    rows, targets = [], []
    with dynamodb():
        ports = an_empty_desk()
        for action in actions.actions():
            cost = actions.measure(ports, action)
            rows.append((action.name, *_cells(cost)))
            if action.most_in_a_row is not None:
                name = f"calls in a row: {action.name}"
                targets.append(Target(name, cost.in_a_row, action.most_in_a_row))
        sweeps = sweep.measure()
    rows += [
        (f"sweep, {found.due} due of {found.open_tickets:,}", *_cells(found.cost))
        for found in sweeps
    ]
    title = "DynamoDB per action (DynamoDB Local, warm container, medians)"
    print_table(title, ("action", *COSTS), rows)
    name = f"sweep units, {sweep.OPEN[1]:,} open over {sweep.OPEN[0]:,}"
    return [*targets, Target(name, sweep.ratio(sweeps), sweep.TARGET_RATIO)]


def _cells(cost: Cost) -> tuple[str, ...]:
    return (
        str(cost.calls),
        str(cost.in_a_row),
        f"{cost.read_units:.1f}",
        f"{cost.write_units:.1f}",
        f"{cost.bytes_sent:,.0f}",
        f"{cost.bytes_received:,.0f}",
        f"{cost.cpu_milliseconds:.1f}",
    )


def _start() -> list[Target]:
    folder = package.unpack()
    times = cold_import.measure(folder)
    rows = [
        (
            t.name,
            f"{t.imports:.0f}",
            f"{t.ratio:.2f}",
            f"{t.loaded:.0f}",
            f"{t.loaded_ratio:.2f}",
            f"{t.loaded_ratio_in_use:.2f}",
        )
        for t in times
    ]
    head = ("function", "code ms", "of floor", "all ms", "of floor", "of floor in use")
    print_table(f"Cold start (processor time; floor: {cold_import.FLOOR})", head, rows)
    size = package.zipped_bytes(folder)
    print_table("Package", ("what", "MB"), [("zipped", f"{size / 1e6:.1f}")])
    functions = [t for t in times if not t.is_floor]
    code = max(functions, key=lambda t: t.ratio)
    loaded = max(functions, key=lambda t: t.loaded_ratio)
    return [
        Target(f"import of app and handler, {code.name}", code.ratio, cold_import.TARGET),
        Target(
            f"with all its first call loads, {loaded.name}", loaded.loaded_ratio, cold_import.TARGET
        ),
        Target("package, MB zipped", size / 1e6, package.TARGET_BYTES / 1e6),
    ]


if __name__ == "__main__":
    main()
