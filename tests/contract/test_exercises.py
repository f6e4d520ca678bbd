"""What every exercise record must keep, whoever wrote it."""

from __future__ import annotations

import csv
import re
from itertools import permutations
from pathlib import Path

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.domain.exercise import Exercise, Hold, Role, Sides
from midstance.domain.runner import WEIGHTS, Level
from midstance.domain.session import Kind

EXERCISES = tuple(load_catalogue().exercises.values())
SHARED = Path(__file__).resolve().parents[2].parent / "shared"
LEVELS = tuple(level.value for level in Level)

# Slot of M13: id, unit, dose, whether sides work apart.
FOUNDING = {
    "A1": ("single-leg-deadlift", "reps", (6, 12), True),
    "B1": ("single-leg-glute-bridge", "reps", (6, 12), True),
    "C1": ("single-leg-step-up", "reps", (8, 10), True),
    "A2": ("squat", "reps", (8, 15), False),
    "B2": ("single-leg-calf-raise", "reps", (10, 20), True),
    "C2": ("farmers-carry", "steps", (5, 10), False),
    "A3": ("plank", "seconds", (20, 60), False),
    "B3": ("side-plank", "seconds", (20, 60), True),
    "C3": ("push-up", "reps", (5, 10), False),
    "finisher": ("plank-row", "reps", (5, 10), True),
}
ONE_SIDED = re.compile(
    r"single-leg-|side-plank|single-arm-|one-leg|one-arm|step-up|split-squat|plank-row"
    r"|leg-swing|side-lunge|step-down|(^|-)lunge$"
)
TWO_SIDED = frozenset({"plank", "push-up", "squat", "goblet-squat", "glute-bridge", "dead-bug", "wall-sit"})
HANDS = frozenset({Hold.ONE_HAND, Hold.TWO_HANDS, Hold.EACH_HAND})
HOLDS_OF = {"kettlebell": HANDS, "dumbbell": HANDS, "barbell": frozenset({Hold.BARBELL})}
HOLD_PATTERNS = frozenset({"core-front", "core-side", "adduction"})
WORDS_WITH_PIECES = {
    "kettlebell": {"kettlebell"}, "dumbbell": {"dumbbell"}, "barbell": {"barbell"}, "band": {"band"},
    "banded": {"band"}, "bench": {"bench"}, "box": {"box", "step", "bench"}, "backpack": {"backpack"},
}
PHRASES_WITH_PIECES = {
    "pull-up": {"pull-up-bar"}, "chin-up": {"pull-up-bar"}, "step-up": {"step", "box", "bench"},
}


def named(exercises: tuple[Exercise, ...] = EXERCISES) -> pytest.MarkDecorator:
    """Run a test once for each exercise, under its id."""
    return pytest.mark.parametrize("exercise", exercises, ids=lambda exercise: exercise.id)


def test_the_folder_is_read() -> None:
    """The strength side alone has well over fifty records, and ids run in order."""
    ids = [exercise.id for exercise in EXERCISES]
    assert len(ids) > 50
    assert ids == sorted(ids)


@pytest.mark.parametrize("slot", FOUNDING)
def test_founding_exercise(slot: str) -> None:
    """Each founding exercise of M13 stands in its slot with exactly its dose, unit and sides."""
    id_, unit, (low, high), each = FOUNDING[slot]
    exercise = load_catalogue().exercises[id_]
    assert exercise.founding == slot
    assert (exercise.dose.unit, exercise.dose.low, exercise.dose.high) == (unit, low, high)
    assert exercise.per_side is each


def test_no_other_founding_exercise() -> None:
    """Nothing else claims a founding slot."""
    assert {exercise.founding for exercise in EXERCISES if exercise.founding} == set(FOUNDING)


