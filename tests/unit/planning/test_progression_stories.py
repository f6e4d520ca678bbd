"""Two scripted logs of eight weeks, read as prose: what was done, and what the log then says."""

import datetime as dt

from logs import did
from midstance.catalogue.load import load_catalogue
from midstance.domain.runner import Level, Runner
from midstance.planning.progression import progress

CATALOGUE = load_catalogue().exercises
MONDAY = dt.date(2026, 11, 30)
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

BEGINNER = """
1 Mon did squat 8 8 @4; single-leg-deadlift 6 6 @4; push-up 3 2 @0
      > Push-up gives way to push-up from the knees: fewer than five good repetitions.
1 Thu did squat 10 10 @4; single-leg-deadlift 8 8 @3; push-up-from-knees 5 5 @3
2 Mon did squat 12 12 @3; single-leg-deadlift 10 10 @3; push-up-from-knees 6 6 @3
2 Thu did squat 12 12 @3; single-leg-deadlift 10 9 @3; push-up-from-knees 7 7 @3
      > Squat gives way to goblet squat: twelve good repetitions in all sets twice, with three in reserve.
3 Mon did goblet-squat 8 8 @4 8kg; single-leg-deadlift 10 10 @3; push-up-from-knees 8 8 @3
      > Goblet squat goes on with 8 kg, as you did it.
3 Thu did goblet-squat 10 10 @3 8kg; single-leg-deadlift 10 10 @3; push-up-from-knees 8 8 @3
      > Push-up from the knees gives way to push-up: eight good repetitions in all sets twice, with three in reserve.
      > Single-leg deadlift goes from body weight to 4 kg: ten good repetitions in all sets twice, \
with three in reserve.
4 Mon did goblet-squat 12 12 @3 8kg; single-leg-deadlift 6 6 @3 4kg; push-up 5 5 @2
4 Thu did goblet-squat 12 12 @3 8kg; single-leg-deadlift 8 8 @3 4kg; push-up 6 6 @2
      > Goblet squat stays at 8 kg and goes up to 14 repetitions: twelve good repetitions in all sets twice, \
with three in reserve, and the next weight, 12 kg, is 50 % more.
5 Mon did goblet-squat 14 14 @3 8kg; single-leg-deadlift 10 10 @3 4kg !4; push-up 7 7 @3
      > Single-leg deadlift gives way to kickstand deadlift until two sessions were free of pain: pain of 4 out of 10.
5 Thu did goblet-squat 14 14 @3 8kg; kickstand-deadlift 8 8 @4; push-up 8 8 @3
      > Goblet squat stays at 8 kg at a slower tempo, 3-2-1-0: fourteen good repetitions in all sets twice, \
with three in reserve, and the next weight, 12 kg, is 50 % more.
6 Mon did goblet-squat 12 12 @3 8kg; kickstand-deadlift 10 10 @4; push-up 8 8 @3
      > Push-up stays at body weight and goes up to 10 repetitions: eight good repetitions in all sets twice, \
with three in reserve, and nothing heavier or harder is there.
6 Thu did goblet-squat 12 12 @3 8kg; single-leg-deadlift 8 8 @3; push-up 9 9 @3
      > Goblet squat goes from 8 to 12 kg: twelve good repetitions at the slower tempo in all sets twice, \
with three in reserve.
7 Mon did goblet-squat 8 8 @2 12kg; single-leg-deadlift 10 10 @3; push-up 10 10 @3
7 Thu did goblet-squat 9 9 @2 12kg; single-leg-deadlift 10 10 @3; push-up 10 9 @3
      > Single-leg deadlift goes from body weight to 4 kg: ten good repetitions in all sets twice, \
with three in reserve.
8 Mon did goblet-squat 10 10 @3 12kg; single-leg-deadlift 8 8 @3 4kg; push-up 10 10 @3
8 Thu did goblet-squat 11 11 @3 12kg; single-leg-deadlift 9 9 @3 4kg; push-up 10 10 @3
      > Push-up stays at body weight at a slower tempo, 3-1-1-0: ten good repetitions in all sets twice, \
with three in reserve, and nothing heavier or harder is there.
"""

