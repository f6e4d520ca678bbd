"""Sleep: two short weeks scale the sets, one bad night nudges the day (R61-R63)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Param
from midstance.metrics import sleep_factor as metric
from midstance.metrics.sleep_factor import NightVerdict, mean_sleep, night_verdict, sleep_factor
from midstance.planning.readying.light import MOBILITY_ONLY, Light, Reason, RunToday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.planning.readying.facts import Facts

(VERY_SHORT_H, VERY_SHORT_SHARE), (SHORT_H, SHORT_SHARE) = metric.STEPS
SHORT = Param(
    id="sleep-short", value=SHORT_H, unit="h", between=(5, 9), source="johnston-2020",
    says="Mean sleep of 14 nights under which the week's sets are cut and the light is amber (R61).",
)
SHORT_FACTOR = Param(
    id="sleep-short-factor", value=SHORT_SHARE, unit="share", between=(0.5, 1),
    says="Share of the sets that is left below it (R61).",
)
VERY_SHORT = Param(
    id="sleep-very-short", value=VERY_SHORT_H, unit="h", between=(4, 8),
    says="Mean sleep of 14 nights under which the sets are cut further (R61).",
)
VERY_SHORT_FACTOR = Param(
    id="sleep-very-short-factor", value=VERY_SHORT_SHARE, unit="share", between=(0.5, 1),
    says="Share of the sets that is left below that (R61).",
)
WINDOW = Param(
    id="sleep-window", value=metric.WINDOW_NIGHTS, unit="nights", between=(7, 28), source="johnston-2020",
    says="Nights that make habitual sleep (R63).",
)
LEAST = Param(
    id="sleep-least-nights", value=metric.LEAST_NIGHTS, unit="nights", between=(3, 14),
    says="Nights of the window that must be known before anything is said of habitual sleep.",
)
BAD_NIGHT = Param(
    id="bad-night", value=metric.EASE_BELOW_H, unit="h", between=(4, 8),
    says="Last night's sleep under which quality becomes easy or a set is left out (R62).",
)
NO_NIGHT = Param(
    id="very-bad-night", value=metric.REST_BELOW_H, unit="h", between=(2, 6),
    says="Last night's sleep under which only rest or mobility is left (R62).",
)
PARAMS = (SHORT, SHORT_FACTOR, VERY_SHORT, VERY_SHORT_FACTOR, WINDOW, LEAST, BAD_NIGHT, NO_NIGHT)

HABIT = (
    "Over the last two weeks you slept {mean} hours a night on average. In groups of athletes, usual sleep under "
    "{short:g} hours was linked with a higher injury rate two weeks later; your own risk nobody knows. This week keeps "
    "{share:.0%} of the sets at the same weights, and the long run does not become longer than before."
)
NUDGE = (
    "Last night was short, {night:g} hours. A hard run today becomes an easy one; on another day the session has one "
    "set less. One night changes no more than that."
)
REST = "Last night was very short, {night:g} hours. Today is for rest or a little mobility; nothing needs catching up."


def sleep_reasons(facts: Facts) -> Iterator[Reason]:
    """Judge habitual sleep and last night; nights that nobody told do not count."""
    habit = habitual(facts)
    if habit is not None and (share := sleep_factor(habit)) < 1:
        text = HABIT.format(mean=_shown(habit), short=SHORT.value, share=share)
        yield Reason(rule="R61", text=text, light=Light.AMBER, factor=share, longest_stays=True)
    night = facts.morning.sleep_h
    verdict = night_verdict(night)
    if verdict is NightVerdict.REST:
        yield Reason(rule="R62", text=REST.format(night=night), light=Light.AMBER, kinds=MOBILITY_ONLY,
                     run=RunToday.NONE)
    elif verdict is NightVerdict.EASE:
        yield Reason(rule="R62", text=NUDGE.format(night=night), run=RunToday.EASY, sets_less=1)


def habitual(facts: Facts) -> float | None:
    """Give the mean sleep of the last two weeks [h], or None where too few nights are known.

    A good night must not be what completes a bad count: it never makes a day worse.
    """
    nights = facts.answers("sleep_h", round(WINDOW.value), until=facts.today)
    last = nights[-1]
    before = sum(night is not None for night in nights[:-1])
    if before < LEAST.value and last is not None and last >= SHORT.value:
        return None
    return mean_sleep(nights)


def _shown(hours: float) -> str:
    """Round down, so that a mean just under seven hours is not shown as seven."""
    return f"{int(hours * 10 + 1e-9) / 10:.1f}"
