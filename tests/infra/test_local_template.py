"""The local run deploys the same stack; only what the emulator cannot do is changed."""

import copy
import json

import pytest

from infra.local.deploy import for_emulator


@pytest.fixture
def changed(local_core):
    """Names of the resources that the local deployment changes, with both versions."""
    before = copy.deepcopy(local_core)["Resources"]
    after = for_emulator(local_core)["Resources"]
    assert set(before) == set(after)
    return {n: (before[n], after[n]) for n in before if before[n] != after[n]}


def test_functions_roles_queues_and_table_are_deployed_as_in_aws(changed):
    types = {before["Type"] for before, _ in changed.values()}
    assert types == {
        "AWS::CloudFront::Distribution",
        "AWS::IAM::Policy",
        "AWS::S3::BucketPolicy",
        "AWS::SQS::QueuePolicy",
    }


def test_only_senders_have_their_permissions_spelt_for_the_emulator(changed):
    policies = {n for n, (b, _) in changed.items() if b["Type"] == "AWS::IAM::Policy"}
    assert {name.split("Policy")[0] for name in policies} == {
        "FunctionsAPIHandler",
        "FunctionsDispatch",
        "FunctionsNotify",
        "FunctionsReconcile",
        "FunctionsSweep",
        "FunctionsWake",
    }


def test_only_the_demand_for_tls_is_dropped_from_resource_policies(changed):
    for before, after in changed.values():
        if before["Type"] not in {"AWS::S3::BucketPolicy", "AWS::SQS::QueuePolicy"}:
            continue
        kept = after["Properties"]["PolicyDocument"]["Statement"]
        dropped = [s for s in before["Properties"]["PolicyDocument"]["Statement"] if s not in kept]
        assert dropped
        assert all(s["Effect"] == "Deny" for s in dropped)


def test_the_local_template_names_no_port_so_that_any_can_be_chosen(local_core):
    ports = {"Resources": local_core["Resources"]}
    assert "4566" not in json.dumps(ports)
    assert "8000" not in json.dumps(ports)


def test_functions_see_the_emulator_only_in_the_local_stage(local_core, core, resources):
    kind = "AWS::Serverless::Function"
    local = resources(local_core, kind).values()
    aws = resources(core, kind).values()
    assert all("AWS_ENDPOINT_URL" in f["Environment"]["Variables"] for f in local)
    assert not [f for f in aws if "AWS_ENDPOINT_URL" in f["Environment"]["Variables"]]
