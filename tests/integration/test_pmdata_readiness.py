"""Readiness over five months of ten real people (PMData, Thambawita et al. 2020), and the report that says so.

How the data are read is in ``benchmarks/pmdata.py``, what came of it in ``docs/reports/pmdata.md``.
"""

from __future__ import annotations

import importlib
import re
import sys
from pathlib import Path

import pytest

from midstance.planning.readiness import Light

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))
try:
    pmdata = importlib.import_module("benchmarks.pmdata")
    report = importlib.import_module("benchmarks.pmdata_report")
finally:
    sys.path.remove(str(ROOT))

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not pmdata.PEOPLE, reason="shared/ is not beside the checkout: PMData was NOT read"),
]


@pytest.mark.parametrize("person", pmdata.PEOPLE or ("none",))
def test_every_day_of_every_person_has_a_light(person: str) -> None:
    """Five months of each person give a light a day, without an error and without code for one of them."""
    _, reports = pmdata.words(person)
    found = pmdata.days(person)
    assert len(found) > 80
    assert {day.light for day in found.values()} <= set(Light)
    assert all(0.5 <= day.factor <= 1 and all(day.says) for day in found.values())
    assert all(found[entry.date].light >= Light.AMBER for entry in reports if entry.date in found)


def test_the_report_is_what_the_script_writes_today() -> None:
    """The committed page is the script's output; otherwise run python benchmarks/pmdata_report.py."""
    assert report.PAGE.read_text("utf-8") == report.render()


def test_the_report_counts_every_day_once() -> None:
    """Green, amber and red days of a person are its days, also in the two weeks before each report."""
    for row in report.day_rows():
        assert int(row[1]) == sum(map(int, row[3:6])), row[0]
    for row in report.report_rows():
        assert int(row[1]) == sum(map(int, row[2:5])) <= pmdata.BEFORE_DAYS, row[0]
    assert len(report.alarm_rows()) == len(report.load_rows()) == len(pmdata.PEOPLE)


def test_the_report_names_no_date_of_a_person() -> None:
    """No row of the data gets into the page: no date and no hour."""
    assert re.findall(r"\d{4}-\d\d|\d\d:\d\d", report.render()) == []


def test_what_came_before_a_report_was_judged_without_it() -> None:
    """The two weeks before a first report hold no pain, unless an earlier report told one."""
    for person in pmdata.PEOPLE:
        _, reports = pmdata.words(person)
        told = {entry.date for entry in reports}
        for date in pmdata.first_reports(reports):
            before = [day for day in report.window(pmdata.days(person), date) if day.date not in told]
            assert not any(reason.rule == "R69" for day in before for reason in day.why), person
