"""Illness R68 and R86: which words stop, which only slow down, and the way back."""

from __future__ import annotations

import pytest

from builders_diary import DAY, TODAY, a_run_done, an_entry, an_origin
from midstance.domain.diary import CheckIn, IllnessNoted, Rpe
from midstance.domain.entry import run_entry
from midstance.domain.session import Kind
from midstance.planning.readiness import Light, Readiness, RunToday, readiness
from midstance.planning.readying.symptoms import Sign, sign_of
from midstance.planning.readying.words import CLEARANCE, RED_FLAGS, clearance_by_age


def ill(*symptoms: str, day: int = 0):
    """A check-in with symptoms."""
    return an_entry(CheckIn(ill=symptoms), day=day)


def well(day: int = 0):
    """A check-in that names none."""
    return an_entry(CheckIn(sleep_h=8), day=day)


def a_run(day: int):
    """A recorded run on a day."""
    return run_entry(a_run_done(day), an_origin())


def on(day: int, *entries) -> Readiness:
    """Judge a day, counted from the first of December."""
    return readiness(entries, today=TODAY + day * DAY)


@pytest.mark.parametrize("word", [
    "fever", "chills", "dizziness", "muscle aches", "bad cough", "cough", "fatigue", "vomiting", "diarrhoea", "flu",
    "chest pain", "chest pressure", "breathlessness", "shortness of breath", "palpitations", "fainting", "mild fever",
    "numb leg", "bladder trouble", "weight loss", "night pain", "swollen knee", "an odd word", "cold sweat"])
def test_words_that_stop(word: str) -> None:
    """Every sign of the lists stops training, with advice, and so does a word that is not known."""
    found = on(0, ill("runny nose", word))
    assert (found.stop, found.kinds, found.minutes) == (True, frozenset(), 0)
    assert word in found.says[0]


@pytest.mark.parametrize("word", [
    "runny nose", "head cold", "sore throat", "mild cough", "hay fever", "blocked-nose", "headcold", "head-cold",
    "runnynose", "sniffles", "the sniffles", "stuffy nose", "blocked up nose", "sorethroat", "a bit of a cold",
    "common cold", "hayfever", "sneezing", "nasal congestion", "hoarse"])
def test_a_mild_cold_allows_a_trial(word: str) -> None:
    """A mild head cold alone allows half an easy hour, and says when to stop."""
    found = on(0, ill(word))
    assert (found.light, found.run, found.minutes) == (Light.AMBER, RunToday.SHORT_EASY, 30)
    assert Kind.STRENGTH not in found.kinds


def test_the_gravest_signs_ask_for_help() -> None:
    """Signs of heart and lungs ask for help at once, red flags for a clinician, an unknown word for a word more."""
    assert [sign_of(w) for w in ("tight chest", "saddle numbness", "chills", "odd")] == [
        Sign.URGENT, Sign.FLAG, Sign.STOP, Sign.UNKNOWN]
    assert "help now" in on(0, ill("fainting")).says[0]
    assert not on(0, ill("odd")).refer
    assert on(0, ill("fainting")).refer


def test_the_way_back_takes_a_free_day_and_three_training_days() -> None:
    """After a day without symptoms training comes back at 50, 75 and 100 per cent."""
    sick, free = ill("fever"), well(1)
    assert on(0, sick).stop
    assert on(1, sick, free).stop
    assert [on(n, sick, free, *map(a_run, range(2, n))).factor for n in (2, 3, 4, 5)] == [0.5, 0.75, 1.0, 1.0]
    assert on(2, sick, free).light is Light.AMBER
    assert on(5, sick, free, *map(a_run, (2, 3, 4))).why == ()


def test_resting_does_not_count_as_coming_back() -> None:
    """Days without training do not climb the steps; two weeks later the illness is behind the runner anyway."""
    sick, free = ill("fever"), well(1)
    assert on(6, sick, free).factor == 0.5
    assert on(20, sick, free).why == ()


