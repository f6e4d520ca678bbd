"""FIT: recordings of watches and programs; the only module that knows the FIT libraries.

The fast reader (pyfitparsernative) reads what is sound or can be mended by leaving out a broken tail; what it still
refuses goes to the patient one (fitdecode). What ``set`` messages mean is in ``_fit_sets``, writing in ``fit_workout``
and ``fit_activity``.
"""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from itertools import islice
from math import isfinite
from typing import TYPE_CHECKING, Any

from midstance.formats import _fit_frames as frames
from midstance.formats._fit_records import DEGREES, lift
from midstance.formats._fit_sets import MESSAGES, RecordedSession, planned_id, read_sets
from midstance.formats._format import Fault, Format, Parsed
from midstance.formats._track import YEARS, Point, Recording, to_parsed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Message = dict[str, Any]

WANTED = frozenset({"file_id", "session", "lap", "record", "activity", "sport", "hr"}) | MESSAGES
PATIENT_BYTES = 1_500_000     # the patient reader takes about 2 s for a megabyte
PATIENT_MESSAGES = 200_000
QUARTER_S = 900
FARTHEST_ZONE_S = 14 * 3600
REMEDY = "a .fit file as the watch saved it or its service exports it is needed"


def sniff(data: bytes) -> bool:
    """Tell whether bytes begin with a FIT header."""
    return frames.is_header(data)


def parse(data: bytes, source: str) -> Parsed:
    """Read the running sessions of a FIT file, and what its strength sessions hold.

    Args:
        data: All bytes of the file, of any kind.
        source: File name for faults.
    Returns: ``RunDone`` entries and ``RecordedSession`` sessions; what cannot be used is a fault with its byte offset.
    """
    if not sniff(data):
        fault = Fault(source=source, place="byte 0", says="this is not a FIT file", remedy=REMEDY, fatal=True)
        return Parsed(faults=(fault,))
    parts, tail = frames.split_parts(data)
    faults = [Fault(source=source, place="", says=tail)] if tail else []
    groups: list[list[Message]] = []
    for part in parts:
        messages, says = _read(data, part)
        faults += [Fault(source=source, place=place, says=text) for place, text in says]
        # Straps append their beats as a file of their own behind the activity they belong to.
        if groups and not any(m["message_type"] in ("session", "record") for m in messages):
            groups[-1] += messages
        elif messages:
            groups.append(messages)
    return _parsed(groups, source, faults)


def _parsed(groups: Sequence[list[Message]], source: str, faults: Sequence[Fault]) -> Parsed:
    recordings: list[Recording] = []
    sessions: list[RecordedSession] = []
    others = 0
    for number, group in enumerate(groups, 1):
        found = _recordings(group, f"part {number}" if len(groups) > 1 else "")
        recordings += found
        sessions += _strength(group, found, source)
        others += not found
    parsed = to_parsed(recordings, source, faults)
    found_faults = parsed.faults
    if not groups:
        says = "nothing of it can be read"
        found_faults += (Fault(source=source, place="", says=says, remedy=REMEDY, fatal=True),)
    return replace(parsed, faults=found_faults, ignored=parsed.ignored + others, sessions=tuple(sessions))


def _strength(messages: Sequence[Message], recordings: Sequence[Recording], source: str) -> list[RecordedSession]:
    """Give what the strength sessions of an activity file hold; sets go to the session in whose time they lie."""
    found: list[RecordedSession] = []
    for recording in recordings:
        if not recording.strength or recording.start is None or not recording.seconds:
            continue
        start = dt.datetime.fromtimestamp(recording.start, dt.UTC)
        local = start.replace(tzinfo=None) + dt.timedelta(seconds=recording.offset_s or 0)
        one = RecordedSession(
            start=start, local_start=local, seconds=recording.seconds, session=planned_id(messages),
            device=recording.device, source=source)
        alone = len(recordings) == 1
        sets = read_sets(messages, _exercise_name)
        found.append(replace(one, sets=tuple(s for s in sets if alone or one.start <= s.start < one.end)))
    return found


