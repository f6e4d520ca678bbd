"""From the answers of the set-up to a runner, through the reader of runner.toml: the same faults, all at once.

An answer that was not changed keeps the runner's own value to the last digit; what the form does not ask stays.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from midstance.domain.dates import DAYS
from midstance.domain.runner import DEFAULT_WINDOW, Runner
from midstance.formats._format import Fault, InputError
from midstance.formats._text import refuse
from midstance.formats._toml_values import number_text, quoted
from midstance.formats.runner_toml import TABLES, parse_runner, render_runner
from midstance.services import set_up_rows as rows
from midstance.services.set_up_answers import answers_of
from midstance.services.set_up_fields import BY_NAME, PARTS, SCALARS, Answers, As, Ask, rank
from midstance.services.set_up_measures import measure_of, pace_of, weights_of
from midstance.services.set_up_tests import results_of, short_tests, test_fields

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from midstance.services.set_up_fields import Answer

SOURCE = "your answers"
NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?")
IS_MISSING = re.compile(r"([a-z_]+) is missing")
UNITS = ("metric", "imperial")
USUAL = (DEFAULT_WINDOW,)
UNREAD = {
    As.WEIGHTS: ("these are not all weights", "write them as in 8, 12, 2 x 16 kg"),
    As.WEIGHT: ("this is no weight", "write a number with kg or lb, as in 20 kg"),
    As.DISTANCE: ("this is no distance", "write a number with km or mi, as in 15 km"),
}
"""What is said of a measure that could not be read, and the remedy."""
FIELDS = {(field.table, field.key): field for table in TABLES for field in table.fields}


@dataclass(slots=True)
class Draft:
    """A runner's file that is being written, with the form's field behind each of its places."""

    lines: list[str] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def table(self, head: str) -> None:
        """Begin a table."""
        self.lines += ["", head]

    def put(self, place: str, name: str, key: str, literal: str) -> None:
        """Write a key, and note which field it came from."""
        self.lines.append(f"{key} = {literal}")
        self.places[f"{place} {key}"] = name

    def text(self) -> bytes:
        """Give the file."""
        return "\n".join(self.lines).strip().encode() + b"\n"


def runner_from(answers: Answers, *, base: Runner | None = None, today: dt.date) -> Runner:
    """Make a runner of the answers of the form.

    Args:
        answers: By the name of the field; a field that is not there keeps what the base says.
        base: The runner as they are now, for settings; None for a first set-up.
        today: The date: what lies behind it stays as it is.
    Returns: The runner.
    Raises: InputError: Every fault, with the name of the form's field as its place.
    """
    shown = answers_of(base, today=today) if base is not None else {}
    given: dict[str, Answer] = {**shown, **answers}
    told = Told(given=given, shown=shown, base=base, today=today)
    draft = Draft()
    _write_runner(draft, told)
    _write_availability(draft, told)
    for group in rows.GROUPS:
        _write_group(draft, group, told)
    _write_lifts(draft, base)
    _write_table(draft, "thresholds", told)
    _write_assessment(draft, told)
    try:
        made = parse_runner(draft.text(), SOURCE)
    except InputError as error:
        found = [*(in_form(fault, draft.places) for fault in error.faults), *draft.faults]
        raise InputError(tuple(sorted(found, key=lambda fault: rank(fault.place)))) from None
    refuse(draft.faults)
    return made if base is None else exactly(made, base)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was answered, what the form had shown before, and the runner it was shown for."""

    given: Answers
    shown: Answers
    base: Runner | None
    today: dt.date

    @property
    def units(self) -> str:
        """System of units of numbers that name none."""
        units = str(self.given.get("units", ""))
        return units if units in UNITS else UNITS[0]

    def same(self, *names: str) -> bool:
        """Tell whether fields say what they said when the form was shown."""
        return self.base is not None and all(self.given.get(name) == self.shown.get(name) for name in names)

    def text(self, name: str) -> str:
        """Give the answer of one field, an empty text for none."""
        answer = self.given.get(name, "")
        return answer.strip() if isinstance(answer, str) else ", ".join(answer)

    def many(self, name: str) -> tuple[str, ...]:
        """Give the values of a field that has several."""
        answer = self.given.get(name, ())
        return (answer,) if isinstance(answer, str) and answer else tuple(answer)


