"""How fast planning is: numbers beside their goals, and the same claims given to two solvers in the same run.

    python benchmarks/run.py [--quick] [--json FILE]

In-process figures are processor time of this process, whole processes are measured from outside by the clock.
Nothing here passes or fails.
"""

from __future__ import annotations

import argparse
import gc
import json
import math
import os
import platform
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, TypeVar

if __package__ in (None, ""):  # called as a script
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.problems import KIT, Case, kit_cases, own_cases, titles, write_files

from midstance.catalogue.load import load_catalogue
from midstance.domain.plan import Plan
from midstance.formats.run_title import read_title
from midstance.planning import make
from midstance.planning.check import check_plan
from midstance.planning.make import Solved, make_plan
from midstance.services.handbook import all_rules, catalogue
from midstance.services.output import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from benchmarks.solvers import Answer

T = TypeVar("T")
STEPS = {
    "settle_runs": "settle", "prepare_facts": "prepare", "with_choices": "prepare", "compile_problem": "compile",
    "search": "search", "place_primers": "primers", "arrange": "arrange", "safe_sessions": "check",
    "slots_of": "explain", "shortfalls": "explain",
}
"""Functions that ``make_plan`` calls, by the step they belong to."""
GOAL_MEDIAN, GOAL_P95, GOAL_YEAR, GOAL_SLOWEST = 60.0, 150.0, 500.0, 2000.0
GOAL_PROCESS, GOAL_HELP, GOAL_MEMORY, GOAL_CHECK = 0.6, 0.25, 120.0, 20.0
MEASURED = """
import json, os, subprocess, sys, time
begun = time.perf_counter()
child = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
print(json.dumps([time.perf_counter() - begun, used.ru_utime + used.ru_stime, used.ru_maxrss, status]))
"""
"""A small parent, because a child's peak memory begins with that of the process it was split from."""
IMPORTED = """
import sys, time
begun = time.process_time()
import midstance.cli.main
print(time.process_time() - begun, "numpy" in sys.modules)
"""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured: repeats, runners of our own, weeks, and how many cases the dearer parts take."""

    repeats: int = 5
    own: int = 30
    weeks: int = 16
    year: int = 52
    year_cases: int | None = None
    solver_repeats: int = 2
    solver_cases: int | None = None
    processes: int = 9
    kit: bool = True


FULL = Size()
QUICK = Size(repeats=2, own=12, year_cases=6, solver_repeats=1, solver_cases=16, processes=5)


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One row of the table: a number, or a median with its p95, and the goals where there are some."""

    part: str
    what: str
    unit: str
    value: float
    tail: float | None = None
    goal: float | None = None
    tail_goal: float | None = None


@dataclass(kw_only=True)
class Made:
    """Times of one case [s], one value a repeat, by step beside the whole; and what came of it."""

    case: Case
    whole: list[float] = field(default_factory=list)
    steps: dict[str, list[float]] = field(default_factory=dict)
    plan: Plan | None = None
    solved: Solved | None = None


def p95(values: Sequence[float]) -> float:
    """Give the value that 95 of 100 do not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(0.95 * len(values)) - 1)]


def both(
    part: str, what: str, seconds: Sequence[float], *, goal: float | None = None, tail_goal: float | None = None
) -> Figure:
    """Summarise times of several cases as median and p95 [ms]."""
    return Figure(part=part, what=what, unit="ms", value=1000 * median(seconds), tail=1000 * p95(seconds), goal=goal,
                  tail_goal=tail_goal)


def lay_aside() -> None:
    """Keep what was loaded before out of the collector's way, as it is in a process of its own."""
    gc.collect()
    gc.freeze()


