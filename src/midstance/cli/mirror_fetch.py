"""Fetching the mirror's package; the command itself stands in ``cli.mirror``."""

from __future__ import annotations

import os
from pathlib import Path

from midstance.cli.printing import tell


def fetch(files_from: Path | None = None) -> int:
    """Fetch the pose model once, so that camera and video can be looked at on this computer.

    Args:
        files_from: Folder with the two files that ``npm pack`` writes; None asks npm for them.
    Returns: The exit status.
    Raises: InputError: It cannot be had, in words with a remedy.
    """
    from midstance.services.mirror_fetch import fetch_package  # noqa: PLC0415 - commands load only what they need

    fetch_package(folder(), files_from=files_from, tell=tell)
    return 0


def folder() -> Path:
    """Say where the package lies: ``MIDSTANCE_MIRROR``, else the user's data folder."""
    from midstance.services.mirror_package import mirror_folder  # noqa: PLC0415

    return mirror_folder(os.environ, Path.home(), windows=os.name == "nt")
