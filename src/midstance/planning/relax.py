"""Which minimum gave way, which rule stood in the way, and what would help.

The search lets dose give way by price, in the order of method 7.3; here the plan's shortfalls are put into words. For
each date of a week the smallest set of rules that keeps one more session away is found; the smallest over all dates
are the reason.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.catalogue.phases import load_phases
from midstance.domain.evidence import Tier
from midstance.domain.plan import Relaxed
from midstance.domain.problem import Claim
from midstance.domain.session import LEG_KINDS, STRENGTH_TYPE, Kind
from midstance.planning.compile import Compiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.problem import Choice, WeekFacts
    from midstance.rules._rule import Rule

ALL = frozenset(Kind) - {Kind.PRIMER}
WISHES: tuple[tuple[str, frozenset[Kind], str], ...] = (
    ("leg_sessions", LEG_KINDS, "leg sessions"),
    ("heavy", frozenset({Kind.HEAVY}), "heavy sessions"),
    ("strength_type", STRENGTH_TYPE, "strength-type sessions"),
    ("upper", frozenset({Kind.UPPER}), "upper-body sessions"),
    ("plyometric", frozenset({Kind.PLYOMETRIC}), "plyometric sessions"),
    ("mobility", frozenset({Kind.MOBILITY}), "mobility sessions"),
    ("sessions", ALL, "sessions in all"),
)
WISHED_HOURS = re.compile(r"(\d+) h are better")
KIND_KEY = {Kind.HEAVY: "heavy", Kind.PLYOMETRIC: "plyometric", Kind.STRENGTH: "strength_type"}


def wanted_of(week: WeekFacts, what: str) -> int:
    """Give the least or wanted number of a week for a key of its targets."""
    value = getattr(week.targets, what)
    return int(value[0] if isinstance(value, tuple) else value)


@dataclass(slots=True)
class Moves:
    """Prices one more session in a plan: the plan's sums, and an index from choices to claims, a week at a time.

    Attributes:
        compiled: The compiled problem.
        chosen: The plan's choices.
        sums: The sum of each claim under the plan.
        speaking: For each week, the claims that speak about it.
        unheard: For each of the plan's choices the dose claims that would rather not have it.
        known: For each week asked about so far, (claim, coefficient) by choice.
    """

    compiled: Compiled
    chosen: frozenset[int]
    sums: list[int]
    speaking: dict[int, list[int]]
    unheard: dict[int, list[Claim]]
    known: dict[int, dict[int, list[tuple[int, int]]]]

    @classmethod
    def of(cls, compiled: Compiled, chosen: Sequence[int]) -> Moves:
        """Sum up every claim once for a plan."""
        taken = frozenset(chosen)
        weeks = [choice.week for choice in compiled.problem.choices]
        sums = []
        speaking: dict[int, list[int]] = {}
        unheard: dict[int, list[Claim]] = {}
        for number, claim in enumerate(compiled.claims):
            terms = claim.terms
            total = sum([coefficient for coefficient, index in terms if index in taken])
            sums.append(total)
            if total and len(terms) == 1 and claim.tier is Tier.DOSE and claim.high == 0:
                unheard.setdefault(terms[0][1], []).append(claim)
            if terms:
                for week in range(weeks[terms[0][1]], weeks[terms[-1][1]] + 1):
                    speaking.setdefault(week, []).append(number)
        return cls(compiled, taken, sums, speaking, unheard, {})

    def touching(self, index: int) -> Sequence[tuple[int, int]]:
        """Give (claim, coefficient) of every claim that a choice adds to."""
        week = self.compiled.problem.choices[index].week
        if week not in self.known:
            found = self.known[week] = {}
            for number in self.speaking.get(week, ()):
                for coefficient, other in self.compiled.claims[number].terms:
                    found.setdefault(other, []).append((number, coefficient))
        return self.known[week].get(index, ())

    def rises(self, add: int, drop: Sequence[int]) -> list[tuple[Claim, int]]:
        """Give the claims whose excess rises when a choice is added and others dropped, with the rise."""
        change: Counter[int] = Counter()
        for number, coefficient in self.touching(add):
            change[number] += coefficient
        for index in drop:
            for number, coefficient in self.touching(index):
                change[number] -= coefficient
        out = []
        for number, delta in change.items():
            claim = self.compiled.claims[number]
            rise = claim.excess(self.sums[number] + delta) - claim.excess(self.sums[number])
            if rise > 0:
                out.append((claim, rise))
        return out

    def in_the_way(self, choice: Choice) -> frozenset[str]:
        """Name the rules that keep one more choice out of the plan: safety first, else the dose it would cost."""
        same_day = [i for i in self.chosen if self.compiled.problem.choices[i].day == choice.day]
        rises = self.rises(choice.index, same_day)
        safety = frozenset(c.rule for c, _ in rises if c.tier is Tier.SAFETY)
        return safety or frozenset(c.rule for c, _ in rises if c.tier is Tier.DOSE) or frozenset({"sessions-a-week"})


def conflict(moves: Moves, week: WeekFacts, kinds: frozenset[Kind]) -> tuple[tuple[str, ...], Counter[str]]:
    """Find the smallest sets of rules that keep one more session of some kinds out of a week.

    Returns: The rules of the smallest sets, most frequent first, and on how many dates each stands in the way.
    """
    compiled = moves.compiled
    smallest: list[frozenset[str]] = []
    for day in week.days:
        sets: list[frozenset[str]] = []
        for kind in kinds:
            sets += [frozenset(c.rule for c in why) for _, why in compiled.masked.get((day, kind), ())]
        taken = [i for i in moves.chosen if compiled.problem.choices[i].day == day]
        if any(compiled.problem.choices[i].kind in kinds for i in taken):
            continue
        sets += [moves.in_the_way(compiled.problem.choices[i]) for i in live_on(compiled, week, day, kinds)]
        smallest.append(min(sets, key=lambda s: (len(s), sorted(s)), default=frozenset({"fits-the-day"})))
    if not smallest:
        return ("sessions-a-week",), Counter({"sessions-a-week": 1})
    least = min(map(len, smallest))
    counts: Counter[str] = Counter(rule for s in smallest if len(s) == least for rule in sorted(s))
    return tuple(sorted(counts, key=lambda r: (-counts[r], r))), counts


def live_on(compiled: Compiled, week: WeekFacts, day: int, kinds: frozenset[Kind]) -> list[int]:
    """Give the choices of some kinds that are open on a date."""
    here = compiled.weeks[week.index].days[day - week.days[0]]
    return [i for i in here if compiled.problem.choices[i].kind in kinds]


def words(
    week: WeekFacts,
    name: str,
    wanted: int,
    planned: int,
    counts: Counter[str],
    rules: dict[str, Rule],
) -> str:
    """Say what gave way, why, and what would help."""
    why = "; ".join(f"{rules[rule].title.lower()} ({n} of {len(week.days)} dates)" for rule, n in counts.most_common())
    first = counts.most_common(1)[0][0]
    return (
        f"Week of {dt.date.fromordinal(week.monday)}: {planned} of {wanted} {name}. In the way: {why}. "
        f"What would help: {rules[first].helps}."
    )


def shortfalls(compiled: Compiled, chosen: Sequence[int], rules: Sequence[Rule]) -> tuple[Relaxed, ...]:
    """Report every minimum and wanted number that a plan does not reach.

    Args:
        compiled: The compiled problem.
        chosen: Indices of the plan's choices.
        rules: The rules.
    Returns: Reports by week, in the order in which dose gives way last to first.
    """
    by_id = {rule.id: rule for rule in rules}
    moves = Moves.of(compiled, chosen)
    problem = compiled.problem
    out: list[Relaxed] = []
    for week in problem.weeks:
        if week.days[-1] < problem.open_from:
            continue
        here = [problem.choices[i] for i in chosen if problem.choices[i].week == week.index]
        lived = [fact.kind for fact in problem.lived if fact.week == week.index]
        for what, kinds, name in WISHES:
            wanted = wanted_of(week, what)
            planned = sum(c.kind in kinds for c in here) + sum(kind in kinds for kind in lived)
            if planned >= wanted:
                continue
            because, counts = conflict(moves, week, kinds)
            out.append(
                Relaxed(
                    rule="sessions-a-week",
                    what=what,
                    week=dt.date.fromordinal(week.monday),
                    wanted=wanted,
                    planned=planned,
                    because=because,
                    says=words(week, name, wanted, planned, counts, by_id),
                )
            )
        out.extend(learning_first(week) if problem.can_load else [])
        out.extend(tired_legs(moves, week, here, by_id))
    return tuple(out)


def learning_first(week: WeekFacts) -> list[Relaxed]:
    """Report that a strength beginner's first six weeks hold no heavy session though the phase has one."""
    usual = load_phases().by_phase[week.phase].heavy[0]
    if not (week.learning and usual):
        return []
    monday = dt.date.fromordinal(week.monday)
    return [
        Relaxed(
            rule="sessions-a-week",
            what="heavy",
            week=monday,
            wanted=usual,
            planned=0,
            because=("sessions-a-week",),
            says=f"Week of {monday}: strength with body weight in place of heavy. The first six weeks of strength work "
            "teach the movements; weights come after them.",
        )
    ]


def tired_legs(moves: Moves, week: WeekFacts, here: Sequence[Choice], rules: dict[str, Rule]) -> list[Relaxed]:
    """Report sessions that stand nearer to a run than their dose rules wish, in hours."""
    out = []
    for choice in here:
        for claim in moves.unheard.get(choice.index, ()):
            rule = rules[claim.rule]
            told = WISHED_HOURS.search(claim.facts)
            limit = float(told[1]) if told else next(p for p in rule.params if p.id == "gap-from-50").value
            hours = claim.facts.split(" h ", 1)[0]
            out.append(
                Relaxed(
                    rule=claim.rule,
                    what=KIND_KEY.get(choice.kind, "sessions"),
                    week=dt.date.fromordinal(week.monday),
                    wanted=int(limit),
                    planned=min(int(float(hours)), int(limit) - 1),
                    because=("sessions-a-week",),
                    says=f"{choice.label}: {claim.facts}. The session outranks this wish; {rule.helps} would help.",
                )
            )
    return out
