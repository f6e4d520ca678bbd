"""What readiness would have said to ten real people, around the injuries that they reported.

    python benchmarks/pmdata_report.py [--check]

Writes docs/reports/pmdata.md from the folder of PMData beside the checkout; with ``--check`` it only compares.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from statistics import correlation, mean, median
from textwrap import fill
from typing import TYPE_CHECKING

if __package__ in (None, ""):  # called as a script
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.pmdata import (
    BEFORE_DAYS,
    DAY,
    PEOPLE,
    PMDATA,
    SEVERITY,
    days,
    first_reports,
    of_the_legs,
    rated_runs,
    words,
)

from midstance.domain.dates import WEEK, monday
from midstance.domain.diary import CheckIn, SessionDone
from midstance.formats.reference.markdown import table
from midstance.metrics.monotony import MONOTONOUS_ABOVE, monotony
from midstance.metrics.session_rpe import session_rpe
from midstance.metrics.zone_exertion import ZONE_RPE, zone_exertion
from midstance.planning.readiness import Light, Readiness, readiness

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

PAGE = Path(__file__).resolve().parents[1] / "docs" / "reports" / "pmdata.md"
HABIT, BREAK = "R61", "R72"
REASONS = {
    "R61": "habitual sleep", "R62": "one night", "R65": "life load", "R66": "wellness below own normal",
    "R45": "soreness", "R69": "pain", "R70": "two or more of these", "R68": "illness", "R72": "a break",
    "R30": "strength paused", "M20": "too much",
}
ENOUGH_RUNS = 15
WIDTH = 120

HEAD = """
# Readiness beside ten real lives (PMData)

Written by `benchmarks/pmdata_report.py` from the data set PMData: Thambawita et al. 2020, *PMData: a sports logging
dataset*, licence CC BY-NC 4.0. Ten adults logged five months of wellness, training and injuries. Only numbers that
midstance computed stand here, no rows of the data.

**This page claims no prediction.** There are {new} new injury reports of {injured} people, {major} of them called
major; {arms} of the {new} name no place from the hip down. That is too little to show that readiness foresees an
injury, and too little to show that it does not. midstance uses check-ins to make a day smaller, never to forecast an
injury (M24), and whether strength work lowers the risk of injury is an open question in its own right (R76). Each
person is judged alone, never pooled.

How it was made: each morning's answers became a check-in, each rated session a session with its load, each reported
place a pain, through the same functions that serve every runner. The study's scales had to be put on midstance's: 1
(worst) to 5 with 3 as normal became 9, 6, 3, 1.5 and 0 of 10, a minor pain 4 of 10 and a major one 7. These mappings
are ours. Sleep was told in whole hours, which matters where a rule has its border at seven. Illness and heart-rate
variability were not asked in this form, so those reasons could not speak. Each date was judged by what had been said
until then.
"""

DAYS = """
## What it said, day by day

*Amber beyond sleep* are days that would be amber without the habit of sleeping under seven hours (R61), which alone
turns whole months amber, and without a break (R72): more than a week without a recorded session, and the easy weeks
after it. Some people recorded few sessions, so a break may be no more than that, and it is no answer of a morning.
Reasons are counted on amber and red days; a day may have several. The share of sets also holds what breaks ask for.
"""

BEFORE = """
## The 14 days before a new report, and the day itself

A report is new when there was none in the 14 days before. *As many in* is the share of all the person's stretches of 14
days, which overlap, that hold at least as many days with an amber beyond sleep: the smaller, the more those two weeks
stood out; where nothing is behind it, it lies anywhere between 0 and 100 %. The day itself is shown as it would have
been judged without its report. With the reports, new ones and those that go on about the same, the {days} judged days
with one were {green} times green, {amber} times amber and {red} times red: amber at least, by construction.
"""

ALARMS = """
## Other days: false alarms

Days with no report on them and none within the 14 days after, so that nothing followed. An amber there is not simply
wrong: it asked for a smaller day because of sleep, stress, soreness or a break, whether or not an injury was near. As a
warning of injury it was a false alarm.
"""

LOAD = """
## Training load

