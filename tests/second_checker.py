"""A second reading of the method's safety rules: dates and minutes of a plan document, and nothing of midstance.

It takes the plan as plain JSON values and the runner's file as plain TOML values, believes nothing that a plan says of
itself where types, times and contents tell, and shares no line with the package. What is an open reading of the method
is decided here in the plan's favour, so that every result is a breach.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

Result = tuple[str, str, str]
DAY = dt.timedelta(days=1)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
HARD_RUNS = {"tempo": 0.5, "intervals": 0.4, "fartlek": 0.4, "hills": 0.4, "race": 1.0}
HARD_SESSIONS = ("heavy", "plyometric")
STRENGTH = ("heavy", "strength", "upper", "plyometric")
LENGTHS = {"heavy": (20, 30), "strength": (15, 30), "upper": (15, 25), "mobility": (10, 20), "plyometric": (8, 12),
           "primer": (5, 10)}
LEVEL_MOST = {"beginner": 3, "intermediate": 4, "advanced": 5}
MOST_OF_PHASE = {  # strength-type, heavy, mobility
    "off-season": (3, 2, 2), "base": (3, 2, 2), "build": (3, 1, 2), "peak": (2, 1, 2), "taper": (1, 1, 2),
    "race-week": (1, 0, 2), "recovery": (1, 0, 2)}
LOADING = {"dumbbell", "kettlebell", "barbell", "backpack"}


@dataclass
class Thing:
    """A run or session with its moments: ``start`` and ``end`` by the clock, ``*_utc`` in real time."""

    kind: str
    date: dt.date
    start: dt.datetime
    end: dt.datetime
    start_utc: dt.datetime
    end_utc: dt.datetime
    minutes: int
    hard: bool
    hard_minutes: float
    raw: dict[str, Any]
    run: bool
    km: float | None = None


@dataclass
class RaceDay:
    """A race with its hours, as far as they are known."""

    date: dt.date
    start: dt.datetime
    end: dt.datetime
    start_utc: dt.datetime
    end_utc: dt.datetime
    km: float
    priority: str


@dataclass
class Case:
    """A plan and its runner, read once."""

    plan: dict[str, Any]
    runner: dict[str, Any]
    tables: dict[str, Any]
    dates: list[dt.date] = field(default_factory=list)
    runs: list[Thing] = field(default_factory=list)
    past: list[Thing] = field(default_factory=list)
    sessions: list[Thing] = field(default_factory=list)
    races: list[RaceDay] = field(default_factory=list)
    found: list[Result] = field(default_factory=list)

    def broken(self, rule: str, date: object, text: str) -> None:
        """Note a breach."""
        self.found.append((rule, str(date), text))

    @property
    def zone(self) -> ZoneInfo:
        """The runner's time zone."""
        return ZoneInfo(self.runner.get("timezone", "UTC"))


def second_check(plan: dict[str, Any], tables: dict[str, Any]) -> list[Result]:
    """Judge a plan document.

    Args:
        plan: The document as JSON values.
        tables: The runner's file as TOML values.
    Returns: (rule, date, text) of every breach, empty for a good plan.
    """
    case = read_case(plan, tables)
    for rule in (dates, lengths, recovery_between_hard, race_freshness, after_race, easy_share, fits_the_day, primers,
                 training_days, sessions_a_week, phases, heavy_needs, contents, weights, runs_told_right, own_words):
        rule(case)
    return case.found


def time_rules(case: Case) -> list[Result]:
    """Judge only what the hours and minutes of sessions decide; for tests that try a session somewhere."""
    case.found = []
    for rule in (recovery_between_hard, race_freshness, after_race, easy_share, fits_the_day, training_days,
                 sessions_a_week):
        rule(case)
    return case.found


# ------------------------------------------------------------------------------------------------- reading


def read_case(plan: dict[str, Any], tables: dict[str, Any]) -> Case:
    """Read runs, sessions and races of a plan."""
    case = Case(plan=plan, runner=tables.get("runner", {}), tables=tables)
    for week in plan["weeks"]:
        for day in week["days"]:
            date = dt.date.fromisoformat(day["date"])
            case.dates.append(date)
            case.runs += [read_run(raw, date, case.zone) for raw in day["runs"]]
            case.sessions += [read_session(raw, date, case.zone) for raw in day["sessions"]]
    for begin, _, minutes, hard_minutes, hard in plan.get("inputs", {}).get("history", {}).get("last_days", ()):
        start = dt.datetime.fromisoformat(begin)
        case.past.append(thing("recorded", start, minutes, bool(hard), hard_minutes, {}, case.zone, run=True))
    case.races = read_races(case)
    return case