def _exercise_name(category: str, number: int) -> str:
    """Name an exercise that the catalogue does not use, by the patient reader's tables; empty where it has none."""
    from fitdecode.profile import FIELD_TYPES  # noqa: PLC0415 - 17,000 lines that few files need

    kind = FIELD_TYPES.get(f"{category}_exercise_name")
    return str(kind.enum.get(number, "")) if kind and kind.enum else ""


def _read(data: bytes, part: frames.Part) -> tuple[list[Message], list[tuple[str, str]]]:
    """Read the messages of a part; (place, what is wrong) of its faults."""
    says = []
    whole = data[part.header:part.next]
    if part.trouble:
        says.append((f"byte {part.end}", f"{part.trouble}; read up to there"))
        whole = frames.mended(data, part)
    if part.odd:
        says.append((f"byte {part.header}", "it uses a kind of value that FIT does not have"))
        return _patient_too(whole, says)
    messages = _fast(whole)
    if messages is None and not part.trouble and _checksum_wrong(whole):
        says.append((f"byte {part.end}", "its checksum is wrong: single values may be false"))
        messages = _fast(frames.mended(data, part))
    return _patient_too(whole, says) if messages is None else (messages, says)


def _patient_too(whole: bytes, says: list[tuple[str, str]]) -> tuple[list[Message], list[tuple[str, str]]]:
    """Read with the patient reader and add what it could not do to what is already said."""
    messages, stopped = _patient(whole)
    return messages, [*says, ("", stopped)] if stopped else says


def _checksum_wrong(whole: bytes) -> bool:
    return frames.checksum(whole) != 0


def _fast(whole: bytes) -> list[Message] | None:
    """Read with the fast reader, plain records by ourselves; None when it refuses or breaks."""
    lifted = lift(whole)
    messages = _native(lifted.rest if lifted else whole)
    if lifted is None or messages is None:
        return messages
    undated: list[Message] = [{"message_type": "record"}] * (lifted.records - len(lifted.points))
    return [*messages, *({"message_type": "record", "point": point} for point in lifted.points), *undated]


def _native(whole: bytes) -> list[Message] | None:
    import pyfitparsernative  # noqa: PLC0415 - a compiled module, only when there is a FIT file

    try:
        messages = pyfitparsernative.parse_fit_bytes(whole)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # its panics are no Exception
        return None
    return [m for m in messages if m.get("message_type") in WANTED]


