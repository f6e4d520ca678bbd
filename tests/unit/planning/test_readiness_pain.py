"""Pain rules R69 and R86: what goes on, what becomes easier, what stops."""

from __future__ import annotations

import pytest

from builders_diary import TODAY, an_entry
from midstance.domain.diary import CheckIn, Pain, PainNoted
from midstance.domain.session import HARD_KINDS
from midstance.planning.readiness import Light, Readiness, RunToday, readiness


def said(area: str, score: float, *, day: int = 0, when: str = "", **more: str):
    """A pain in one word: a check-in without ``when``."""
    pain = Pain(area=area, score=score, **more)
    return an_entry(PainNoted(pain=pain, when=when) if when else CheckIn(pain=(pain,)), day=day)


def today(*entries, **options) -> Readiness:
    """Judge the first of December."""
    return readiness(entries, today=TODAY, **options)


@pytest.mark.parametrize(("score", "tissue", "light"), [
    (0, "", Light.GREEN), (2, "tendon", Light.GREEN), (3, "", Light.AMBER), (5, "tendon", Light.AMBER),
    (6, "tendon", Light.RED), (1, "bone", Light.RED), (0, "bone", Light.GREEN)])
def test_pain_by_score_and_tissue(score: float, tissue: str, light: Light) -> None:
    """Up to 2 is safe, 3 to 5 amber, above 5 stops; a bone stops at any pain (golden vector G46)."""
    assert today(said("knee", score, tissue=tissue)).light is light


def test_amber_pain_eases_quality_and_exercises() -> None:
    """At 4 of 10 quality becomes easy, nothing hard is left, and exercises of the place go to the easier version."""
    found = today(said("knee", 4, side="left"))
    assert (found.run, found.easier_areas) == (RunToday.EASY, ("knee",))
    assert not found.kinds & HARD_KINDS
    assert "left knee" in found.says[0]


def test_a_followed_block_may_reach_five() -> None:
    """Inside the tissue block for the area pain of 4 takes no exercise away; elsewhere it does."""
    assert today(said("achilles", 4), block="achilles-slow").easier_areas == ()
    assert today(said("knee", 4), block="achilles-slow").easier_areas == ("knee",)
    with pytest.raises(KeyError):
        today(block="no-such-block")


def test_a_high_pain_of_yesterday_lasts_until_a_word() -> None:
    """Pain of 7 yesterday stops today until that place is named again; a word on another place is none."""
    evening = said("knee", 7, day=-1, when="during")
    assert today(evening).stop
    assert today(evening, said("shin", 1)).stop
    assert not today(evening, said("knee", 2)).stop
    assert not today(said("knee", 7, day=-2)).stop


def test_a_high_pain_without_a_word_keeps_hard_work_away_for_days() -> None:
    """On the second and third day after it nothing hard goes on; a word on any day since ends that."""
    found = [today(said("knee", 7, day=-back, when="during")) for back in (1, 2, 3, 4)]
    assert [day.light for day in found] == [Light.RED, Light.AMBER, Light.AMBER, Light.GREEN]
    assert not found[2].kinds & HARD_KINDS
    assert "Saturday" in found[2].says[0]
    assert today(said("knee", 7, day=-3), said("knee", 0, day=-2)).why == ()


def mornings(count: int, *scores: float, area: str = "knee") -> list:
    """So many mornings in a row until today, with these scores in turn."""
    return [said(area, scores[n % len(scores)], day=-n) for n in reversed(range(count))]


def test_pain_that_does_not_settle_is_not_promised_to_settle_tomorrow() -> None:
    """From the third morning in a row the sentence says that it has not settled, and what follows: the block."""
    second, third = today(*mornings(2, 4)), today(*mornings(3, 4))
    assert "settle by tomorrow morning" in second.says[0]
    assert "has not settled for 3 mornings" in third.says[0]
    assert "next step is a block" in third.says[0]
    assert [offer.area for offer in third.offers] == ["knee"]
    assert not any("settle by tomorrow" in text for n in range(3, 30) for text in today(*mornings(n, 4)).says)


def test_unsettled_pain_stays_at_easier_versions_and_is_told_once() -> None:
    """Scores going to and fro between 3 and 4 leave one sentence, and easier versions at 3 as well."""
    for scores in ((3, 4), (4, 3)):
        found = today(*mornings(10, *scores))
        assert (len(found.why), found.easier_areas) == (1, ("knee",))


