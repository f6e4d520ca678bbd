"""The page of the rules, and the page of their sources."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from midstance.domain.evidence import Provenance, Tier
from midstance.formats.reference.markdown import bullets, code, heading, listed, number, page, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from midstance.domain.evidence import Param, Source
    from midstance.domain.exercise import Exercise
    from midstance.domain.self_test import SelfTest
    from midstance.metrics._metric import Metric
    from midstance.rules._rule import Example, Rule

TIERS = {
    Tier.SAFETY: "always holds; no plan that breaks it is published, and nothing makes it give way",
    Tier.DOSE: "how much training there should be; it has a price, and its minimums may give way, which the plan says",
    Tier.TASTE: "what makes a week pleasant; it has a price and comes after every dose",
}
PROVENANCE = {
    Provenance.PAPER: "read in the paper itself",
    Provenance.QUOTED: "as another paper quotes it",
    Provenance.KNOWN_SURE: "well known, paper not opened",
    Provenance.KNOWN: "known, paper not opened",
    Provenance.KNOWN_UNSURE: "known, with doubt",
    Provenance.DEFAULT: "midstance default",
}
NUMBER_HEAD = ("number", "value", "unit", "may be set to", "rests on", "decides")


def badge(param: Param, sources: Mapping[str, Source]) -> str:
    """Say what a number rests on: its source where that may be cited, else that it is a default."""
    source = sources.get(param.source or "")
    if source is None:
        return "midstance default"
    near = "" if source.provenance.citable else ", near "
    name = f"[{source.authors} {source.year}](sources.md#{source.id})"
    return f"midstance default{near}{name}" if near else name


def number_row(param: Param, sources: Mapping[str, Source]) -> tuple[str, ...]:
    """Give the cells of a parameter."""
    low, high = param.between
    allowed = f"{number(low)} to {number(high)}"
    return code(param.id), number(param.value), param.unit, allowed, badge(param, sources), param.says


def citations(keys: Iterable[str], sources: Mapping[str, Source]) -> str:
    """Link to sources, each with how its numbers are known."""
    known = [sources[key] for key in keys if key in sources]
    return listed(f"[{s.authors} {s.year}](sources.md#{s.id}) ({PROVENANCE[s.provenance]})" for s in known)


def render_rules(rules: Sequence[Rule], sources: Mapping[str, Source]) -> str:
    """Write the page of the rules.

    Args:
        rules: All rules, in the order of the page.
        sources: Sources by key.
    """
    index = table(
        ("rule", "tier", "in short", "certainty"),
        ((f"[{code(r.id)}](#{r.id})", r.tier.label, r.title, r.certainty.value) for r in rules),
    )
    return page(
        "Rules",
        "A rule yields sums over yes/no choices with bounds; planner, checker, explainer and this page read the same "
        "object. `midstance rules ID` prints one. M and R numbers are explained in [method.md](../method.md).",
        bullets(f"**{tier.label}**: {words}." for tier, words in TIERS.items()),
        index,
        *(_rule(rule, sources) for rule in rules),
    )


def _rule(rule: Rule, sources: Mapping[str, Source]) -> str:
    facts = [
        f"Id {code(rule.id)}, tier {rule.tier.label}, counted in {rule.unit}.",
        f"Certainty: {rule.certainty.value}. Rests on {listed(rule.cites)}.",
        f"Sources: {citations(rule.sources, sources)}.",
        f"A finding says: {code(rule.says)}",
        f"What helps: {rule.helps}.",
    ]
    return "\n\n".join(
        part
        for part in (
            heading(rule.title, rule.id),
            rule.why,
            bullets(facts),
            table(NUMBER_HEAD, (number_row(p, sources) for p in rule.params)),
            bullets(_example(example) for example in rule.examples),
        )
        if part
    )


def _example(example: Example) -> str:
    verdict = f"Speaks on {example.finds}" if example.finds else "Silent"
    told = f", for a runner with {code(' '.join(example.runner.split()))}" if example.runner.strip() else ""
    return f"{verdict}: {code(example.week)}{told}"


def render_sources(
    sources: Mapping[str, Source],
    rules: Sequence[Rule],
    exercises: Mapping[str, Exercise],
    metrics: Sequence[Metric[Any, Any]] = (),
    tests: Mapping[str, SelfTest] | None = None,
) -> str:
    """Write the page of the sources, each with what cites it.

    Args:
        sources: Sources by key.
        rules: All rules.
        exercises: All exercises by id.
        metrics: All metrics.
        tests: All self-tests by id.
    """
    cited_by: dict[str, list[str]] = {key: _cited_by(key, rules, exercises.values()) for key in sources}
    for metric in metrics:
        if metric.source in cited_by:
            cited_by[metric.source].append(f"[{metric.id}](metrics.md#{metric.id})")
    for test in (tests or {}).values():
        for key in cited_by.keys() & set(test.sources):
            cited_by[key].append(f"[{test.id}](self-tests.md#{test.id})")
    return page(
        "Sources",
        "What midstance takes from each publication, in its own words. A number wears an author's name only where it "
        "was read in the paper itself; everywhere else it is called a midstance default.",
        *(_source(s, cited_by[key]) for key, s in sources.items()),
    )


def _cited_by(key: str, rules: Iterable[Rule], exercises: Iterable[Exercise]) -> list[str]:
    by_rules = [
        f"[{r.id}](rules.md#{r.id})" for r in rules if key in r.sources or any(p.source == key for p in r.params)
    ]
    return by_rules + [f"[{e.id}](exercises-{e.role.value}.md#{e.id})" for e in exercises if key in e.sources]


def _source(source: Source, cited_by: Sequence[str]) -> str:
    doi = f", [doi {source.doi}](https://doi.org/{source.doi})" if source.doi else ""
    where = f", {source.where}" if source.where else ""
    facts = [
        f"{source.authors} {source.year}{where}{doi}",
        f"Takes from it: {source.says}",
        f"Numbers: {PROVENANCE[source.provenance]}; evidence {listed(source.rules)}",
        f"Cited by: {listed(cited_by)}",
    ]
    return f"{heading(source.title, source.id, level=3)}\n\n{bullets(facts)}"
