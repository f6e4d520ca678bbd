"""What each unit of a broken wish costs: dose in true ranks inside a week, taste in small units.

A dose price exceeds everything that all lower ranks together can cost in one week, so the order in which dose
gives way (method 7.3) holds by arithmetic. Source: midstance default.
"""

from __future__ import annotations

LEG_SESSIONS = 4096
HEAVY = 1024
STRENGTH_TYPE = 256
FRESH_LEGS = 32
UPPER = 16
PLYOMETRIC = 8
MOBILITY = 1
SESSIONS = 1

BEYOND_WANTED = 12
SECOND_HEAVY = 3
PREFERRED_DAY = 3
BACK_TO_BACK = 3
NEXT_TO_HARD = 2
HARD_BACK_TO_BACK = 6
HEAVY_TOO_SOON = 4
EVE_OF_QUALITY = 4
MOBILITY_FIRST = 1
OTHER_WEEKDAY = 1
LOAD_STEP = 1
CHANGED_DAY = 6
ODD_HOUR = 1
CUT_SESSION = 2
