"""How long mails are kept as they came is said in the stage's file."""

import pytest

from infra.stage import StageError, raw_mail_days_of


def said(tmp_path, text):
    (tmp_path / "dev.yaml").write_text(text)
    return raw_mail_days_of("dev", tmp_path)


def test_a_stage_that_says_nothing_keeps_mails_for_four_hundred_days(tmp_path):
    assert raw_mail_days_of("dev", tmp_path) == 400
    assert said(tmp_path, "desk: []") == 400


@pytest.mark.parametrize("days", [0, 30, 3650])
def test_the_file_says_how_long(tmp_path, days):
    assert said(tmp_path, f"deployment: {{raw_mail_days: {days}}}") == days


@pytest.mark.parametrize("days", ["1", "29", "-1", "a year", "1.5"])
def test_no_fewer_days_than_a_dead_letter_may_need_its_mail(tmp_path, days):
    with pytest.raises(StageError, match="dead letter"):
        said(tmp_path, f"deployment: {{raw_mail_days: {days}}}")


def test_the_bucket_of_raw_mails_has_the_rule(core, resources):
    rules = [
        rule
        for bucket in resources(core, "AWS::S3::Bucket").values()
        for rule in bucket.get("LifecycleConfiguration", {}).get("Rules", [])
        if rule.get("Id") == "raw-mails"
    ]
    assert [(rule["ExpirationInDays"], rule["Status"]) for rule in rules] == [(400, "Enabled")]
