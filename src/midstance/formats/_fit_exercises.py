"""Exercises of the FIT profile: a category's number, and a name's number inside its category.

Both are needed together, otherwise a watch names nothing. All categories are here, but only the names that exercises
of the catalogue use (``Exercise.fit``). The numbers are facts of the FIT profile; tests hold them against the MIT
tables of fitdecode.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

UNKNOWN = 65534        # the category of an exercise that the profile does not name

CATEGORIES = {
    "bench_press": 0, "calf_raise": 1, "cardio": 2, "carry": 3, "chop": 4, "core": 5, "crunch": 6, "curl": 7,
    "deadlift": 8, "flye": 9, "hip_raise": 10, "hip_stability": 11, "hip_swing": 12, "hyperextension": 13,
    "lateral_raise": 14, "leg_curl": 15, "leg_raise": 16, "lunge": 17, "olympic_lift": 18, "plank": 19, "plyo": 20,
    "pull_up": 21, "push_up": 22, "row": 23, "shoulder_press": 24, "shoulder_stability": 25, "shrug": 26,
    "sit_up": 27, "squat": 28, "total_body": 29, "triceps_extension": 30, "warm_up": 31, "run": 32, "bike": 33,
    "cardio_sensors": 34, "move": 35, "pose": 36, "banded_exercises": 37, "battle_rope": 38, "elliptical": 39,
    "floor_climb": 40, "indoor_bike": 41, "indoor_row": 42, "ladder": 43, "sandbag": 44, "sled": 45,
    "sledge_hammer": 46, "stair_stepper": 47, "suspension": 49, "tire": 50, "run_indoor": 52, "bike_outdoor": 53,
}

NAMES: dict[str, dict[str, int]] = {
    "bench_press": {"barbell_bench_press": 1, "weighted_one_arm_floor_press": 16},
    "calf_raise": {
        "weighted_seated_calf_raise": 7, "single_leg_bent_knee_calf_raise": 9, "single_leg_standing_calf_raise": 15,
        "single_leg_standing_dumbbell_calf_raise": 16, "standing_calf_raise": 18,
    },
    "cardio": {"jump_rope": 6},
    "carry": {"farmers_carry": 7},
    "chop": {
        "half_kneeling_rotational_chop": 8, "half_kneeling_rotational_reverse_chop": 9,
        "standing_rotational_chop": 19,
    },
    "core": {"cable_core_press": 6, "inchworm": 44, "arm_and_leg_extension_on_knees": 48, "cat_cow": 51},
    "crunch": {"hollow_rock": 24},
    "deadlift": {
        "barbell_deadlift": 0, "barbell_straight_leg_deadlift": 1, "single_leg_romanian_deadlift_with_dumbbell": 14,
        "kettlebell_deadlift": 20, "romanian_deadlift": 23, "straight_leg_deadlift": 25,
    },
    "hip_raise": {
        "barbell_hip_thrust_with_bench": 1, "hip_raise": 11, "weighted_hip_raise": 12, "marching_hip_raise": 24,
        "single_leg_hip_raise": 30, "single_leg_hip_raise_with_foot_on_bench": 32, "clams": 44,
    },
    "hip_stability": {
        "dead_bug": 1, "fire_hydrant_kicks": 5, "hip_circles": 7, "lateral_walks_with_band_at_ankles": 11,
        "side_lying_leg_raise": 21, "standing_hip_abduction": 28,
    },
    "hyperextension": {"back_extension_with_opposite_arm_and_leg_reach": 0, "superman_from_floor": 29},
    "leg_curl": {"leg_curl": 0, "sliding_leg_curl": 6},
    "lunge": {
        "dumbbell_bulgarian_split_squat": 18, "front_foot_elevated_dumbbell_split_squat": 27, "lunge": 32,
        "side_lunge": 61, "weighted_side_lunge": 62, "walking_lunge": 78,
    },
    "plank": {
        "kneeling_plank": 22, "mountain_climber": 34, "side_plank": 66, "side_plank_with_feet_on_bench": 74,
        "side_plank_with_leg_lift": 80, "straight_arm_plank": 92, "straight_arm_plank_with_shoulder_touch": 94,
    },
    "plyo": {
        "body_weight_jump_squat": 3, "lateral_leap_and_hop": 17, "side_to_side_shuffle_jump": 27, "box_jump": 33,
    },
    "pull_up": {"pull_up": 38, "band_assisted_pull_up": 42},
    "push_up": {"decline_push_up": 13, "incline_push_up": 27, "kneeling_push_up": 33, "push_up": 77},
    "row": {
        "one_arm_bent_over_row": 13, "renegade_row": 15, "inverted_row": 35, "row": 36, "weighted_row": 37,
        "barbell_row": 45,
    },
    "shoulder_press": {"single_arm_dumbbell_shoulder_press": 18},
    "squat": {
        "barbell_back_squat": 6, "barbell_front_squat": 8, "goblet_squat": 37, "partial_single_leg_squat": 45,
        "single_leg_bench_squat": 57, "squat": 61, "weighted_squat": 62, "weighted_staggered_squat": 65,
        "step_up": 66, "weighted_step_up": 67, "air_squat": 100,
    },
    "warm_up": {
        "arm_circles": 5, "elbow_to_foot_lunge": 8, "forward_and_backward_leg_swings": 9,
        "side_to_side_leg_swings": 18, "thoracic_rotation": 24, "walking_high_knees": 26, "walking_knee_hugs": 27,
        "stretch_calf": 37, "stretch_hamstring": 44, "stretch_lunging_hip_flexor": 49,
        "ninety_ninety_hip_switch": 74, "active_frog": 75, "ankle_lunges": 77, "bear_crawl": 79, "chest_openers": 83,
        "hip_circles": 86,
    },
    "move": {"trunk_rotations": 82},
    "pose": {
        "downward_facing_dog": 21, "low_lunge_twist": 40, "squat_palm_press": 63, "thread_the_needle": 75,
        "warrior_two": 84,
    },
}

CATEGORY_OF = {number: name for name, number in CATEGORIES.items()}
NAME_OF = {(CATEGORIES[category], number): (category, name)
           for category, names in NAMES.items() for name, number in names.items()}


def numbers_of(pair: Collection[str]) -> tuple[int, int] | None:
    """Give the numbers of a category and a name in it, or None where the profile has no name.

    Args:
        pair: ``Exercise.fit``: category and name, or empty.
    Raises: ValueError: The pair is not in the table.

    >>> numbers_of(("squat", "goblet_squat")), numbers_of(())
    ((28, 37), None)
    """
    if not pair:
        return None
    category, name = pair
    try:
        return CATEGORIES[category], NAMES[category][name]
    except KeyError as error:
        msg = f"the FIT name {category}/{name} has no number in midstance's table"
        raise ValueError(msg) from error


def category_words(category: str, name: str = "") -> str:
    """Write a FIT name as people read it.

    >>> category_words("squat", "goblet_squat"), category_words("sit_up")
    ('Goblet squat', 'Sit up')
    """
    return (name or category).replace("_", " ").capitalize()
