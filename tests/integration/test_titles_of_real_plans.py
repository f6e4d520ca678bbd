"""Titles of published plans, beside the checkout, against hand-checked labels."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from midstance.formats.run_title import read_title

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
LABELS = SHARED / "acceptance" / "titles.csv"
PLANS = SHARED / "data" / "plans"
ROUNDING_KM = 0.1

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LABELS.exists(), reason="shared/ is not beside the checkout: the real titles were NOT read"),
]


def _labels():
    with LABELS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _plan_titles():
    """Give (units, title, distance) of every workout of every published plan."""
    for path in sorted(PLANS.rglob("*.json")):
        plan = json.loads(path.read_text(encoding="utf-8"))
        for week in plan.get("schedule", ()):
            for day in week["workouts"]:
                for workout in day if isinstance(day, list) else [day]:
                    yield plan["units"], workout["title"], workout.get("distance")


def _kind(reading):
    if reading.is_run is False:
        return "none"
    return reading.type.value if reading.type else "unread"


def _right(label, reading):
    """Tell whether type, distance and minutes are those of the label."""
    right = _kind(reading) in {label["type"], *label["also"].split()}
    if label["distance_km"]:
        low, high = float(label["low_km"]) - ROUNDING_KM, float(label["high_km"]) + ROUNDING_KM
        right &= reading.distance_km is not None and low <= reading.distance_km <= high
    if label["minutes"]:
        right &= reading.minutes is not None and abs(reading.minutes - float(label["minutes"])) <= 1
    return right


def test_titles_are_read_as_labelled():
    """At least 98 % of the run titles are right, at most 0.5 % are wrong, the rest is reported unread."""
    runs = [label for label in _labels() if label["type"] not in ("none", "unread")]
    readings = [(label, read_title(label["title"], units=label["unit"])) for label in runs]
    right = sum(_right(label, reading) for label, reading in readings)
    unread = sum(reading.is_run is None for _, reading in readings)
    wrong = [label["title"] for label, reading in readings if reading.is_run is not None and not _right(label, reading)]
    assert len(runs) > 400
    assert right >= 0.98 * len(runs), wrong
    assert len(wrong) <= 0.005 * len(runs), wrong
    assert right + unread + len(wrong) == len(runs)


def test_days_without_a_run_are_told():
    """No day that is labelled as one without a run is read as one."""
    labels = [label for label in _labels() if label["type"] == "none"]
    taken = [label["title"] for label in labels if read_title(label["title"], units=label["unit"]).is_run]
    assert labels
    assert taken == []


def test_hard_types_are_hard():
    """Where a title surely says hard or not, the reading agrees, by type or by work at marathon pace."""
    hard = {"tempo", "intervals", "fartlek", "hills", "race"}
    wrong = []
    for label in _labels():
        reading = read_title(label["title"], units=label["unit"])
        told = _kind(reading) in hard or reading.marathon_pace_or_faster
        if label["sure"] == "yes" and label["type"] in hard and not told:
            wrong.append(label["title"])
        if label["sure"] == "yes" and label["hard"] == "no" and told:
            wrong.append(label["title"])
    assert wrong == []


def test_the_plans_are_read():
    """At least 99.5 % of all workouts of the published plans are read, and each that is not says why."""
    readings = [read_title(title, units=units) for units, title, _ in _plan_titles()]
    unread = [reading for reading in readings if reading.is_run is None]
    assert len(readings) > 5000
    assert len(unread) <= 0.005 * len(readings), {reading.title for reading in unread}
    assert all(reading.why for reading in unread)


def test_distances_agree_with_those_beside_the_titles():
    """Where the plan states a distance beside the title, at least 97 % of the readings agree with it within 20 %."""
    compared = agreed = 0
    for units, title, distance in _plan_titles():
        low, high = (min(distance), max(distance)) if isinstance(distance, list) else (distance or 0, distance or 0)
        reading = read_title(title, units=units)
        if reading.distance_km is None or low <= 1:
            continue
        factor = 1.609344 if units == "mi" else 1.0
        compared += 1
        agreed += low * factor * 0.8 <= reading.distance_km <= high * factor * 1.2
    assert compared > 3000
    assert agreed >= 0.97 * compared, (agreed, compared)
