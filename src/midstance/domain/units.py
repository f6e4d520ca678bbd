"""Units: kilometres, kilograms, minutes and seconds inside; miles and pounds only on screens."""

from __future__ import annotations

KM_PER_MILE = 1.609344
KG_PER_POUND = 0.45359237


def weight_text(kg: float, units: str = "metric") -> str:
    """Write a weight [kg] in the runner's units: kilograms as they are, pounds to the half.

    >>> weight_text(12.5), weight_text(8, "imperial")
    ('12.5 kg', '17.5 lb')
    """
    return f"{round(2 * kg / KG_PER_POUND) / 2:g} lb" if units == "imperial" else f"{kg:g} kg"


def pace_seconds(text: str) -> int:
    """Read a pace such as ``6:10`` into seconds per kilometre.

    Args:
        text: Minutes and seconds, ``m:ss``, between 2:00 and 20:00.
    Returns: Seconds per km.
    Raises: ValueError: The text is no pace in that range.

    >>> pace_seconds("6:10")
    370
    """
    minutes, colon, seconds = text.strip().partition(":")
    if not (colon and minutes.isdecimal() and seconds.isdecimal() and len(seconds) == 2 and int(seconds) < 60):
        msg = f"{text!r} is not a pace; write minutes and seconds per km, for example \"6:10\""
        raise ValueError(msg)
    total = 60 * int(minutes) + int(seconds)
    if not 120 <= total <= 1200:
        msg = f"{text!r} is outside 2:00 to 20:00 per km"
        raise ValueError(msg)
    return total


def pace_text(seconds: float) -> str:
    """Write seconds per kilometre as ``m:ss``.

    >>> pace_text(369.6)
    '6:10'
    """
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02}"


def day_minutes(text: str) -> int:
    """Read a time of day ``HH:MM`` into minutes since midnight; 24:00 ends a day.

    >>> day_minutes("18:30")
    1110
    """
    hours, colon, minutes = text.strip().partition(":")
    if not (colon and hours.isdecimal() and minutes.isdecimal() and len(minutes) == 2):
        msg = f"{text!r} is not a time of day; write hours and minutes, for example \"18:30\""
        raise ValueError(msg)
    total = 60 * int(hours) + int(minutes)
    if int(minutes) > 59 or total > 24 * 60:
        msg = f"{text!r} is no time of day; it must lie between 00:00 and 24:00"
        raise ValueError(msg)
    return total


def clock_text(minutes: int) -> str:
    """Write minutes since midnight as ``HH:MM``.

    >>> clock_text(1110)
    '18:30'
    """
    return f"{minutes // 60:02}:{minutes % 60:02}"
