"""Life's load: work, family, travel, grief and shifts leave less room for training (R63-R65, M20)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.metrics import life_factor as metric
from midstance.metrics.life_factor import life_factor, mean_life
from midstance.planning.readying.light import Light, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.planning.readying.facts import Facts

SHARES = tuple(
    Param(
        id=f"life-{round(least)}-factor", value=share, unit="share", between=(0.5, 1),
        says=f"Share of the sets that is left at a life load from {least:g} of 10 on (R65).",
    )
    for least, share in metric.STEPS
)
WINDOW = Param(
    id="life-window", value=metric.WINDOW_DAYS, unit="days", between=(3, 14), source="johnston-2020",
    says="Days over which life's load is averaged: the lag of complaints in the study (R63).",
)
AMBER_FROM = Param(
    id="life-amber", value=7, unit="of 10", between=(5, 10),
    says="Mean life load of a week from which the light is amber (R70).",
)
PARAMS = (*SHARES, WINDOW, AMBER_FROM)

LOADED = (
    "Life has asked for {life:.1f} of 10 this week. When that piece of the pie grows, training's piece shrinks: this "
    "week keeps {share:.0%} of the sets. The weights and the days stay."
)
TOO_MUCH = (
    "You said that it is too much. Thank you for saying so: this counts like a week half kept, and if it lasts the "
    "plan becomes smaller. There is nothing to catch up on."
)


def life_reasons(facts: Facts) -> Iterator[Reason]:
    """Judge life's load over a week, and hear a runner who says that it is too much."""
    life = mean_life(facts.answers("life", round(WINDOW.value), until=facts.today))
    if life is not None and (share := life_factor(life)) < 1:
        light = Light.AMBER if life >= AMBER_FROM.value else Light.GREEN
        yield Reason(rule="R65", text=LOADED.format(life=life, share=share), light=light, factor=share)
    if facts.morning.too_much:
        yield Reason(rule="M20", text=TOO_MUCH)
