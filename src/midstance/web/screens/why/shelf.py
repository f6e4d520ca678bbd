"""Rules, metrics, numbers and sources as the screen Why shows them, and the words that its template asks for."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup, escape

from midstance.domain.evidence import Certainty, Tier, Validity
from midstance.formats.reference.markdown import number as number_text
from midstance.formats.reference.rules import PROVENANCE, TIERS
from midstance.planning import adherence, readiness, recall
from midstance.services.evidence import DEFAULT, badge_of, cited_by, metric_words, source_of
from midstance.services.handbook import catalogue, names
from midstance.web.screens.why import view

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from midstance.domain.evidence import Param, Source
    from midstance.metrics._metric import Metric
    from midstance.rules._rule import Rule

DAILY = (("How a morning is judged", readiness.PARAMS), ("How much of the plan was kept", adherence.PARAMS),
         ("When the plan is made again", recall.PARAMS))
CERTAINTY_WORDS = {
    Certainty.HIGH: "more research is unlikely to change it",
    Certainty.MODERATE: "probably near the truth",
    Certainty.LOW: "may well turn out otherwise",
    Certainty.VERY_LOW: "a guess with reasons",
    Certainty.METHOD: "a choice of the method, no finding of research",
}
VALIDITY_WORDS = {
    Validity.HIGH: "as good as such a number gets",
    Validity.RELIABLE: "agrees with better measures in most people",
    Validity.USEFUL: "good enough to compare you with yourself",
    Validity.UNCLEAR: "studies are few, or disagree",
    Validity.UNKNOWN: "nobody has checked it",
    Validity.UNRELIABLE: "checked, and it does not hold",
}
TIER_TITLES = {"safety": "Safety", "dose": "Dose", "taste": "Taste"}
MOST_EXERCISES = 12


def rule_shown(rule: Rule) -> view.RuleShown:
    """Lay out a rule."""
    return view.RuleShown(
        id=rule.id, title=rule.title, tier=rule.tier.label, why=rule.why, helps=rule.helps,
        certainty=rule.certainty.value, cites=rule.cites, numbers=tuple(number(p) for p in rule.params),
        sources=rule.sources,
        examples=tuple(view.Example(week=e.week, finds=e.finds, runner="; ".join(e.runner.split("\n")).strip("; "))
                       for e in rule.examples))


def number(param: Param) -> view.Number:
    """Lay out a number."""
    low, high = param.between
    return view.Number(id=param.id, value=param.value, unit=param.unit, low=low, high=high, says=param.says,
                       badge=badge_of(param), source=param.source or "")


def metric_shown(metric: Metric[Any, Any]) -> view.MetricShown:
    """Lay out a metric."""
    source = source_of(metric.source)
    says, more = metric_words(metric)
    return view.MetricShown(
        id=metric.id, title=metric.title, unit=metric.unit, aggregate=metric.aggregate.value,
        validity=metric.validity.value, badge=source.badge if source else DEFAULT, source=metric.source or "",
        cites=metric.cites, says=says.replace("`", ""), more=more.replace("`", ""))


def daily_numbers() -> tuple[view.Group, ...]:
    """Lay out the numbers of the daily loop."""
    return tuple(view.Group(name=name, numbers=tuple(number(p) for p in params)) for name, params in DAILY)


@lru_cache(maxsize=1)
def sources_shown() -> tuple[view.SourceShown, ...]:
    """Lay out every source, by author and year."""
    found = sorted(catalogue().sources.values(), key=lambda s: (s.authors.lower(), s.year, s.id))
    return tuple(_source(s) for s in found)


def sources_beside(
    rules: Sequence[view.RuleShown], metrics: Sequence[view.MetricShown]
) -> tuple[view.SourceShown, ...]:
    """Lay out the sources of the rules and metrics that are shown."""
    keys = {key for rule in rules for key in (*rule.sources, *(n.source for n in rule.numbers))}
    keys |= {metric.source for metric in metrics}
    return tuple(source for source in sources_shown() if source.id in keys)


def _source(source: Source) -> view.SourceShown:
    rules, metrics, exercises = cited_by(source.id)
    named = names()
    return view.SourceShown(
        id=source.id, title=source.title, authors=source.authors, year=source.year, where=source.where, doi=source.doi,
        says=source.says, known=PROVENANCE[source.provenance], citable=source.provenance.citable, evidence=source.rules,
        cited_by=(
            *(view.Citing(id=r.id, title=r.title, trust=r.certainty.value, page=f"/why?rule={r.id}") for r in rules),
            *(view.Citing(id=m.id, title=m.title, trust=m.validity.value, page=f"/why?metric={m.id}")
              for m in metrics),
            *(view.Citing(id=e, title=named[e], trust="", page=f"/exercises?id={e}") for e in exercises)))


def prose(text: str) -> Markup:
    """Write a docstring as paragraphs: code between backticks, lists of hyphens.

    >>> print(prose("One ``word``."))
    <p>One <code>word</code>.</p>
    """
    parts = [" ".join(part.split()) for part in re.split(r"\n\s*\n", text.strip()) if part.strip()]
    marked = (re.sub(r"``(.+?)``|`(.+?)`", lambda m: f"<code>{m[1] or m[2]}</code>", str(escape(p))) for p in parts)
    return Markup("").join(Markup(f"<p>{part}</p>") for part in marked)


def first_sentence(text: str) -> str:
    """Give the first sentence of a docstring, without its marks.

    >>> first_sentence("Leave ``more`` than a day. And so on.")
    'Leave more than a day.'
    """
    return " ".join(text.split()).replace("`", "").partition(". ")[0].rstrip(".") + "."


def tier_says(tier: str) -> str:
    """Say how strictly a tier binds."""
    return next(words for known, words in TIERS.items() if known.label == tier)


def by_tier(rules: Sequence[view.RuleShown]) -> list[tuple[str, str, list[view.RuleShown]]]:
    """Group rules by tier, the strictest first: title, how it binds, rules."""
    tiers = [tier.label for tier in Tier]
    return [(TIER_TITLES[t], tier_says(t), found) for t in tiers if (found := [r for r in rules if r.tier == t])]


def by_validity(metrics: Sequence[view.MetricShown]) -> list[tuple[str, str, list[view.MetricShown]]]:
    """Group metrics by how far they can be trusted, the most first: validity, what it means, metrics by title."""
    return [(step.value, words, sorted(found, key=lambda m: m.title)) for step, words in VALIDITY_WORDS.items()
            if (found := [m for m in metrics if m.validity == step.value])]


def range_of(shown: view.Number) -> str:
    """Write the range of a number."""
    return f"{number_text(shown.low)} to {number_text(shown.high)}"


GLOBALS: dict[str, Callable[..., Any]] = {
    "prose": prose, "first_sentence": first_sentence, "by_tier": by_tier, "tier_says": tier_says, "range_of": range_of,
    "number_text": number_text,
    "certainty_words": lambda: [(key.value, words) for key, words in CERTAINTY_WORDS.items()],
    "by_validity": by_validity,
    "most_exercises": lambda: MOST_EXERCISES,
}
