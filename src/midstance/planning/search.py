"""Exact search: the cheapest combination of week patterns, with a proof.

Each week lists its patterns up to a limit. One more node, the *other*, stands for everything that is not listed: it
costs one more than the limit and fits beside any neighbour for free. A dynamic programme over the weeks gives the best
plan of listed patterns, and with the others a lower bound of every plan. Where a plan through an other could still
cost as little, its limit is raised and the week listed again. When no such place is left the plan is proven optimal,
and so is the choice among equals: the first in canonical order.

Where safety across a border makes dose give way, one free other is too weak a bound. Then each week gets one other for
every *skeleton* (placement of its hard sessions), which keeps the bans, and limits are raised skeleton by skeleton.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.planning.compile import TASTE_LIMIT
from midstance.planning.skeletons import Skeletons, TooManySkeletons, at_border, list_skeletons
from midstance.planning.week_groups import Border, Floats, Group, ban_costs, code_rows, group_patterns, pair_costs
from midstance.planning.week_patterns import FORBIDDEN, Patterns, TooManyPatterns, WeekAutomaton, list_patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.domain.problem import Choice
    from midstance.planning.compile import Compiled

    Ints = NDArray[np.int64]

FIRST_SLACK = 1
RAISE_PART = 3
PATTERN_GUARD = 200_000
GROUP_GUARD = 4_000
MOST_ROUNDS = 60
SMALL_GAP = 1_000
FEW_UNITS = 4
MOST_STEP = 2
MOST_REACH = 4
FIRST_STEP = 2
KEPT_PAIRS = 400_000
ANY_NUMBER = 1 << 40
WORK_GUARD = 40_000_000
FREE = -(1 << 40)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """What a search found and proved.

    Attributes:
        chosen: Indices of the chosen choices, ascending.
        cost: Packed cost of the plan.
        bound: Packed lower bound of every plan.
        rounds: How often the programme was solved.
        patterns: Listed patterns of each week.
        groups: Patterns that differ to their neighbours, of each week.
        limits: Cost up to which each week is listed completely.
        skeletons: Whether bounds by skeletons were needed.
    """

    chosen: tuple[int, ...]
    cost: int
    bound: int
    rounds: int
    patterns: tuple[int, ...]
    groups: tuple[int, ...]
    limits: tuple[int, ...]
    skeletons: bool = False

    @property
    def proven(self) -> bool:
        """Whether cost and bound meet."""
        return self.cost == self.bound


@dataclass(slots=True)
class Listing:
    """The state of one week.

    Attributes:
        group: Its listed patterns as the neighbours see them.
        limit: Every pattern of at most this cost is listed.
        others: Cost of each other.
        after: What the others show the next week's safety couplings; ``before`` the last week's.
        raised: Limits of single skeletons, by their number.
    """

    group: Group
    limit: int
    others: Floats
    after: Ints
    before: Ints
    raised: dict[int, int]


class Search:
    """The state of one search: automata, listings, borders."""

    def __init__(
        self,
        compiled: Compiled,
        *,
        slack: int = FIRST_SLACK,
        guard: int = PATTERN_GUARD,
        only_easy: bool = False,
    ) -> None:
        self.compiled = compiled
        self.guard = guard
        self.slack = slack
        choices = compiled.problem.choices
        self.automata = [WeekAutomaton(model, choices) for model in compiled.weeks]
        self.borders = [Border(), *(Border.of(c) for c in compiled.couplings), Border()]
        self.bones: list[Bones] | None = None
        self.work = 0
        self.most_work = WORK_GUARD if guard < ANY_NUMBER else ANY_NUMBER
        self.known_listings: dict[tuple[int, int, int | None], Patterns] = {}
        self.weeks = [self.open_week(w, only_easy=only_easy) for w in range(len(self.automata))]
        self.known_pairs: dict[int, tuple[Listing, Listing, Floats]] = {}

    # listing -------------------------------------------------------------------------------------------------------

    def open_week(self, week: int, *, only_easy: bool = False) -> Listing:
        """List a week's patterns, raising the limit in growing steps until there is one."""
        choices, days = self.compiled.problem.choices, self.automata[week].model.days
        columns = [np.array([True, *(not choices[i].hard for i in day)]) for day in days] if only_easy else None
        limit, step = self.automata[week].least + self.slack, max(self.slack, 1)
        while True:
            found = list_patterns(self.automata[week], limit, guard=self.guard, columns=columns)
            if len(found.cost):
                return self.listing(week, found, limit, {})
            step *= 2 if step < SMALL_GAP else 4
            limit += step

    def listing(self, week: int, found: Patterns, limit: int, raised: dict[int, int]) -> Listing:
        """Group a week's patterns and give its others their costs."""
        before, after = self.borders[week], self.borders[week + 1]
        group = group_patterns(found, before, after)
        if len(group.cost) > GROUP_GUARD:
            raise TooManyPatterns
        if self.bones is None:
            others = np.array([limit + 1.0])
            free = [np.full((1, len(b.bans)), FREE, dtype=np.int64) for b in (after, before)]
            return Listing(group, limit, others, free[0], free[1], raised)
        bones = self.bones[week]
        others = np.full(len(bones.after), np.inf)
        np.minimum.at(others, bones.alike, bones.costs(limit, raised))
        return Listing(group, limit, others, bones.after, bones.before, raised)

    def raise_limit(self, week: int, limit: int) -> None:
        """List a week again with a higher limit."""
        found = list_patterns(self.automata[week], limit, guard=self.guard)
        self.weeks[week] = self.listing(week, found, limit, {})

    def raise_skeletons(self, week: int, wanted: dict[int, int]) -> None:
        """List single skeletons of a week up to higher limits, beside what is listed."""
        now = self.weeks[week]
        raised = {**now.raised, **wanted}
        parts = [self.listed(week, now.limit, None)]
        for number, limit in sorted(raised.items()):
            parts.append(self.listed(week, limit, number))
        codes, first = np.unique(np.concatenate([p.codes for p in parts]), axis=0, return_index=True)
        cost = np.concatenate([p.cost for p in parts])[first]
        self.weeks[week] = self.listing(week, Patterns(codes=codes, cost=cost, limit=now.limit), now.limit, raised)

    def listed(self, week: int, limit: int, skeleton: int | None) -> Patterns:
        """List a week, or one skeleton of it, up to a limit; once."""
        key = (week, limit, skeleton)
        if key not in self.known_listings:
            columns = None
            if skeleton is not None and self.bones is not None:
                choices = self.compiled.problem.choices
                days = zip(self.bones[week].found.codes[skeleton], self.automata[week].model.days, strict=True)
                columns = [np.array([c < 0, *(i == c if choices[i].hard else c < 0 for i in day)]) for c, day in days]
            found = list_patterns(self.automata[week], limit, guard=self.guard, columns=columns)
            self.known_listings[key] = found
        return self.known_listings[key]

    def next_pattern(self, week: int, skeleton: int, wanted: int, most: int) -> int:
        """Raise a skeleton's limit beyond what was wanted where that lists nothing new.

        The next pattern may be a dose away, thousands of small steps: the step doubles until one is met.

        Args:
            week: Position of the week.
            skeleton: Number of the skeleton.
            wanted: The next limit if it lists something new.
            most: A limit that no plan of interest exceeds.
        Returns: A limit up to which something new is listed, or ``most`` when there is nothing.
        """
        now = self.weeks[week]
        old = max(now.limit, now.raised.get(skeleton, now.limit))
        had, limit, step = len(self.listed(week, old, skeleton).cost), wanted, max(wanted - old, 1)
        while limit < most:
            try:
                costs = self.listed(week, limit, skeleton).cost
            except TooManyPatterns:
                if step == 1:
                    raise
                step = max(step // 2, 1)
                limit = old + step
                continue
            if len(costs) > had:
                return min(limit, max(wanted, int(costs[costs > old].min()) + FIRST_STEP))
            old = limit
            step *= 2
            limit += step
        return max(wanted, most)

    def use_skeletons(self) -> None:
        """Give every week one other for each skeleton, and list the plans without any hard session."""
        choices = self.compiled.problem.choices
        self.bones = [
            bones_of(automaton, list_skeletons(automaton, choices), self.borders[w], self.borders[w + 1], choices)
            for w, automaton in enumerate(self.automata)
        ]
        for week, bones in enumerate(self.bones):
            none = int(np.flatnonzero((bones.found.codes < 0).all(axis=1))[0])
            self.raise_skeletons(week, {none: int(bones.found.least[none]) + self.slack})

    # the programme ---------------------------------------------------------------------------------------------------

    def pairs(self, week: int) -> Floats:
        """Price every pair of nodes of a week and the next, listed patterns first, others last."""
        left, right = self.weeks[week], self.weeks[week + 1]
        known = self.known_pairs.get(week)
        if known is not None and known[0] is left and known[1] is right:
            return known[2]
        border = self.borders[week + 1]
        rows, columns = len(left.group.cost), len(right.group.cost)
        out = np.zeros((rows + len(left.others), columns + len(right.others)), dtype=np.float32)
        self.work += out.size
        if self.work > self.most_work:
            raise TooManyPatterns
        out[:rows, :columns] = pair_costs(left.group.after, right.group.before, border)
        if self.bones is not None:
            out[rows:, :columns] = ban_costs(left.after, right.group.before.bans, border)
            out[:rows, columns:] = ban_costs(left.group.after.bans, right.before, border)
            out[rows:, columns:] = ban_costs(left.after, right.before, border)
        if out.size <= KEPT_PAIRS:
            self.known_pairs[week] = (left, right, out)
        return out

    def costs(self, week: int) -> Floats:
        """Give the costs of a week's nodes, listed patterns first, others last."""
        return np.concatenate([self.weeks[week].group.cost, self.weeks[week].others])

    def solve(self) -> tuple[list[int], float, float, list[Floats]]:
        """Pass backward for the best listed plan and forward for the bounds.

        Returns: The pattern of each week, the plan's cost, the lower bound of every plan, and for each week the lower
        bound of plans through each of its others.
        """
        last = len(self.weeks) - 1
        legal: list[Floats] = [self.weeks[last].group.cost] * (last + 1)
        rest: list[Floats] = [self.costs(last)] * (last + 1)
        for w in range(last - 1, -1, -1):
            pairs, listed = self.pairs(w), len(self.weeks[w].group.cost)
            after = len(self.weeks[w + 1].group.cost)
            legal[w] = (pairs[:listed, :after] + legal[w + 1][None, :]).min(axis=1) + self.weeks[w].group.cost
            rest[w] = (pairs + rest[w + 1][None, :]).min(axis=1) + self.costs(w)
        path = [int(np.argmin(legal[0]))]
        for w in range(last):
            row = self.pairs(w)[path[-1], : len(self.weeks[w + 1].group.cost)]
            path.append(int(np.argmin(row + legal[w + 1])))
        through: list[Floats] = []
        ahead = np.zeros(len(rest[0]))
        for w, week in enumerate(self.weeks):
            if w:
                ahead = (ahead[:, None] + self.pairs(w - 1)).min(axis=0)
            through.append(ahead[len(week.group.cost) :] + rest[w][len(week.group.cost) :])
            ahead = ahead + self.costs(w)
        return path, float(legal[0].min()), float(rest[0].min()), through

    def widen(self, cost: float, bound: float, through: list[Floats]) -> bool:
        """Raise limits where a plan through an other could cost as little; tell whether any was raised."""
        dose_open = cost >= FORBIDDEN or int(cost) // TASTE_LIMIT > int(bound) // TASTE_LIMIT
        if self.bones is None and dose_open:
            self.use_skeletons()
            return True
        raised = False
        gap = cost - bound
        reach = cost if gap <= FEW_UNITS else bound + (min(gap // 2, MOST_REACH) if gap < SMALL_GAP else FIRST_STEP)
        for w, low in enumerate(through):
            open_others = np.flatnonzero(low <= reach)
            if len(open_others) == 0:
                continue
            raised = True
            if self.bones is None:
                self.raise_limit(w, self.weeks[w].limit + min(int(cost - low[0]) // RAISE_PART, MOST_STEP) + 1)
            else:
                self.raise_skeletons(w, self.next_limits(w, low, open_others, cost))
        return raised

    def next_limits(self, week: int, low: Floats, numbers: Ints, cost: float) -> dict[int, int]:
        """Give the skeletons of a week that could matter their next limits.

        A part of the gap above their cost while only taste is open; a small step while dose is, since the gap is then
        worth thousands of steps and says nothing about taste. Of skeletons that look alike only those are raised whose
        own cost the step reaches.
        """
        assert self.bones is not None
        bones, now = self.bones[week], self.weeks[week]
        single = bones.costs(now.limit, now.raised)
        out: dict[int, int] = {}
        for n in numbers:
            gap = cost - float(low[n])
            limit = int(now.others[n]) + (min(int(gap) // RAISE_PART, MOST_STEP) if gap < SMALL_GAP else FIRST_STEP)
            most = int(min(int(now.others[n]) + gap + 1, FORBIDDEN))
            for k in np.flatnonzero((bones.alike == n) & (single <= limit)):
                out[int(k)] = self.next_pattern(week, int(k), limit, most)
        return out


@dataclass(frozen=True, slots=True)
class Bones:
    """The skeletons of a week, and which of them its neighbours cannot tell apart.

    ``alike``: number of the look of each skeleton; ``after`` and ``before``: what each look shows the safety couplings.
    """

    found: Skeletons
    alike: Ints
    after: Ints
    before: Ints

    def costs(self, limit: int, raised: dict[int, int]) -> Floats:
        """Give a lower bound of what is not listed of each skeleton."""
        out = np.maximum(self.found.least, limit + 1).astype(np.float64)
        for number, high in raised.items():
            out[number] = max(out[number], high + 1.0)
        return out


def bones_of(
    automaton: WeekAutomaton,
    found: Skeletons,
    before: Border,
    after: Border,
    choices: Sequence[Choice],
) -> Bones:
    """Sort the skeletons of a week by what they show both neighbour weeks."""
    to_next = at_border(automaton, found.codes, after.bans, choices, left=True)
    to_last = at_border(automaton, found.codes, before.bans, choices, left=False)
    looks = code_rows(np.column_stack([to_next, to_last]))
    _, first, alike = np.unique(looks, return_index=True, return_inverse=True)
    return Bones(found, alike.astype(np.int64), to_next[first], to_last[first])


def search(compiled: Compiled, *, slack: int = FIRST_SLACK, guard: int = PATTERN_GUARD) -> Certificate:
    """Find the cheapest plan and prove it.

    Args:
        compiled: Week models and couplings.
        slack: Taste units above each week's least that are listed at first; never changes the plan.
        guard: Most patterns listed at once; beyond it, or beyond a fixed amount of work, the best plan so far is
            returned with its certified gap.
    Returns: The certificate; ``proven`` unless a guard was reached.
    """
    try:
        state = Search(compiled, slack=slack, guard=guard)
    except TooManyPatterns:
        return without_hard_sessions(compiled, slack=slack)
    best: tuple[tuple[int, ...], int] = ((), FORBIDDEN)
    bound = 0.0
    rounds = 0
    raised = True
    while raised and rounds < MOST_ROUNDS:
        rounds += 1
        try:
            path, cost, low, through = state.solve()
            bound = max(bound, low)
            if cost <= best[1] and cost < FORBIDDEN:
                chosen = (int(i) for w, p in enumerate(path) for i in state.weeks[w].group.codes[p] if i >= 0)
                best = (tuple(sorted(chosen)), int(cost))
            raised = state.widen(cost, low, through)
        except (TooManyPatterns, TooManySkeletons):
            break
    if best[1] >= FORBIDDEN:
        return without_hard_sessions(compiled, slack=slack)
    return certificate(state, best, bound, rounds)


def certificate(state: Search, best: tuple[tuple[int, ...], int], bound: float, rounds: int) -> Certificate:
    """Put a search's result and sizes into a certificate."""
    return Certificate(
        chosen=best[0],
        cost=best[1],
        bound=int(min(best[1], bound)),
        rounds=rounds,
        patterns=tuple(w.group.listed for w in state.weeks),
        groups=tuple(len(w.group.cost) for w in state.weeks),
        limits=tuple(w.limit for w in state.weeks),
        skeletons=state.bones is not None,
    )


def without_hard_sessions(compiled: Compiled, *, slack: int) -> Certificate:
    """Give the best plan without hard sessions: nothing forbids it, so there is always an answer.

    Its bound is the sum of what each week costs at least, so the gap is certified too.
    """
    state = Search(compiled, slack=slack, guard=ANY_NUMBER, only_easy=True)
    path, cost, _, _ = state.solve()
    chosen = (int(i) for w, p in enumerate(path) for i in state.weeks[w].group.codes[p] if i >= 0)
    least = sum(automaton.least for automaton in state.automata)
    return certificate(state, (tuple(sorted(chosen)), int(cost)), least, 1)
