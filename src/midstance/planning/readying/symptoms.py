"""Symptoms in the runner's own words: which stop training, which need a clinician, which are a mild head cold.

The signs that stop training are the list of the Olympic committee's consensus (R68); those that need a clinician
whatever else is true are R86. A word that is not known stops too: one day less is cheap, and the runner can say more.
"""

from __future__ import annotations

import re
from enum import IntEnum


class Sign(IntEnum):
    """What a symptom asks for, the gravest last."""

    MILD = 0       # head cold: an easy half hour may be tried
    UNKNOWN = 1    # no training until the runner says more
    STOP = 2       # no training, seek advice
    FLAG = 3       # stop and see a clinician
    URGENT = 4     # stop and get help now


MILD = re.compile(
    r"(a |the |my |some )?(bit of (a )?|touch of (a )?|little |mild |slight |light |minor )?"
    r"((head|common)? ?colds?|(runny|running|(blocked|stuffed)( up)?|stuffy|congested|snotty|snuffly|drippy) ?nose"
    r"|nose (runs|running|blocked|stuffed)|nasal congestion|nose cold|sneez(e|es|ing)|sneezy"
    r"|(sniff|snuff)(les?|ly|ling|ing)|(sore|scratchy|tickly|itchy|raspy|dry) ?throat|throat (sore|scratchy|tickle)"
    r"|hoarse(ness)?)|(mild|slight|light) cough|hay ?fever|pollen allergy")
STOP = re.compile(
    r"\b(fever|feverish|temperature|chills?|shiver\w*|dizz\w+|light headed\w*|vertigo|cough\w*|fatigue\w*|exhaust\w*"
    r"|very tired|worn out|vomit\w*|throwing up|diarrh\w+|flu|influenza|covid\w*|corona\w*|infect\w+|pneumonia"
    r"|bronchitis|stomach bug|body aches?|muscle aches?|aching|aches|achy|wheez\w+)\b")
FLAG = re.compile(
    r"\b(numb\w*|pins and needles|saddle|bladder|bowel|incontinen\w+|weight loss|swell\w*|swollen|locking|locks"
    r"|giving way|gives way|pop|popped|night pain|rest pain|pain at night|pain at rest|hop pain|missed periods?"
    r"|no periods?)\b")
URGENT = re.compile(
    r"\b(chest|faint\w*|passed out|collaps\w+|black ?out|palpitation\w*|racing heart|irregular heart\w*|heart"
    r"|breathless\w*|out of breath|short of breath|shortness of breath|trouble breathing|hard to breathe"
    r"|cannot breathe|breathing)\b")


def sign_of(symptom: str) -> Sign:
    """Read one symptom, in small letters as the diary keeps it.

    >>> [sign_of(word).name for word in ("runny nose", "fever", "chest pain", "numb foot", "odd feeling")]
    ['MILD', 'STOP', 'URGENT', 'FLAG', 'UNKNOWN']
    """
    word = " ".join(symptom.replace("-", " ").split())
    if URGENT.search(word):
        return Sign.URGENT
    if FLAG.search(word):
        return Sign.FLAG
    if MILD.fullmatch(word):
        return Sign.MILD
    return Sign.STOP if STOP.search(word) else Sign.UNKNOWN


def worst_sign(symptoms: tuple[str, ...]) -> Sign:
    """Give the gravest sign; there must be a symptom."""
    return max(map(sign_of, symptoms))
