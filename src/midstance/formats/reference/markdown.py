"""The little Markdown that the reference pages need."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MARK = "<!-- Written by docs/generate.py from the objects: change those and run `make docs`. -->"
NOTHING = "–"


def page(title: str, *parts: str) -> str:
    """Put a page together: title, mark, parts that are not empty, one newline at the end."""
    return "\n\n".join([f"# {title}", MARK, *(part.strip("\n") for part in parts if part.strip())]) + "\n"


def cell(text: str) -> str:
    r"""Make text safe for a table.

    >>> print(cell("low | high"))
    low \| high
    """
    return " ".join(text.split()).replace("|", "\\|") or NOTHING


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Write a table; empty when there is no row."""
    body = [f"| {' | '.join(map(cell, row))} |" for row in rows]
    if not body:
        return ""
    return "\n".join([f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *body])


def bullets(lines: Iterable[str]) -> str:
    """Write a list, one bullet a line."""
    return "\n".join(f"- {line}" for line in lines)


def code(text: str) -> str:
    """Write text as code; a text with backticks gets a longer fence.

    >>> code("low"), code("a `b`")
    ('`low`', '`` a `b` ``')
    """
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def heading(text: str, anchor: str, *, level: int = 2) -> str:
    """Write a heading that can be linked to by id, whatever its words."""
    return f'<a id="{anchor}"></a>\n\n{"#" * level} {text}'


def number(value: float) -> str:
    """Write a number as people do.

    >>> number(0.5), number(20.0), number(400_000)
    ('0.5', '20', '400,000')
    """
    return f"{int(value):,}" if value == int(value) else f"{value:g}"


def listed(words: Iterable[str]) -> str:
    """Join words with commas, or a dash for none."""
    return ", ".join(words) or NOTHING
