"""Exact search: the cheapest combination of week patterns, with a proof.

Each week lists its patterns up to a limit. One more node, the *other*, stands for everything that is not listed: it
costs one more than the limit and fits beside any neighbour for free. A dynamic programme over the weeks gives the best
plan of listed patterns, and with the others a lower bound of every plan. Where a plan through an other could still
cost as little, its limit is raised and what is new is listed. When no such place is left the plan is proven optimal,
and so is the choice among equals: the first in canonical order.

Lists stay short because a pattern is dropped for good once every plan through it costs more than a plan that is known:
after each programme by its bounds, and before the next one by those of the neighbour weeks. A quick look at the few
patterns with the lowest bounds finds good plans early.

Where safety across a border makes dose give way, one free other is too weak a bound. Then each week gets one other for
every *skeleton* (placement of its hard sessions), which keeps the bans, and limits are raised skeleton by skeleton.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from midstance.planning.compile import TASTE_LIMIT
from midstance.planning.skeletons import TooManySkeletons
from midstance.planning.week_groups import Border, Floats, Group, ban_costs, group_patterns, pair_costs
from midstance.planning.week_listing import FIRST_STEP, WeekLister
from midstance.planning.week_patterns import FORBIDDEN, Patterns, TooManyPatterns, WeekAutomaton

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from midstance.planning.compile import Compiled

    Bools = NDArray[np.bool_]
    Ints = NDArray[np.int64]

FIRST_SLACK = 1
RAISE_PART = 3
PATTERN_GUARD = 200_000
GROUP_GUARD = 4_000
MOST_ROUNDS = 120
SMALL_GAP = 1_000
FEW_UNITS = 4
MOST_STEP = 2
MOST_REACH = 4
KEPT_PAIRS = 400_000
FEW_PATTERNS = 300
WORTH_DROPPING = 8
SMALL_WEEK = 120
ANY_NUMBER = 1 << 40
WORK_GUARD = 100_000_000


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


@dataclass(slots=True, kw_only=True)
class Listing:
    """The state of one week: its nodes in the programme. Each programme sets ``lowest``; all else stays as it is.

    Attributes:
        group: Its listed patterns as the neighbours see them.
        lowest: Lower bound of every plan through each of them, as far as known.
        limit: Every pattern of at most this cost is listed, or cannot be part of a plan that matters.
        raised: Limits of single skeletons, by their number.
        whole: Whether nothing listed was dropped.
        looks: Number of each other's look; one, without skeletons.
        others: Cost of each other.
        after: What the others show the next week's safety couplings; ``before`` the last week's. None: they fit
            beside anything.
    """

    group: Group
    lowest: Floats
    limit: int
    raised: dict[int, int]
    whole: bool
    looks: Ints
    others: Floats
    after: Ints | None
    before: Ints | None

    @property
    def costs(self) -> Floats:
        """Give the costs of its nodes, listed patterns first, others last."""
        return np.concatenate([self.group.cost, self.others])

    def only(self, patterns: Bools, others: Bools) -> Listing:
        """Keep some of the nodes."""
        return replace(
            self,
            group=self.group.rows(np.flatnonzero(patterns)),
            lowest=self.lowest[patterns],
            whole=self.whole and bool(patterns.all()),
            looks=self.looks[others],
            others=self.others[others],
            after=None if self.after is None else self.after[others],
            before=None if self.before is None else self.before[others],
        )


@dataclass(slots=True, kw_only=True)
class Passed:
    """What the last programme knows of the nodes it had.

    ``enter``: the least cost up to and with each node; ``rest``: the least cost from each node on.
    """

    weeks: list[Listing]
    enter: list[Floats]
    rest: list[Floats]


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
        self.slack = slack
        choices = compiled.problem.choices
        hard = np.array([c.hard for c in choices] + [False])
        self.automata = [WeekAutomaton(model, choices) for model in compiled.weeks]
        self.listers = [WeekLister(automaton, choices, hard, guard) for automaton in self.automata]
        self.borders = [Border(), *(Border.of(c) for c in compiled.couplings), Border()]
        self.bones = False
        self.work = 0
        self.most_work = WORK_GUARD if guard < ANY_NUMBER else ANY_NUMBER
        self.most_groups = GROUP_GUARD if guard < ANY_NUMBER else ANY_NUMBER
        self.chosen: tuple[int, ...] = ()
        self.cost = FORBIDDEN
        self.passed: Passed | None = None
        self.known_pairs: dict[int, tuple[Listing, Listing, Floats]] = {}
        self.looks: list[Ints] = [np.zeros(1, dtype=np.int64)] * len(self.automata)
        self.weeks = [self.open_week(w, only_easy=only_easy) for w in range(len(self.automata))]

    # listing -------------------------------------------------------------------------------------------------------

    def open_week(self, week: int, *, only_easy: bool = False) -> Listing:
        """List a week's patterns, raising the limit in growing steps until there is one."""
        limit, step = self.automata[week].least + self.slack, max(self.slack, 1)
        while True:
            found = self.listers[week].whole(limit, only_easy=only_easy)
            if len(found.cost):
                return self.listing(week, found, limit, {})
            step *= 2 if step < SMALL_GAP else 4
            limit += step

    def listing(self, week: int, found: Patterns, limit: int, raised: dict[int, int]) -> Listing:
        """Group a week's patterns, keep those that could be in a plan that matters, and give others their costs."""
        group = group_patterns(found, self.borders[week], self.borders[week + 1])
        lowest = self.lowest_through(week, group)
        good = lowest <= self.cost
        whole = bool(good.all())
        if not whole:
            group, lowest = group.rows(np.flatnonzero(good)), lowest[good]
        if len(group.cost) > self.most_groups:
            raise TooManyPatterns
        looks, bones = self.looks[week], self.listers[week].bones
        if bones is None:
            others, after, before = np.array([limit + 1.0]), None, None
        else:
            others = np.full(len(bones.after), np.inf)
            np.minimum.at(others, bones.alike, bones.costs(limit, raised))
            others, after, before = others[looks], bones.after[looks], bones.before[looks]
        return Listing(
            group=group,
            lowest=lowest,
            limit=limit,
            raised=raised,
            whole=whole,
            looks=looks,
            others=others,
            after=after,
            before=before,
        )

    def add(self, week: int, new: Patterns, limit: int, raised: dict[int, int]) -> None:
        """Add new patterns to a week."""
        now = self.weeks[week].group
        codes = np.concatenate([now.codes, new.codes])
        cost = np.concatenate([now.cost.astype(np.int64), new.cost])
        order = np.lexsort(codes.T[::-1])
        found = Patterns(codes=codes[order], cost=cost[order], limit=limit)
        listing = self.listing(week, found, limit, raised)
        group = replace(listing.group, listed=now.listed + len(new.cost))
        self.weeks[week] = replace(listing, group=group, whole=listing.whole and self.weeks[week].whole)

    def raise_limit(self, week: int, limit: int) -> None:
        """List a week up to a higher limit."""
        now, found = self.weeks[week], self.listers[week].whole(limit)
        if now.whole:
            self.weeks[week] = self.listing(week, found, limit, {})
            return
        new = found.cost > now.limit
        self.add(week, Patterns(codes=found.codes[new], cost=found.cost[new], limit=limit), limit, {})

    def raise_skeletons(self, week: int, wanted: dict[int, int]) -> None:
        """List single skeletons of a week up to higher limits, beside what is listed."""
        now = self.weeks[week]
        spans = {n: (now.raised.get(n, now.limit), limit) for n, limit in wanted.items()}
        self.add(week, self.listers[week].of_skeletons(spans), now.limit, {**now.raised, **wanted})

    def use_skeletons(self) -> None:
        """Give every week one other for each skeleton, and list the plans without any hard session."""
        self.bones = True
        found = [
            lister.find_bones(self.borders[w], self.borders[w + 1]) for w, lister in enumerate(self.listers)
        ]
        for week, bones in enumerate(found):
            self.looks[week] = np.arange(len(bones.after))
            none = int(np.flatnonzero((bones.found.codes < 0).all(axis=1))[0])
            limit = max(int(bones.found.least[none]) + self.slack, self.weeks[week].limit)
            self.raise_skeletons(week, {none: limit})

    # what cannot matter ----------------------------------------------------------------------------------------------

    def lowest_through(self, week: int, group: Group) -> Floats:
        """Bound every plan through each pattern by what the last programme knows of the neighbour weeks.

        A pattern through which every plan costs more than one that is known needs no place in the next programme.
        """
        out: Floats = group.cost
        if self.passed is None or self.cost >= FORBIDDEN or len(out) <= FEW_PATTERNS:
            return out
        if week:
            pairs = self.price(self.passed.weeks[week - 1], group, self.borders[week])
            out = out + (pairs + self.passed.enter[week - 1][:, None]).min(axis=0)
        if week + 1 < len(self.weeks):
            pairs = self.price(group, self.passed.weeks[week + 1], self.borders[week + 1])
            out = out + (pairs + self.passed.rest[week + 1][None, :]).min(axis=1)
        return out

    def drop_beaten(self, through: list[Floats]) -> list[Floats]:
        """Drop the nodes through which every plan costs more than the best known one.

        What is not listed of a look that is dropped stays so for good: its bound was one of all that is not listed.

        Args:
            through: For each week the lower bound of plans through each of its others.
        Returns: The same for those that stay.
        """
        assert self.passed is not None
        out = []
        for w, week in enumerate(self.weeks):
            patterns, others = week.lowest <= self.cost, through[w] <= self.cost
            out.append(through[w])
            gone = len(patterns) + len(others) - int(patterns.sum()) - int(others.sum())
            if len(patterns) <= SMALL_WEEK or WORTH_DROPPING * gone < len(patterns):
                continue
            if not self.bones:
                others[:] = True
            both = np.concatenate([patterns, others])
            out[w] = through[w][others]
            self.weeks[w] = self.passed.weeks[w] = week.only(patterns, others)
            self.passed.enter[w], self.passed.rest[w] = self.passed.enter[w][both], self.passed.rest[w][both]
            self.looks[w] = self.weeks[w].looks
        return out

    def try_few(self) -> None:
        """Look for a better plan among the patterns of each week with the lowest bounds, and drop what it beats."""
        if max(len(week.group.cost) for week in self.weeks) <= FEW_PATTERNS:
            return
        few = [np.sort(np.argsort(week.lowest, kind="stable")[:FEW_PATTERNS]) for week in self.weeks]
        groups = [week.group.rows(rows) for week, rows in zip(self.weeks, few, strict=True)]
        last = len(groups) - 1
        tables = [self.price(groups[w], groups[w + 1], self.borders[w + 1]) for w in range(last)]
        rest: list[Floats] = [group.cost for group in groups]
        for w in range(last - 1, -1, -1):
            rest[w] = rest[w] + (tables[w] + rest[w + 1][None, :]).min(axis=1)
        if float(rest[0].min()) >= self.cost:
            return
        self.keep_plan(groups, walk(tables, rest), int(rest[0].min()))
        for w, week in enumerate(self.weeks):
            if (week.lowest > self.cost).any():
                self.weeks[w] = week.only(week.lowest <= self.cost, np.ones(len(week.others), dtype=np.bool_))

    def keep_plan(self, groups: list[Group], path: list[int], cost: int) -> None:
        """Remember a plan."""
        codes = [group.codes[p] for group, p in zip(groups, path, strict=True)]
        self.chosen = tuple(sorted(int(i) for week in codes for i in week if i >= 0))
        self.cost = cost

    # the programme ---------------------------------------------------------------------------------------------------

    def price(self, left: Listing | Group, right: Listing | Group, border: Border) -> Floats:
        """Price every pair of nodes of a week and the next, listed patterns first, others last.

        Raises: TooManyPatterns: More work than the guard allows.
        """
        one, two = (side.group if isinstance(side, Listing) else side for side in (left, right))
        rows, columns = len(one.cost), len(two.cost)
        more_rows, more_columns = (len(side.others) if isinstance(side, Listing) else 0 for side in (left, right))
        out = np.zeros((rows + more_rows, columns + more_columns), dtype=np.float32)
        self.work += out.size
        if self.work > self.most_work:
            raise TooManyPatterns
        out[:rows, :columns] = pair_costs(one.after, two.before, border)
        after = left.after if isinstance(left, Listing) else None
        before = right.before if isinstance(right, Listing) else None
        if after is not None:
            out[rows:, :columns] = ban_costs(after, two.before.bans, border)
        if before is not None:
            out[:rows, columns:] = ban_costs(one.after.bans, before, border)
        if after is not None and before is not None:
            out[rows:, columns:] = ban_costs(after, before, border)
        return out

    def pairs(self, week: int) -> Floats:
        """Price every pair of nodes of a week and the next."""
        left, right = self.weeks[week], self.weeks[week + 1]
        known = self.known_pairs.get(week)
        if known is not None and known[0] is left and known[1] is right:
            return known[2]
        out = self.price(left, right, self.borders[week + 1])
        if out.size <= KEPT_PAIRS:
            self.known_pairs[week] = (left, right, out)
        return out

    def solve(self) -> tuple[float, float, list[Floats]]:
        """Pass backward for the best listed plan, which is remembered, and forward for the bounds.

        Returns: The cost of the best listed plan, a lower bound of every plan that is not known to be beaten, and for
        each week the lower bound of plans through each of its others.
        """
        last = len(self.weeks) - 1
        legal: list[Floats] = [week.group.cost for week in self.weeks]
        rest: list[Floats] = [week.costs for week in self.weeks]
        tables = []
        for w in range(last - 1, -1, -1):
            pairs, listed = self.pairs(w), len(legal[w])
            inside = pairs[:listed, : len(legal[w + 1])]
            tables.append(inside)
            legal[w] = legal[w] + (inside + legal[w + 1][None, :]).min(axis=1)
            rest[w] = rest[w] + (pairs + rest[w + 1][None, :]).min(axis=1)
        cost = float(legal[0].min())
        if cost <= self.cost and cost < FORBIDDEN:
            self.keep_plan([week.group for week in self.weeks], walk(tables[::-1], legal), int(cost))
        through: list[Floats] = []
        enter: list[Floats] = []
        ahead = np.zeros(len(rest[0]))
        for w, week in enumerate(self.weeks):
            if w:
                ahead = (enter[-1][:, None] + self.pairs(w - 1)).min(axis=0)
            here = ahead + rest[w]
            listed = len(week.group.cost)
            week.lowest = here[:listed]
            through.append(here[listed:])
            enter.append(ahead + week.costs)
        self.passed = Passed(weeks=list(self.weeks), enter=enter, rest=rest)
        return cost, float(rest[0].min()), through

    def widen(self, bound: float, through: list[Floats]) -> bool:
        """Raise limits where a plan through an other could cost as little; tell whether any was raised."""
        cost = float(self.cost)
        dose_open = cost >= FORBIDDEN or int(cost) // TASTE_LIMIT > int(bound) // TASTE_LIMIT
        if dose_open and not self.bones:
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
            if not self.bones:
                most = MOST_STEP if len(self.weeks[w].group.cost) <= SMALL_WEEK else 0
                self.raise_limit(w, self.weeks[w].limit + min(int(cost - low[0]) // RAISE_PART, most) + 1)
            else:
                self.raise_skeletons(w, self.next_limits(w, low, open_others))
        return raised

    def next_limits(self, week: int, low: Floats, numbers: Ints) -> dict[int, int]:
        """Give the skeletons of a week that could matter their next limits.

        A part of the gap above their cost while only taste is open; a small step while dose is, since the gap is then
        worth thousands of steps and says nothing about taste. Of skeletons that look alike only those are raised whose
        own cost the step reaches.
        """
        bones, now = self.listers[week].bones, self.weeks[week]
        assert bones is not None
        single = bones.costs(now.limit, now.raised)
        wanted: dict[int, tuple[int, int]] = {}
        for n in numbers:
            gap = self.cost - float(low[n])
            limit = int(now.others[n]) + (min(int(gap) // RAISE_PART, MOST_STEP) if gap < SMALL_GAP else FIRST_STEP)
            most = int(min(int(now.others[n]) + gap + 1, FORBIDDEN - 1))
            for k in np.flatnonzero((bones.alike == now.looks[n]) & (single <= limit)):
                wanted[int(k)] = limit, most
        olds = {k: now.raised.get(k, now.limit) for k in wanted}
        return self.listers[week].next_limits(olds, wanted)


def walk(tables: list[Floats], rest: list[Floats]) -> list[int]:
    """Follow the least cost forward, the first of equals everywhere."""
    path = [int(np.argmin(rest[0]))]
    for pairs, later in zip(tables, rest[1:], strict=True):
        path.append(int(np.argmin(pairs[path[-1]] + later)))
    return path


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
    bound = 0.0
    rounds = 0
    raised = True
    while raised and rounds < MOST_ROUNDS:
        rounds += 1
        try:
            _, low, through = state.solve()
            bound = max(bound, low)
            raised = state.widen(low, state.drop_beaten(through))
            if raised:
                state.try_few()
        except (TooManyPatterns, TooManySkeletons):
            break
    if state.cost >= FORBIDDEN:
        return without_hard_sessions(compiled, slack=slack)
    return certificate(state, bound, rounds)


def certificate(state: Search, bound: float, rounds: int) -> Certificate:
    """Put a search's result and sizes into a certificate."""
    return Certificate(
        chosen=state.chosen,
        cost=state.cost,
        bound=int(min(state.cost, bound)),
        rounds=rounds,
        patterns=tuple(w.group.listed for w in state.weeks),
        groups=tuple(len(w.group.cost) for w in state.weeks),
        limits=tuple(w.limit for w in state.weeks),
        skeletons=state.bones,
    )


def without_hard_sessions(compiled: Compiled, *, slack: int) -> Certificate:
    """Give the best plan without hard sessions: nothing forbids it, so there is always an answer.

    Its bound is the sum of what each week costs at least, so the gap is certified too.
    """
    state = Search(compiled, slack=slack, guard=ANY_NUMBER, only_easy=True)
    state.solve()
    least = sum(automaton.least for automaton in state.automata)
    return certificate(state, least, 1)
