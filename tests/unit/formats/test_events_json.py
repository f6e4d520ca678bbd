"""Results of the session player: a file, a code to paste, and events one by one."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders_player import Phone
from midstance.domain.diary import PainNoted, SessionDone, SetDone
from midstance.domain.session import Kind
from midstance.formats._format import InputError
from midstance.formats.events_json import (
    CODE,
    FORMAT,
    MOST_VERSIONS,
    key_of,
    parse,
    parse_event,
    read_code,
    render_code,
    sniff,
)

if TYPE_CHECKING:
    from collections.abc import Callable


def a_file(*events: object, **fields: Any) -> bytes:
    """A document of the player."""
    return json.dumps({"format": "midstance-events/1", "events": events, **fields}).encode()


def fault_of(value: object) -> str:
    """Why an event is refused."""
    with pytest.raises(InputError) as error:
        parse_event(value)
    return str(error.value)


@pytest.fixture
def phone() -> Phone:
    """A phone in the hand of a runner."""
    return Phone()


def test_a_set_becomes_what_the_diary_holds(phone: Phone) -> None:
    """Every field of a set stands in its place; a weight of nothing is body weight."""
    told = phone.set(amount=7, number=3, weight_kg=12.5, per_hand=True, rir=2, side="left", pain=1, note=" slow ")
    event = parse_event(told)
    assert event.what == SetDone(
        exercise="goblet-squat", amount=7, unit="reps", number=3, weight_kg=12.5, per_hand=True, rir=2, side="left",
        pain=1, session=phone.session, note="slow")
    assert (event.key, event.play, event.of) == (told["key"], phone.play, None)
    assert event.at.isoformat() == "2026-12-01T18:00:00+00:00"
    bare = parse_event(phone.set(weight_kg=0, per_hand=True)).what
    assert isinstance(bare, SetDone)
    assert (bare.weight_kg, bare.per_hand) == (None, False)


def test_pain_and_finish_become_what_the_diary_holds(phone: Phone) -> None:
    """A pain belongs to its exercise, else to the session; a finish tells kind, length and exertion."""
    during = parse_event(phone.pain(exercise="goblet-squat", side="both", tissue="joint")).what
    alone = parse_event(phone.pain()).what
    done = parse_event(phone.finish(rpe_cr10=6)).what
    assert isinstance(during, PainNoted)
    assert isinstance(alone, PainNoted)
    assert (during.activity, during.when, during.pain.side) == ("goblet-squat", "during", "both")
    assert alone.activity == phone.session
    assert done == SessionDone(session=phone.session, kind=Kind.HEAVY, minutes=24, rpe_cr10=6)


def test_sets_of_a_primer_are_no_working_sets() -> None:
    """What is done before a run warms up, whatever the player says, and its finish is a primer's."""
    phone = Phone(session="p-2026-12-01-0620", kind="strength")
    one, end = parse_event(phone.set()).what, parse_event(phone.finish(8)).what
    assert isinstance(one, SetDone)
    assert isinstance(end, SessionDone)
    assert one.warm_up
    assert end.kind is Kind.PRIMER


@pytest.mark.parametrize(("change", "says"), [
    ({"kind": "dance"}, "no kind of event"),
    ({"key": "Short"}, "no id"),
    ({"play": "has blanks in"}, "no id"),
    ({"session": ""}, "no id"),
    ({"date": "yesterday"}, "no date"),
    ({"at": "2026-12-01T18:00:00"}, "no instant"),
    ({"at": "0001-01-01T00:00:00+23:00"}, "no instant"),
    ({"amount": -1}, "no number"),
    ({"amount": 1001}, "out of range"),
    ({"amount": "8"}, "no number"),
    ({"amount": True}, "no number"),
    ({"amount": 10 ** 400}, "no number"),
    ({"weight_kg": 501}, "out of range"),
    ({"number": 0}, "number is 0"),
    ({"unit": "miles"}, "unit 'miles' is not known"),
    ({"side": "both"}, "side 'both' is not known"),
    ({"rir": 31}, "rir is 31"),
    ({"pain": 11}, "pain is 11"),
    ({"exercise": "Goblet squat!"}, "no id"),
    ({"replaces": "the last one"}, "no event"),
])
def test_what_cannot_be_is_refused_in_words(phone: Phone, change: dict[str, Any], says: str) -> None:
    """Each impossible field is named with its place."""
    told = fault_of({**phone.set(), **change})
    assert says in told


@pytest.mark.parametrize("value", [None, 7, [], "set", {}])
def test_what_is_no_event_is_refused(value: object) -> None:
    """Anything but a whole object is refused, and none of it raises anything else."""
    assert fault_of(value)
    assert key_of(value) == ""


