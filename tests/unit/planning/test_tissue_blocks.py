"""Tissue blocks: doses of evidence R78-R85, strictly read."""

from __future__ import annotations

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.catalogue.record import CatalogueError
from midstance.domain.evidence import Certainty
from midstance.domain.runner import AREAS
from midstance.metrics.achilles_dose import achilles_dose
from midstance.metrics.plantar_dose import plantar_dose
from midstance.planning.tissue_blocks import block_for, blocks_for, load_tissue_blocks, parse_tissue_blocks

BLOCKS = load_tissue_blocks()
SMALL = """
[toe]
rule = "R85"
name = "Toe"
areas = ["toe"]
weeks = 2
pain_most = 2
certainty = "low"
certainty_says = "Little is known."
first = ["Begin."]
stops = ["Stop."]
[[toe.stage]]
weeks = [1, 2]
days_a_week = [3, 3]
items = [{ exercise = "toe-yoga", sets = 3, reps = [10, 15] }]
"""


def test_every_rule_has_its_block() -> None:
    """R78 to R85 each have one block, and their ids are kebab case."""
    assert sorted(block.rule for block in BLOCKS.values()) == [f"R{n}" for n in range(78, 86)]


@pytest.mark.parametrize("week", range(1, 13))
def test_doses_agree_with_the_tables(week: int) -> None:
    """Plantar fascia and Achilles tendon have the doses of the published tables, week by week (G51, G52)."""
    assert {str(item) for item in BLOCKS["plantar-fascia"].stage_of(week).items} == {str(plantar_dose(week))}
    assert {str(item) for item in BLOCKS["achilles-slow"].stage_of(week).items} == {str(achilles_dose(week))}


def test_alfredson_is_twice_a_day() -> None:
    """Slow lowering is 3 x 15 with straight and with bent knee, twice a day, every day."""
    block = BLOCKS["achilles-lowering"]
    stage = block.stage_of(12)
    assert ([str(item) for item in stage.items], stage.days_a_week, block.times_a_day) == (["3x15", "3x15"], (7, 7), 2)


@pytest.mark.parametrize("block", BLOCKS.values(), ids=lambda block: block.id)
def test_a_block_is_whole(block) -> None:
    """Each block has known exercises and sources, stop rules, certainty in words, and a dose for each week."""
    catalogue = load_catalogue()
    assert set(block.exercises) <= set(catalogue.exercises)
    assert set(block.sources) <= set(catalogue.sources)
    assert all(text.endswith(".") for text in (*block.first, *block.stops, *block.ours, block.certainty_says))
    assert any("doctor" in text for text in block.stops)
    assert block.certainty in {Certainty.MODERATE, Certainty.LOW, Certainty.VERY_LOW}
    assert all(block.stage_of(week).sets > 0 for week in range(1, block.weeks + 1))
    assert str(block.pain_most) in block.stops[0]


def test_weeks_outside_a_block_are_refused() -> None:
    """A week before the first or after the last is an error in words."""
    with pytest.raises(ValueError, match="weeks 1 to 12, not 13"):
        BLOCKS["plantar-fascia"].stage_of(13)


def test_areas_lead_to_blocks() -> None:
    """Areas have the block to offer first in front; without weights the heavy one is left out; most areas have none."""
    assert [block.id for block in blocks_for("knee")] == ["kneecap", "outer-knee"]
    assert block_for("achilles", equipment=("band",)).id == "achilles-lowering"
    assert block_for("achilles", equipment=("kettlebell",)).id == "achilles-slow"
    assert [area for area in AREAS if block_for(area)] == [
        "foot", "toe", "plantar", "achilles", "shin", "knee", "hamstring"]


def test_no_block_is_for_a_bone() -> None:
    """No block names bone pain as something to train through."""
    assert not [block.id for block in BLOCKS.values() if "bone" in block.name.lower()]


@pytest.mark.parametrize(("old", "new", "words"), [
    ('rule = "R85"', 'role = "R85"', "rule is missing"),
    ("sets = 3", "sets = 30", "sets is 30"),
    ("reps = [10, 15]", "reps = [15, 10]", "reps is"),
    ('"toe-yoga"', '"toe-yogi"', 'did you mean "toe-yoga"'),
    ("weeks = [1, 2]", "weeks = [1, 1]", "cover 1 to 2"),
    ("days_a_week", "days_week", "days_week is no known key"),
    ("[toe]", "[toe", "is no TOML"),
])
def test_faults_are_told_with_their_place(old: str, new: str, words: str) -> None:
    """A wrong record is refused with key and remedy."""
    assert parse_tissue_blocks(SMALL)["toe"].weeks == 2
    with pytest.raises(CatalogueError) as error:
        parse_tissue_blocks(SMALL.replace(old, new, 1))
    assert words in str(error.value)
