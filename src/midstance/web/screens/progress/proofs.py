"""What the numbers of the screen Progress rest on."""

from __future__ import annotations

from midstance.metrics.double_progression import double_progression
from midstance.metrics.e1rm import e1rm
from midstance.metrics.life_factor import life_factor
from midstance.metrics.limb_symmetry import NOTABLE_ABOVE_PERCENT, WORK_FROM_PERCENT, limb_symmetry
from midstance.metrics.session_rpe import session_rpe
from midstance.metrics.sleep_factor import sleep_factor
from midstance.planning import adherence
from midstance.planning.readying import life, sleep
from midstance.rules.easy_share import MOST_HARD
from midstance.rules.regions_covered import SHARE
from midstance.web.screens.progress.view import Proofs
from midstance.web.screens.why.proof import of_metric, of_param, of_rule

STRENGTH = (
    "Where a weight makes the lift: the estimated one-rep maximum, the mean of Epley, Brzycki and Wathan from sets of "
    "ten or fewer with the reserve; its error is 2-5 % at best. Otherwise the best set of the day. Of two sides the "
    "weaker counts."
)
SKILLS = (
    "A rung is owned when every set reached the top of its range on two days, with something to spare. Whoever owns a "
    "harder version owns the easier ones."
)
REGIONS = (
    f"A set counts for each region that gets a share of {SHARE.value:g} or more, a set done on both sides once; "
    "warm-ups, mobility and primers do not count. The line is what the week's plan aims at."
)
LOAD = (
    "AU: how hard it felt, 0 to 10, times minutes. ~ means that exertion or minutes of a part are estimated: from "
    "heart rate or pace, else what such training usually is."
)
EASY = (
    f"Share of all minutes, runs and sessions, below hard work. {100 - MOST_HARD.value:g} % or more is the aim over "
    "any seven days."
)
KEPT = (
    f"Below {100 * adherence.LESS_BELOW.value:.0f} % of four weeks the plan becomes smaller, from "
    f"{100 * adherence.GROW_FROM.value:.0f} % on it may grow. Illness and busy days do not count. What was missed is "
    "dropped, not owed."
)
SIDES = (
    f"The weaker side as a part of the stronger. Below {WORK_FROM_PERCENT} % of difference, or within the noise of the "
    f"test, it means nothing; above {NOTABLE_ABOVE_PERCENT} % it is notable. A difference chooses exercises; it "
    "foretells no injury."
)
SLEEP = (
    f"Under {sleep.SHORT.value:g} hours on average over {sleep.WINDOW.value:g} nights the week keeps "
    f"{100 * sleep.SHORT_FACTOR.value:.0f} % of its sets. In groups of athletes such sleep was linked with "
    "a higher injury rate; your own risk nobody knows."
)
LIFE = "When work, family and the rest ask for more, sets fall first; weights and days stay."

PROOFS = Proofs(
    strength=of_metric(e1rm, STRENGTH), skills=of_metric(double_progression, SKILLS),
    regions=of_rule("regions-covered", REGIONS), load=of_metric(session_rpe, LOAD), easy=of_rule("easy-share", EASY),
    kept=of_param(adherence.LESS_BELOW, KEPT, "R20", "R71"), sides=of_metric(limb_symmetry, SIDES),
    sleep=of_param(sleep.SHORT, SLEEP, "R61", "R63", metric=sleep_factor),
    life=of_param(life.SHARES[0], LIFE, "R65", "M20", metric=life_factor))
