"""What Lambda gets: small, complete, compiled, the same bytes for the same sources."""

import ast
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from infra.bundle import AWS_SERVICES, MAX_ZIPPED_BYTES, sort_package
from infra.local.profile import ROOT

UNCHECKED_HASH = 0b01
GATEWAY = ROOT / "chalicelib" / "gateways" / "aws.py"


def package_of(assembly: Path) -> Path:
    (package,) = assembly.glob("asset.*.zip")
    return package


def test_the_package_stays_below_25_megabytes(assembly):
    assert package_of(assembly).stat().st_size < MAX_ZIPPED_BYTES


def test_the_package_has_our_code_and_nothing_of_the_workshop(assembly):
    names = zipfile.ZipFile(package_of(assembly)).namelist()
    ours = [name for name in names if name.startswith(("app.py", "chalicelib/"))]
    assert "app.py" in ours
    assert "chalicelib/settings.py" in ours
    top = {name.split("/")[0] for name in names}
    assert not top & {"tests", "console", "infra", "docs", "moto", "pytest", "aws_cdk", "pip"}


def test_everything_is_compiled_ahead_for_a_file_system_that_cannot_be_written(assembly):
    with zipfile.ZipFile(package_of(assembly)) as package:
        names = set(package.namelist())
        tag = f"{sys.implementation.cache_tag}.pyc"
        sources = [n for n in names if n.endswith(".py") and n.startswith("chalice")]
        for source in sources:
            folder, _, name = source.rpartition("/")
            compiled = f"{folder}/__pycache__/{name.removesuffix('.py')}.{tag}"
            assert compiled in names
            # Bytes 4 to 8: compiled from a hash that nobody checks at run time.
            assert package.read(compiled)[4] == UNCHECKED_HASH


def test_the_package_for_aws_has_no_binary_of_another_processor(assembly):
    names = zipfile.ZipFile(package_of(assembly)).namelist()
    binaries = [name for name in names if name.endswith(".so")]
    assert binaries
    assert not [name for name in binaries if "x86_64" in name]


def test_every_module_of_the_package_can_be_imported_from_it_alone(local_assembly, tmp_path):
    zipfile.ZipFile(package_of(local_assembly)).extractall(tmp_path)
    modules = ["app"]
    for path in sorted((tmp_path / "chalicelib").rglob("*.py")):
        parts = path.relative_to(tmp_path).with_suffix("").parts
        modules.append(".".join(parts).removesuffix(".__init__"))
    program = f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
    program += "\n".join(f"import {module}" for module in modules)
    environment = {"PYTHONDONTWRITEBYTECODE": "1", "AWS_DEFAULT_REGION": "us-east-1"}
    # -I -S: neither the working folder nor any installed package is on the path.
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_two_packages_of_the_same_files_are_the_same_bytes(tmp_path):
    files = {"b.py": b"b = 1", "a.py": b"a = 1"}
    packages = []
    for order in (list(files), list(reversed(files))):
        path = tmp_path / f"{order[0]}.zip"
        with zipfile.ZipFile(path, "w") as package:
            for name in order:
                package.writestr(name, files[name])
        sort_package(path)
        packages.append(path.read_bytes())
    assert packages[0] == packages[1]


def test_every_trigger_in_app_is_one_statement():
    tree = ast.parse((ROOT / "app.py").read_text())
    functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
    assert len(functions) == 9
    for function in functions:
        statements = [s for s in function.body if not _is_docstring(s)]
        assert len(statements) == 1, function.name


def _is_docstring(statement):
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


CHECKED_BY_CHALICE = """
import sys
from chalice.cli.factory import CLIFactory
from chalice.deploy.validate import validate_configuration
validate_configuration(CLIFactory(sys.argv[1], environ={}).create_config_obj("dev"))
"""


def test_chalices_own_checks_of_routes_and_names_pass():
    # In a process of its own: Chalice imports app.py anew, and a blueprint registers only once.
    done = subprocess.run(
        [sys.executable, "-c", CHECKED_BY_CHALICE, str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_every_function_has_memory_and_time_of_its_own(core, resources):
    config = json.loads((ROOT / ".chalice" / "config.json").read_text())["lambda_functions"]
    given = sorted((f["lambda_memory_size"], f["lambda_timeout"]) for f in config.values())
    deployed = resources(core, "AWS::Serverless::Function").values()
    assert sorted((f["MemorySize"], f["Timeout"]) for f in deployed) == given


def test_every_service_that_is_called_is_in_the_package():
    called = set(re.findall(r'boto3\.client\(\s*"([a-z0-9-]+)"', GATEWAY.read_text()))
    assert called
    assert called <= set(AWS_SERVICES)
