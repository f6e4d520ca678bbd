"""Write results: to a file, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from midstance.formats._format import Fault, InputError
from midstance.services.handbook import cues, names

if TYPE_CHECKING:
    from midstance.domain.plan import Plan
    from midstance.domain.runner import Runner
    from midstance.services.course import Course
    from midstance.store.store import Store


def render(plan: Plan, runner: Runner, form: str, *, width: int = 80, colour: bool = False) -> bytes:
    """Render a plan as text, json, ics or html."""
    if form == "json":
        from midstance.formats.plan_json import render_plan_json  # noqa: PLC0415 - only what is asked for is loaded

        return render_plan_json(plan).encode()
    if form == "ics":
        from midstance.formats.ics import render_plan_ics  # noqa: PLC0415

        return render_plan_ics(plan, zone=runner.timezone, names=names())
    if form == "html":
        from midstance.formats.plan_html import render_plan_html  # noqa: PLC0415

        return render_plan_html(plan, names=names(), cues=cues(), units=runner.units).encode()
    from midstance.formats.plan_text import render_plan_text  # noqa: PLC0415

    text = render_plan_text(plan, names=names(), units=runner.units, width=width, colour=colour)
    return text.encode()


def write_course(store: Store, path: Path, form: str) -> Course:
    """Write the plan in force to a file.

    Raises: InputError: The diary holds no plan, or the place cannot be written.
    """
    from midstance.services.course import need_course  # noqa: PLC0415 - only with a diary
    from midstance.services.diary import current  # noqa: PLC0415

    course = need_course(current(store))
    write_whole(path, render(course.plan, course.runner, form))
    return course


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all.

    Raises: InputError: The place cannot be written.
    """
    temporary = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent or Path(), prefix=f".{path.name}.")
        temporary = Path(name)
        with os.fdopen(handle, "wb") as out:
            out.write(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except OSError as error:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
        raise InputError(
            (
                Fault(
                    source=str(path),
                    place="",
                    says=f"cannot be written ({error.strerror or error})",
                    remedy="choose a folder that exists and may be written",
                    fatal=True,
                ),
            )
        ) from error
