"""Forms, queries and JSON become dataclasses; all faults are told at once, each with its field."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import Meta

from midstance.formats._format import InputError
from midstance.web.decoding import FIRST, LAST, of_json, of_pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Inner:
    """A row of a body."""

    name: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A field of every kind."""

    day: dt.date
    count: int = 3
    score: Annotated[float, Meta(ge=0, le=10)] | None = None
    free: float = 0.0
    sure: bool = False
    word: Annotated[str, Meta(max_length=5)] = ""
    side: Literal["left", "right"] = "left"
    many: tuple[str, ...] = ("one",)
    at: dt.datetime | None = None
    clock: dt.time | None = None
    rows: tuple[Inner, ...] = ()


DAY = dt.date(2026, 12, 1)


def form(*pairs: tuple[str, str]) -> Wish:
    """Read a form."""
    return of_pairs(Wish, pairs, "form")


def places(error: pytest.ExceptionInfo[InputError]) -> set[str]:
    """Fields that were told."""
    return {fault.place for fault in error.value.faults}


def test_every_kind_is_read_from_a_form() -> None:
    """Dates, numbers, choices, ticks, moments without seconds and repeated fields are read."""
    read = form(("day", "2026-12-01"), ("count", " 4 "), ("score", "7.5"), ("sure", "on"), ("side", "right"),
                ("many", "a"), ("many", "b"), ("at", "2026-12-01T18:00"), ("clock", "06:30"))
    assert read == Wish(day=DAY, count=4, score=7.5, sure=True, side="right", many=("a", "b"),
                        at=dt.datetime(2026, 12, 1, 18), clock=dt.time(6, 30))  # noqa: DTZ001


def test_what_is_left_empty_was_not_said() -> None:
    """Empty fields keep their defaults, as browsers send every field of a form."""
    empty = [(name, "") for name in ("count", "score", "free", "word", "many", "at", "clock")]
    assert form(("day", "2026-12-01"), *empty) == Wish(day=DAY)


@pytest.mark.parametrize(("said", "sure"), [("on", True), ("true", True), ("1", True), ("0", False), ("no", False)])
def test_ticks_are_read_in_all_their_spellings(said: str, sure: bool) -> None:
    """A tick is what browsers and scripts write for it."""
    assert form(("day", "2026-12-01"), ("sure", said)).sure is sure


def test_all_faults_of_a_form_are_told_at_once() -> None:
    """Unknown, missing and wrong fields come together, each with its place and what would be right."""
    with pytest.raises(InputError) as error:
        form(("count", "three"), ("score", "11"), ("sure", "perhaps"), ("side", "up"), ("word", "too long"),
             ("stranger", "1"))
    assert places(error) == {"day", "count", "score", "sure", "side", "word", "stranger"}
    assert all(fault.remedy for fault in error.value.faults)
    told = {fault.place: fault.says for fault in error.value.faults}
    assert told["score"] == "'11' cannot be taken: at most 10"
    assert told["word"] == "'too long' cannot be taken: at most 5 letters"
    assert told["day"] == "is missing"


def test_all_faults_of_json_are_told_at_once() -> None:
    """A JSON body is judged field by field too, into its rows."""
    body = {"count": "three", "score": -1, "sure": 2, "stranger": 1, "rows": [{"name": "a"}, {"name": 3}]}
    with pytest.raises(InputError) as error:
        of_json(Wish, json.dumps(body).encode(), "body")
    assert places(error) == {"day", "count", "score", "sure", "stranger", "rows[1].name"}


def test_rows_of_json_become_their_dataclass() -> None:
    """Nested objects are read as what they are declared as."""
    read = of_json(Wish, b'{"day": "2026-12-01", "rows": [{"name": "a", "count": 2}]}', "body")
    assert read.rows == (Inner(name="a", count=2),)


@pytest.mark.parametrize("body", [b"{", b"[]", b"3", b'"text"', b"null", b'{"day": "\\ud800"}', b"\xff", b"[" * 9999])
def test_what_is_no_json_object_is_refused(body: bytes) -> None:
    """Whatever the bytes, they are refused in words."""
    with pytest.raises(InputError):
        of_json(Wish, body, "body")


@pytest.mark.parametrize("number", ["nan", "inf", "-inf", "1e999", "9" * 5000, "1e300"])
def test_numbers_that_are_none_are_refused(number: str) -> None:
    """Neither a form nor JSON brings a number in that cannot be reckoned with."""
    with pytest.raises(InputError):
        form(("day", "2026-12-01"), ("free", number))
    with pytest.raises(InputError):
        form(("day", "2026-12-01"), ("count", number))
    with pytest.raises(InputError):
        of_json(Wish, b'{"day": "2026-12-01", "free": %s}' % number.encode(), "body")


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", str(FIRST - dt.timedelta(1)), str(LAST + dt.timedelta(1))])
def test_dates_at_the_ends_of_the_calendar_are_refused(day: str) -> None:
    """A day that cannot be counted on from is refused before anything counts."""
    with pytest.raises(InputError):
        form(("day", day))
    with pytest.raises(InputError):
        of_json(Wish, json.dumps({"day": day}).encode(), "body")
    with pytest.raises(InputError):
        form(("day", "2026-12-01"), ("at", f"{day}T10:00"))


def test_too_many_fields_are_refused() -> None:
    """A form of a hundred thousand fields is not gathered."""
    with pytest.raises(InputError, match="too many"):
        form(*((f"f{n}", "1") for n in range(100_000)))


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=6)
NAMES = st.sampled_from([*Wish.__dataclass_fields__, "stranger"])


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.dictionaries(NAMES, VALUES))
def test_any_json_is_read_or_refused(body: dict[str, Any]) -> None:
    """Nothing that is JSON breaks the reader: it gives the wish, or faults with fields that were sent or are needed."""
    try:
        read = of_json(Wish, json.dumps(body).encode(), "body")
    except InputError as error:
        read, faults = None, error.faults
    else:
        faults = ()
    assert isinstance(read, Wish) != bool(faults)
    assert all(fault.place.split("[")[0].split(".")[0] in {*body, "day", ""} for fault in faults)


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.lists(st.tuples(NAMES, st.text() | st.sampled_from(["2026-12-01", "3", "left", "on", "18:00"]))))
def test_any_form_is_read_or_refused(pairs: list[tuple[str, str]]) -> None:
    """Nothing that a form can hold breaks the reader."""
    try:
        read, faults = of_pairs(Wish, pairs, "form"), ()
    except InputError as error:
        read, faults = None, error.faults
    assert isinstance(read, Wish) != bool(faults)