def spread(values: Sequence[T], most: int | None) -> list[T]:
    """Take at most so many of some values, evenly."""
    if most is None or len(values) <= most:
        return list(values)
    return [values[k * len(values) // most] for k in range(most)]


# ------------------------------------------------------------------------------------------------- plans, in process


@contextmanager
def stopwatch() -> Iterator[dict[str, float]]:
    """Time the steps of ``make_plan`` where it calls them [s of processor]."""
    taken: dict[str, float] = dict.fromkeys(STEPS.values(), 0.0)
    saved = {name: getattr(make, name) for name in STEPS}

    def timed(function: Callable[..., Any], step: str) -> Callable[..., Any]:
        def call(*args: Any, **named: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*args, **named)
            finally:
                taken[step] += time.process_time() - begun

        return call

    try:
        for name, function in saved.items():
            setattr(make, name, timed(function, STEPS[name]))
        yield taken
    finally:
        for name, function in saved.items():
            setattr(make, name, function)


def make_all(cases: Sequence[Case], repeats: int) -> list[Made]:
    """Make the plan of every case, round by round, so that a slow minute of the machine spreads over all of them."""
    rules, exercises = all_rules(), catalogue().exercises
    out = [Made(case=case) for case in cases]
    for _ in range(repeats):
        for made in out:
            lay_aside()
            with stopwatch() as taken:
                begun = time.process_time()
                made.plan, made.solved = make_plan(
                    made.case.brief, rules=rules, catalogue=exercises, version="benchmark"
                )
                whole = time.process_time() - begun
            made.whole.append(whole)
            for step, seconds in {**taken, "rest": whole - sum(taken.values())}.items():
                made.steps.setdefault(step, []).append(seconds)
    return out


def plan_figures(part: str, made: Sequence[Made], *, goal: float | None, tail_goal: float) -> list[Figure]:
    """Summarise the plans of one group of cases."""
    whole = [median(m.whole) for m in made]
    proven = 100 * sum(m.solved is not None and m.solved.certificate.proven for m in made) / len(made)
    return [
        both(part, "parsed input to finished plan", whole, goal=goal, tail_goal=tail_goal),
        Figure(part=part, what="the slowest", unit="ms", value=1000 * max(whole), goal=GOAL_SLOWEST),
        Figure(part=part, what="proven optimal", unit="%", value=proven, goal=100.0),
    ]


def step_figures(part: str, made: Sequence[Made]) -> list[Figure]:
    """Summarise the steps."""
    return [both(part, step, [median(m.steps[step]) for m in made]) for step in made[0].steps]


# ------------------------------------------------------------------------------------------------- side by side


def side_by_side(made: Sequence[Made], repeats: int) -> tuple[list[Figure], list[dict[str, Any]]]:
    """Give the same claims to every way in turn, A B C A B C, and compare."""
    from benchmarks.solvers import WAYS  # noqa: PLC0415 - what they load would slow the parts before

    answers: dict[str, list[list[Answer]]] = {name: [[] for _ in made] for name in WAYS}
    for k, one in enumerate(made):
        assert one.solved is not None
        lay_aside()
        for _ in range(repeats):
            for name, way in WAYS.items():
                answers[name][k].append(way(one.solved.compiled, time.process_time))
    part = f"same claims, {len(made)} cases, {repeats} x in turn"
    out: list[Figure] = []
    own = [median(a.seconds for a in case) for case in answers["midstance"]]
    for name, found in answers.items():
        theirs = [median(a.seconds for a in case) for case in found]
        out.append(both(part, f"{name}: building", [median(a.build_s for a in case) for case in found]))
        out.append(both(part, f"{name}: solving", [median(a.solve_s for a in case) for case in found]))
        out.append(both(part, f"{name}: building and solving", theirs))
        if name != "midstance":
            out += ratio_figures(part, name, theirs, own)
            out += agreement(part, name, answers)
    details = [
        {"case": one.case.name, **{name: [asdict(a) for a in found[k]] for name, found in answers.items()}}
        for k, one in enumerate(made)
    ]
    return out, details


def ratio_figures(part: str, name: str, theirs: Sequence[float], own: Sequence[float]) -> list[Figure]:
    """Compare two ways: above 1 midstance is faster."""
    paired = [a / b for a, b in zip(theirs, own, strict=True)]
    return [
        Figure(part=part, what=f"{name} / midstance", unit="x", value=median(theirs) / median(own),
               tail=p95(theirs) / p95(own)),
        Figure(part=part, what=f"{name} / midstance, median pair", unit="x", value=median(paired)),
        Figure(part=part, what=f"{name} / midstance, smallest pair", unit="x", value=min(paired)),
    ]


def agreement(part: str, name: str, answers: dict[str, list[list[Answer]]]) -> list[Figure]:
    """Count where a solver proved an optimum, and where it equals ours."""
    pairs = [(theirs[0].cost, own[0].cost) for theirs, own in zip(answers[name], answers["midstance"], strict=True)]
    proven = [(a, b) for a, b in pairs if a is not None]
    share = 100 * sum(a == b for a, b in proven) / len(proven) if proven else math.nan
    return [
        Figure(part=part, what=f"{name}: proven", unit="%", value=100 * len(proven) / len(pairs)),
        Figure(part=part, what=f"{name}: same optimum", unit="%", value=share, goal=100.0),
    ]


# ------------------------------------------------------------------------------------------------- single parts


def seconds_of(function: Callable[[], object], repeats: int) -> float:
    """Give the median processor time of a call [s]."""
    taken = []
    for _ in range(repeats):
        begun = time.process_time()
        function()
        taken.append(time.process_time() - begun)
    return median(taken)


def check_figures(part: str, made: Sequence[Made], repeats: int) -> list[Figure]:
    """Time the independent check of finished plans."""
    rules, exercises = all_rules(), catalogue().exercises
    taken = []
    for one in made:
        assert one.plan is not None
        judge = partial(check_plan, one.plan, rules, runner=one.case.brief.runner, catalogue=exercises)
        taken.append(seconds_of(judge, repeats))
    return [both(part, "check of a plan", taken, goal=GOAL_CHECK, tail_goal=GOAL_CHECK)]


def part_figures(part: str, made: Sequence[Made], repeats: int) -> list[Figure]:
    """Time renderers, catalogue and title reader."""
    out = []
    for form in ("json", "text", "html", "ics"):
        taken = []
        for one in made:
            assert one.plan is not None
            draw = partial(render, one.plan, one.case.brief.runner, form)
            draw()
            taken.append(seconds_of(draw, repeats))
        out.append(both(part, f"render {form}", taken))
    loaded = seconds_of(load_catalogue.__wrapped__, repeats)
    texts = titles()
    read = seconds_of(lambda: [read_title(text) for text in texts], repeats)
    out.append(Figure(part=part, what="load the catalogue", unit="ms", value=1000 * loaded))
    out.append(Figure(part=part, what=f"read a title, mean of {len(texts)}", unit="us", value=1e6 * read / len(texts)))
    return out


# ------------------------------------------------------------------------------------------------- whole processes


def command() -> list[str]:
    """Give the command line: the installed program, else the module."""
    program = Path(sys.executable).with_name("midstance")
    return [str(program)] if program.is_file() else [sys.executable, "-m", "midstance"]


def process(argv: Sequence[str], repeats: int) -> tuple[float, float, float]:
    """Run a process some times after one for the caches: median wall [s], median user and system [s], peak [MB]."""
    taken = []
    for _ in range(repeats + 1):
        done = subprocess.run([sys.executable, "-S", "-c", MEASURED, *argv], capture_output=True, text=True, check=True)
        wall, used, peak, status = json.loads(done.stdout)
        if status:
            raise SystemExit(f"{' '.join(argv)} ended with {os.waitstatus_to_exitcode(status)}")
        taken.append((wall, used, peak * (1 if sys.platform == "darwin" else 1024) / 1e6))
    kept = taken[1:]
    return median(t[0] for t in kept), median(t[1] for t in kept), max(t[2] for t in kept)


def process_figures(part: str, case: Case, repeats: int) -> list[Figure]:
    """Time the program as a whole."""
    weeks = str(((case.brief.last - case.brief.first).days + 7) // 7)
    with tempfile.TemporaryDirectory() as folder:
        toml, table = write_files(case, Path(folder))
        argv = [*command(), "plan", str(toml), "--runs", str(table), "--start", str(case.brief.first), "--weeks", weeks]
        wall, used, peak = process(argv, repeats)
    help_wall, help_used, _ = process([*command(), "--help"], repeats)
    imports = [
        subprocess.run([sys.executable, "-c", IMPORTED], capture_output=True, text=True, check=True).stdout.split()
        for _ in range(repeats)
    ]
    numpy = "with" if any(found == "True" for _, found in imports) else "without"
    return [
        Figure(part=part, what="midstance plan, CSV calendar: wall", unit="s", value=wall, goal=GOAL_PROCESS),
        Figure(part=part, what="midstance plan: user and system", unit="s", value=used),
        Figure(part=part, what="midstance plan: peak memory", unit="MB", value=peak, goal=GOAL_MEMORY),
        Figure(part=part, what="midstance --help: wall", unit="s", value=help_wall, goal=GOAL_HELP),
        Figure(part=part, what="midstance --help: user and system", unit="s", value=help_used),
        Figure(part=part, what=f"import of midstance.cli.main, {numpy} numpy", unit="s",
               value=median(float(s) for s, _ in imports)),
    ]


# ------------------------------------------------------------------------------------------------- all of it


def measure(size: Size, say: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Measure everything; ``say`` hears what is going on."""
    begun, load = time.monotonic(), os.getloadavg()
    own = own_cases(size.own, size.weeks)
    kit = kit_cases(size.weeks) if size.kit else []
    say("whole processes")
    figures = process_figures("whole processes", own[min(1, len(own) - 1)], size.processes)
    groups: list[tuple[str, list[Made]]] = []
    for name, found in (("kit's runners", kit), ("own runners", own)):
        if found:
            say(f"{size.weeks} weeks, {name}")
            part = f"{size.weeks} weeks, {len(found)} {name}"
            groups.append((part, make_all(found, size.repeats)))
            figures += plan_figures(part, groups[-1][1], goal=GOAL_MEDIAN, tail_goal=GOAL_P95)
    say(f"{size.year} weeks")
    longer = [*(kit_cases(size.year) if size.kit else []), *own_cases(size.own, size.year)]
    year = make_all(spread(longer, size.year_cases), 1)
    groups.append((f"{size.year} weeks, {len(year)} runners", year))
    figures += plan_figures(groups[-1][0], year, goal=None, tail_goal=GOAL_YEAR)
    made = groups[0][1]
    figures += step_figures(f"steps, {groups[0][0]}", made)
    say("single parts")
    figures += check_figures("single parts", made, 3)
    figures += part_figures("single parts", spread(made, 8), 3)
    say("side by side")
    everything = [m for _, group in groups[:-1] for m in group]
    more, details = side_by_side(spread(everything, size.solver_cases), size.solver_repeats)
    return {
        "machine": machine(), "load_before": load, "load_after": os.getloadavg(), "kit": bool(kit),
        "seconds": round(time.monotonic() - begun, 1), "figures": [asdict(f) for f in (*figures, *more)],
        "cases": [{"part": part, "case": m.case.name, "whole_s": m.whole, "steps_s": m.steps}
                  for part, group in groups for m in group],
        "side_by_side": details,
    }


def machine() -> dict[str, Any]:
    """Say what it ran on."""
    packages = {}
    for name in ("numpy", "highspy", "ortools"):
        try:
            packages[name] = version(name)
        except PackageNotFoundError:
            packages[name] = "not installed"
    return {"python": platform.python_version(), "system": platform.system(), "machine": platform.machine(),
            "cores": os.cpu_count(), "blas_threads": os.environ.get("OMP_NUM_THREADS", "default"), **packages}


def table(report: dict[str, Any]) -> str:
    """Write a report as a table: number, p95 where it is a median, goals, numbers by goals."""
    told = ", ".join(f"{key} {value}" for key, value in report["machine"].items())
    load = " -> ".join(" ".join(f"{x:.2f}" for x in report[key]) for key in ("load_before", "load_after"))
    lines = [told, f"load of the machine (1, 5, 15 min): {load}; the whole took {report['seconds']:.0f} s"]
    if not report["kit"]:
        lines.append(f"the acceptance kit's runners ({KIT.parent.name}/{KIT.name}) are not beside the checkout")
    part = ""
    for f in report["figures"]:
        if f["part"] != part:
            part = f["part"]
            lines += ["", f"{part:46}{'number':>10}{'p95':>10}    {'goal':>11}  number / goal"]
        digits = 3 if f["unit"] == "s" else 2 if f["unit"] == "x" else 1
        tail = "" if f["tail"] is None else f"{f['tail']:.{digits}f}"
        goals = [g for g in (f["goal"], f["tail_goal"]) if g]
        ratios = [v / g for v, g in ((f["value"], f["goal"]), (f["tail"], f["tail_goal"])) if g]
        lines.append(
            f"  {f['what']:44}{f['value']:>10.{digits}f}{tail:>10} {f['unit']:<3}"
            f"{' / '.join(f'{g:g}' for g in goals):>11}  {' / '.join(f'{r:.2f}' for r in ratios)}".rstrip()
        )
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure, print the table, and write the JSON where asked."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--quick", action="store_true", help="fewer cases and repeats: under 40 s")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write every number there too")
    given = parser.parse_args(arguments)
    report = measure(QUICK if given.quick else FULL, say=lambda text: print(f"... {text}", file=sys.stderr))
    print("\n" + table(report))
    if given.json:
        given.json.write_text(json.dumps(report, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
