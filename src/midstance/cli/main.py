"""The command line: one function a command; everything is read, made and written elsewhere.

The commands that a runner types each day, and those that keep the diary, are in ``cli.daily``.

Exit status: 0 done, 1 a safety rule is broken by the plan, 2 the input is wrong.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

from midstance import __version__
from midstance.cli import changing, daily, serving
from midstance.cli.assess import assess
from midstance.cli.diary import Diary, moment, open_diary
from midstance.cli.mirror import mirror
from midstance.cli.printing import put, tell

if TYPE_CHECKING:
    pass

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the search multiplies small matrices: threads only get in the way

app = App(
    name="midstance",
    help="Strength and mobility for runners, planned around their real running.",
    version=__version__,
    help_format="plaintext",
)

Form = Literal["text", "json", "ics", "html"]
Plain = Literal["text", "json"]


@app.command
def plan(  # noqa: PLR0913 - the options of the contract, each by its name
    runner: Path,
    *,
    runs: Annotated[tuple[Path, ...], Parameter(negative="")] = (),
    start: dt.date | None = None,
    weeks: int | None = None,
    race_day: dt.date | None = None,
    runs_start: dt.date | None = None,
    format: Form = "text",
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    save: Annotated[bool, Parameter(negative="")] = False,
    diary: Diary = None,
) -> int:
    """Plan strength and mobility around a runner's running.

    Parameters
    ----------
    runner
        The runner's file, TOML.
    runs
        A running calendar (ICS, CSV, week list) or recorded runs (FIT, GPX, TCX, folder, zip); repeatable.
    start
        First date of the plan; today by default.
    weeks
        Calendar weeks; by default to the end of the last A race's recovery, else 16.
    race_day
        The day on which a week list's race falls.
    runs_start
        The Monday on which a week list begins.
    format
        What to print.
    output
        Write to this file instead.
    save
        Keep the plan in the diary and follow it from now on.
    """
    from midstance.services.output import render  # noqa: PLC0415
    from midstance.services.plan import Wish, plan_from_files  # noqa: PLC0415

    wish = Wish(runner=runner, runs=runs, start=start or clock_date(), weeks=weeks, race_day=race_day,
                runs_start=runs_start)
    if save:
        from midstance.cli.diary import plan_and_keep  # noqa: PLC0415

        done, told = plan_and_keep(wish, diary, time.perf_counter)
        tell(*told)
    else:
        done = plan_from_files(wish, time.perf_counter)
    tell(*done.messages)
    width = min(100, shutil.get_terminal_size((80, 24)).columns)
    put(render(done.plan, done.runner, format, width=width, colour=output is None and sys.stdout.isatty()), output)
    return 1 if any(f.tier == "safety" and f.on == "plan" for f in done.plan.findings) else 0


def clock_date() -> dt.date:
    """Ask the clock for the date."""
    return dt.datetime.now().astimezone().date()


@app.command
def check(plan: Path, runner: Path | None = None, *, format: Plain = "text") -> int:
    """Judge any plan document, also a hand-made one.

    Parameters
    ----------
    plan
        The plan document, JSON.
    runner
        The runner's file; without it the document's own runner is used.
    format
        What to print.
    """
    from midstance.cli.words import report_json, report_text  # noqa: PLC0415
    from midstance.services.check import check_file  # noqa: PLC0415

    report = check_file(plan, runner)
    put(report_json(report) if format == "json" else report_text(report))
    return 1 if report.unsafe else 0


@app.command
def why(plan: Path, date: dt.date, *, not_: Annotated[dt.date | None, Parameter(name="--not")] = None) -> int:
    """Say why a session stands on a date, and why not on another.

    Parameters
    ----------
    plan
        The plan document, JSON.
    date
        The date of the session.
    not_
        Another date: which rule speaks against it, or what it would cost.
    """
    from midstance.cli.words import reasons_text  # noqa: PLC0415
    from midstance.services.check import why_from_file  # noqa: PLC0415

    put(reasons_text(why_from_file(plan, date, not_)))
    return 0


@app.command
def exercises(id: str | None = None) -> int:
    """Print the exercises, or one of them with everything about it.

    Parameters
    ----------
    id
        Id of an exercise, for example goblet-squat.
    """
    from midstance.cli.handbook import exercise_text, exercises_text  # noqa: PLC0415

    put(exercises_text() if id is None else exercise_text(id))
    return 0


@app.command
def rules(id: str | None = None) -> int:
    """Print the rules, or one of them with numbers, sources and examples.

    Parameters
    ----------
    id
        Id of a rule, for example easy-share.
    """
    from midstance.cli.handbook import rule_text, rules_text  # noqa: PLC0415

    put(rules_text() if id is None else rule_text(id))
    return 0


@app.command
def title(
    *text: Annotated[str, Parameter(allow_leading_hyphen=True)],
    units: Literal["mi", "km"] = "km",
    format: Plain = "text",
) -> int:
    """Show how workout titles are read; - reads one title a line from standard input.

    Parameters
    ----------
    text
        Titles; - for standard input.
    units
        What a bare distance means.
    format
        What to print.
    """
    from midstance.cli.titles import titles_json, titles_text  # noqa: PLC0415

    unknown = next((t for t in text if t.startswith("--")), None)
    if unknown:
        tell(f"midstance: Unknown option: {unknown.split('=')[0]}")
        return 2
    lines = [t for given in text for t in (sys.stdin.read().splitlines() if given == "-" else [given])]
    put(titles_json(lines, units) if format == "json" else titles_text(lines, units))
    return 0


@app.command(name="import")
def import_(
    *path: Path, zone: str = "", weights: Literal["kg", "lb"] | None = None, sets: bool = False,
    format: Plain = "text", diary: Diary = None,
) -> int:
    """Bring recorded runs and strength logs into the diary; the same run from two devices is one.

    Parameters
    ----------
    path
        Recordings (FIT, GPX, TCX), exports of Strava, Garmin, Hevy or Strong, folders and zips of them; results of the
        session player.
    zone
        Time zone of times that tell none, such as Europe/Lisbon; by default the planned runner's, else the computer's.
    weights
        What weights of a log that names no unit are; by default the planned runner's unit, else kg.
    sets
        Put strength sessions that a watch recorded and nobody logged into the log, with the sets it is sure of.
    format
        What to print.
    """
    from midstance.cli.importing import import_from, import_json, import_text  # noqa: PLC0415

    if not path:
        tell("midstance: import needs a file or a folder")
        return 2
    with open_diary(diary) as store:
        told = import_from(store, path, zone=zone, weights=weights, fill=sets, now=moment().at)
    if told is None:
        tell("Stopped. What was written so far is kept; the same command again goes on from there.")
        return 130
    put(import_json(told) if format == "json" else import_text(told))
    return 0


for command in (*changing.COMMANDS, *daily.COMMANDS, assess, mirror, *serving.COMMANDS):
    app.command(command)


@app.command
def simulate(*, runners: int = 10, weeks: int = 52, seed: int = 1, jobs: int = 1, format: Plain = "text") -> int:
    """Let made-up runners live with the planner and judge every morning; 1 is returned where anything is wrong.

    Parameters
    ----------
    runners
        How many runners.
    weeks
        How long each lives.
    seed
        The same number gives the same lives.
    jobs
        Processes to share the runners out to; the result is the same.
    format
        What to print.
    """
    from midstance.cli.simulate import simulated_json, simulated_text  # noqa: PLC0415
    from midstance.services.simulate import simulate as simulated  # noqa: PLC0415

    heard = (lambda n: print(f"\r{n} of {runners} runners", end="", file=sys.stderr)) if sys.stderr.isatty() else None
    found = simulated(runners, weeks=weeks, seed=seed, jobs=jobs, say=heard)
    if heard:
        tell("")
    put(simulated_json(found, seed=seed, weeks=weeks) if format == "json" else simulated_text(found, seed=seed))
    return 1 if found.violations else 0


def main(arguments: list[str] | None = None) -> None:
    """Run a command and end with its exit status."""
    try:
        code = app(arguments, exit_on_error=False, print_error=False, result_action="return_value")
    except CycloptsError as error:
        tell(f"midstance: {error}")
        code = 2
    except BrokenPipeError:
        sys.stderr.close()
        code = 0
    except Exception as error:
        from midstance.formats._format import InputError  # noqa: PLC0415

        if not isinstance(error, InputError):
            raise
        tell(*(str(fault) for fault in error.faults))
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


if __name__ == "__main__":
    main()
