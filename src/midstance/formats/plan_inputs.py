"""What planning used, as plain JSON values inside a plan document, and back."""

from __future__ import annotations

from typing import Any

import msgspec

from midstance.domain.history import History
from midstance.domain.runner import Runner
from midstance.formats._format import Fault, InputError


def render_inputs(runner: Runner, history: History, published: str | None) -> dict[str, Any]:
    """Write runner and history as plain values.

    Args:
        runner: The runner.
        history: Facts from recorded runs.
        published: Id of the plan this one replaces, or None.
    Returns: ``{"runner": ..., "history": ..., "published": ...}`` of JSON values.
    """
    return {
        "runner": msgspec.to_builtins(runner, str_keys=True),
        "history": msgspec.to_builtins(history, str_keys=True) if history.runs else {},
        "published": published,
    }


def parse_inputs(inputs: dict[str, Any], source: str) -> tuple[Runner | None, History | None]:
    """Read runner and history out of a plan document.

    Args:
        inputs: The document's ``inputs``.
        source: Name of the file, for messages.
    Returns: Runner and history; None for what the document does not hold.
    Raises: InputError: They are there and cannot be read.
    """
    try:
        runner = msgspec.convert(inputs["runner"], Runner, strict=False) if inputs.get("runner") else None
        history = msgspec.convert(inputs["history"], History, strict=False) if inputs.get("history") else None
    except (msgspec.ValidationError, TypeError) as error:
        fault = Fault(
            source=source,
            place="inputs",
            says=f"cannot be read ({error})",
            fatal=True,
            remedy="give the runner's file beside the plan, or make the plan again",
        )
        raise InputError((fault,)) from error
    return runner, history
