"""How an exercise is moved: the ``[motion]`` record that the figure and the rep counter read.

Only values and the words a record may use. How a word becomes a body in space stands in ``midstance.motion``.

Signs, for both sides alike: flexion forward (hip, shoulder, spine, neck), bending (knee, elbow) and dorsiflexion are
positive; abduction and outward rotation are positive; side-bending and turning of spine and neck are positive to the
left. Angles are in degrees and all zero in upright standing with the arms hanging, palms to the thighs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from midstance.domain.exercise import Sides

Range = tuple[str, int, int]

# Channel -> its angles in order, with the limits of a mobile healthy adult [degrees].
# Source: after the ranges of the American Academy of Orthopaedic Surgeons, widened where trained runners go further.
SIDED: dict[str, tuple[Range, ...]] = {
    "hip": (("flexion", -40, 135), ("abduction", -35, 75), ("rotation", -50, 75)),
    "knee": (("flexion", 0, 158),),
    "ankle": (("dorsiflexion", -60, 45), ("inversion", -25, 40)),
    "toe": (("extension", -45, 90),),
    "shrug": (("elevation", -10, 40),),
    "reach": (("protraction", -25, 30),),
    "shoulder": (("flexion", -65, 190), ("abduction", -60, 190), ("rotation", -100, 100)),
    "elbow": (("flexion", 0, 155),),
    "forearm": (("pronation", -95, 95),),
    "wrist": (("flexion", -95, 85), ("deviation", -30, 40)),
    "grip": (("curl", -15, 95),),
}
MIDDLE: dict[str, tuple[Range, ...]] = {
    "spine": (("flexion", -45, 75), ("side", -40, 40), ("turn", -50, 50)),
    "lumbar": (("flexion", -25, 35), ("side", -20, 20), ("turn", -8, 8)),
    "thorax": (("flexion", -25, 45), ("side", -25, 25), ("turn", -45, 45)),
    "neck": (("flexion", -65, 60), ("side", -40, 40), ("turn", -80, 80)),
}
LEANING = ("lean", "roll", "turn")
BASES = (
    "standing", "split", "half-kneeling", "tall-kneeling", "heel-sit", "all-fours", "plank", "forearm-plank",
    "side-plank", "side-forearm-plank", "side-lying", "supine", "supine-knees-bent", "prone", "seated",
    "seated-floor", "hanging",
)
PAIRED_PARTS = (
    "foot", "ball", "toes", "heel", "instep", "ankle", "inner-ankle", "inner-knee", "shin", "knee", "thigh", "hip",
    "hand", "fingers", "fist",
    "grip", "forearm", "elbow", "shoulder",
)
PAIRS = {"feet": "foot", "knees": "knee", "hips": "hip", "hands": "hand", "balls": "ball"}
SINGLE_PARTS = ("pelvis", "seat", "back", "head", "chest", "belly", "forehead", "nape")
VIEWS = ("side", "front", "back", "quarter", "back-quarter", "far-side")
PROPS = (
    "kettlebell", "dumbbell", "barbell", "backpack", "band", "towel", "rope", "stick", "box", "step", "bench", "chair",
    "wall", "bar", "mat",
)
SURFACES = ("box", "step", "bench", "chair", "wall", "bar", "mat")
WATCHES = ("knee", "hip", "ankle", "elbow", "shoulder")
WATCHES_WHOLE = ("trunk", "turn", "legs", "rise")
Starts = Literal["lowering", "lifting", "hold", "flow"]
STARTS = ("lowering", "lifting", "hold", "flow")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A part of the body that lies on something and stays there while poses name it.

    Attributes:
        side: ``left``, ``right``, or empty for a single part.
        part: Word of ``PAIRED_PARTS`` or ``SINGLE_PARTS``.
        on: Surface: ``floor`` or the kind of a prop.
        slides: Whether it may slide along the surface.
        steps: Whether it is planted anew in this pose, lifted there in an arc.
    """

    side: str = ""
    part: str
    on: str = "floor"
    slides: bool = False
    steps: bool = False

    @property
    def name(self) -> str:
        """Side and part, ``right foot``."""
        return f"{self.side} {self.part}".strip()


