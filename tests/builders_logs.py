"""Exports of strength apps made by our own code, for tests only."""

from __future__ import annotations

import csv
import io

HEVY = (
    "title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes", "set_index",
    "set_type", "weight_kg", "reps", "distance_km", "duration_seconds", "rpe")
STRONG = ("Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps", "Distance", "Seconds",
          "RPE")


def table(names: tuple[str, ...], rows: list[dict[str, object]], *, delimiter: str = ",") -> bytes:
    """Write rows under a heading; what a row does not name stays empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, names, restval="", delimiter=delimiter, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def hevy_row(exercise: str = "Squat (Barbell)", **more: object) -> dict[str, object]:
    """A set of a workout on a Tuesday at 18:05, 50 minutes long: 8 times 60 kg."""
    row: dict[str, object] = {
        "title": "Legs", "start_time": "3 Nov 2026, 18:05", "end_time": "3 Nov 2026, 18:55",
        "exercise_title": exercise, "set_type": "normal", "weight_kg": 60, "reps": 8}
    return row | more


def hevy(*rows: dict[str, object], pounds: bool = False) -> bytes:
    """An export of Hevy; one of an account in pounds names its column so."""
    names = tuple({"weight_kg": "weight_lbs", "distance_km": "distance_miles"}.get(n, n) if pounds else n for n in HEVY)
    renamed = [{("weight_lbs" if pounds and key == "weight_kg" else key): v for key, v in row.items()} for row in rows]
    return table(names, renamed)


def strong_row(exercise: str = "Squat (Barbell)", **more: object) -> dict[str, object]:
    """A set of a workout of 1 h 8 min: 8 times 60."""
    row: dict[str, object] = {
        "Date": "2026-11-03 18:05:12", "Workout Name": "Legs", "Duration": "1h 8m", "Exercise Name": exercise,
        "Set Order": 1, "Weight": 60.0, "Reps": 8.0, "Distance": 0, "Seconds": 0.0}
    return row | {name.replace("_", " "): value for name, value in more.items()}


def strong(*rows: dict[str, object]) -> bytes:
    """An export of Strong as its commonest version writes it."""
    return table(STRONG, list(rows))
