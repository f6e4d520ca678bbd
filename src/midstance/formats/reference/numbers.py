"""The page of every number that shapes a plan: parameters of rules, phases, and the planner's own defaults."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from midstance.domain.units import clock_text
from midstance.formats.reference.markdown import NOTHING, code, listed, number, page, table
from midstance.formats.reference.rules import NUMBER_HEAD, number_row

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.catalogue.phases import PhaseSpec
    from midstance.domain.evidence import Param, Source
    from midstance.rules._rule import Rule


@dataclass(frozen=True, slots=True, kw_only=True)
class Default:
    """A number that stands in a module.

    Attributes:
        at: Module and name, ``planning.weeks.LEARNING_DAYS``.
        value: What stands there.
        unit: Its unit in words; ``clock`` for minutes of the day.
        says: What it decides.
        section: Heading under which it is listed.
    """

    at: str
    value: Any
    unit: str
    says: str
    section: str


def value_text(value: Any, unit: str = "") -> str:
    """Write a number, a range or a table of numbers.

    >>> value_text((2, 3)), value_text({"heavy": (20, 30), "primer": 5}), value_text(1050, "clock")
    ('2 to 3', 'heavy 20 to 30, primer 5', '17:30')
    """
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, dt.timedelta):
        return number(value / dt.timedelta(hours=1) if unit == "h" else value.days)
    if isinstance(value, dict):
        return listed(f"{value_text(key)} {value_text(part, unit)}" for key, part in value.items())
    if isinstance(value, (set, frozenset)):
        return listed(sorted(value_text(part) for part in value))
    if isinstance(value, (tuple, list)):
        plain = len(value) == 2 and all(isinstance(part, (int, float)) for part in value)
        parts = dict.fromkeys(value) if plain else value
        return (" to " if plain else ", ").join(value_text(part, unit) for part in parts)
    if isinstance(value, (int, float)):
        return clock_text(int(value)) if unit == "clock" else number(value)
    return str(value)


def render_numbers(
    rules: Sequence[Rule],
    sources: Mapping[str, Source],
    *,
    phases: Sequence[PhaseSpec],
    sets: Mapping[str, Mapping[str, int]],
    defaults: Sequence[Default],
    daily: Mapping[str, Sequence[Param]] | None = None,
) -> str:
    """Write the page of the numbers.

    Args:
        rules: All rules.
        sources: Sources by key.
        phases: What each phase asks for, in the order of a season.
        sets: Weekly sets by strength level and region.
        defaults: Numbers of modules, in the order of the page.
        daily: Parameters of the daily loop by what they belong to.
    """
    return page(
        "Numbers",
        "Every number that shapes a plan. Those of rules have a range that a coach may set; a number without a "
        "source is a midstance default.",
        "## Numbers of rules",
        table(
            ("rule", *NUMBER_HEAD),
            ((f"[{r.id}](rules.md#{r.id})", *number_row(p, sources)) for r in rules for p in r.params),
        ),
        *_daily(daily or {}, sources),
        "## Phases",
        "Sessions a week (least to most), wanted sessions, share of the weekly sets, longest session by kind. From "
        "`src/midstance/catalogue/phases.toml`.",
        table(
            ("phase", "strength-type", "of these heavy", "mobility", "legs", "upper", "plyometric", "share of sets",
             "longest [min]", "aim"),
            (_phase(spec) for spec in phases),
        ),
        "## Weekly sets at a share of 1",
        table(("level", *_regions(sets)), ((level, *map(str, by.values())) for level, by in sets.items())),
        *_sections(defaults),
    )


def _daily(daily: Mapping[str, Sequence[Param]], sources: Mapping[str, Source]) -> list[str]:
    rows = [(what, *number_row(param, sources)) for what, params in daily.items() for param in params]
    return ["## Numbers of the daily loop", table(("of", *NUMBER_HEAD), rows)] if rows else []


def _regions(sets: Mapping[str, Mapping[str, int]]) -> tuple[str, ...]:
    return tuple(next(iter(sets.values()), {}))


def _phase(spec: PhaseSpec) -> tuple[str, ...]:
    return (
        spec.phase.value, value_text(spec.strength_type), value_text(spec.heavy), value_text(spec.mobility),
        str(spec.leg_sessions), _wanted(spec.upper), _wanted(spec.plyometric), number(spec.share),
        value_text(spec.minutes), spec.aim,
    )


def _wanted(by_level: Mapping[str, int]) -> str:
    return listed(f"{level} {count}" for level, count in by_level.items() if count) if by_level else NOTHING


def _sections(defaults: Sequence[Default]) -> list[str]:
    parts: list[str] = []
    for section in dict.fromkeys(d.section for d in defaults):
        rows = ((d.says, value_text(d.value, d.unit), d.unit, code(d.at)) for d in defaults if d.section == section)
        parts += [f"## {section}", table(("decides", "value", "unit", "stands in"), rows)]
    return parts
