"""The CDK application. One stage per process: ``cdk synth -c stage=dev -c domain=...``.

Chalice keeps the imported ``app`` for the life of a process, so that two stages in one would wire
the second's functions to the first's queues.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import Any

import aws_cdk as cdk
from cdk_nag import AwsSolutionsChecks

from infra.bundle import AWS_ARCHITECTURE, LOCAL_ARCHITECTURE, BundleError, stage_bundle
from infra.stacks.core_stack import CoreStack
from infra.stacks.mail_stack import MailStack
from infra.stacks.operations_stack import OperationsStack
from infra.stage import Stage, StageError, stage_from_context

# Where chalice.cdk leaves one package per synthesis; the assembly has its own copy.
CHALICE_OUT = Path("chalice.out")


def build_app(app: cdk.App) -> Stage:
    """Put the stacks of the stage named by the context into the application.

    Raises:
        StageError: the context does not say what to deploy.
        BundleError: the Lambda package cannot be made.
    """
    stage = stage_from_context(app.node)
    source_dir = stage_bundle(for_aws=not stage.is_local)
    common: dict[str, Any] = {
        "stage": stage,
        "synthesizer": cdk.DefaultStackSynthesizer(generate_bootstrap_version_rule=False),
    }
    core = CoreStack(
        app,
        f"{stage.prefix}-core",
        source_dir=source_dir,
        architecture=LOCAL_ARCHITECTURE if stage.is_local else AWS_ARCHITECTURE,
        **common,
    )
    if not stage.is_local:
        MailStack(app, f"{stage.prefix}-mail", core=core, **common)
        OperationsStack(app, f"{stage.prefix}-operations", core=core, **common)
        cdk.Validations.of(app).add_plugins(AwsSolutionsChecks(app))
    return stage


def main() -> None:
    """Synthesise what the command line asks for."""
    # Chalice asks for a region to spell the names of AWS services; no call is made.
    os.environ.setdefault("AWS_DEFAULT_REGION", os.environ.get("CDK_DEFAULT_REGION", "us-east-1"))
    app = cdk.App()
    try:
        build_app(app)
        app.synth()
    except (StageError, BundleError) as error:
        sys.exit(str(error))
    finally:
        shutil.rmtree(CHALICE_OUT, ignore_errors=True)


if __name__ == "__main__":
    main()
