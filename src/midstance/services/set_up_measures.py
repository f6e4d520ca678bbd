"""Weights, distances and paces as people write them, in either system of units, to km and kg and back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from midstance.domain.units import KG_PER_POUND, KM_PER_MILE, pace_text

if TYPE_CHECKING:
    from collections.abc import Iterable

WEIGHT = {"kg": 1.0, "kgs": 1.0, "kilo": 1.0, "kilos": 1.0, "lb": KG_PER_POUND, "lbs": KG_PER_POUND,
          "pound": KG_PER_POUND, "pounds": KG_PER_POUND}
DISTANCE = {"km": 1.0, "k": 1.0, "mi": KM_PER_MILE, "mile": KM_PER_MILE, "miles": KM_PER_MILE}
USUAL = {"metric": {"weight": "kg", "distance": "km"}, "imperial": {"weight": "lb", "distance": "mi"}}
PIECE = re.compile(r"(?:(\d{1,2})\s*[x\u00d7*]\s*)?(\d+(?:\.\d+)?)\s*([a-z]*)")
PACE = re.compile(r"(\d{1,2}:\d\d)\s*(?:min)?\s*(?:(?:/|per|a|an)?\s*(km|kilometre|mi|mile))?")
BETWEEN = re.compile(r"[\s,;+]*(?:and\b)?[\s,;+]*")
MOST_TIMES = 20


def weights_of(text: str, units: str) -> tuple[float, ...]:
    """Read a list of weights [kg]; a number without a unit takes the next one's, else the runner's.

    >>> weights_of("8, 12, 2 x 16 kg", "imperial")
    (8.0, 12.0, 16.0, 16.0)

    Raises: ValueError: Something in it is no weight.
    """
    found: list[tuple[int, float, str]] = []
    rest = text.strip().lower()
    while rest:
        match = PIECE.match(rest)
        if match is None or match[3] not in ("", *WEIGHT) or int(match[1] or 1) > MOST_TIMES:
            raise ValueError(text)
        found.append((int(match[1] or 1), float(match[2]), match[3]))
        rest = rest[match.end():]
        rest = rest[BETWEEN.match(rest).end():]  # type: ignore[union-attr]  # it matches nothing at least
    unit, weights = USUAL[units]["weight"], []
    for times, number, own in reversed(found):
        unit = own or unit
        weights += [rounded(number * WEIGHT[unit])] * times
    return tuple(reversed(weights))


def measure_of(text: str, units: str, kind: str) -> float:
    """Read one weight [kg] or distance [km]; the decimal point may be a comma.

    >>> measure_of("13.1 mi", "metric", "distance"), measure_of("61,5", "metric", "weight")
    (21.0824, 61.5)

    Raises: ValueError: It is none.
    """
    known = WEIGHT if kind == "weight" else DISTANCE
    match = re.fullmatch(r"(\d+(?:[.,]\d+)?)\s*([a-z]*)", text.strip().lower())
    if match is None or match[2] not in ("", *known):
        raise ValueError(text)
    return rounded(float(match[1].replace(",", ".")) * known[match[2] or USUAL[units][kind]])


def pace_of(text: str, units: str) -> str:
    """Read a pace and give it a km, as runner.toml has it.

    >>> pace_of("9:55 /mi", "metric"), pace_of("6:10", "metric")
    ('6:10', '6:10')

    Raises: ValueError: It is none.
    """
    match = PACE.fullmatch(text.strip().lower())
    if match is None:
        raise ValueError(text)
    unit = match[2] or USUAL[units]["distance"]
    return pace_text(pace_seconds_of(match[1]) / (1.0 if unit.startswith("k") else KM_PER_MILE))


def pace_seconds_of(text: str) -> int:
    """Read minutes and seconds of any pace; those a mile are slower than runner.toml allows a km.

    >>> pace_seconds_of("25:30")
    1530
    """
    minutes, _, seconds = text.partition(":")
    return 60 * int(minutes) + int(seconds)


def rounded(value: float) -> float:
    """Take off what only counting in another unit brought."""
    return round(value, 4)


def weights_text(kilograms: Iterable[float], units: str) -> str:
    """Write weights in the runner's units.

    >>> weights_text((8.0, 16.0, 16.0), "metric"), weights_text((16.0,), "imperial")
    ('8, 16, 16 kg', '35.5 lb')
    """
    unit = USUAL[units]["weight"]
    shown = [weight_number(kg, unit) for kg in kilograms]
    return f"{', '.join(shown)} {unit}" if shown else ""


def measure_text(value: float | None, units: str, kind: str) -> str:
    """Write a weight or distance in the runner's units, an empty text for none."""
    unit = USUAL[units][kind]
    if value is None:
        return ""
    return f"{weight_number(value, unit) if kind == 'weight' else number_text(value / DISTANCE[unit])} {unit}"


def weight_number(kilograms: float, unit: str) -> str:
    """Write a weight without its unit: kilograms as they are, pounds to the half."""
    return number_text(kilograms if unit == "kg" else round(2 * kilograms / KG_PER_POUND) / 2)


def pace_shown(seconds_per_km: float | None, units: str) -> str:
    """Write a pace in the runner's units, an empty text for none."""
    if seconds_per_km is None:
        return ""
    if units == "imperial":
        return f"{pace_text(seconds_per_km * KM_PER_MILE)} /mi"
    return f"{pace_text(seconds_per_km)} /km"


def number_text(value: float) -> str:
    """Write a number with at most two decimals, without trailing zeros.

    >>> number_text(16.0), number_text(35.274)
    ('16', '35.27')
    """
    return f"{value:.2f}".rstrip("0").rstrip(".")