@pytest.mark.parametrize("block", ["A", "B", "C"])
def test_founding_supersets_do_not_clash(block: str) -> None:
    """The supersets of M13 can be done as written: no partner needs what another clashes with."""
    items = [exercise for exercise in EXERCISES if exercise.founding.startswith(block)]
    assert len(items) == 3
    for one, other in permutations(items, 2):
        assert not set(one.clashes) & {*other.clashes, *other.regions}


@pytest.mark.parametrize(("id_", "inside"), [("goblet-squat", "squat"), ("side-plank-knee-down", "side-plank")])
def test_versions_that_keep_the_founding_dose(id_: str, inside: str) -> None:
    """The loaded squat and the side plank with the knee down stay inside the founding dose."""
    version, founding = load_catalogue().exercises[id_].dose, load_catalogue().exercises[inside].dose
    assert founding.low <= version.low <= version.high <= founding.high
    assert version.unit == founding.unit


@named(tuple(e for e in EXERCISES if ONE_SIDED.search(e.id) and "alternating" not in e.id))
def test_one_sided_by_name(exercise: Exercise) -> None:
    """A name that says one leg or one arm means one side after the other."""
    assert exercise.sides is Sides.EACH


@named(tuple(e for e in EXERCISES if e.id in TWO_SIDED))
def test_two_sided_by_name(exercise: Exercise) -> None:
    """A plain plank, push-up, squat, bridge or dead bug is never counted side by side."""
    assert not exercise.per_side


@named()
def test_equipment_by_name(exercise: Exercise) -> None:
    """A piece of equipment in the id is needed: one group names that piece and nothing that could replace it."""
    words = set(exercise.id.split("-"))
    wanted = [pieces for word, pieces in WORDS_WITH_PIECES.items() if word in words]
    wanted += [pieces for phrase, pieces in PHRASES_WITH_PIECES.items() if f"-{phrase}-" in f"-{exercise.id}-"]
    for pieces in wanted:
        assert any(set(group) <= pieces for group in exercise.equipment), f"{exercise.id} needs {sorted(pieces)}"


def test_ladders_point_back_and_end() -> None:
    """Each rung points back, and climbing from any exercise comes to a top without meeting one twice."""
    exercises = load_catalogue().exercises
    for exercise in EXERCISES:
        assert exercise.harder is None or exercises[exercise.harder].easier == exercise.id
        assert exercise.easier is None or exercises[exercise.easier].harder == exercise.id
        seen, rung = set(), exercise.id
        while rung is not None:
            assert rung not in seen
            seen.add(rung)
            rung = exercises[rung].harder


@named(tuple(e for e in EXERCISES if e.harder))
def test_ladders_climb(exercise: Exercise) -> None:
    """A harder version never asks for a lower strength level."""
    harder = load_catalogue().exercises[exercise.harder or ""]
    assert LEVELS.index(harder.least_level) >= LEVELS.index(exercise.least_level)


@named()
def test_sources_exist(exercise: Exercise) -> None:
    """Every source cited is in the catalogue."""
    assert set(exercise.sources) <= set(load_catalogue().sources)


@named()
def test_dose_inside_bounds(exercise: Exercise) -> None:
    """Every strength level has a target range inside the dose."""
    dose = exercise.dose
    assert tuple(dose.by_level) == LEVELS
    for low, high in dose.by_level.values():
        assert dose.low <= low <= high <= dose.high


@named(tuple(e for e in EXERCISES if e.dose.heavy))
def test_heavy_dose(exercise: Exercise) -> None:
    """Heavy sets are 6-8 while learning, 3-8 later, never to the last repetition, and the weight has a start."""
    heavy = exercise.dose.heavy
    assert heavy["beginner"] == (6, 8)
    assert heavy["intermediate"][0] >= 5
    assert min(exercise.dose.rir.values()) >= 1
    assert Kind.HEAVY in exercise.kinds
    assert set(exercise.load.start_share) == set(LEVELS)
    if exercise.role is Role.MAIN and exercise.main_region != "calves":
        assert 3 <= heavy["advanced"][0] <= heavy["advanced"][1] <= 6