Session load is minutes times told exertion (R1), by whole calendar weeks. Monotony is Foster's (R2). The last column
gives the load of the seven days before each new report as a share of the person's median week. Who rated sessions on
fewer than ten days has no load worth the name.
"""

EXERTION = """
## Exertion told, and exertion estimated from heart rate

Runs that were rated and also recorded with minutes in the watch's zones, for people with at least {enough} of them.
midstance estimates a run's exertion from zones only where the runner told none (`zone_exertion`): as a fourth-power
mean, because people rate a run nearer to its hardest part. The watch's borders (50, 70 and 85 % of the highest heart
rate) are not midstance's, and its four zones are read as the first four of five, so estimates come out low. What counts
are the correlations: of the fourth-power mean, and of the plain mean of the same values. The fourth power was chosen
with these runs in sight and serves elsewhere for uneven running (R6), so this is a reason for it and no test of it.
"""

SUMMARY = """
## What this shows, and what not

- Before {rare} of the {judged} new reports with 14 judged days before them, those two weeks were among the fifth of the
person's own that held most ambers beyond sleep; before {calm} at least half of all stretches held as many. By chance
alone one or two of so many would stand out. **No warning value is shown.**

- Most ambers are about sleep. {months} of {people} people told less than seven hours as a habit (R61) on more than half
of their days, so their light was amber for months, injured or not. A light that is nearly always amber says little
about today. Habitual sleep alone would have cut the strength sets, on average to between {least:.0%} and {most:.0%} of
the plan's; nobody can tell from these data whether that would have done any good. Without habitual sleep and
breaks, between {low:.0%} and {high:.0%} of a person's days were amber.

- A break (R72) was amber on {breaks} of {days} days, most of them of {few} people who recorded few sessions: the light
cannot tell a rest from a silent diary, so it says that adding what was done makes it go away.

- Red came up on {red} days. Illness was not asked.

- Heart rate agreed with told exertion better by the fourth-power mean than by the plain one in {better} of {raters}
people, and it was chosen with them in sight; in some it agreed little by either. What a runner says comes first.

- Not shown: whether anybody who followed the lights would have fared better. Nobody did; the data are a record, not a
trial. The reports are the people's own words, nobody examined them, and days without a report need not be days
without pain.
"""


def wrapped(text: str) -> str:
    """Text in lines of one width, blocks apart; a list's points stand close."""
    blocks = [" ".join(block.split()) for block in text.strip().split("\n\n")]
    filled = [block if block.startswith("#") else fill(
        block, WIDTH, subsequent_indent="  " * block.startswith("- "), break_long_words=False, break_on_hyphens=False)
        for block in blocks]
    return "\n\n".join(filled).replace("\n\n- ", "\n- ").replace("\n- ", "\n\n- ", 1)


def lights(found: Iterable[Readiness]) -> tuple[str, str, str]:
    """Green, amber and red days."""
    count = Counter(day.light for day in found)
    return str(count[Light.GREEN]), str(count[Light.AMBER]), str(count[Light.RED])


def speaks(day: Readiness) -> bool:
    """Whether something beyond habitual sleep and a break makes a day amber or red."""
    return any(r.light >= Light.AMBER and r.rule not in {HABIT, BREAK, "R70"} for r in day.why)


def share(part: float, whole: float) -> str:
    return f"{part / whole:.0%}" if whole else "–"


