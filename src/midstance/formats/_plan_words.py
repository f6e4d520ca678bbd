"""A plan in plain words: what the terminal and the page say alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from midstance.domain.dates import sunday, weekday_name
from midstance.domain.plan import Phase
from midstance.domain.run import RunType
from midstance.domain.session import Kind
from midstance.domain.units import KM_PER_MILE, weight_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.plan import Finding, Plan, Relaxed, Retest, Unread, Week
    from midstance.domain.run import PlannedRun
    from midstance.domain.session import Block, Item

ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
PHASE_WORDS = {
    Phase.OFF_SEASON: "off-season", Phase.BASE: "base", Phase.BUILD: "build", Phase.PEAK: "peak",
    Phase.TAPER: "taper", Phase.RACE_WEEK: "race week", Phase.RECOVERY: "recovery",
}
KIND_WORDS = {
    Kind.HEAVY: "Heavy strength", Kind.STRENGTH: "Strength", Kind.UPPER: "Upper body", Kind.MOBILITY: "Mobility",
    Kind.PLYOMETRIC: "Hops and skips", Kind.PRIMER: "Primer",
}
RUN_WORDS = {
    RunType.RECOVERY: "Recovery run", RunType.EASY: "Easy run", RunType.LONG: "Long run",
    RunType.STEADY: "Steady run", RunType.TEMPO: "Tempo run", RunType.INTERVALS: "Intervals",
    RunType.FARTLEK: "Fartlek", RunType.HILLS: "Hills", RunType.RACE: "Race",
}
THINGS = {
    "sessions": "sessions", "strength_type": "strength sessions", "heavy": "heavy sessions",
    "mobility": "mobility sessions", "leg_sessions": "leg sessions", "upper": "upper-body sessions",
    "plyometric": "hop sessions",
}
SEASON_PHASES = 6
HONESTY = (
    "Strength work typically makes running 2-4 % more economical after 8 to 14 weeks (reported range 0-8 %), and it "
    "may lower the risk of injury when it is really done. Averages of groups cannot tell what happens to you. "
    "Sleep and food carry training: without enough of them more is not better.")
SAFETY = (
    "Before you start, ask a medical professional, above all with an illness, an injury or after a long pause.",
    "Stop when pain is sharp, changes your stride or grows from day to day; chest pain, fainting, numbness or "
    "a swollen calf need a doctor now.",
    "midstance teaches; it does not diagnose or treat.",
)
SAFETY_NEW = "New to strength work? Learn each movement in person from someone qualified before you add weight."


@dataclass(frozen=True, slots=True)
class PlanRace:
    """A race as the plan knows it; ``priority`` is empty for one that only the calendar names."""

    date: dt.date
    name: str
    distance_km: float | None
    priority: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Puts values into words, in the runner's units.

    Attributes:
        names: Exercise names by id; an id without one is read as words.
        units: ``metric`` or ``imperial``.
        to: What stands between the ends of a range.
    """

    names: Mapping[str, str]
    units: str = "metric"
    to: str = "-"

    def exercise(self, key: str) -> str:
        """Name an exercise."""
        return cleaned(self.names.get(key) or key.replace("-", " ").capitalize())

    def distance(self, km: float, *, whole_from: float = 100) -> str:
        """Write a distance with at most one decimal, and none from ``whole_from`` on."""
        value, unit = (km / KM_PER_MILE, "mi") if self.units == "imperial" else (km, "km")
        return f"{round(value, 1 if value < whole_from else 0):g} {unit}"

    def weight(self, kg: float) -> str:
        """Write a weight: kilograms as they are, pounds to the half."""
        return weight_text(kg, self.units)

    def dose(self, item: Item) -> str:
        """Write how much of an exercise one set is, without the weight.

        A carry's steps are one way; an open top ends at the last good repetition.
        """
        amount = f"{item.low}" if item.low == item.high else f"{item.low}{self.to}{item.high}"
        many = {"reps": "", "seconds": " s", "steps": " steps each way", "contacts": " contacts"}[item.unit]
        if item.to_last_good_rep:
            many += " or to the last good rep"
        return amount + many + (" a side" if item.per_side else "")

    def details(self, item: Item) -> tuple[str, ...]:
        """List weight, reserve, tempo and sides of an item, most important first."""
        parts = []
        if item.weight_kg is not None:
            parts.append(self.weight(item.weight_kg) + (" in each hand" if item.per_hand else ""))
        if item.rir is not None:
            parts.append(f"{item.rir} in reserve")
        if item.tempo:
            parts.append(f"tempo {item.tempo}")
        parts += [f"{n} {'set' if n == 1 else 'sets'} more {side}" for side, n in item.extra_rounds]
        return (*parts, f"{item.first_side} first") if item.first_side else tuple(parts)

    def run(self, run: PlannedRun) -> str:
        """Write length and work of a run."""
        parts = [f"{run.minutes} min"]
        if run.distance_km is not None:
            parts.append(self.distance(run.distance_km))
        if run.hard_minutes:
            parts.append(f"{run.hard_minutes} min of work")
        elif run.hard:
            parts.append("counts as hard")
        return ", ".join(parts)

    def running(self, week: Week) -> str:
        """Write how much is run in a week: the distance where all of it is known, else minutes."""
        known = [r.distance_km for r in week.runs if r.distance_km is not None]
        if week.runs and len(known) == len(week.runs):
            return self.distance(sum(known), whole_from=20)
        return f"{sum(r.minutes for r in week.runs)} min"

    def race(self, race: PlanRace) -> str:
        """Write a race with its distance and priority."""
        parts = [f"priority {race.priority}"] if race.priority else []
        if race.distance_km and race.name and race.priority:
            parts.insert(0, self.distance(race.distance_km))
        name = race.name or (f"{self.distance(race.distance_km)} race" if race.distance_km else "Race")
        return name + (f" ({', '.join(parts)})" if parts else "")


