"""Write docs/reference from the objects, and what the commands of the walked pages print: ``python docs/generate.py``.

With ``--check`` nothing is changed; stale pages are named and the exit status is 1.
"""

from __future__ import annotations

import sys
import tomllib
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from midstance import formats as formats_package
from midstance import metrics as metrics_package
from midstance.catalogue.phases import load_phases
from midstance.catalogue.self_tests import load_self_tests
from midstance.cli.main import app
from midstance.discover import discover
from midstance.formats._format import Format
from midstance.formats._runner_fields import TABLES
from midstance.formats.reference.exercises import render_exercises
from midstance.formats.reference.files import render_formats, render_runner_file, render_titles
from midstance.formats.reference.markdown import page
from midstance.formats.reference.metrics import render_metrics
from midstance.formats.reference.numbers import Default, render_numbers
from midstance.formats.reference.rules import render_rules, render_sources
from midstance.formats.reference.self_tests import render_self_tests
from midstance.formats.run_title import GRAMMAR
from midstance.metrics._metric import Metric
from midstance.planning import adherence, readiness, recall
from midstance.rules import _prices
from midstance.services.handbook import all_rules, catalogue
from walk import walk

HERE = Path(__file__).parent
REFERENCE = HERE / "reference"
WALKED = (HERE / "tutorial.md", HERE / "fortnight.md")
PRICES = "Prices"
COMMANDS = """Every command prints to standard output, and says what it skipped or assumed on standard error.

Exit status: **0** done; **1** a safety rule is broken by the plan (faults of the running calendar alone are reported
with 0); **2** the input is wrong: a message on standard error, no traceback, nothing on standard output."""


def defaults() -> tuple[list[Default], list[str]]:
    """Read the numbers that ``defaults.toml`` lists and all prices, and name those that are gone."""
    listed = tomllib.loads((HERE / "defaults.toml").read_text("utf-8"))
    found, missing = [], []
    for section, entries in listed.items():
        for entry in entries:
            module, name = entry["at"].rsplit(".", 1)
            try:
                value = getattr(import_module(f"midstance.{module}"), name)
            except (ImportError, AttributeError):
                missing.append(entry["at"])
                continue
            found.append(Default(**entry, value=value, section=section))
    return [*found, *prices()], missing


def prices() -> list[Default]:
    """Read every price of the search; the name says what is priced."""
    return [
        Default(
            at=f"rules._prices.{name}", value=value, unit="price", section=PRICES,
            says=name.replace("_", " ").capitalize() + ".",
        )
        for name, value in vars(_prices).items()
        if name.isupper() and isinstance(value, int)
    ]


def commands() -> str:
    """Write the page of the commands from the command line's own signatures."""
    started = sys.argv
    sys.argv = ["midstance"]  # usage lines begin with how the program was started, which is not the reader's way
    try:
        text = app.generate_docs(output_format="markdown")
    finally:
        sys.argv = started
    body = text.partition("## midstance ")
    return page("Commands", COMMANDS, (body[1] + body[2]).replace(" *[default: ()]*", ""))


def index(names: list[str], titles: dict[str, str]) -> str:
    """Write the page that leads to the others."""
    return page("Reference", "\n".join(f"- [{titles[name]}]({name})" for name in names))


def pages() -> dict[str, str]:
    """Render every page of the reference, by file name."""
    rules, data, phases, tests = all_rules(), catalogue(), load_phases(), load_self_tests()
    metrics = discover(metrics_package, Metric)
    numbers, missing = defaults()
    for at in missing:
        print(f"docs/defaults.toml: {at} is gone; drop or rename the entry", file=sys.stderr)
    made: dict[str, str] = {
        "commands.md": commands(),
        "runner-file.md": render_runner_file(TABLES),
        "titles.md": render_titles(GRAMMAR),
        "formats.md": render_formats(discover(formats_package, Format)),
        "rules.md": render_rules(rules, data.sources),
        "numbers.md": render_numbers(
            rules, data.sources, phases=tuple(phases.by_phase.values()), sets=phases.sets, defaults=numbers,
            daily={"readiness": readiness.PARAMS, "adherence": adherence.PARAMS, "replanning": recall.PARAMS},
        ),
        "metrics.md": render_metrics(metrics, data.sources),
        **render_exercises(data.exercises, data.sources),
        "self-tests.md": render_self_tests(tests, data.sources),
        "sources.md": render_sources(data.sources, rules, data.exercises, metrics, tests),
    }
    titles = {name: text.partition("\n")[0].removeprefix("# ") for name, text in made.items()}
    return {"README.md": index(list(made), titles), **made}


def stale(made: dict[str, str]) -> list[str]:
    """Name the pages that are missing, differ, or are written by nothing."""
    there = {path.name: path.read_text("utf-8") for path in REFERENCE.glob("*") if path.is_file()}
    return sorted(name for name in made.keys() | there.keys() if made.get(name) != there.get(name))


def write(made: dict[str, str]) -> None:
    """Write what changed, and drop what is written no more."""
    REFERENCE.mkdir(exist_ok=True)
    for name in stale(made):
        path = REFERENCE / name
        if name in made:
            path.write_text(made[name], encoding="utf-8", newline="\n")
        else:
            path.unlink()


def walk_page(page: Path) -> bool:
    """Run a page's commands and write what they print; tell whether that changed anything."""
    old = page.read_text("utf-8")
    with TemporaryDirectory() as folder:
        new = walk(old, Path(folder))
    if new != old:
        page.write_text(new, encoding="utf-8", newline="\n")
    return new != old


def main(arguments: list[str]) -> int:
    """Write or check; give the exit status."""
    made = pages()
    old = stale(made)
    if "--check" in arguments:
        for name in old:
            print(f"docs/reference/{name} is stale: run 'make docs'", file=sys.stderr)
        return 1 if old else 0
    write(made)
    print(f"{len(made)} pages, {len(old)} of them changed")
    for walked in WALKED:
        print(f"{walked.name} {'changed' if walk_page(walked) else 'as it was'}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
