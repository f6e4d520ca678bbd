"""The JavaScript modules, tested by Node's own test runner: one test here for each file of tests/js."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1] / "js"
MODULES = tuple(sorted(TESTS.glob("*.test.mjs")))


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.name)
def test_javascript(module: Path) -> None:
    """Every check of the file holds in Node."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("NO JAVASCRIPT TESTS: node is not installed (Debian's package nodejs, 20 or newer)")
    done = subprocess.run(
        [node, "--test", "--test-reporter=spec", str(module)], capture_output=True, text=True, check=False, timeout=300,
        cwd=TESTS.parents[1],
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def test_there_are_javascript_tests() -> None:
    """The figure has its tests, so an empty folder cannot pass for a green one."""
    assert any(module.name == "figure.test.mjs" for module in MODULES)
