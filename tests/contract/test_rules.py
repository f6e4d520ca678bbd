"""What every rule must keep: its examples, its words, its numbers and its modesty."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import re
import string
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import midstance.rules
from builders import MONDAY, RULES, a_plan_of, a_runner, judged, race_text
from midstance.catalogue.load import load_catalogue
from midstance.domain.evidence import Tier
from midstance.domain.history import History
from midstance.domain.session import HARD_KINDS, Kind
from midstance.planning.check import sessions_as_choices
from midstance.planning.prepare import prepare_facts, with_choices
from midstance.planning.settle_runs import SettledRuns, settle_runs
from midstance.rules._rule import Example, Rule

if TYPE_CHECKING:
    from midstance.domain.problem import Problem

METHOD = (
    "recovery-between-hard", "easy-share", "race-freshness", "after-race", "fits-the-day", "training-days",
    "sessions-a-week", "regions-covered", "fresh-legs", "strength-after-running", "same-days", "not-back-to-back",
    "preferred-days", "steady-load", "even-days", "stay-close",
)
BY_FILLING_OR_REPLANNING = {"regions-covered", "stay-close"}
PROVIDED = {"at", "total", "range", "high", "facts", "limit"}
RULE_FILES = sorted(p for p in Path(midstance.rules.__path__[0]).glob("*.py") if not p.name.startswith("_"))
named = pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
EXAMPLES = [pytest.param(rule, e, id=f"{rule.id}-{k}") for rule in RULES.values() for k, e in enumerate(rule.examples)]


def a_problem(text: str, runner_text: str = "") -> Problem:
    """Turn a week of notation into a problem whose choices are all taken."""
    plan, runner = a_plan_of(text), a_runner(runner_text)
    settled = SettledRuns(runs=plan.runs, notes=(), easy_pace_s_per_km=390)
    facts = prepare_facts(runner, settled, History(), first=plan.starts, last=plan.ends)
    return sessions_as_choices(facts, plan.sessions, runner, plan.runs)


def an_open_problem(runner_text: str = "") -> Problem:
    """Give three weeks in which everything may still be chosen, with hard runs and a race."""
    runner = a_runner(
        f'strength_days = ["tue"]\n{runner_text}{race_text("2026-12-20", 10)}{race_text("2026-12-13", 5, "B")}'
        '[[running]]\nday = "tue"\nminutes = 60\ntype = "tempo"\n'
        '[[running]]\nday = "sun"\nminutes = 110\ntype = "long"')
    first, last = MONDAY, dt.date(2026, 12, 20)
    settled = settle_runs(runner, (), History(), first=first, last=last)
    published = frozenset({(first.toordinal() + 3, Kind.HEAVY)})
    facts = prepare_facts(runner, settled, History(), first=first, last=last, published=published)
    return with_choices(facts, runner, tuple(RULES.values()))


def test_every_rule_of_the_method_has_its_object() -> None:
    """Each row of method 7.2 is a rule, and no two rules share an id."""
    assert set(METHOD) <= set(RULES)
    assert len(RULES) == len(RULE_FILES)


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda p: p.stem)
def test_one_rule_one_file(path: Path) -> None:
    """A file defines exactly the rule that has its name."""
    module = importlib.import_module(f"midstance.rules.{path.stem}")
    assert [v.id for v in vars(module).values() if isinstance(v, Rule)] == [path.stem.replace("_", "-")]


@pytest.mark.parametrize("path", RULE_FILES, ids=lambda p: p.stem)
def test_a_rule_knows_no_search(path: Path) -> None:
    """A rule imports the domain and other rules, nothing that plans, computes in arrays or touches the world."""
    tree = ast.parse(path.read_text("utf-8"))
    names = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    foreign = {n for n in names if not n.startswith(("midstance.domain", "midstance.rules"))}
    assert foreign <= {"__future__", "typing", "math", "itertools", "collections.abc", "dataclasses", "datetime"}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_an_example_finds_what_it_says(rule: Rule, example: Example) -> None:
    """Each example, judged by its rule alone, is found on the weekday that it names, or nowhere."""
    found = judged(example.week, rule.id, example.runner)
    assert [f"{f.date:%a}" for f in found[:1]] == ([example.finds] if example.finds else [])
    assert all(f.rule == rule.id and "{" not in f.says and len(f.says) > 20 for f in found)


@named
def test_a_rule_shows_a_breach_and_a_fine_week(rule: Rule) -> None:
    """At least one example is found and one is fine, save for rules that a week of notation cannot break."""
    verdicts = {example.finds is not None for example in rule.examples}
    assert verdicts == ({False} if rule.id in BY_FILLING_OR_REPLANNING else {True, False})


@named
def test_words(rule: Rule) -> None:
    """Title, why and help are there, and the sentence of a finding uses only fields that are provided."""
    fields = {name for _, name, _, _ in string.Formatter().parse(rule.says) if name}
    assert {"at"} <= fields <= PROVIDED
    assert ("limit" not in fields) or rule.params
    assert rule.title[0].isupper()
    assert rule.why.strip().splitlines()[0].endswith(".")
    assert rule.helps
    assert rule.unit


@named
def test_parameters(rule: Rule) -> None:
    """Each number has a unit, a range that is one, a sentence, and a source of the catalogue or none."""
    sources = load_catalogue().sources
    assert len({p.id for p in rule.params}) == len(rule.params)
    for param in rule.params:
        low, high = param.between
        assert low <= param.value <= high
        assert low < high
        assert param.unit
        assert param.says.endswith(".")
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", param.id)
        assert param.source is None or param.source in sources
        assert param.badge in {param.source, "midstance default"}


@named
def test_a_number_outside_its_range_is_refused(rule: Rule) -> None:
    """A coach may move each number inside its range and not beyond; the message names rule, number and range."""
    for param in rule.params:
        key = f"{rule.id}.{param.id}"
        for value in param.between:
            assert rule.values({key: value})[param.id.replace("-", "_")] == value
        for value in (param.between[0] - 0.5, param.between[1] + 0.5):
            with pytest.raises(ValueError, match=re.escape(key)):
                rule.values({key: value})


@named
def test_citations(rule: Rule) -> None:
    """Each rule cites the method or the evidence by id, and sources that exist."""
    assert rule.cites
    assert all(re.fullmatch(r"M([1-9]|1\d|2[0-7])|R([1-9]|[1-9]\d|100)", cite) for cite in rule.cites)
    assert any(cite.startswith("M") for cite in rule.cites)
    assert set(rule.sources) <= set(load_catalogue().sources)
    assert {p.source for p in rule.params if p.source} <= set(rule.sources)


@named
@pytest.mark.parametrize("settings", ["least", "default", "most"])
def test_claims_are_well_formed(rule: Rule, settings: str) -> None:
    """With every number at either end of its range a claim names its rule, known choices and a bound; prices fit."""
    problem = an_open_problem()
    values = {f"{rule.id}.{p.id}": p.between[settings == "most"] for p in rule.params}
    claims = list(rule.yield_claims(problem, values if settings != "default" else None))
    for claim in claims:
        assert claim.rule == rule.id
        assert claim.low is not None or claim.high is not None
        assert all(0 <= index < len(problem.choices) for _, index in claim.terms)
        assert len({index for _, index in claim.terms}) == len(claim.terms)
        assert (claim.price == 0) == (claim.tier is Tier.SAFETY)
        assert problem.first - 6 <= claim.day <= problem.last
        assert isinstance(claim.price, int)
        assert all(isinstance(c, int) for c, _ in claim.terms)


@named
@pytest.mark.parametrize("runner", ["", 'running_level = "beginner"\nstrength_level = "beginner"', "birth_year = 1950"])
def test_no_safety_claim_forbids_the_empty_plan(rule: Rule, runner: str) -> None:
    """A plan without sessions breaks no safety claim, so that the planner can always answer."""
    for claim in rule.yield_claims(an_open_problem(runner)):
        if claim.tier is Tier.SAFETY:
            assert (claim.low or 0) <= 0
            assert claim.high is None or claim.high >= 0


@named
def test_edges_lie_where_the_verdict_turns(rule: Rule) -> None:
    """A rule that looks at the hour names every moment around which its own single claims change."""
    if rule.edges is None:
        assert not list(rule.yield_edges(an_open_problem()))
        return
    problem = an_open_problem()
    edges = list(rule.yield_edges(problem))         # none where only the gap between two sessions sees the hour
    assert all(edge.kinds for edge in edges)
    verdicts: dict[tuple[int, Kind, int], list[tuple[int, object]]] = {}
    single = {}
    for claim in rule.yield_claims(problem):
        if len(claim.terms) == 1:
            single.setdefault(claim.terms[0][1], []).append((claim.tier, claim.price))
    for c in problem.choices:
        verdicts.setdefault((c.day, c.kind, c.minutes), []).append((c.start, sorted(single.get(c.index, []))))
    for (_, kind, minutes), found in verdicts.items():
        moments = {e.minute - (minutes if e.of_end else 0) for e in edges if kind in e.kinds}
        for (early, one), (late, other) in zip(sorted(found)[:-1], sorted(found)[1:], strict=True):
            assert one == other or any(early < moment <= late for moment in moments)


def test_hard_sessions_are_what_the_method_says() -> None:
    """Heavy and plyometric are hard, nothing else."""
    assert {Kind.HEAVY, Kind.PLYOMETRIC} == HARD_KINDS


def test_a_rule_without_calendar_or_edges_yields_none() -> None:
    """Notes and edges are optional: a rule that has none gives nothing."""
    bare = replace(RULES["same-days"], calendar=None, edges=None)
    problem = a_problem("Mon 18:00 strength 20min")
    assert not [*bare.yield_notes(problem), *bare.yield_edges(problem)]
