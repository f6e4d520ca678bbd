"""What all dates of one question share: the problem compiled once, and what changes in it for each date asked about.

A date's answer is the plan that would be made if the session went there. Compiling is what takes long, so it is done
once with every choice that some date's question may need; each question takes away the choices that it does not allow
and exchanges the claims about what stood where. The search then finds what ``change.move`` would find.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from midstance.domain.diary import Moved
from midstance.domain.entry import entry_of
from midstance.domain.problem import Fate
from midstance.domain.session import Session
from midstance.planning.compile import Compiled, Filing, Row, WeekModel, compile_problem, packed
from midstance.planning.make import facts_of, settle
from midstance.planning.prepare import with_choices
from midstance.planning.readying.light import ALL_KINDS
from midstance.planning.relax import Moves
from midstance.planning.search import search
from midstance.services.handbook import all_rules
from midstance.services.replan_day import DAY, Known, know

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from midstance.domain.entry import Entry, Origin
    from midstance.domain.problem import Choice, Claim, Problem
    from midstance.domain.session import Kind

    Limits = Mapping[dt.date, frozenset[Kind]]
    Slots = frozenset[tuple[int, Kind]]

REACH = 1
"""Weeks beside those of a move that are searched with it at first."""
KEEPS = "stay-close"
"""The rule about what stood where: moving is what the runner wants, so it is no price."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What all dates of one question share.

    Attributes:
        session: The session that may move.
        known: What the morning knows, without the move.
        moved: The same with a move to ``asked``, whose limits tell those of any other date.
        asked: That date.
        near: What the morning knows with a move to today or tomorrow, where readiness has its say.
        compiled: The problem with every choice that some date's question may need, in which the session stands nowhere.
        moves: The plan that would be made without the move, its sums, and which claims speak about which choice.
    """

    session: Session
    known: Known
    moved: Known
    asked: dt.date
    near: Mapping[dt.date, Known]
    compiled: Compiled
    moves: Moves

    @property
    def chosen(self) -> frozenset[int]:
        """Choices of the plan that would be made without the move."""
        return self.moves.chosen

    def limits(self, to: dt.date) -> Limits:
        """Tell which kinds alone may stand on some dates once the session is wished on a date."""
        if to in self.near:
            return _limits(self.near[to])
        limits = dict(_limits(self.moved))
        before = _limits(self.known).get(self.asked)
        if before is None:
            limits.pop(self.asked, None)
        else:
            limits[self.asked] = before
        return {**limits, to: frozenset({self.session.kind})}

    def planned_with(self, to: dt.date) -> frozenset[int]:
        """Find the choices of the plan that would be made if the session went to a date.

        Weeks far from it are held as they are at first; where the weeks beside them change, they are searched too.
        """
        limits, slot = self.limits(to), (to.toordinal(), self.session.kind)
        asked = variant(self.compiled, limits, self.published | {slot})
        weeks = [week.index for week in asked.problem.weeks if {to.toordinal(), self.session.date.toordinal()} & {
            *range(week.monday, week.monday + 7)}]
        low, high = min(weeks) - REACH, max(weeks) + REACH
        far = frozenset(i for i in self.chosen if not low <= asked.problem.choices[i].week <= high)
        part = between(asked, low, high, far)
        if part is None:
            return frozenset(search(asked).chosen)
        found = far | frozenset(search(part).chosen)
        borders = {k for k in (low, high) if 0 < k < len(asked.weeks) - 1}
        moved = {asked.problem.choices[i].week for i in found ^ self.chosen}
        return frozenset(search(asked).chosen) if borders & moved else found

    @property
    def published(self) -> Slots:
        """What stands in the plan in force, without the session."""
        return self.compiled.problem.published

    def there(self, chosen: Collection[int], to: dt.date) -> bool:
        """Tell whether choices hold a session of the kind on a date."""
        return any(c.day == to.toordinal() and c.kind is self.session.kind for c in self.choices(chosen))

    def choices(self, chosen: Collection[int]) -> list[Choice]:
        """Give choices by index, in order."""
        return [self.compiled.problem.choices[i] for i in sorted(chosen)]


def board_of(
    entries: Sequence[Entry], session: Session, dates: Sequence[dt.date], *, today: dt.date, now: dt.datetime,
    origin: Origin,
) -> Board:
    """Gather what all dates of a question share.

    Args:
        entries: Entries in force until today.
        session: The session that may move.
        dates: Dates that will be asked about, none of them its own.
        today: The day.
        now: The moment, aware.
        origin: Marks the wishes that are tried, none of which is written.
    """
    def wished(to: dt.date) -> Known:
        wish = Moved(day=session.date, to=to, activity=session.id)
        return know([*entries, entry_of(wish, at=now, date=today, origin=origin)], today=today)

    known = know(entries, today=today)
    close = (today, today + DAY)
    asked = next((date for date in dates if date not in close), dates[0])
    near = {date: wished(date) for date in dates if date in close}
    moved = near[asked] if asked in near else wished(asked)
    slot = (session.date.toordinal(), session.kind)
    allowed = {date: kinds | ({session.kind} if date in dates else set()) for date, kinds in _limits(known).items()}
    brief = known.brief
    if brief.lived is not None:
        brief = replace(brief, lived=replace(brief.lived, limits=allowed))
    brief = replace(brief, published=brief.published - {slot})
    rules = all_rules()
    facts = facts_of(brief, settle(brief))
    compiled = compile_problem(with_choices(facts, brief.runner, rules), rules)
    base = search(variant(compiled, _limits(known), known.brief.published)).chosen
    return Board(session=session, known=known, moved=moved, asked=asked, near=near, compiled=compiled,
                 moves=Moves.of(compiled, base))


def variant(compiled: Compiled, limits: Limits, published: Slots) -> Compiled:
    """Give a compiled problem with other limits and another plan in force, without compiling it again.

    Args:
        compiled: Holds every choice that the limits allow.
        limits: Kinds that alone may stand on some dates.
        published: (day, kind) of what is to count as the plan in force; more than in ``compiled``.
    """
    problem = compiled.problem
    weeks = [_within(model, week.days, limits, problem.choices)
             for model, week in zip(compiled.weeks, problem.weeks, strict=True)]
    out = replace(compiled, weeks=weeks, couplings=[list(pair) for pair in compiled.couplings])
    standing = {i for model in compiled.weeks for i in model.unary}
    filing = Filing(out, {c.index for c in problem.choices if c.index not in standing})
    slots = published - problem.published
    spoken = tuple(c for c in problem.choices if c.fate is Fate.OPEN and (
        (c.day, c.kind) in slots or not problem.published))
    old, new = (dict.fromkeys(_keeping(replace(problem, choices=spoken, published=those)))
                for those in (problem.published, published))
    for claim in old.keys() - new.keys():
        index = claim.terms[0][1]
        if index in standing:
            weeks[problem.choices[index].week].unary[index] -= packed(claim)
    for claim in new:
        if claim not in old:
            filing.file(claim)
    return out


def between(compiled: Compiled, low: int, high: int, held: Collection[int]) -> Compiled | None:
    """Cut a compiled problem down to some weeks; what couples them to the weeks around them becomes rows.

    Args:
        compiled: The whole.
        low: Index of the first week that stays; may lie outside.
        high: Index of the last one; may lie outside.
        held: What is chosen in the other weeks.
    Returns: The part; None where what is held could leave a week without any legal pattern.
    """
    low, high = max(low, 0), min(high, len(compiled.weeks) - 1)
    weeks = [replace(model, rows=list(model.rows)) for model in compiled.weeks[low : high + 1]]
    edges = [(weeks[0], coupling, coupling.right, coupling.left)
             for coupling in (compiled.couplings[low - 1] if low else ())]
    edges += [(weeks[-1], coupling, coupling.left, coupling.right)
              for coupling in (compiled.couplings[high] if high < len(compiled.couplings) else ())]
    for model, coupling, inside, outside in edges:
        fixed = sum(n for i, n in outside.items() if i in held)
        row = Row(coefficients=dict(inside), price=coupling.price,
                  low=None if coupling.low is None else coupling.low - fixed,
                  high=None if coupling.high is None else coupling.high - fixed)
        if not row.price and ((row.high or 0) < 0 or (row.low or 0) > 0):
            return None
        model.rows.append(row)
    return replace(compiled, weeks=weeks, couplings=compiled.couplings[low:high])


def changed(moves: Moves, after: frozenset[int]) -> list[tuple[Claim, int]]:
    """Give the claims whose excess differs between a plan and another, with the rise, in their order.

    The rule that keeps plans as they are does not count.
    """
    change: Counter[int] = Counter()
    for index in after - moves.chosen:
        for number, coefficient in moves.touching(index):
            change[number] += coefficient
    for index in moves.chosen - after:
        for number, coefficient in moves.touching(index):
            change[number] -= coefficient
    out = []
    for number in sorted(change):
        claim, total = moves.compiled.claims[number], moves.sums[number]
        rise = claim.excess(total + change[number]) - claim.excess(total)
        if rise and claim.rule != KEEPS:
            out.append((claim, rise))
    return out


def _limits(known: Known) -> Limits:
    return known.brief.lived.limits if known.brief.lived else {}


def _within(model: WeekModel, days: Sequence[int], limits: Limits, choices: Sequence[Choice]) -> WeekModel:
    """Copy a week's model without the choices that limits forbid."""
    kept = []
    for day, here in zip(days, model.days, strict=True):
        kinds = limits.get(dt.date.fromordinal(day), ALL_KINDS)
        kept.append([i for i in here if choices[i].kind in kinds])
    return replace(model, days=kept, unary=dict(model.unary), counts=list(model.counts), pairs=list(model.pairs),
                   rows=list(model.rows))


def _keeping(problem: Problem) -> list[Claim]:
    """Give what the rule about what stood where says of the choices of a problem, in its order."""
    rule = next(rule for rule in all_rules() if rule.id == KEEPS)
    return [claim for claim in rule.yield_claims(problem) if claim.terms]
