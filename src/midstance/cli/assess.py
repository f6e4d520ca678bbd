"""The command of the self-assessment: what is due, guided through it, a result told at once, the history."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from midstance.cli.answers import FLAG
from midstance.cli.diary import Date, Diary, moment, open_diary
from midstance.cli.printing import columns, put

if TYPE_CHECKING:
    from midstance.domain.self_test import SelfTest
    from midstance.services.assess_choose import Version
    from midstance.services.told import Stamp
    from midstance.store.store import Store

Form = Literal["text", "json", "csv"]
Words = Annotated[str, Parameter(allow_leading_hyphen=False)]
Side = Annotated[str | None, Parameter(show_default=False)]
Note = Annotated[str, Parameter(show_default=False, help="Your own words.")]
Flag = Annotated[bool, FLAG]


def assess(  # noqa: PLR0913 - the options of the contract, each by its name
    test: str = "", /, *result: Words, left: Side = None, right: Side = None, note: Note = "", short: Flag = False,
    full: Flag = False, list: Flag = False, history: Flag = False, format: Form = "text", date: Date = None,
    diary: Diary = None,
) -> int:
    """Test yourself: balance, range and strength, left and right; the answers choose exercises, sides and weights.

    midstance assess
    takes you through what is worth testing now; what is told is kept at once, and the same command goes on after a
    break. Without a terminal it says what is due.

    midstance assess calf-raise-reps --left 18 --right 24
    notes a result. Tests of both sides together have one number: midstance assess push-up-reps 12

    Parameters
    ----------
    test
        A test, to be guided through it alone or to tell its result; --list names them.
    result
        Its result, with or without the unit; several numbers are tries, of which the best counts.
    left
        The left side's result.
    right
        The right side's result.
    short
        The short version, about five minutes.
    full
        The full version; without a word the short one, until you tested beyond it.
    list
        List the tests.
    history
        Show the results over time.
    format
        What to print; csv for the history alone.
    """
    from midstance.cli.noting import stamped  # noqa: PLC0415

    wish = "list" if list else "history" if history else ""
    _refuse_mixed(wish, test, (*result, *filter(None, (left, right))), format, both=short and full)
    stamp = stamped(date, "assess", test)
    with open_diary(diary) as store:
        if wish:
            put(_listed(store, stamp, format) if list else _history(store, stamp, test, format))
        elif test and (result or left is not None or right is not None):
            put(_noted(store, stamp, test, result, left, right, note))
        else:
            version: Version | None = "short" if short else "full" if full else None
            _go(store, stamp, test, version, format)
    return 0


def _refuse_mixed(wish: str, test: str, told: tuple[str, ...], form: str, *, both: bool) -> None:
    """Refuse words that do not go together.

    Raises: InputError: Which, and what would be right.
    """
    from midstance.formats._format import refusal  # noqa: PLC0415

    if both:
        raise refusal("assess", "--short and --full do not go together", "say one of them")
    if wish == "list" and (test or told):
        raise refusal("assess", "--list stands alone", "leave the test out")
    if told and not test:
        raise refusal("assess", "no test is named", "midstance assess calf-raise-reps --left 18 --right 24")
    if wish == "history" and told:
        raise refusal("assess", "--history takes no result", "leave the numbers out")
    if form == "csv" and wish != "history":
        raise refusal("--format csv", "only the history is a table", "midstance assess --history --format csv")


def _listed(store: Store, stamp: Stamp, form: Form) -> str:
    from midstance.catalogue.self_tests import load_self_tests  # noqa: PLC0415
    from midstance.cli.assess_text import list_json, list_text  # noqa: PLC0415
    from midstance.services.assess import entries_of  # noqa: PLC0415
    from midstance.services.assess_choose import next_date  # noqa: PLC0415
    from midstance.services.assess_latest import newest  # noqa: PLC0415
    from midstance.services.assess_person import person_of  # noqa: PLC0415

    tests, entries = load_self_tests(), entries_of(store, stamp.date)
    told, person = newest(entries, stamp.date), person_of(entries, stamp.date)
    nexts = {id_: next_date(test, told[id_], person) for id_, test in tests.items() if id_ in told}
    return (list_json(tests, told, nexts) if form == "json"
            else list_text(tests, told, nexts, stamp.date, columns()))


def _history(store: Store, stamp: Stamp, test: str, form: Form) -> str:
    import json  # noqa: PLC0415

    from midstance.catalogue.self_tests import load_self_tests  # noqa: PLC0415
    from midstance.cli.assess_text import history_text  # noqa: PLC0415
    from midstance.services.assess import entries_of, find_test  # noqa: PLC0415
    from midstance.services.assess_history import history, history_csv, history_json  # noqa: PLC0415
    from midstance.services.assess_person import person_of  # noqa: PLC0415

    entries = entries_of(store, stamp.date)
    tests = {(one := find_test(test)).id: one} if test else load_self_tests()
    found = history(entries, tests, stamp.date, person=person_of(entries, stamp.date))
    if form == "json":
        return json.dumps({"date": str(stamp.date), "tests": history_json(found)}, indent=2, ensure_ascii=False)
    return history_csv(found) if form == "csv" else history_text(found, stamp.date, columns())


def _noted(
    store: Store, stamp: Stamp, test: str, result: tuple[str, ...], left: str | None, right: str | None, note: str,
) -> str:
    from midstance.cli.assess_reading import told_of  # noqa: PLC0415
    from midstance.cli.assess_text import noted_text  # noqa: PLC0415
    from midstance.services.assess import find_test, note_result  # noqa: PLC0415

    told = told_of(find_test(test), result, left=left, right=right, note=note)
    return noted_text(note_result(store, told, stamp), columns())


def _go(store: Store, stamp: Stamp, test: str, version: Version | None, form: Form) -> None:
    """Guide through one test or all that is due; where nobody is at a terminal, say what is due and how to tell it."""
    from midstance.services.assess import find_test  # noqa: PLC0415

    named = find_test(test) if test else None
    if form == "text" and sys.stdin.isatty() and sys.stdout.isatty():
        from midstance.cli.assess_guided import Sitting, guide, guide_one  # noqa: PLC0415
        from midstance.cli.assess_terminal import Terminal  # noqa: PLC0415

        sitting = Sitting(store=store, screen=Terminal(width=columns()),
                          date=None if stamp.date == moment().date else stamp.date)
        if named is not None:
            guide_one(sitting, named)
        else:
            guide(sitting, version)
        return
    put(_due(store, stamp, version, form) if named is None else _how(store, stamp, named))


def _due(store: Store, stamp: Stamp, version: Version | None, form: Form) -> str:
    from midstance.catalogue.self_tests import load_self_tests  # noqa: PLC0415
    from midstance.cli.assess_text import due_json, due_text  # noqa: PLC0415
    from midstance.services.assess import entries_of  # noqa: PLC0415
    from midstance.services.assess_choose import ritual, usual_version  # noqa: PLC0415
    from midstance.services.assess_person import person_of  # noqa: PLC0415

    tests, entries = load_self_tests(), entries_of(store, stamp.date)
    found = ritual(entries, tests, stamp.date, now=stamp.at, person=person_of(entries, stamp.date),
                   version=version or usual_version(entries, tests, stamp.date))
    return due_json(found, stamp.date) if form == "json" else due_text(found, stamp.date, columns())


def _how(store: Store, stamp: Stamp, test: SelfTest) -> str:
    from midstance.cli.assess_text import how_text  # noqa: PLC0415
    from midstance.services.assess import entries_of  # noqa: PLC0415
    from midstance.services.assess_choose import one_choice  # noqa: PLC0415
    from midstance.services.assess_person import person_of  # noqa: PLC0415

    entries = entries_of(store, stamp.date)
    person = person_of(entries, stamp.date)
    return how_text(one_choice(entries, test, stamp.date, now=stamp.at, person=person), columns())
