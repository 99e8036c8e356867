"""The public holidays that a calendar is filled with."""

import subprocess
import sys
from datetime import date

import pytest

from chalicelib.gateways.public_holidays import HolidaysPackage


@pytest.mark.row(50)
def test_the_days_of_a_country_have_its_own_names() -> None:
    days = HolidaysPackage().days("PT", "", [2026])

    assert days is not None
    assert days[date(2026, 10, 5)] == "Implantação da República"


@pytest.mark.row(50)
def test_a_part_of_a_country_has_days_of_its_own() -> None:
    package = HolidaysPackage()
    whole, part = package.days("BR", "", [2026]), package.days("BR", "SP", [2026])

    assert whole is not None
    assert part is not None
    assert set(part) - set(whole) == {date(2026, 7, 9)}


@pytest.mark.parametrize("region", [("ZZ", ""), ("PT", "QQ")])
def test_what_is_no_region_is_not_known(region: tuple[str, str]) -> None:
    assert HolidaysPackage().days(*region, [2026]) is None


def test_regions_are_listed_with_their_parts() -> None:
    regions = HolidaysPackage().regions()

    assert regions["BR"]["SP"] == "São Paulo"
    assert regions["PT"]["11"] == "Lisboa"


def test_nobody_loads_the_package_before_a_calendar_is_saved() -> None:
    script = "import sys, chalicelib.gateways.public_holidays; print('holidays' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout.strip() == "False"
