"""What the stacks promise: data kept, doors shut, mail in and out."""

import re

import pytest

# CloudFront's managed policy "CachingDisabled".
CACHING_DISABLED = "4135ea2d-6df8-44a3-9df3-4b5a84be39ad"


def test_stacks_import_only_from_stacks_of_their_own_stage(templates):
    imported = re.findall(r"'Fn::ImportValue': '([^']+)'", str(templates))
    assert imported
    assert all(name.startswith("chamado-dev-core:") for name in imported)


def test_the_table_can_be_restored_and_its_stream_has_both_images(core, resources):
    (table,) = resources(core, "AWS::DynamoDB::Table").values()
    recovery = table["PointInTimeRecoverySpecification"]
    assert recovery["PointInTimeRecoveryEnabled"] is True
    assert table["StreamSpecification"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires_at", "Enabled": True}


def test_the_table_has_the_two_indexes_of_the_design(core, resources):
    (table,) = resources(core, "AWS::DynamoDB::Table").values()
    indexes = {i["IndexName"]: i for i in table["GlobalSecondaryIndexes"]}
    keys = {n: [k["AttributeName"] for k in i["KeySchema"]] for n, i in indexes.items()}
    assert keys == {
        "by_requester": ["requester_id", "created_at"],
        "by_wake": ["wake_shard", "wake_at"],
    }
    assert indexes["by_wake"]["Projection"]["ProjectionType"] == "KEYS_ONLY"


def test_deleting_the_stack_keeps_tickets_mails_files_and_users(core):
    kept = {
        resource["Type"]
        for resource in core["Resources"].values()
        if resource.get("DeletionPolicy") == "Retain"
    }
    assert kept == {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::Cognito::UserPool"}


def test_no_bucket_is_public(core, resources):
    for bucket in resources(core, "AWS::S3::Bucket").values():
        assert set(bucket["PublicAccessBlockConfiguration"].values()) == {True}
        assert bucket["BucketEncryption"]


def test_only_the_desk_may_use_the_files_bucket_from_a_browser(core, resources):
    rules = [
        rule
        for bucket in resources(core, "AWS::S3::Bucket").values()
        for rule in bucket.get("CorsConfiguration", {}).get("CorsRules", [])
    ]
    assert [rule["AllowedOrigins"] for rule in rules] == [[{"Ref": "DeskUrl"}]]


def test_uploads_that_nobody_sent_are_deleted_after_two_days(core, resources):
    rules = [
        rule
        for bucket in resources(core, "AWS::S3::Bucket").values()
        for rule in bucket.get("LifecycleConfiguration", {}).get("Rules", [])
        if rule.get("Prefix") == "uploads/"
    ]
    assert [rule["ExpirationInDays"] for rule in rules] == [2]
    assert rules[0]["TagFilters"] == [{"Key": "state", "Value": "pending"}]


def test_the_api_is_regional_and_its_stage_is_called_api(core, resources):
    (api,) = resources(core, "AWS::Serverless::Api").values()
    assert api["StageName"] == "api"
    assert api["EndpointConfiguration"] == "REGIONAL"


def test_paths_are_not_logged_for_they_can_open_tickets(core, resources):
    (api,) = resources(core, "AWS::Serverless::Api").values()
    (distribution,) = resources(core, "AWS::CloudFront::Distribution").values()
    assert "AccessLogSetting" not in api
    assert "Logging" not in distribution["DistributionConfig"]


def test_strangers_cannot_sign_up_and_the_console_is_a_public_client(core, resources):
    (pool,) = resources(core, "AWS::Cognito::UserPool").values()
    (client,) = resources(core, "AWS::Cognito::UserPoolClient").values()
    assert pool["AdminCreateUserConfig"]["AllowAdminCreateUserOnly"] is True
    assert client["GenerateSecret"] is False
    assert client["AllowedOAuthFlows"] == ["code"]


@pytest.fixture
def distribution(core, resources):
    (found,) = resources(core, "AWS::CloudFront::Distribution").values()
    return found["DistributionConfig"]


def test_one_host_serves_console_api_and_portal(distribution):
    origins = {o["Id"]: o for o in distribution["Origins"]}
    behaviors = {b["PathPattern"]: b for b in distribution["CacheBehaviors"]}
    assert set(behaviors) == {"/api/*", "/console", "/console/*"}
    assert "OriginPath" not in origins[behaviors["/api/*"]["TargetOriginId"]]
    default = distribution["DefaultCacheBehavior"]["TargetOriginId"]
    assert origins[default]["OriginPath"] == "/api"
    console = origins[behaviors["/console/*"]["TargetOriginId"]]
    assert "OriginAccessControlId" in console


def test_answers_of_the_api_and_the_portal_are_never_cached(distribution):
    api = next(b for b in distribution["CacheBehaviors"] if b["PathPattern"] == "/api/*")
    for behavior in (api, distribution["DefaultCacheBehavior"]):
        assert behavior["CachePolicyId"] == CACHING_DISABLED


def test_browsers_are_told_to_run_no_scripts_but_ours(core, resources, distribution):
    (policy,) = resources(core, "AWS::CloudFront::ResponseHeadersPolicy").values()
    headers = policy["ResponseHeadersPolicyConfig"]["SecurityHeadersConfig"]
    csp = str(headers["ContentSecurityPolicy"]["ContentSecurityPolicy"])
    assert "script-src 'self';" in csp
    assert "frame-ancestors 'none'" in csp
    assert headers["ReferrerPolicy"]["ReferrerPolicy"] == "no-referrer"
    assert headers["StrictTransportSecurity"]["AccessControlMaxAgeSec"] >= 31536000
    behaviors = [distribution["DefaultCacheBehavior"], *distribution["CacheBehaviors"]]
    assert all("ResponseHeadersPolicyId" in behavior for behavior in behaviors)


@pytest.mark.row(26)
def test_mail_to_the_domain_and_to_signed_addresses_is_stored_and_announced(mail, resources):
    (rule,) = (r["Rule"] for r in resources(mail, "AWS::SES::ReceiptRule").values())
    assert rule["Recipients"] == ["support.example.com", "reply.support.example.com"]
    assert rule["ScanEnabled"] is True
    (action,) = rule["Actions"]
    assert set(action["S3Action"]) == {"BucketName", "TopicArn"}


def test_ses_of_this_account_alone_may_store_raw_mail(core, resources):
    statements = [
        statement
        for policy in resources(core, "AWS::S3::BucketPolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Principal"] == {"Service": "ses.amazonaws.com"}
    ]
    (statement,) = statements
    assert statement["Action"] == "s3:PutObject"
    assert set(statement["Condition"]) == {"StringEquals", "ArnLike"}


def test_what_became_of_a_mail_comes_back_as_an_event(mail, resources):
    (destination,) = resources(mail, "AWS::SES::ConfigurationSetEventDestination").values()
    told = set(destination["EventDestination"]["MatchingEventTypes"])
    assert {"bounce", "complaint", "delivery", "reject"} <= told
    (identity,) = resources(mail, "AWS::SES::EmailIdentity").values()
    assert identity["FeedbackAttributes"]["EmailForwardingEnabled"] is False


def test_only_ses_of_this_account_may_publish_to_the_topics(mail, resources):
    allowed = [
        statement
        for policy in resources(mail, "AWS::SNS::TopicPolicy").values()
        for statement in policy["PolicyDocument"]["Statement"]
        if statement["Effect"] == "Allow"
    ]
    assert allowed
    for statement in allowed:
        assert statement["Principal"] == {"Service": "ses.amazonaws.com"}
        assert "AWS:SourceAccount" in statement["Condition"]["StringEquals"]


def test_cfn_lint_finds_nothing(assembly):
    from cfnlint.api import lint_file  # slow to import, and used here only

    found = [m for path in sorted(assembly.glob("*.template.json")) for m in lint_file(path)]
    assert [str(match) for match in found] == []
