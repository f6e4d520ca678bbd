"""What the self-assessment says: results, changes and reasons in plain words; help, never a diagnosis (M24)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from midstance.formats._plan_words import counted, day_text, joined
from midstance.planning.judging import amount_text
from midstance.services.assess_latest import SIDES, Result

if TYPE_CHECKING:
    from collections.abc import Sequence

    from midstance.domain.self_test import SelfTest
    from midstance.planning.judging import Judgement
    from midstance.services.assess_history import Change

SAFETY = (
    "Stand where you can hold on to something, on a floor that does not slip. Stop at once when something hurts or you "
    "feel dizzy, and skip the test; skipping costs nothing.")
HONESTY = (
    "A result chooses exercises, sides and where to begin. It is no diagnosis, and it foretells no injury.")
NEVER = "Not tested yet."
AGAIN = "Last tested {ago}, on {day}: time to see what changed."
FOUND_AGAIN = "Last time, {ago}, it found something to work on: time to see what changed."
SIDE_MISSING = "The {side} side is still missing."
DONE = "Done."
STILL_FRESH = "Tested {ago}; worth it again from {day} on."
ASKED = "You asked for it."
SKIPPED = "Skipped for now."
HURTS = "Not with pain at the {place} ({score:g} of 10 {when}). When it is gone, say so: a pain of 0 there."
INJURED = "Not with an injury of the {place}."
NEEDS = "It needs what is not among your equipment: {what}."
RACE_WEEK = (
    "The race of {day} is near: nothing that tires in the last {days} days before it. Balance and range are fine.")
HARD_TODAY = "It tires, and today is a hard day ({what}). An easy day suits it better."
HARD_TOMORROW = "It tires, and tomorrow has a hard run ({what})."
REST_TODAY = "Not today: {why}"
QUIET = " {day} is a better day."
OTHER_SIDE = "Now the {side} side."
FOUND = "Found: {finding}. {changes}"
LEADS = "What it changes: {changes}"
NOTHING = "Nothing has to change because of it."
BETTER = "{side}{before} {when}, now {now}: more than the noise of this test ({noise}), so it is a real gain."
LESS = (
    "{side}{before} {when}, now {now}: a step back, by more than the noise of this test ({noise}). A tired day can do "
    "that.")
SAME = "{side}{before} {when}, now {now}: within the noise of this test ({noise}), so nothing has changed for sure."
EQUAL = "{side}{now}, as {when}."
PLAIN = "{side}{before} {when}, {now} now."
TODAY, YESTERDAY = "today", "yesterday"
DAY = dt.timedelta(days=1)
WEEK_DAYS = 7
MANY_WEEKS = 2


def result_words(test: SelfTest, result: Result) -> str:
    """Write a result: ``left 7 cm, right 11 cm``."""
    if not isinstance(result, dict):
        return amount_text(test, result)
    return ", ".join(f"{side} {amount_text(test, result[side])}" for side in SIDES if side in result)


def tries_words(tries: dict[str, tuple[float, ...]]) -> str:
    """Write the tries behind a result, for its note.

    >>> tries_words({"left": (12, 15, 14), "right": (20,)})
    'left best of 12, 15, 14'
    """
    return "; ".join(
        f"{side} best of {', '.join(f'{number:g}' for number in numbers)}".strip()
        for side, numbers in tries.items() if len(numbers) > 1)


def ago_words(date: dt.date, today: dt.date) -> str:
    """Say how long ago a date is.

    >>> ago_words(dt.date(2026, 10, 5), dt.date(2026, 11, 30)), ago_words(dt.date(2026, 11, 29), dt.date(2026, 11, 30))
    ('8 weeks ago', 'yesterday')
    """
    days = (today - date) // DAY
    if days <= 1:
        return YESTERDAY if days == 1 else TODAY
    return f"{counted(days // WEEK_DAYS, 'week')} ago" if days >= MANY_WEEKS * WEEK_DAYS else f"{days} days ago"


def date_words(date: dt.date, today: dt.date) -> str:
    """Write a date, with its year where that is another one."""
    return day_text(date, year=date.year != today.year)


def minutes_words(minutes: float) -> str:
    """Write a length of time in whole minutes.

    >>> minutes_words(4.5), minutes_words(0.4)
    ('5 min', '1 min')
    """
    return f"{max(1, int(minutes + 0.5))} min"


def things_words(things: Sequence[str]) -> str:
    """List what a test needs."""
    return joined(things)


def follow_words(test: SelfTest, found: Judgement) -> tuple[str, ...]:
    """Say what a result changes; what is for a professional is said by the judgement and changes nothing here."""
    if found.follow is not None:
        if found.follow.refer:
            return ()
        return (FOUND.format(finding=found.follow.finding, changes=test.changes),)
    return (LEADS.format(changes=test.changes),) if found.apart else (NOTHING,)


def change_words(test: SelfTest, change: Change, today: dt.date) -> str:
    """Say what became of a result since the last time; noise is called noise."""
    side = f"{change.side.capitalize()}: " if change.side else ""
    before, now, noise = (amount_text(test, round(n, 1)) for n in (change.before, change.now, change.noise))
    text = EQUAL if change.before == change.now else SAME if change.is_noise else BETTER if change.better else LESS
    if test.measure == "choice":
        text, before, now = PLAIN, f"“{before}”", f"“{now}”"
    return text.format(side=side, before=before, now=now, noise=noise, when=ago_words(change.since, today))


def amount_example(test: SelfTest) -> str:
    """Show how a result of a test is told on the command line."""
    shown = test.options[0].value if test.options else _middle(test)
    if test.each_side:
        return f"midstance assess {test.id} --left {shown} --right {shown}"
    return f"midstance assess {test.id} {shown}"


def side_example(test: SelfTest, side: str) -> str:
    """Show how the result of one side is told on the command line."""
    return f"midstance assess {test.id} --{side} {_middle(test):g}"


def _middle(test: SelfTest) -> int:
    """Give a plain number that the test can give: what is enough, else a tenth of the most."""
    return round(test.enough if test.enough is not None else test.least + (test.most - test.least) / 10)
