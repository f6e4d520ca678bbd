"""One Chromium for all browser tests of a run; where there is none, they are skipped so that it is seen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser import chromium

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with chromium() as started:
        yield started
