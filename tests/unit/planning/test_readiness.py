"""Readiness day by day: each rule of evidence R45 and R61-R70 by itself, and how they join."""

from __future__ import annotations

import pytest

from builders_diary import TODAY, an_entry
from midstance.catalogue.load import load_catalogue
from midstance.domain.diary import CheckIn, Pain, PainNoted, SetDone
from midstance.domain.session import Kind
from midstance.planning import adherence
from midstance.planning import readiness as module
from midstance.planning.readiness import Light, RunToday, readiness


def mornings(count: int = 1, *, last: int = 0, **answers: object) -> list:
    """The same answers on so many mornings in a row."""
    return [an_entry(CheckIn(**answers), day=last - n) for n in reversed(range(count))]


def today(*entries, **options):
    """Judge the first of December."""
    diary = [e for part in entries for e in (part if isinstance(part, list) else [part])]
    return readiness(diary, today=TODAY, **options)


def rules(found) -> list[str]:
    """Rules that speak, the weightiest first."""
    return [reason.rule for reason in found.why]


def test_an_empty_diary_is_green() -> None:
    """Without a word nothing speaks against the plan, and it says so."""
    found = today()
    assert (found.light, found.factor, found.minutes, found.why, found.stop) == (Light.GREEN, 1.0, None, (), False)
    assert found.kinds == frozenset(Kind)
    assert found.run is RunToday.AS_PLANNED
    assert found.says == ("Nothing speaks against today's plan.",)


@pytest.mark.parametrize(("hours", "factor", "light"), [
    (7.0, 1.0, Light.GREEN), (6.9, 0.9, Light.AMBER), (6.0, 0.9, Light.AMBER), (5.9, 0.8, Light.AMBER)])
def test_two_weeks_of_sleep_scale_the_sets(hours: float, factor: float, light: Light) -> None:
    """The mean of 14 nights under 7 h leaves 0.9 of the sets, under 6 h 0.8 (golden vector G43)."""
    found = today(mornings(14, sleep_h=hours))
    assert (found.factor, found.light, found.longest_stays) == (factor, light, factor < 1)


def test_one_bad_night_only_nudges() -> None:
    """One night of 5 h in a fortnight of 7.5 h scales nothing; quality becomes easy or a set is left out (G43.4)."""
    found = today(mornings(13, last=-1, sleep_h=7.5), mornings(sleep_h=5.0))
    assert (found.factor, found.light, rules(found)) == (1.0, Light.GREEN, ["R62"])
    assert (found.quality_easy, found.sets_less) == (True, 1)


def test_a_very_bad_night_leaves_mobility() -> None:
    """Under four hours only rest or mobility is left."""
    found = today(mornings(sleep_h=3.5))
    assert (found.kinds, found.run, found.light) == (frozenset({Kind.MOBILITY}), RunToday.NONE, Light.AMBER)


def test_six_nights_are_no_habit() -> None:
    """Fewer than seven known nights say nothing of habitual sleep, and a good seventh does not complete them."""
    assert "R61" not in rules(today(mornings(6, sleep_h=6.5)))
    assert "R61" not in rules(today(mornings(6, last=-1, sleep_h=5.5), mornings(sleep_h=8)))
    assert "R61" in rules(today(mornings(7, sleep_h=6.5)))


def test_a_mean_just_below_is_not_shown_as_seven() -> None:
    """A mean of 6.96 h is shown as 6.9, never as the 7 that would have been enough."""
    assert "6.9 hours" in today(mornings(14, sleep_h=6.96)).says[0]


@pytest.mark.parametrize(("life", "factor", "light"), [
    (4, 1.0, Light.GREEN), (5, 0.9, Light.GREEN), (6.9, 0.9, Light.GREEN), (7, 0.75, Light.AMBER),
    (9, 0.6, Light.AMBER)])
def test_life_takes_its_piece_of_the_pie(life: float, factor: float, light: Light) -> None:
    """Life load leaves 1, 0.9, 0.75 or 0.6 of the sets, and is amber from 7 on."""
    found = today(mornings(life=life))
    assert (found.factor, found.light) == (factor, light)


