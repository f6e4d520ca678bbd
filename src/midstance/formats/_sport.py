"""Which sport a word of a recording names: running, something else, or nothing that can be told."""

from __future__ import annotations

import re

RUN_WORDS = frozenset({
    "bieg", "bieganie", "běh", "carrera", "correr", "correre", "corrida", "corsa", "dauerlauf", "footing",
    "futás", "hardlopen", "indoor_running", "jog", "joggen", "jogging", "juoksu", "lauf", "laufen", "löb",
    "löpning", "løb", "løping", "marathon", "parkrun", "run", "runner", "running", "runs", "street_running",
    "track_running", "trail_running", "trailrun", "treadmill", "treadmill_running", "ultra_run",
    "virtual_run", "virtualrun",
    "бег", "пробежка", "ランニング",
})
OTHER_WORDS = frozenset({
    "alpine_ski", "backcountry_ski", "bicicleta", "bicicletta", "bicycle", "bike", "biking", "caminata",
    "canoeing", "car", "ciclismo", "cross_country_skiing", "cycle", "cycling", "cyclist", "drive", "driving",
    "ebikeride", "elliptical", "fahrrad", "fiets", "fietsen", "fietstocht", "flight", "flying", "golf",
    "gravel_cycling", "hike", "hiking", "inline_skating", "kayak", "kayaking", "marche", "motorcycle",
    "motorcycling", "mountain_biking", "nordic_ski", "open_water_swimming", "paddling", "rad", "radfahren",
    "radtour", "randonnée", "ride", "riding", "road_biking", "mtb", "rollerski", "row", "rowing", "sailing",
    "schwimmen", "senderismo", "skate", "skating", "ski", "skiing", "snowboard", "snowshoe", "spaziergang",
    "strength", "sup", "surfing", "swim", "swimming", "train", "velo", "virtual_ride", "virtualride", "vélo",
    "walk", "walking", "wandelen", "wandern", "wanderung", "workout", "yoga",
})
# Numbers that one service writes where others write words: 9 is a run.
SERVICE_TYPES = {"9": True, "1": False, "2": False, "4": False, "10": False, "16": False}


def is_run(kind: str, name: str) -> bool | None:
    """Tell from its type, else from its name, whether a recording is a run.

    Args:
        kind: What the file states as type or sport, for example ``trail_running``; may be empty.
        name: The title somebody gave it; may be empty.
    Returns: True or False; None when neither tells or the words contradict each other.

    >>> is_run("", "Morning Run"), is_run("cycling", "Run to work"), is_run("", "Track 12")
    (True, False, None)
    """
    by_kind = SERVICE_TYPES.get(kind.strip())
    if by_kind is None:
        by_kind = _by_words(kind)
    return _by_words(name) if by_kind is None else by_kind


def _by_words(text: str) -> bool | None:
    lowered = text.lower().strip()
    words = {lowered, lowered.replace(" ", "_"), *re.findall(r"[^\W_]+", lowered)}
    runs, others = bool(words & RUN_WORDS), bool(words & OTHER_WORDS)
    return None if runs == others else runs
