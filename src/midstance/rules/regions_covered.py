"""Every region gets its sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Claim, Problem

SHARE = Param(
    id="share",
    value=0.5,
    unit="share of a set",
    between=(0.1, 1.0),
    says="A set counts for a region when the exercise's record gives the region at least this share.",
)


@rule(
    title="Every region gets its sets",
    tier=Tier.DOSE,
    unit="sets",
    says="{at}: {total} sets for {facts}, {range} are wanted",
    helps="longer sessions or one more of them",
    params=(SHARE,),
    cites=("M7", "R37", "R48"),
    certainty=Certainty.LOW,
    examples=(Example(week="Mon 18:00 strength 20min", finds=None),),
)
def regions_covered(problem: Problem) -> Iterator[Claim]:
    """Give legs and core, then push, pull and feet, their weekly sets.

    The placement aims at counts of sessions; which exercises fill them is decided afterwards, session by session, so
    that the week's regions get their sets as far as the minutes allow. ``check`` counts what came out.
    """
    del problem
    return iter(())
