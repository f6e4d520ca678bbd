"""How far a statement or a number can be trusted: sources, parameters, certainty, validity, tiers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Tier(IntEnum):
    """How strictly a rule binds: safety always holds; dose before taste, both at a price."""

    SAFETY = 0
    DOSE = 1
    TASTE = 2

    @property
    def label(self) -> str:
        """Name as it stands in a plan document."""
        return self.name.lower()


class Certainty(StrEnum):
    """How well a *rule* is backed for a recreational runner (GRADE-like)."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"
    METHOD = "midstance method"


class Validity(StrEnum):
    """How far a *number* can be trusted (GoldenCheetah's six steps)."""

    UNRELIABLE = "unreliable"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"
    USEFUL = "useful"
    RELIABLE = "reliable"
    HIGH = "high"


class Provenance(StrEnum):
    """Where a number of the evidence base was taken from."""

    PAPER = "P"
    QUOTED = "Q"
    KNOWN_SURE = "K+"
    KNOWN = "K"
    KNOWN_UNSURE = "K-"
    DEFAULT = "D"

    @property
    def citable(self) -> bool:
        """Whether the number may stand beside a citation before anybody checked the paper again."""
        return self is Provenance.PAPER


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publication that rules and exercises cite.

    Attributes:
        id: Key, ``author-year`` in kebab case.
        title: What it is, in midstance's own words when the title is not known for sure.
        authors: First author or the group.
        year: Year of print.
        where: Journal, volume and page as far as known.
        doi: Digital object identifier, or empty.
        provenance: How the evidence base came by its numbers.
        says: What midstance takes from it, one sentence.
        rules: Ids R1-R100 of the evidence base that rest on it.
    """

    id: str
    title: str
    authors: str
    year: int
    where: str
    doi: str = ""
    provenance: Provenance
    says: str
    rules: tuple[str, ...] = ()

    @property
    def badge(self) -> str:
        """Text beside a number that rests on this source."""
        return f"{self.authors} {self.year}" if self.provenance.citable else "midstance default"


@dataclass(frozen=True, slots=True, kw_only=True)
class Param:
    """A number of the method: named, with unit, allowed range and source.

    Attributes:
        id: Kebab-case name, unique within its rule.
        value: The number midstance starts from.
        unit: Unit in words, for example ``h`` or ``sessions``.
        between: Lowest and highest value a coach may set.
        says: What the number decides, one sentence.
        source: Key of a source, or None for a midstance default.
    """

    id: str
    value: float
    unit: str
    between: tuple[float, float]
    says: str
    source: str | None = None

    def __post_init__(self) -> None:
        low, high = self.between
        if not low <= self.value <= high:
            msg = f"{self.id}: {self.value} is outside {low} <= value <= {high}"
            raise ValueError(msg)

    @property
    def badge(self) -> str:
        """Text beside the number on every screen."""
        return self.source or "midstance default"