def _patient(whole: bytes) -> tuple[list[Message], str]:
    """Read with the patient reader as far as it goes; say what stopped it, or nothing."""
    import fitdecode  # noqa: PLC0415 - 17,000 lines that few files need

    out: list[Message] = []
    stopped = "" if len(whole) <= PATIENT_BYTES else f"only its first {PATIENT_BYTES / 1e6:g} MB were read"
    try:
        with fitdecode.FitReader(
            io.BytesIO(whole[:PATIENT_BYTES]), check_crc=fitdecode.CrcCheck.DISABLED,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as reader:
            for frame in islice(reader, PATIENT_MESSAGES):
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.name in WANTED:
                    out.append({"message_type": frame.name, **{f.name: f.value for f in reversed(frame.fields)}})
    except Exception as error:  # it lets foreign errors through; what came before them is good
        stopped = stopped or f"a part of it is damaged and was left out ({type(error).__name__})"
    return out, stopped


def _recordings(messages: Sequence[Message], place: str) -> list[Recording]:
    """Collect the sessions of one activity file; empty for other kinds of file."""
    kinds: dict[str, list[Message]] = {kind: [] for kind in WANTED}
    for message in messages:
        kinds[message["message_type"]].append(message)
    if any(m.get("type") not in (None, "activity") for m in kinds["file_id"][:1]):
        return []
    sessions = kinds["session"] or ([_whole(kinds)] if kinds["record"] else [])
    # A ride has as many records as a run, and they need not be looked at.
    points = _points(kinds["record"]) if any(_is_run(session) is not False for session in sessions) else []
    found = [_session(session, points, place, alone=len(sessions) == 1) for session in sessions]
    offset, device = _offset(kinds["activity"]), _device(kinds["file_id"])
    beats = _strap_beats(kinds["hr"]) if len(found) == 1 else []
    for recording in found:
        recording.offset_s, recording.device = offset, device
        if beats and recording.mean_hr is None and not any(p.hr for p in recording.points):
            recording.mean_hr, recording.max_hr = sum(beats) / len(beats), max(beats)
    return found


def _whole(kinds: dict[str, list[Message]]) -> Message:
    """Stand in for the session message that a cut file lacks: its sport from elsewhere, the rest is measured."""
    named = [m["sport"] for m in (*kinds["sport"], *kinds["lap"]) if m.get("sport") is not None]
    return {"sport": named[0]} if named else {}


def _session(session: Message, points: Sequence[Point], place: str, *, alone: bool) -> Recording:
    start = _moment(session.get("start_time"))
    elapsed = _number(session.get("total_elapsed_time")) or _number(session.get("total_timer_time"))
    mine = list(points)
    if not alone and start is not None and elapsed:
        mine = [p for p in points if start <= p.at <= start + elapsed]
    name = f"session of {session.get('start_time') or 'no date'}"
    return Recording(
        place=f"{place}, {name}" if place else name, run=_is_run(session), start=start, points=mine,
        strength=session.get("sub_sport") == "strength_training",
        seconds=_number(session.get("total_timer_time")) or elapsed, metres=_number(session.get("total_distance")),
        mean_hr=_number(session.get("avg_heart_rate")), max_hr=_number(session.get("max_heart_rate")),
    )


def _is_run(session: Message) -> bool | None:
    sport = session.get("sport")
    if sport is None or (sport == "fitness_equipment" and session.get("sub_sport") == "treadmill"):
        return None
    return bool(sport == "running")


def _points(records: Iterable[Message]) -> list[Point]:
    out = []
    for record in records:
        if "point" in record:
            out.append(record["point"])
            continue
        at = _moment(record.get("timestamp"))
        if at is None:
            continue
        lat, lon = _number(record.get("position_lat")), _number(record.get("position_long"))
        pulse = _number(record.get("heart_rate"))
        out.append(Point(
            at, None if lat is None else lat * DEGREES, None if lon is None else lon * DEGREES,
            _number(record.get("distance")), None if pulse is None else int(pulse),
        ))
    return out


def _number(value: object) -> float | None:
    """Take a number out of what the readers give; both wrap single values in lists now and then."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, int | float) and isfinite(value):
        return value
    return None


def _moment(value: object) -> float | None:
    """Give seconds since 1970 of a UTC moment: naive ISO text, aware datetime, or a count that is no date (None)."""
    if isinstance(value, list | tuple):
        value = value[0] if value else None
    if isinstance(value, str):
        try:
            value = dt.datetime.fromisoformat(value)
        except ValueError:
            return None
    if not isinstance(value, dt.datetime) or value.year not in YEARS:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=dt.UTC)).timestamp()


def _offset(activities: Sequence[Message]) -> int | None:
    """Tell local time minus UTC [s], or None; zero is None, for many programs write UTC twice."""
    for activity in activities:
        local, moment = _moment(activity.get("local_timestamp")), _moment(activity.get("timestamp"))
        if local is not None and moment is not None:
            offset = round((local - moment) / QUARTER_S) * QUARTER_S
            return offset if 0 < abs(offset) <= FARTHEST_ZONE_S else None
    return None


def _device(file_ids: Sequence[Message]) -> str:
    for message in file_ids:
        names = [message.get("manufacturer"), message.get("product_name")]
        return " ".join(name for name in names if isinstance(name, str))
    return ""


def _strap_beats(messages: Iterable[Message]) -> list[float]:
    """Collect the beats a minute that a strap sent later, without their times."""
    out: list[float] = []
    for message in messages:
        value = message.get("filtered_bpm")
        values = value if isinstance(value, list | tuple) else [value]
        out += [v for v in values if isinstance(v, int | float) and v > 0]
    return out


FORMAT = Format(
    id="fit", title="FIT recording", suffixes=(".fit",), role="recording", sniff=sniff, parse=parse,
    supports={
        "running sessions": "parsed", "heart rate": "parsed", "distance and speed": "parsed",
        "local time": "parsed", "chained files": "parsed", "other sports": "not supported",
        "strength sets": "parsed", "hrv": "not supported",
    },
)