def reasons(found: Iterable[Readiness]) -> str:
    """Reasons of amber and red days, the most frequent first."""
    count = Counter(rule for day in found for rule in {r.rule for r in day.why if r.light >= Light.AMBER})
    ordered = sorted(count.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{REASONS[rule]} ({rule}) {number}" for rule, number in ordered) or "none"


def verdict(day: Readiness) -> str:
    """Light of one day and its reasons, each once, the one that asks for most first."""
    rules = dict.fromkeys(r.rule for r in day.why if r.light >= Light.AMBER)
    return ": ".join(filter(None, (day.light.label, ", ".join(f"{REASONS[rule]} ({rule})" for rule in rules))))


def window(found: dict[dt.date, Readiness], date: dt.date) -> list[Readiness]:
    """The judged days of the 14 before a date."""
    return [found[date - n * DAY] for n in range(1, BEFORE_DAYS + 1) if date - n * DAY in found]


def as_rare(found: dict[dt.date, Readiness], date: dt.date) -> str:
    """Share of a person's full stretches of 14 days with at least as many speaking days as the one before a date."""
    mine = window(found, date)
    if len(mine) < BEFORE_DAYS:
        return "too early"
    stretches = [window(found, other) for other in found]
    counts = [sum(map(speaks, one)) for one in stretches if len(one) == BEFORE_DAYS]
    return share(sum(count >= sum(map(speaks, mine)) for count in counts), len(counts))


def day_rows() -> list[Sequence[str]]:
    rows = []
    for person in PEOPLE:
        found = list(days(person).values())
        told = {entry.date for entry in words(person)[0] if isinstance(entry.what, CheckIn)}
        rows.append((person, str(len(found)), str(len(told)), *lights(found), str(sum(map(speaks, found))),
                     f"{mean(day.factor for day in found):.2f}", reasons(found)))
    return rows


def report_rows() -> list[Sequence[str]]:
    rows = []
    for person in PEOPLE:
        diary, reports = words(person)
        for number, date in enumerate(first_reports(reports), start=1):
            before = window(days(person), date)
            bare = readiness((*diary, *(e for e in reports if e.date < date)), today=date)
            rows.append((f"{person}, {number}", str(len(before)), *lights(before), str(sum(map(speaks, before))),
                         as_rare(days(person), date), reasons(before), verdict(bare)))
    return rows


def alarm_rows() -> list[Sequence[str]]:
    rows = []
    for person in PEOPLE:
        told = {entry.date for entry in words(person)[1]}
        ahead = {date - n * DAY for date in told for n in range(BEFORE_DAYS + 1)}
        found = [day for date, day in days(person).items() if date not in ahead]
        alarms = [day for day in found if day.light >= Light.AMBER]
        beyond = [day for day in found if speaks(day)]
        red = sum(day.light is Light.RED for day in found)
        rows.append((person, str(len(found)), f"{len(alarms)} ({share(len(alarms), len(found))})", str(red),
                     f"{len(beyond)} ({share(len(beyond), len(found))})"))
    return rows


def loads(person: str) -> dict[dt.date, float]:
    """Session load of each date with training [AU]."""
    found: dict[dt.date, float] = {}
    for entry in words(person)[0]:
        if isinstance(entry.what, SessionDone) and entry.what.rpe_cr10 is not None:
            load = session_rpe(entry.what.rpe_cr10, entry.what.minutes)
            found[entry.date] = found.get(entry.date, 0.0) + load
    return found


def load_rows() -> list[Sequence[str]]:
    rows = []
    for person in PEOPLE:
        by_date, dates = loads(person), list(days(person))
        first = monday(dates[0] + 6 * DAY)
        weeks = [[by_date.get(first + k * WEEK + n * DAY, 0.0) for n in range(7)]
                 for k in range((dates[-1] + DAY - first) // WEEK)]
        usual = median(map(sum, weeks))
        before = [share(sum(by_date.get(date - n * DAY, 0.0) for n in range(1, 8)), usual)
                  for date in first_reports(words(person)[1])]
        alike = sum((monotony(week) or 0) > MONOTONOUS_ABOVE for week in weeks)
        rows.append((person, str(len(by_date)), str(len(weeks)), f"{usual:.0f}", f"{max(map(sum, weeks)):.0f}",
                     str(alike), ", ".join(before) or "no report"))
    return rows


def agreement(told: Sequence[float], guessed: Sequence[float]) -> str:
    return f"{correlation(told, guessed):.2f}"


def exertion_rows() -> list[Sequence[str]]:
    rows = []
    for person in PEOPLE:
        runs = rated_runs(person)
        if len(runs) < ENOUGH_RUNS:
            continue
        told = [run.rpe_cr10 for run in runs]
        fourth = [zone_exertion((*run.zone_minutes, 0)) for run in runs]
        plain = [sum(m * rpe for m, rpe in zip(run.zone_minutes, ZONE_RPE, strict=False)) / sum(run.zone_minutes)
                 for run in runs]
        rows.append((person, str(len(runs)), f"{median(told):.1f}", f"{median(fourth):.1f}",
                     agreement(told, fourth), agreement(told, plain)))
    return rows


def head() -> str:
    """What this page is, with the number of reports."""
    new = {person: first_reports(words(person)[1]) for person in PEOPLE}
    major = sum(entry.what.pain.score >= SEVERITY["major"] for person in PEOPLE for entry in words(person)[1])
    arms = sum(date not in of_the_legs(person) for person, dates in new.items() for date in dates)
    return HEAD.format(new=sum(map(len, new.values())), injured=sum(map(bool, new.values())), major=major or "none",
                       arms=arms)


def summary() -> str:
    """What this shows and what not, in numbers that follow from the tables."""
    found = {person: list(days(person).values()) for person in PEOPLE}
    rare = [as_rare(days(person), date) for person in PEOPLE for date in first_reports(words(person)[1])]
    told = [float(one.rstrip("%")) for one in rare if one.endswith("%")]
    beyond = [sum(map(speaks, one)) / len(one) for one in found.values()]
    sets = [mean(day.max_factor.get(HABIT, 1.0) for day in one) for one in found.values()]
    runs = exertion_rows()
    paused = {person: sum(any(r.rule == BREAK and r.light >= Light.AMBER for r in day.why) for day in one)
              for person, one in found.items()}
    return SUMMARY.format(
        rare=sum(one <= 20 for one in told), judged=len(told), calm=sum(one >= 50 for one in told),
        months=sum(2 * sum(HABIT in {r.rule for r in day.why} for day in one) > len(one) for one in found.values()),
        people=len(PEOPLE), least=min(sets), most=max(sets), low=min(beyond), high=max(beyond),
        red=sum(day.light is Light.RED for one in found.values() for day in one) or "no",
        breaks=sum(paused.values()), days=sum(map(len, found.values())),
        few=sum(2 * paused[person] > len(one) for person, one in found.items()),
        better=sum(float(row[4]) > float(row[5]) for row in runs), raters=len(runs))


def before() -> str:
    """What the days with a report were."""
    told = [days(person)[date] for person in PEOPLE
            for date in sorted({entry.date for entry in words(person)[1]}) if date in days(person)]
    green, amber, red = lights(told)
    return BEFORE.format(days=len(told), green=green, amber=amber, red=red)


def render() -> str:
    """The whole page."""
    parts = (
        wrapped(head()), wrapped(summary()),
        wrapped(DAYS), table(("person", "days", "check-ins", "green", "amber", "red", "amber beyond sleep",
                              "mean share of sets", "reasons"), day_rows()),
        wrapped(before()), table(("person, report", "days before", "green", "amber", "red", "amber beyond sleep",
                                  "as many in", "reasons before", "the day without its report"), report_rows()),
        wrapped(ALARMS), table(("person", "days", "amber or red", "of these red", "beyond sleep"), alarm_rows()),
        wrapped(LOAD), table(("person", "days with training", "weeks", "median week [AU]", "highest week [AU]",
                              f"weeks with monotony above {MONOTONOUS_ABOVE:g}", "before new reports"), load_rows()),
        wrapped(EXERTION.format(enough=ENOUGH_RUNS)),
        table(("person", "runs", "told, median", "estimated, median", "fourth-power mean (r)", "plain mean (r)"),
              exertion_rows()),
    )
    return "\n\n".join(parts) + "\n"


def main(arguments: list[str]) -> int:
    """Write or compare; give the exit status."""
    if not PEOPLE:
        print(f"PMData is not beside the checkout ({PMDATA.name}): nothing was read or written", file=sys.stderr)
        return 2
    text = render()
    if "--check" in arguments:
        same = PAGE.exists() and PAGE.read_text("utf-8") == text
        if not same:
            print(f"{PAGE.name} is stale: run python benchmarks/pmdata_report.py", file=sys.stderr)
        return 0 if same else 1
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(text, encoding="utf-8", newline="\n")
    print(f"{PAGE.name}: {len(text.splitlines())} lines")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
