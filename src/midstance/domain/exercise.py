"""Exercises: one record each, read by planner, player, figure, counter, exports and docs."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from midstance.domain.motion import Motion

REGIONS = ("glutes", "quads", "hamstrings", "calves", "foot", "hips", "core", "push", "pull")
LEG_REGIONS = frozenset({"glutes", "quads", "hamstrings", "calves"})
QUALITIES = ("strength", "mobility", "balance", "power", "flexibility")
UNITS = ("reps", "seconds", "steps", "contacts")


class Sides(StrEnum):
    """Laterality: both sides at once, one side after the other, or sides that alternate rep by rep."""

    BOTH = "both"
    EACH = "each"
    ALTERNATING = "alternating"


class Hold(StrEnum):
    """How a load is held."""

    NONE = "none"
    ONE_HAND = "one-hand"          # one piece, in the hand of the working side
    TWO_HANDS = "two-hands"        # one piece held in both hands
    EACH_HAND = "each-hand"        # the same weight in each hand (per_hand)
    BARBELL = "barbell"
    BAND = "band"
    BACKPACK = "backpack"


class Role(StrEnum):
    """Where an exercise stands in a session."""

    MAIN = "main"                  # a lift that leads a block and is kept for 3-4 weeks
    ACCESSORY = "accessory"        # rotates
    CORE = "core"                  # third place of a superset
    FINISHER = "finisher"
    DRILL = "drill"                # warm-up, mobility, primer
    HOP = "hop"                    # plyometric


@dataclass(frozen=True, slots=True, kw_only=True)
class Dose:
    """How much of an exercise (M13 and 7.4).

    Attributes:
        unit: One of ``UNITS``; steps are one way of a carry, contacts of one side where sides work apart.
        low: Least [unit], allowed at all.
        high: Most [unit], allowed at all.
        by_level: Target range (low, high) [unit] by strength level; inside low..high.
        heavy: Target range by strength level when loaded in a heavy session; empty when it never is.
        rir: Reps in reserve aimed at, by strength level.
        tempo: Lowering-pause-lifting-pause [s], or empty for holds, carries and hops.
        rest_s: Rest after a round that holds it [s].
    """

    unit: str
    low: int
    high: int
    by_level: dict[str, tuple[int, int]]
    heavy: dict[str, tuple[int, int]] = field(default_factory=dict)
    rir: dict[str, int] = field(default_factory=dict)
    tempo: str = ""
    rest_s: int = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """How an exercise is loaded.

    Attributes:
        hold: How the weight is held.
        required: Whether it makes no sense without a weight (a goblet squat).
        start_share: Conservative first weight by strength level, as a share of body mass, in all.
    """

    hold: Hold = Hold.NONE
    required: bool = False
    start_share: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """One exercise of the catalogue.

    Attributes:
        id: Kebab case, the file's name.
        name: As shown.
        role: Where it stands in a session.
        pattern: Movement pattern, for variety and balance of a week (see ``PATTERNS``).
        trains: Qualities (M5), most important first.
        regions: Share of a set that counts for each region, the main one first.
        kinds: Kinds of session whose main blocks may hold it.
        warm_up: Whether it may open a session or precede a run (moving, not tiring).
        primer: Whether it may stand in a primer (no tiring foot or ankle work, R74).
        sides: Laterality.
        equipment: Groups of pieces; of each group one is needed.
        load: How it is loaded.
        dose: How much.
        clashes: Muscles and grips that a superset partner must not need too.
        avoid: Injury areas that rule it out while they last.
        easier: Id of the next easier version, or None; ``harder`` the other way.
        least_level: Lowest strength level that may get it.
        setup: How to get into position, own words.
        cues: Two to four short cues.
        sources: Keys of sources.
        founding: Slot in the founding table M13 (``A1`` ... ``finisher``), or empty.
        fit: FIT profile category and name, or empty.
        motion: How it is moved, for the figure and the rep counter; None while nobody has written it.
    """

    id: str
    name: str
    role: Role
    pattern: str
    trains: tuple[str, ...]
    regions: dict[str, float]
    kinds: tuple[str, ...]
    warm_up: bool = False
    primer: bool = False
    sides: Sides
    equipment: tuple[tuple[str, ...], ...] = ()
    load: Load = Load()
    dose: Dose
    clashes: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    easier: str | None = None
    harder: str | None = None
    least_level: str = "beginner"
    setup: str
    cues: tuple[str, ...]
    sources: tuple[str, ...] = ()
    founding: str = ""
    fit: tuple[str, str] | tuple[()] = ()
    motion: Motion | None = None

    @property
    def main_region(self) -> str:
        """Region that a set counts for most."""
        return next(iter(self.regions))

    @property
    def tempo(self) -> str:
        """Lowering-pause-lifting-pause [s], or empty."""
        return self.dose.tempo

    @property
    def per_side(self) -> bool:
        """Whether a set is done on one side and then on the other."""
        return self.sides is Sides.EACH


PATTERNS = (
    "squat", "lunge", "step", "hinge", "bridge", "leg-curl", "calf-straight", "calf-bent", "hip-abduction",
    "adduction", "core-front", "core-side", "core-back", "rotation", "push", "pull", "carry", "hop", "foot",
    "ankle-mobility", "toe-mobility", "hip-mobility", "thoracic-mobility", "flow", "activation",
)
