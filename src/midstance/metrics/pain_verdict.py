"""Pain in training: what goes on, what gets easier, what stops. Education, no diagnosis."""

from __future__ import annotations

from enum import StrEnum

from midstance.domain.evidence import Validity
from midstance.metrics._bounds import require
from midstance.metrics._metric import Aggregate, metric

SAFE, EASIER_ABOVE, STOP_ABOVE = 2, 3, 5   # of 10, evidence R26 and R69


class Tissue(StrEnum):
    """What hurts, as far as the runner knows."""

    TENDON = "tendon"
    BONE = "bone"
    MUSCLE = "muscle"
    JOINT = "joint"


class PainVerdict(StrEnum):
    """What pain allows."""

    OK = "ok"
    IF_SETTLED = "allowed if settled next morning"
    EASIER = "easier version"
    STOP = "stop"


@metric(
    title="What pain allows",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R26", "R69"),
)
def pain_verdict(pain: float, tissue: Tissue | None = None, *, tissue_block: bool = False) -> PainVerdict:
    """Judge pain during an exercise or a run.

    Up to 2 of 10 is safe, above 5 stops. Between, a block for an irritated tendon or kneecap may go on if all is
    settled by next morning; ordinary work above 3 goes to the easier version. Bone must not hurt at all.

    Args:
        pain: Pain, 0 to 10.
        tissue: What hurts; None when unknown.
        tissue_block: Whether it is the block for the tissue that hurts (R78-R84).
    Returns: What it allows.
    Raises: ValueError: Pain outside 0 to 10.
    Source: R26 and R69, after Thomeé 1997 and Silbernagel 2007 (validity: unclear).

    >>> [pain_verdict(pain, Tissue.TENDON, tissue_block=True).value for pain in (2, 5, 6)]
    ['ok', 'allowed if settled next morning', 'stop']
    """
    require("pain (0-10)", pain, 0, 10)
    if pain > STOP_ABOVE or (pain and tissue is Tissue.BONE):
        return PainVerdict.STOP
    if pain <= SAFE:
        return PainVerdict.OK
    return PainVerdict.EASIER if pain > EASIER_ABOVE and not tissue_block else PainVerdict.IF_SETTLED


@metric(
    title="Pain on the morning after",
    unit="verdict",
    aggregate=Aggregate.LAST,
    validity=Validity.UNCLEAR,
    cites=("R69",),
)
def next_morning(before: float, morning: float, tissue: Tissue | None = None) -> PainVerdict:
    """Judge the morning after: pain that has risen since before the session takes a step back.

    Args:
        before: Usual pain before the session, 0 to 10.
        morning: Pain on the next morning, 0 to 10.
        tissue: What hurts; None when unknown.
    Returns: Stop or the easier version where it has risen, or is too much by itself; else ok.
    Raises: ValueError: Pain outside 0 to 10.
    Source: R69, after Silbernagel 2007 (validity: unclear).

    >>> next_morning(1, 3).value, next_morning(2, 2).value
    ('easier version', 'ok')
    """
    require("pain before (0-10)", before, 0, 10)
    if pain_verdict(morning, tissue) is PainVerdict.STOP:
        return PainVerdict.STOP
    return PainVerdict.EASIER if morning > before else PainVerdict.OK
