"""What every metric must keep: unit, validity, source, a page with an example, and good manners with odd input."""

from __future__ import annotations

import ast
import dataclasses
import doctest
import importlib
import inspect
import math
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import midstance.metrics
from midstance.catalogue.load import load_catalogue
from midstance.discover import discover
from midstance.domain.evidence import Validity
from midstance.metrics._metric import Aggregate, Metric
from midstance.metrics.apre import Apre
from midstance.metrics.decayed_load import Alpha
from midstance.metrics.double_progression import LiftDone
from midstance.metrics.fitness_fatigue import Response
from midstance.metrics.hard_sets import RatedSets
from midstance.metrics.pain_verdict import Tissue
from midstance.metrics.wellness_z import HOOPER, MCLEAN

if TYPE_CHECKING:
    from collections.abc import Iterator

METRICS = discover(midstance.metrics, Metric)
FACTS = {"history", "measured_run"}   # gather facts from recordings; no single number
FILES = sorted(
    p for p in Path(midstance.metrics.__path__[0]).glob("*.py") if not p.name.startswith("_") and p.stem not in FACTS)
named = pytest.mark.parametrize("metric", METRICS, ids=lambda metric: metric.id)

CATALOGUE = load_catalogue().exercises
FLOATS = (1.0, 0.0, -1.0, 1e6, math.nan, math.inf)
EMPTY: dict[str, object] = {
    "Sequence[float]": (), "Sequence[float | None]": (), "Sequence[LiftDone]": (), "Iterable[Session]": (),
    "Iterable[RatedSets]": (), "Mapping[str, Exercise]": {},
}
# For each annotation: a plain value first, then odd ones. A series of one value is a record of one day.
SAMPLES: dict[str, tuple[object, ...]] = {
    "float": FLOATS,
    "int": (1, 0, -1, 400),
    "bool": (False, True),
    "str": ("female", "none of these"),
    "float | None": (None, *FLOATS),
    "int | None": (None, 1, 0, -1, 400),
    "str | None": (None, "male", "none of these"),
    "tuple[float, float]": ((0.5, 1.5),),
    "tuple[str, ...]": (("epley",),),
    "Sequence[float]": ((1.0,), (), (0.0,), (-1.0,), (math.nan,), (1.0,) * 3, (0.0,) * 5, (1.0, 2.0) * 20),
    "Sequence[float | None]": ((1.0,), (), (None,), (math.inf,), (1.0,) * 14, (0.0, None) * 20),
    "Sequence[LiftDone]": ((LiftDone(reps=(8,)),), (), (LiftDone(reps=(0,), pain=9),), (LiftDone(reps=(9,)),) * 2),
    "Iterable[Session]": ((),),
    "Iterable[RatedSets]": ((RatedSets(exercise="squat", rir=2),), (), (RatedSets(exercise="nothing"),)),
    "Mapping[str, Exercise]": (CATALOGUE, {}),
    "Apre": tuple(Apre), "Alpha": tuple(Alpha), "Tissue | None": (None, *Tissue),
    "Response": (Response(), Response(fatigue_gain=0.5)), "Questions": (HOOPER, MCLEAN),
}


def page(metric: Metric) -> str:
    """The docstring of a metric, in one line."""
    return " ".join((inspect.getdoc(metric.function) or "").split())


