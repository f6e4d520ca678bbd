"""Adherence: grow, hold, shorten or less, shown kindly (R20, R71, M2, M20)."""

from __future__ import annotations

import pytest

from builders_diary import DAY, TODAY, an_entry
from midstance.domain.diary import Busy, CheckIn, IllnessNoted, Moved, SessionDone, SetDone, Skipped
from midstance.planning.adherence import LADDER, Adherence, Step, adherence


def weeks(count: int, a_week: int = 2) -> list:
    """A plan of whole weeks up to yesterday: sessions on the first days of each, with ids."""
    days = [-7 * week + n for week in range(1, count + 1) for n in range(a_week)]
    return [(TODAY + day * DAY, f"s{day}") for day in sorted(days)]


def done(plan: list, numbers: range | list[int]) -> list:
    """Some sessions of a plan, done on their day."""
    return [an_entry(SessionDone(session=plan[n][1]), day=(plan[n][0] - TODAY).days) for n in numbers]


def judged(plan: list, entries: list, **options) -> Adherence:
    """Judge on the first of December."""
    return adherence(plan, entries, today=TODAY, **options)


@pytest.mark.parametrize(("kept", "step"), [(8, Step.GROW), (7, Step.GROW), (6, Step.HOLD)])
def test_share_of_four_weeks_decides(kept: int, step: Step) -> None:
    """Seven of eight sessions may grow, six hold; the share is that of four weeks."""
    plan = weeks(4)
    found = judged(plan, done(plan, range(8 - kept, 8)))
    assert (found.step, found.share_4_weeks) == (step, kept / 8)
    assert found.minutes_factor == 1.0


def test_nothing_grows_when_sets_were_harder_than_planned() -> None:
    """Growth needs the reps in reserve as planned too."""
    plan = weeks(4)
    assert judged(plan, done(plan, range(8)), rir_as_planned=False).step is Step.HOLD


def test_three_thin_weeks_shorten_the_sessions() -> None:
    """Below 70 per cent over three weeks sessions become shorter, but never under a short session."""
    plan = weeks(4)
    found = judged(plan, done(plan, [0, 1, 2, 4, 6]))
    assert (found.step, found.minutes_factor, found.sessions_less) == (Step.SHORTEN, 0.7, 0)
    assert found.share_3_weeks == 0.5
    assert judged(plan, done(plan, [0, 1, 2, 4, 6]), session_minutes=20).minutes_factor == 0.75
    assert judged(plan, done(plan, [0, 1, 2, 4, 6]), session_minutes=15).step is Step.HOLD


@pytest.mark.parametrize(("a_week", "minutes", "less", "factor"), [
    (3, None, 1, 1.0), (2, None, 0, 0.7), (2, 15, 1, 1.0), (1, 20, 0, 1.0)])
def test_below_sixty_the_next_rung_follows(a_week: int, minutes: float | None, less: int, factor: float) -> None:
    """Three sessions lose one, two long ones a third of their time, two short ones one; one a week always stays."""
    plan = weeks(4, a_week)
    found = judged(plan, done(plan, range(a_week)), session_minutes=minutes)
    assert (found.sessions_less, found.minutes_factor) == (less, factor)
    assert a_week - found.sessions_less >= 1
    assert found.says.endswith(".")


def test_the_ladder_ends_at_one_session() -> None:
    """The ladder goes down to one session a week, never to none."""
    assert [rung[0] for rung in LADDER] == [2, 2, 1]


def test_too_few_weeks_say_nothing() -> None:
    """Before three weeks have passed, and without a plan, there is no verdict."""
    assert judged([], []) == Adherence(share_4_weeks=None, share_3_weeks=None, step=Step.EARLY)
    assert judged(weeks(2), []).step is Step.EARLY
    assert judged(weeks(3), []).step is Step.SHORTEN


def test_illness_and_busy_spans_do_not_count() -> None:
    """Sessions on days of illness or in a busy span are nobody's miss; a cold is no excuse and needs none."""
    plan = weeks(4)
    sick = an_entry(CheckIn(ill=("fever",)), day=-28)
    noted = an_entry(IllnessNoted(symptoms=("flu",)), day=-27)
    away = an_entry(Busy(first=plan[2][0], last=plan[3][0]), day=-25)
    found = judged(plan, [sick, noted, away, *done(plan, range(4, 8))])
    assert (found.share_4_weeks, found.step) == (1.0, Step.GROW)
    cold = an_entry(CheckIn(ill=("runny nose",)), day=-28)
    assert judged(plan, [cold, *done(plan, range(1, 8))]).share_4_weeks == 7 / 8


def test_too_much_counts_like_a_half_kept_week() -> None:
    """A week that was too much counts as half kept at most, and the text says why."""
    plan = weeks(4)
    heavy = an_entry(CheckIn(too_much=True), day=-3)
    found = judged(plan, [heavy, *done(plan, range(8))])
    assert found.share_4_weeks == 7 / 8
    assert "half kept" in found.says
    assert judged(plan, [heavy, *done(plan, range(6))]).share_4_weeks == 6 / 8


def test_done_sessions_find_their_plan() -> None:
    """A session or set with its id counts on any day; one without an id counts for its day or week, once."""
    plan = weeks(4)
    late = an_entry(SessionDone(session=plan[0][1]), day=-3)
    loose = an_entry(SetDone(exercise="squat", amount=8), day=(plan[3][0] - TODAY).days)
    assert judged(plan, [late, loose]).share_4_weeks == 2 / 8
    assert judged(plan, [loose, an_entry(SetDone(exercise="plank", amount=30), day=-21)]).share_4_weeks == 2 / 8
    assert judged(plan, [loose, loose]).share_4_weeks == 1 / 8


def test_moved_sessions_are_due_on_their_new_day() -> None:
    """A session moved to a day to come is not yet due; moves may follow each other or go in a circle."""
    plan = weeks(4)
    later = an_entry(Moved(day=plan[7][0], to=TODAY + DAY), day=-6)
    assert judged(plan, [later, *done(plan, range(7))]).share_4_weeks == 1.0
    there, back = Moved(day=plan[7][0], to=plan[6][0]), Moved(day=plan[6][0], to=plan[7][0])
    assert judged(plan, [an_entry(there), an_entry(back), *done(plan, range(8))]).share_4_weeks == 1.0


def test_skipped_sessions_are_not_kept_by_others() -> None:
    """A session said to be skipped is not kept by a loose one of its week."""
    plan = weeks(4)
    skip = [an_entry(Skipped(day=plan[n][0]), day=-7) for n in (6, 7)]
    loose = an_entry(SessionDone(), day=(plan[7][0] - TODAY).days)
    assert judged(plan, [*skip, loose]).share_4_weeks == 0.0


def test_today_is_not_over() -> None:
    """What is planned for today or later is not missed."""
    plan = weeks(4)
    assert judged([*plan, (TODAY, "now"), (TODAY + DAY, "then")], done(plan, range(8))).share_4_weeks == 1.0


def test_the_words_are_kind() -> None:
    """No text blames or presses."""
    plan = weeks(4, 3)
    for kept in range(0, 13, 2):
        says = judged(plan, done(plan, range(kept))).says.lower()
        assert says
        assert not any(word in says for word in ("fail", "should have", "must", "only ", "lazy", "behind"))
