"""Which patterns of a week are listed: all up to a limit, and single skeletons up to higher ones.

Limits only rise, and each raise lists what is new alone. Many skeletons at once are read off one list of the whole
week; a few are listed one by one, because the whole week may hold far more patterns than they do.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from midstance.planning.skeletons import Skeletons, at_border, list_skeletons
from midstance.planning.week_groups import Border, Floats, code_rows
from midstance.planning.week_patterns import Patterns, TooManyPatterns, WeekAutomaton, list_patterns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from midstance.domain.problem import Choice

    Ints = NDArray[np.int64]

FIRST_STEP = 2
FEW_SKELETONS = 6
STEP_GROWS = 64
NOTHING = 1 << 60


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

    def numbers_of(self, codes: Ints, hard: NDArray[np.bool_]) -> Ints:
        """Give the number of each pattern's skeleton."""
        bare = np.where(hard[codes], codes, -1)
        code = code_rows(np.concatenate([self.found.codes, bare]))
        known = code[: len(self.found.codes)]
        order = np.argsort(known)
        numbers: Ints = order[np.searchsorted(known[order], code[len(known) :])]
        return numbers


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


class WeekLister:
    """Lists the patterns of one week."""

    def __init__(
        self, automaton: WeekAutomaton, choices: Sequence[Choice], hard: NDArray[np.bool_], guard: int
    ) -> None:
        self.automaton = automaton
        self.choices = choices
        self.hard = hard
        self.guard = guard
        self.bones: Bones | None = None
        self.known: dict[tuple[int, int], Patterns] = {}
        self.pool: tuple[Patterns, Ints] | None = None

    def find_bones(self, before: Border, after: Border) -> Bones:
        """Find the week's skeletons."""
        self.bones = bones_of(
            self.automaton, list_skeletons(self.automaton, self.choices), before, after, self.choices
        )
        return self.bones

    def whole(self, limit: int, *, only_easy: bool = False) -> Patterns:
        """List every pattern up to a limit, or those without a hard session."""
        days = self.automaton.model.days
        columns = [np.array([True, *(not self.hard[i] for i in day)]) for day in days] if only_easy else None
        return list_patterns(self.automaton, limit, guard=self.guard, columns=columns)

    def pooled(self, limit: int) -> tuple[Patterns, Ints]:
        """List every pattern up to a limit with its skeleton's number; the longest such list is kept."""
        assert self.bones is not None
        if self.pool is None or self.pool[0].limit < limit:
            found = self.whole(limit)
            self.pool = found, self.bones.numbers_of(found.codes, self.hard)
        return self.pool

    def one(self, limit: int, skeleton: int) -> Patterns:
        """List one skeleton up to a limit, once."""
        assert self.bones is not None
        if (limit, skeleton) not in self.known:
            days = zip(self.bones.found.codes[skeleton], self.automaton.model.days, strict=True)
            columns = [
                np.array([c < 0, *(i == c if self.hard[i] else c < 0 for i in day)], dtype=np.bool_) for c, day in days
            ]
            self.known[limit, skeleton] = list_patterns(self.automaton, limit, guard=self.guard, columns=columns)
        return self.known[limit, skeleton]

    def of_skeletons(self, spans: dict[int, tuple[int, int]]) -> Patterns:
        """List patterns of some skeletons, each above one limit and up to another."""
        assert self.bones is not None
        codes = [np.zeros((0, len(self.automaton.model.days)), dtype=np.int64)]
        cost = [np.zeros(0, dtype=np.int64)]
        low, high = np.full((2, len(self.bones.alike)), NOTHING, dtype=np.int64)
        for number, (old, limit) in sorted(spans.items()):
            if self.pool is not None and limit <= self.pool[0].limit:
                low[number], high[number] = old, limit
                continue
            found = self.one(limit, number)
            codes.append(found.codes[found.cost > old])
            cost.append(found.cost[found.cost > old])
        if self.pool is not None:
            found, numbers = self.pool
            new = (found.cost > low[numbers]) & (found.cost <= high[numbers])
            codes.append(found.codes[new])
            cost.append(found.cost[new])
        return Patterns(codes=np.concatenate(codes), cost=np.concatenate(cost), limit=0)

    def next_limits(self, olds: dict[int, int], wanted: dict[int, tuple[int, int]]) -> dict[int, int]:
        """Raise limits of skeletons beyond what was wanted where that lists nothing new.

        The next pattern may be a dose away, thousands of small steps: the step grows until one is met.

        Args:
            olds: The limit of each skeleton so far.
            wanted: For each of them the next limit if it lists something new, and one that no plan of interest exceeds.
        Returns: For each the limit up to which something new is listed, or the most where there is nothing.
        """
        assert self.bones is not None
        out: dict[int, int] = {}
        pending = dict(wanted)
        reach, step = max((limit for limit, _ in wanted.values()), default=0), 1
        low = np.full(len(self.bones.alike), NOTHING, dtype=np.int64)
        low[list(olds)] = list(olds.values())
        while len(pending) > FEW_SKELETONS:
            try:
                found, numbers = self.pooled(reach)
            except TooManyPatterns:
                break
            reach = found.limit
            following = np.full(len(low), NOTHING, dtype=np.int64)
            new = found.cost > low[numbers]
            np.minimum.at(following, numbers[new], found.cost[new])
            for number, (limit, most) in list(pending.items()):
                cost = int(following[number])
                if cost <= reach:
                    out[number] = max(limit, min(cost + FIRST_STEP, reach))
                elif reach >= most:
                    out[number] = max(limit, most)
                else:
                    continue
                del pending[number]
            reach = min(reach + step, max([most for _, most in pending.values()], default=reach))
            step *= STEP_GROWS
        for number, (limit, most) in pending.items():
            out[number] = self.next_limit(number, olds[number], limit, most)
        return out

    def next_limit(self, skeleton: int, old: int, wanted: int, most: int) -> int:
        """Raise one skeleton's limit beyond what was wanted where that lists nothing new."""
        limit, step = wanted, max(wanted - old, 1)
        while limit < most:
            try:
                costs = self.one(limit, skeleton).cost
            except TooManyPatterns:
                if step == 1:
                    raise
                step = max(step // 2, 1)
                limit = old + step
                continue
            if (costs > old).any():
                return min(limit, max(wanted, int(costs[costs > old].min()) + FIRST_STEP))
            old = limit
            step *= STEP_GROWS
            limit += step
        return max(wanted, most)
