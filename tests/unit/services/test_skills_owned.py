"""Body-weight skills: ladders from the catalogue, with what the log says of each rung."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from builders import a_runner
from builders_diary import TODAY, an_entry
from midstance.domain.diary import SetDone
from midstance.planning.progressing.ladder import needs_weight
from midstance.services.handbook import catalogue
from midstance.services.skills_owned import Place, Skill, body_weight_ladders, skills_owned

if TYPE_CHECKING:
    from midstance.domain.entry import Entry

INTERMEDIATE = 'strength_level = "intermediate"'


def push_ups(amount: int, *, day: int, exercise: str = "push-up", rir: float = 3) -> list[Entry]:
    """Three sets on a day."""
    return [an_entry(SetDone(exercise=exercise, amount=amount, number=n, rir=rir), day=day) for n in (1, 2, 3)]


def push_skill(entries: list[Entry], runner: str = INTERMEDIATE) -> Skill:
    """The ladder of push-ups."""
    skills = skills_owned(entries, runner=a_runner(runner), today=TODAY)
    return next(s for s in skills if s.id == "incline-push-up")


def places(skill: Skill) -> dict[str, str]:
    """Where each rung lies."""
    return {rung.exercise: rung.place.value for rung in skill.rungs}


def test_every_ladder_begins_without_weight_and_ends_with_the_first_weighted_rung() -> None:
    """A ladder holds body-weight versions, and at most one weighted one, at its end."""
    ladders = list(body_weight_ladders(catalogue().exercises))
    assert len(ladders) > 10
    for ladder in ladders:
        assert not any(needs_weight(e) for e in ladder[:-1])
        assert [e.easier for e in ladder[1:]] == [e.id for e in ladder[:-1]]
    assert any(needs_weight(ladder[-1]) for ladder in ladders)


def test_a_ladder_that_nobody_began_shows_its_first_rung_next() -> None:
    """Without a set the easiest version comes first, and nothing is owned."""
    skill = push_skill([])
    assert list(places(skill).values()) == ["next", "later", "later", "later"]
    assert (skill.owned, skill.since, skill.says) == (0, None, "")
    assert skill.name == "Push-up with raised feet"


def test_a_rung_that_was_tried_is_worked_on_and_says_what_it_asks() -> None:
    """The rung with sets is the one worked on; easier ones lie below, and the next one is named."""
    skill = push_skill(push_ups(7, day=-1))
    assert places(skill) == {"incline-push-up": "below", "push-up-from-knees": "below", "push-up": "here",
                             "feet-raised-push-up": "next"}
    here = next(r for r in skill.rungs if r.place is Place.HERE)
    assert here.asks == "10 good repetitions in every set, twice, with 2 in reserve"
    assert here.best is not None
    assert (here.best.value, here.best.unit) == (7, "reps")
    assert skill.since == TODAY - dt.timedelta(days=1)
    assert skill.says.startswith("Push-up ")


def test_the_top_of_the_range_twice_owns_a_rung_and_those_below() -> None:
    """Who reached the top on two days owns it and the easier ones, and the harder one is worked on."""
    skill = push_skill([*push_ups(10, day=-5), *push_ups(10, day=-2)])
    assert places(skill) == {"incline-push-up": "owned", "push-up-from-knees": "owned", "push-up": "owned",
                             "feet-raised-push-up": "here"}
    assert skill.owned == 3


def test_what_keeps_a_rung_from_the_plan_is_said() -> None:
    """Equipment, level, injuries and dislikes are told in few words."""
    runner = (f'{INTERMEDIATE}\ndislikes = ["nordic-hamstring-curl"]\n'
              '[[injuries]]\narea = "shoulder"\nsince = 2026-11-01')
    skills = {s.id: s for s in skills_owned([], runner=a_runner(runner), today=TODAY)}
    missing = {r.exercise: r.missing for s in skills.values() for r in s.rungs}
    assert missing["inverted-row"][0] == "needs a pull-up bar"
    assert "from the advanced level on" in missing["nordic-hamstring-curl"]
    assert "you would rather not do it" in missing["nordic-hamstring-curl"]
    assert missing["push-up"] == ("not while the shoulder hurts",)
    assert missing["squat"] == ()


def test_words_after_the_day_do_not_count() -> None:
    """A set of tomorrow is not known yet."""
    assert push_skill(push_ups(10, day=1)).since is None
