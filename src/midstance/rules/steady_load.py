"""No sudden weeks."""

from __future__ import annotations

from itertools import pairwise
from math import gcd
from typing import TYPE_CHECKING

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import Claim
from midstance.rules._prices import LOAD_STEP
from midstance.rules._rule import Example, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.domain.problem import Problem

UNIT = 100
SMALL = 2
STEP = Param(
    id="step",
    value=20,
    unit="%",
    between=(5, 60),
    source="damsted-2019",
    says="Rise of a week's total load above the week before that costs nothing.",
)
JUMP = Param(
    id="jump",
    value=30,
    unit="%",
    between=(10, 100),
    source="damsted-2019",
    says="Rise beyond which each step costs double.",
)


@rule(
    title="Steady load",
    tier=Tier.TASTE,
    unit="coarse load units",
    says="{at}: the week's total load rises more than wished ({facts})",
    helps="a smaller step in the running calendar",
    params=(STEP, JUMP),
    cites=("M19", "R11"),
    sources=("damsted-2019",),
    certainty=Certainty.LOW,
    examples=(
        Example(
            week="Mon 06:30 easy 60min || Mon 06:30 easy 60min | Tue 18:00 heavy 30min | Thu 18:00 heavy 30min | "
            "Sat 18:00 strength 30min",
            finds="Mon",
        ),
        Example(
            week="Mon 06:30 easy 60min | Tue 18:00 strength 20min || Mon 06:30 easy 60min | Tue 18:00 strength 20min",
            finds=None,
        ),
    ),
)
def steady_load(problem: Problem, *, step: float, jump: float) -> Iterator[Claim]:
    """Let the total load of a week rise by a fifth at the most above the week before, or pay for it.

    Loads count in coarse units of 100 AU. What the runs alone do is not charged to strength beyond what strength adds.
    """
    by_week: dict[int, list[tuple[int, int]]] = {}
    for choice in problem.choices:
        units = round(choice.load / UNIT)
        if units:
            by_week.setdefault(choice.week, []).append((units, choice.index))
    for before, week in pairwise(problem.weeks):
        if len(before.days) < 7:
            continue
        now, then = by_week.get(week.index, []), by_week.get(before.index, [])
        for percent in (int(step), int(jump)):
            scale = gcd(100, percent)
            whole, part = (100 + percent) // scale, 100 // scale
            room = max((whole * before.run_load - part * week.run_load) // UNIT, part * SMALL)
            if now:
                yield Claim(
                    rule="steady-load",
                    tier=Tier.TASTE,
                    day=week.monday,
                    price=LOAD_STEP,
                    high=room,
                    terms=(*((-whole * u, i) for u, i in then), *((part * u, i) for u, i in now)),
                    facts=f"more than {percent} % above the week before",
                )
