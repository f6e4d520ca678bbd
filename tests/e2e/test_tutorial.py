"""The tutorial and the examples: what they show is what a reader gets."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

from midstance.formats.runner_toml import parse_runner
from midstance.services.check import check_file

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "docs" / "tutorial.md", ROOT / "docs" / "fortnight.md")
EXAMPLES = ROOT / "examples"
CONSOLE = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)


def walked(text: str, folder: Path) -> str:
    """The tutorial with what its commands really print."""
    spec = importlib.util.spec_from_file_location("docs_walk", ROOT / "docs" / "walk.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    new: str = module.walk(text, folder)
    return new


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_print_what_they_show(page: Path, tmp_path: Path) -> None:
    """Each console block prints exactly what the page shows; otherwise run make docs and read what changed."""
    text = page.read_text("utf-8")
    shown, printed = CONSOLE.findall(text), CONSOLE.findall(walked(text, tmp_path))
    assert len(shown) >= 8
    for one, other in zip(shown, printed, strict=True):
        assert other == one


def test_walk_notices_a_wrong_output(tmp_path: Path) -> None:
    """A page that shows something else than is printed does not come back unchanged."""
    page = "Save this as `a.txt`:\n\n```text\nhello\n```\n\n```console\n$ cat a.txt\nbye\n$ false\n$ echo $?\n0\n```\n"
    assert walked(page, tmp_path).endswith("$ cat a.txt\nhello\n$ false\n$ echo $?\n1\n```\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_pages_show_no_traceback(page: Path) -> None:
    """Mistakes are shown with their message, never with a traceback."""
    assert "Traceback" not in page.read_text("utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The demo's folder and what it printed."""
    folder = tmp_path_factory.mktemp("demo")
    return folder, run_example("demo.py", str(folder))


def run_example(name: str, *arguments: str) -> str:
    """What an example prints; it must end well and say nothing on standard error."""
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / name), *arguments], capture_output=True, text=True, encoding="utf-8",
        timeout=60, check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_demo_plans_three_runners_and_says_where(demo: tuple[Path, str]) -> None:
    """Three pages, calendars and documents are written, one plan is printed, and the output names the folder."""
    folder, printed = demo
    assert sorted(p.suffix for p in folder.iterdir()) == sorted([".html", ".ics", ".json", ".txt"] * 3)
    assert "strength and mobility around your runs" in printed
    assert "Week 1" in printed
    assert "Week 2 " not in printed
    assert f"Three plans lie in {folder}" in printed


def test_demo_is_the_same_each_time(demo: tuple[Path, str], tmp_path: Path) -> None:
    """Planning again writes the same pages and calendars, byte by byte."""
    run_example("demo.py", str(tmp_path))
    for path in sorted(demo[0].iterdir()):
        if path.suffix != ".json":
            assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_example_plans_break_no_safety_rule(demo: tuple[Path, str]) -> None:
    """The checker finds nothing unsafe in the plans of the demo, each judged with its runner's file."""
    for path in sorted(demo[0].glob("*.json")):
        assert not check_file(path, EXAMPLES / f"{path.stem}.toml").unsafe, path.name


@pytest.mark.parametrize(("name", "words"), [
    ("plan.py", ("Week of 2027-01-11", "strength")),
    ("check.py", ("no safety rule is broken", "recovery-between-hard")),
    ("explain.py", ("heavy", "no, ")),
])
def test_example_scripts_run(name: str, words: tuple[str, ...]) -> None:
    """Each script runs from anywhere and prints what it is about."""
    printed = run_example(name)
    assert [word for word in words if word not in printed] == []


@pytest.mark.parametrize("path", sorted(EXAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_example_runners_are_read(path: Path) -> None:
    """Each example is a runner's file without a fault."""
    assert parse_runner(path.read_bytes(), path.name).races


def test_make_names_its_targets_without_doing_anything() -> None:
    """Every target of the Makefile can be read to its end."""
    for target in ("demo", "test", "lint", "docs"):
        done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
