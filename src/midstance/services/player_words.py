"""What the player says of pain, of plates and of the last time: each read from where it is judged or kept."""

from __future__ import annotations

from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from midstance.domain.diary import SetDone
from midstance.domain.runner import AREAS
from midstance.domain.units import weight_text
from midstance.formats._plan_words import joined
from midstance.formats.session_json import LastSet, LastTime, PainRule, PainStop, PlayPain
from midstance.metrics.pain_verdict import SAFE, PainVerdict, pain_verdict
from midstance.planning.arranging.weights import DEFAULT_BAR_KG
from midstance.planning.progressing.hurting import HOP_PAIN
from midstance.planning.readying.pain import PLACES
from midstance.planning.readying.words import RED_FLAGS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.runner import Runner
    from midstance.formats.session_json import Does

WORST = 10
DOES: dict[PainVerdict, Does] = {
    PainVerdict.OK: "continue", PainVerdict.IF_SETTLED: "continue", PainVerdict.EASIER: "swap",
    PainVerdict.STOP: "stop",
}
SAYS = {
    PainVerdict.OK: "Pain up to {to} of 10 is all right. Go on.",
    PainVerdict.IF_SETTLED: "Pain of {span} of 10 is acceptable if it has settled by tomorrow morning. Go on with "
    "care, and tell how it is then.",
    PainVerdict.EASIER: "Pain of {span} of 10 is too much for this exercise. Take an easier version or a hold.",
    PainVerdict.STOP: "Pain of {span} of 10 ends the session for today. If it does not settle within days, or you are "
    "worried, see a doctor or physiotherapist.",
}
BONE = "A bone must not hurt at all: stop, and see a doctor or physiotherapist before you train it again."
GROIN = "Pain in the groin above {above} of 10 ends the session: it should be looked at before you run again."
HOPS = "Hops stop when they hurt more than {above} of 10."
BAR_ONLY = "bar only"
EACH_SIDE = "{plates} on each side"
UNITS = {"reps": "", "seconds": " s", "steps": " steps", "contacts": " contacts"}


def pain_words(block_areas: tuple[str, ...] = ()) -> PlayPain:
    """Say what pain asks for, by the one judgement of pain that there is.

    Args:
        block_areas: Areas of the tissue block that the runner follows.
    """
    stops = (
        PainStop(above=0, tissue="bone", says=BONE),
        PainStop(above=SAFE, area="groin", says=GROIN.format(above=SAFE)),
        PainStop(above=HOP_PAIN, unit="contacts", says=HOPS.format(above=HOP_PAIN)),
    )
    return PlayPain(
        areas=AREAS, places=dict(PLACES), rules=_rules(block=False), block_areas=block_areas,
        block_rules=_rules(block=True) if block_areas else (), stops=stops, red_flags=RED_FLAGS)


def _rules(*, block: bool) -> tuple[PainRule, ...]:
    """Ask for the verdict on every score, and put equal ones together."""
    found = []
    for verdict, group in groupby(range(WORST + 1), key=lambda score: pain_verdict(score, tissue_block=block)):
        scores = list(group)
        span = f"{scores[0]}" if len(scores) == 1 else f"{scores[0]} to {scores[-1]}"
        found.append(PainRule(from_=scores[0], to=scores[-1], do=DOES[verdict],
                              says=SAYS[verdict].format(span=span, to=scores[-1])))
    return tuple(found)


def plates_of(runner: Runner, loads: Iterable[float]) -> dict[str, str]:
    """Say which plates make each load of the barbell, as few as possible.

    Args:
        runner: Bar, plates and units.
        loads: Whole loads [kg].
    Returns: By the load as JSON writes it.
    """
    bar = DEFAULT_BAR_KG if runner.bar_kg is None else runner.bar_kg
    sides = _sides(runner.plates_kg)
    out = {}
    for load in loads:
        side = round((load - bar) / 2, 6)
        plates = sides.get(side)
        if side <= 0:
            out[f"{float(load)}"] = BAR_ONLY
        elif plates or not runner.plates_kg:
            named = joined([weight_text(p, runner.units) for p in plates or (side,)])
            out[f"{float(load)}"] = EACH_SIDE.format(plates=named)
    return out


def _sides(plates: Iterable[float]) -> dict[float, tuple[float, ...]]:
    """List what one side of the bar can hold: fewest plates, the heaviest first [kg]."""
    found: dict[float, tuple[float, ...]] = {0.0: ()}
    for plate, count in sorted(Counter(plates).items(), reverse=True):
        more = dict(found)
        for weight, held in found.items():
            for k in range(1, count // 2 + 1):
                key, new = round(weight + k * plate, 6), (*held, *[plate] * k)
                if key not in more or len(new) < len(more[key]):
                    more[key] = new
        found = more
    return found


def last_times(
    entries: Iterable[Entry], exercises: Iterable[str], *, before: dt.date, units: str,
) -> dict[str, LastTime]:
    """Tell what was done of exercises on the last date before a day, warm-up sets apart.

    Args:
        entries: Entries in force.
        exercises: Ids.
        before: The day.
        units: The runner's units.
    """
    wanted = set(exercises)
    by_date: dict[str, dict[dt.date, list[SetDone]]] = {}
    for entry in entries:
        what = entry.what
        if isinstance(what, SetDone) and what.exercise in wanted and entry.date < before and not what.warm_up:
            by_date.setdefault(what.exercise, {}).setdefault(entry.date, []).append(what)
    return {id_: _last(max(dates), dates[max(dates)], units) for id_, dates in by_date.items()}


def _last(date: dt.date, sets: Sequence[SetDone], units: str) -> LastTime:
    ordered = sorted(sets, key=lambda s: s.number)
    return LastTime(date=date, says=_sets_words(ordered, units),
                    sets=tuple(LastSet(amount=s.amount, weight_kg=s.weight_kg, side=s.side) for s in ordered))


def _sets_words(sets: Sequence[SetDone], units: str) -> str:
    """Write sets in one line: ``8, 8, 7 with 16 kg``; sides apart where they differ."""
    sides = {side: [s for s in sets if s.side == side] for side in dict.fromkeys(s.side for s in sets)}
    lines = {side: _line(mine, units) for side, mine in sides.items()}
    if len(lines) == 1:
        return next(iter(lines.values()))
    if len(set(lines.values())) == 1 and "" not in lines:
        return f"{next(iter(lines.values()))}, each side"
    return "; ".join(f"{side} {line}".strip() for side, line in lines.items())


def _line(sets: Sequence[SetDone], units: str) -> str:
    parts = []
    for (weight, hands, unit), group in groupby(sets, key=lambda s: (s.weight_kg, s.per_hand, s.unit)):
        amounts = ", ".join(f"{s.amount:g}" for s in group) + UNITS[unit]
        held = "" if weight is None else f" with {weight_text(weight, units)}" + (" in each hand" if hands else "")
        parts.append(amounts + held)
    return "; ".join(parts)