def test_life_counts_over_seven_days() -> None:
    """The mean of the last seven days counts, older answers do not."""
    assert today(mornings(life=10, last=-6), mornings(life=4)).factor == 0.75
    assert today(mornings(life=10, last=-7), mornings(life=4)).factor == 1.0


def test_sleep_and_life_combine_by_the_strongest() -> None:
    """Life at 7 and sleep under 7 h leave 0.75 and not 0.675 (golden vector G44)."""
    found = today(mornings(14, sleep_h=6.5, life=7))
    assert found.factor == 0.75
    assert found.max_factor == {"R61": 0.9, "R65": 0.75, "R70": 1.0}


def test_two_lasting_ambers_take_hops_and_quality_but_no_weight() -> None:
    """Short sleep and a full life together take hops and quality too; heavy sessions stay, with fewer sets."""
    found = today(mornings(14, sleep_h=6.5, life=7))
    assert found.kinds == frozenset(Kind) - {Kind.PLYOMETRIC}
    assert found.run is RunToday.EASY


def test_two_ambers_with_one_of_today_leave_nothing_hard() -> None:
    """Pain and a full life together leave nothing hard for the day."""
    found = today(mornings(life=7, pain=(Pain(area="knee", score=3),)))
    assert Kind.HEAVY not in found.kinds
    assert "R70" in rules(found)


def test_three_ambers_leave_mobility_only() -> None:
    """Short sleep, a full life and pain together leave mobility only."""
    found = today(mornings(14, sleep_h=6.5, life=8), mornings(pain=(Pain(area="knee", score=4),)))
    assert (found.kinds, found.run, found.light) == (frozenset({Kind.MOBILITY}), RunToday.NONE, Light.AMBER)


def usual_weeks(days: int = 14) -> list:
    """So many mornings before today with a mean of 40 points and a spread of about 5."""
    low, high = {"sleep_quality": 7, "fatigue": 3, "soreness": 3, "mood": 7, "life": 3}, {
        "sleep_quality": 9, "fatigue": 1, "soreness": 1, "mood": 9, "life": 1}
    return [an_entry(CheckIn(**(low if n % 2 else high)), day=-1 - n) for n in range(days)]


@pytest.mark.parametrize(("fatigue", "expected"), [(3, []), (8, ["R66"]), (10, ["R66"])])
def test_wellness_is_judged_against_the_own_usual(fatigue: float, expected: list[str]) -> None:
    """A morning more than one standard deviation below the own usual makes quality easy."""
    found = today(usual_weeks(), mornings(sleep_quality=7, fatigue=fatigue, soreness=3, mood=7, life=3))
    assert rules(found) == expected
    assert found.quality_easy is bool(expected)


def test_wellness_well_below_cuts_sets_too() -> None:
    """At -1.5 or on the second day below -1 the sets fall to nine tenths."""
    low = {"sleep_quality": 3, "fatigue": 7, "soreness": 3, "mood": 4, "life": 3}
    assert today(usual_weeks(), mornings(**low)).factor == 0.9


def test_wellness_needs_fourteen_entries_and_a_spread() -> None:
    """Thirteen mornings, or mornings that never differ, say nothing."""
    low = mornings(sleep_quality=0, fatigue=8, soreness=3, mood=2, life=3)
    assert today(usual_weeks(13), low).why == ()
    same = mornings(20, last=-1, sleep_quality=8, fatigue=2, soreness=2, mood=8, life=2)
    assert today(same, low).why == ()


def test_wellness_compares_the_questions_that_were_answered() -> None:
    """Three answered questions are compared with the same three; two say nothing."""
    assert rules(today(usual_weeks(), mornings(sleep_quality=2, fatigue=8, mood=2))) == ["R66"]
    assert today(usual_weeks(), mornings(sleep_quality=2, mood=2)).why == ()


