"""The rules and exercises, found once."""

from __future__ import annotations

from functools import lru_cache

from midstance import rules as rules_package
from midstance.catalogue.load import Catalogue, load_catalogue
from midstance.discover import discover
from midstance.rules._rule import Rule


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Find every rule, by id."""
    return discover(rules_package, Rule)


def catalogue() -> Catalogue:
    """Load the exercises and sources."""
    return load_catalogue()


def names() -> dict[str, str]:
    """Give the names of the exercises by id."""
    return {key: exercise.name for key, exercise in catalogue().exercises.items()}


def cues() -> dict[str, tuple[str, ...]]:
    """Give the set-up and cues of the exercises by id."""
    return {key: (exercise.setup, *exercise.cues) for key, exercise in catalogue().exercises.items()}
