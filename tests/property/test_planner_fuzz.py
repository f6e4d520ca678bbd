"""Whatever runner and calendar come, the plan keeps the method's rules, by a reading that knows nothing of midstance.

``MIDSTANCE_FUZZ_WEEKS`` says how many weeks are planned (2,160 by default, 100,000 in ``make soak``).
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from problems import FUZZED_WEEKS, SOAK, Made, a_brief, briefs, made
from second_checker import second_check

from midstance.domain.dates import minute_of
from midstance.domain.session import Kind
from midstance.formats.plan_json import parse_plan_json
from midstance.formats.runner_toml import parse_runner, render_runner
from midstance.planning.check import check_plan
from midstance.services.handbook import all_rules, catalogue

if TYPE_CHECKING:
    from midstance.planning.make import Brief

WEEKS = 12


def examples(weeks: int) -> settings:
    """Settle how many plans there are: the same ones every time, and others in a soak; failures are not shrunk."""
    return settings(max_examples=max(1, weeks // WEEKS), deadline=None, derandomize=not SOAK, database=None,
                    phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck))


def breaches(plan: Made) -> list[str]:
    """Everything that is wrong with a plan, in words."""
    found = [f"{rule} {date}: {text}" for rule, date, text in second_check(plan.document, plan.tables)]
    runner, history = plan.brief.runner, plan.brief.history
    report = check_plan(plan.plan, all_rules(), runner=runner, history=history, catalogue=catalogue().exercises)
    found += [f"check {f.rule} {f.date}: {f.says}" for f in report.findings if (f.on, f.tier) == ("plan", "safety")]
    if plan.plan.optimality.status != "optimal":
        found.append(f"not proven: {plan.plan.optimality}")
    chosen = {(c.start, c.kind, c.minutes) for c in plan.solved.chosen}
    sat = {(minute_of(s.start), s.kind, s.minutes) for s in plan.plan.sessions if s.kind is not Kind.PRIMER}
    found += [f"placed and taken out again: {what}" for what in sorted(map(str, chosen - sat))]
    return found


@examples(FUZZED_WEEKS)
@given(briefs(WEEKS))
def test_no_plan_breaks_a_rule(brief: Brief) -> None:
    """The second checker and the product's own find nothing, all is proven, and nothing is taken out again."""
    assert not breaches(made(brief))


@examples(FUZZED_WEEKS // 10)
@given(briefs(WEEKS))
def test_the_same_brief_gives_the_same_bytes(brief: Brief) -> None:
    """A plan made again is the same text, and reading and writing it changes nothing."""
    first = made(brief).text
    assert made(brief).text == first
    assert parse_plan_json(first.encode(), "plan.json") == made(brief).plan


@examples(FUZZED_WEEKS // 10)
@given(briefs(WEEKS))
def test_fuzzed_runners_could_stand_in_a_file(brief: Brief) -> None:
    """The runners of these tests are possible ones: a runner's file holds them."""
    assert parse_runner(render_runner(brief.runner).encode(), "runner.toml") == brief.runner


HASHED = """
import hashlib, sys
from problems import a_brief, made
from midstance.formats.runner_toml import parse_runner
for text in sys.stdin.read().split("=====")[:-1]:
    print(hashlib.sha256(made(a_brief(parse_runner(text.encode(), "r.toml"), weeks=12)).text.encode()).hexdigest())
"""


@pytest.fixture(scope="module")
def some_runners() -> list[Brief]:
    """A few fuzzed runners."""
    kept: list[Brief] = []

    @settings(max_examples=40, derandomize=True, database=None, phases=(Phase.generate,), deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(briefs(WEEKS))
    def keep(brief: Brief) -> None:
        kept.append(brief)

    keep()
    return [a_brief(brief.runner, weeks=WEEKS) for brief in kept[8::8]]


def test_hashing_changes_no_plan(some_runners: list[Brief]) -> None:
    """Two processes whose hashes differ give the same bytes as this one."""
    files = "".join(f"{render_runner(brief.runner)}=====" for brief in some_runners)
    here = [hashlib.sha256(made(brief).text.encode()).hexdigest() for brief in some_runners]
    assert len(here) >= 3
    for seed in ("0", "4711"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(Path(__file__).parents[1])}
        done = subprocess.run([sys.executable, "-c", HASHED], input=files, env=environment, text=True,
                              capture_output=True, check=True, timeout=120)
        assert done.stdout.split() == here