def thing(
    kind: str, start: dt.datetime, minutes: int, hard: bool, hard_minutes: float, raw: dict[str, Any], zone: ZoneInfo,
    *, run: bool,
) -> Thing:
    """Put a run or session on the clock and in real time."""
    length = dt.timedelta(minutes=minutes)
    start_utc = in_real_time(start, zone)
    return Thing(kind=kind, date=start.date(), start=start, end=start + length, start_utc=start_utc,
                 end_utc=start_utc + length, minutes=minutes, hard=hard, hard_minutes=hard_minutes, raw=raw, run=run)


@lru_cache(maxsize=100_000)
def in_real_time(local: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """Give the instant of a local time."""
    return local.replace(tzinfo=zone).astimezone(dt.UTC)


def read_run(raw: dict[str, Any], date: dt.date, zone: ZoneInfo) -> Thing:
    """Read a run; it is hard by its type or length, whatever it says, or when it says so."""
    minutes, kind = raw["minutes"], raw["type"]
    hard = kind in HARD_RUNS or minutes > 90 or bool(raw.get("hard"))
    run = thing(kind, dt.datetime.fromisoformat(raw["start"]), minutes, hard, raw.get("hard_minutes", 0), raw, zone,
                run=True)
    run.date, run.km = date, raw.get("distance_km")
    return run


def read_session(raw: dict[str, Any], date: dt.date, zone: ZoneInfo) -> Thing:
    """Read a session; its hard minutes are those it states or those of its contents, whichever are more."""
    kind = raw["kind"]
    hard = kind in HARD_SESSIONS
    worked = working_seconds(raw) / 60 if hard else 0.0
    stated = raw.get("hard_minutes", 0)
    minutes = raw["minutes"]
    session = thing(kind, dt.datetime.fromisoformat(raw["start"]), minutes, hard, max(stated, int(worked)), raw, zone,
                    run=False)
    session.date = date
    return session


def read_races(case: Case) -> list[RaceDay]:
    """Gather races: those of the runner's file, and those that only the calendar knows, as C races."""
    races = []
    listed = {as_date(race["date"]): race for race in case.tables.get("races", [])}
    run_on = {run.date: run for run in reversed(case.runs) if run.kind == "race"}
    for date, race in listed.items():
        run = run_on.get(date)
        if run:
            races.append(RaceDay(date, run.start, run.end, run.start_utc, run.end_utc, float(race["distance_km"]),
                                 race.get("priority", "A").upper()))
            continue
        at = dt.datetime.combine(date, dt.time.fromisoformat(race.get("start", case.runner.get("run_start", "06:30"))))
        over = at + dt.timedelta(minutes=3 * float(race["distance_km"]))  # nobody is faster: in the plan's favour
        races.append(RaceDay(date, at, over, in_real_time(at, case.zone), in_real_time(over, case.zone),
                             float(race["distance_km"]), race.get("priority", "A").upper()))
    races += [RaceDay(run.date, run.start, run.end, run.start_utc, run.end_utc, run.km or 10.0, "C")
              for date, run in run_on.items() if date not in listed]
    return sorted(races, key=lambda race: race.start)


def as_date(value: Any) -> dt.date:
    """Read a date of TOML or of JSON."""
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)


def minutes_between(first: Thing | RaceDay, second: Thing | RaceDay) -> float:
    """Minutes from the end of one to the start of the other, by the clock or by a stopwatch, whichever is less."""
    clock = (second.start - first.end).total_seconds()
    real = (second.start_utc - first.end_utc).total_seconds()
    return min(clock, real) / 60


def at(item: Thing) -> str:
    """Name a run or session."""
    return f"{item.kind} at {item.start:%H:%M} for {item.minutes} min"


# ------------------------------------------------------------------------------------------------- dates, lengths


def dates(case: Case) -> None:
    """Every date from the first to the last is there once, in order; the plan ends on a Sunday."""
    starts, ends = as_date(case.plan["starts"]), as_date(case.plan["ends"])
    expected = [starts + k * DAY for k in range((ends - starts).days + 1)]
    if case.dates != expected:
        missing = sorted(set(expected) - set(case.dates))
        case.broken("dates", missing[0] if missing else starts, "not every date stands once and in order")
    if ends.weekday() != 6:
        case.broken("dates", ends, "the plan does not end on a Sunday")
    for item in (*case.runs, *case.sessions):
        if item.start.date() != item.date:
            case.broken("dates", item.date, f"{at(item)} starts on another date")


