"""Judging one bout after the other: double progression, two for two, reserve, misses and pain (R26, R22, R69).

State in, state out. The two-session rule itself is ``metrics.double_progression``; what is added here are the
reserve, owned weights, the smaller steps between them, and the facts: what the runner really lifts.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from midstance.domain.exercise import Hold, Role
from midstance.domain.runner import Level
from midstance.domain.session import Kind
from midstance.metrics.double_progression import EXTRA_REPS, IN_A_ROW, MOST_PAIN, LiftDone
from midstance.planning.progressing import words
from midstance.planning.progressing.bouts import CALM_PAIN, Bout
from midstance.planning.progressing.ladder import MORE, SAME, Ladder, needs_weight, slower
from midstance.planning.progressing.state import RISES, SPENT_BELOW, Break, Lift, State, Verdict, missed, spent, verdict
from midstance.planning.progressing.values import Rung

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

WEEK = dt.timedelta(days=7)
LEAST_SETS = 2              # one set alone raises nothing
BREAK, LONG_BREAK = dt.timedelta(weeks=4), dt.timedelta(weeks=8)
BREAK_SHARE, LONG_BREAK_SHARE = 0.9, 0.75
MUCH = 2                    # times what was asked for or lifted before is a doubtful log; midstance default
FAR_BELOW = EXTRA_REPS      # so far below the range, with nothing in reserve, once is too hard: two for two downwards


def first_state(ladder: Ladder) -> State:
    """Begin where a plan without a log begins; beginners with body weight wherever that is possible."""
    bare = ladder.house.level is Level.BEGINNER and not needs_weight(ladder.exercise)
    return State(weight=None if bare else ladder.first_kg)


def replayed(ladder: Ladder, bouts: Iterable[Bout], breaks: Sequence[Break], today: dt.date) -> State:
    """Judge bouts in order, with the breaks between them and up to today."""
    state, last = first_state(ladder), None
    for bout in bouts:
        state = judged(_after_breaks(state, breaks, ladder, last, bout.date), bout, ladder)
        if state.tested:
            state = replace(state, lowest=min(state.lowest, state.weight or 0.0))
        last = bout.date
    return _after_breaks(state, breaks, ladder, last, today)


def breaks_of(dates: Sequence[dt.date], today: dt.date) -> tuple[Break, ...]:
    """List breaks of more than four weeks between dates of training, and up to today (R30)."""
    return tuple(Break(ends=b, lasted=b - a) for a, b in pairwise((*dates, today)) if b - a > BREAK)


def _after_breaks(
    state: State, breaks: Sequence[Break], ladder: Ladder, last: dt.date | None, until: dt.date
) -> State:
    passed = [b for b in breaks if last is not None and last < b.ends <= until]
    longest = max(passed, key=lambda b: b.lasted, default=None)
    return rested(state, longest.lasted, ladder, longest.ends) if longest else state


def judged(state: State, bout: Bout, ladder: Ladder) -> State:
    """Judge one bout: pain first, then what was lifted, then whether the last two say to move."""
    if bout.pain > MOST_PAIN or bout.worse_after:
        tested = state.tested or bool(bout.counts)
        return _hurt(replace(state, changed=False, kept=None, hurt=True, tested=tested), bout, ladder)
    if not bout.counts:
        return state
    if _doubtful(state, bout, ladder):
        said = words.DOUBTED.format(name=ladder.exercise.name, at=_at(state.weight, ladder),
                                    done=_load(bout.weight_kg, ladder))
        return replace(state, changed=False, why=said)
    state = replace(state, changed=False, kept=None, side=bout.side)
    weight = _lifted(state, bout, ladder)
    lift = _lift(bout, weight, ladder)
    if weight != state.weight:
        adopted = _adopted(state, bout, weight, lift, ladder)
        if adopted is None:
            return _ignored(state, bout, weight, lift, ladder)
        state = adopted
    else:
        state = replace(state, recent=(*state.recent, lift)[-IN_A_ROW:], light=())
    state = _with_owned(replace(state, tested=True), lift)
    return _moved(state, bout, lift, ladder)


def _lifted(state: State, bout: Bout, ladder: Ladder) -> float | None:
    """Weight that was lifted, as an owned one; the one asked for where a weight is needed and none was said."""
    unsaid = bout.weight_kg is None and needs_weight(ladder.exercise)
    return state.weight if unsaid else ladder.snapped(bout.weight_kg)


def _doubtful(state: State, bout: Bout, ladder: Ladder) -> bool:
    """Tell whether a logged weight is much more than what was asked for or ever lifted on two days.

    Source: midstance default; a digit too many and pounds taken for kilograms lie above, a good day below it.
    """
    if not bout.weight_kg or not ladder.loads:
        return False
    before = max(state.weight or 0.0, bout.twice_kg or 0.0, ladder.usual_kg)
    return bout.weight_kg > max(MUCH * before, SAME * (ladder.above(state.weight) or 0.0))


def _most(state: State, bout: Bout, ladder: Ladder) -> float:
    """Heaviest weight that may be asked for next [kg]: one step up, or what was lifted on two days."""
    twice = ladder.snapped(bout.twice_kg) if bout.twice_kg else None
    return max(state.weight or 0.0, ladder.above(state.weight) or 0.0, twice or 0.0)


def _lift(bout: Bout, weight: float | None, ladder: Ladder) -> Lift:
    low, _ = ladder.span(weight)
    alone = len(bout.counts) < LEAST_SETS and ladder.exercise.role is not Role.FINISHER
    hindered = words.ACHED if bout.ached or bout.pain > CALM_PAIN else words.ONE_SIDE if not bout.whole else ""
    return Lift(
        done=LiftDone(reps=bout.counts, rir=bout.rir if ladder.rir is not None else None),
        low=low if bout.kind else ladder.least, hindered=hindered or (words.ONE_SET if alone else ""),
    )


def _adopted(state: State, bout: Bout, weight: float | None, lift: Lift, ladder: Ladder) -> State | None:
    """Follow the runner to another weight: a heavier one that was managed, a lighter one twice, or for want of facts.

    What is light for the heavy range may belong to another kind of session, and tells nothing.
    """
    low, _ = ladder.span(weight)
    fresh = State(weight=weight, raised=state.raised, owned=state.owned, hurt=state.hurt, lowest=state.lowest,
                  since=bout.date, side=state.side, changed=True, why=_used(weight, bout, ladder))
    if (weight or 0.0) > (state.weight or 0.0):
        most = _most(state, bout, ladder)
        if min(bout.counts) < low:
            return None if state.tested else _too_heavy(fresh, state, ladder, most)
        raised = bout.date if state.tested else None
        return replace(fresh, recent=(lift,), raised=raised) if (weight or 0.0) <= most else _one_step(
            replace(fresh, raised=raised), state, bout, ladder, most)
    if ladder.heavy and bout.kind is not Kind.HEAVY:
        return None
    if not state.tested or _too_hard(lift, ladder):
        return replace(fresh, recent=(lift,))
    light = (*state.light, lift)[-IN_A_ROW:]
    return replace(fresh, recent=light) if len(light) == IN_A_ROW else None


def _used(weight: float | None, bout: Bout, ladder: Ladder) -> str:
    """Say that it goes on with what was done, or with the owned weight that stands for it."""
    done = bout.weight_kg
    same = weight is None or done is None or weight / SAME <= done <= weight * SAME
    template = words.USED if same else words.USED_LESS if (weight or 0.0) < (done or 0.0) else words.USED_LEAST
    return template.format(name=ladder.exercise.name, new=_load(weight, ladder), done=_load(done, ladder))


def _one_step(fresh: State, state: State, bout: Bout, ladder: Ladder, most: float) -> State | None:
    """Take one step up where more was lifted on a single day; None where no step is there."""
    if most <= (state.weight or 0.0):
        return None
    said = words.ONE_STEP.format(name=ladder.exercise.name, new=_load(most, ladder), done=_load(bout.weight_kg, ladder))
    return replace(fresh, weight=most, why=said)


def _too_heavy(fresh: State, state: State, ladder: Ladder, most: float) -> State | None:
    """Begin one weight below the first one that was tried and not managed, where that is above the guess."""
    lower = ladder.below(fresh.weight)
    if not (state.weight or 0.0) < (lower or 0.0) <= most:
        return None
    low, _ = ladder.span(fresh.weight)
    said = words.TOO_HEAVY.format(name=ladder.exercise.name, new=_load(lower, ladder), low=words.number(low),
                                  units=_units(ladder), old=_load(fresh.weight, ladder))
    return replace(fresh, weight=lower, why=said)


def _ignored(state: State, bout: Bout, weight: float | None, lift: Lift, ladder: Ladder) -> State:
    """Leave a bout at another weight out; a weight that was too heavy breaks the row, one that was light is counted."""
    place = {"name": ladder.exercise.name, "at": _at(state.weight, ladder), "done": _load(bout.weight_kg, ladder)}
    low, _ = ladder.span(weight)
    if (weight or 0.0) > (state.weight or 0.0):
        fits = min(bout.counts) >= low
        said = words.ONCE_MORE if fits else words.TOO_MUCH
        return replace(state, recent=(), why=said.format(low=words.number(low), units=_units(ladder), **place))
    if ladder.heavy and bout.kind is not Kind.HEAVY:
        return replace(state, why=state.why or _stays(state, ladder))
    return replace(state, light=(lift,), why=words.LIGHTER.format(**place))


def _with_owned(state: State, lift: Lift) -> State:
    """Own the body-weight version once a loaded set was managed; give up a neighbour that is no longer needed."""
    fits = min(lift.done.reps) >= lift.low
    owned = state.owned or (state.weight is not None and fits)
    back = state.rung is Rung.DOWN and fits
    return replace(state, owned=owned, rung=Rung.STAY if back else state.rung)


def _too_hard(lift: Lift, ladder: Ladder) -> bool:
    """Tell whether even the best set ended far below the range with nothing in reserve (R22, R26 downwards)."""
    rir = lift.done.rir
    return ladder.rir is not None and rir is not None and rir < SPENT_BELOW and (
        max(lift.done.reps) <= lift.low - FAR_BELOW)


def _moved(state: State, bout: Bout, lift: Lift, ladder: Ladder) -> State:
    low, high = ladder.span(state.weight)
    if _lifted(state, bout, ladder) is None and max(bout.counts) < ladder.exercise.dose.low:
        reason = words.FEW.format(low=words.number(ladder.exercise.dose.low), good=_good(ladder))
        return _lowered(state, bout.date, ladder, reason)
    if state.recent[-1:] == (lift,) and _too_hard(lift, ladder):
        reason = words.TOO_HARD.format(low=words.number(lift.low), units=_units(ladder))
        return _lowered(state, bout.date, ladder, reason)
    found = verdict(state.recent, low, high + state.more, ladder.rir)
    if found in RISES:
        return _risen(state, bout, ladder, found)
    if found is Verdict.MISSED:
        return _lowered(state, bout.date, ladder, words.MISSED.format(low=words.number(low), units=_units(ladder)))
    if found is Verdict.SPENT:
        return _lowered(state, bout.date, ladder, words.SPENT)
    return state if state.changed or state.rung is not Rung.STAY else replace(state, why=_stays(state, ladder))


def _risen(state: State, bout: Bout, ladder: Ladder, found: Verdict) -> State:
    """Move on: next weight, harder version, or a smaller step first, never more than one weight a week."""
    reason = _reason(state, ladder, found)
    if state.weight is None and found is not Verdict.EASY:
        state = replace(state, owned=True)
    if state.raised and bout.date - state.raised < WEEK:
        return replace(state, why=words.SOON.format(name=ladder.exercise.name, at=_at(state.weight, ladder)))
    heavier = ladder.above(state.weight)
    if heavier is None and ladder.harder and (not ladder.heavy or bout.kind is Kind.HEAVY):
        said = words.HARDER.format(name=ladder.exercise.name, other=ladder.harder.name.lower(), reason=reason,
                                   next=words.NO_HEAVIER if ladder.loads else "")
        return _changed(state, bout.date, ladder, said, rung=Rung.UP)
    taken = bool(state.more) + state.slow * (1 + _has_room(ladder, state.weight))
    if heavier is None or taken < ladder.smaller_steps(state.weight):
        smaller = _smaller(state, bout.date, ladder, reason)
        if smaller is not None or heavier is None:
            return smaller or replace(state, why=words.ENDS.format(name=ladder.exercise.name,
                                                                   at=_at(state.weight, ladder)))
    said = words.WEIGHT.format(name=ladder.exercise.name, old=_old(state.weight, ladder), new=_load(heavier, ladder),
                               reason=reason)
    return _changed(state, bout.date, ladder, said, weight=heavier, more=0, slow=False, raised=bout.date)


def _has_room(ladder: Ladder, weight: float | None) -> bool:
    return ladder.most(weight) > ladder.span(weight)[1]


def _smaller(state: State, date: dt.date, ladder: Ladder, reason: str) -> State | None:
    """Take a smaller step: a higher top of the range first, then a slower tempo; None where both are taken."""
    high = ladder.span(state.weight)[1] + state.more
    heavier = ladder.above(state.weight)
    gap = words.NO_NEXT
    if heavier is not None and state.weight:
        gap = words.NEXT.format(weight=_load(heavier, ladder), percent=round(100 * (heavier / state.weight - 1)))
    room = min(MORE[ladder.exercise.dose.unit], ladder.most(state.weight) - high)
    tempo = slower(ladder.exercise.dose.tempo)
    place = {"name": ladder.exercise.name, "old": _load(state.weight, ladder), "reason": reason, "next": gap}
    if not state.slow and room > 0 and not (state.more and heavier is not None):
        said = words.MORE.format(high=high + room, units=_units(ladder), **place)
        return _changed(state, date, ladder, said, more=state.more + room)
    if not state.slow and tempo:
        return _changed(state, date, ladder, words.SLOWER.format(tempo=tempo, **place), more=0, slow=True)
    return None


def _lowered(state: State, date: dt.date, ladder: Ladder, reason: str) -> State:
    """Go back one step: a smaller step first, then the weight, then the easier version."""
    name = ladder.exercise.name
    if state.more or state.slow:
        said = words.NORMAL_TEMPO.format(name=name, old=_load(state.weight, ladder), reason=reason)
        return _changed(state, date, ladder, said, more=0, slow=False)
    lower = ladder.below(state.weight)
    if state.weight is not None and lower != state.weight:
        return _lighter(state, date, ladder, lower, reason)
    if ladder.easier is None:
        return replace(state, recent=(), why=words.LOWEST.format(name=name, at=_at(state.weight, ladder),
                                                                 reason=reason))
    said = words.EASIER.format(name=name, other=ladder.easier.name.lower(), reason=reason)
    return _changed(state, date, ladder, said, rung=Rung.DOWN, owned=state.owned and state.weight is not None)


def _lighter(state: State, date: dt.date, ladder: Ladder, lower: float | None, reason: str) -> State:
    """Take a lower weight; the way up begins at the bottom of the range again, with all its smaller steps."""
    template = words.WEIGHT if lower is not None else words.BODY_WEIGHT
    said = template.format(name=ladder.exercise.name, old=_old(state.weight, ladder), new=_load(lower, ladder),
                           reason=reason)
    return _changed(state, date, ladder, said, weight=lower, more=0, slow=False)


def _hurt(state: State, bout: Bout, ladder: Ladder) -> State:
    """Go back one weight below what hurt (R26); whether the exercise pauses is told elsewhere."""
    reason = words.HURT.format(score=bout.pain) if bout.pain > MOST_PAIN else words.HURT_LATER
    lifted = _lifted(state, bout, ladder) if bout.counts else state.weight
    lower = ladder.below(min((state.weight, lifted), key=lambda w: w or 0.0))
    if lower == state.weight:
        said = words.PAIN_REST.format(name=ladder.exercise.name, reason=reason)
        return _changed(state, bout.date, ladder, said, more=0, slow=False)
    return _lighter(state, bout.date, ladder, lower, reason)


def rested(state: State, gap: dt.timedelta, ladder: Ladder, date: dt.date) -> State:
    """Come back after a break: 10 to 20 % lighter after four weeks, a level lighter after eight (R30)."""
    share = LONG_BREAK_SHARE if gap > LONG_BREAK else BREAK_SHARE
    lower = ladder.below(state.weight, share=share)
    said = words.BREAK.format(name=ladder.exercise.name, at=_at(lower, ladder), weeks=gap.days // 7)
    state = replace(state, kept=None, light=())
    return _changed(state, date, ladder, said, weight=lower, more=0, slow=False)


def _changed(state: State, date: dt.date, ladder: Ladder, why: str, **changes: object) -> State:
    """Write a change down; what is asked now begins a new row of bouts."""
    before = state.aim(ladder)
    after = replace(state, recent=(), light=(), since=date, changed=True, why=why, **changes)  # type: ignore[arg-type]
    rises = (after.weight or 0.0, after.slow, after.more) > (state.weight or 0.0, state.slow, state.more)
    return replace(after, kept=before if rises else None)


def _stays(state: State, ladder: Ladder) -> str:
    """Say why nothing moves."""
    name, place = ladder.exercise.name, _at(state.weight, ladder)
    _, high = ladder.span(state.weight)
    last = state.recent[-1] if state.recent else None
    if last and missed(last):
        return words.MISSED_ONCE.format(name=name, at=place, low=words.number(last.low), units=_units(ladder))
    if last and spent(last, high + state.more):
        return words.SPENT_ONCE.format(name=name, at=place)
    if last and last.hindered and min(last.done.reps) >= high:
        return last.hindered.format(name=name, at=place)
    if last and last.done.reaches(high + state.more, ladder.rir or 0):
        return words.ONCE.format(name=name, at=place)
    return words.FIRST.format(name=name, at=place, high=words.number(high + state.more), units=_units(ladder))


def _reason(state: State, ladder: Ladder, found: Verdict) -> str:
    if found is Verdict.EASY:
        return words.EASY
    if found is Verdict.BEYOND:
        return words.BEYOND
    lifts = [lift.done for lift in state.recent]
    said = [lift.rir for lift in lifts if lift.rir is not None]
    return words.reached(ladder.exercise, min(min(lift.reps) for lift in lifts), min(said, default=None),
                         slow=state.slow)


def _per_hand(ladder: Ladder) -> bool:
    return ladder.exercise.load.hold is Hold.EACH_HAND


def _load(weight: float | None, ladder: Ladder) -> str:
    return words.load(weight, ladder.house.runner.units, per_hand=_per_hand(ladder))


def _at(weight: float | None, ladder: Ladder) -> str:
    return words.at(weight, ladder.house.runner.units, per_hand=_per_hand(ladder))


def _old(weight: float | None, ladder: Ladder) -> str:
    """The weight before a change; its unit stands with the new one."""
    said = words.load(weight, ladder.house.runner.units, per_hand=False)
    return said if weight is None else said.split()[0]


def _units(ladder: Ladder) -> str:
    return words.UNITS[ladder.exercise.dose.unit]


def _good(ladder: Ladder) -> str:
    return words.GOOD[ladder.exercise.dose.unit]
