"""The pages of file formats, of the runner's file and of workout titles."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.formats.reference.markdown import code, heading, listed, number, page, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.formats._format import Format
    from midstance.formats._runner_fields import Field, Table
    from midstance.formats._title_grammar import Example, GrammarRule

ROLES = {
    "calendar": "running calendar, `--runs`",
    "recording": "recorded runs, `--runs` and `midstance import`",
    "strength-log": "strength sessions, `midstance import`",
    "player": "a session done with the player, `midstance import`",
    "player-session": "a session as the player reads it, written for it",
    "plan": "plan document",
    "runner": "the runner's file",
    "diary": "the diary",
    "watch": "strength sessions for watches and other services, `midstance export --format fit`",
}


def render_formats(formats: Sequence[Format]) -> str:
    """Write the page of the file formats.

    Args:
        formats: All formats, in the order of the page.
    """
    return page(
        "File formats",
        "A file is known by its content first and by its name second. Broken parts are skipped and named with their "
        "place where the rest can be used; the runner's file, tables and week lists are refused as a whole with every "
        "fault at once. Recorded runs are also read from `.gz`, from zip archives and from folders.",
        table(
            ("format", "endings", "holds"),
            ((f"[{f.title}](#{f.id})", listed(map(code, f.suffixes)), ROLES.get(f.role, f.role)) for f in formats),
        ),
        *(
            f"{heading(f.title, f.id)}\n\n" + table(("content", "support"), sorted(f.supports.items()))
            for f in formats
        ),
        "## What is written",
        "`midstance plan --format text` for the terminal, `html` as one self-contained page, `ics` for calendars, "
        "`json` as the document `midstance-plan/1` that `check` and `why` read. `midstance export --format fit` writes "
        "the sessions of the coming days as workouts for a watch, and with `--done` finished ones as activities.",
    )


def render_runner_file(tables: Sequence[Table]) -> str:
    """Write the page of the keys of ``runner.toml``.

    Args:
        tables: The tables in the order of the file.
    """
    return page(
        "The runner's file",
        "One TOML file holds all that a first plan needs. Unknown keys, impossible values and contradictions are "
        "errors that name the line, what is wrong and what would be right, all of them at once.",
        *(_table(t) for t in tables),
    )


def _table(table_: Table) -> str:
    name = f"[[{table_.name}]]" if table_.many else f"[{table_.name}]"
    many = f" May be repeated, up to {table_.most} times." if table_.many else ""
    says = f"{table_.says[:1].upper()}{table_.says[1:]}.{many}"
    rows = [(code(f.key), f.says, f.reader.words, _default(f)) for f in table_.fields]
    if table_.free is not None:
        rows.append(("any test id", "its result", table_.free.words, ""))
    return "\n\n".join((f"## `{name}`", says, table(("key", "what it is for", "write", "when absent"), rows)))


def _default(field: Field) -> str:
    if field.required:
        return "**needed**"
    if field.default in (None, "", ()):
        return ""
    return code(field.reader.write(field.default))


def render_titles(grammar: Sequence[GrammarRule]) -> str:
    """Write the page of how workout titles are read.

    Args:
        grammar: Rules of the reader, in the order of the page.
    """
    return page(
        "Workout titles",
        "How a title such as `6 x 800 m` becomes run type, minutes, distance and hard minutes. `midstance title "
        "TEXT...` shows any reading with its reasons; what cannot be read is listed in the plan, never guessed.",
        *(_grammar_rule(rule) for rule in grammar),
    )


def _grammar_rule(rule: GrammarRule) -> str:
    name = rule.id.replace("-", " ").capitalize()
    words = f"Words: {listed(map(code, rule.words))}." if rule.words else ""
    rows = ((code(" ".join(e.title.split())), _beside(e), _reading(e)) for e in rule.examples)
    parts = (heading(name, rule.id), rule.says, words, table(("title", "beside it", "is read as"), rows))
    return "\n\n".join(part for part in parts if part)


def _beside(example: Example) -> str:
    stated = f"distance {number(example.distance)}" if example.distance is not None else ""
    return ", ".join(part for part in (stated, "units mi" if example.units == "mi" else "") if part)


def _reading(example: Example) -> str:
    if not example.is_run:
        return "no run" if example.is_run is False else "not read"
    amounts = (
        ("km", example.km), ("min", example.minutes), ("min of work", example.hard_minutes),
        ("km of work", example.hard_km),
    )
    said = [example.type.value if example.type else "run of unknown kind"]
    return listed([*said, *(f"{number(value)} {unit}" for unit, value in amounts if value is not None)])