def exactly(made: Runner, base: Runner) -> Runner:
    """Keep the order of the base where the answers hold the same in another order."""
    changes: dict[str, Any] = {}
    for name in ("races", "running", "blocked", "injuries"):
        new, old = getattr(made, name), getattr(base, name)
        if new != old and len(new) == len(old) and all(one in old for one in new):
            changes[name] = old
    if all(made.availability.get(day, USUAL) == base.availability.get(day, USUAL) for day in range(7)):
        changes["availability"] = base.availability
    return replace(made, assessed_on=base.assessed_on, **changes)


def in_form(fault: Fault, places: Mapping[str, str]) -> Fault:
    """Give a fault of the file the place and the words of the form."""
    place = re.sub(r"^line \d+(, |$)", "", fault.place)
    says, remedy = fault.says, fault.remedy
    if missing := IS_MISSING.match(says):
        place, says, remedy = f"{place} {missing[1]}".strip(), "is missing", remedy.rpartition("): ")[2]
        remedy = f"give {remedy}" if remedy else ""
    name = places.get(place) or next((n for known, n in places.items() if known.startswith(f"{place} ")), "")
    if "text, not" in says and (unread := UNREAD.get(reading(name))):
        says, remedy = unread
    return Fault(source=SOURCE, place=name or place, says=plain_words(says), remedy=plain_words(remedy), fatal=True)


def reading(name: str) -> As:
    """Tell how a field is read; the other distance of a race is one."""
    return As.DISTANCE if name.endswith("_other") else BY_NAME[name].read if name in BY_NAME else As.TEXT


def plain_words(text: str) -> str:
    """Put the labels of fields in the place of the keys of a runner's file, and leave out how a file writes lists."""
    for words, instead in (("a list in square brackets, each entry ", ""), (" [min]", " minutes"), (" in quotes", "")):
        text = text.replace(words, instead)
    text = re.sub(r" \[(kg|km|beats/min)\]", r" \1", text)
    for name in ("weights_kg", "bar_kg", "plates_kg", "birth_year", "strength_since", "hr_rest", "hr_max",
                 "hr_threshold", "likes", "dislikes"):
        text = re.sub(rf"\b{name}\b", BY_NAME[name].label.lower(), text)
    return re.sub(r'; write for example equipment = .*|write for example equipment = .*', "choose what there is", text)


def _write_runner(draft: Draft, told: Told) -> None:
    draft.table("[runner]")
    for ask in SCALARS:
        if ask.table == "runner":
            _write_scalar(draft, ask, told)
    low, high = told.text("sessions_least"), told.text("sessions_most")
    if low or high:
        pair = [number_literal(low or high), number_literal(high or low)]
        draft.put("runner", "sessions_most", "sessions_a_week", f"[{', '.join(pair)}]")


def _write_table(draft: Draft, table: str, told: Told) -> None:
    asks = [ask for ask in SCALARS if ask.table == table]
    if any(told.text(ask.name) for ask in asks):
        draft.table(f"[{table}]")
        for ask in asks:
            _write_scalar(draft, ask, told)


def _write_scalar(draft: Draft, ask: Ask, told: Told) -> None:
    known = FIELDS[ask.table, ask.key]
    if told.same(ask.name) and told.base is not None:
        holder = told.base if ask.table == "runner" else told.base.thresholds
        value = getattr(holder, known.attribute)
        if value != known.default:
            draft.put(ask.table, ask.name, ask.key, known.reader.write(value))
        return
    literal = many_literal(told.many(ask.name), ask.read) if ask.many else scalar_literal(
        told.text(ask.name), ask.read, told.units)
    if literal:
        draft.put(ask.table, ask.name, ask.key, literal)


def scalar_literal(text: str, read: As, units: str) -> str:
    """Write an answer as TOML; what cannot be read stays text, and the reader says what is wrong with it."""
    if not text:
        return ""
    try:
        if read is As.WEIGHTS:
            return f"[{', '.join(map(number_text, weights_of(text, units)))}]"
        if read in (As.WEIGHT, As.DISTANCE):
            return number_text(measure_of(text, units, read.value))
        if read is As.PACE:
            return quoted(pace_of(text, units))
    except ValueError:
        return quoted(text)
    return PLAIN.get(read, quoted)(text)


def many_literal(values: tuple[str, ...], read: As) -> str:
    """Write the values of checkboxes as TOML."""
    return "[" + ", ".join(map(number_literal if read is As.MANY_NUMBERS else quoted, values)) + "]"


