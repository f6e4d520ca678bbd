"""What a metric is: one pure function with a title, a unit, how it adds up, and how far it can be trusted.

Each file of this folder without a leading underscore holds the metric of its name and, where they belong together,
its neighbours. ``history`` and ``measured_run`` are no metrics: they gather facts. Arrays over many runners are in
``services.club_metrics``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, ParamSpec, TypeVar

from midstance.domain.evidence import Validity

P = ParamSpec("P")
R = TypeVar("R")


class Aggregate(StrEnum):
    """How values of single days or sessions become one value of a longer span."""

    MEAN = "mean"
    SUM = "sum"
    LAST = "last"
    MAX = "max"


@dataclass(frozen=True, kw_only=True)
class Metric(Generic[P, R]):
    """A metric; calling it calls its function, whose docstring is its page.

    Attributes:
        id: Kebab-case name, the function's.
        title: One line for people.
        unit: Unit of the value; ``verdict`` or ``dose`` where it is no number.
        aggregate: How it adds up over a span.
        validity: How far the value can be trusted.
        source: Key of a source, or None for a midstance default.
        cites: Rules of the evidence base (R1-R100) that it follows.
        function: What computes it: values in, value out.
    """

    id: str
    title: str
    unit: str
    aggregate: Aggregate
    validity: Validity
    source: str | None
    cites: tuple[str, ...]
    function: Callable[P, R] = field(repr=False)

    def __post_init__(self) -> None:
        # Doctest, help() and inspect.signature look through __wrapped__ to the function.
        names = ("__module__", "__name__", "__qualname__", "__doc__")
        self.__dict__.update({name: getattr(self.function, name) for name in names}, __wrapped__=self.function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Compute the value."""
        return self.function(*args, **kwargs)

    @property
    def badge(self) -> str:
        """Text beside the value on every screen."""
        return self.source or "midstance default"


def metric(
    *,
    title: str,
    unit: str,
    aggregate: Aggregate,
    validity: Validity,
    cites: tuple[str, ...],
    source: str | None = None,
) -> Callable[[Callable[P, R]], Metric[P, R]]:
    """Turn a pure function into a metric of the same name; its docstring says what goes in and comes out."""

    def build(function: Callable[P, R]) -> Metric[P, R]:
        return Metric(
            id=function.__name__.replace("_", "-"),
            title=title,
            unit=unit,
            aggregate=aggregate,
            validity=validity,
            source=source,
            cites=cites,
            function=function,
        )

    return build
