"""The page of the metrics."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

from midstance.domain.evidence import Validity
from midstance.formats.reference.markdown import bullets, code, heading, listed, page, table

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from midstance.domain.evidence import Source
    from midstance.metrics._metric import Metric


def render_metrics(metrics: Sequence[Metric[Any, Any]], sources: Mapping[str, Source]) -> str:
    """Write the page of the metrics.

    Args:
        metrics: All metrics, in the order of the page.
        sources: Sources by key.
    """
    steps = " < ".join(step.value for step in Validity)
    return page(
        "Metrics",
        "What recordings and answers mean, each a pure function. Validity says how far a number can be trusted: "
        f"{steps}.",
        table(
            ("metric", "in short", "unit", "validity"),
            ((f"[{code(m.id)}](#{m.id})", m.title, m.unit, m.validity.value) for m in metrics),
        ),
        *(_metric(m, sources) for m in metrics),
    )


def _metric(metric: Metric[Any, Any], sources: Mapping[str, Source]) -> str:
    source = sources.get(metric.source or "")
    cited = f"[{source.authors} {source.year}](sources.md#{source.id})" if source else "midstance default"
    facts = [
        f"Id {code(metric.id)}, unit {metric.unit}, over a span: {metric.aggregate.value}.",
        f"Validity: {metric.validity.value}. Source: {cited}. Rests on {listed(metric.cites)}.",
    ]
    told = inspect.cleandoc(metric.function.__doc__ or "")
    return "\n\n".join((heading(metric.title, metric.id), bullets(facts), f"```text\n{told}\n```"))