def lengths(case: Case) -> None:
    """Sessions are as long as their kind allows and no longer than the runner wants."""
    wanted = case.runner.get("session_minutes", 30)
    for session in case.sessions:
        low, high = LENGTHS[session.kind]
        if not min(low, wanted) <= session.minutes <= min(high, wanted):
            case.broken("session-minutes", session.date, f"{at(session)}, {min(low, wanted)} to {min(high, wanted)}")


# ------------------------------------------------------------------------------------------------- hours


def recovery_between_hard(case: Case) -> None:
    """More than 24 h lie between a hard session and any other hard activity."""
    hard = sorted((x for x in (*case.past, *case.runs, *case.sessions) if x.hard), key=lambda x: (x.start, x.end))
    for k, first in enumerate(hard):
        for second in hard[k + 1 :]:
            if second.start - first.start > 4 * DAY:
                break
            gap = minutes_between(first, second)
            if (first.run and second.run) or gap > 24 * 60 or same_day_wanted(case, first, second, gap):
                continue
            case.broken("recovery-between-hard", second.date, f"{at(second)} {gap / 60:.2f} h after {at(first)}")


def same_day_wanted(case: Case, first: Thing, second: Thing, gap: float) -> bool:
    """Tell whether ``hard_days_hard`` allows a heavy session after a hard run of its date."""
    return bool(
        case.runner.get("hard_days_hard")
        and first.run and first.kind != "race" and first.minutes <= 90
        and second.kind == "heavy" and second.date == first.date
        and gap >= 180 and all(race.date != first.date for race in case.races)
    )


def hours_before(race: RaceDay) -> float:
    """Hours without hard sessions before a race."""
    hours = 72 if race.km <= 10.5 else 96 if race.km <= 21.5 else 168
    return hours if race.priority == "A" else max(48, hours / 2)


def race_freshness(case: Case) -> None:
    """No heavy and no plyometric session in the hours before a race."""
    for race in case.races:
        for session in case.sessions:
            if session.hard and session.start < race.start:
                gap = minutes_between(session, race)
                if gap < 60 * hours_before(race):
                    case.broken("race-freshness", session.date, f"{at(session)} {gap / 60:.1f} h before {race.km:g} km")


def hours_after(km: float) -> float:
    """Hours without hard sessions after a race."""
    return 48 if km <= 5.5 else 72 if km <= 10.5 else 96 if km <= 21.6 else 168 if km <= 43 else 336


def after_race(case: Case) -> None:
    """No heavy and no plyometric session in the hours after a race, and in their first half mobility only."""
    for race in case.races:
        hours = hours_after(race.km)
        for session in case.sessions:
            if session.kind in ("mobility", "primer") or session.start < race.start:
                continue
            gap = minutes_between(race, session)
            if gap < 60 * (hours if session.hard else hours / 2):
                case.broken("after-race", session.date, f"{at(session)} {gap / 60:.1f} h after {race.km:g} km")


def easy_share(case: Case) -> None:
    """In seven days a fifth of the minutes at most is hard; where the runs alone have more, no hard session stands."""
    starts, ends = as_date(case.plan["starts"]), as_date(case.plan["ends"])
    sums: dict[dt.date, list[float]] = {}
    for item in (*case.past, *case.runs, *case.sessions):
        day = sums.setdefault(item.date, [0, 0, 0, 0, 0])
        column = 0 if item.run else 2
        day[column] += item.minutes
        day[column + 1] += item.hard_minutes
        day[4] += item.hard and not item.run
    first = starts - 6 * DAY if case.past else starts
    while first + 6 * DAY <= ends:
        days = [sums.get(first + k * DAY, (0, 0, 0, 0, 0)) for k in range(7)]
        run, run_hard, sat, sat_hard, hard_sessions = (sum(day[k] for day in days) for k in range(5))
        if hard_sessions and 5 * run_hard > run:
            case.broken("easy-share", first, f"a hard session where the runs have {run_hard} of {run} min")
        elif hard_sessions and 5 * (run_hard + sat_hard) > run + sat:
            case.broken("easy-share", first, f"{run_hard + sat_hard:g} of {run + sat} min from here are hard")
        first += DAY


