"""Laws of readiness over random diaries."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from builders_diary import DAY, NOON, TODAY, an_origin
from midstance.domain.diary import CheckIn, IllnessNoted, PainNoted, Rpe, SessionDone, SetDone
from midstance.domain.entry import Entry, entry_of
from midstance.domain.session import HARD_KINDS
from midstance.planning.adherence import Step, adherence
from midstance.planning.readiness import Light, RunToday, readiness
from strategies_diary import PAINS, SYMPTOMS

SCORE = st.none() | st.integers(0, 10)
WORDS = st.sampled_from(((), (), (), ("fever",), ("runny nose",), ("chest pain",), ("odd",))) | SYMPTOMS
CHECKS = st.builds(
    CheckIn, sleep_h=st.none() | st.integers(0, 12), sleep_quality=SCORE, life=SCORE, soreness=SCORE, fatigue=SCORE,
    mood=SCORE, hrv_ms=st.none() | st.integers(0, 120), pain=st.lists(PAINS, max_size=1).map(tuple), ill=WORDS,
    limp=st.sampled_from((False, False, False, True)), minutes=st.none() | st.integers(0, 90), too_much=st.booleans())
OTHERS = st.one_of(
    st.builds(PainNoted, pain=PAINS, when=st.sampled_from(("", "during", "after", "next-morning"))),
    st.builds(IllnessNoted, symptoms=WORDS, over=st.booleans()),
    st.builds(SessionDone, session=st.sampled_from(("", "s1"))),
    st.builds(SetDone, exercise=st.just("squat"), amount=st.just(8), pain=SCORE),
    st.builds(Rpe, activity=st.sampled_from(("run-2026-11-20-0630", "s-2026-11-25-1800", "run-x", "4a8464b9")),
              rpe_cr10=st.just(3)))
FINE = CheckIn(sleep_h=8, sleep_quality=10, life=0, soreness=0, fatigue=0, mood=10)


def placed(what, day: int) -> Entry:
    """An entry on a day before the first of December, at noon."""
    return entry_of(what, at=NOON - day * DAY, date=TODAY - day * DAY, origin=an_origin())


@st.composite
def diaries(draw: st.DrawFn) -> list[Entry]:
    """Check-ins on many of the last mornings, and other words between them."""
    spans = draw(st.integers(0, 40))
    found = [placed(draw(CHECKS), day) for day in range(spans) if draw(st.integers(0, 4))]
    found += [placed(draw(OTHERS), draw(st.integers(0, 60))) for _ in range(draw(st.integers(0, 6)))]
    return found


@given(diaries())
@settings(max_examples=60, deadline=None)
def test_every_diary_has_a_verdict_that_holds_together(diary: list[Entry]) -> None:
    """The factor is the smallest of the reasons', at least half; red stops all; whoever asks to stop is red."""
    found = readiness(diary, today=TODAY)
    assert found.factor == max(0.5, min([reason.factor for reason in found.why], default=1.0))
    assert found.light == max((reason.light for reason in found.why), default=Light.GREEN)
    assert found.stop is (found.light is Light.RED)
    if found.stop:
        assert (found.kinds, found.run, found.minutes, found.offers) == (frozenset(), RunToday.NONE, 0, ())
    if any(reason.rule in {"R66", "R67", "R69"} and reason.light is Light.AMBER for reason in found.why):
        assert found.quality_easy
    assert list(found.why) == sorted(found.why, key=lambda reason: -reason.light)
    assert len(found.offers) <= 1


@given(diaries())
@settings(max_examples=60, deadline=None)
def test_a_morning_with_everything_fine_never_makes_the_light_worse(diary: list[Entry]) -> None:
    """One more check-in today with everything fine leaves the light as it is or better, the sets as many or more."""
    late = entry_of(FINE, at=NOON + dt.timedelta(hours=1), date=TODAY, origin=an_origin())
    before, after = readiness(diary, today=TODAY), readiness([*diary, late], today=TODAY)
    assert after.light <= before.light
    assert after.factor >= before.factor


@given(st.lists(st.none() | st.integers(0, 24).map(lambda n: n / 2), min_size=14, max_size=14), st.integers(0, 13))
@settings(max_examples=150, deadline=None)
def test_more_sleep_never_lowers_the_factor(nights: list[float | None], which: int) -> None:
    """Half an hour more in any night leaves as many sets or more, and a light no worse."""
    more = [hours + 0.5 if n == which and hours is not None else hours for n, hours in enumerate(nights)]
    found = [readiness([placed(CheckIn(sleep_h=h), n) for n, h in enumerate(slept)], today=TODAY)
             for slept in (nights, more)]
    assert found[1].factor >= found[0].factor
    assert found[1].light <= found[0].light