@pytest.mark.parametrize("piece", ["kettlebell", "dumbbell", "barbell"])
@pytest.mark.parametrize("pattern", ["squat", "hinge"])
def test_one_piece_is_enough_for_heavy_legs(piece: str, pattern: str) -> None:
    """Whoever owns one kind of weight finds a main lift to load for the front and for the back of the legs."""
    usable = [e for e in EXERCISES if e.dose.heavy and e.pattern == pattern and e.role is Role.MAIN
              and all(piece in group for group in e.equipment) and e.load.hold in HOLDS_OF[piece]]
    assert usable


@named(tuple(e for e in EXERCISES if e.pattern in HOLD_PATTERNS and e.dose.unit == "seconds"))
def test_core_holds(exercise: Exercise) -> None:
    """Core holds last 20 to 60 seconds: beyond that comes a harder version, not a longer one."""
    assert exercise.dose.low >= 20
    assert exercise.dose.high <= 60


@named(tuple(e for e in EXERCISES if e.load.start_share))
def test_first_weights_grow_with_level(exercise: Exercise) -> None:
    """First weights are modest and do not fall as strength level rises."""
    shares = [exercise.load.start_share[level] for level in LEVELS]
    assert shares == sorted(shares)
    assert shares[0] <= 0.5
    assert shares[-1] <= 1.0


@named(tuple(e for e in EXERCISES if e.load.required))
def test_required_load_needs_equipment(exercise: Exercise) -> None:
    """What makes no sense without a weight or band asks for one."""
    pieces = {piece for group in exercise.equipment for piece in group}
    assert pieces & (WEIGHTS | {"band"})
    assert exercise.load.hold is not Hold.NONE


@named(tuple(e for e in EXERCISES if e.warm_up or e.primer))
def test_warm_up_moves(exercise: Exercise) -> None:
    """Nothing that opens a session or precedes a run is flexibility training."""
    assert "flexibility" not in exercise.trains
    assert "stretch" not in exercise.id
    assert "static" not in exercise.id


@named(tuple(e for e in EXERCISES if e.primer))
def test_primer_spares_the_feet(exercise: Exercise) -> None:
    """A primer holds no foot, ankle or calf exercise (R74)."""
    assert exercise.main_region not in {"foot", "calves"}


@named()
def test_words_to_read(exercise: Exercise) -> None:
    """Set-up and two to four cues are whole sentences that fit a phone."""
    assert 2 <= len(exercise.cues) <= 4
    assert 20 <= len(exercise.setup) <= 400
    for sentence in (exercise.setup, *exercise.cues):
        assert sentence[0].isupper()
        assert sentence.endswith((".", "!"))
    assert max(map(len, exercise.cues)) <= 110


def test_names_differ() -> None:
    """No two exercises share a name, upper and lower case alike."""
    names = [exercise.name.casefold() for exercise in EXERCISES]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("pattern", [
    "squat", "hinge", "bridge", "leg-curl", "calf-straight", "calf-bent", "hip-abduction", "push", "pull", "core-front",
    "core-side",
])
def test_nothing_needs_equipment(pattern: str) -> None:
    """Every pattern of a balanced week (R37) can be trained by a beginner who owns nothing (M4)."""
    free = [e.id for e in EXERCISES if e.pattern == pattern and not e.equipment and e.least_level == "beginner"
            and Kind.STRENGTH in e.kinds]
    assert free


@pytest.mark.shared
def test_fit_names_exist() -> None:
    """Each pair of FIT names is a category and a name inside that category."""
    table = SHARED / "data" / "exercises" / "fit_exercise_names.csv"
    if not table.exists():
        pytest.skip(f"{table.name} is not beside the checkout: FIT names are not checked")
    with table.open(encoding="utf-8", newline="") as lines:
        known = {(row["category"], row["name"]) for row in csv.DictReader(lines)}
    wrong = {exercise.id: exercise.fit for exercise in EXERCISES if exercise.fit and exercise.fit not in known}
    assert wrong == {}