def number_literal(text: str) -> str:
    """Write a number as TOML, else the text as it is.

    >>> number_literal("12,5"), number_literal("many")
    ('12.5', '"many"')
    """
    if not NUMBER.fullmatch(text):
        return quoted(text)
    whole, _, part = text.replace(",", ".").lstrip("+").partition(".")
    return f"{int(whole)}.{part}" if part else str(int(whole))


def date_literal(text: str) -> str:
    """Write a date as TOML, else the text as it is."""
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return quoted(text)


def yes_literal(text: str) -> str:
    """Write yes or no as TOML, else the text as it is."""
    return {"yes": "true", "no": "false"}.get(text, quoted(text))


def words_literal(text: str) -> str:
    """Write words with commas as TOML."""
    return "[" + ", ".join(quoted(word.strip()) for word in text.split(",") if word.strip()) + "]"


PLAIN = {As.NUMBER: number_literal, As.DATE: date_literal, As.YES: yes_literal, As.WORDS: words_literal}


def _write_availability(draft: Draft, told: Told) -> None:
    found = {}
    for day in DAYS:
        name, exact = f"free_{day}", f"free_{day}_exact"
        windows = [w.strip() for w in re.split(r"[,;]", told.text(exact)) if w.strip()]
        parts = told.many(name)
        if windows:
            found[day] = (exact, windows)
        elif name in told.given and set(parts) != set(PARTS):
            found[day] = (name, [window_of(part) for part in parts])
    if found:
        draft.table("[availability]")
        for day, (name, windows) in found.items():
            draft.put("availability", name, day, f"[{', '.join(map(quoted, windows))}]")


def window_of(part: str) -> str:
    """Write a part of the day as a window; what is none stays, and the reader says so."""
    if part not in PARTS:
        return part
    low, high = PARTS[part]
    return f"{low // 60:02}:{low % 60:02}-{high // 60:02}:{high % 60:02}"


def _write_group(draft: Draft, group: rows.Group, told: Told) -> None:
    """Write an array of tables: what the form does not show first, then its rows."""
    known = {f.key: f for (table, _), f in FIELDS.items() if table == group.table}
    kept = rows.beyond(group, told.base, told.today) if told.base is not None else ()
    number = 0
    for value in kept:
        number += 1
        draft.table(f"[[{group.table}]]")
        draft.lines += list(_literals(known, value))
    shown = rows.shown(group, told.base, told.today) if told.base is not None else {}
    for row in group.rows:
        cells = group.read({cell: told.text(f"{row}_{cell}") for cell in group.cells}, row, told.units)
        if cells is None:
            continue
        number += 1
        place = f"{group.table} entry {number}"
        draft.table(f"[[{group.table}]]")
        names = [f"{row}_{cell}" for cell in group.cells]
        draft.places[place] = names[0]
        for key, (cell, _) in cells.items():
            draft.places[f"{place} {key}"] = f"{row}_{cell}"
        if row in shown and told.same(*names):
            draft.lines += list(_literals(known, shown[row]))
        else:
            draft.lines += [f"{key} = {literal}" for key, (_, literal) in cells.items() if literal]


def _literals(known: Mapping[str, Any], value: Any) -> Iterator[str]:
    for key, one in known.items():
        held = getattr(value, one.attribute)
        if held is not None and held != "":
            yield f"{key} = {one.reader.write(held)}"


def _write_lifts(draft: Draft, base: Runner | None) -> None:
    """Keep what the form does not ask: lifts, as the runner's file had them."""
    if base is None or not base.lifts:
        return
    whole = render_runner(base)
    draft.lines += ["", *(f"[[lifts]]{part.partition('[')[0]}" for part in whole.split("[[lifts]]")[1:])]


def _write_assessment(draft: Draft, told: Told) -> None:
    results = told.base.assessment if told.base is not None else {}
    asked = not told.same(*(name for name, _, _ in test_fields()))
    short = {test.id for test in short_tests()}
    written = {key: (key, FREE.write(value)) for key, value in results.items() if not (asked and key in short)}
    if asked:
        found, wrong = results_of(told.text)
        draft.faults += [Fault(source=SOURCE, place=name, says=says, remedy=remedy, fatal=True)
                         for name, says, remedy in wrong]
        written |= {key: (name, FREE.write(value)) for key, (name, value) in found.items()}
    if written:
        draft.table("[assessment]")
        for key, (name, literal) in written.items():
            draft.put("assessment", name, key, literal)


FREE: Any = next(table.free for table in TABLES if table.name == "assessment")