# ------------------------------------------------------------------------------------------------- the day


def free_windows(case: Case, date: dt.date) -> list[tuple[int, int]]:
    """Give the free minutes of a date, merged."""
    texts = case.tables.get("availability", {}).get(WEEKDAYS[date.weekday()], ["06:00-21:00"])
    merged: list[tuple[int, int]] = []
    for low, high in sorted(tuple(map(minute_of_day, text.split("-"))) for text in texts):
        if merged and low <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def minute_of_day(text: str) -> int:
    """Read HH:MM."""
    hours, minutes = text.strip().split(":")
    return 60 * int(hours) + int(minutes)


def blocked(case: Case, date: dt.date) -> bool:
    """Tell whether the runner wants no session on a date."""
    return any(as_date(span["from"]) <= date <= as_date(span["to"]) for span in case.tables.get("blocked", []))


def overlap(one: Thing, other: Thing) -> bool:
    """Tell whether two things share a minute."""
    return one.start < other.end and other.start < one.end


def fits_the_day(case: Case) -> None:
    """A session lies in a free window of a date that is not blocked, beside no run, and alone on its date."""
    counts = Counter(session.date for session in case.sessions if session.kind != "primer")
    for date, count in counts.items():
        if count > 1:
            case.broken("fits-the-day", date, f"{count} sessions on one date")
    for k, session in enumerate(case.sessions):
        if blocked(case, session.date):
            case.broken("fits-the-day", session.date, f"{at(session)} on a blocked date")
        begin = session.start.hour * 60 + session.start.minute
        inside = any(a <= begin and begin + session.minutes <= b for a, b in free_windows(case, session.date))
        if session.kind != "primer" and not inside:
            case.broken("fits-the-day", session.date, f"{at(session)} outside the free windows")
        for other in (*case.past, *case.runs, *case.sessions[k + 1 :]):
            if overlap(session, other):
                case.broken("fits-the-day", session.date, f"{at(session)} overlaps {at(other)} of {other.date}")


def primers(case: Case) -> None:
    """A primer ends at most five minutes before the run of its date that it names."""
    by_id = {run.raw.get("id"): run for run in case.runs}
    for session in case.sessions:
        if session.kind != "primer":
            continue
        run = by_id.get(session.raw.get("for_run"))
        if case.runner.get("primers", "auto") == "off":
            case.broken("primers", session.date, "a primer for a runner who wants none")
        if run is None or run.date != session.date:
            case.broken("primers", session.date, "a primer without a run of its date")
        elif not 0 <= (run.start - session.end).total_seconds() <= 300:
            case.broken("primers", session.date, f"{at(session)} is not directly before {at(run)}")


# ------------------------------------------------------------------------------------------------- the week


def whole_weeks(case: Case) -> list[list[dt.date]]:
    """Give the calendar weeks that lie wholly in the plan."""
    here = set(case.dates)
    return [[day + k * DAY for k in range(7)] for day in case.dates
            if day.weekday() == 0 and day + 6 * DAY in here]


def training_days(case: Case) -> None:
    """Six training days a week at most where the runs leave one, and a whole day off for a running beginner."""
    beginner = case.runner.get("running_level") == "beginner"
    ran = {run.date for run in case.runs}
    solid = {s.date for s in case.sessions if s.kind not in ("mobility", "primer")}
    anything = {s.date for s in case.sessions}
    for week in whole_weeks(case):
        days = set(week)
        if len(ran & days) == 7:
            continue
        if len((ran | solid) & days) > 6:
            case.broken("training-days", week[0], "seven training days in a week that the runs do not fill")
        if beginner and len((ran | anything) & days) > 6:
            case.broken("training-days", week[0], "no day with nothing at all for a running beginner")


def sessions_a_week(case: Case) -> None:
    """Sessions in all, of strength type, heavy and mobility stay at or below what level and phase allow."""
    level = case.runner.get("strength_level", "beginner")
    most = (case.runner.get("sessions_a_week") or (0, LEVEL_MOST[level]))[1]
    for week in case.plan["weeks"]:
        days = {day["date"] for day in week["days"]}
        kinds = Counter(s.kind for s in case.sessions if s.date.isoformat() in days and s.kind != "primer")
        strength, heavy, mobility = MOST_OF_PHASE[week["phase"]]
        for name, count, limit in (
            ("sessions", sum(kinds.values()), most), ("heavy", kinds["heavy"], heavy),
            ("strength-type", sum(kinds[kind] for kind in STRENGTH), strength),
            ("mobility", kinds["mobility"], mobility),
        ):
            if count > limit:
                case.broken("sessions-a-week", week["starts"], f"{count} {name} in {week['phase']}, {limit} at most")


