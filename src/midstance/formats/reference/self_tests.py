"""The page of the self-tests: how each is done, what is typical, what is noise, what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from midstance.domain.evidence import Provenance
from midstance.formats.reference.markdown import bullets, code, heading, listed, number, page, table
from midstance.formats.reference.rules import PROVENANCE, citations

if TYPE_CHECKING:
    from collections.abc import Mapping

    from midstance.domain.evidence import Source
    from midstance.domain.self_test import Follow, Norm, SelfTest

SEXES = {"": "everybody", "female": "women", "male": "men"}
CAMERAS = {"hold": "times the hold", "reps": "counts", "range": "measures the range"}


def render_self_tests(tests: Mapping[str, SelfTest], sources: Mapping[str, Source]) -> str:
    """Write the page of the self-tests.

    Args:
        tests: All tests by id, in the order of the ritual.
        sources: Sources by key.
    """
    whole = sum(test.minutes for test in tests.values())
    short = sum(test.minutes for test in tests.values() if test.short)
    index = table(
        ("test", "answers", "minutes", "short version", "needs"),
        ((f"[{t.name}](#{t.id})", t.asks, number(t.minutes), "yes" if t.short else "", listed(t.equipment))
         for t in tests.values()),
    )
    return page(
        "Self-tests",
        f"{len(tests)} records of `src/midstance/catalogue/self_tests/`, in the order in which they are done. All take "
        f"about {number(whole)} minutes, which may be split over two days; the short version {number(short)}. A result "
        "chooses exercises and the side that leads. It finds no illness and predicts no injury, and a difference "
        "inside the noise means nothing.",
        index,
        *(_test(test, sources) for test in tests.values()),
    )


def _test(test: SelfTest, sources: Mapping[str, Source]) -> str:
    return "\n\n".join(part for part in (
        heading(test.name, test.id),
        test.asks,
        "\n".join(f"{place}. {step}" for place, step in enumerate(test.protocol, start=1)),
        bullets(_facts(test, sources)),
        _norms(test, sources),
        _follows(test),
    ) if part)


def _facts(test: SelfTest, sources: Mapping[str, Source]) -> list[str]:
    measured = f"{test.measure}, {'each side' if test.each_side else 'once'}"
    best = f", best of {test.tries}" if test.tries > 1 else ""
    done = f", done at {_amount(test, test.stop_at)}" if test.stop_at is not None else ""
    facts = [f"Id {code(test.id)}; measures {measured}{best}{done}; believed from {number(test.least)} to "
             f"{number(test.most)}."]
    if test.beats_per_minute:
        facts.append(f"Metronome {test.beats_per_minute} beats a minute, {test.beats_a_rep} a repetition "
                     "(midstance default).")
    facts += [f"Note: {option.value} is \"{option.says}\"." for option in test.options]
    facts += [f"Write down: {test.note}", f"When not, and when to stop: {test.stop}"]
    if test.avoid:
        facts.append(f"Left out while one of these hurts: {listed(test.avoid)}.")
    facts += [f"Noise: {_noise(test, sources)}.", *_good(test),
              *([f"A camera {CAMERAS[test.camera]}."] if test.camera else []),
              f"What changes: {test.changes}", f"What it does not tell: {test.limits}",
              f"Rests on {listed(test.cites)}. Sources: {citations(test.sources, sources)}."]
    return facts


def _good(test: SelfTest) -> list[str]:
    if test.enough is None:
        return []
    word = "or fewer are" if test.less_is_better else "are"
    return [f"{_amount(test, test.enough)} {word} enough for running (midstance default)."]


def _amount(test: SelfTest, value: float) -> str:
    return f"{number(value)} {test.unit}".strip()


def _noise(test: SelfTest, sources: Mapping[str, Source]) -> str:
    if not test.noise and not test.noise_share:
        return "none is known for an answer that is looked at"
    parts = [_amount(test, test.noise)] if test.noise else []
    parts += [f"{number(100 * test.noise_share)} % of the better result"] if test.noise_share else []
    wide = f"{parts[0]} and {parts[1]}, both must be passed" if len(parts) == 2 else parts[0]
    return f"{wide} ({_origin(test.noise_source, '', sources)})"


def _origin(key: str, provenance: str, sources: Mapping[str, Source]) -> str:
    """Say where a number comes from: by name only where it was read in the paper itself."""
    source = sources.get(key)
    if source is None:
        return PROVENANCE[Provenance(provenance)] if provenance else "midstance default"
    known = Provenance(provenance) if provenance else source.provenance
    name = f"[{source.authors} {source.year}](sources.md#{source.id})"
    return name if known.citable else f"{name}, {PROVENANCE[known]}"


def _norms(test: SelfTest, sources: Mapping[str, Source]) -> str:
    rows = [(SEXES[norm.sex], _ages(norm), number(norm.typical), "" if norm.spread is None else number(norm.spread),
             _origin(test.norm_source, test.norm_provenance, sources)) for norm in test.norms]
    if test.typical_without_age is not None:
        rows.append(("everybody", "not told", number(test.typical_without_age), "",
                     _origin(test.without_age_source, "", sources)))
    return table(("typical for", "age", test.unit, "spread", "from"), rows) if rows else ""


def _ages(norm: Norm) -> str:
    if norm.age_to - norm.age_from > 100:
        return "any"
    return f"{norm.age_from} and older" if norm.age_to > 100 else f"{norm.age_from} to {norm.age_to}"


def _follows(test: SelfTest) -> str:
    rows = ((_condition(test, follow), listed(follow.patterns) + (", loaded range" if follow.loaded else ""),
             listed(follow.regions), listed(map(code, follow.too_soon)), follow.advice) for follow in test.follows)
    return table(("the first that fits", "preferred patterns", "double weight", "waits", "advice"), rows) \
        if test.follows else ""


def _condition(test: SelfTest, follow: Follow) -> str:
    young = f", under {follow.under_age} years" if follow.under_age else ""
    if follow.below is not None:
        return f"below {_amount(test, follow.below)}{young}"
    if follow.above is not None:
        return f"above {_amount(test, follow.above)}{young}"
    if follow.under_typical is not None:
        return f"{_amount(test, follow.under_typical)} or more under what is typical{young}"
    return " or ".join(option.says for option in test.options if option.value in follow.chosen) + young
