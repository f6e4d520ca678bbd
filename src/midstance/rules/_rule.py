"""What a rule is: one object with claims, words, parameters, source and examples; it knows no search."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from midstance.domain.evidence import Certainty, Param, Tier
from midstance.domain.problem import CalendarNote, Claim, Problem
from midstance.domain.session import Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A week in plan notation and the weekday on which the rule must first find something (None: nothing).

    ``runner`` holds what follows ``[runner]`` in the runner's file, as TOML, for rules that depend on it; where it
    names dates, the first week begins on Monday 2026-11-30.
    """

    week: str
    finds: str | None
    runner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A moment at which a rule's verdict about a session may change.

    ``minute`` by the clock; ``of_end`` when the session's end is compared, else its start; ``kinds`` concerned.
    """

    minute: int
    of_end: bool
    kinds: frozenset[Kind]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A rule of the method.

    Attributes:
        id: As in method.md 7.2.
        title: One line for people.
        why: Why the runner should care: the docs page.
        tier: Safety, dose or taste (a claim may be of another tier where the method says so).
        unit: Unit of its claims' sums.
        says: Sentence of a finding, with named fields {at}, {total}, {range}, {high}, {facts}, {limit}.
        helps: What a runner could change where the rule stands in the way.
        params: Its numbers.
        cites: Ids of the method (M1-M27) and the evidence (R1-R100).
        sources: Keys of sources.
        certainty: How well it is backed.
        examples: Weeks that break it and weeks that do not.
        claims: Function from the problem and parameter values to claims.
        calendar: Function from the problem and parameter values to notes on the running calendar, or None.
        edges: Function from the problem and parameter values to moments that its claims tell apart, or None.
    """

    id: str
    title: str
    why: str
    tier: Tier
    unit: str
    says: str
    helps: str
    params: tuple[Param, ...]
    cites: tuple[str, ...]
    sources: tuple[str, ...]
    certainty: Certainty
    examples: tuple[Example, ...]
    claims: Callable[..., Iterator[Claim]]
    calendar: Callable[..., Iterator[CalendarNote]] | None = None
    edges: Callable[..., Iterator[Edge]] | None = None

    def values(self, settings: dict[str, float] | None = None) -> dict[str, float]:
        """Give the parameter values by argument name, a coach's settings first.

        Args:
            settings: Values by ``rule-id.param-id``.
        Raises: ValueError: A setting lies outside the parameter's range.
        """
        out: dict[str, float] = {}
        for param in self.params:
            value = (settings or {}).get(f"{self.id}.{param.id}", param.value)
            low, high = param.between
            if not low <= value <= high:
                msg = f"{self.id}.{param.id} = {value:g} {param.unit} is outside {low:g} to {high:g}"
                raise ValueError(msg)
            out[param.id.replace("-", "_")] = value
        return out

    def yield_claims(self, problem: Problem, settings: dict[str, float] | None = None) -> Iterator[Claim]:
        """Make the rule's claims about a problem."""
        return self.claims(problem, **wanted(self.claims, self.values(settings)))

    def yield_notes(self, problem: Problem, settings: dict[str, float] | None = None) -> Iterator[CalendarNote]:
        """Make the rule's notes on the running calendar."""
        if self.calendar is None:
            return iter(())
        return self.calendar(problem, **wanted(self.calendar, self.values(settings)))

    def yield_edges(self, problem: Problem, settings: dict[str, float] | None = None) -> Iterator[Edge]:
        """Give the moments at which the rule's verdict about a session may change."""
        if self.edges is None:
            return iter(())
        return self.edges(problem, **wanted(self.edges, self.values(settings)))


def wanted(function: Callable[..., object], values: dict[str, float]) -> dict[str, float]:
    """Keep the values that a function names as keyword arguments."""
    names = function.__code__.co_varnames[: function.__code__.co_argcount + function.__code__.co_kwonlyargcount]
    return {key: value for key, value in values.items() if key in names}


def rule(  # noqa: PLR0913 - a rule is told in one place, every part by name
    *,
    title: str,
    tier: Tier,
    unit: str,
    says: str,
    helps: str,
    params: tuple[Param, ...] = (),
    cites: tuple[str, ...],
    sources: tuple[str, ...] = (),
    certainty: Certainty,
    examples: tuple[Example, ...],
    calendar: Callable[..., Iterator[CalendarNote]] | None = None,
    edges: Callable[..., Iterator[Edge]] | None = None,
) -> Callable[[Callable[..., Iterator[Claim]]], Rule]:
    """Turn a function that yields claims into a rule; its docstring becomes the rule's *why*."""

    def build(function: Callable[..., Iterator[Claim]]) -> Rule:
        return Rule(
            id=function.__name__.replace("_", "-"),
            title=title,
            why=inspect.cleandoc(function.__doc__ or ""),
            tier=tier,
            unit=unit,
            says=says,
            helps=helps,
            params=params,
            cites=cites,
            sources=sources,
            certainty=certainty,
            examples=examples,
            claims=function,
            calendar=calendar,
            edges=edges,
        )

    return build
