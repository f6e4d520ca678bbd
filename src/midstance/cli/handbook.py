"""Rules and exercises as text, with their sources."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from midstance.domain.exercise import Exercise, Sides
from midstance.formats._format import InputError, refusal
from midstance.services.handbook import all_rules, catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.domain.evidence import Param
    from midstance.rules._rule import Rule

LEVELS = ("beginner", "intermediate", "advanced")


def unknown(what: str, given: str, known: Iterable[str]) -> InputError:
    """Make an error about an unknown id that names the nearest one."""
    near = get_close_matches(given, list(known), n=1)
    remedy = f"did you mean {near[0]!r}?" if near else f"midstance {what}s lists them"
    return refusal(given, f"is no {what}", remedy)


def exercises_text() -> str:
    """List the exercises by role, one line each."""
    by_role: dict[str, list[Exercise]] = {}
    for exercise in catalogue().exercises.values():
        by_role.setdefault(exercise.role.value, []).append(exercise)
    lines = []
    for role, found in by_role.items():
        lines.append(f"{role} ({len(found)})")
        lines += [f"  {e.id:36} {e.name} [{', '.join(e.regions)}]" for e in found]
    return "\n".join(lines)


def exercise_text(key: str) -> str:
    """Print one exercise: set-up, cues, dose, ladder, sources.

    Raises: InputError: No such exercise.
    """
    found = catalogue().exercises
    if key not in found:
        raise unknown("exercise", key, found)
    e = found[key]
    side = {Sides.EACH: "a side", Sides.ALTERNATING: "alternating", Sides.BOTH: ""}[e.sides]
    lines = [f"{e.name} ({e.id})", f"  Trains {', '.join(e.trains)}: {', '.join(e.regions)}", f"  {e.setup}"]
    lines += [f"  - {cue}" for cue in e.cues]
    for level in LEVELS:
        low, high = e.dose.by_level.get(level, (e.dose.low, e.dose.high))
        heavy = f"; loaded {'-'.join(map(str, e.dose.heavy[level]))}" if level in e.dose.heavy else ""
        lines.append(f"  {level}: {low}-{high} {e.dose.unit} {side}{heavy}".rstrip())
    if e.dose.tempo:
        lines.append(f"  tempo {e.dose.tempo} (lowering-pause-lifting-pause, s)")
    lines.append(f"  easier: {e.easier or '-'}   harder: {e.harder or '-'}")
    if e.avoid:
        lines.append(f"  not while these hurt: {', '.join(e.avoid)}")
    lines += source_lines(e.sources)
    return "\n".join(lines)


def source_lines(keys: Iterable[str]) -> list[str]:
    """Print sources with the badge each may wear."""
    out = []
    for key in keys:
        source = catalogue().sources.get(key)
        if source is not None:
            where = f", {source.where}" if source.where else ""
            out.append(f"  source: {source.authors} {source.year}{where}: {source.says} [{source.badge}]")
    return out


def rules_text() -> str:
    """List the rules, one line each."""
    return "\n".join(f"{r.id:26} {r.tier.label:7} {r.title}" for r in all_rules())


def badge(param: Param) -> str:
    """Say where a number comes from: its source where that may be cited, else the default badge."""
    source = catalogue().sources.get(param.source or "")
    return source.badge if source else "midstance default"


def rule_text(key: str) -> str:
    """Print one rule: why, numbers, certainty, sources, examples.

    Raises: InputError: No such rule.
    """
    found = {r.id: r for r in all_rules()}
    if key not in found:
        raise unknown("rule", key, found)
    r: Rule = found[key]
    lines = [
        f"{r.title} ({r.id}, {r.tier.label})",
        *(f"  {line}".rstrip() for line in r.why.splitlines()),
        f"  Certainty: {r.certainty.value}. Rests on {', '.join(r.cites)}.",
    ]
    for p in r.params:
        low, high = p.between
        lines.append(f"  {p.id} = {p.value:g} {p.unit} ({low:g} to {high:g}) [{badge(p)}]: {p.says}")
    lines += source_lines(r.sources)
    for example in r.examples:
        verdict = f"found on {example.finds}" if example.finds else "fine"
        runner = "; ".join(example.runner.splitlines())
        lines.append(f"  {verdict}: {example.week}" + (f"  ({runner})" if runner else ""))
    return "\n".join(lines)