def test_an_event_carries_what_it_replaces(phone: Phone) -> None:
    """Corrections hold their earlier versions, one inside the other."""
    first = phone.set()
    second = phone.edit(first, amount=7)
    third = phone.edit(second, amount=6)
    event = parse_event(third)
    assert event.of == parse_event(second)
    assert event.of is not None
    assert event.of.of == parse_event(first)
    gone = parse_event(phone.retract(third))
    assert (gone.what, gone.of) == (None, event)


def test_versions_are_bounded(phone: Phone) -> None:
    """A set can be corrected a hundred times; then it is refused, whatever the depth."""
    event = phone.set()
    for amount in range(1, MOST_VERSIONS + 1):
        event = phone.edit(event, amount=amount)
    assert parse_event(event).of is not None
    assert "corrected more than" in fault_of(phone.edit(event))
    for _ in range(5000):
        event = {**event, "replaces": event}
    assert "corrected more than" in fault_of(event)


def test_an_earlier_version_of_something_else_is_refused(phone: Phone) -> None:
    """An event replaces its own kind in its own play, and nothing takes a taking back back."""
    other = Phone(play="play-0000002").set()
    assert "another play" in fault_of({**phone.set(), "replaces": other})
    assert "another play" in fault_of({**phone.finish(), "replaces": phone.set()})
    assert "another play" in fault_of(phone.retract(phone.retract(phone.set())))


def test_an_earlier_version_that_was_never_possible_is_passed_over(phone: Phone) -> None:
    """What was refused never came into the diary: its correction stands alone, and taking it back does nothing."""
    broken = phone.set(amount=1001)
    assert parse_event(phone.edit(broken, amount=8)).of is None
    gone = parse_event(phone.retract(broken))
    assert (gone.what, gone.of) == (None, None)


def test_a_file_is_known_and_read(phone: Phone) -> None:
    """A file gives its events; a broken one among them is named by its key and the others stay."""
    good, bad, late = phone.set(), phone.set(amount=1001), phone.finish()
    data = a_file(good, bad, late)
    assert sniff(data)
    parsed = parse(data, "midstance-2026-12-01.json")
    assert [e.key for e in parsed.entries] == [good["key"], late["key"]]
    assert [f.place.partition("/")[0] for f in parsed.faults] == [bad["key"]]
    assert FORMAT.parse is parse


@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"{}", b'{"format":"midstance-events/1"}', b'{"format":"midstance-events/1","events":{}}',
    b'{"format":"midstance-events/2","events":[]}', b"MS1.", b"MS1.x.y", b"MS1.AAAA.00000000", b"MS1.\xff\xff.1",
    b"[" * 100_000,
])
def test_what_is_no_result_gives_one_fatal_fault(data: bytes) -> None:
    """A file that is something else is refused as a whole."""
    parsed = parse(data, "x.json")
    assert parsed.entries == ()
    assert [f.fatal for f in parsed.faults] == [True]


def test_a_code_holds_the_file(phone: Phone) -> None:
    """The code gives the same events, also with line breaks in it; a sign less or changed is noticed."""
    for number in range(20):
        phone.set(number=number + 1)
    data = a_file(*phone.sent)
    code = render_code(data)
    assert code.startswith(CODE)
    assert sniff(code.encode())
    assert len(code) < len(data) / 4
    wrapped = "\n ".join(code[k:k + 60] for k in range(0, len(code), 60))
    assert parse(wrapped.encode(), "code.txt").entries == parse(data, "file").entries
    for damaged in (code[:-1], code[:40] + code[41:], code[:40] + ("A" if code[40] != "A" else "B") + code[41:]):
        parsed = parse(damaged.encode(), "code.txt")
        assert parsed.entries == ()
        assert "whole" in parsed.faults[0].says


def test_a_bomb_is_not_unpacked() -> None:
    """A code that unpacks to hundreds of megabytes is refused without unpacking it."""
    code = render_code(b" " * (64 << 20))
    with pytest.raises(InputError):
        read_code(code)


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
                    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3)))
def test_nothing_but_a_refusal_is_raised(value: object) -> None:
    """Whatever JSON holds in whatever field, an event is read or refused."""
    whole = {**Phone().set(), **Phone().finish(), "replaces": Phone().set()}
    tries: list[Callable[[], object]] = [lambda: parse_event(value)]
    tries += [lambda name=name: parse_event({**whole, name: value}) for name in whole]
    for attempt in tries:
        with suppress(InputError):
            attempt()
