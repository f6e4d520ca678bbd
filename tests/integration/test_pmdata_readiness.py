"""Readiness over five months of ten real people (PMData, Thambawita et al. 2020), judged one by one.

Run as a script it prints, per person, the lights of the 14 days before a reported injury beside all other days.
"""

from __future__ import annotations

import ast
import csv
import datetime as dt
from collections import Counter
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from midstance.domain.diary import CheckIn, Pain, PainNoted, SessionDone
from midstance.domain.entry import Entry, Origin, Via, entry_of
from midstance.planning.readiness import Light, Readiness, readiness

PMDATA = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "pmdata"
PEOPLE = sorted(path.name for path in PMDATA.glob("p[0-9][0-9]")) or ["none"]
HOME = ZoneInfo("Europe/Oslo")
DAY = dt.timedelta(days=1)
BEFORE_DAYS = 14
BAD = {5: 0.0, 4: 1.5, 3: 3.0, 2: 6.0, 1: 9.0}
"""From the study's 1 (worst) over 3 (normal) to 5 (best) to midstance's 0 (none) to 10: normal is 3 of 10."""
SEVERITY = {"minor": 4.0, "major": 7.0}
AREAS = {"foot": "foot", "hip": "hip", "leg": "other", "knee": "knee", "ankle": "ankle", "back": "back",
         "shoulder": "shoulder"}

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not PMDATA.exists(), reason="shared/ is not beside the checkout: PMData was NOT read"),
]


def rows(person: str, name: str) -> list[dict[str, str]]:
    """Rows of one table of a person; none where the person has no such table."""
    path = PMDATA / person / "pmsys" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def noted(what, stamp: str) -> Entry:
    """An entry at an instant of the study, on the date at home."""
    at = dt.datetime.fromisoformat(stamp)
    return entry_of(what, at=at, date=at.astimezone(HOME).date(), origin=Origin(via=Via.FILE, batch="b-pmdata"))


def check_in(row: dict[str, str]) -> CheckIn:
    """A morning's answers."""
    bad = {key: BAD.get(int(row[key])) for key in ("fatigue", "mood", "sleep_quality", "soreness", "stress")}
    good = {key: None if value is None else 10 - value for key, value in bad.items()}
    return CheckIn(
        sleep_h=float(row["sleep_duration_h"]) or None, sleep_quality=good["sleep_quality"], mood=good["mood"],
        fatigue=bad["fatigue"], soreness=bad["soreness"], life=bad["stress"])


def pains(row: dict[str, str]) -> list[PainNoted]:
    """Pains of an injury report: left_foot minor is the left foot at 4 of 10."""
    found = []
    for place, severity in ast.literal_eval(row["injuries"]).items():
        side, _, part = place.rpartition("_")
        pain = Pain(area=AREAS.get(part, "other"), score=SEVERITY[severity],
                    side=side if side in {"left", "right"} else "")
        found.append(PainNoted(pain=pain))
    return found


def words(person: str) -> tuple[list[Entry], list[Entry]]:
    """Check-ins with sessions, and apart from them the injury reports."""
    diary = [noted(check_in(row), row["effective_time_frame"]) for row in rows(person, "wellness")]
    diary += [noted(SessionDone(minutes=float(row["duration_min"]), rpe_cr10=float(row["perceived_exertion"])),
                    row["end_date_time"]) for row in rows(person, "srpe")]
    reports = [noted(pain, row["effective_time_frame"]) for row in rows(person, "injury") for pain in pains(row)]
    return diary, reports


def days(diary: list[Entry]) -> dict[dt.date, Readiness]:
    """The verdict on each date from the first check-in to the last."""
    dates = [entry.date for entry in diary if isinstance(entry.what, CheckIn)]
    span = (max(dates) - min(dates)).days + 1
    return {date: readiness(diary, today=date) for date in (min(dates) + n * DAY for n in range(span))}


@pytest.mark.parametrize("person", PEOPLE)
def test_every_day_of_every_person_has_a_light(person: str) -> None:
    """Five months of each person give a light a day, without an error and without code for one of them."""
    diary, reports = words(person)
    found = days([*diary, *reports])
    assert len(found) > 80
    assert {day.light for day in found.values()} <= set(Light)
    assert all(0.5 <= day.factor <= 1 and all(day.says) for day in found.values())
    assert all(found[entry.date].light >= Light.AMBER for entry in reports if entry.date in found)


def near_reports(dates: list[dt.date], reports: list[Entry]) -> tuple[set[dt.date], int]:
    """Dates in the 14 days before a first report (none in the 14 days before it), and how many such reports."""
    told = sorted({entry.date for entry in reports})
    first = [date for date in told if not any(date - BEFORE_DAYS * DAY <= other < date for other in told)]
    near = {date - n * DAY for date in first for n in range(1, BEFORE_DAYS + 1)}
    return near & set(dates), len(first)


def counted(found: list[Readiness]) -> str:
    """Green, amber and red days; then ambers with another reason than habitual sleep, and the mean share of sets."""
    lights = Counter(day.light for day in found)
    more = sum(any(r.light is Light.AMBER and r.rule != "R61" for r in day.why) for day in found)
    share = sum(day.factor for day in found) / max(1, len(found))
    return f"{' '.join(f'{lights[light]:4d}' for light in Light)} | {more:4d} {share:5.2f}"


def table() -> str:
    """One line a person: days before first reports, and all other days that hold no report."""
    head = "green amber red | amber not by sleep alone, mean share of sets"
    lines = [f"person, first reports || before: {head} || other days: {head}"]
    for person in PEOPLE:
        diary, reports = words(person)
        found = days(diary)
        near, count = near_reports(list(found), reports)
        told = {entry.date for entry in reports}
        parts = [[day for date, day in found.items() if date not in told and (date in near) is side]
                 for side in (True, False)]
        lines.append(f"{person} {count} || {counted(parts[0])} || {counted(parts[1])}")
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())
