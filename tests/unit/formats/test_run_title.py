"""What coaches write, and what it says."""

from __future__ import annotations

import pytest

from midstance.domain.run import RunType
from midstance.formats._title_grammar import Example
from midstance.formats._title_words import VOCABULARY
from midstance.formats.run_title import GRAMMAR, read_title

TOLERANCE_KM = 0.06

EOF_TABLE = ""
