"""Guided through the self-assessment at a terminal: one test after another, timed and counted, left and right.

Every result is in the diary as soon as its side is done, so a broken off ritual loses nothing and goes on later.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from midstance.catalogue.self_tests import load_self_tests
from midstance.cli.assess_reading import tries_of
from midstance.cli.assess_terminal import Screen
from midstance.cli.assess_text import HISTORY, TITLES, noted_text, protocol_text
from midstance.cli.noted import folded
from midstance.cli.noting import stamped
from midstance.formats._format import InputError
from midstance.formats._plan_words import counted
from midstance.planning.judging import amount_text
from midstance.services import assess_words as words
from midstance.services.assess import Noted, Told, checked, entries_of, note_result
from midstance.services.assess_choose import Choice, Ritual, Version, one_choice, ritual, usual_version
from midstance.services.assess_person import person_of
from midstance.store.store import Store

if TYPE_CHECKING:
    from midstance.domain.self_test import SelfTest

SECOND = 1.0
COUNTDOWN = 3
"""Seconds from Enter to the start of a hold [s]; midstance default."""
MINUTE_S = 60
SKIP, QUIT, NEXT, AGAIN, HELP = "skip", "quit", "next", "again", "?"
COMMANDS = {SKIP: SKIP, "s": SKIP, QUIT: QUIT, "q": QUIT, "exit": QUIT, NEXT: NEXT, "n": NEXT, HELP: HELP, "help": HELP}
WORDS = "skip leaves this test out, quit stops and keeps everything, ? shows the steps again."
ASK_HOLD = "Enter starts the clock, or type the seconds: "
ASK_BEAT = "Enter starts the beat, or type the number: "
ASK_NUMBER = "{unit}: "
ASK_ANSWER = "Which one? "
ASK_GOOD = "How many were good? "
KEEP = "{amount}. Enter keeps it, again repeats it, or type another number: "
TRY = "Try {number} of {tries}{best}"
BEST = "; the best so far {amount}, next leaves it at that"
READY = "Get ready: {left}"
CLOCK = "{seconds:3d} s   Enter stops"
BEAT = "{arrow}  rep {rep:3d}   Enter ends"
REST = "Rest {left:3d} s   Enter goes on"
UP, DOWN = "up  ", "down"
REACHED = "{amount}: that is the end of this test."
GOES_ON = "Going on: {done} done already, {left} to go."
TO_GO = "{left} to go. {reason}"
NOTHING_OPEN = "Nothing is open now."
KEPT = "Stopped. What you told is kept; midstance assess goes on from there within a day."
THANKS = "That was all for now."


class Skipped(Exception):  # noqa: N818 - no error: the runner's wish
    """The runner leaves a test out."""


class Stopped(Exception):  # noqa: N818 - no error: the runner's wish
    """The runner stops."""


@dataclass(slots=True)
class Sitting:
    """One sitting at the terminal.

    Attributes:
        store: The diary.
        screen: The terminal.
        date: The day that the runner named, or None.
        without: Ids of tests that were skipped in this sitting.
        noted: What was written in it.
    """

    store: Store
    screen: Screen
    date: dt.date | None = None
    without: set[str] = field(default_factory=set)
    noted: dict[str, Noted] = field(default_factory=dict)

    def say(self, *texts: str, first: str = "") -> None:
        """Write texts, folded to the terminal."""
        for text in texts:
            self.screen.say(*(folded(text, first, width=self.screen.width) or [""]))


def guide(sitting: Sitting, version: Version | None) -> None:
    """Take the runner through everything that is worth testing now.

    Args:
        sitting: Diary and terminal.
        version: The version, or None for the usual one.
    Raises: InputError: The diary cannot be used.
    """
    try:
        found = _where(sitting, version)
        _greet(sitting, found)
        while found.next is not None:
            sitting.say("", TO_GO.format(left=counted(len(found.steps), "test"), reason=found.next.reason))
            _run(sitting, found.next)
            found = _where(sitting, found.version)
        sitting.say("", THANKS if sitting.noted else NOTHING_OPEN)
    except (Stopped, EOFError, KeyboardInterrupt):
        sitting.screen.count("")
        sitting.say("", KEPT)
    _close(sitting)


def guide_one(sitting: Sitting, test: SelfTest) -> None:
    """Take the runner through one test.

    Raises: InputError: The diary cannot be used.
    """
    stamp = stamped(sitting.date, "assess")
    entries = entries_of(sitting.store, stamp.date)
    choice = one_choice(entries, test, stamp.date, now=stamp.at, person=person_of(entries, stamp.date))
    try:
        if choice.offered:
            sitting.say(*([] if choice.reason == words.ASKED else [choice.reason]), words.SAFETY, WORDS)
            _run(sitting, choice)
        else:
            sitting.say(choice.reason)
    except (Stopped, EOFError, KeyboardInterrupt):
        sitting.screen.count("")
        sitting.say("", KEPT)
    _close(sitting)


def _where(sitting: Sitting, version: Version | None) -> Ritual:
    stamp, tests = stamped(sitting.date, "assess"), load_self_tests()
    entries = entries_of(sitting.store, stamp.date)
    return ritual(entries, tests, stamp.date, now=stamp.at, person=person_of(entries, stamp.date),
                  version=version or usual_version(entries, tests, stamp.date), without=sitting.without)


def _greet(sitting: Sitting, found: Ritual) -> None:
    sitting.say(f"{TITLES[found.version]}: {counted(len(found.steps), 'test')}, about "
                f"{words.minutes_words(found.minutes_left)}.")
    if found.started and found.steps:
        sitting.say(GOES_ON.format(done=counted(len(found.done), "test"), left=len(found.steps)))
    for choice in found.skipped:
        sitting.say(f"{choice.test.name}: {choice.reason}", first="Not today: ")
    if found.steps:
        sitting.say("", words.SAFETY, WORDS)


def _close(sitting: Sitting) -> None:
    """Sum up what was told, and how to take the last of it back."""
    for noted in sitting.noted.values():
        told = {"left": noted.done.left, "right": noted.done.right}
        sides = {side: number for side, number in told.items() if number is not None}
        result = words.result_words(noted.test, sides if noted.done.value is None else noted.done.value)
        sitting.say(f"{noted.test.name}: {result}", first="  ")
    if sitting.noted:
        last = next(reversed(sitting.noted.values()))
        sitting.say("", words.HONESTY, HISTORY, f"midstance undo {last.stamp.origin.batch} takes the last one back.")


def _run(sitting: Sitting, choice: Choice) -> None:
    """Take the runner through one test, side by side; what is done of it is written at once."""
    test = choice.test
    sitting.screen.say("", protocol_text(test, sitting.screen.width), "")
    try:
        for number, side in enumerate(choice.sides):
            if number and test.rest_s:
                _rest(sitting, test.rest_s)
            _side(sitting, test, side)
    except Skipped:
        sitting.without.add(test.id)


def _side(sitting: Sitting, test: SelfTest, side: str) -> None:
    """Take the tries of one side, and write the best; a side that is broken off keeps the tries that it has."""
    tries: list[float] = []
    try:
        while len(tries) < test.tries and not _ended(test, tries):
            if tries and test.rest_s and _rest(sitting, test.rest_s) == NEXT:
                break
            number = _one_try(sitting, test, side, tries)
            if number is None:
                break
            tries.append(number)
    except (Skipped, Stopped, EOFError, KeyboardInterrupt):
        if tries:
            _write(sitting, test, side, tries)
        raise
    _write(sitting, test, side, tries)


def _write(sitting: Sitting, test: SelfTest, side: str, tries: list[float]) -> None:
    stamp = stamped(sitting.date, "assess", test.id, side)
    noted = note_result(sitting.store, Told(test=test.id, tries={side: tuple(tries)}), stamp)
    sitting.noted[test.id] = noted
    sitting.screen.say("", noted_text(noted, sitting.screen.width, back=False))


def _one_try(sitting: Sitting, test: SelfTest, side: str, tries: list[float]) -> float | None:
    """Take one try; None where the runner leaves it at the ones before."""
    best = BEST.format(amount=amount_text(test, _best(test, tries))) if tries else ""
    head = [f"{side.capitalize()} side."] if side and not tries else []
    head += [f"{TRY.format(number=len(tries) + 1, tries=test.tries, best=best)}."] if test.tries > 1 else []
    sitting.say(*([" ".join(head)] if head else []))
    while True:
        typed = _asked(sitting, test, _question(test))
        if typed == NEXT:
            if tries:
                return None
            sitting.say("There is no try yet.")
            continue
        number = _measured(sitting, test) if typed == "" else _read(sitting, test, side, typed)
        if number is not None:
            return number


def _question(test: SelfTest) -> str:
    if test.measure == "choice":
        return ASK_ANSWER
    if test.measure == "seconds":
        return ASK_HOLD
    if test.measure == "reps" and test.beats_per_minute:
        return ASK_BEAT
    return ASK_NUMBER.format(unit={"cm": "Centimetres", "degrees": "Degrees"}.get(test.measure, test.unit.capitalize()))


def _asked(sitting: Sitting, test: SelfTest, question: str) -> str:
    """Ask, and follow the words that are no answer.

    Raises: Skipped, Stopped: The runner's wish.
    """
    while True:
        typed = sitting.screen.ask(question).strip()
        command = COMMANDS.get(typed.lower(), typed)
        if command == SKIP:
            raise Skipped
        if command == QUIT:
            raise Stopped
        if command != HELP:
            return command
        sitting.screen.say(protocol_text(test, sitting.screen.width))
        sitting.say(WORDS)


def _read(sitting: Sitting, test: SelfTest, side: str, typed: str) -> float | None:
    """Read a typed number; where it cannot be, say why and give None."""
    try:
        number = tries_of(test, typed)[-1]
        checked(Told(test=test.id, tries={side: (number,)}), test)
    except InputError as error:
        sitting.say(*(f"{fault.says}; {fault.remedy}" for fault in error.faults))
        return None
    return number


def _measured(sitting: Sitting, test: SelfTest) -> float | None:
    """Time a hold or give the beat, and let the runner correct it; None repeats it."""
    if test.measure == "seconds":
        number = _held(sitting, test)
    elif test.measure == "reps" and test.beats_per_minute:
        _beaten(sitting, test)
        typed = _asked(sitting, test, ASK_GOOD)
        return _read(sitting, test, "left" if test.each_side else "", typed) if typed not in ("", NEXT) else None
    else:
        return None
    typed = _asked(sitting, test, KEEP.format(amount=amount_text(test, number)))
    if typed in ("", NEXT):
        return number
    return None if typed == AGAIN else _read(sitting, test, "left" if test.each_side else "", typed)


def _held(sitting: Sitting, test: SelfTest) -> float:
    """Count down, then time a hold until Enter or the end of the test [whole s]."""
    screen = sitting.screen
    for left in range(COUNTDOWN, 0, -1):
        screen.count(READY.format(left=left), bell=True)
        if _pressed(sitting, SECOND) is not None:
            break
    start, shown = screen.now(), 0
    end = test.stop_at if test.stop_at is not None else test.most
    screen.count(CLOCK.format(seconds=0), bell=True)
    while _pressed(sitting, start + shown + SECOND - screen.now()) is None:
        shown = int(screen.now() - start)
        screen.count(CLOCK.format(seconds=shown))
        if shown >= end:
            screen.count("", bell=True)
            sitting.say(REACHED.format(amount=amount_text(test, end)))
            return float(end)
    screen.count("")
    return float(min(end, int(screen.now() - start)))


def _beaten(sitting: Sitting, test: SelfTest) -> None:
    """Give the beat until Enter: a bell and a word each beat, and the number of the repetition."""
    screen = sitting.screen
    start, beat, gap = screen.now(), 0, MINUTE_S / test.beats_per_minute
    while True:
        arrow = UP if beat % test.beats_a_rep < test.beats_a_rep / 2 else DOWN
        screen.count(BEAT.format(arrow=arrow, rep=beat // test.beats_a_rep + 1), bell=True)
        beat += 1
        if _pressed(sitting, start + beat * gap - screen.now()) is not None:
            break
    screen.count("")


def _rest(sitting: Sitting, seconds: int) -> str | None:
    """Let the runner rest; give what was typed to end it, or None."""
    typed = None
    for left in range(seconds, 0, -1):
        sitting.screen.count(REST.format(left=left))
        if (typed := _pressed(sitting, SECOND)) is not None:
            break
    sitting.screen.count("", bell=True)
    return typed


def _pressed(sitting: Sitting, seconds: float) -> str | None:
    """Wait for Enter; give what was typed before it, or None when the time is over.

    Raises: Skipped, Stopped: The runner's wish.
    """
    typed = sitting.screen.wait(max(0.0, seconds))
    command = None if typed is None else COMMANDS.get(typed.strip().lower(), "")
    if command in (SKIP, QUIT):
        sitting.screen.count("")
        raise Skipped if command == SKIP else Stopped
    return command


def _ended(test: SelfTest, tries: list[float]) -> bool:
    """Tell whether a try reached the end of the test."""
    return bool(tries) and test.stop_at is not None and not test.less_is_better and max(tries) >= test.stop_at


def _best(test: SelfTest, tries: list[float]) -> float:
    return (min if test.less_is_better else max)(tries)
