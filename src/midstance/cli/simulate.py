"""What a simulation came to, as a table and as JSON."""

from __future__ import annotations

import json
import textwrap
from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from midstance.services.simulate import Simulated

WIDTH = 44
SORTS = (
    ("safety findings", "safety_findings"), ("weights that jump", "weight_jumps"),
    ("sessions longer than the time given", "too_long"), ("changes that ask for another one", "unstable"),
    ("entries lost", "lost"), ("errors", "failures"),
)


def simulated_json(found: Simulated, *, seed: int, weeks: int) -> str:
    """Write a simulation as one JSON document (formats.md section 3)."""
    values = {"seed": seed, "weeks": weeks, **asdict(found), "kept_share": round(found.kept_share, 4),
              "violations": found.violations}
    return json.dumps(values, ensure_ascii=False, indent=2)


def simulated_text(found: Simulated, *, seed: int, width: int = 80) -> str:
    """Write a simulation as a table."""
    return "\n".join(_lines(found, seed, width)) + "\n"


def _lines(found: Simulated, seed: int, width: int) -> Iterator[str]:
    yield f"{found.runner_years:g} runner-years, seed {seed}: every morning looked at and judged."
    yield ""
    yield from (_row(name, value) for name, value in (
        ("mornings", f"{found.mornings:,}"), ("entries in the diaries", f"{found.entries:,}"),
        ("plans made", f"{found.plans_made:,}"), ("mornings on which the plan was made again", f"{found.replanned:,}"),
        ("changes proposed", f"{found.proposals:,}"), ("of these taken", f"{found.accepted:,}"),
        ("wishes refused", f"{found.refused:,}"),
        ("wishes that changed nothing else", f"{found.unchanged:,}"),
        ("changed days, median of a change", f"{found.changed_days_median:g}"),
        ("changed days, most", f"{found.changed_days_max:,}"),
        ("sessions planned", f"{found.sessions_planned:,}"),
        ("of these advised on their day", f"{found.sessions_advised:,}"),
        ("of these kept", f"{found.sessions_kept:,} ({found.kept_share:.0%})")))
    yield ""
    yield "What happened"
    yield from (_row(kind, f"{count:,}") for kind, count in found.events.items())
    yield ""
    yield _row("Violations", str(found.violations)).lstrip()
    yield from (_row(name, f"{getattr(found, key):,}") for name, key in SORTS)
    for text in found.described:
        yield from textwrap.wrap(text, width, initial_indent="  - ", subsequent_indent="    ")


def _row(name: str, value: str) -> str:
    return f"  {name:<{WIDTH}}{value:>12}"
