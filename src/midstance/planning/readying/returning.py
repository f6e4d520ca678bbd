"""Back after time off: less at first, week by week more; long breaks begin with walking and running (R30, R72)."""

from __future__ import annotations

from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.planning.readying.light import ALL_KINDS, NOTHING_HARD, Comeback, Light, Reason, RunToday

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Sequence

    from midstance.planning.readying.facts import Facts

SHARES = tuple(
    Param(
        id=f"back-{name}", value=share, unit="share", between=(0.5, 1), source="warden-2021",
        says=f"Share of the usual after {words} off (R72).",
    )
    for name, share, words in (
        ("week", 0.9, "up to a week"), ("fortnight", 0.7, "up to two weeks"), ("month", 0.5, "up to four weeks"),
        ("longer", 0.5, "more than four weeks"))
)
UP_TO_DAYS = (7, 14, 28)
LEAST_OFF = Param(
    id="break-least", value=5, unit="days", between=(3, 10),
    says="Days without any training that are a break, where the usual pause between training days is shorter.",
)
TIMES_USUAL = Param(
    id="break-times-usual", value=2, unit="times", between=(1.5, 4),
    says="A break is also longer than so many times the runner's usual pause between training days.",
)
WITHOUT_HABIT = Param(
    id="break-without-habit", value=7, unit="days", between=(5, 14),
    says="Days that are a break where too few training days are known to tell the usual pause.",
)
STRENGTH_GAP = Param(
    id="strength-gap", value=28, unit="days", between=(14, 42), source="berryman-2021",
    says="Days without a strength session after which weights and sets come back lower (R30).",
)
STRENGTH_SHARE = Param(
    id="strength-back-sets", value=0.67, unit="share", between=(0.5, 1),
    says="Share of the sets after such a gap: two thirds (R30).",
)
LOAD_SHARE = Param(
    id="strength-back-load", value=0.85, unit="share", between=(0.8, 0.9),
    says="Share of the former weights after such a gap: 10 to 20 % less (R30).",
)
LEVEL_GAP = Param(
    id="strength-level-gap", value=56, unit="days", between=(42, 84),
    says="Days without strength work after which it starts one level lower (R30).",
)
FIRST_DAYS = Param(
    id="back-first-days", value=3, unit="training days", between=(1, 10),
    says="Training days after more than a week off before heavy work and hops come back: as many as after an illness.",
)
PARAMS = (
    *SHARES, LEAST_OFF, TIMES_USUAL, WITHOUT_HABIT, STRENGTH_GAP, STRENGTH_SHARE, LOAD_SHARE, LEVEL_GAP, FIRST_DAYS,
)

WALK_RUN = ((1, 4), (2, 3), (3, 2), (4, 1), (30, 0))
"""Minutes running and walking, six times, every second day, each step twice; at last 30 minutes through (R72)."""
EACH_STEP = 2
GATE = (
    "Walk briskly for 30 to 45 minutes without pain.",
    "Hop 10 to 15 times on each leg.",
    "Do 20 or more calf raises on each leg, with no more than 10 to 15 % between the sides.",
    "Squat 10 times on each leg.",
    "Pain in all of this stays at 2 of 10 or less; a bone must not hurt at all.",
)
"""What a runner should manage before running again after an injury (R72)."""

OFF = (
    "No training is recorded for {days} days. If you were off, begin with about {share:.0%} of the usual; it grows "
    "again week by week. If you did train, add it and this goes away."
)
OFF_LONG = (
    "No training is recorded for {days} days. If you were off, begin with about half of the sets at lower weights, and "
    "run every second day at most. If you did train, add it and this goes away."
)
BACK = (
    "You are back after {days} days without training. This week keeps about {share:.0%} of the usual; it grows week by "
    "week, first more often, then longer, then faster."
)
SHORT = "For now runs are easy, half an hour at most."
EASY_FIRST = "For now runs are easy."
HARD_WAITS = "Heavy work and hops wait for {days} more training day{s}."
TURNS = "Your first runs: six times {run} min running and {walk} min walking; each step is done twice."
THROUGH = "Your first runs: 30 minutes easily, with walking whenever you like."
STRENGTH_OFF = (
    "No strength session is recorded for {days} days. The first ones come back with two thirds of the sets and lower "
    "weights; strength comes back faster than it was built."
)


def break_reasons(facts: Facts, *, run: bool = True) -> Iterator[Reason]:
    """Judge time off from all training, and from strength alone; a diary without training says nothing.

    Args:
        facts: What the diary says.
        run: Whether there may be a run today; without one nothing is said of how to run.
    """
    trained = facts.trained
    found = [(share_after(off, weeks), off, begun) for off, begun in breaks(trained, facts.today)
             for weeks in [_weeks(begun, facts.today)]]
    running = [(share, off, begun) for share, off, begun in found if share < 1 or off > UP_TO_DAYS[-1]]
    for share, off, begun in sorted(running, key=lambda f: (f[0], -f[1]))[:1]:
        yield from _comeback(facts, share, off, begun, run=run)
    yield from _strength_only(facts, whole=bool(running))