@dataclass(frozen=True, slots=True, kw_only=True)
class Prop:
    """A thing that is held, worn or stood on.

    Attributes:
        kind: Word of ``PROPS``.
        held: Body points that hold it (``right grip``), or where it lies (``nape``, ``chest``, ``hips``).
        under: Contact it stands under, ``right foot``; a thing in the world.
        at: Place of a thing in the world [cm]: forward, left; for a wall the distance of its face.
        height: Height of its upper side or of a bar [cm].
        ends: Body points or places [cm] that a band, rope or towel runs between.
        upright: Whether a held dumbbell stands on end, or a kettlebell is held bell up.
        together: Whether both hands hold one thing.
        side: Side of the figure on which a wall stands: front, back, left or right.
        size: Scale of the drawing; 1 is usual.
    """

    kind: str
    held: tuple[str, ...] = ()
    under: str = ""
    at: tuple[float, ...] = ()
    height: float = 0
    ends: tuple[str | tuple[float, float, float], ...] = ()
    upright: bool = False
    together: bool = False
    side: str = "front"
    size: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pose:
    """One posture of a movement.

    Attributes:
        name: Unique within the record.
        angles: Anatomical angles [degrees] by channel, ``right hip`` or ``spine``; None keeps that of the stance.
        lean: Pelvis pitched forward from upright [degrees], -90 lies on the back; None lets contacts decide.
        roll: Pelvis rolled to the left [degrees]; None as the stance.
        turn: Pelvis turned to the left [degrees]; None as the stance.
        contacts: What lies on what; None is as in the stance, empty is in the air.
        touch: Pairs of body points that touch each other.
        shift: Pelvis moved from where the pose before left it [cm]: forward, left, up; None lets contacts decide.
        over: Where the weight is: ``right``, ``left``, ``both``, or empty for no demand.
        seconds: Time of getting here from the pose before [s]; 0 follows the tempo.
        hold: Stay here [s].
        through: Pass without stopping.
    """

    name: str
    angles: dict[str, tuple[float | None, ...]] = field(default_factory=dict)
    lean: float | None = None
    roll: float | None = None
    turn: float | None = None
    contacts: tuple[Contact, ...] | None = None
    touch: tuple[tuple[str, str], ...] = ()
    shift: tuple[float, float, float] | None = None
    over: str = ""
    seconds: float = 0
    hold: float = 0
    through: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """How one exercise is moved; always written for the right side.

    Attributes:
        base: Stance that poses start from, a word of ``BASES``.
        view: Side the figure is seen from, a word of ``VIEWS``.
        watch: Angle that tells a repetition, ``right knee`` or ``trunk``; empty for holds and movements no camera sees.
        starts: What the way from the first pose to ``bottom`` or top is in the tempo; ``hold`` and ``flow`` have none.
        poses: In order; afterwards the first one again.
        order: Names of poses in the order done, where one comes twice; empty is the order written.
        turning: Name of the pose at the turn of a repetition; with two poses the second.
        alternate: Whether the second half is the mirror of the first.
        props: Things held, worn or stood on.
    """

    base: str
    view: str = "side"
    watch: str = ""
    starts: Starts = "lowering"
    poses: tuple[Pose, ...]
    order: tuple[str, ...] = ()
    turning: str = ""
    alternate: bool = False
    props: tuple[Prop, ...] = ()


class Moved(Protocol):
    """What can be drawn and counted: an exercise, or a self-test with a figure of its own."""

    @property
    def id(self) -> str:
        """Kebab case."""

    @property
    def name(self) -> str:
        """As shown."""

    @property
    def motion(self) -> Motion | None:
        """How it is moved; None while nobody has written it."""

    @property
    def tempo(self) -> str:
        """Lowering-pause-lifting-pause [s], or empty."""

    @property
    def sides(self) -> Sides:
        """Laterality."""


def other_side(name: str) -> str:
    """Swap left and right in a name.

    >>> other_side("right knee"), other_side("spine")
    ('left knee', 'spine')
    """
    side, _, rest = name.partition(" ")
    other = {"left": "right", "right": "left"}.get(side)
    return f"{other} {rest}" if other else name
