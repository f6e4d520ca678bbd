"""Why a session may not stand on a date, and what it costs where it may: one short sentence for each rule."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from midstance.domain.evidence import Tier
from midstance.domain.problem import Fate
from midstance.formats._plan_words import KIND_WORDS, PHASE_WORDS, day_text, spoken
from midstance.planning.prepare import free_intervals, runs_touching
from midstance.services.day_words import DAY, shortly
from midstance.services.handbook import all_rules
from midstance.services.where_board import changed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from midstance.domain.problem import Claim, WeekFacts
    from midstance.rules._rule import Rule
    from midstance.services.where_board import Board

HOURS = re.compile(r"^(\d+(?:\.\d+)?) h ")
MORE_THAN_A_DAY = "recovery-between-hard"
EASY = "easy-share"
NUMBER = "sessions-a-week"
SAME_DAYS = "same-days"
LOAD = "steady-load"
EVEN = "even-days"
MOST_SHOWN = 3
__all__ = ["Reason", "costs_of", "reasons_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason against a date: the rule behind it and its tier, empty where no rule is, and the words."""

    rule: str
    tier: str
    says: str


# ------------------------------------------------------------------------------------------------- what forbids a date


def reasons_of(board: Board, to: dt.date, chosen: frozenset[int]) -> tuple[Reason, ...]:
    """Say what keeps a session from a date.

    Args:
        board: What the question rests on.
        to: The date.
        chosen: Choices of the plan that would be made with the session wished there.
    Returns: The fewest reasons that keep it away, at least one.
    """
    plain = _of_the_day(board, to)
    if plain:
        return (Reason(rule="", tier="", says=plain),)
    masked = board.compiled.masked.get((to.toordinal(), board.session.kind), ())
    if masked:
        nearest = min((why for _, why in masked), key=lambda why: (len({c.rule for c in why}), -_hours(why)))
        return tuple(_reason(claim) for claim in _one_a_rule(nearest))
    return _in_the_way(board, to, chosen) or (Reason(rule="", tier="", says=_no_room(board, to)),)


def _of_the_day(board: Board, to: dt.date) -> str:
    """Say what about the day itself forbids any session of the kind, or give an empty text."""
    known, kind = board.known, board.session.kind
    runner, problem = known.brief.runner, board.compiled.problem
    if runner.blocked_on(to):
        return "you are busy on this date"
    if any(fact.fate is Fate.DONE and fact.day == to.toordinal() for fact in problem.lived):
        return "a session was done on this date already"
    if not runner.windows(to):
        return f"no free time is set for {to:%A}s"
    if kind not in board.limits(to).get(to, frozenset({kind})):
        why = to <= known.today + DAY and known.ready.why
        return shortly(known.ready).rstrip(".") if why else "nothing is placed there"
    week = next(w for w in problem.weeks if to.toordinal() in w.days)
    if not _held_in(board, week):
        return f"a week of {PHASE_WORDS[week.phase]} has no {KIND_WORDS[kind].lower()}"
    return ""


def _held_in(board: Board, week: WeekFacts) -> bool:
    """Tell whether a week may hold a session of the kind at all."""
    targets, kind = week.targets, board.session.kind
    most = {"heavy": targets.heavy[1], "strength": targets.strength_type[1], "upper": targets.upper,
            "mobility": targets.mobility[1], "plyometric": targets.plyometric}
    return most[kind.value] > 0


def _no_room(board: Board, to: dt.date) -> str:
    """Say that the free time of a date is too short, or that nothing better is known."""
    problem, day = board.compiled.problem, to.toordinal()
    free = free_intervals(board.known.brief.runner.windows(to), day, runs_touching(problem, day))
    most = max((one.end - one.start for one in free), default=0)
    if not any(c.day == day and c.kind is board.session.kind for c in problem.choices):
        return f"the longest free time beside the runs is {most} min"
    return "the plan would lose more than this session gives"