def cleaned(text: str) -> str:
    """Make foreign text safe for one line: no control characters, no doubled blanks."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def day_text(date: dt.date, *, year: bool = False) -> str:
    """Write a date in words, the same on every machine.

    >>> day_text(dt.date(2026, 12, 1), year=True)
    'Tue 1 Dec 2026'
    """
    return f"{weekday_name(date)[:3]} {date.day} {MONTHS[date.month - 1]}" + (f" {date.year}" if year else "")


def span_text(first: dt.date, last: dt.date) -> str:
    """Write a span of dates as short as it can be.

    >>> span_text(dt.date(2026, 11, 30), dt.date(2026, 12, 6)), span_text(dt.date(2026, 12, 7), dt.date(2026, 12, 13))
    ('30 Nov – 6 Dec', '7 – 13 Dec')
    """
    month = "" if (first.year, first.month) == (last.year, last.month) else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} – {last.day} {MONTHS[last.month - 1]}"


def week_span(week: Week) -> str:
    """Write the dates a week holds."""
    dates = [day.date for day in week.days] or [week.starts, sunday(week.starts)]
    return span_text(dates[0], dates[-1])


def counted(number: int, word: str) -> str:
    """Write a number with its noun."""
    return f"{number} {word}" if number == 1 else f"{number} {word}s"


def joined(parts: Iterable[str]) -> str:
    """Join words as people do.

    >>> joined(["base", "build", "taper"])
    'base, build and taper'
    """
    *most, last = list(parts) or [""]
    return f"{', '.join(most)} and {last}" if most else last


def block_title(block: Block) -> str:
    """Name a block with its rounds and rest."""
    label = cleaned(block.label)
    title = f"{label[:1].upper()}{label[1:]}" or "Block"
    parts = [counted(block.rounds, "round")] if block.rounds != 1 else []
    parts += [f"rest {block.rest_s} s"] if block.rest_s else []
    return f"{title}: {', '.join(parts)}" if parts else title


def plan_races(plan: Plan) -> tuple[PlanRace, ...]:
    """List the plan's races by date: those of the runner's file, then days that only the calendar calls a race."""
    races = [race for race in _named_races(plan) if plan.starts <= race.date <= plan.ends]
    known = {race.date for race in races}
    races += [
        PlanRace(r.date, cleaned(r.title), r.distance_km, "")
        for r in plan.runs if r.type is RunType.RACE and r.date not in known]
    return tuple(sorted(races, key=lambda race: race.date))


def _named_races(plan: Plan) -> list[PlanRace]:
    """Read races out of the document's free-form inputs; what does not look like one is left out."""
    runner = plan.inputs.get("runner")
    listed = runner.get("races") if isinstance(runner, dict) else None
    found = []
    for race in listed if isinstance(listed, list | tuple) else ():
        try:
            date, km = dt.date.fromisoformat(str(race["date"])), float(race["distance_km"])
        except (KeyError, TypeError, ValueError):
            continue
        name, priority = (cleaned(str(race.get(key) or "")) for key in ("name", "priority"))
        found.append(PlanRace(date, name, km, priority or "A"))
    return found


