"""Each function has a role of its own, with what it uses and no more."""

import json

import pytest

FUNCTION = "AWS::Serverless::Function"
# The actions that AWS cannot narrow to a resource.
ANY_RESOURCE = [{"ses:DeleteSuppressedDestination"}, {"dynamodb:ListStreams"}]


@pytest.fixture
def statements_by_function(core, resources):
    """The statements of each function's role."""
    policies = resources(core, "AWS::IAM::Policy").values()
    found = {}
    for name, function in resources(core, FUNCTION).items():
        role = function["Role"]["Fn::GetAtt"][0]
        found[name] = [
            statement
            for policy in policies
            if {"Ref": role} in policy["Roles"]
            for statement in policy["PolicyDocument"]["Statement"]
        ]
    return found


def actions(statement):
    given = statement["Action"]
    return set([given] if isinstance(given, str) else given)


def all_actions(statements):
    return set().union(*(actions(statement) for statement in statements))


def test_no_two_functions_share_a_role(core, resources):
    roles = [json.dumps(f["Role"]) for f in resources(core, FUNCTION).values()]
    assert len(roles) == len(set(roles)) == 11


def test_roles_have_no_policies_of_aws_attached(core, resources):
    attached = [r.get("ManagedPolicyArns") for r in resources(core, "AWS::IAM::Role").values()]
    assert attached == [None] * len(attached)


def test_no_role_allows_a_wildcard_of_actions(statements_by_function):
    granted = set().union(*(all_actions(s) for s in statements_by_function.values()))
    assert not [action for action in granted if "*" in action]


def test_only_actions_that_cannot_be_narrowed_have_every_resource(statements_by_function):
    loose = [
        actions(statement)
        for statements in statements_by_function.values()
        for statement in statements
        if statement["Resource"] == "*"
    ]
    assert sorted(loose, key=sorted) == sorted(ANY_RESOURCE, key=sorted)


def test_no_function_may_scan_or_change_the_table_itself(statements_by_function):
    granted = set().union(*(all_actions(s) for s in statements_by_function.values()))
    dynamo = {action for action in granted if action.startswith("dynamodb:")}
    assert dynamo == {
        "dynamodb:GetItem",
        "dynamodb:BatchGetItem",
        "dynamodb:BatchWriteItem",
        "dynamodb:Query",
        "dynamodb:PutItem",
        "dynamodb:UpdateItem",
        "dynamodb:DeleteItem",
        "dynamodb:ConditionCheckItem",
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams",
    }


def test_only_notify_sends_mail(statements_by_function):
    senders = {n for n, s in statements_by_function.items() if "ses:SendRawEmail" in all_actions(s)}
    assert senders == {"Notify"}


def test_the_authorizer_may_only_write_its_log(statements_by_function):
    assert all_actions(statements_by_function["Authorize"]) == {
        "logs:CreateLogStream",
        "logs:PutLogEvents",
    }


def test_dispatch_reads_the_stream_and_forwards_and_cannot_touch_the_table(statements_by_function):
    granted = all_actions(statements_by_function["Dispatch"])
    assert "sqs:SendMessage" in granted
    assert not granted & {"dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"}


def test_the_sweep_reads_and_cannot_write(statements_by_function):
    granted = all_actions(statements_by_function["Sweep"])
    assert not granted & {"dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"}


def test_each_worker_reads_its_own_queue_only(statements_by_function):
    read = {}
    for name, statements in statements_by_function.items():
        for statement in statements:
            if "sqs:ReceiveMessage" in actions(statement) and name != "APIHandler":
                read[name] = json.dumps(statement["Resource"])
    assert set(read) == {"InboundMail", "Assign", "Notify", "Project", "Wake", "MailEvents"}
    assert len(set(read.values())) == len(read)


def test_the_api_takes_jobs_from_queues_that_nobody_works_on_and_from_no_other(
    statements_by_function,
):
    taken = [
        json.dumps(resource)
        for statement in statements_by_function["APIHandler"]
        if "sqs:ReceiveMessage" in actions(statement)
        for resource in statement["Resource"]
    ]
    assert len(taken) == 7
    assert all("Dead" in queue or "FailedRecords" in queue for queue in taken)


def test_the_look_for_lost_mails_lists_them_and_cannot_read_or_delete_one(statements_by_function):
    granted = {a for a in all_actions(statements_by_function["Reconcile"]) if a.startswith("s3:")}
    assert granted == {"s3:ListBucket"}


def test_no_function_may_delete_a_raw_mail(statements_by_function):
    deleting = [
        (name, json.dumps(statement["Resource"]))
        for name, statements in statements_by_function.items()
        for statement in statements
        if any(action.startswith("s3:Delete") for action in actions(statement))
    ]
    # Files of tickets that were thrown away 30 days ago, and nothing else.
    assert [name for name, _ in deleting] == ["Wake"]
    assert "BucketsFiles" in deleting[0][1]


def test_every_function_writes_to_its_own_log_that_is_not_kept_for_ever(core, resources):
    groups = resources(core, "AWS::Logs::LogGroup")
    used = [f["LoggingConfig"]["LogGroup"]["Ref"] for f in resources(core, FUNCTION).values()]
    assert sorted(used) == sorted(groups)
    assert {group["RetentionInDays"] for group in groups.values()} == {30}
