"""Sittings of a tissue block: when they are due, and that they replace sets and never add any."""

from __future__ import annotations

import datetime as dt

import pytest

from midstance.domain.session import Kind, content_minutes
from midstance.planning.changes import working_sets
from midstance.planning.tissue_blocks import load_tissue_blocks
from midstance.planning.tissue_sitting import dose_table, fitting, sitting_on, with_sitting
from midstance.services.handbook import catalogue
from problems import a_brief, a_runner, made

BLOCKS = load_tissue_blocks()
EXERCISES = catalogue().exercises
TAKEN = dt.date(2026, 12, 2)
PLAN = made(a_brief(a_runner(), weeks=3)).plan


@pytest.mark.parametrize("id_", BLOCKS)
def test_every_block_is_due_as_often_as_it_says(id_: str) -> None:
    """From the day it is taken up to its last week, each week at least the least number, then no more."""
    block = BLOCKS[id_]
    for week in range(1, block.weeks + 1):
        days = [TAKEN + dt.timedelta(days=7 * (week - 1) + k) for k in range(7)]
        due = [day for day in days if sitting_on(block, TAKEN, day, EXERCISES)]
        low, high = block.stage_of(week).days_a_week
        assert low <= len(due) <= high
        assert due[0] == days[0]
    assert sitting_on(block, TAKEN, TAKEN + dt.timedelta(days=7 * block.weeks), EXERCISES) is None
    assert sitting_on(block, TAKEN, TAKEN - dt.timedelta(days=1), EXERCISES) is None


@pytest.mark.parametrize("id_", BLOCKS)
def test_a_sitting_holds_the_dose_of_its_stage(id_: str) -> None:
    """Each exercise with its sets, range and tempo."""
    block = BLOCKS[id_]
    sitting = sitting_on(block, TAKEN, TAKEN, EXERCISES)
    assert sitting is not None
    stage = block.stage_of(1)
    told = [(i.exercise, b.rounds, i.low, i.high, i.unit) for b in sitting.blocks for i in b.items]
    assert told == [(i.exercise, i.sets, i.low, i.high, i.unit) for i in stage.items]
    assert all(stop in sitting.says for stop in block.stops)
    assert len(dose_table(block, EXERCISES)) == len(block.stages)


@pytest.mark.parametrize("id_", BLOCKS)
def test_a_session_with_a_sitting_is_no_longer_than_before(id_: str) -> None:
    """It takes the place of sets: the warm-up stays, minutes, hard minutes and load do not grow."""
    sitting = sitting_on(BLOCKS[id_], TAKEN, TAKEN, EXERCISES)
    assert sitting is not None
    for session in PLAN.sessions:
        after = with_sitting(session, sitting, EXERCISES)
        if session.kind in (Kind.MOBILITY, Kind.PRIMER):
            assert after is session
            continue
        assert after.blocks[0] == session.blocks[0]
        assert [b.label for b in after.blocks if b.label.startswith("T")]
        assert after.minutes <= session.minutes
        assert content_minutes(after.blocks) <= session.minutes + 1
        assert (after.hard_minutes, after.load_au) <= (session.hard_minutes, session.load_au)
        assert working_sets(after) <= working_sets(session)


def test_fitting_leaves_one_set_of_each() -> None:
    """Sets go one at a time, the block with most first; an impossible time leaves one of each."""
    blocks = PLAN.sessions[0].blocks
    assert [b.rounds for b in fitting(blocks, 1)] == [1] * len(blocks)
    assert fitting(blocks, 600) == blocks
