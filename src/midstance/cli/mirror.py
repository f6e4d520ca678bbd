"""The command of the mirror: what a recording of a movement shows, and the pose model for it."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from midstance.cli.mirror_fetch import fetch, folder
from midstance.cli.printing import columns, put

if TYPE_CHECKING:
    from midstance.formats.mirror_svg import Strip
    from midstance.services.mirror import Report
    from midstance.services.mirror_source import Progress

MOST_MEASURES = 6


def mirror(
    file: Path | None = None, *, exercise: str = "", side: Literal["", "left", "right"] = "", aspect: float = 1.0,
    format: Literal["text", "json"] = "text", output: Annotated[Path | None, Parameter(name=["--output", "-o"])] = None,
    fetch_: Annotated[bool, Parameter(name="--fetch", negative="")] = False,
    from_: Annotated[Path | None, Parameter(name="--from")] = None,
) -> int:
    """Count and measure a movement in a video or a landmark series; nothing leaves this computer.

    Parameters
    ----------
    file
        A landmark series (.csv, .jsonl), a video (needs the extra "mirror" and --fetch once), a folder of UI-PRMD, or
        joint angles of OpenCap (.mot).
    exercise
        What is done, an id of midstance exercises; without it a few common movements are told apart.
    side
        The side that works, where sides work apart.
    aspect
        Width over height of the picture, where x and y of a landmark series are shares of it.
    format
        What to print.
    output
        Also draw an annotated strip (.svg) there.
    fetch_
        Fetch the pose model once, about 50 MB by npm, instead of looking at a file.
    from_
        With --fetch: a folder with the two files of npm pack, instead of asking npm.
    """
    from midstance.formats._format import refusal  # noqa: PLC0415 - commands load only what they need
    from midstance.formats.mirror_svg import render_strip  # noqa: PLC0415

    if fetch_:
        return fetch(from_)
    if file is None:
        raise refusal("midstance mirror", "names no file", "give a recording, or --fetch for the pose model")
    from midstance.services.mirror import look_at, report_json  # noqa: PLC0415
    from midstance.services.mirror_source import Reading  # noqa: PLC0415

    found = look_at(file, Reading(models=folder(), aspect=aspect, progress=_progress()), exercise=exercise, side=side)
    if output is not None:
        put(render_strip(strip_of(found)), output)
    put(json.dumps(report_json(found), ensure_ascii=False, indent=2) if format == "json" else text_of(found))
    return 0


def text_of(found: Report) -> str:
    """Write a report for a terminal."""
    import textwrap  # noqa: PLC0415

    lines = [f"{found.exercise.name}{' (nobody said so: guessed)' if found.guessed else ''}: {summary(found)}"]
    for number, rep in enumerate(found.reps, start=1):
        pace = "" if rep.away_s is None or rep.back_s is None else f", {rep.away_s:.1f} s away, {rep.back_s:.1f} s back"
        lines.append(f"  {number:>3}  {rep.start_s:7.2f} to {rep.end_s:7.2f} s  {found.watches} {rep.rest:.0f} to "
                     f"{rep.turn:.0f}{pace}")
    lines += [f"  hold {hold.start_s:7.2f} to {hold.end_s:7.2f} s: {hold.seconds:.1f} s" for hold in found.holds]
    for one in found.measured[:MOST_MEASURES]:
        error = "" if one.error is None else f", give or take {one.error:g}"
        says = f"{one.id.replace('-', ' ')}, {one.side}: {one.value or 0:.1f} {one.unit}{error}"
        lines += textwrap.wrap(says, columns(), initial_indent="  ", subsequent_indent="    ")
    for doubt in found.doubts:
        lines += textwrap.wrap(doubt, columns(), initial_indent="! ", subsequent_indent="  ")
    return "\n".join(lines)


def summary(found: Report) -> str:
    """Say what was counted in a few words."""
    parts = [f"{len(found.reps)} repetition{'s' if len(found.reps) != 1 else ''}"] if found.watches else []
    if found.holds:
        parts.append(f"longest hold {max(hold.seconds for hold in found.holds):.1f} s")
    return f"{', '.join(parts) or 'nothing'} in {found.times_s[-1] - found.times_s[0]:.1f} s"


def strip_of(found: Report) -> Strip:
    """Put a report into what is drawn."""
    from midstance.formats.mirror_svg import Strip  # noqa: PLC0415

    labels = [f"{figure.label} {'rest' if number % 2 == 0 else 'turn'}" for number, figure in enumerate(found.figures)]
    return Strip(
        title=found.exercise.name, says=summary(found), unit=f"{found.watches or 'nothing watched'} [{found.unit}]",
        times_s=found.times_s, values=found.values, reps=tuple((rep.start_s, rep.end_s) for rep in found.reps),
        holds=tuple((hold.start_s, hold.end_s) for hold in found.holds),
        figures=tuple((label, figure.lines) for label, figure in zip(labels, found.figures, strict=True)))


def _progress() -> Progress:
    """Show how far a video is, on a terminal only."""
    def show(share: float) -> None:
        if sys.stderr.isatty():
            print(f"\r{share:4.0%}", end="\n" if share >= 1 else "", file=sys.stderr, flush=True)

    return show
