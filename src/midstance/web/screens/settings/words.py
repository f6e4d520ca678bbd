"""What is set, in one line for each section of the settings."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from midstance.catalogue.self_tests import load_self_tests
from midstance.domain.dates import DAYS
from midstance.formats._plan_words import RUN_WORDS, joined
from midstance.planning.weeks import sessions_range
from midstance.services.set_up_measures import weights_text
from midstance.services.set_up_words import race_words

if TYPE_CHECKING:
    from midstance.domain.runner import Runner

GOALS = {"general": "strong and healthy", "5k": "5 km", "10k": "10 km", "half-marathon": "half marathon",
         "marathon": "marathon", "ultra": "ultra"}
MOST_RACES = 2


def section_lines(runner: Runner, today: dt.date) -> dict[str, str]:
    """Say what is set, by section: ``you``, ``running``, ``time``, ``things``, ``tests``, ``care`` and ``details``."""
    return {
        "you": f"{runner.name}, {GOALS[runner.goal]}; running {runner.running_level.value}, strength "
               f"{runner.strength_level.value}",
        "running": running_line(runner, today), "time": time_line(runner), "things": things_line(runner),
        "tests": tests_line(runner), "care": care_line(runner, today), "details": details_line(runner),
    }


def running_line(runner: Runner, today: dt.date) -> str:
    """Say which races come, and when runs are."""
    races = sorted((race for race in runner.races if race.date >= today), key=lambda race: race.date)
    parts = [race_words(race) for race in races[:MOST_RACES]]
    parts += [f"{len(races) - MOST_RACES} more"] if len(races) > MOST_RACES else []
    runs = [f"{DAYS[run.day].capitalize()} {RUN_WORDS[run.type].lower()}" for run in runner.running]
    return "; ".join([", ".join(parts) or "no race", ", ".join(runs) or "no usual week"])


def time_line(runner: Runner) -> str:
    """Say how much time there is."""
    closed = [DAYS[day].capitalize() for day, windows in sorted(runner.availability.items()) if not windows]
    low, high = sessions_range(runner)
    count = str(low) if low == high else f"{low} to {high}"
    free = f"; never on {joined(closed)}" if closed else ""
    return f"sessions up to {runner.session_minutes} min, {count} a week{free}"


def things_line(runner: Runner) -> str:
    """Say what there is to train with."""
    pieces = [piece.replace("-", " ") for piece in runner.equipment]
    weights = weights_text(runner.weights_kg, runner.units)
    return (joined(pieces) or "body weight alone") + (f"; {weights}" if weights else "")


def tests_line(runner: Runner) -> str:
    """Say how many self-tests have a result."""
    known = load_self_tests()
    told = sum(test in runner.assessment for test in known)
    return f"{told} of {len(known)} with a result" if told else "none done"


def care_line(runner: Runner, today: dt.date) -> str:
    """Say what hurts, and when the runner is away."""
    hurts = [injury.area for injury in runner.injuries if injury.until is None or injury.until >= today]
    away = [span for span in runner.blocked if span.last >= today]
    parts = [f"{joined(hurts)} hurts" if hurts else "nothing hurts"]
    return "; ".join([*parts, *([f"away from {away[0].first} to {away[0].last}"] if away else [])])


def details_line(runner: Runner) -> str:
    """Say what else is set."""
    likes = f"likes {joined(runner.likes[:3])}" if runner.likes else ""
    dislikes = f"not {joined(runner.dislikes[:3])}" if runner.dislikes else ""
    primers = {"auto": "primers as they fit", "off": "no primers", "before": "primers before runs",
               "inside": "primers inside runs"}[runner.primers]
    return "; ".join(part for part in (primers, likes, dislikes) if part)
