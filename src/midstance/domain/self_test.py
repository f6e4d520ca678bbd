"""Self-tests: what a runner can find out about the own body at home, one record each (M23).

A result chooses exercises and sides; it judges nobody and predicts nothing (M24, R48). How a result is judged stands
in ``midstance.planning.judging``.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from midstance.domain.exercise import Sides
from midstance.domain.motion import Motion

Measure = Literal["seconds", "reps", "cm", "degrees", "faults", "choice"]
MEASURES = ("seconds", "reps", "cm", "degrees", "faults", "choice")
Camera = Literal["", "hold", "reps", "range"]
CAMERAS = ("", "hold", "reps", "range")


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """What is typical for people of an age: no border between good and bad.

    Attributes:
        sex: ``female`` or ``male``; empty is both.
        age_from: First age [years].
        age_to: Last age [years].
        typical: Median or mean of the source [unit of the test].
        spread: Standard deviation [unit of the test], or None where it is not known.
    """

    sex: str = ""
    age_from: int = 18
    age_to: int = 120
    typical: float
    spread: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One answer of a test that is looked at and not measured.

    Attributes:
        value: What is noted; more is better.
        says: The answer in words.
    """

    value: int
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """What a result changes, bounded: a tilt, what waits, what is told. The first that fits counts.

    The worse side counts where sides are tested apart. Exactly one of ``below``, ``above``, ``under_typical`` and
    ``chosen`` is given.

    Attributes:
        below: Fits results below it [unit]; None is no condition.
        above: Fits results above it [unit], for tests where less is better.
        under_typical: Fits results this much or more below what is typical for age and sex [unit].
        chosen: Fits these answers of a test that is looked at.
        under_age: Fits only runners younger than this [years]; 0 is everyone.
        finding: What was found, in words that can follow "because of": ``an ankle that bends less than 9 cm``.
        patterns: Movement patterns that are preferred.
        regions: Regions with doubled weight in the week's targets.
        loaded: Whether to answer with loaded range rather than with stretching (M5, R31).
        too_soon: Exercises that wait, where anything easier or other of their family is there.
        advice: What the runner is told beyond that, or empty.
        refer: Whether ``advice`` sends to a professional; such a result prefers nothing.
    """

    below: float | None = None
    above: float | None = None
    under_typical: float | None = None
    chosen: tuple[int, ...] = ()
    under_age: int = 0
    finding: str
    patterns: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    loaded: bool = False
    too_soon: tuple[str, ...] = ()
    advice: str = ""
    refer: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTest:
    """One self-test.

    Attributes:
        id: Kebab case, the file's name; ends in its unit where it has one: ``calf-raise-reps``.
        name: As shown.
        asks: The question that it answers, one sentence.
        order: Place in the ritual: balance and range first, what tires last.
        short: Whether it belongs to the short version (five minutes), which is also the first self-check.
        measure: What is noted.
        unit: Unit shown, ``s``, ``reps``, ``cm``, ``°``, ``faults``; empty for a choice.
        each_side: Whether left and right are tested apart.
        less_is_better: Whether a lower number is the better one.
        least: Lowest result that is believed [unit].
        most: Highest result that is believed [unit].
        stop_at: Result at which one is done [unit], or None.
        tries: Tries a side of which the best counts.
        rest_s: Rest between tries or sides [s].
        minutes: Time it takes in all [min].
        beats_per_minute: Beat of the metronome, or 0; one repetition is ``beats_a_rep`` beats.
        beats_a_rep: Beats of one repetition.
        equipment: What is needed, in words: ``tape measure``, ``wall``.
        protocol: What to do, sentence by sentence.
        note: What to write down, one sentence.
        stop: When not to do it, or to stop.
        avoid: Areas (``domain.runner.AREAS``) with an injury or pain that rule it out.
        figure: Exercise whose figure shows it, or the id of the test itself where it has a ``motion``.
        camera: What a camera can take over: time a ``hold``, count ``reps``, measure a ``range``; empty is nothing.
        options: Answers of a choice, the best first.
        norms: What is typical.
        norm_source: Key of the source of the norms, or empty.
        norm_provenance: How the evidence base came by the norms (``P``, ``Q``, ``K+``, ``K``, ``K-``, ``D``), or empty.
        enough: Result that is good enough for running [unit], or None; beyond it a harder exercise says more.
        noise: Difference below which two results are the same [unit].
        noise_share: The same as a share of the better result, 0 to 1; both must be passed.
        noise_source: Where the noise comes from: a key of a source, or empty for a midstance default.
        side_patterns: Movement patterns in which the weaker side leads, and beyond the noise gets a set more.
        by_eye: Whether sides are compared by eye: the weaker one leads, and gets no set more.
        follows: What a result changes.
        changes: The same for the runner, one or two sentences.
        limits: What the result does not tell, one sentence.
        sources: Keys of sources.
        cites: Rules of the evidence base, ``R50``.
        typical_without_age: What is typical where no age was told, though ``norms`` go by age [unit], or None.
        without_age_source: Key of its source, or empty for a midstance default.
        motion: How it is moved, where no exercise shows it; None otherwise.
    """

    id: str
    name: str
    asks: str
    order: int
    short: bool = False
    measure: Measure
    unit: str = ""
    each_side: bool = False
    less_is_better: bool = False
    least: float = 0
    most: float
    stop_at: float | None = None
    tries: int = 1
    rest_s: int = 0
    minutes: float
    beats_per_minute: int = 0
    beats_a_rep: int = 2
    equipment: tuple[str, ...] = ()
    protocol: tuple[str, ...]
    note: str
    stop: str
    avoid: tuple[str, ...] = ()
    figure: str
    camera: Camera = ""
    options: tuple[Option, ...] = ()
    norms: tuple[Norm, ...] = ()
    norm_source: str = ""
    norm_provenance: str = ""
    enough: float | None = None
    noise: float = 0
    noise_share: float = 0
    noise_source: str = ""
    side_patterns: tuple[str, ...] = ()
    by_eye: bool = False
    follows: tuple[Follow, ...] = field(default_factory=tuple)
    changes: str
    limits: str
    sources: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    typical_without_age: float | None = None
    without_age_source: str = ""
    motion: Motion | None = None

    @property
    def tempo(self) -> str:
        """Lowering-pause-lifting-pause [s] of its figure: as the metronome beats, or empty."""
        if not self.beats_per_minute:
            return ""
        way = round(30 * self.beats_a_rep / self.beats_per_minute)
        return f"{way}-0-{way}-0"

    @property
    def sides(self) -> Sides:
        """Laterality of its figure."""
        return Sides.EACH if self.each_side else Sides.BOTH
