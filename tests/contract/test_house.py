"""The house around the code: lock files, paths, commands, licence, sizes."""

from __future__ import annotations

import ast
import os
import re
import struct
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")
PINNED = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)==(?P<version>\S+)", re.MULTILINE)
REGISTRY = re.compile(r"https?://[\w.-]*(pypi|pythonhosted|npmjs|registry|artifact|nexus|mirror)[\w.-]*")
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX)\b|raise NotImplementedError")
TEXT = {".py", ".md", ".toml", ".lock", ".css", ".html", ".csv", ".ics", ".json", ".js", ""}
MOST_LINES = 500
MOST_PICTURE_BYTES = 200_000


def kept_files() -> list[Path]:
    """Files that belong to the project: those git would keep, or all where there is no git."""
    try:
        told = subprocess.run(
            ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"], cwd=ROOT, capture_output=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return [p for p in ROOT.rglob("*") if p.is_file() and not set(p.parts) & {".venv", ".git", "out"}]
    return [ROOT / name for name in told.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def texts() -> dict[str, str]:
    """Every text file of the project by its path."""
    found = {}
    for path in kept_files():
        if path.suffix in TEXT:
            try:
                found[str(path.relative_to(ROOT))] = path.read_text("utf-8")
            except UnicodeDecodeError:
                continue
    return found


@pytest.fixture(scope="module")
def project() -> dict[str, object]:
    """What pyproject.toml says."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_hashes_and_no_address(name: str) -> None:
    """Every line of a lock is a pinned version with hashes; no address stands in it."""
    text = (ROOT / name).read_text("utf-8")
    assert "://" not in text
    entries = re.split(r"\n(?=[a-z0-9])", text.strip())
    assert [e.splitlines()[0] for e in entries if not PINNED.match(e) or "--hash=sha256:" not in e] == []


def test_locks_agree() -> None:
    """What both locks name has the same version in both, and the larger one has everything of the smaller."""
    small, large = ({(m["name"], m["version"]) for m in PINNED.finditer((ROOT / name).read_text("utf-8"))}
                    for name in LOCKS)
    assert small <= large


def test_lock_covers_what_the_project_needs(project: dict[str, object]) -> None:
    """Every dependency of the project and its build is pinned."""
    wanted = {re.split(r"[<>=!~ ]", d)[0].lower() for d in project["project"]["dependencies"]}  # type: ignore[index]
    wanted |= {re.split(r"[<>=!~ ]", d)[0] for d in project["build-system"]["requires"]}  # type: ignore[index]
    pinned = {m["name"] for m in PINNED.finditer((ROOT / LOCKS[0]).read_text("utf-8"))}
    assert wanted - pinned == set()


def test_no_solver_is_installed_for_running() -> None:
    """The lock for running holds no constraint solver."""
    pinned = {m["name"] for m in PINNED.finditer((ROOT / LOCKS[0]).read_text("utf-8"))}
    assert pinned & {"ortools", "highspy", "pulp"} == set()


def test_no_path_of_a_machine_and_no_registry() -> None:
    """No file names a place of the machine it was written on, or a package registry's address."""
    places = "|".join(re.escape(str(place)) for place in (ROOT, ROOT.parent, Path.home()) if len(place.parts) > 1)
    here = re.compile(rf"(?<![\w.*~)}}\]/-])(?:{places})/")
    assert [name for name, text in texts().items() if here.search(text) or REGISTRY.search(text)] == []


def test_nothing_is_left_unfinished() -> None:
    """No marks of unfinished work stand in the sources."""
    found = [n for n, text in texts().items() if n.startswith(("src/", "examples/", "docs/")) and n.endswith(".py")
             and UNFINISHED.search(text)]
    assert found == []


def test_sources_stay_within_their_budget() -> None:
    """No source file has more than 500 lines."""
    found = {n: text.count("\n") for n, text in texts().items() if n.startswith("src/") and n.endswith(".py")}
    assert {n: lines for n, lines in found.items() if lines > MOST_LINES} == {}


def test_tests_say_what_must_hold() -> None:
    """Each test has a docstring, and no two test files share a name."""
    silent, names = [], []
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        names.append(path.name)
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test") and not ast.get_docstring(node):
                silent.append(f"{path.name}::{node.name}")
    assert silent == []
    assert len(set(names)) == len(names)


def test_readme_begins_with_what_it_is_a_picture_and_two_commands() -> None:
    """Name, what it is, a picture and the two commands stand in the first thirty lines, in this order."""
    head = "\n".join((ROOT / "README.md").read_text("utf-8").splitlines()[:30])
    places = [head.find(part) for part in ("# midstance", "runners", "![", "make demo", "make test")]
    assert -1 not in places
    assert places == sorted(places)


def test_picture_is_small_and_real() -> None:
    """The picture of a plan is a PNG of a readable size and under 200 kB."""
    data = (ROOT / "docs" / "plan.png").read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    width, height = struct.unpack(">II", data[16:24])
    assert width >= 600
    assert height >= 600
    assert len(data) < MOST_PICTURE_BYTES


@pytest.mark.parametrize("target", ["demo", "test", "lint", "docs", "bench", "soak"])
def test_makefile_has_its_targets(target: str) -> None:
    """Each promised target is defined and phony, so that a file of its name does no harm."""
    text = (ROOT / "Makefile").read_text("utf-8")
    assert re.search(rf"^{target}:", text, re.MULTILINE)
    assert target in re.findall(r"^\.PHONY: (.*)$", text, re.MULTILINE)[0].split()


def test_ci_runs_lint_tests_and_kit() -> None:
    """.ci/run is an executable bash script that stops at faults and calls make lint, make test and the kit."""
    path = ROOT / ".ci" / "run"
    text = path.read_text("utf-8")
    assert os.access(path, os.X_OK)
    assert text.startswith("#!/usr/bin/env bash\n")
    parts = ("set -euo pipefail", "make lint", "make test", "selftest.py", "run_all.py")
    assert [part for part in parts if part not in text] == []


def test_licence_is_the_one_that_is_declared(project: dict[str, object]) -> None:
    """The declared licence is Apache-2.0 and its text is there."""
    assert project["project"]["license"] == "Apache-2.0"  # type: ignore[index]
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "Apache License" in text
    assert "Version 2.0, January 2004" in text


def test_changelog_names_the_version_to_come() -> None:
    """The changelog has a part for what is not released, with what was added."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert "## [Unreleased]" in text
    assert "### Added" in text


def test_large_files_stay_out() -> None:
    """No file of the project is larger than 500 kB."""
    assert [p.name for p in kept_files() if p.stat().st_size > 500_000] == []