def test_silence_keeps_an_illness_for_a_week() -> None:
    """Without another word it lasts seven days; a free word the same morning does not end it."""
    assert on(6, ill("fever")).stop
    assert not on(9, ill("fever")).stop
    assert on(1, ill("fever"), an_entry(CheckIn(minutes=20))).stop
    over = an_entry(IllnessNoted(over=True), day=1)
    assert not on(2, ill("fever"), over).stop


def test_symptoms_that_come_back_stop_again() -> None:
    """A fever that returns during the way back stops again and begins the way anew."""
    words = (ill("fever"), well(1), ill("fever", day=3), well(4))
    assert on(3, *words).stop
    assert on(5, *words, a_run(2)).factor == 0.5


def test_a_cold_after_a_fever_is_not_only_a_cold() -> None:
    """While the way back lasts, a runny nose counts with the fever before it."""
    assert on(2, ill("fever"), well(1), ill("runny nose", day=2)).stop
    assert not on(9, ill("runny nose"), well(1), ill("runny nose", day=9)).stop


def test_a_later_word_of_a_day_corrects_the_earlier() -> None:
    """A word that was not known, then a known one, then none at all: each time the last word counts."""
    odd, cold, none = ill("zzz"), ill("head cold"), an_entry(IllnessNoted(over=True))
    assert on(0, odd).stop
    assert on(0, odd, cold).light is Light.AMBER
    assert on(0, odd, cold, none).why == ()
    assert on(1, odd, cold, none).why == ()
    assert on(0, cold, none, ill("fever")).stop
    assert on(0, ill("fever"), an_entry(CheckIn(minutes=20))).stop


def test_a_word_that_is_not_known_does_not_outlive_one_that_is() -> None:
    """A cold on the next day makes a cold of it; a grave word stays grave."""
    found = on(1, ill("zzz"), ill("runny nose", day=1))
    assert (found.light, found.minutes) == (Light.AMBER, 30)
    assert "zzz" not in found.says[0]
    assert on(1, ill("zzz"), ill("fever", day=1)).stop


def test_the_word_that_stops_is_named() -> None:
    """A fever with a runny nose on the next day is told as the fever that it is, and so are two words of a day."""
    found = on(1, ill("fever"), ill("runny nose", day=1))
    assert found.stop
    assert found.says[0].startswith("You named fever on Tuesday, 2026-12-01.")
    assert "runny nose, asks for less; it is fever" in found.says[0]
    assert on(0, ill("runny nose", "fever")).says[0].startswith("You named fever.")
    assert on(1, ill("fever"), ill("chest pain", day=1)).says[0].startswith("You named chest pain.")


def test_rated_runs_count_as_training_days_of_the_way_back() -> None:
    """Who tells the exertion of a run has run, also where no watch did."""
    rated = [an_entry(Rpe(activity=f"run-2026-12-0{1 + n}-0630", rpe_cr10=3), day=n) for n in (2, 3)]
    assert on(4, ill("fever"), well(1), *rated).factor == 1.0


def test_a_cold_is_forgotten_soon() -> None:
    """A mild cold with no more words is over after two days."""
    assert on(2, ill("runny nose")).light is Light.AMBER
    assert on(3, ill("runny nose")).why == ()
    assert on(1, ill("runny nose"), well(1)).why == ()


def test_noted_illness_counts_like_a_check_in() -> None:
    """Symptoms outside the check-in stop too."""
    assert on(0, an_entry(IllnessNoted(symptoms=("fever",)))).stop


def test_red_flags_and_clearance_are_whole_sentences() -> None:
    """Lists for the docs are sentences; age alone asks the young and those new at 65."""
    assert all(text.endswith(".") for text in (*RED_FLAGS, *CLEARANCE))
    asked = [clearance_by_age(age, new_to_exercise=new) is not None
             for age, new in ((17, False), (40, True), (65, True), (65, False), (None, True))]
    assert asked == [True, False, True, False, False]

