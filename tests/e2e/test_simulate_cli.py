"""``midstance simulate``: a table, JSON, exit status 0, 1 and 2."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from midstance.cli.main import main
from midstance.services import simulate as service

if TYPE_CHECKING:
    from midstance.services.simulate import Simulated

CALL = ["simulate", "--runners", "1", "--weeks", "2", "--seed", "3"]


def called(arguments: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> tuple[int, str, str]:
    """Call the program: exit status, output, messages."""
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    out, err = capsysbinary.readouterr()
    return int(str(ended.value.code)), out.decode(), err.decode()


def test_a_table_for_people(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Mornings, changed days, what happened, violations; nothing beside it."""
    code, out, err = called(CALL, capsysbinary)
    assert (code, err) == (0, "")
    rows = {" ".join(words[:-1]): words[-1] for line in out.splitlines() if (words := line.split())}
    assert (rows["mornings"], rows["Violations"], rows["safety findings"]) == ("14", "0", "0")
    assert "changed days, median of a change" in rows


def test_json_for_programs_and_the_same_bytes_again(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """Everything that was counted; the same seed gives the same bytes."""
    code, out, _ = called([*CALL, "--format", "json"], capsysbinary)
    found = json.loads(out)
    assert code == 0
    assert (found["mornings"], found["safety_findings"], found["seed"], found["violations"]) == (14, 0, 3, 0)
    assert {"runner_years", "changed_days_median", "changed_days_max", "weight_jumps", "too_long", "unstable", "events",
            "proposals", "accepted", "sessions_planned", "sessions_kept", "kept_share", "plans_made"} <= set(found)
    assert called([*CALL, "--format", "json"], capsysbinary)[1] == out


def test_a_violation_is_exit_status_1(
    monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    """And is told in words."""
    whole = service.simulate

    def bad(runners: int, **given: int) -> Simulated:
        return replace(whole(runners, **given), safety_findings=1, described=("runner 0, 2027-01-04: too much",))

    monkeypatch.setattr(service, "simulate", bad)
    code, out, _ = called([*CALL[:3], "--weeks", "1"], capsysbinary)
    assert code == 1
    assert "runner 0, 2027-01-04: too much" in out


@pytest.mark.parametrize("wrong", [["--runners", "0"], ["--weeks", "0"], ["--jobs", "-1"], ["--runners", "many"]])
def test_wrong_numbers_are_exit_status_2(wrong: list[str], capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """A message, nothing on standard output."""
    code, out, err = called(["simulate", *wrong], capsysbinary)
    assert (code, out) == (2, "")
    assert wrong[0].removeprefix("--") in err.lower()
