"""The week's ledger: sets wanted and placed by region, what was used, and how much a further set is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.exercise import REGIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

IMPORTANCE = {"glutes": 1.2, "quads": 1.2, "hamstrings": 1.2, "calves": 1.2, "core": 1.2, "push": 1.0, "pull": 1.0,
              "foot": 0.6, "hips": 0.5}
NONE_YET = 2.0
PLENTY = -0.15
SERVED_ELSEWHERE = 0.4
MOVED_REGIONS = {"upper": ("push", "pull"), "mobility": ("foot", "hips")}


class Ledger:
    """Sets by region of one week: ``got`` counts every region with a fair share, ``served`` the purpose of a set."""

    def __init__(self, targets: Mapping[str, int], kinds: Iterable[str]) -> None:
        self.targets = dict(targets)
        self.got: dict[str, int] = dict.fromkeys(REGIONS, 0)
        self.served: dict[str, int] = dict.fromkeys(REGIONS, 0)
        self.used: set[str] = set()
        kinds = set(kinds)
        self.heavy = "heavy" in kinds
        self._elsewhere = {r for kind, regions in MOVED_REGIONS.items() if kind in kinds for r in regions}

    def worth(self, kind: str) -> dict[str, float]:
        """Tell what a further set of each region is worth to a session of this kind."""
        home = MOVED_REGIONS.get(kind, ())
        return {r: self.worth_of(r, self.served[r], moved=r in self._elsewhere and r not in home) for r in REGIONS}

    def worth_of(self, region: str, got: int, *, moved: bool = False) -> float:
        """Tell what a further set of one region is worth when it has ``got`` so far."""
        wanted = self.targets.get(region, 0)
        weight = IMPORTANCE[region] * (SERVED_ELSEWHERE if moved else 1.0)
        if wanted <= 0:
            return 0.0
        if got >= wanted:
            return PLENTY * weight
        return weight * (1 + NONE_YET) if got == 0 else weight * (wanted - got) / wanted

    def book(self, counts: Iterable[str], serves: Iterable[str], sets: int) -> None:
        """Count sets for the regions they count for, and for those they were chosen for."""
        for region in counts:
            self.got[region] += sets
        for region in serves:
            self.served[region] += sets

    def open_regions(self) -> tuple[str, ...]:
        """List the regions that are wanted and have no set yet, legs and core first."""
        return tuple(sorted((r for r, n in self.targets.items() if n > 0 and not self.served.get(r, 0)),
                            key=lambda r: (-IMPORTANCE.get(r, 0), r)))

    def short(self, week: dt.date) -> list[tuple[dt.date, str, int, int]]:
        """List (week, region, wanted, got) where sets are missing."""
        return [(week, r, n, self.got.get(r, 0)) for r, n in sorted(self.targets.items()) if self.got.get(r, 0) < n]
