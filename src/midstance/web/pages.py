"""Pages: a screen's template, filled with its context and nothing else of the program."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from midstance.formats._plan_words import day_text
from midstance.web._screen import Screen
from midstance.web.assets import load_assets
from midstance.web.notices import Notice

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from midstance.formats._format import Fault

HERE = Path(__file__).parent
THEMES = ("light", "dark")
LONG_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
               "November", "December")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What stands around every page.

    Attributes:
        screens: All screens, for the navigation.
        path: Path of the request.
        theme: ``light``, ``dark`` or empty for the system's.
        notice: What the last action did, or None.
    """

    screens: tuple[Screen, ...] = ()
    path: str = ""
    theme: str = ""
    notice: Notice | None = None

    @property
    def nav(self) -> tuple[Screen, ...]:
        """Screens of the navigation in their order."""
        shown = [screen for screen in self.screens if screen.nav is not None]
        return tuple(sorted(shown, key=lambda screen: screen.nav or 0))


def page(
    screen: Screen, context: Any, frame: Frame, *, faults: Sequence[Fault] = (),
    given: Mapping[str, Sequence[str]] | None = None,
) -> str:
    """Write a screen's page.

    Args:
        screen: The screen.
        context: Its context.
        frame: What stands around it.
        faults: What was wrong with a form.
        given: The form as it was handed in, for refilling.
    """
    template = environment().get_template(f"{screen.id.replace('-', '_')}/screen.html")
    return template.render(c=context, frame=frame, title=screen.title, faults=faults, given=given or {},
                           **screen.globals)


def plain_page(name: str, frame: Frame, **values: Any) -> str:
    """Write a page that is no screen: an error, the offline page, pairing."""
    return environment().get_template(name).render(
        frame=frame, **{"faults": (), "given": {}, "title": "midstance", **values})


@cache
def environment() -> Environment:
    """Make the templates' surroundings once."""
    made = Environment(
        loader=FileSystemLoader([HERE / "templates", HERE / "screens"]), autoescape=True, undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True)
    made.filters |= {"day": day_text, "long_day": long_day, "clock": clock, "hours": hours}
    made.globals |= {"asset": load_assets().url, "still": still}
    return made


def long_day(date: dt.date) -> str:
    """Write a date at length.

    >>> from datetime import date
    >>> long_day(date(2026, 12, 3))
    'Thursday 3 December'
    """
    return f"{DAYS[date.weekday()]} {date.day} {LONG_MONTHS[date.month - 1]}"


def clock(moment: dt.datetime) -> str:
    """Write the time of day."""
    return f"{moment:%H:%M}"


def hours(minutes: float) -> str:
    """Write a length of time.

    >>> hours(50), hours(60), hours(135)
    ('50 min', '1 h', '2 h 15 min')
    """
    whole, rest = divmod(round(minutes), 60)
    if not whole:
        return f"{rest} min"
    return f"{whole} h {rest} min" if rest else f"{whole} h"


def still(exercise: str, *, poses: int = 2) -> Markup:
    """Draw how an exercise is done, standing still; nothing where no drawing is known yet."""
    from midstance.services.figures import still_of  # noqa: PLC0415 - drawing loads numpy

    return Markup(still_of(exercise, poses=poses))