def recovery_days(km: float) -> int:
    """Days of the recovery phase after an A race."""
    return 7 if km <= 10.5 else 10 if km <= 21.6 else 14 if km <= 43 else 21


def phases_of(case: Case, date: dt.date) -> set[str]:
    """Give the phases that a date may have; where the lead is short any phase of the way to the race."""
    races = sorted((r for r in case.races if r.priority == "A"), key=lambda r: r.date)
    ahead = next((r for r in races if r.date >= date), None)
    past = next((r for r in reversed(races) if r.date < date), None)
    left = (ahead.date - date).days if ahead else None
    if left is not None and left <= 6:
        return {"race-week"}
    if past and (date - past.date).days <= recovery_days(past.km):
        return {"recovery"}
    if ahead is None or left is None:
        return {"off-season"}
    taper = 7 if ahead.km <= 6 else 10 if ahead.km <= 10.5 else 14
    begin = max(as_date(case.plan["starts"]), past.date if past else dt.date.min)
    lead = (ahead.date - begin).days
    out = {"race-week"} if left == 7 else set()
    out |= {"off-season"} if left > 84 and date.month in case.runner.get("indoor_months", ()) else set()
    if left <= taper:
        return out | {"taper"}
    if lead < 140 + (recovery_days(past.km) if past else 0):
        return out | {"peak", "build", "base"} | ({"off-season"} if left >= 140 else set())
    for border, phase in ((35, "peak"), (84, "build"), (140, "base")):
        if left <= border:
            return out | {phase}
    return out | {"off-season"}


def phases(case: Case) -> None:
    """A week has a phase that four of its days allow, or where none does the one that most allow."""
    for week in case.plan["weeks"]:
        first = as_date(week["days"][0]["date"])
        monday = first - first.weekday() * DAY
        days = [phases_of(case, monday + k * DAY) for k in range(7)]
        counts = Counter(phase for day in days for phase in day)
        squeezed = any({"peak", "build"} <= day for day in days)  # where its borders lie is for the planner to say
        if counts[week["phase"]] < (2 if squeezed else min(4, max(counts.values()))):
            case.broken("phases", week["starts"], f"{week['phase']}, its days are {dict(counts)}")


def heavy_needs(case: Case) -> None:
    """Heavy sessions need a weight in the house, and six weeks of strength work behind a beginner."""
    can_load = LOADING & set(case.runner.get("equipment", ())) or case.runner.get("weights_kg")
    since = as_date(case.runner.get("strength_since", case.plan["starts"]))
    learning = case.runner.get("strength_level", "beginner") == "beginner"
    for session in case.sessions:
        if session.kind == "heavy" and not can_load:
            case.broken("heavy-needs", session.date, "heavy without any weight in the house")
        if session.kind == "heavy" and learning and (session.date - since).days < 42:
            case.broken("heavy-needs", session.date, f"heavy {(session.date - since).days} days after {since}")


# ------------------------------------------------------------------------------------------------- contents


def set_seconds(item: dict[str, Any]) -> float:
    """Seconds of one set under the exercise, both sides, by the middle of its range."""
    for unit in ("reps", "seconds", "steps", "contacts"):
        if unit in item:
            bounds = [n for n in item[unit] if n is not None]
            middle = sum(bounds) / len(bounds)
            break
    else:
        return 0.0
    if unit == "reps":
        middle *= sum(map(int, item["tempo"].split("-"))) if item.get("tempo") else 3
    elif unit == "steps":
        middle = 2 * 0.75 * middle + 3
    return 2 * middle if item.get("per_side") else middle


def session_seconds(raw: dict[str, Any]) -> float:
    """Seconds that the contents of a session take: sets, switches of side, changeovers and rests."""
    total = 0.0
    for block in raw["blocks"]:
        once = 10.0 * (len(block["items"]) - 1) + block["rest_s"]
        for item in block["items"]:
            once += set_seconds(item) + (15 if item.get("per_side") else 0)
            total += sum(item.get("extra_rounds", {}).values()) * set_seconds(item) / 2
        total += block["rounds"] * once
    return total