@pytest.mark.parametrize(("answers", "words"), [
    ({"fatigue": 9}, "great tiredness"), ({"mood": 1}, "a low mood"),
    ({"fatigue": 10, "mood": 0}, "great tiredness and a low mood")])
def test_an_extreme_answer_is_heard_before_the_usual_is_known(answers: dict[str, float], words: str) -> None:
    """Fatigue of 9 or mood of 1 gets one kind sentence and a set less, under a green light, and no other cut."""
    found = today(mornings(**answers))
    assert (found.light, found.factor, found.sets_less, found.run) == (Light.GREEN, 1.0, 1, RunToday.AS_PLANNED)
    assert rules(found) == ["R66"]
    assert words in found.says[0]
    assert today(mornings(fatigue=8.5, mood=1.5)).why == ()


def test_an_extreme_answer_that_is_usual_is_none() -> None:
    """Once the usual is known, it alone judges: who is always that tired is told nothing."""
    tired = [an_entry(CheckIn(sleep_quality=7, fatigue=9 + n % 2, mood=7), day=-1 - n) for n in range(14)]
    assert today(tired, mornings(sleep_quality=7, fatigue=9, mood=7)).why == ()
    assert rules(today(usual_weeks(), mornings(sleep_quality=7, fatigue=10, soreness=3, mood=7, life=3))) == ["R66"]


def hearts(values: dict[int, float]) -> list:
    """Mornings with a heart-rate variability, by day before today."""
    return [an_entry(CheckIn(hrv_ms=ms), day=-back) for back, ms in values.items()]


@pytest.mark.parametrize(("ms", "amber"), [(60, False), (45, True), (90, True)])
def test_heart_rate_variability_outside_the_range_eases_the_day(ms: float, amber: bool) -> None:
    """A week's mean below or above the baseline's mean by half a standard deviation makes quality easy."""
    base = {back: 60 + (5 if back % 2 else -5) for back in range(7, 30)}
    found = today(hearts(base), hearts(dict.fromkeys(range(3), ms)))
    assert (found.light is Light.AMBER) is amber
    assert found.quality_easy is amber


def test_heart_rate_variability_needs_enough_mornings() -> None:
    """Two mornings a week, or less than two weeks before, say nothing."""
    base = {back: 60 + (5 if back % 2 else -5) for back in range(7, 30)}
    assert today(hearts(base), hearts({0: 40, 1: 40})).why == ()
    assert today(hearts({b: v for b, v in base.items() if b < 19}), hearts(dict.fromkeys(range(3), 40))).why == ()


@pytest.mark.parametrize(("sore", "heavy", "later"), [(3, True, False), (3.5, False, False), (4, False, True)])
def test_sore_legs_wait(sore: float, heavy: bool, later: bool) -> None:
    """Above 3 of 10 there is no heavy leg work, from 4 on quality waits a day; easy running goes on."""
    found = today(mornings(soreness=sore))
    assert (Kind.HEAVY in found.kinds, found.quality_later) == (heavy, later)
    assert found.run <= RunToday.EASY


def test_too_much_is_heard_without_a_cut() -> None:
    """Too much is answered kindly; what follows from it is the business of adherence."""
    found = today(mornings(too_much=True))
    assert (rules(found), found.light, found.factor) == (["M20"], Light.GREEN, 1.0)


def test_time_given_today_is_passed_on() -> None:
    """Minutes of the last check-in of the day count; nought is a number too."""
    assert today(mornings(minutes=20.5)).minutes == 20
    assert today(mornings(minutes=40), mornings(minutes=0)).minutes == 0


def test_a_later_word_of_the_day_counts() -> None:
    """Of two check-ins of a day the later word on each question counts, the others stay."""
    found = today(mornings(sleep_h=5, soreness=6), mornings(sleep_h=8))
    assert rules(found) == ["R45"]


def test_tomorrow_does_not_count() -> None:
    """Entries after the day change nothing."""
    assert today(an_entry(CheckIn(limp=True), day=1)).why == ()


