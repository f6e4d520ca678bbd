"""Progression: what the log says about the next weight, the repetitions and the version of each exercise.

Values in, values out: the same entries give the same answer. How one bout is judged stands in
``progressing.judging``, what pain keeps away in ``progressing.hurting``; ``arrange`` follows the answer.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.entry import standing as in_force_of
from midstance.domain.exercise import Exercise, Hold, Role
from midstance.domain.runner import Level
from midstance.domain.session import Kind
from midstance.planning.arranging.guide import ONE_LOWER
from midstance.planning.progressing import words
from midstance.planning.progressing.bouts import Bout, Log, read_log
from midstance.planning.progressing.hurting import Ache, aches_of, chain
from midstance.planning.progressing.judging import LONG_BREAK, breaks_of, replayed
from midstance.planning.progressing.ladder import MAIN_KINDS, House, Ladder, house_of, ladder_of, needs_weight
from midstance.planning.progressing.state import Break, State
from midstance.planning.progressing.trend import Point, strength_trend
from midstance.planning.progressing.values import Aim, Comeback, Progress, Rung, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.entry import Entry
    from midstance.domain.runner import Runner

__all__ = ["Aim", "Comeback", "Point", "Progress", "Rung", "Standing", "progress", "strength_trend"]

FEWER_SETS = dt.timedelta(days=14)
LOWER_LEVEL = dt.timedelta(days=28)
COMEBACK_SETS = 2 / 3
LIGHT_SHARE = 0.75          # of the heavy weight, for a founding range that nobody has tried


@dataclass(frozen=True, slots=True, kw_only=True)
class _Track:
    """One range of an exercise with its state."""

    ladder: Ladder
    state: State


def progress(
    entries: Sequence[Entry], *, runner: Runner, catalogue: Mapping[str, Exercise], today: dt.date,
    planned: Mapping[str, Kind] | None = None,
) -> Progress:
    """Tell what the log says about the next sessions.

    Args:
        entries: Of the diary, in the order of writing; what was taken back or corrected does not count.
        runner: Strength level, equipment, weights, injuries.
        catalogue: Exercises by id; their order changes nothing.
        today: Date up to which entries count.
        planned: Kinds of planned sessions by their id, where they are known; otherwise the session that was noted.
    Returns: Standings of every exercise that was logged, and what follows from them together.
    Source: R22, R26, R29, R30, R69 and M8-M13 (certainty: moderate; several steps are midstance defaults).
    """
    log = read_log(in_force_of(entries).in_force, catalogue, today, planned or {})
    breaks = breaks_of(log.dates, today)
    back = _comeback(breaks, today)
    level = runner.strength_level
    if back and back.lower_until and back.lower_until >= today:
        level = ONE_LOWER.get(level, level)
    house = house_of(runner, catalogue, level, today)
    tracks = {key: track for id_ in sorted(log.bouts) for key, track in _tracks(id_, log, house, breaks, today).items()}
    aches = aches_of(log, house, today)
    owned = _owned(tracks, catalogue)
    standings = _settled([_standing(track, log, aches, back if back and back.sets_until >= today else None)
                          for track in tracks.values()], catalogue)
    early = _too_early(tracks, owned, house, log)
    barred = frozenset().union(early, *(ache.barred for ache in aches.values()))
    hurts = [_pain_says(catalogue[id_], ache) for id_, ache in aches.items() if (id_, False) not in tracks]
    return Progress(
        standings=standings, owned=owned, barred=barred,
        preferred=frozenset(ache.instead.id for ache in aches.values() if ache.instead) - barred,
        known=frozenset(log.bouts), comeback=back, unknown=tuple(sorted(log.unknown.items())),
        notes=(*_notes(log, back), *_waiting(early, house), *hurts),
    )


def _tracks(
    id_: str, log: Log, house: House, breaks: Sequence[Break], today: dt.date
) -> dict[tuple[str, bool], _Track]:
    """Judge the founding range of an exercise, and its heavy one where it has one; hops and drills have none."""
    exercise = house.catalogue[id_]
    said = any(bout.counts or bout.pain for bout in log.bouts[id_])
    if not said or exercise.role in (Role.DRILL, Role.HOP) or not MAIN_KINDS.intersection(exercise.kinds):
        return {}
    found: dict[tuple[str, bool], _Track] = {}
    for heavy in (False, True) if exercise.dose.heavy else (False,):
        ladder = ladder_of(exercise, house, heavy=heavy)
        if ladder is not None:
            bouts = (_seen(bout, ladder) for bout in log.bouts[id_])
            state = replayed(ladder, (b for b in bouts if b.counts or b.pain), breaks, today)
            found[id_, heavy] = _Track(ladder=ladder, state=state)
    if len(found) > 1:
        founding, heavy_one = found[id_, False], found[id_, True]
        found[id_, False] = _guessed(founding, heavy_one)
        found[id_, True] = _guessed(heavy_one, founding)
    return found


def _seen(bout: Bout, ladder: Ladder) -> Bout:
    """Show a range only the bouts of its own kind of session, and of unknown ones; pain counts for every range."""
    exercise = ladder.exercise
    loaded = bout.weight_kg is not None or needs_weight(exercise)
    heavy = loaded and bool(exercise.dose.heavy) and bool(ladder.loads)
    mine = heavy or not ladder.heavy if bout.kind is None else ladder.heavy == (heavy and bout.kind is Kind.HEAVY)
    return bout if mine else replace(bout, counts=())


def _guessed(mine: _Track, other: _Track) -> _Track:
    """Guess the weight of a range that was never tried from the other one.

    Where the tried one turned out lighter than a plan begins with, so does the other: one weight above it for the
    heavy range, in proportion for the founding one.
    """
    if mine.state.tested or not other.state.tested:
        return mine
    ladder, weight = mine.ladder, mine.state.weight
    begun, now = other.ladder.first_kg, other.state.weight
    if now is None:
        bare = None if begun is not None or ladder.house.level is Level.BEGINNER else weight
        return _begins(mine, bare)
    if weight is not None and begun is not None and min(now, other.state.lowest) < begun:
        nearest = ladder.above(now) or now if ladder.heavy else ladder.below(weight, share=now / begun) or 0.0
        return _begins(mine, min(weight, nearest) or None)
    known = now if ladder.heavy else max((w for w in ladder.loads if w <= LIGHT_SHARE * now), default=None)
    return _begins(mine, max((w for w in (weight, known) if w), default=None))


def _begins(track: _Track, weight: float | None) -> _Track:
    if track.state.hurt and (weight or 0.0) > (track.state.weight or 0.0):
        return track
    why = track.state.why if weight == track.state.weight else ""
    return replace(track, state=replace(track.state, weight=weight, why=why))


def _comeback(breaks: Sequence[Break], today: dt.date) -> Comeback | None:
    """Tell whether the runner comes back from a break now, or did so lately; the latest one counts."""
    for pause in reversed(breaks):
        lower = pause.ends + LOWER_LEVEL if pause.lasted > LONG_BREAK else None
        if max(pause.ends + FEWER_SETS, lower or pause.ends) >= today:
            return Comeback(weeks=pause.lasted.days // 7, sets_until=pause.ends + FEWER_SETS,
                            set_factor=COMEBACK_SETS, lower_until=lower)
    return None


def _owned(tracks: Mapping[tuple[str, bool], _Track], catalogue: Mapping[str, Exercise]) -> frozenset[str]:
    """List what is owned at body weight; who manages a harder version owns the easier ones."""
    own = {id_ for (id_, _), track in tracks.items() if track.state.owned}
    below = {e.id for id_ in own for e in chain(catalogue[id_], catalogue)}
    return frozenset(own | below)


def _too_early(
    tracks: Mapping[tuple[str, bool], _Track], owned: frozenset[str], house: House, log: Log
) -> dict[str, Exercise]:
    """List weighted versions that a beginner has not earned: the log shows the body-weight one, and not owned (7.3)."""
    if house.level is not Level.BEGINNER:
        return {}
    early = {}
    for id_ in sorted(house.catalogue):
        exercise = house.catalogue[id_]
        bare = next((e for e in chain(exercise, house.catalogue) if not needs_weight(e)), None)
        waits = needs_weight(exercise) and id_ not in log.bouts and bare is not None and bare.id not in owned
        if waits and bare is not None and (bare.id, False) in tracks:
            early[id_] = bare
    return early


def _waiting(early: Mapping[str, Exercise], house: House) -> list[str]:
    """Say what waits for its body-weight version, where the runner could do it at all."""
    return [words.UNLOADED.format(name=house.catalogue[id_].name, other=bare.name.lower())
            for id_, bare in early.items() if house.allows(house.catalogue[id_])]


def _standing(track: _Track, log: Log, aches: Mapping[str, Ache], back: Comeback | None) -> Standing:
    """Put a track into the words of a standing; a neighbour that was tried since is no news any more."""
    ladder, state = track.ladder, track.state
    aim = state.aim(ladder)
    exercise = ladder.exercise
    neighbour = {Rung.UP: ladder.harder, Rung.DOWN: ladder.easier}.get(state.rung)
    tried = neighbour is not None and any(b.date > state.since for b in log.bouts.get(neighbour.id, ()))
    place = words.at(aim.weight_kg, ladder.house.runner.units, per_hand=exercise.load.hold is Hold.EACH_HAND)
    found = Standing(
        exercise=exercise.id, heavy=ladder.heavy, weight_kg=aim.weight_kg,
        per_hand=aim.weight_kg is not None and exercise.load.hold is Hold.EACH_HAND, low=aim.low, high=aim.high,
        tempo=aim.tempo, kept=state.kept or aim, rung=state.rung if neighbour else Rung.STAY,
        instead=neighbour.id if neighbour else "", decided_side=state.side,
        sets_cut=1 - back.set_factor if back else 0.0, changed=not tried if neighbour else state.changed,
        since=state.since, why=state.why or words.GUESSED.format(name=exercise.name, at=place),
    )
    ache = aches.get(exercise.id)
    if ache is None:
        return found
    return replace(found, rung=Rung.DOWN, instead=ache.instead.id if ache.instead else "", changed=True,
                   why=_pain_says(exercise, ache))


def _pain_says(exercise: Exercise, ache: Ache) -> str:
    reason = words.HURT_LATER if ache.bout.worse_after else words.HURT.format(score=ache.bout.pain)
    template = words.PAIN_STOP if ache.stops else words.PAIN_SWAP if ache.instead else words.PAIN_REST
    return template.format(name=exercise.name, reason=reason,
                           other=ache.instead.name.lower() if ache.instead else "")


def _settled(standings: Sequence[Standing], catalogue: Mapping[str, Exercise]) -> tuple[Standing, ...]:
    """Let the later word count where an exercise gives way to one that gives way to it."""
    newest: dict[tuple[str, str], dt.date] = {}
    for s in standings:
        if s.instead:
            key = (s.exercise, s.instead)
            newest[key] = max(newest.get(key, dt.date.min), s.since)
    return tuple(_back(s, catalogue) if _beaten(s, newest) else s for s in standings)


def _beaten(standing: Standing, newest: Mapping[tuple[str, str], dt.date]) -> bool:
    back = newest.get((standing.instead, standing.exercise), dt.date.min)
    return bool(standing.instead) and (back > standing.since or (back == standing.since and standing.rung is Rung.UP))


def _back(standing: Standing, catalogue: Mapping[str, Exercise]) -> Standing:
    """Let an exercise stay after all; the other one tells what changed."""
    said = words.BACK.format(name=catalogue[standing.exercise].name, other=catalogue[standing.instead].name.lower())
    why = said if standing.rung is Rung.DOWN else standing.why
    return replace(standing, rung=Rung.STAY, instead="", changed=False, why=why)


def _notes(log: Log, back: Comeback | None) -> tuple[str, ...]:
    notes = []
    if back:
        notes.append(words.COMEBACK.format(weeks=back.weeks))
    if log.unknown:
        notes.append(words.UNKNOWN.format(count=sum(log.unknown.values()), names=len(log.unknown)))
    return tuple(notes)
