"""Settings: all answers of the set-up, what a change would mean before it is taken, this device, and the data."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass, replace
from typing import Annotated, Any

from msgspec import Meta

from midstance import __version__
from midstance.formats._format import InputError, refusal
from midstance.formats._plan_words import HONESTY, SAFETY, SAFETY_NEW
from midstance.formats.runner_toml import render_runner
from midstance.services.diary import current
from midstance.services.diary_archive import restore_diary
from midstance.services.doctor import examine
from midstance.services.inputs import read_runner
from midstance.services.plan import check_names
from midstance.services.set_up import FIRST, USUAL_WEEK, Ready, is_runner_file
from midstance.services.set_up_answers import answers_of
from midstance.services.set_up_change import Settings, keep, look, read_settings, settings_of
from midstance.services.set_up_erase import archive_of, erase
from midstance.services.set_up_fields import Answer as Said
from midstance.web._screen import Action, Answer, Download, Nothing, Screen, Visit
from midstance.web.remember import forget
from midstance.web.screens.settings import drafts
from midstance.web.screens.settings.words import section_lines
from midstance.web.screens.setup.form import GLOBALS, answers_in, wish_of

MOST_BYTES = 256 << 20
"""Largest archive taken back [bytes]; midstance default."""
WORD = "delete"
SAME = "Nothing is different, so nothing was changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to show."""

    look: Annotated[str, Meta(description="Changed settings that wait for a yes, by their name.")] = ""
    health: Annotated[bool, Meta(description="Examine the diary.")] = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What changed settings would do."""

    name: Annotated[str, Meta(description="Their name, to keep them by.")]
    settings: Annotated[tuple[str, ...], Meta(description="Each setting that changes.")]
    says: Annotated[tuple[str, ...], Meta(description="Each change of the days to come.")]
    contents: Annotated[tuple[str, ...], Meta(description="What changes inside sessions that stay.")]
    notes: Annotated[tuple[str, ...], Meta(description="What else to know.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """How the diary is."""

    well: Annotated[bool, Meta(description="Whether nothing is damaged.")]
    faults: Annotated[tuple[str, ...], Meta(description="What is damaged.")]
    warnings: Annotated[tuple[str, ...], Meta(description="What should be looked at.")]
    entries: Annotated[int, Meta(description="How many entries were read and compared with their ids.")]
    backups: Annotated[tuple[str, ...], Meta(description="Backups, the newest first.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is set, and where the data are."""

    planned: Annotated[bool, Meta(description="Whether there is a plan, whose settings can be changed.")]
    answers: Annotated[dict[str, Said], Meta(description="All answers of the form, by the name of the field.")]
    lines: Annotated[dict[str, str], Meta(description="What is set, a line for each section.")]
    calendars: Annotated[dict[str, int], Meta(description="Uploaded calendars with the number of their runs.")]
    change: Annotated[Change | None, Meta(description="Changed settings that wait for a yes.")]
    usual_weeks: Annotated[dict[str, dict[str, tuple[str, str, str]]], Meta(
        description="A running week to begin from by level: type, minutes and start by day.")]
    place: Annotated[str, Meta(description="Where the diary is.")]
    entries: Annotated[int, Meta(description="How many entries it holds.")]
    health: Annotated[Health | None, Meta(description="How the diary is, where that was asked.")]
    version: Annotated[str, Meta(description="Version of midstance.")]
    safety: Annotated[tuple[str, ...], Meta(description="Whom to ask before training, and when to stop.")]
    honesty: Annotated[str, Meta(description="What strength work is good for, in honest words.")]
    today: Annotated[dt.date, Meta(description="The date.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """Which changed settings to keep."""

    look: Annotated[str, Meta(description="Their name.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """The word that deletes everything."""

    word: Annotated[str, Meta(description=f"Must be {WORD!r}.")] = ""


Changed = wish_of("Settings", "Changed answers of the form; what is not told stays as it is, unless the form is whole.")


def load(asked: Asked, visit: Visit) -> Context:
    """Show what is set, and a change that waits."""
    now = settings_of(current(visit.store), today=visit.today)
    draft = drafts.find(visit.store.address, asked.look) if asked.look and now is not None else None
    runner = draft.ready.runner if draft is not None else now.runner if now is not None else None
    since = {f"injury_{number}_since": visit.today.isoformat() for number in range(1, 7)}
    answers = answers_of(runner, today=visit.today) if runner is not None else dict(FIRST)
    return Context(
        planned=now is not None, lines=section_lines(runner, visit.today) if runner is not None else {},
        answers={**answers, **{key: value for key, value in since.items() if not answers.get(key)}},
        calendars=now.files if now is not None else {}, change=change_of(asked.look, draft),
        usual_weeks=USUAL_WEEK, place=visit.store.address,
        entries=visit.store.count(), health=health(visit) if asked.health else None, version=__version__,
        safety=(*SAFETY, SAFETY_NEW), honesty=HONESTY,
        today=visit.today)


def change_of(name: str, draft: drafts.Draft | None) -> Change | None:
    """Show a change that waits."""
    if draft is None:
        return None
    found = draft.look
    return Change(name=name, settings=found.settings, says=found.says, contents=found.contents, notes=found.notes)


def need_settings(visit: Visit) -> Settings:
    """Give what is set.

    Raises: InputError: There is no plan yet.
    """
    now = settings_of(current(visit.store), today=visit.today)
    if now is None:
        raise refusal("settings", "there is no plan yet whose settings could change", "begin with the set-up")
    return now


def look_at(wish: Any, visit: Visit) -> Answer:
    """Say what changed settings would do; nothing is written."""
    now = need_settings(visit)
    return waiting(now, read_settings(now, answers_in(wish), (), today=visit.today), visit)


def look_at_file(_: Nothing, visit: Visit) -> Answer:
    """Say what a runner's file would change; nothing is written."""
    now = need_settings(visit)
    if not visit.upload or not is_runner_file(visit.upload[0].path):
        raise refusal("settings", "this is no runner's file", "choose a runner.toml", place="runner_file")
    path = visit.upload[0].path
    found = read_runner(path)
    check_names(found, path.name)
    calendars = read_settings(now, {}, (), today=visit.today).calendars
    return waiting(now, Ready(runner=found, calendars=calendars), visit)


def waiting(now: Settings, ready: Ready, visit: Visit) -> Answer:
    """Keep changed settings until the runner says yes, and lead to what they would change."""
    if ready.runner == now.runner and ready.calendars.runs == now.calendar:
        return Answer(says=(SAME,))
    found = look(now, ready, stamp=visit.stamp("settings"), clock=time.perf_counter)
    name = drafts.put(visit.store.address, drafts.Draft(ready=ready, look=found))
    return Answer(go=f"/settings?look={name}#change")


def keep_them(wish: Keep, visit: Visit) -> Answer:
    """Keep changed settings and the plan that they lead to."""
    draft = drafts.find(visit.store.address, wish.look)
    if draft is None:
        raise refusal("settings", "these changes are not known any more", "change the settings again")
    found = look(need_settings(visit), draft.ready, stamp=visit.stamp("settings"), clock=time.perf_counter)
    if (found.settings, found.says) != (draft.look.settings, draft.look.says):
        drafts.put(visit.store.address, replace(draft, look=found))
        raise refusal("settings", "the diary has changed since, and with it what would change",
                      "look at the change once more")
    done = keep(visit.store, found, stamp=visit.stamp("settings"))
    drafts.drop(visit.store.address, wish.look)
    return Answer(says=done.says, batch=done.batch)


def archive(_: Nothing, visit: Visit) -> Download:
    """Give all data as one archive."""
    return Download(name=f"midstance-{visit.today}.zip", media_type="application/zip",
                    data=archive_of(visit.store, version=__version__))


def runner(_: Nothing, visit: Visit) -> Download:
    """Give the settings as runner.toml."""
    text = render_runner(need_settings(visit).runner)
    return Download(name="runner.toml", media_type="application/toml", data=text.encode())


def restore(_: Nothing, visit: Visit) -> Answer:
    """Put an archive's entries into the diary; what is there already is not doubled."""
    if not visit.upload:
        raise refusal("archive", "no file was chosen", "choose an archive that midstance exported")
    says = []
    for upload in visit.upload:
        try:
            found = restore_diary(visit.store, upload.path)
        except InputError as error:
            raise InputError(tuple(replace(fault, source=upload.name, place="archive")
                                   for fault in error.faults)) from None
        count = f"{found.new} {'entry is' if found.new == 1 else 'entries are'} back"
        known = f"; {found.known} were there already" if found.known else ""
        says += [f"{upload.name}: {count}{known}.", *(f"{fault.place}: {fault.says}." for fault in found.faults)]
    forget()
    return Answer(says=tuple(says))


def erase_all(wish: Erase, visit: Visit) -> Answer:
    """Delete the diary, after an archive of it was written beside it."""
    if wish.word.strip().lower() != WORD:
        raise refusal("settings", "nothing was deleted", f"type the word {WORD}", place="word")
    path = erase(visit.store, at=visit.at, version=__version__)
    forget()
    left = f"One archive is left, in {path}. Delete it too if nothing of it should stay."
    return Answer(go="/setup?gone=yes", says=("Everything is deleted here.", left))


def health(visit: Visit) -> Health:
    """Read every entry of the diary, and the newest backup, and say how they are."""
    found = examine(visit.place or visit.store.address)
    return Health(well=found.well, faults=found.faults, warnings=found.warnings, entries=found.entries,
                  backups=tuple(path.name for path in found.backups))


SCREEN = Screen(
    id="settings", path="/settings", title="Settings", asked=Asked, context=Context, load=load, nav=10,
    needs_plan=False, globals=GLOBALS,
    actions=(
        Action(name="look", title="Say what changed settings would do", wish=Changed, do=look_at),
        Action(name="file", title="Say what a runner's file would change", wish=Nothing, do=look_at_file, files=True),
        Action(name="keep", title="Keep changed settings", wish=Keep, do=keep_them),
        Action(name="archive", title="Download all data", wish=Nothing, do=archive, answer=Download, reads=True),
        Action(name="runner", title="Download the settings as runner.toml", wish=Nothing, do=runner, answer=Download,
               reads=True),
        Action(name="restore", title="Put an archive back", wish=Nothing, do=restore, files=True,
               most_bytes=MOST_BYTES),
        Action(name="erase", title="Delete everything", wish=Erase, do=erase_all),
    ))
