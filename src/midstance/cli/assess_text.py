"""The self-assessment as text for a terminal, and as JSON: what is due, the tests, what was noted, the history."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from midstance.cli.noted import WIDTH, folded
from midstance.formats._plan_words import counted, day_text
from midstance.planning.judging import amount_text
from midstance.services import assess_words as words
from midstance.services.assess_latest import SIDES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from midstance.domain.self_test import SelfTest
    from midstance.services.assess import Noted
    from midstance.services.assess_choose import Choice, Ritual
    from midstance.services.assess_history import Point, ResultHistory
    from midstance.services.assess_latest import Newest

TITLES = {"short": "Self-assessment, short version", "full": "Self-assessment, full version"}
OTHER = {"short": "midstance assess --full also tests range and strength.",
         "full": "midstance assess --short is the five minutes of it."}
NOTHING_DUE = "Nothing is due today."
HOW = "At a terminal midstance assess takes you through them. To tell a result:"
HISTORY = "midstance assess --history shows all results."
BACK = "Not right? midstance undo {batch}"
EMPTY = "No test was told of yet. midstance assess begins."
AS_NOTED = "Noted for {day}: {name}, {result}."
AS_CORRECTED = "Noted for {day}, in place of the earlier word: {name}, {result}."
AGAIN = "Worth testing again from {day} on."
SIDE_WIDTH = 16


def due_text(found: Ritual, today: dt.date, width: int = WIDTH) -> str:
    """Write what is worth testing now, why, what waits and why, and how results are told."""
    fold = partial(folded, width=width)
    head = f"{TITLES[found.version]}, {day_text(today)}"
    lines = [f"{head}: {counted(len(found.steps), 'test')}, about {words.minutes_words(found.minutes_left)}"
             if found.steps else f"{head}. {NOTHING_DUE}"]
    if found.started and found.steps:
        lines += fold(f"Begun already: {counted(len(found.done), 'test')} done.")
    for choice in found.steps:
        lines += ["", *_choice(choice, width)]
    for title, group in (("Done", found.done), ("Not today", found.skipped), ("Not yet", found.later)):
        lines += ["", title] if group else []
        for choice in group:
            told = "" if title != "Done" or choice.last is None else words.result_words(choice.test, choice.last.result)
            lines += fold(f"{choice.test.name}: {told or choice.reason}", "  ", "    ")
    if found.steps:
        lines += ["", *fold(HOW), *fold(words.amount_example(found.steps[0].test), "  "), "", *fold(words.SAFETY)]
    return "\n".join([*lines, "", *fold(f"{words.HONESTY} {OTHER[found.version]}")])


def _choice(choice: Choice, width: int) -> list[str]:
    fold, test = partial(folded, width=width), choice.test
    side = f", {choice.sides[0]} side" if len(choice.sides) == 1 and choice.sides[0] else ""
    lines = fold(f"{test.name}{side} ({test.id}), {words.minutes_words(choice.minutes)}", "  ", "    ")
    lines += fold(f"{test.asks} {choice.reason}", "    ")
    if choice.last is not None:
        lines += fold(f"Last time {words.result_words(test, choice.last.result)}.", "    ")
    return lines


def protocol_text(test: SelfTest, width: int = WIDTH) -> str:
    """Write how a test is done: what is needed, each step, what to write down, when to stop."""
    fold = partial(folded, width=width)
    needs = f", with {words.things_words(test.equipment)}" if test.equipment else ""
    lines = [*fold(f"{test.name} ({test.id}): {words.minutes_words(test.minutes)}{needs}"), *fold(test.asks), ""]
    for number, step in enumerate(test.protocol, 1):
        lines += fold(step, f"{number:>3}. ", "     ")
    for option in test.options:
        lines += fold(option.says, f"  {option.value:>3}  ", "       ")
    return "\n".join([*lines, *fold(test.note, "Write down: ", "  "), *fold(test.stop, "Stop: ", "  ")])


def how_text(choice: Choice, width: int = WIDTH) -> str:
    """Write one test for somebody without a terminal: its protocol, why it waits if it does, how to tell it."""
    fold = partial(folded, width=width)
    why = [] if choice.reason == words.ASKED else [*fold(choice.reason), ""]
    return "\n".join([protocol_text(choice.test, width), "", *why, *fold("To tell the result:"),
                      *fold(words.amount_example(choice.test), "  ")])


def noted_text(noted: Noted, width: int = WIDTH, *, back: bool = True) -> str:
    """Write what was noted of a test, what it says, and when it is worth doing again."""
    fold = partial(folded, width=width)
    done, test = noted.done, noted.test
    result = done.value if done.value is not None else {
        side: number for side in SIDES if (number := getattr(done, side)) is not None}
    head = AS_CORRECTED if noted.corrected else AS_NOTED
    day = "today" if noted.stamp.date == noted.stamp.today else day_text(noted.stamp.date, year=True)
    lines = fold(head.format(day=day, name=test.name, result=words.result_words(test, result)))
    for sentence in noted.says if back or not noted.missing else ():
        lines += fold(sentence, "  ")
    if noted.missing and back:
        lines += fold(words.side_example(test, noted.missing), "  ")
    elif not noted.missing:
        lines += fold(AGAIN.format(day=words.date_words(noted.next_date, noted.stamp.today)), "  ")
    return "\n".join([*lines, *(fold(BACK.format(batch=noted.stamp.origin.batch)) if back else [])])


def list_text(
    tests: Mapping[str, SelfTest], told: Mapping[str, Newest], nexts: Mapping[str, dt.date], today: dt.date,
    width: int = WIDTH,
) -> str:
    """List the tests: id, unit, sides, minutes, version, last result and next date."""
    fold = partial(folded, width=width)
    lines = []
    for test in tests.values():
        unit = test.unit or "answer"
        sides = "left and right" if test.each_side else "both together"
        short = ", short version" if test.short else ""
        lines += fold(test.id, "", "  ")
        lines += fold(f"{test.name}: {unit}, {sides}, {words.minutes_words(test.minutes)}{short}", "  ", "    ")
        if (last := told.get(test.id)) is not None:
            result = words.result_words(test, last.result)
            lines += fold(f"{result} on {words.date_words(last.date, today)}; again from "
                          f"{words.date_words(nexts[test.id], today)} on", "  ", "    ")
    return "\n".join([*lines, "", *fold("midstance assess TEST tells how each is done.")])


def list_json(
    tests: Mapping[str, SelfTest], told: Mapping[str, Newest], nexts: Mapping[str, dt.date],
) -> str:
    """Write the list of tests as one JSON document."""
    return _document({"tests": [{
        "id": test.id, "name": test.name, "measure": test.measure, "unit": test.unit, "each_side": test.each_side,
        "minutes": test.minutes, "short": test.short, "equipment": list(test.equipment),
        "options": [{"value": option.value, "says": option.says} for option in test.options],
        "last": _last(told.get(test.id)), "next": str(nexts[test.id]) if test.id in nexts else None,
    } for test in tests.values()]})


def due_json(found: Ritual, today: dt.date) -> str:
    """Write where the runner is in testing as one JSON document."""
    def plain(choice: Choice) -> dict[str, Any]:
        return {"test": choice.test.id, "name": choice.test.name, "sides": [side or "both" for side in choice.sides],
                "reason": choice.reason, "minutes": choice.minutes, "last": _last(choice.last),
                "next": str(choice.next_date) if choice.next_date else None}

    return _document({
        "date": str(today), "version": found.version, "started": found.started, "minutes_left": found.minutes_left,
        "steps": [plain(c) for c in found.steps], "done": [plain(c) for c in found.done],
        "skipped": [plain(c) for c in found.skipped], "later": [plain(c) for c in found.later]})


def history_text(found: Sequence[ResultHistory], today: dt.date, width: int = WIDTH) -> str:
    """Write the results over time, the band in which nothing has changed for sure, and the next date."""
    if not found:
        return EMPTY
    lines: list[str] = []
    for one in found:
        lines += [*([""] if lines else []), *_history(one, today, width)]
    return "\n".join([*lines, "", *folded(words.HONESTY, width=width)])


def _history(one: ResultHistory, today: dt.date, width: int) -> list[str]:
    fold, test = partial(folded, width=width), one.test
    noise = f"; differences up to {amount_text(test, round(one.noise, 1))} are noise" if one.noise else ""
    lines = fold(f"{test.name} ({test.id}){noise}")
    for point in one.points:
        lines += fold(_point(test, point), f"  {day_text(point.date, year=True):<{SIDE_WIDTH}}")
    for sentence in one.says:
        lines += fold(sentence, "  ")
    if one.typical is not None and one.typical_source:
        lines += fold(f"Typical value: {one.typical_source}.", "  ")
    when = "It is time to test again" if one.next_date <= today else "Next test from"
    day = "" if one.next_date <= today else f" {words.date_words(one.next_date, today)} on"
    return [*lines, *fold(f"{when}{day}.", "  ")]


def _point(test: SelfTest, point: Point) -> str:
    note = f" ({point.note})" if point.note else ""
    return f"{words.result_words(test, point.result)}{note}"


def _last(last: Newest | None) -> dict[str, Any] | None:
    if last is None:
        return None
    parts = {"value": last.value, "left": last.left, "right": last.right}
    return {"date": str(last.date), **{name: number for name, number in parts.items() if number is not None}}


def _document(value: Any) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False)
