"""Guided through the tests with a made terminal whose clock runs as the script says: holds, beats, tries, breaks."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from builders_diary import NOON
from midstance.catalogue.self_tests import load_self_tests
from midstance.cli.assess_guided import Sitting, guide, guide_one
from midstance.cli.noting import stamped
from midstance.domain.diary import AssessmentDone, Pain, PainNoted
from midstance.services.diary import add, current, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.store.store import Store

TESTS = load_self_tests()
CALF, HOLD, ANKLE, PUSH = "calf-raise-reps", "side-plank-s", "knee-to-wall-cm", "push-up-reps"


@dataclass(frozen=True)
class Press:
    """Enter, so many seconds after the terminal began to wait, with what was typed before it."""

    after: float
    text: str = ""


@dataclass
class Script:
    """A terminal that types what it is told to; its clock stands still but for waiting."""

    lines: deque[str | Press | type[BaseException]]
    width: int = 80
    said: list[str] = field(default_factory=list)
    bells: int = 0
    clock: float = 0.0
    waited: float = 0.0

    def say(self, *lines: str) -> None:
        self.said += lines

    def ask(self, question: str) -> str:
        self.said.append(question)
        line = self.lines.popleft() if self.lines else EOFError
        if isinstance(line, Press):
            raise AssertionError(f"{question!r} is asked, but {line} was to come")
        if isinstance(line, str):
            return line
        raise line

    def wait(self, seconds: float) -> str | None:
        line = self.lines[0] if self.lines else EOFError
        if isinstance(line, type):
            raise line
        if isinstance(line, Press) and self.waited + seconds >= line.after:
            self.clock += line.after - self.waited
            self.waited = 0.0
            self.lines.popleft()
            return line.text
        self.clock += seconds
        self.waited += seconds
        return None

    def count(self, text: str, *, bell: bool = False) -> None:
        self.bells += bell
        self.said += [text] if text else []

    def now(self) -> float:
        return self.clock

    @property
    def text(self) -> str:
        return " ".join("\n".join(self.said).split())


@pytest.fixture
def store() -> Iterator[Store]:
    """A diary that holds nothing."""
    with open_store("memory:") as opened:
        yield opened


def results(store: Store) -> list[AssessmentDone]:
    """The results in force."""
    return [e.what for e in current(store, kinds=(AssessmentDone,)) if isinstance(e.what, AssessmentDone)]


def one(store: Store, test: str, *lines: str | Press | type[BaseException]) -> Script:
    """Go through one test."""
    screen = Script(deque(lines))
    guide_one(Sitting(store=store, screen=screen), TESTS[test])
    assert not screen.lines, "everything that was typed was asked for"
    return screen


def test_a_hold_is_timed_by_enter(store: Store) -> None:
    """Enter starts a countdown of three bells, Enter stops the clock, whole seconds count; the other side is typed."""
    screen = one(store, HOLD, "", Press(3 + 31.7), "", Press(0.5), "44")
    assert results(store) == [AssessmentDone(test=HOLD, left=31, right=44)]
    assert "Get ready: 3 Get ready: 2 Get ready: 1 0 s Enter stops" in screen.text
    assert "31 s. Enter keeps it" in screen.text


def test_the_countdown_can_be_cut_short(store: Store) -> None:
    """Enter during the countdown starts the clock at once."""
    one(store, HOLD, "", Press(1), Press(20.2), "", Press(1), "20")
    assert results(store)[0].left == 20


def test_a_hold_ends_by_itself(store: Store) -> None:
    """At the end of the test the clock stops with a bell, and no second try is asked for."""
    screen = one(store, "balance-eyes-open-s", "", "", "45")
    assert results(store) == [AssessmentDone(test="balance-eyes-open-s", left=45, right=45)]
    assert "45 s: that is the end of this test." in screen.text
    assert screen.clock >= 3 + 45


def test_a_timed_hold_can_be_repeated_or_corrected(store: Store) -> None:
    """After a hold the word again repeats it, and another number takes its place."""
    one(store, HOLD, "", Press(3 + 5), "again", "", Press(3 + 30), "28", Press(0), "30")
    assert results(store) == [AssessmentDone(test=HOLD, left=28, right=30)]


def test_the_beat_counts_and_the_good_ones_are_told(store: Store) -> None:
    """The metronome beats once a second up and down until Enter; the number of good ones is what counts."""
    screen = one(store, CALF, "", Press(20.5), "9", Press(0), "12")
    assert results(store) == [AssessmentDone(test=CALF, left=9, right=12)]
    assert "up rep 1 Enter ends down rep 1 Enter ends up rep 2" in screen.text
    assert screen.bells >= 21


def test_the_best_of_three_counts(store: Store) -> None:
    """Three tries a side, the best is kept with the others in its note; next leaves it at what there is."""
    screen = one(store, ANKLE, "8", "9.5", "9", "next", "10 cm", "next")
    assert results(store) == [AssessmentDone(test=ANKLE, left=9.5, right=10, note="left best of 8, 9.5, 9")]
    assert "There is no try yet." in screen.text
    assert "the best so far 9.5 cm" in screen.text


def test_a_wrong_number_is_asked_again(store: Store) -> None:
    """What cannot be is refused with what can, and the question comes again; ? shows the steps again."""
    screen = one(store, PUSH, "many", "1000", "?", "", "12")
    assert results(store) == [AssessmentDone(test=PUSH, value=12)]
    assert "repetitions are told like 24" in screen.text
    assert "300 reps is possible" in screen.text
    assert screen.text.count(TESTS[PUSH].protocol[0][:30]) == 2


def test_an_answer_is_chosen(store: Store) -> None:
    """A test that is looked at shows its answers and takes the number of one."""
    screen = one(store, "squat-depth", "5", "1")
    assert results(store) == [AssessmentDone(test="squat-depth", value=1)]
    assert "1 My heels lift first" in screen.text


def test_pain_comes_before_the_wish(store: Store) -> None:
    """A test that a sore calf rules out is not begun, and says why."""
    stamp = stamped(None)
    add(store, [stamp.entry(PainNoted(pain=Pain(area="calf", score=3)))], now=stamp.at)
    assert "Not with pain at the calf (3 of 10 today)" in one(store, CALF).text
    assert results(store) == []


@pytest.mark.parametrize("way", ["quit", "q", EOFError, KeyboardInterrupt])
def test_stopping_keeps_everything_and_goes_on_later(store: Store, way: str | type[BaseException]) -> None:
    """However the runner stops, also in the middle of the tries of a side, what was told stays; then it goes on."""
    first = Script(deque(["3", "20", Press(0), way]))
    guide(Sitting(store=store, screen=first), "short")
    assert [(r.test, r.value, r.left, r.right) for r in results(store)] == [
        ("posture-look", 3, None, None), ("balance-eyes-open-s", None, 20, None)]
    assert "Stopped. What you told is kept" in first.text
    second = Script(deque(["45", "2", "1", "1", "12"]))
    guide(Sitting(store=store, screen=second), "short")
    assert "Going on: 1 test done already, 4 to go." in second.text
    assert second.text.count("The right side is still missing.") == 1
    assert results(store)[-4:] == [
        AssessmentDone(test="balance-eyes-open-s", left=20, right=45), AssessmentDone(test="squat-depth", value=2),
        AssessmentDone(test="single-leg-squat-faults", left=1, right=1), AssessmentDone(test=PUSH, value=12)]
    assert "That was all for now." in second.text


def test_skipping_leaves_a_test_out_for_this_sitting(store: Store) -> None:
    """A skipped test is not asked again in this sitting, and is open in the next one."""
    guide(Sitting(store=store, screen=Script(deque(["skip", "s", "s", "s", "12"]))), "short")
    assert [r.test for r in results(store)] == [PUSH]
    again = Script(deque(["3", "q"]))
    guide(Sitting(store=store, screen=again), "short")
    assert "Going on: 1 test done already, 4 to go." in again.text


def test_words_are_heard_while_the_clock_runs(store: Store) -> None:
    """Skip and quit are followed in a rest and during a hold too."""
    one(store, HOLD, "", Press(5, "quit"))
    one(store, HOLD, "30", Press(2, "skip"))
    assert results(store) == [AssessmentDone(test=HOLD, left=30)]


def test_nothing_open_is_said(store: Store) -> None:
    """When everything was done, the guide says so and asks nothing."""
    guide(Sitting(store=store, screen=Script(deque(["3", "45", "45", "2", "1", "1", "12"]))), "short")
    screen = Script(deque())
    guide(Sitting(store=store, screen=screen), "short")
    assert "Nothing is open now." in screen.text


def test_each_result_has_an_undo_of_its_own(store: Store) -> None:
    """Every result is a batch of its own, and the last one's undo is named at the end."""
    screen = one(store, ANKLE, "8", "next", "9", "next")
    batches = {e.origin.batch for e in current(store)}
    assert len(batches) == 1, "the entry with both sides took the place of the first"
    assert f"midstance undo {batches.pop()} takes the last one back." in screen.text


def test_a_named_day_is_kept(store: Store) -> None:
    """Results of a day that the runner names are of that day."""
    screen = Script(deque(["12"]))
    guide_one(Sitting(store=store, screen=screen, date=NOON.date().replace(year=2025)), TESTS[PUSH])
    assert [e.date.year for e in current(store)] == [2025]