def numbers(value: object) -> Iterator[float]:
    """Every number inside a result."""
    if isinstance(value, int | float):
        yield value
    elif dataclasses.is_dataclass(value):
        yield from numbers([getattr(value, field.name) for field in dataclasses.fields(value)])
    elif isinstance(value, dict):
        yield from numbers(list(value.values()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from numbers(part)


def outcome(metric: Metric, values: dict[str, object]) -> object:
    """What a call gives, or the documented error; no number in it may be infinite or undefined."""
    try:
        result = metric(**values)
    except ValueError as error:
        assert "Raises: ValueError" in page(metric), f"{metric.id}({values}) raises what its page does not name"
        return error
    assert all(math.isfinite(number) for number in numbers(result)), f"{metric.id}({values}) gives {result}"
    return result


def parameters(metric: Metric) -> dict[str, str]:
    """Annotation of each parameter by name."""
    return {name: str(p.annotation) for name, p in inspect.signature(metric).parameters.items()}


def test_no_two_metrics_share_an_id() -> None:
    """Every metric that a file defines is found under its own id."""
    defined = [
        value.id for path in FILES for value in vars(importlib.import_module(f"midstance.metrics.{path.stem}")).values()
        if isinstance(value, Metric) and value.__module__ == f"midstance.metrics.{path.stem}"
    ]
    assert sorted(defined) == [metric.id for metric in METRICS]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_is_named_like_its_first_metric(path: Path) -> None:
    """A file holds the metric of its name."""
    module = importlib.import_module(f"midstance.metrics.{path.stem}")
    assert isinstance(vars(module).get(path.stem), Metric)
    assert vars(module)[path.stem].id == path.stem.replace("_", "-")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_metric_knows_only_values(path: Path) -> None:
    """A metric imports the domain, other metrics and plain arithmetic: no clock, no chance, no files."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    foreign = {n for n in names if not n.startswith(("midstance.domain", "midstance.metrics"))}
    assert foreign <= {"__future__", "typing", "math", "statistics", "bisect", "collections", "collections.abc",
                       "dataclasses", "enum"}


@named
def test_head(metric: Metric) -> None:
    """Title, unit, aggregation and validity are there, and rules of the evidence base stand behind it."""
    assert metric.title[0].isupper()
    assert not metric.title.endswith(".")
    assert metric.unit.strip()
    assert isinstance(metric.aggregate, Aggregate)
    assert isinstance(metric.validity, Validity)
    assert metric.cites
    assert all(re.fullmatch(r"R([1-9]|[1-9]\d|100)", rule) for rule in metric.cites)


@named
def test_source(metric: Metric) -> None:
    """The source is one of the catalogue that speaks of a rule the metric follows, or a midstance default."""
    if metric.source is None:
        assert metric.badge == "midstance default"
        return
    source = load_catalogue().sources[metric.source]
    assert set(source.rules) & set(metric.cites)
    assert metric.badge == metric.source


@named
def test_page(metric: Metric) -> None:
    """The page explains each argument and the result, and names source and validity as the head does."""
    text = page(metric)
    assert all(f"{name}: " in text for name in parameters(metric))
    assert "Returns: " in text
    said = re.search(r"Source: (?P<source>.*?)\(validity: (?P<validity>[a-z]+)", text)
    assert said
    assert said["validity"] == metric.validity.value
    assert any(re.search(rf"\b{rule}\b", said["source"]) for rule in metric.cites)


@named
def test_example(metric: Metric) -> None:
    """The page has an example, and it is true."""
    globals_ = vars(importlib.import_module(metric.function.__module__))
    found = doctest.DocTestFinder(recurse=False).find(metric.function, metric.id, globs=dict(globals_))
    runner = doctest.DocTestRunner(verbose=False)
    assert sum(len(test.examples) for test in found) > 0
    assert sum(runner.run(test).failed for test in found) == 0


@named
def test_nothing_and_one_day(metric: Metric) -> None:
    """With no or one day of data a metric gives a value, or raises where its page does not promise to take it."""
    series = [name for name, annotation in parameters(metric).items() if annotation in EMPTY]
    plain = {name: SAMPLES[annotation][0] for name, annotation in parameters(metric).items()}
    outcome(metric, plain)
    if series:
        result = outcome(metric, {**plain, **{name: EMPTY[parameters(metric)[name]] for name in series}})
        assert ("may be empty" in page(metric)) == (not isinstance(result, ValueError))


@named
def test_odd_input(metric: Metric) -> None:
    """Whatever goes in, out comes a finite value, None, or the error that the page names."""
    annotations = parameters(metric)
    assert set(annotations.values()) <= set(SAMPLES), "add samples for a new kind of argument"
    results = [
        outcome(metric, dict(zip(annotations, values, strict=True)))
        for values in product(*(SAMPLES[annotation] for annotation in annotations.values()))
    ]
    assert results


@named
def test_calling_twice_gives_the_same(metric: Metric) -> None:
    """A metric changes nothing of what it is given, and gives the same again."""
    plain = {name: SAMPLES[annotation][0] for name, annotation in parameters(metric).items()}
    first, second = outcome(metric, plain), outcome(metric, plain)
    assert first == second or str(first) == str(second)
