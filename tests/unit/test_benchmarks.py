"""The benchmarks import, run on one small case, and write every number down; no time is asserted anywhere."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
WEEKS = 3


@pytest.fixture(scope="module")
def run() -> ModuleType:
    """Import the benchmarks as they import one another."""
    sys.path.insert(0, str(ROOT))
    try:
        return importlib.import_module("benchmarks.run")
    finally:
        sys.path.remove(str(ROOT))


@pytest.fixture(scope="module")
def report(run: ModuleType) -> dict[str, Any]:
    """Measure one runner of our own over a few weeks."""
    size = run.Size(repeats=1, own=1, weeks=WEEKS, year=WEEKS + 1, solver_repeats=1, processes=1, kit=False)
    return run.measure(size)


def test_every_part_is_measured(run: ModuleType, report: dict[str, Any]) -> None:
    """Processes, plans, steps, single parts and solvers each have rows, all of them numbers with a unit."""
    parts = {f["part"].split(",")[0] for f in report["figures"]}
    assert parts == {"whole processes", f"{WEEKS} weeks", f"{WEEKS + 1} weeks", "steps", "single parts", "same claims"}
    assert all(f["value"] == f["value"] and f["unit"] for f in report["figures"])
    steps = {f["what"] for f in report["figures"] if f["part"].startswith("steps")}
    assert steps == {*run.STEPS.values(), "rest"}


def test_steps_add_up_to_the_whole(report: dict[str, Any]) -> None:
    """The steps of a case and the rest are the whole time of its plan."""
    for case in report["cases"]:
        for number, whole in enumerate(case["whole_s"]):
            assert sum(taken[number] for taken in case["steps_s"].values()) == pytest.approx(whole)


def test_solvers_find_the_same_optimum(report: dict[str, Any]) -> None:
    """Each installed solver proves the cost that the search proves, from the same claims."""
    for row in report["side_by_side"]:
        costs = [answer["cost"] for name, answers in row.items() if name != "case" for answer in answers]
        assert len(costs) > 1
        assert None not in costs
        assert len(set(map(tuple, costs))) == 1


def test_the_report_is_a_table_and_json(run: ModuleType, report: dict[str, Any]) -> None:
    """A report prints every row with its goal and survives JSON."""
    text = run.table(report)
    assert all(f["what"] in text for f in report["figures"])
    assert "load of the machine" in text
    again = json.loads(json.dumps(report))
    assert [f["value"] for f in again["figures"]] == [f["value"] for f in report["figures"]]


def test_the_stopwatch_leaves_planning_as_it_was(run: ModuleType) -> None:
    """After timing, ``make_plan`` calls its own functions again."""
    before = {name: getattr(run.make, name) for name in run.STEPS}
    with run.stopwatch():
        assert all(getattr(run.make, name) is not before[name] for name in run.STEPS)
    assert {name: getattr(run.make, name) for name in run.STEPS} == before


def test_own_runners_are_the_same_every_time(run: ModuleType) -> None:
    """One seed gives the same runners, another seed others."""
    assert run.own_cases(7, WEEKS) == run.own_cases(7, WEEKS)
    assert run.own_cases(7, WEEKS) != run.own_cases(7, WEEKS, seed=1)


def test_files_say_what_the_case_says(run: ModuleType, tmp_path: Path) -> None:
    """The runner and calendar written for the command line are read back as they were."""
    from midstance.services.inputs import read_calendars, read_runner  # noqa: PLC0415

    case = run.own_cases(2, WEEKS)[1]
    toml, table = run.write_files(case, tmp_path)
    runner = read_runner(toml)
    found = read_calendars([table], runner=runner, first=case.brief.first, last=case.brief.last).runs
    assert runner == case.brief.runner
    assert [(r.date, r.type, r.minutes) for r in found] == [
        (r.date, r.type, r.minutes) for r in sorted(case.brief.calendar, key=lambda r: r.date)
    ]


@pytest.mark.parametrize(("values", "expected"), [([3.0], 3.0), (list(range(1, 21)), 19), (list(range(1, 25)), 23)])
def test_p95_is_the_nearest_rank(run: ModuleType, values: list[float], expected: float) -> None:
    """Of 20 values the 19th, of 24 the 23rd."""
    assert run.p95(values) == expected


def test_a_way_that_gives_up_is_counted(run: ModuleType) -> None:
    """An unproven answer lowers the share of proven ones and is not compared."""
    solvers = importlib.import_module("benchmarks.solvers")
    mine = solvers.Answer(cost=(0, 1), build_s=0.1, solve_s=0.1)
    none = solvers.Answer(cost=None, build_s=0.1, solve_s=9.0)
    figures = run.agreement("part", "HiGHS", {"midstance": [[mine], [mine]], "HiGHS": [[mine], [none]]})
    assert [f.value for f in figures] == [50.0, 100.0]


def test_the_search_is_timed_by_the_given_clock(run: ModuleType) -> None:
    """Building and solving are told apart by the clock that is handed in."""
    solvers = importlib.import_module("benchmarks.solvers")
    made = run.make_all(run.own_cases(1, WEEKS), 1)[0]
    ticks = iter(range(100))
    answer = solvers.own_way(made.solved.compiled, lambda: float(next(ticks)))
    assert (answer.build_s, answer.solve_s, answer.seconds) == (1.0, 1.0, 2.0)
    assert answer.cost == made.solved.compiled.unpack(made.solved.certificate.cost)
