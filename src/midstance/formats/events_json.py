"""What the session player reports, ``midstance-events/1``: as a file, as a short code to paste, or event by event.

    {"format": "midstance-events/1", "events": [
      {"key": "k-00000001", "play": "p-00000001", "session": "s-2026-12-01-1800", "date": "2026-12-01",
       "at": "2026-12-01T18:04:11.120Z", "kind": "set", "exercise": "goblet-squat", "amount": 8, "unit": "reps",
       "number": 1, "weight_kg": 16}]}

The code is ``MS1.``, the same JSON deflated and in base64url, a point, and the first 8 hex digits of its SHA-256. Each
event is read alone, so that one that cannot be used never hides the others. ``replaces`` and ``of`` hold the whole
earlier event, with what that one replaced in turn: an event needs no other to be understood.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import re
import zlib
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import msgspec

from midstance.domain.diary import Pain, PainNoted, SessionDone, SetDone
from midstance.domain.session import Kind
from midstance.formats._format import Fault, Format, InputError, Parsed, refusal
from midstance.formats._json_reading import Node, shown

if TYPE_CHECKING:
    from collections.abc import Callable

EVENTS_FORMAT = "midstance-events/1"
CODE = "MS1."
MOST_EVENTS = 500
"""Events in one call; a long session has some 60."""
MOST_BYTES = 256_000
"""Longest body of one call [bytes]."""
MOST_FILE_BYTES = 2 << 20
"""Longest file, and longest code unpacked [bytes]."""
MOST_VERSIONS = 100
"""How often one set may be corrected."""
MOST_AMOUNT, MOST_KG = 1000.0, 500.0
MOST_WORDS = 2000
"""Letters of a note that are kept."""
KINDS = ("set", "pain", "finish", "retract")
EARLIER = {"retract": "of"}
"""Field that holds the earlier event, by kind; ``replaces`` for the others."""
SHOWN = 40
_KEY = re.compile(r"[a-z0-9-]{8,64}")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{2,79}")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlayEvent:
    """One thing that the player reports.

    Attributes:
        key: Its own id.
        play: Id of this doing of a session.
        session: Id of the planned session or primer.
        date: Local date of the play.
        at: When it was said, UTC.
        what: What it tells, as the diary holds it; None where it takes ``of`` back.
        of: The earlier event that it replaces or takes back, or None.
    """

    key: str
    play: str
    session: str
    date: dt.date
    at: dt.datetime
    what: SetDone | PainNoted | SessionDone | None
    of: PlayEvent | None = None


def key_of(value: object) -> str:
    """Give the key of an event as it came, also of one that cannot be used; cut to what fits an answer.

    >>> key_of({"key": "k-00000001"}), key_of(7)
    ('k-00000001', '')
    """
    key = value.get("key") if isinstance(value, dict) else None
    return key[:2 * SHOWN] if isinstance(key, str) else ""


def parse_event(value: object, source: str = "event") -> PlayEvent:
    """Read one event.

    Args:
        value: The event as JSON values.
        source: Name of what it came in, for messages.
    Raises: InputError: Everything that is wrong with it.
    """
    faults: list[Fault] = []
    place = key_of(value) or "an event"
    if not isinstance(value, dict):
        raise refusal(source, f"{shown(value)} is no event", "an event is a JSON object", place=place)
    if _versions(value) > MOST_VERSIONS:
        raise refusal(source, f"it was corrected more than {MOST_VERSIONS} times", "tell it as a new one", place=place)
    try:
        event = _event(Node(value, source, place, faults))
    except OverflowError:
        raise refusal(source, "it holds a number that is no number of anything", place=place) from None
    if faults:
        raise InputError(tuple(faults))
    return event


def sniff(data: bytes) -> bool:
    """Tell whether data is a result of the player, as a file or as a code."""
    head = data[:4000].removeprefix(b"\xef\xbb\xbf").lstrip()
    return head.startswith(CODE.encode()) or (head.startswith(b"{") and b'"midstance-events/' in head)


def parse(data: bytes, source: str) -> Parsed:
    """Read a file or a code; an event that cannot be used is left out and named.

    Args:
        data: All of it; blanks and line ends in a code do not matter.
        source: File name for faults.
    Returns: ``PlayEvent`` entries in their order.
    """
    try:
        document = _document(data, source)
    except InputError as error:
        return Parsed(faults=error.faults)
    events: list[PlayEvent] = []
    faults: list[Fault] = []
    for value in document:
        try:
            events.append(parse_event(value, source))
        except InputError as error:
            faults += [replace(fault, fatal=False) for fault in error.faults]
    return Parsed(entries=tuple(events), faults=tuple(faults))


def render_code(document: bytes) -> str:
    """Write the bytes of a document as a code to paste; the player does the same."""
    packed = zlib.compressobj(9, wbits=-zlib.MAX_WBITS)
    body = base64.urlsafe_b64encode(packed.compress(document) + packed.flush()).decode().rstrip("=")
    return f"{CODE}{body}.{_check(document)}"


def read_code(text: str, source: str = "code") -> bytes:
    """Give the document that a code holds.

    Raises: InputError: It is no code, a part of it is missing, or it was changed on the way.
    """
    bare = _SPACE.sub("", text)
    head, _, check = bare.removeprefix(CODE).rpartition(".")
    if not bare.startswith(CODE) or not head:
        raise refusal(source, "this is no whole code of the session player", f"it begins with {CODE}, with two points")
    try:
        packed = base64.b64decode(head + "=" * (-len(head) % 4), altchars=b"-_", validate=True)
        opened = zlib.decompressobj(wbits=-zlib.MAX_WBITS)
        document = opened.decompress(packed, MOST_FILE_BYTES)
    except (binascii.Error, ValueError, zlib.error):
        document = b""
    if _check(document) != check.lower():
        raise refusal(source, "the code is not whole", "copy all of it once more, from MS1. to its last sign")
    return document


def _check(document: bytes) -> str:
    return hashlib.sha256(document).hexdigest()[:8]


def _document(data: bytes, source: str) -> list[Any]:
    """Open a file or a code as the list of its events.

    Raises: InputError: It is none.
    """
    if len(data) > MOST_FILE_BYTES:
        raise refusal(source, f"it is larger than {MOST_FILE_BYTES >> 20} MB, which no session is")
    bare = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(CODE.encode()):
        bare = read_code(bare.decode("ascii", "replace"), source)
    try:
        value = msgspec.json.decode(bare)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise refusal(source, f"this is no JSON document: {error}") from None
    events = value.get("events") if isinstance(value, dict) and value.get("format") == EVENTS_FORMAT else None
    if not isinstance(events, list):
        raise refusal(source, "this is no result of the session player", f'it holds "format": "{EVENTS_FORMAT}" and '
                      "a list of events")
    return events


def _event(node: Node) -> PlayEvent:
    kind = node.child("kind").text()
    if kind not in KINDS:
        node.child("kind").fault(f"{shown(kind)} is no kind of event", f"use one of {', '.join(KINDS)}")
    at = _moment(node.child("at"))
    session = _matching(node.child("session"), _NAME)
    play = _matching(node.child("play"), _KEY)
    return PlayEvent(
        key=_matching(node.child("key"), _KEY), play=play, session=session, date=node.child("date").date(), at=at,
        what=_what(node, kind, session), of=_earlier(node, kind, play))


def _earlier(node: Node, kind: str, play: str) -> PlayEvent | None:
    """Read the event that this one replaces or takes back.

    One that cannot be used never came into the diary, so there is nothing to replace.
    """
    at = node.child(EARLIER.get(kind, "replaces"))
    if at.value is None and kind != "retract":
        return None
    if not isinstance(at.value, dict):
        at.fault(f"{shown(at.value)} is no event", "give the whole earlier event")
        return None
    own = Node(at.value, at.source, at.place, [])
    earlier = _event(own)
    other = at.value.get("kind")
    if not own.faults and (earlier.play != play or (other == "retract" if kind == "retract" else other != kind)):
        at.fault("it is an event of another play, or of another kind", "give the earlier version of this event")
    return None if own.faults else earlier


def _versions(value: dict[str, Any]) -> int:
    """Count the earlier versions that an event carries, one inside the other."""
    count = 0
    inner: object = value
    while count <= MOST_VERSIONS and isinstance(inner, dict):
        inner = inner.get(EARLIER.get(str(inner.get("kind")), "replaces"))
        count += isinstance(inner, dict)
    return count


def _what(node: Node, kind: str, session: str) -> SetDone | PainNoted | SessionDone | None:
    readers: dict[str, Callable[[Node, str], SetDone | PainNoted | SessionDone]] = {
        "set": _set, "pain": _pain, "finish": _finish}
    before = len(node.faults)
    try:
        what = readers[kind](node, session) if kind in readers else None
    except ValueError as error:
        node.fault(str(error))
        return None
    return what if len(node.faults) == before else None


def _set(node: Node, session: str) -> SetDone:
    weight = node.child("weight_kg").number(0.0)
    amount = node.child("amount").number()
    if amount > MOST_AMOUNT:
        node.child("amount").fault(f"{amount:g} is out of range", f"0 to {MOST_AMOUNT:g} is possible")
    if weight > MOST_KG:
        node.child("weight_kg").fault(f"{weight:g} kg is out of range", f"0 to {MOST_KG:g} kg is possible")
    return SetDone(
        exercise=_matching(node.child("exercise"), _NAME), amount=amount, unit=node.child("unit").text(),
        number=node.child("number").whole(), weight_kg=weight or None,
        per_hand=bool(weight) and node.child("per_hand").flag(default=False), rir=_maybe(node, "rir"),
        side=node.child("side").text(""), pain=_maybe(node, "pain"), session=session, note=_words(node),
        warm_up=node.child("warm_up").flag(default=False) or is_primer(session))


def _pain(node: Node, session: str) -> PainNoted:
    exercise = _matching(node.child("exercise"), _NAME) if node.has("exercise") else ""
    pain = Pain(area=node.child("area").text(), score=node.child("score").number(), side=node.child("side").text(""),
                tissue=node.child("tissue").text(""))
    return PainNoted(pain=pain, when="during", activity=exercise or session, note=_words(node))


def _finish(node: Node, session: str) -> SessionDone:
    kind = Kind.PRIMER if is_primer(session) else node.child("session_kind").word(Kind)
    return SessionDone(session=session, kind=kind, minutes=node.child("minutes").number(),
                       rpe_cr10=_maybe(node, "rpe_cr10"), note=_words(node))


def is_primer(session: str) -> bool:
    """Tell a primer by its id.

    >>> is_primer("p-2026-12-01-0620"), is_primer("s-2026-12-01-1800")
    (True, False)
    """
    return session.startswith("p-")


def _maybe(node: Node, name: str) -> float | None:
    return node.child(name).number() if node.has(name) else None


def _words(node: Node) -> str:
    return node.child("note").text("")[:MOST_WORDS].strip()


def _matching(node: Node, form: re.Pattern[str]) -> str:
    text = node.text()
    if isinstance(node.value, str) and not form.fullmatch(text):
        node.fault(f"{shown(text)} is no id", f"small letters, digits and hyphens: {form.pattern}")
    return text


def _moment(node: Node) -> dt.datetime:
    """Read an instant with its offset, such as 2026-12-03T18:04:11.120Z."""
    try:
        at = dt.datetime.fromisoformat(node.value)
        if at.tzinfo is not None:
            return at.astimezone(dt.UTC)
    except (TypeError, ValueError, OverflowError):
        pass
    node.fault(f"{shown(node.value)} is no instant", 'write "2026-12-03T18:04:11.120Z"')
    return dt.datetime.min.replace(tzinfo=dt.UTC)


FORMAT = Format(
    id="events-json", title="Result of the session player", suffixes=(".json", ".txt"), role="player", sniff=sniff,
    parse=parse, supports={
        "sets with weight, reserve, side and pain": "parsed", "pains with their place": "parsed",
        "length, exertion and note of the session": "parsed", "corrections and what is taken back": "parsed",
        "the short code MS1": "both", "rests and timers": "not supported",
    },
)