def aim_text(plan: Plan, words: Words) -> str:
    """Say in a sentence or two what the plan does and where it leads."""
    stretches = [(phase, len(list(weeks))) for phase, weeks in groupby(w.phase for w in plan.weeks)]
    way = joined(
        PHASE_WORDS[phase] if phase is Phase.RACE_WEEK and n == 1 else f"{counted(n, 'week')} of {PHASE_WORDS[phase]}"
        for phase, n in stretches)
    if len(stretches) > SEASON_PHASES:
        first, last = (PHASE_WORDS[stretches[end][0]] for end in (0, -1))
        way = f"{counted(len(plan.weeks), 'week')} from {first} to {last}"
    main = [race for race in plan_races(plan) if race.priority in {"A", ""}]
    goal = f" towards {main[-1].name or words.race(main[-1])}" if main else ""
    sat = [s for s in plan.sessions if s.kind is not Kind.PRIMER]
    hours, minutes = divmod(sum(s.minutes for s in sat), 60)
    sessions = f"{counted(len(sat), 'session')}, {hours} h {minutes} min in all"
    return f"{way[:1].upper()}{way[1:]}{goal}: {sessions}, placed around {counted(len(plan.runs), 'run')}."


def certificate_text(plan: Plan) -> str:
    """Say in plain words how good the arrangement is proven to be."""
    best = plan.optimality
    if not best.cost or len(best.cost) != len(best.bound):
        return "Made without a search: nothing is proven about it."
    if best.status == "optimal":
        return "Proven optimal: over all starts considered, no other arrangement meets the rules better."
    gaps = [(cost - bound, name) for cost, bound, name in zip(best.cost, best.bound, ("dose", "taste"), strict=False)]
    first = next(((gap, name) for gap, name in gaps if gap > 0), (0, "taste"))
    return f"Within {counted(first[0], 'point')} of {first[1]} of the best that is possible; the rest is not proven."


def finding_parts(finding: Finding) -> tuple[str, str]:
    """Say what a finding is about, and what it says."""
    about = "Your runs" if finding.on == "calendar" else "This plan"
    says = cleaned(finding.says)
    if not any(c.isalpha() for c in says):
        says = cleaned(finding.rule).replace("-", " ")
    return f"{about}, {day_text(finding.date)}:", _sentence(f"{says[:1].upper()}{says[1:]}")


def relaxed_text(entry: Relaxed) -> str:
    """Say what gave way and why: the planner's own words, or the figures where it has none."""
    says = cleaned(entry.says)
    if any(c.isalpha() for c in says):
        return _sentence(says)
    because = f", because of {joined(r.replace('-', ' ') for r in entry.because)}" if entry.because else ""
    thing = THINGS.get(entry.what) or f"sets for {cleaned(entry.what)}"
    return _sentence(f"{thing[:1].upper()}{thing[1:]}: {entry.planned} instead of {entry.wanted}{because}")


def unread_text(entry: Unread) -> str:
    """Name an entry of a calendar that is not in the plan."""
    date = f"{day_text(entry.date)}: " if entry.date else ""
    return f"{date}“{cleaned(entry.title)}”" + (f" ({cleaned(entry.source)})" if entry.source else "")


def safety_texts(plan: Plan) -> tuple[str, ...]:
    """Give the safety wording (M26); newcomers to strength, and runners of unknown level, read one sentence more."""
    runner = plan.inputs.get("runner")
    level = runner.get("strength_level", "beginner") if isinstance(runner, dict) else "beginner"
    return (*SAFETY, SAFETY_NEW) if level == "beginner" else SAFETY


def within(week: Week, date: dt.date) -> bool:
    """Tell whether a date belongs to a week."""
    return week.starts <= date <= sunday(week.starts)


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."


def retest_parts(retest: Retest) -> tuple[str, str]:
    """Say when to test again: heading and sentence."""
    return f"Re-test on {day_text(retest.date)}.", retest.says


def spoken(sentence: str, *, weekday: bool = False) -> str:
    """Write the dates of a sentence as a calendar does; what only looks like a date stays.

    >>> spoken("Friday's mobility session (2027-01-29) moves to Saturday.")
    "Friday's mobility session (29 Jan) moves to Saturday."
    >>> spoken("Sets of 2027-01-29 count.", weekday=True)
    'Sets of Fri 29 Jan count.'
    """
    def day(found: re.Match[str]) -> str:
        try:
            words = day_text(dt.date.fromisoformat(found[0]))
        except ValueError:
            return found[0]
        return words if weekday else words.partition(" ")[2]

    return ISO_DATE.sub(day, sentence)