def breaks(trained: Sequence[dt.date], today: dt.date) -> list[tuple[int, dt.date]]:
    """Find the breaks of the last two months: days off [d], and the date on which training began again.

    Args:
        trained: Dates with training before today, ascending.
        today: The day that ends a break that lasts until now.
    """
    found = []
    days = (*trained, today)
    for number in range(1, len(days)):
        earlier, later = days[number - 1], days[number]
        off = (later - earlier).days - 1
        if (today - later).days <= 56 and off >= _least(days[max(0, number - 9):number]):
            found.append((off, later))
    return found


def share_after(days_off: int, weeks_back: int = 0) -> float:
    """Give the share of the usual after so many days off, so many whole weeks after starting again.

    Each week climbs one row of the table (midstance default).

    >>> [share_after(days) for days in (7, 14, 28, 40)], share_after(28, 1), share_after(7, 1)
    ([0.9, 0.7, 0.5, 0.5], 0.7, 1.0)
    """
    row = sum(days_off > most for most in UP_TO_DAYS) - weeks_back
    return SHARES[row].value if row >= 0 else 1.0


def walk_run_step(runs_since: int) -> tuple[int, int] | None:
    """Give minutes of running and walking after so many runs since the return, or None when the plan is through.

    >>> walk_run_step(0), walk_run_step(3), walk_run_step(10)
    ((1, 4), (2, 3), None)
    """
    step = runs_since // EACH_STEP
    return WALK_RUN[step] if step < len(WALK_RUN) else None


def _comeback(facts: Facts, share: float, off: int, begun: dt.date, *, run: bool) -> Iterator[Reason]:
    """Say what comes back and, after more than a week, what waits: amber, easy runs, nothing hard at first (R72).

    The first reason speaks of the weeks, the second of the day: the first goes with every session that is cut.
    """
    long = off > UP_TO_DAYS[-1]
    turns = walk_run_step(sum(date >= begun for date in facts.ran)) if long else None
    if share == 1 and turns is None:
        return
    advice = _run_after(share, turns)
    waits = _days_to_hard(facts, off, begun)
    light = Light.AMBER if waits or advice > RunToday.AS_PLANNED else Light.GREEN
    kinds = NOTHING_HARD if waits else ALL_KINDS
    lower = long and share < SHARES[0].value
    comeback = Comeback(
        run_share=share, load_share=LOAD_SHARE.value if lower else 1.0, levels_less=int(off > LEVEL_GAP.value),
        walk_run=turns)
    text = (OFF_LONG if long else OFF) if begun == facts.today else BACK
    today = " ".join(_today(advice if run else RunToday.NONE, waits, turns))
    if share < 1:
        yield Reason(rule="R72", text=text.format(days=off, share=share), light=light, factor=share, run=advice,
                     kinds=kinds, longest_stays=True, comeback=comeback)
    if today:
        yield Reason(rule="R72", text=today, light=light, run=advice, kinds=kinds, longest_stays=True,
                     comeback=comeback)


def _run_after(share: float, turns: tuple[int, int] | None) -> RunToday:
    """Say what becomes of runs: short at half of the usual and while walking and running, else easy until 90 %.

    Intensity is what comes back last (R72); at 90 % a week off is all that is left of a break.
    """
    if turns or share <= SHARES[-1].value:
        return RunToday.SHORT_EASY
    return RunToday.EASY if share < SHARES[0].value else RunToday.AS_PLANNED


def _days_to_hard(facts: Facts, off: int, begun: dt.date) -> int:
    """Give the training days that are still to come before heavy work and hops; none after a week off or less."""
    done = sum(date >= begun for date in facts.trained)
    return max(0, round(FIRST_DAYS.value) - done) if off > UP_TO_DAYS[0] else 0


def _today(advice: RunToday, waits: int, turns: tuple[int, int] | None) -> Iterator[str]:
    """Say what a break asks of today, in sentences; of runs only where there may be one."""
    if advice in {RunToday.EASY, RunToday.SHORT_EASY}:
        yield SHORT if advice is RunToday.SHORT_EASY else EASY_FIRST
        if turns:
            yield TURNS.format(run=turns[0], walk=turns[1]) if turns[1] else THROUGH
    if waits:
        yield HARD_WAITS.format(days=waits, s="s" if waits > 1 else "")


def _strength_only(facts: Facts, *, whole: bool) -> Iterator[Reason]:
    """Judge time off from strength while running went on; a whole break has said it already."""
    if whole or not facts.lifted:
        return
    off = (facts.today - facts.lifted[-1]).days - 1
    if off > STRENGTH_GAP.value:
        yield Reason(rule="R30", text=STRENGTH_OFF.format(days=off), factor=STRENGTH_SHARE.value, comeback=Comeback(
            load_share=LOAD_SHARE.value, levels_less=int(off > LEVEL_GAP.value)))


def _least(before: Sequence[dt.date]) -> float:
    """Give the days off that are a break for a runner with these training days before it."""
    pauses = [(later - earlier).days for earlier, later in pairwise(before)]
    if len(pauses) < 3:
        return WITHOUT_HABIT.value
    return max(LEAST_OFF.value, TIMES_USUAL.value * median(pauses))


def _weeks(begun: dt.date, today: dt.date) -> int:
    return (today - begun).days // 7