def _in_the_way(board: Board, to: dt.date, chosen: frozenset[int]) -> tuple[Reason, ...]:
    """Say what one more session on a date would break, or which training it would cost."""
    problem = board.compiled.problem
    here = [c for c in problem.choices if c.day == to.toordinal() and c.kind is board.session.kind
            and c.index in board.moves.compiled.weeks[c.week].unary]
    best: tuple[tuple[int, int, int], tuple[Reason, ...]] | None = None
    for choice in here:
        same_day = {i for i in chosen if problem.choices[i].day == choice.day}
        with_it = (chosen - same_day) | {choice.index}
        rises = [(c, n) for c, n in changed(board.moves, frozenset(with_it)) if n > 0]
        safety = [c for c, _ in rises if c.tier is Tier.SAFETY]
        dose = [c for c, _ in rises if c.tier is Tier.DOSE]
        price = sum(n * c.price for c, n in rises if c.tier is Tier.DOSE)
        reasons = tuple(_reason(c) for c in _one_a_rule(safety or dose)) or costs_of(rises)[:MOST_SHOWN]
        found = (len({c.rule for c in safety}), price, choice.index), reasons
        best = min(best, found, key=lambda one: one[0]) if best else found
    return best[1] if best else ()


# --------------------------------------------------------------------------------------------------- what a date costs


def costs_of(rises: Sequence[tuple[Claim, int]]) -> tuple[Reason, ...]:
    """Say which rules a date costs, dose before taste, the dearest first."""
    dear: dict[tuple[Tier, str, str], tuple[int, Claim, int]] = {}
    for claim, rise in rises:
        key = (claim.tier, claim.rule, claim.what)
        before = dear.get(key, (0, claim, 0))
        worst = claim if rise * claim.price > before[2] else before[1]
        dear[key] = (before[0] + rise * claim.price, worst, max(before[2], rise * claim.price))
    paid = [(tier, -net, claim) for (tier, _, _), (net, claim, _) in dear.items()
            if net > 0 and tier is not Tier.SAFETY]
    return tuple(_cost(claim) for _, _, claim in sorted(paid, key=lambda one: (one[0], one[1], one[2].rule)))


def _cost(claim: Claim) -> Reason:
    """Put one cost into words."""
    says = claim.facts
    if claim.rule == NUMBER and claim.tier is Tier.DOSE:
        name = claim.facts.partition(" in ")[0]
        says = f"fewer {name} than the week of {_day(claim)} wants"
    elif claim.rule == SAME_DAYS:
        says = "another weekday than in the weeks around it"
    elif claim.rule == LOAD:
        says = f"the week of {_day(claim)} rises {claim.facts}"
    elif claim.rule == EVEN:
        says = "the day carries a run already" if "AU" in claim.facts else claim.facts
    return Reason(rule=claim.rule, tier=claim.tier.label, says=spoken(says, weekday=True) or _rule(claim).title.lower())


# ----------------------------------------------------------------------------------------------------------- sentences


def _reason(claim: Claim) -> Reason:
    """Put one claim that forbids into words, with its margin."""
    rule, says = _rule(claim), claim.facts
    if claim.rule == MORE_THAN_A_DAY and claim.tier is Tier.SAFETY:
        says = f"{says}, more than {_first(rule):g} h are needed"
    elif claim.rule == EASY:
        says = f"more than {_first(rule):g} % would be hard in {says}"
    elif claim.rule == NUMBER and claim.tier is Tier.SAFETY:
        name = says.partition(" in ")[0]
        most = f"the week of {_day(claim)} has its {claim.high} {name} already"
        says = most if claim.high else f"no {name} that week"
    elif claim.rule == NUMBER:
        return _cost(claim)
    return Reason(rule=claim.rule, tier=claim.tier.label, says=spoken(says, weekday=True) or rule.title.lower())


def _one_a_rule(claims: Iterable[Claim]) -> list[Claim]:
    """Keep of each rule the claim that comes first, and few in all."""
    return list({claim.rule: claim for claim in reversed(list(claims))}.values())[::-1][:MOST_SHOWN]


def _rule(claim: Claim) -> Rule:
    return next(rule for rule in all_rules() if rule.id == claim.rule)


def _first(rule: Rule) -> float:
    return rule.params[0].value


def _hours(claims: Iterable[Claim]) -> float:
    """Give the hours that are missing least, 0 where no hours are said."""
    said = [float(found[1]) for claim in claims if (found := HOURS.match(claim.facts))]
    return min(said, default=0.0)


def _day(claim: Claim) -> str:
    return day_text(dt.date.fromordinal(claim.day)).partition(" ")[2]
