"""Work that fails has a place to go, and stops nobody else."""

import pytest

QUEUE = "AWS::SQS::Queue"


@pytest.fixture
def sources(core, resources):
    """Each event source with its function's name and properties."""
    return {
        (name, source["Type"]): (function, source["Properties"])
        for name, function in resources(core, "AWS::Serverless::Function").items()
        for source in function.get("Events", {}).values()
    }


@pytest.fixture
def read_queues(sources):
    """The queues that a function reads, by the function's name."""
    return {
        name: (function, properties["Queue"]["Fn::GetAtt"][0])
        for (name, kind), (function, properties) in sources.items()
        if kind == "SQS"
    }


def test_every_queue_that_is_read_has_a_dead_letter_queue_of_its_kind(core, resources, read_queues):
    queues = resources(core, QUEUE)
    dead = []
    for _, queue_id in read_queues.values():
        redrive = queues[queue_id]["RedrivePolicy"]
        target = redrive["deadLetterTargetArn"]["Fn::GetAtt"][0]
        # Mails wait out a day of throttling, and are put aside by their own worker.
        assert redrive["maxReceiveCount"] == (200 if "Notification" in queue_id else 5)
        assert queues[target].get("FifoQueue") == queues[queue_id].get("FifoQueue")
        dead.append(target)
    assert len(read_queues) == 6
    assert len(set(dead)) == 6


def test_no_queue_is_left_over_but_the_one_for_failed_stream_records(core, resources, read_queues):
    queues = resources(core, QUEUE)
    read = {queue_id for _, queue_id in read_queues.values()}
    dead = {queues[q]["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0] for q in read}
    assert [name for name in queues if name not in read | dead] == [
        "QueuesFailedRecordsQueue6ACD05EE"
    ]


def test_a_batch_stays_hidden_for_six_times_its_functions_time_out(core, resources, read_queues):
    queues = resources(core, QUEUE)
    for function, queue_id in read_queues.values():
        assert queues[queue_id]["VisibilityTimeout"] >= 6 * function["Timeout"]


def test_every_queue_is_encrypted_and_refuses_plain_http(core, resources):
    queues = resources(core, QUEUE)
    assert all(queue["SqsManagedSseEnabled"] is True for queue in queues.values())
    guarded = {
        policy["Queues"][0]["Ref"]
        for policy in resources(core, "AWS::SQS::QueuePolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Deny" and "aws:SecureTransport" in str(statement["Condition"])
    }
    assert guarded == set(queues)


def test_a_failed_job_does_not_bring_back_the_others_of_its_batch(sources):
    answers = {
        name: properties["FunctionResponseTypes"]
        for (name, kind), (_, properties) in sources.items()
        if kind == "SQS"
    }
    assert len(answers) == 6
    assert set(map(tuple, answers.values())) == {("ReportBatchItemFailures",)}


def test_a_stream_record_that_cannot_be_forwarded_ends_in_a_queue_and_holds_up_nobody(sources):
    _, stream = sources[("Dispatch", "DynamoDB")]
    assert stream["StartingPosition"] == "TRIM_HORIZON"
    assert stream["MaximumRetryAttempts"] > 0
    assert 0 < stream["MaximumRecordAgeInSeconds"] < 24 * 3600
    assert stream["BisectBatchOnFunctionError"] is True
    target = stream["DestinationConfig"]["OnFailure"]["Destination"]["Fn::GetAtt"][0]
    assert target.startswith("QueuesFailedRecords")


@pytest.mark.row(26)
def test_topics_of_ses_may_fill_their_queue_and_no_other(core, resources):
    allowed = {}
    for policy in resources(core, "AWS::SQS::QueuePolicy").values():
        for statement in policy["PolicyDocument"]["Statement"]:
            if statement["Effect"] == "Allow":
                source = str(statement["Condition"]["ArnEquals"]["aws:SourceArn"])
                allowed[policy["Queues"][0]["Ref"]] = source
    assert len(allowed) == 2
    assert any(":chamado-dev-inbound-mail" in source for source in allowed.values())
    assert any(":chamado-dev-mail-events" in source for source in allowed.values())
