"""The grammar of workout titles as data: what is read, in words, with examples that tests run."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class GrammarRule:
    """x."""
    id: str
GRAMMAR: tuple[GrammarRule, ...] = ()
