"""Titles as plain text: one way of writing each thing, before anything is read."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LIMIT = 1000

_PLAIN = str.maketrans({
    "–": "-", "—": "-", "−": "-", "‐": "-", "‑": "-", "×": "x", "✕": "x", "＋": "+", "ß": "ss",
    "→": ";", "•": ";", "·": ";",
    "′": "'", "’": "'", "‘": "'", "`": "'", "´": "'", "″": '"', "”": '"', "“": '"', "½": ".5", "¼": ".25", "¾": ".75",
})
_FRACTION = r"(?:(?<![\d.:])(\d{1,2}) )?(?<![\d./:])([1-3])/([2348])(?= ?(?:mi|miles?|km|k|m|h|hours?|marathon)\b)"
_UNITS_AFTER = r"(?= ?(?:km|k|mi|miles?|h|std|min|m)\b)"


def _fraction(match: re.Match[str]) -> str:
    return f"{float(match[1] or 0) + int(match[2]) / int(match[3]):g}"


_GAIT = "(?:run|jog|walk)(?:ning|ging|ing)?"
_NOT_COUNTED = r"\b(?! ?(?:x|km|k|mi|miles?|min|m|h)\b)"
_Rewrite = tuple[re.Pattern[str], "str | Callable[[re.Match[str]], str]"]
_REWRITES: tuple[_Rewrite, ...] = tuple((re.compile(p), r) for p, r in (
    (r"[^\S\n]+", " "),
    (r" ?\n[ \n]*", "\n"),
    (r"\bw ?/ ?u\b", "wu"),
    (r"\bc ?/ ?d\b", "cd"),
    (r"\bw/o\b", "without"),
    (r"\bw(?:/|\.) ?", "with "),
    (r"(?<=\d),(?=\d{3}(?!\d))", ""),
    (rf"(?<![\d,.])(\d{{1,3}}),(\d{{1,2}}){_UNITS_AFTER}", r"\1.\2"),
    (r"\bv?v ?\.?o2[ -]?max(?:ed)?\b|\bvo2\b", "vo2"),
    (rf"\b{_GAIT} ?[/-] ?{_GAIT}(?: ?[/-] ?{_GAIT})?\b", "runwalk"),
    (r"\bc(?:ouch)? ?(?:to|2) ?-?5 ?k\b", "couchrun"),
    (r"\bb2b\b", "back to back"),
    (r"\bover ?[/-] ?under", "over under"),
    (r"(?<=\d)-(?=[a-z])", " "),
    (r"(?<=[a-z.])-(?=[a-z])", " "),
    (r"\b(?:w|wk|week|woche|semaine|semana)\.? ?#?\d{1,2}"
     r"(?: ?[-/.,:]? ?(?:d|day|tag|s|session|workout|run|q)\.? ?#?\d)?" + _NOT_COUNTED, ";"),
    (r"\b(?:day|tag|session|workout|stage|phase|d|q|nr|no|part|#) ?[.#]?(?:\d{1,3}|iv|v|i{1,3})" + _NOT_COUNTED, ";"),
    (r"\b\d{1,2} ?of ?\d{1,2}" + _NOT_COUNTED, ";"),
    (r"\bz(?:one)?s? ?([1-5])(?:-[1-5])?\b", r"z\1"),
    (r"(?<=\d)x(?=[a-z])", " x "),
    (r"(?<=\d) ?\* ?(?=[\d(])", "x"),
    (r"\bo'?clock\b|\buhr\b", "pm"),
    (r"\b([ap])\.m\.", r"\1m"),
    (r"''", '"'),
    (_FRACTION, _fraction),
))


def normalise(title: str) -> str:
    """Write a title in plain lower-case letters, with one way of writing each thing.

    >>> normalise("6 × 1,000 m w/ 90″ VO₂max")
    '6 x 1000 m with 90" vo2'
    """
    text = title[:LIMIT]
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.casefold().upper().translate(_PLAIN))
        text = "".join(c for c in text if not unicodedata.combining(c))
    text = text.lower()
    for pattern, new in _REWRITES:
        text = pattern.sub(new, text)
    return text.strip()
