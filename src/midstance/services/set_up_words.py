"""What changed settings mean, in words: which settings, and what changes inside sessions that stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.dates import DAYS
from midstance.domain.session import Kind
from midstance.domain.units import weight_text
from midstance.formats._plan_words import day_text, joined
from midstance.services.set_up_answers import answers_of
from midstance.services.set_up_fields import BY_HAND, DISTANCES, SCALARS
from midstance.services.set_up_tests import PREFIX

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from midstance.domain.exercise import Exercise
    from midstance.domain.plan import Plan
    from midstance.domain.runner import Race, Runner
    from midstance.domain.session import Item, Session
    from midstance.services.set_up_fields import Answer

MOST_NAMED = 6
GROUPS = {"running": "Your running week", "blocked": "Days away", "injuries": "Injuries", "lifts": "What you lift"}
FROM_TO = "{label}: {new} instead of {old}."
NOTHING = "nothing"


def settings_changed(old: Runner, new: Runner, *, today: dt.date) -> tuple[str, ...]:
    """Name each setting that is another one now, a sentence each.

    Args:
        old: The runner as set.
        new: The runner as they would be set.
        today: The day.
    """
    before, after = answers_of(old, today=today), answers_of(new, today=today)
    says = []
    for ask in (*SCALARS, *BY_HAND):
        same = before[ask.name] == after[ask.name] or ask.name.startswith(PREFIX)
        if not same and not numbers_alone(ask.name, old, new):
            says.append(FROM_TO.format(label=ask.label, old=shown(before[ask.name]), new=shown(after[ask.name])))
    says += [f"{label}: changed." for name, label in GROUPS.items() if getattr(old, name) != getattr(new, name)]
    days = [day for day in DAYS
            if any(before[f"free_{day}{end}"] != after[f"free_{day}{end}"] for end in ("", "_exact"))]
    if days:
        says.append(f"Free times: changed on {joined(day.capitalize() for day in days)}.")
    if old.assessment != new.assessment:
        says.append("Self-tests: changed.")
    return (*says, *races_changed(old, new, today))


def numbers_alone(name: str, old: Runner, new: Runner) -> bool:
    """Tell whether only the units of a value are others, not the value itself."""
    known = {"easy_pace": "easy_pace_s_per_km"}.get(name, name)
    return old.units != new.units and hasattr(old, known) and getattr(old, known) == getattr(new, known)


def shown(answer: Answer) -> str:
    """Write an answer in a sentence."""
    if isinstance(answer, tuple):
        return joined(word.replace("-", " ") for word in answer) if answer else NOTHING
    return answer or NOTHING


def races_changed(old: Runner, new: Runner, today: dt.date) -> tuple[str, ...]:
    """Name races to come that are new, and those that are gone."""
    before = [race for race in old.races if race.date >= today]
    after = [race for race in new.races if race.date >= today]
    return (*(f"Race: {race_words(race)} is new." for race in after if race not in before),
            *(f"Race: {race_words(race)} is gone." for race in before if race not in after))


def race_words(race: Race) -> str:
    """Name a race.

    >>> from midstance.domain.runner import Race
    >>> import datetime as dt
    >>> race_words(Race(date=dt.date(2027, 2, 14), distance_km=10.0, name="City run"))
    'City run (10 km, A) on Sun 14 Feb'
    """
    known = next((words for km, words in DISTANCES.items() if abs(float(km) - race.distance_km) < 0.01),
                 f"{race.distance_km:g} km")
    named = f"{race.name} ({known}, {race.priority})" if race.name else f"{known} ({race.priority})"
    return f"{named} on {day_text(race.date)}"


def content_changes(
    old: Plan, new: Plan, *, first: dt.date, units: str, names: Mapping[str, Exercise]
) -> tuple[str, ...]:
    """Say what changes inside the sessions that stay on their date: how many, new exercises, other weights.

    Args:
        old: The plan before.
        new: The plan after.
        first: Sessions before it are not looked at.
        units: For weights.
        names: Exercises by id.
    """
    before: dict[tuple[dt.date, Kind], Session] = {
        (s.date, s.kind): s for s in old.sessions if s.date >= first and s.kind is not Kind.PRIMER}
    pairs = [(before[s.date, s.kind], s) for s in new.sessions if (s.date, s.kind) in before]
    touched = [(a, b) for a, b in pairs if a.blocks != b.blocks]
    if not touched:
        return ()
    count = len(touched)
    what = "session stays on its day" if count == 1 else "sessions stay on their days"
    says = [f"{count} {what}, with other exercises, sets or weights."]
    had, has = exercises_of([a for a, _ in pairs]), exercises_of([b for _, b in pairs])
    for label, found in (("New", [e for e in has if e not in had]), ("No longer", [e for e in had if e not in has])):
        if found:
            more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
            says.append(f"{label}: {', '.join(names[e].name for e in found[:MOST_NAMED] if e in names)}{more}.")
    return (*says, *weights_changed(touched, units, names))


def exercises_of(sessions: Sequence[Session]) -> list[str]:
    """List the exercises of the main blocks, in the order in which they come."""
    return list(dict.fromkeys(i.exercise for s in sessions for b in s.blocks if b.label != "warm-up" for i in b.items))


def weights_changed(
    touched: Sequence[tuple[Session, Session]], units: str, names: Mapping[str, Exercise]
) -> list[str]:
    """Say where an exercise is lifted with another weight, the first time for each."""
    said: dict[str, str] = {}
    for a, b in touched:
        old, new = items_of(a), items_of(b)
        for id_ in (id_ for id_ in new if id_ in old and id_ not in said and id_ in names):
            was, now = old[id_].weight_kg, new[id_].weight_kg
            if was != now:
                texts = ["body weight" if kg is None else weight_text(kg, units) for kg in (now, was)]
                said[id_] = f"{names[id_].name} on {day_text(b.date)}: {texts[0]} instead of {texts[1]}."
    return list(said.values())[:MOST_NAMED]


def items_of(session: Session) -> dict[str, Item]:
    """Give the items of a session's main blocks by exercise."""
    return {item.exercise: item for b in session.blocks if b.label != "warm-up" for item in b.items}
