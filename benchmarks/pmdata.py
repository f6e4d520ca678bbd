"""PMData (Thambawita et al. 2020) as diary entries: one small reader for the report and for tests.

The folder lies beside the checkout and is never copied into it. What the study asked is put on midstance's scales;
after that its ten people are runners like any other.
"""

from __future__ import annotations

import ast
import csv
import datetime as dt
import gzip
import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from midstance.domain.diary import CheckIn, Pain, PainNoted, SessionDone
from midstance.domain.entry import Entry, Origin, Via, entry_of
from midstance.planning.readiness import Readiness, readiness

PMDATA = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "pmdata"
PEOPLE = tuple(sorted(path.name for path in PMDATA.glob("p[0-9][0-9]")))
HOME = ZoneInfo("Europe/Oslo")
DAY = dt.timedelta(days=1)
BEFORE_DAYS = 14
BAD = {5: 0.0, 4: 1.5, 3: 3.0, 2: 6.0, 1: 9.0}
"""From the study's 1 (worst) over 3 (normal) to 5 (best) to midstance's 0 (none) to 10: normal is 3 of 10."""
SEVERITY = {"minor": 4.0, "major": 7.0}
AREAS = {"foot": "foot", "hip": "hip", "leg": "other", "knee": "knee", "ankle": "ankle", "back": "back",
         "shoulder": "shoulder"}
LEGS = frozenset({"foot", "hip", "leg", "knee", "ankle"})
SAME_RUN = 0.35   # a recorded run is the rated one when both are of its date and their lengths differ by less
SAME_RUN_MIN = 5


@dataclass(frozen=True, kw_only=True)
class RatedRun:
    """A run with its told exertion (0 to 10) and its minutes in the watch's zones: to 50, 70, 85, 100 % of maximum."""

    rpe_cr10: float
    zone_minutes: tuple[int, int, int, int]


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


@cache
def words(person: str) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """Check-ins with sessions, and apart from them the injury reports."""
    diary = [noted(check_in(row), row["effective_time_frame"]) for row in rows(person, "wellness")]
    diary += [noted(SessionDone(minutes=float(row["duration_min"]), rpe_cr10=float(row["perceived_exertion"])),
                    row["end_date_time"]) for row in rows(person, "srpe")]
    reports = [noted(pain, row["effective_time_frame"]) for row in rows(person, "injury") for pain in pains(row)]
    return tuple(diary), tuple(reports)


@cache
def days(person: str) -> dict[dt.date, Readiness]:
    """The verdict on each date from the first check-in to the last, by what was said until then."""
    diary, reports = words(person)
    dates = [entry.date for entry in diary if isinstance(entry.what, CheckIn)]
    span = (max(dates) - min(dates)).days + 1
    return {date: readiness((*diary, *reports), today=date) for date in (min(dates) + n * DAY for n in range(span))}


def first_reports(reports: tuple[Entry, ...]) -> list[dt.date]:
    """Dates of reports without another one in the 14 days before; the others go on about the same."""
    told = sorted({entry.date for entry in reports})
    return [date for date in told if not any(date - BEFORE_DAYS * DAY <= other < date for other in told)]


def of_the_legs(person: str) -> set[dt.date]:
    """Dates on which a report names a place from the hip down."""
    found = set()
    for row in rows(person, "injury"):
        if any(place.rpartition("_")[2] in LEGS for place in ast.literal_eval(row["injuries"])):
            found.add(dt.datetime.fromisoformat(row["effective_time_frame"]).astimezone(HOME).date())
    return found


def rated_runs(person: str) -> list[RatedRun]:
    """Runs that were recorded with heart-rate zones and rated: the only two of their date that fit each other."""
    with gzip.open(PMDATA / person / "fitbit" / "exercise.json.gz", "rt", encoding="utf-8") as file:
        recorded = [run for run in json.load(file)
                    if run["activityName"] in {"Run", "Treadmill"} and len(run.get("heartRateZones", ())) == 4]
    found = []
    for row in rows(person, "srpe"):
        if "running" not in row["activity_names"]:
            continue
        date = dt.datetime.fromisoformat(row["end_date_time"]).astimezone(HOME).date()
        told = float(row["duration_min"])
        same = [run for run in recorded if dt.date.fromisoformat(run["startTime"][:10]) == date
                and abs(run["activeDuration"] / 60_000 - told) <= SAME_RUN * told + SAME_RUN_MIN]
        zones = [zone["minutes"] for zone in same[0]["heartRateZones"]] if len(same) == 1 else []
        if sum(zones) > 0:
            found.append(RatedRun(rpe_cr10=float(row["perceived_exertion"]), zone_minutes=tuple(zones)))
    return found
