"""Load a stage's configuration from its YAML file: ``make seed STAGE=dev``.

Agents get a sign-in of the user pool when they have none: by invitation mail in AWS, with the
demo password in the local run.
"""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

import boto3
import yaml
from botocore.exceptions import BotoCoreError, ClientError

from infra.local import aws
from infra.local.profile import profile_from_environment
from infra.stage import LOCAL

STAGES = Path(__file__).with_name("stages")
# Printed by `make run`; the local sign-in listens on loopback only. Fits the pool's own policy.
DEMO_PASSWORD = "Demo-desk-2026"  # noqa: S105


class SeedError(Exception):
    """The configuration cannot be loaded. The text says why."""


def load_document(path: Path) -> dict[str, Any]:
    """The stage's file.

    Raises:
        SeedError: there is none, or it is no mapping.
    """
    if not path.exists():
        message = f"{path} is missing: copy {STAGES / 'example.yaml'} and change it"
        raise SeedError(message)
    try:
        document = yaml.safe_load(path.read_text())
    except yaml.YAMLError as error:
        message = f"{path} is not YAML: {error}"
        raise SeedError(message) from error
    if not isinstance(document, dict):
        message = f"{path} must hold a mapping with desk, departments, mailboxes and so on"
        raise SeedError(message)
    return document


def give_sign_ins(document: dict[str, Any], cognito: Any, pool_id: str, *, demo: bool) -> None:
    """Make every agent's user in the pool and put its ``sub`` in the agent's ``subject``.

    Args:
        demo: set the demo password and send no mail; for the local run only.
    """
    for agent in document.get("agents", []):
        if agent.get("subject"):
            continue
        agent["subject"] = _subject(cognito, pool_id, agent, demo=demo)


def _subject(cognito: Any, pool_id: str, agent: dict[str, Any], *, demo: bool) -> str:
    email = agent["email"]
    try:
        cognito.admin_create_user(
            UserPoolId=pool_id,
            Username=email,
            UserAttributes=[
                {"Name": "email", "Value": email},
                {"Name": "email_verified", "Value": "true"},
                {"Name": "name", "Value": agent["name"]},
            ],
            **({"MessageAction": "SUPPRESS"} if demo else {"DesiredDeliveryMediums": ["EMAIL"]}),
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "UsernameExistsException":
            raise
    if demo:
        cognito.admin_set_user_password(
            UserPoolId=pool_id, Username=email, Password=DEMO_PASSWORD, Permanent=True
        )
    user = cognito.admin_get_user(UserPoolId=pool_id, Username=email)
    return next(str(a["Value"]) for a in user["UserAttributes"] if a["Name"] == "sub")


def stack_outputs(stage: str) -> dict[str, str]:
    """What the stage's core stack tells about itself."""
    stacks = boto3.client("cloudformation").describe_stacks(StackName=f"chamado-{stage}-core")
    return {o["OutputKey"]: o["OutputValue"] for o in stacks["Stacks"][0].get("Outputs", [])}


def seed(stage: str, path: Path) -> int:
    """Load the file into the stage's table; return the number of agents.

    Raises:
        SeedError: the file is missing or wrong.
    """
    document = load_document(path)
    outputs = stack_outputs(stage)
    os.environ["TABLE_NAME"] = outputs["TableName"]
    os.environ["USER_POOL_ID"] = outputs["UserPoolId"]
    # Imported here: its settings are read from the environment that was completed just now.
    from chalicelib import bootstrap
    from chalicelib.domain.errors import InvalidSetting

    cognito = boto3.client("cognito-idp")
    give_sign_ins(document, cognito, outputs["UserPoolId"], demo=stage == LOCAL)
    try:
        bootstrap.seed_settings(document)
    except InvalidSetting as error:
        message = f"{path.name}: {error} {error.advice}"
        raise SeedError(message) from error
    if stage == LOCAL:
        _let_agents_work(document)
    return len(document.get("agents", []))


def _let_agents_work(document: dict[str, Any]) -> None:
    """The demo agents are there from the start, so that a first mail finds its owner."""
    from chalicelib import bootstrap

    for agent in document.get("agents", []):
        if agent.get("capacity", 0) > 0:
            bootstrap.ports().loads.set_available(agent["id"], available=True)


def main() -> None:
    """Read the command line, seed, and say what was done."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stage", default=LOCAL)
    parser.add_argument("--file", type=Path)
    given = parser.parse_args()
    path = given.file or STAGES / f"{given.stage}.yaml"
    if given.stage == LOCAL and "AWS_ENDPOINT_URL" not in os.environ:
        os.environ.update(aws.environment(profile_from_environment()))
    try:
        agents = seed(given.stage, path)
    except (SeedError, ClientError, BotoCoreError, ValueError) as error:
        sys.exit(f"The stage {given.stage} could not be seeded: {error}")
    print(f"Loaded {path.name}: {agents} agents")


if __name__ == "__main__":
    main()
