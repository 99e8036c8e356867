"""An idle desk costs next to nothing: nothing in the stacks has a fixed fee."""

import pytest

pytestmark = pytest.mark.row("K4")

# Paid by use only, or free. A type that is not here needs a look at its price before it gets in.
WITHOUT_FIXED_FEE = {
    "AWS::CloudFront::Distribution",
    "AWS::CloudFront::Function",
    "AWS::CloudFront::OriginAccessControl",
    "AWS::CloudFront::ResponseHeadersPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::Cognito::UserPool",
    "AWS::Cognito::UserPoolClient",
    "AWS::Cognito::UserPoolDomain",
    "AWS::DynamoDB::Table",
    "AWS::IAM::Policy",
    "AWS::IAM::Role",
    "AWS::Lambda::Permission",
    "AWS::Logs::LogGroup",
    "AWS::S3::Bucket",
    "AWS::S3::BucketPolicy",
    "AWS::SES::ConfigurationSet",
    "AWS::SES::ConfigurationSetEventDestination",
    "AWS::SES::EmailIdentity",
    "AWS::SES::ReceiptRule",
    "AWS::SES::ReceiptRuleSet",
    "AWS::SNS::Subscription",
    "AWS::SNS::Topic",
    "AWS::SNS::TopicPolicy",
    "AWS::SQS::Queue",
    "AWS::SQS::QueuePolicy",
    "AWS::Serverless::Api",
    "AWS::Serverless::Function",
}
FREE_ALARMS = 10


def test_every_type_of_resource_is_known_to_have_no_fixed_fee(templates):
    types = {r["Type"] for t in templates.values() for r in t["Resources"].values()}
    assert types <= WITHOUT_FIXED_FEE


def test_the_table_and_its_indexes_have_no_provisioned_capacity(core, resources):
    (table,) = resources(core, "AWS::DynamoDB::Table").values()
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert "ProvisionedThroughput" not in str(table)


def test_no_function_keeps_instances_ready(core, resources):
    functions = resources(core, "AWS::Serverless::Function").values()
    assert not [f for f in functions if "ProvisionedConcurrencyConfig" in f]


def test_the_api_has_no_cache(core, resources):
    (api,) = resources(core, "AWS::Serverless::Api").values()
    assert not api.get("CacheClusterEnabled")


def test_nothing_uses_a_key_that_is_paid_by_the_month(templates):
    assert "KmsMasterKeyId" not in str(templates)
    assert "KMSMasterKeyID" not in str(templates)


def test_the_sign_in_is_not_on_the_plan_that_charges_for_security_features(core, resources):
    (pool,) = resources(core, "AWS::Cognito::UserPool").values()
    assert pool.get("UserPoolTier", "ESSENTIALS") != "PLUS"


def test_there_are_no_more_alarms_than_are_free(operations, resources):
    alarms = resources(operations, "AWS::CloudWatch::Alarm")
    assert 7 <= len(alarms) <= FREE_ALARMS


def test_every_dead_letter_queue_has_an_alarm(core, operations, resources):
    dead = [name for name in resources(core, "AWS::SQS::Queue") if "Dead" in name]
    watched = str(resources(operations, "AWS::CloudWatch::Alarm"))
    assert len(dead) == 6
    assert all(name in watched for name in [*dead, "FailedRecords"])