def test_pain_during_a_set_above_five_ends_the_day() -> None:
    """A set with pain above 5 of 10 stops the rest of the day and names the exercise."""
    found = today(an_entry(SetDone(exercise="goblet-squat", amount=8, pain=6)))
    assert found.stop
    assert "Goblet squat" in found.says[0]
    assert not today(an_entry(SetDone(exercise="goblet-squat", amount=8, pain=5))).stop
    assert "My own lift" in today(an_entry(SetDone(exercise="My own lift", amount=8, pain=6))).says[0]


def a_set(pain: float | None, *, day: int, exercise: str = "goblet-squat"):
    """A set with its pain."""
    return an_entry(SetDone(exercise=exercise, amount=8, pain=pain), day=day)


def test_pain_of_a_set_is_not_forgotten_overnight() -> None:
    """Pain of 7 with a set stops the next day too, then leaves nothing hard, and is named by the exercise's name."""
    found = [today(a_set(3, day=back), a_set(7, day=back)) for back in (-1, -2, -3, -4)]
    assert [day.light for day in found] == [Light.RED, Light.AMBER, Light.AMBER, Light.GREEN]
    assert all("Goblet squat" in day.says[0] for day in found[:3])
    assert not found[1].kinds & {Kind.HEAVY, Kind.PLYOMETRIC}
    assert found[1].run is RunToday.EASY


def test_a_word_answers_for_the_pain_of_a_set() -> None:
    """A later word on a pain counts, and so does a later set of the exercise; other answers and the same day do not."""
    bad = a_set(7, day=-1)
    word = CheckIn(pain=(Pain(area="knee", score=1),))
    assert today(bad, an_entry(word)).why == ()
    assert today(bad, a_set(1, day=0)).why == ()
    for other in (an_entry(word, day=-1), an_entry(CheckIn(sleep_h=8)), a_set(None, day=0),
                  a_set(1, day=0, exercise="push-up")):
        assert today(bad, other).stop


def test_numbers_have_names_ranges_and_sources() -> None:
    """Every number has its own id, a unit and a sentence; sources are keys of the catalogue."""
    numbers = (*module.PARAMS, *adherence.PARAMS)
    assert len({p.id for p in numbers}) == len(numbers)
    assert all(p.unit and p.says.endswith(".") for p in numbers)
    assert {p.source for p in numbers if p.source} <= set(load_catalogue().sources)


def test_lasting_pain_offers_one_block() -> None:
    """Pain above 2 on three days offers one block for the worst area that has one, and none while one is followed."""
    words = [an_entry(PainNoted(pain=Pain(area=area, score=score)), day=-2 * n)
             for n in range(3) for area, score in (("knee", 3), ("achilles", 4), ("shoulder", 5))]
    found = today(words)
    assert [(o.block, o.area) for o in found.offers] == [("achilles-slow", "achilles")]
    assert today(words, equipment=("band",)).offers[0].block == "achilles-lowering"
    assert today(words, block="kneecap").offers == ()
    assert today(words[:3]).offers == ()


def test_a_bone_gets_no_block() -> None:
    """Pain of a bone offers nothing but a stop and a clinician."""
    words = [an_entry(PainNoted(pain=Pain(area="shin", score=3, tissue="bone")), day=-n) for n in range(4)]
    found = today(words)
    assert (found.offers, found.stop, found.refer) == ((), True, True)


def test_wording_gives_no_verdict_on_the_person() -> None:
    """No text names a personal risk, promises or diagnoses; each is whole sentences."""
    found = [
        today(mornings(14, sleep_h=5.5, life=9, limp=True)), today(mornings(pain=(Pain(area="knee", score=4),))),
        today(mornings(ill=("fever",))), today(mornings(soreness=8, too_much=True))]
    for text in (text for one in found for text in one.says):
        assert text[0].isupper()
        assert text.endswith(".")
        assert not any(word in text.lower() for word in ("your risk is", "you will be injured", "diagnos"))