def working_seconds(raw: dict[str, Any]) -> float:
    """Seconds under working sets: main blocks, three in reserve or fewer, or to the last good repetition."""
    total = 0.0
    for block in raw.get("blocks", ()):
        if block["label"].startswith("warm"):
            continue
        for item in block["items"]:
            sets = block["rounds"] + sum(item.get("extra_rounds", {}).values()) / 2
            if "contacts" in item:
                total += 2 * set_seconds(item) * sets
            elif item.get("to_last_good_rep") or item.get("rir", 9) <= 3:
                total += set_seconds(item) * sets
    return total


def contents(case: Case) -> None:
    """What a session holds takes the minutes it says, within one, and its stated hard minutes are not too few."""
    for session in case.sessions:
        minutes = session_seconds(session.raw) / 60
        if round(abs(minutes - session.minutes), 6) > 1:
            case.broken("contents", session.date, f"{at(session)} holds {minutes:.1f} min")
        worked = working_seconds(session.raw) / 60
        if session.hard and session.raw.get("hard_minutes", 0) < worked - 1:
            case.broken("contents", session.date, f"{at(session)} says too few hard minutes for {worked:.1f}")
        if not session.raw["blocks"]:
            case.broken("contents", session.date, f"{at(session)} is empty")


def bar_loads(runner: dict[str, Any]) -> set[float]:
    """What the bar can weigh with its plates in equal pairs."""
    loads = {float(runner["bar_kg"])}
    for plate, count in Counter(runner.get("plates_kg", ())).items():
        loads |= {load + 2 * plate * k for load in loads for k in range(1, count // 2 + 1)}
    return loads


def weights(case: Case) -> None:
    """Only weights of the house are used; the same weight in each hand needs two of them."""
    runner = case.runner
    owned = set(runner.get("equipment", ()))
    pieces = Counter(float(w) for w in runner.get("weights_kg", ()))
    for session in case.sessions:
        for item in (item for block in session.raw["blocks"] for item in block["items"]):
            weight = item.get("weight_kg")
            if weight is None:
                if item.get("per_hand"):
                    case.broken("weights", session.date, f"{item['exercise']}: per_hand without a weight")
                continue
            if not (owned & LOADING or pieces):
                case.broken("weights", session.date, f"{item['exercise']}: {weight} kg in a house without weights")
            elif item.get("per_hand"):
                if pieces and pieces[weight] < 2:
                    case.broken("weights", session.date, f"{item['exercise']}: no two pieces of {weight} kg")
            elif not has_weight(owned, pieces, runner, weight):
                case.broken("weights", session.date, f"{item['exercise']}: {weight} kg is not in the house")


def has_weight(owned: set[str], pieces: Counter[float], runner: dict[str, Any], weight: float) -> bool:
    """Tell whether some piece, the bar or a backpack can weigh so much."""
    if pieces[weight] or ("backpack" in owned and weight <= 10):
        return True
    if "barbell" in owned and ("bar_kg" not in runner or weight in bar_loads(runner)):
        return True
    return not pieces and bool(owned & {"dumbbell", "kettlebell"})


# ------------------------------------------------------------------------------------------------- told right


def runs_told_right(case: Case) -> None:
    """Runs without a title are as hard as their type and length say, and race days of the file have a race."""
    dates_here = set(case.dates)
    for run in case.runs:
        if run.raw.get("title"):
            continue
        share = HARD_RUNS.get(run.kind, 0.0)
        if abs(run.raw["hard_minutes"] - share * run.minutes) > 1:
            case.broken("runs", run.date, f"{at(run)} with {run.raw['hard_minutes']} hard minutes")
        if run.raw["hard"] != (run.kind in HARD_RUNS or run.minutes > 90):
            case.broken("runs", run.date, f"{at(run)} says hard {run.raw['hard']}")
    for race in case.races:
        if race.date in dates_here and not any(r.kind == "race" and r.date == race.date for r in case.runs):
            case.broken("runs", race.date, f"no run of type race for {race.km:g} km")


def own_words(case: Case) -> None:
    """A published plan has no safety finding of its own, and calls itself optimal only where cost equals bound."""
    for finding in case.plan["findings"]:
        if finding["tier"] == "safety" and finding["on"] == "plan":
            case.broken("own-words", finding["date"], f"its own finding: {finding['says']}")
    best = case.plan["optimality"]
    if (best["status"] == "optimal") != (best["cost"] == best["bound"]) or best["bound"] > best["cost"]:
        case.broken("own-words", case.plan["starts"], f"{best['status']} with {best['cost']} and {best['bound']}")
