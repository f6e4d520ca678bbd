"""What numbers and rules rest on: metrics, sources, badges, and who cites what."""

from __future__ import annotations

import inspect
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from midstance import metrics as metrics_package
from midstance.discover import discover
from midstance.metrics._metric import Metric
from midstance.services.handbook import all_rules, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.evidence import Param, Source
    from midstance.rules._rule import Rule

DEFAULT = "midstance default"


@lru_cache(maxsize=1)
def all_metrics() -> tuple[Metric[Any, Any], ...]:
    """Find every metric, by id."""
    return discover(metrics_package, Metric)


def source_of(key: str | None) -> Source | None:
    """Find a source by its key, or None."""
    return catalogue().sources.get(key or "")


def badge_of(param: Param) -> str:
    """Say what a number wears: its source where that may be cited, else that it is a default."""
    source = source_of(param.source)
    return source.badge if source else DEFAULT


def rule_of(key: str) -> Rule:
    """Give a rule by its id.

    Raises: KeyError: There is none of that id.
    """
    return {rule.id: rule for rule in all_rules()}[key]


def metric_words(metric: Metric[Any, Any]) -> tuple[str, str]:
    """Give the first sentence of a metric's page, and the rest of it without its worked examples.

    >>> metric_words(all_metrics()[0])[0].endswith(".")
    True
    """
    first, _, rest = inspect.cleandoc(metric.function.__doc__ or "").partition("\n")
    return first, rest.partition(">>>")[0].strip("\n")


def cited_by(key: str) -> tuple[tuple[Rule, ...], tuple[Metric[Any, Any], ...], tuple[str, ...]]:
    """List rules, metrics and ids of exercises that cite a source."""
    rules = tuple(r for r in all_rules() if key in _keys(r.sources, r.params))
    metrics = tuple(m for m in all_metrics() if m.source == key)
    exercises = tuple(e.id for e in catalogue().exercises.values() if key in e.sources)
    return rules, metrics, exercises


def _keys(sources: Iterable[str], params: Iterable[Param]) -> set[str]:
    return {*sources, *(param.source for param in params if param.source)}
