"""An operator's commands on a running stage: reconcile, redrive, replay and rebuild, each by make.

They run here, with the operator's own rights, and see what the stage's functions see: the variables
of its API function say where table, buckets and queues are.
"""

import argparse
import os
import sys
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.local import aws
from infra.local.profile import profile_from_environment
from infra.seed import stack_outputs
from infra.stage import LOCAL

if TYPE_CHECKING:
    from collections.abc import Callable


def see_as_the_stage(stage: str) -> None:
    """Take over the variables of the stage's API function; its name is left out, for it loads."""
    if stage == LOCAL:
        os.environ.update(aws.environment(profile_from_environment()))
    function = stack_outputs(stage)["ApiHandlerFunction"]
    answer = boto3.client("lambda").get_function_configuration(FunctionName=function)
    variables = answer.get("Environment", {}).get("Variables", {})
    os.environ.update({name: value for name, value in variables.items() if name != "FUNCTION"})


def _commands() -> "dict[str, Callable[[argparse.Namespace], int]]":
    """The commands; imported only now, for the settings read the environment once."""
    from chalicelib import bootstrap
    from chalicelib.operations import rebuild, reconcile, redrive, replay
    from chalicelib.operations.report import Report, span_of

    def show(report: Report) -> int:
        print(*report.lines, sep="\n", flush=True)
        return report.exit_code

    return {
        "rebuild": lambda given: show(
            rebuild.run(bootstrap.ports(), bootstrap.list_audit(), mend=given.mend)
        ),
        "reconcile": lambda given: show(reconcile.run(bootstrap.ports(), span_of(given.since))),
        "replay": lambda given: show(replay.run(bootstrap.ports(), span_of(given.since))),
        "redrive": lambda given: show(
            redrive.run(bootstrap.ports(), given.queue, bootstrap.jobs_of_stored)
        ),
    }


def main() -> None:
    """Read the command line, do it, and end with 1 where a person is needed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("command", choices=("rebuild", "reconcile", "redrive", "replay"))
    parser.add_argument("--stage", default=LOCAL)
    parser.add_argument("--since", default="2d")
    parser.add_argument("--queue", default="")
    parser.add_argument("--mend", action="store_true")
    given = parser.parse_args()
    try:
        see_as_the_stage(given.stage)
    except (ClientError, BotoCoreError, KeyError) as error:
        sys.exit(f"The stage {given.stage} cannot be reached: {error}")
    from chalicelib.domain.errors import DeskError
    from chalicelib.operations.report import NotASpan

    try:
        code = _commands()[given.command](given)
    except DeskError as error:
        sys.exit(f"{error} {error.advice}")
    except (NotASpan, ClientError, BotoCoreError) as error:
        sys.exit(str(error))
    sys.exit(code)


if __name__ == "__main__":
    main()