@given(diaries(), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_writing_does_not_matter(diary: list[Entry], random) -> None:
    """Entries of different moments may come in any order."""
    apart = [replace(entry, at=entry.at + n * dt.timedelta(seconds=1)) for n, entry in enumerate(diary)]
    mixed = list(apart)
    random.shuffle(mixed)
    assert readiness(mixed, today=TODAY) == readiness(apart, today=TODAY)


@given(diaries(), PAINS)
@settings(max_examples=60, deadline=None)
def test_the_hard_stops_stop_in_any_diary(diary: list[Entry], pain) -> None:
    """Fever, a limp, pain above 5, with a set too, and pain of a bone stop, whatever else is written."""
    for day in (0, 1):
        bad = SetDone(exercise="goblet-squat", amount=8, pain=6)
        assert readiness([*(e for e in diary if e.date < TODAY - DAY), placed(bad, day)], today=TODAY).stop
    for check in (CheckIn(ill=("fever",)), CheckIn(limp=True), CheckIn(pain=(replace(pain, score=6),)),
                  CheckIn(pain=(replace(pain, score=1, tissue="bone"),))):
        assert readiness([*diary, placed(check, 0)], today=TODAY).stop
    assert not readiness([*diary, placed(CheckIn(pain=(replace(pain, score=4),)), 0)], today=TODAY).kinds & HARD_KINDS


@given(diaries(), WORDS, WORDS)
@example([], ("fever",), ())
@settings(max_examples=60, deadline=None)
def test_the_last_word_of_a_day_on_symptoms_is_its_only_one(diary: list[Entry], slip: tuple[str, ...],
                                                            meant: tuple[str, ...]) -> None:
    """What was said and corrected the same day is as if it had never been said, whatever was said before."""
    before = [entry for entry in diary if entry.date < TODAY]
    late = entry_of(IllnessNoted(symptoms=meant, over=not meant), at=NOON + dt.timedelta(hours=1), date=TODAY,
                    origin=an_origin())
    corrected = readiness([*before, placed(IllnessNoted(symptoms=slip), 0), late], today=TODAY)
    assert corrected == readiness([*before, late], today=TODAY)


@given(st.sets(st.integers(1, 80), min_size=1), st.integers(0, 30))
@settings(max_examples=60, deadline=None)
def test_after_more_than_a_week_off_nothing_hard_is_green(trained: set[int], wait: int) -> None:
    """Time off alone stops nobody, and where it leaves at most 70 per cent no run is hard and the light is amber."""
    found = readiness([placed(SessionDone(), day + wait) for day in trained], today=TODAY)
    assert found.light <= Light.AMBER
    if found.comeback and found.comeback.run_share < 0.9:
        assert (found.light, found.quality_easy, found.longest_stays) == (Light.AMBER, True, True)
        assert sum("Your first runs" in text for text in found.says) <= 1


@given(st.lists(st.tuples(st.integers(-40, 10), st.integers(0, 30)), max_size=30, unique=True), st.data())
@settings(max_examples=60, deadline=None)
def test_adherence_is_a_share_and_leaves_a_session(plan: list[tuple[int, int]], data: st.DataObject) -> None:
    """Shares lie between 0 and 1, one session more done never lowers them, and one a week always stays."""
    planned = [(TODAY + day * DAY, f"s{day}-{key}") for day, key in plan]
    done = data.draw(st.lists(st.sampled_from(planned), unique=True) if planned else st.just([]))
    entries = [placed(SessionDone(session=key), max(0, (TODAY - date).days)) for date, key in done]
    found = adherence(planned, entries, today=TODAY)
    less = adherence(planned, entries[1:], today=TODAY)
    if found.share_4_weeks is not None and less.share_4_weeks is not None:
        assert 0 <= less.share_4_weeks <= found.share_4_weeks <= 1
    assert found.sessions_less in {0, 1}
    assert 0.5 <= found.minutes_factor <= 1
    if found.sessions_less:
        assert sum(TODAY - 28 * DAY <= date < TODAY for date, _ in planned) / 4 >= 1.5
    assert bool(found.says) is (found.step is not Step.EARLY)