INTERMEDIATE = """
1 Mon did goblet-squat 10 10 10 @2 12kg
      > Goblet squat goes on with 12 kg, as you did it.
1 Thu did goblet-squat 12 11 11 @2 12kg
2 Mon did goblet-squat 12 12 12 @2 12kg
2 Thu did goblet-squat 12 12 12 @2 12kg
      > Goblet squat stays at 12 kg and goes up to 14 repetitions: twelve good repetitions in all sets twice, \
with two in reserve, and the next weight, 16 kg, is 33 % more.
3 Mon did goblet-squat 14 14 14 @2 12kg
3 Thu did goblet-squat 14 14 14 @2 12kg
      > Goblet squat goes from 12 to 16 kg: fourteen good repetitions in all sets twice, with two in reserve.
4 Mon did goblet-squat 9 8 8 @2 16kg
4 Thu did goblet-squat 12 11 11 @2 16kg
5 Mon did goblet-squat 12 12 12 @2 16kg
5 Thu did goblet-squat 12 12 12 @2 16kg
      > Goblet squat stays at 16 kg and goes up to 14 repetitions: twelve good repetitions in all sets twice, \
with two in reserve, and the next weight, 24 kg, is 50 % more.
6 Mon did goblet-squat 14 14 14 @2 16kg
6 Thu did goblet-squat 14 14 14 @2 16kg
      > Goblet squat stays at 16 kg at a slower tempo, 3-2-1-0: fourteen good repetitions in all sets twice, \
with two in reserve, and the next weight, 24 kg, is 50 % more.
7 Mon did goblet-squat 12 12 12 @2 16kg
7 Thu did goblet-squat 12 12 12 @2 16kg
      > Goblet squat goes from 16 to 24 kg: twelve good repetitions at the slower tempo in all sets twice, \
with two in reserve.
8 Mon did goblet-squat 7 6 5 @0 24kg
8 Thu did goblet-squat 7 6 6 @0 24kg
      > Goblet squat goes from 24 to 16 kg: sets stayed below eight repetitions twice.
"""


def runner(level, **changes):
    """Make a runner of a level with a few pieces."""
    values = {"equipment": ("dumbbell", "kettlebell", "step"), "body_mass_kg": 65} | changes
    return Runner(name="R", timezone="UTC", running_level=level, strength_level=level, goal="10k", **values)


def told(who, story):
    """Write a story again with what the log really says after each session."""
    lines, entries, news = [], [], set()
    for line in story.strip().splitlines():
        if line.lstrip().startswith(">"):
            continue
        when, _, what = line.partition(" did ")
        week, day = when.split()
        date = MONDAY + dt.timedelta(weeks=int(week) - 1, days=DAYS.index(day))
        entries += did(date, *what.split("; "), kind="strength")
        now = {s.why for s in progress(entries, runner=who, catalogue=CATALOGUE, today=date).standings
               if s.changed and s.since == date}
        lines += [line, *(f"      > {why}" for why in sorted(now - news))]
        news = now
    return "\n" + "\n".join(lines) + "\n"


def test_a_beginner_goes_from_body_weight_to_a_load():
    """Owned movements get their first weight, knees come before push-ups, and a pain swaps the exercise for a while."""
    who = runner(Level.BEGINNER, weights_kg=(4.0, 8.0, 12.0, 16.0))
    assert told(who, BEGINNER) == BEGINNER


def test_an_intermediate_takes_a_big_step_in_small_ones():
    """Where the next kettlebell is far, repetitions and then tempo come first, and a step too far is taken back."""
    who = runner(Level.INTERMEDIATE, weights_kg=(8.0, 12.0, 16.0, 24.0))
    assert told(who, INTERMEDIATE) == INTERMEDIATE