def test_a_morning_without_a_word_does_not_end_the_row_but_a_better_one_does() -> None:
    """One silent morning is none; a score of 2 begins anew."""
    gap = [said("knee", 4, day=-n) for n in (0, 2, 3)]
    assert "not settled for 3 mornings" in today(*gap).says[0]
    assert "by tomorrow" in today(said("knee", 4, day=-3), said("knee", 2, day=-1), said("knee", 4)).says[0]
    assert "by tomorrow" in today(*(said("knee", 4, day=-n) for n in (0, 3, 4))).says[0]


def test_without_a_block_to_offer_a_person_is_asked() -> None:
    """Where no block is there, or one is followed, a professional is the next step; the followed block goes on."""
    hand = today(*mornings(3, 4, area="shoulder"))
    assert (hand.offers, "ask a doctor or physiotherapist" in hand.says[0]) == ((), True)
    found = today(*mornings(3, 4, area="achilles"), block="achilles-slow")
    assert "the block for that place goes on without more weight" in found.says[0]
    assert found.easier_areas == ()


def test_pain_of_weeks_is_for_a_clinician_also_where_it_gets_less() -> None:
    """After three weeks in a row a clinician is named; pain that got a little less stops nothing by itself."""
    less = [said("knee", 5 if n > 14 else 3, day=-n) for n in reversed(range(22))]
    found = today(*less)
    assert (found.light, found.refer) == (Light.AMBER, True)
    assert "see a doctor or physiotherapist" in found.says[0]
    assert not today(*less[1:]).refer


def test_pain_must_settle_by_next_morning() -> None:
    """Pain of 4 after a run that is still 3 next morning takes its exercises one step back; 1 does not."""
    evening = said("knee", 4, day=-1, when="after")
    assert "knee" in today(evening, said("knee", 3)).easier_areas
    assert today(evening, said("knee", 1)).easier_areas == ()


def test_pain_that_rose_overnight_takes_a_step_back() -> None:
    """A rise from 1 to 2 is safe by itself, and still takes the exercises of the place one step back."""
    found = today(said("calf", 1, day=-1), said("calf", 2))
    assert (found.light, found.easier_areas) == (Light.GREEN, ("calf",))
    assert today(said("calf", 1, day=-1, side="left"), said("calf", 2, side="right")).easier_areas == ()


def test_pain_must_not_rise_from_week_to_week() -> None:
    """A mean that is one point higher than the week before takes a step back."""
    week = [said("hip", 1, day=-7 - n) for n in (1, 3)]
    assert today(*week, said("hip", 2, day=-3), said("hip", 2, day=-1)).easier_areas == ("hip",)
    assert today(*week, said("hip", 1, day=-3), said("hip", 1, day=-1)).easier_areas == ()


def test_three_weeks_without_getting_less_are_for_a_clinician() -> None:
    """Pain above 2 in each of three weeks that does not get less stops and refers; less pain goes on."""
    same = [said("knee", 3, day=-n) for n in (1, 4, 8, 11, 15, 18)]
    found = today(*same)
    assert (found.stop, found.refer) == (True, True)
    less = [said("knee", 5 if n > 13 else 3, day=-n) for n in (1, 4, 8, 11, 15, 18)]
    assert not today(*less).stop


def test_a_bone_stops_until_it_is_gone() -> None:
    """Pain of a bone stops for weeks, whatever else is said, until the place is named with 0."""
    word = said("shin", 1, day=-20, tissue="bone")
    assert today(word, an_entry(CheckIn(sleep_h=8))).stop
    assert today(word, said("shin", 2)).refer
    assert not today(word, said("shin", 0)).stop
    assert not today(said("shin", 1, day=-50, tissue="bone")).stop


def test_a_limp_stops_and_after_two_days_refers() -> None:
    """A limp stops; on the third day it is for a clinician; a morning without one lets it go."""
    limps = [an_entry(CheckIn(limp=True), day=-n) for n in (2, 1, 0)]
    assert (today(limps[2]).stop, today(limps[2]).refer) == (True, False)
    assert today(*limps).refer
    assert today(limps[1]).stop
    assert not today(limps[1], an_entry(CheckIn(sleep_h=8))).stop


def test_groin_pain_while_running_is_looked_at() -> None:
    """Pain in the groin during a run stops and refers; after it, it is a pain like others."""
    assert today(said("groin", 3, when="during")).refer
    assert not today(said("groin", 3, when="after")).refer


def test_places_are_named_in_plain_words() -> None:
    """A place is told with its side, in words that everybody knows."""
    assert "sole of the foot on both sides" in today(said("plantar", 4, side="both")).says[0]
