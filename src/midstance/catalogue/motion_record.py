"""Strict reading of the ``[motion]`` table of an exercise: every word known, every angle inside its joint's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from midstance.catalogue.record import Table, nearest
from midstance.domain.motion import (
    BASES,
    MIDDLE,
    PAIRED_PARTS,
    PAIRS,
    PROPS,
    SIDED,
    SINGLE_PARTS,
    STARTS,
    SURFACES,
    VIEWS,
    WATCHES,
    WATCHES_WHOLE,
    Contact,
    Motion,
    Pose,
    Prop,
    Starts,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

SIDES = ("left", "right")
OVERS = ("left", "right", "both", "none")
MARKS = ("slides", "steps")


def read_motion(record: Table) -> Motion | None:
    """Read the ``[motion]`` table of a record; None where it has none."""
    if "motion" not in record:
        return None
    table = record.table("motion")
    base = table.word("base", BASES)
    contacts = _contacts(table, "contacts")
    touch = _pairs(table, "touch")
    starts = cast("Starts", table.word("starts", STARTS, "lowering"))
    poses = _poses(table, contacts, touch)
    motion = Motion(
        base=base, view=table.word("view", VIEWS, "side"), watch=_watch(table), starts=starts, poses=poses,
        order=table.words("order", tuple(pose.name for pose in poses), twins=True), turning=table.text("turning", ""),
        alternate=table.flag("alternate"), props=_props(table),
    )
    _check(table, motion)
    table.finish()
    return motion


def _watch(table: Table) -> str:
    watch = table.text("watch", "")
    side, _, joint = watch.rpartition(" ")
    known = [f"{one} {other}" for one in SIDES for other in WATCHES] + list(WATCHES_WHOLE)
    if watch and not ((side in SIDES and joint in WATCHES) or watch in WATCHES_WHOLE):
        table.fault("watch", f'is "{watch}"', nearest(watch, known))
    return watch


def _check(table: Table, motion: Motion) -> None:
    names = [pose.name for pose in motion.poses]
    if len(set(names)) < len(names):
        table.fault("poses", "has two poses of one name", "name each once; say the way in order")
    if motion.turning and motion.turning not in names:
        table.fault("turning", f'is "{motion.turning}"', nearest(motion.turning, names))
    kinds = {prop.kind for prop in motion.props}
    for pose in motion.poses:
        for contact in pose.contacts or ():
            if contact.on != "floor" and contact.on not in kinds:
                table.fault("contacts", f"lie on a {contact.on} that is no prop", "add it to props")
    if motion.base == "hanging" and "bar" not in kinds:
        table.fault("props", "has no bar to hang from", 'add { kind = "bar", height = 215 }')


def _poses(table: Table, contacts: tuple[Contact, ...] | None, touch: tuple[tuple[str, str], ...]) -> tuple[Pose, ...]:
    found: dict[str, Pose] = {}
    for index, inner in enumerate(table.tables("poses", needed=True)):
        pose = _pose(inner, index, contacts, touch, found)
        found[f"{pose.name}#{index}" if pose.name in found else pose.name] = pose
    if table.sound("poses") and not found:
        table.fault("poses", "is empty", "write at least one")
        return (Pose(name="rest"),)
    return tuple(found.values())


def _pose(
    table: Table, index: int, contacts: tuple[Contact, ...] | None, touch: tuple[tuple[str, str], ...],
    earlier: Mapping[str, Pose],
) -> Pose:
    name = table.text("name", f"pose-{index + 1}")
    like = earlier.get(table.word("like", (*earlier, ""), ""))
    angles = dict(like.angles) if like else {}
    angles |= _angles(table)
    own = _contacts(table, "contacts")
    chosen = own if own is not None else like.contacts if like else contacts
    pose = Pose(
        name=name, angles=angles,
        lean=_number(table, "lean", like.lean if like else None, (-180, 180)),
        roll=_number(table, "roll", like.roll if like else None, (-180, 180)),
        turn=_number(table, "turn", like.turn if like else None, (-180, 180)),
        contacts=chosen, touch=_pairs(table, "touch", like.touch if like else touch),
        shift=_triple(table, "shift"), over=table.word("over", OVERS, like.over if like else ""),
        seconds=_number(table, "seconds", 0.0, (0.1, 20)) or 0.0, hold=_number(table, "hold", 0.0, (0.1, 60)) or 0.0,
        through=table.flag("through"),
    )
    table.finish()
    return pose


def _angles(table: Table) -> dict[str, tuple[float | None, ...]]:
    """Read the angles of a pose: ``hip = 90`` for both, ``right = { hip = [90, 10] }`` for one."""
    found: dict[str, tuple[float | None, ...]] = {}
    for name in SIDED:
        if (values := _angle(table, name)) is not None:
            found |= {f"{side} {name}": values for side in SIDES}
    for name in MIDDLE:
        if (values := _angle(table, name)) is not None:
            found[name] = values
    for side in SIDES:
        inner = table.table(side)
        for name in SIDED:
            if (values := _angle(inner, name)) is not None:
                found[f"{side} {name}"] = values
        inner.finish()
    return found


def _angle(table: Table, key: str) -> tuple[float | None, ...] | None:
    raw = table.raw(key)
    if raw is None:
        return None
    values = raw if isinstance(raw, list) else [raw]
    ranges = SIDED.get(key) or MIDDLE[key]
    found: list[float | None] = []
    if len(values) > len(ranges):
        table.fault(key, f"has {len(values)} angles", f"write {', '.join(part for part, _, _ in ranges)}")
    for value, (part, low, high) in zip(values, ranges, strict=False):
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            table.fault(key, f"has {part} {value!r}", f"write {low} to {high} degrees")
            found.append(0.0)
        else:
            found.append(float(value))
    return tuple(found)


def parse_contact(text: str) -> tuple[Contact, ...]:
    """Read one contact, ``right foot``, ``hands on bar``, ``left heel slides``, ``right ball on step steps``.

    Raises: ValueError: It is none.

    >>> [contact.name for contact in parse_contact("feet")]
    ['left foot', 'right foot']
    """
    words = text.split()
    marks = {word for word in words if word in MARKS}
    words = [word for word in words if word not in MARKS]
    on = "floor"
    if len(words) > 2 and words[-2] == "on":
        on, words = words[-1], words[:-2]
    if on != "floor" and on not in SURFACES:
        raise ValueError(nearest(on, SURFACES))
    side, part = (words[0], words[1]) if len(words) == 2 else ("", words[0] if len(words) == 1 else "")
    sides: tuple[str, ...] = (side,)
    if not side and part in SINGLE_PARTS:
        sides = ("",)
    elif not side and (part in PAIRS or part.removesuffix("s") in PAIRED_PARTS or part in PAIRED_PARTS):
        part = PAIRS.get(part, part if part in PAIRED_PARTS else part.removesuffix("s"))
        sides = SIDES
    elif side not in SIDES or part not in PAIRED_PARTS:
        raise ValueError(nearest(part or text, (*PAIRED_PARTS, *SINGLE_PARTS)))
    return tuple(Contact(side=each, part=part, on=on, slides="slides" in marks, steps="steps" in marks)
                 for each in sides)


def _contacts(table: Table, key: str) -> tuple[Contact, ...] | None:
    written = table.words(key)
    if key not in table:
        return None
    found: list[Contact] = []
    for text in written:
        try:
            found += parse_contact(text)
        except ValueError as error:
            table.fault(key, f'holds "{text}"', str(error))
    return tuple(found)


def _pairs(table: Table, key: str, default: tuple[tuple[str, str], ...] = ()) -> tuple[tuple[str, str], ...]:
    written = table.words(key)
    if key not in table:
        return default
    found = []
    for text in written:
        one, joined, other = text.partition(" to ")
        if not joined:
            table.fault(key, f'holds "{text}"', 'write "right hand to right hip-front"')
        else:
            found.append((one.strip(), other.strip()))
    return tuple(found)


def _props(table: Table) -> tuple[Prop, ...]:
    found = []
    for inner in table.tables("props"):
        found.append(Prop(
            kind=inner.word("kind", PROPS), held=inner.words("held"), under=inner.text("under", ""),
            at=_numbers(inner, "at"), height=_number(inner, "height", 0.0, (-50, 300)) or 0.0, ends=_ends(inner),
            upright=inner.flag("upright"), together=inner.flag("together"),
            side=inner.word("side", ("front", "back", "left", "right"), "front"),
            size=_number(inner, "size", 1.0, (0.3, 3)) or 1.0,
        ))
        inner.finish()
    return tuple(found)


def _ends(table: Table) -> tuple[str | tuple[float, float, float], ...]:
    """Read what a band runs between: body points, or places [forward, left, up] in cm."""
    raw = table.raw("ends")
    found: list[str | tuple[float, float, float]] = []
    for end in raw if isinstance(raw, list) else []:
        if isinstance(end, str):
            found.append(end)
        elif isinstance(end, list) and len(end) == 3 and all(type(value) in (int, float) for value in end):
            found.append((float(end[0]), float(end[1]), float(end[2])))
        else:
            table.fault("ends", f"holds {end!r}", "write a body point or [forward, left, up] in cm")
    return tuple(found)


def _number(table: Table, key: str, default: float | None, between: tuple[float, float]) -> float | None:
    raw = table.raw(key)
    if raw is None:
        return default
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not between[0] <= raw <= between[1]:
        table.fault(key, f"is {raw!r}", f"write a number from {between[0]:g} to {between[1]:g}")
        return default
    return float(raw)


def _numbers(table: Table, key: str) -> tuple[float, ...]:
    raw = table.raw(key)
    if raw is None:
        return ()
    values = raw if isinstance(raw, list) else [raw]
    if not all(type(value) in (int, float) for value in values):
        table.fault(key, f"is {raw!r}", "write numbers [cm]")
        return ()
    return tuple(float(cast("float", value)) for value in values)


def _triple(table: Table, key: str) -> tuple[float, float, float] | None:
    values = _numbers(table, key)
    if not values:
        return None
    if len(values) != 3:
        table.fault(key, f"has {len(values)} numbers", "write [forward, left, up] in cm")
        return None
    return values[0], values[1], values[2]
