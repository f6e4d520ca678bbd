"""Runs and sessions as one line of text, for the rules' examples, golden tests and failures.

    Tue 18:00 heavy 24min: A1 goblet-squat 3x8 @2RIR | Wed 06:30 intervals 50min
    Mon 18:00 heavy 24min (hard 10) || Sun 10:00 race 10km 52min

``|`` parts runs and sessions, ``||`` weeks; a day is a weekday of the week at hand or a date. A run takes ``50min``,
``8.5km`` or both (without minutes: 6:30 a km), ``hard 20min`` and, against method 7.1, ``counts-hard`` or
``counts-easy``; a session minutes and ``(hard 10)``. After ``: `` come items, parted by commas:

    A1 single-leg-deadlift 3x6-8/left +1left 16kg @2RIR 3-1-1-0, A2 plank 3x40-45s, rest 90s

rounds x dose (``s``, ``steps``, ``contacts``; ``+``: to the last good rep), ``/side`` or the side that leads, more
sets on a side, weight (``8kg/hand``), reps in reserve, tempo. The letter names the block (W warm-up, F finisher, M
flow, P primer) unless ``[name]`` begins it. A block rests 90 s (W and F: 0 s) unless ``rest`` follows. Titles,
sources and reasons are not written; load follows from minutes, a primer belongs to the next run of its date.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

from midstance.domain.dates import DAYS, WEEK
from midstance.domain.run import HARD_PART, RUN_RPE, PlannedRun, RunType, counts_as_hard
from midstance.domain.session import KIND_RPE, Block, Item, Kind, Session

SECONDS_PER_KM = 390
SESSION_HARD = {Kind.HEAVY: 8, Kind.PLYOMETRIC: 4}
BLOCK_REST_S = {"warm-up": 0, "finisher": 0}
_BLOCKS = {"W": "warm-up", "F": "finisher", "M": "flow", "P": "primer"}
_UNITS = {"": "reps", "s": "seconds", "steps": "steps", "contacts": "contacts"}
_SUFFIXES = {unit: suffix for suffix, unit in _UNITS.items()}
_HEAD = re.compile(r"(?P<day>[A-Za-z]{3}|\d{4}-\d\d-\d\d) (?P<clock>\d\d?:\d\d) (?P<what>[a-z]+)(?P<tail>.*)")
_TAIL = re.compile(r"(?: (?:(?P<minutes>[1-9]\d*)min|(?P<km>\d+(?:\.\d+)?)km"
                   r"|\(?hard (?P<hard>\d+)(?:min)?\)?|counts-(?P<counts>hard|easy)))*")
_ITEM = re.compile(
    r"(?:\[(?P<block>[^][|,]+)\] )?(?P<label>[A-Z]\d+) (?P<exercise>[a-z0-9-]+) (?P<rounds>\d+)x(?P<low>\d+)"
    r"(?:-(?P<high>\d+))?(?P<unit>s|steps|contacts|)(?P<open>\+?)(?:/(?P<side>side|left|right))?"
    r"(?: (?:(?P<kg>\d+(?:\.\d+)?)kg(?P<hand>/hand)?|@(?P<rir>\d+)RIR|(?P<tempo>\d+-\d+-\d+-\d+)"
    r"|\+(?P<left>\d+)left|\+(?P<right>\d+)right))*")


def parse_week(text: str, *, monday: dt.date) -> tuple[tuple[PlannedRun, ...], tuple[Session, ...]]:
    """Read runs and sessions of one or several weeks.

    Args:
        text: The notation; empty weeks are allowed.
        monday: Monday of the first week.
    Returns: Runs and sessions, each in order of start.
    Raises: ValueError: A piece cannot be read; the message quotes it.

    >>> runs, sessions = parse_week("Tue 18:00 heavy 24min | Wed 06:30 intervals 50min", monday=dt.date(2026, 11, 30))
    >>> sessions[0].id, sessions[0].hard_minutes, runs[0].id, runs[0].hard_minutes
    ('s-2026-12-01-1800', 8, 'run-2026-12-02-0630', 20)
    """
    found = [
        _parse_piece(piece, monday + number * WEEK) for number, week in enumerate(" ".join(text.split()).split("||"))
        for piece in filter(None, map(str.strip, week.split("|")))]
    runs = sorted((f for f in found if isinstance(f, PlannedRun)), key=lambda r: r.start)
    sessions = sorted((f for f in found if isinstance(f, Session)), key=lambda s: s.start)
    return tuple(runs), tuple(_named_run(s, runs) for s in sessions)


def render_days(runs: tuple[PlannedRun, ...], sessions: tuple[Session, ...], *, monday: dt.date) -> str:
    """Write runs and sessions so that ``parse_week`` reads them again; weeks are counted from ``monday``.

    >>> render_days(*parse_week("tue 6:30 race 10km", monday=dt.date(2026, 11, 30)), monday=dt.date(2026, 11, 30))
    'Tue 06:30 race 65min 10km'
    """
    pieces = sorted([(r.start, _run_text(r)) for r in runs] + [(s.start, _session_text(s)) for s in sessions])
    weeks: list[list[str]] = [[]]
    for start, text in pieces:
        weeks += [[] for _ in range((start.date() - monday).days // 7 + 1 - len(weeks))]
        day = DAYS[start.weekday()].capitalize() if start.date() >= monday else start.date().isoformat()
        weeks[-1].append(f"{day} {start:%H:%M} {text}")
    return " || ".join(" | ".join(week) for week in weeks)


def _parse_piece(piece: str, monday: dt.date) -> PlannedRun | Session:
    head, _, content = piece.partition(": ")
    match = _HEAD.fullmatch(head)
    tail = _TAIL.fullmatch(match["tail"]) if match else None
    if match is None or tail is None:
        msg = f"cannot read {head!r}; write for example \"Tue 18:00 heavy 24min\""
        raise ValueError(msg)
    start = _start(match["day"], match["clock"], monday, piece)
    if match["what"] in set(RunType) and not content and (tail["minutes"] or tail["km"]):
        return _run(start, RunType(match["what"]), tail, piece)
    if match["what"] in set(Kind) and tail["minutes"] and not (tail["km"] or tail["counts"]):
        return _session(start, Kind(match["what"]), tail, content)
    msg = f"{piece!r} is neither a run with minutes or km nor a session with minutes"
    raise ValueError(msg)


def _start(day: str, clock: str, monday: dt.date, piece: str) -> dt.datetime:
    try:
        date = dt.date.fromisoformat(day) if "-" in day else monday + dt.timedelta(days=DAYS.index(day.lower()))
        return dt.datetime.combine(date, dt.time.fromisoformat(clock.zfill(5)))
    except ValueError as error:
        msg = f"{day!r} {clock!r} in {piece!r} is no day and time"
        raise ValueError(msg) from error


def _run(start: dt.datetime, kind: RunType, tail: re.Match[str], piece: str) -> PlannedRun:
    km = float(tail["km"]) if tail["km"] else None
    minutes = int(tail["minutes"] or max(1, round((km or 0) * SECONDS_PER_KM / 60)))
    work = int(tail["hard"] or round(HARD_PART.get(kind, 0.0) * minutes))
    if work > minutes:
        msg = f"{piece!r} has more hard minutes than minutes"
        raise ValueError(msg)
    hard = tail["counts"] == "hard" if tail["counts"] else counts_as_hard(kind, minutes, pace_work=work > 0)
    return PlannedRun(
        id=f"run-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, distance_km=km, type=kind, hard=hard,
        hard_minutes=work, load_au=round(RUN_RPE[kind] * minutes), title="", source="notation")


def _session(start: dt.datetime, kind: Kind, tail: re.Match[str], content: str) -> Session:
    minutes = int(tail["minutes"])
    return Session(
        id=f"{'p' if kind is Kind.PRIMER else 's'}-{start:%Y-%m-%d-%H%M}", start=start, minutes=minutes, kind=kind,
        hard_minutes=int(tail["hard"] or SESSION_HARD.get(kind, 0)), load_au=round(KIND_RPE[kind] * minutes), why=(),
        blocks=_blocks(content))


def _named_run(session: Session, runs: list[PlannedRun]) -> Session:
    if session.kind is not Kind.PRIMER:
        return session
    later = [r.id for r in runs if r.date == session.date and r.start >= session.start]
    return replace(session, for_run=later[0] if later else None)


def _blocks(content: str) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for piece in filter(None, map(str.strip, content.split(","))):
        if blocks and (rest := re.fullmatch(r"rest (\d+) ?s", piece)):
            blocks[-1] = replace(blocks[-1], rest_s=int(rest[1]))
            continue
        name, rounds, item = _item(piece)
        label = name or _BLOCKS.get(item.label[0], item.label[0])
        if name or not blocks or blocks[-1].items[-1].label[0] != item.label[0]:
            blocks.append(Block(label=label, rounds=rounds, rest_s=BLOCK_REST_S.get(label, 90), items=(item,)))
        elif blocks[-1].rounds == rounds:
            blocks[-1] = replace(blocks[-1], items=(*blocks[-1].items, item))
        else:
            msg = f"{piece!r} has other rounds than the block before it"
            raise ValueError(msg)
    return tuple(blocks)


def _item(piece: str) -> tuple[str | None, int, Item]:
    match = _ITEM.fullmatch(piece)
    if match is None:
        msg = f"cannot read the item {piece!r}; write for example \"A1 goblet-squat 3x8 16kg @2RIR\""
        raise ValueError(msg)
    return match["block"], int(match["rounds"]), Item(
        label=match["label"], exercise=match["exercise"], unit=_UNITS[match["unit"]], low=int(match["low"]),
        high=int(match["high"] or match["low"]), per_side=match["side"] is not None,
        first_side=match["side"] if match["side"] in {"left", "right"} else None,
        extra_rounds=tuple((side, int(match[side])) for side in ("left", "right") if match[side]),
        weight_kg=float(match["kg"]) if match["kg"] else None, per_hand=bool(match["hand"]),
        rir=int(match["rir"]) if match["rir"] else None, tempo=match["tempo"] or "",
        to_last_good_rep=bool(match["open"]))


def _run_text(run: PlannedRun) -> str:
    parts = [run.type.value, f"{run.minutes}min"]
    parts += [f"{run.distance_km:g}km"] if run.distance_km is not None else []
    if run.hard_minutes != round(HARD_PART.get(run.type, 0.0) * run.minutes):
        parts.append(f"hard {run.hard_minutes}min")
    if run.hard != counts_as_hard(run.type, run.minutes, pace_work=run.hard_minutes > 0):
        parts.append("counts-hard" if run.hard else "counts-easy")
    return " ".join(parts)


def _session_text(session: Session) -> str:
    text = f"{session.kind.value} {session.minutes}min"
    if session.hard_minutes != SESSION_HARD.get(session.kind, 0):
        text += f" (hard {session.hard_minutes})"
    pieces: list[str] = []
    for number, block in enumerate(session.blocks):
        letter = block.items[0].label[0]
        again = number and session.blocks[number - 1].items[-1].label[0] == letter
        named = f"[{block.label}] " if again or block.label != _BLOCKS.get(letter, letter) else ""
        pieces.append(named + ", ".join(_item_text(item, block.rounds) for item in block.items))
        if block.rest_s != BLOCK_REST_S.get(block.label, 90):
            pieces.append(f"rest {block.rest_s}s")
    return f"{text}: {', '.join(pieces)}" if pieces else text


def _item_text(item: Item, rounds: int) -> str:
    dose = f"{item.low}" if item.low == item.high else f"{item.low}-{item.high}"
    dose += _SUFFIXES[item.unit] + ("+" if item.to_last_good_rep else "")
    dose += f"/{item.first_side or 'side'}" if item.per_side else ""
    parts = [item.label, item.exercise, f"{rounds}x{dose}"]
    parts += [f"+{count}{side}" for side, count in item.extra_rounds]
    parts += [f"{item.weight_kg:g}kg" + ("/hand" if item.per_hand else "")] if item.weight_kg is not None else []
    parts += [f"@{item.rir}RIR"] if item.rir is not None else []
    return " ".join(parts + ([item.tempo] if item.tempo else []))
