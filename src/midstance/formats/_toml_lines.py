"""Where a key stands in a TOML text: ``tomllib`` gives values without lines, so the text is looked through again."""

from __future__ import annotations

import re

MOST_HEAD = 300
"""Characters of a line in which its key is looked for, so that a hostile line costs nothing."""
Path = tuple[str | int, ...]
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"""\s*((?:[\w-]+|"[^"]*"|'[^']*')(?:\s*\.\s*(?:[\w-]+|"[^"]*"|'[^']*'))*)\s*=""")
_TRIPLE = re.compile(r'"""|\'\'\'')


def key_lines(text: str) -> dict[Path, int]:
    r"""Find the line of each table and key of a TOML text.

    Args:
        text: TOML that ``tomllib`` accepts.
    Returns: Line numbers from 1 by path; entries of an array of tables are counted from 0.

    >>> key_lines('[runner]\nname = "Ana"\n[[races]]\ndate = 2027-02-14\n')[("races", 0, "date")]
    4
    """
    lines: dict[Path, int] = {}
    counts: dict[Path, int] = {}
    table: Path = ()
    quoted = False
    for number, line in enumerate(text.split("\n"), start=1):
        inside, quoted = quoted, quoted ^ (len(_TRIPLE.findall(line)) % 2 == 1)
        if inside:
            continue
        head = line[:MOST_HEAD]
        if header := _HEADER.match(head):
            table = _open_table(header, counts)
            lines.setdefault(table, number)
        elif key := _KEY.match(head):
            path = table + _parts(key[1])
            for length in range(len(table) + 1, len(path) + 1):
                lines.setdefault(path[:length], number)
    return lines


def _open_table(header: re.Match[str], counts: dict[Path, int]) -> Path:
    path: Path = _parts(header[2])
    if header[1] == "[[":
        counts[path] = counts.get(path, -1) + 1
        return (*path, counts[path])
    return path


def _parts(dotted: str) -> Path:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def line_of(lines: dict[Path, int], path: Path) -> int | None:
    """Give the line of a path, or of the nearest thing around it that has one."""
    while path:
        if path in lines:
            return lines[path]
        path = path[:-1]
    return None
