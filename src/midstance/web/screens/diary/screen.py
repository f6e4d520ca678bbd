"""The diary as such: take back what was told last."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from msgspec import Meta

from midstance.domain.diary import Undone
from midstance.domain.entry import batch_id
from midstance.services.diary import take_back
from midstance.web._screen import Action, Answer, Nothing, Screen, Visit


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the diary holds."""

    entries: Annotated[int, Meta(description="How many entries it holds, also those taken back.")]
    place: Annotated[str, Meta(description="Where it is.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What to take back."""

    batch: Annotated[str, Meta(description="Id of an entry or batch, or its first letters; empty for the last.")] = ""
    go: Annotated[str, Meta(description="Path of the page to show next.")] = ""


def load(asked: Nothing, visit: Visit) -> Context:
    """Count the entries."""
    return Context(entries=visit.store.count(), place=visit.store.address)


def undo(wish: Undo, visit: Visit) -> Answer:
    """Take back an entry or a batch; taking back a taking back restores it."""
    found = take_back(visit.store, wish.batch, now=visit.at, date=visit.today)
    count = len(found.entries)
    says = f"Taken back: {count} {'entry' if count == 1 else 'entries'}. Nothing is lost; Take back restores it."
    if all(isinstance(entry.what, Undone) for entry in found.entries):
        says = "Restored: it is in the diary again."
    return Answer(says=(says,), batch=batch_id(visit.at, "undo", found.target), go=wish.go or "/today")


SCREEN = Screen(
    id="diary", path="/diary", title="Diary", context=Context, load=load, page=False, needs_plan=False,
    actions=(Action(name="undo", title="Take back what was told", wish=Undo, do=undo),))
