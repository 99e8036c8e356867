"""What can be in the way of a start is said in words."""

import os
import socket
import venv
from pathlib import Path

import pip
import pytest

from infra import seed
from infra.console_files import content_type
from infra.deploy import dns_records
from infra.local import environments
from infra.local.earlier_start import end_earlier_start
from infra.local.failures import LocalRunError
from infra.local.fingerprint import fingerprint
from infra.local.ports import check_ports, free_port
from infra.local.profile import Profile
from infra.stage import Stage, StageError, stage_from_answers


@pytest.fixture
def profile(tmp_path):
    return Profile(free_port(), free_port(), free_port(), tmp_path)


def test_a_port_in_use_is_named_with_its_holder_and_the_way_out(profile):
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", profile.smtp_port))
        holder.listen()
        with pytest.raises(LocalRunError) as refusal:
            check_ports(profile)
    said = str(refusal.value)
    assert f"{profile.smtp_port} for mail to the desk" in said
    assert "SMTP_PORT=" in said
    assert str(profile.desk_port) not in said
    if os.path.exists("/proc"):  # noqa: PTH110
        assert f"process {os.getpid()}" in said


def test_free_ports_are_no_reason_to_stop(profile):
    check_ports(profile)


@pytest.mark.parametrize("content", ["999999999", "1", ""])
def test_a_process_number_left_by_a_crash_is_no_reason_to_stop(profile, content):
    profile.pid_file.write_text(content)
    end_earlier_start(profile)
    assert not profile.pid_file.exists()


def test_an_environment_that_pip_cannot_fill_says_why_and_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    wanted = tmp_path / "requirements.txt"
    wanted.write_text("no-such-package-of-ours==1.0\n")
    folder = tmp_path / "venv"
    # Installing a pip of its own would take longer than all other tests here.
    venv.create(folder, symlinks=True)
    (packages,) = folder.glob("lib/python*/site-packages")
    (packages / "pip").symlink_to(Path(pip.__file__).parent)
    with pytest.raises(environments.EnvironmentFailure, match="run the same command again"):
        environments.ensure_environment(folder, wanted, environments.suitable_python())


def test_a_changed_file_changes_the_fingerprint_and_a_cache_does_not(tmp_path):
    (tmp_path / "a.py").write_text("a = 1")
    before = fingerprint([tmp_path])
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_bytes(b"0")
    assert fingerprint([tmp_path]) == before
    (tmp_path / "a.py").write_text("a = 2")
    assert fingerprint([tmp_path]) != before


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        ({"name": ""}, "which stage"),
        ({"name": "Prod!"}, "which stage"),
        ({"name": "dev"}, "mail domain"),
        ({"name": "dev", "domain": "example.com", "desk_host": "help.example.com"}, "together"),
    ],
)
def test_a_deployment_asks_for_what_it_was_not_told(answers, missing):
    with pytest.raises(StageError, match=missing):
        stage_from_answers(**answers)


def test_the_owner_of_the_domain_is_told_every_record_to_set():
    mail = {f"DkimName{n}": f"k{n}._domainkey.s.example.com" for n in (1, 2, 3)}
    mail |= {f"DkimValue{n}": f"k{n}.dkim.amazonses.com" for n in (1, 2, 3)}
    records = dns_records(Stage("dev", "s.example.com"), mail, {}, "eu-west-1")
    assert "s.example.com." in records
    assert "10 inbound-smtp.eu-west-1.amazonaws.com." in records
    assert records.count("CNAME") == 3


@pytest.mark.parametrize("stage", ["local", "example"])
def test_the_set_ups_that_come_along_can_be_loaded(stage):
    from chalicelib.usecases.settings_references import check_references
    from chalicelib.usecases.settings_schema import desk_from_documents

    document = seed.load_document(seed.STAGES / f"{stage}.yaml")
    check_references(desk_from_documents(document))


def test_a_missing_set_up_says_what_to_copy(tmp_path):
    with pytest.raises(seed.SeedError, match=r"example\.yaml"):
        seed.load_document(tmp_path / "none.yaml")


class FakeCognito:
    """Just enough of the user pool."""

    def __init__(self):
        self.users = {}
        self.permanent = set()

    def admin_create_user(self, **request):
        self.users[request["Username"]] = request

    def admin_set_user_password(self, **request):
        self.permanent.add(request["Username"])

    def admin_get_user(self, **request):
        return {"UserAttributes": [{"Name": "sub", "Value": f"sub-of-{request['Username']}"}]}


def test_demo_agents_get_a_password_and_no_mail():
    cognito = FakeCognito()
    document = {"agents": [{"id": "a", "name": "Demo", "email": "a@desk.example.com"}]}
    seed.give_sign_ins(document, cognito, "pool", demo=True)
    assert document["agents"][0]["subject"] == "sub-of-a@desk.example.com"
    assert cognito.users["a@desk.example.com"]["MessageAction"] == "SUPPRESS"
    assert cognito.permanent == {"a@desk.example.com"}


def test_agents_of_a_real_desk_are_invited_by_mail():
    cognito = FakeCognito()
    seed.give_sign_ins(
        {"agents": [{"id": "a", "name": "A", "email": "a@example.org"}]}, cognito, "p", demo=False
    )
    assert cognito.users["a@example.org"]["DesiredDeliveryMediums"] == ["EMAIL"]
    assert not cognito.permanent


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("a.js", "text/javascript; charset=utf-8"),
        ("inter.woff2", "font/woff2"),
        ("icon.svg", "image/svg+xml"),
        ("unknown.zzz", "application/octet-stream"),
    ],
)
def test_browsers_get_the_type_they_need(tmp_path, name, expected):
    assert content_type(tmp_path / name) == expected
