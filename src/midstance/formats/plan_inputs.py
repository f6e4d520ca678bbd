"""What planning used, as plain JSON values inside a plan document, and back."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from midstance.domain.history import History
from midstance.domain.lived import Lived
from midstance.domain.run import CalendarRun
from midstance.domain.runner import Runner
from midstance.formats._format import refusal

if TYPE_CHECKING:
    from collections.abc import Sequence

Read = TypeVar("Read")


def render_inputs(
    runner: Runner, history: History, published: str | None, *, calendar: Sequence[CalendarRun] = (),
    lived: Lived | None = None,
) -> dict[str, Any]:
    """Write what planning used as plain values.

    Args:
        runner: The runner.
        history: Facts from recorded runs.
        published: Id of the plan this one replaces, or None.
        calendar: Runs of the calendar files; left out where there are none.
        lived: What was done and missed since the plan began; left out for a plan that is made for the first time.
    Returns: ``{"runner": ..., "history": ..., "published": ..., "calendar": ..., "lived": ...}`` of JSON values.
    """
    more: dict[str, Any] = {}
    if calendar:
        more["calendar"] = [shown(run) for run in calendar]
    if lived is not None:
        more["lived"] = msgspec.to_builtins(
            replace(lived, away=frozenset(), runs=(), limits={}), str_keys=True) | {"away": sorted(lived.away)}
    return {
        "runner": msgspec.to_builtins(runner, str_keys=True),
        "history": msgspec.to_builtins(history, str_keys=True) if history.runs else {},
        "published": published,
        **more,
    }


def shown(run: CalendarRun) -> dict[str, Any]:
    """Write a calendar's run without what it does not say."""
    return {key: value for key, value in msgspec.to_builtins(run).items() if value not in (None, "", False)}


def parse_inputs(inputs: dict[str, Any], source: str) -> tuple[Runner | None, History | None]:
    """Read runner and history out of a plan document; ``parse_calendar`` and ``parse_lived`` read the rest.

    Args:
        inputs: The document's ``inputs``.
        source: Name of the file, for messages.
    Returns: Runner and history; None for what the document does not hold.
    Raises: InputError: They are there and cannot be read.
    """
    return _read(inputs, "runner", Runner, source), _read(inputs, "history", History, source)


def parse_calendar(inputs: dict[str, Any], source: str) -> tuple[CalendarRun, ...]:
    """Read the calendar's runs out of a plan document.

    Raises: InputError: They are there and cannot be read.
    """
    return _read(inputs, "calendar", tuple[CalendarRun, ...], source) or ()


def parse_lived(inputs: dict[str, Any], source: str) -> Lived | None:
    """Read what was done and missed before a plan was made again; its runs stand in the plan's days.

    Raises: InputError: It is there and cannot be read.
    """
    return _read(inputs, "lived", Lived, source)


def _read(inputs: dict[str, Any], key: str, kind: type[Read], source: str) -> Read | None:
    try:
        return msgspec.convert(inputs[key], kind, strict=False) if inputs.get(key) else None
    except (msgspec.ValidationError, TypeError) as error:
        remedy = "give the runner's file beside the plan, or make the plan again"
        raise refusal(source, f"cannot be read ({error})", remedy, place=f"inputs.{key}") from error
