"""The plan document ``midstance-plan/1`` (formats.md section 4): bytes to plan and back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from midstance.domain.dates import monday
from midstance.domain.notation import SESSION_HARD
from midstance.domain.plan import FORMAT as PLAN_FORMAT
from midstance.domain.plan import Day, Finding, Optimality, Phase, Plan, Relaxed, Retest, Targets, Unread, Week
from midstance.domain.run import HARD_PART, RUN_RPE, PlannedRun, RunType, counts_as_hard
from midstance.domain.session import KIND_RPE, Block, Item, Kind, Session, content_minutes
from midstance.formats._format import Format, InputError
from midstance.formats._json_reading import Node, parse_document

if TYPE_CHECKING:
    from collections.abc import Iterable

UNITS = ("reps", "seconds", "steps", "contacts")
FORMAT = Format(
    id="plan-json", title="midstance plan", suffixes=(".json",), role="plan",
    sniff=lambda data: b'"midstance-plan/' in data[:4000],
    supports={"plan": "both", "weeks": "both", "sessions": "both", "findings": "both", "notes": "both"},
)


def render_plan_json(plan: Plan, *, compact: bool = False) -> str:
    """Write a plan as its document: keys in the contract's order, the same bytes each time.

    Args:
        plan: The plan.
        compact: Without the indent of two spaces, for where no person reads it.
    """
    data = msgspec.json.encode(_document(plan))
    return (data if compact else msgspec.json.format(data, indent=2)).decode() + "\n"


def parse_plan_json(data: bytes, source: str) -> Plan:
    """Read a plan document, also a hand-made one.

    Absent optional keys get what follows from the others (hard minutes and loads by method 7.1 and 7.4, the length of
    a session from its content, an absent certificate proves nothing). Unknown keys are left out, and so are values
    that midstance derives itself (a session's ``hard``, week sums).

    Args:
        data: The file's bytes.
        source: Its name, for messages.
    Raises: InputError: The document cannot be a plan; carries every fault with its place as a JSON pointer.
    """
    root = parse_document(data, source)
    if root.value.get("format") != PLAN_FORMAT:
        root.child("format").fault(f"{root.value.get('format')!r} is not a plan midstance reads",
                                   f"the first key of a plan is \"format\": \"{PLAN_FORMAT}\"")
        raise InputError(tuple(root.faults))
    weeks = tuple(_parse_week(node) for node in root.children("weeks", needed=True))
    days = [day for week in weeks for day in week.days]
    if not days:
        root.child("weeks").fault("the plan has no day")
        raise InputError(tuple(root.faults))
    plan = Plan(
        id=root.child("id").text(""), previous=root.child("previous").text("") or None,
        version=root.child("version").text(""), runner=root.child("runner").text(""),
        starts=root.child("starts").date(days[0].date), ends=root.child("ends").date(days[-1].date),
        inputs={name: node.value for name, node in root.members("inputs").items()},
        optimality=_parse_optimality(root.child("optimality")), weeks=weeks,
        findings=tuple(map(_parse_finding, root.children("findings"))),
        relaxed=tuple(map(_parse_relaxed, root.children("relaxed"))),
        unread=tuple(map(_parse_unread, root.children("unread"))),
        retests=tuple(map(_parse_retest, root.children("retests"))), notes=root.texts("notes"))
    if root.faults:
        raise InputError(tuple(root.faults))
    return plan


def _document(plan: Plan) -> dict[str, Any]:
    best = plan.optimality
    document: dict[str, Any] = {
        "format": PLAN_FORMAT, "id": plan.id, "previous": plan.previous, "version": plan.version,
        "runner": plan.runner, "starts": plan.starts.isoformat(), "ends": plan.ends.isoformat(), "inputs": plan.inputs,
        "optimality": {"status": best.status, "cost": best.cost, "bound": best.bound, "seconds": best.seconds},
        "weeks": [_week(week) for week in plan.weeks],
        "findings": [
            {"rule": f.rule, "tier": f.tier, "on": f.on, "date": f.date.isoformat(), "says": f.says}
            for f in plan.findings],
        "relaxed": [
            {"rule": r.rule, "what": r.what, "week": r.week.isoformat(), "from": r.wanted, "to": r.planned,
             "because": r.because, "says": r.says} for r in plan.relaxed],
        "unread": [
            {"source": u.source} | ({"date": u.date.isoformat()} if u.date else {}) | {"title": u.title}
            for u in plan.unread],
    }
    if plan.retests:
        document["retests"] = [{"date": r.date.isoformat(), "tests": r.tests, "says": r.says} for r in plan.retests]
    return document | ({"notes": plan.notes} if plan.notes else {})


def _week(week: Week) -> dict[str, Any]:
    runs, aim = week.runs, week.targets
    known = [r.distance_km for r in runs if r.distance_km is not None]
    running: dict[str, Any] = {"minutes": sum(r.minutes for r in runs)}
    if known or not runs:
        running["distance_km"] = round(float(sum(known)), 2)
    running["hard_minutes"] = sum(r.hard_minutes for r in runs)
    document: dict[str, Any] = {
        "starts": week.starts.isoformat(), "phase": week.phase, "running": running,
        "hard_share": round(week.hard_share, 3)}
    if week.set_factor != 1 or week.factor_why:
        document |= {"set_factor": week.set_factor, "factor_why": week.factor_why}
    document["targets"] = {
        "sessions": aim.sessions, "strength_type": aim.strength_type, "heavy": aim.heavy, "mobility": aim.mobility,
        "leg_sessions": aim.leg_sessions, "upper": aim.upper, "plyometric": aim.plyometric, "sets": aim.sets}
    document["days"] = [
        {"date": d.date.isoformat(), "runs": [run_values(r) for r in d.runs],
         "sessions": [session_values(s) for s in d.sessions]}
        for d in week.days]
    return document


def run_values(run: PlannedRun) -> dict[str, Any]:
    """Write one run as JSON values, as it stands in a plan document."""
    distance = {} if run.distance_km is None else {"distance_km": float(run.distance_km)}
    return {
        "id": run.id, "start": run.start.isoformat(timespec="minutes"), "minutes": run.minutes, **distance,
        "type": run.type, "hard": run.hard, "hard_minutes": run.hard_minutes, "load_au": run.load_au,
        "title": run.title, "source": run.source}


def session_values(session: Session) -> dict[str, Any]:
    """Write one session as JSON values, as it stands in a plan document."""
    primed = {} if session.for_run is None else {"for_run": session.for_run}
    return {
        "id": session.id, "start": session.start.isoformat(timespec="minutes"), "minutes": session.minutes,
        "kind": session.kind, "hard": session.hard, "hard_minutes": session.hard_minutes, "load_au": session.load_au,
        **primed, "why": session.why,
        "blocks": [
            {"label": b.label, "rounds": b.rounds, "rest_s": b.rest_s, "items": [_item(i) for i in b.items]}
            for b in session.blocks]}


def _item(item: Item) -> dict[str, Any]:
    document: dict[str, Any] = {"label": item.label, "exercise": item.exercise, item.unit: (item.low, item.high)}
    if item.to_last_good_rep:
        document["to_last_good_rep"] = True
    document["per_side"] = item.per_side
    if item.first_side is not None:
        document["first_side"] = item.first_side
    if item.extra_rounds:
        document["extra_rounds"] = dict(item.extra_rounds)
    if item.weight_kg is not None:
        document["weight_kg"] = float(item.weight_kg)
    if item.per_hand:
        document["per_hand"] = True
    if item.rir is not None:
        document["rir"] = item.rir
    if item.tempo:
        document["tempo"] = item.tempo
    return document


def _parse_week(node: Node) -> Week:
    days = tuple(_parse_day(day) for day in node.children("days", needed=True))
    starts = node.child("starts").date(monday(days[0].date) if days else None)
    return Week(
        starts=starts, phase=node.child("phase").word(Phase), targets=_parse_targets(node.child("targets")),
        set_factor=node.child("set_factor").number(1.0), factor_why=node.child("factor_why").text(""), days=days)


def _parse_targets(node: Node) -> Targets:
    if node.value is None:
        node = Node({}, node.source, node.place, node.faults)
    return Targets(
        sessions=_pair(node.child("sessions")), strength_type=_pair(node.child("strength_type")),
        heavy=_pair(node.child("heavy")), mobility=_pair(node.child("mobility")),
        leg_sessions=node.child("leg_sessions").whole(0), upper=node.child("upper").whole(0),
        plyometric=node.child("plyometric").whole(0),
        sets={region: count.whole() for region, count in node.members("sets").items()})


def _pair(node: Node) -> tuple[int, int]:
    """Read [least, most]; one number stands for both, nothing for [0, 0]."""
    if not isinstance(node.value, list):
        both = node.whole(0)
        return both, both
    if len(node.value) != 2:
        node.fault(f"{node.value!r} is no pair", "write [least, most]")
        return 0, 0
    low, high = (Node(v, node.source, f"{node.place}/{k}", node.faults).whole() for k, v in enumerate(node.value))
    return low, high


def _parse_day(node: Node) -> Day:
    return Day(date=node.child("date").date(), runs=tuple(map(_parse_run, node.children("runs"))),
               sessions=tuple(map(_parse_session, node.children("sessions"))))


def _parse_run(node: Node) -> PlannedRun:
    start, minutes, kind = node.child("start").moment(), node.child("minutes").whole(), node.child("type").word(RunType)
    work = node.child("hard_minutes").whole(round(HARD_PART.get(kind, 0.0) * minutes))
    return PlannedRun(
        id=node.child("id").text(f"run-{start:%Y-%m-%d-%H%M}"), start=start, minutes=minutes,
        distance_km=node.child("distance_km").number() if node.has("distance_km") else None, type=kind,
        hard=node.child("hard").flag(default=counts_as_hard(kind, minutes)), hard_minutes=work,
        load_au=node.child("load_au").whole(round(RUN_RPE[kind] * minutes)),
        title=node.child("title").text(""), source=node.child("source").text(""))


def _parse_session(node: Node) -> Session:
    start, kind = node.child("start").moment(), node.child("kind").word(Kind)
    blocks = tuple(map(_parse_block, node.children("blocks")))
    minutes = node.child("minutes").whole(content_minutes(blocks) if blocks else None)
    return Session(
        id=node.child("id").text(f"{'p' if kind is Kind.PRIMER else 's'}-{start:%Y-%m-%d-%H%M}"), start=start,
        minutes=minutes, kind=kind, hard_minutes=node.child("hard_minutes").whole(SESSION_HARD.get(kind, 0)),
        load_au=node.child("load_au").whole(round(KIND_RPE[kind] * minutes)), why=node.texts("why"),
        blocks=blocks, for_run=node.child("for_run").text("") or None)


def _parse_block(node: Node) -> Block:
    items = tuple(map(_parse_item, node.children("items", needed=True)))
    return Block(label=node.child("label").text(""), rounds=node.child("rounds").whole(1),
                 rest_s=node.child("rest_s").whole(0), items=items)


def _parse_item(node: Node) -> Item:
    open_top = node.child("to_last_good_rep").flag(default=False)
    unit, low, high = _parse_dose(node, open_top=open_top)
    return Item(
        label=node.child("label").text(""), exercise=node.child("exercise").text(), unit=unit, low=low, high=high,
        per_side=node.child("per_side").flag(default=False), first_side=node.child("first_side").text("") or None,
        extra_rounds=tuple((side, sets.whole()) for side, sets in node.members("extra_rounds").items()),
        weight_kg=node.child("weight_kg").number() if node.has("weight_kg") else None,
        per_hand=node.child("per_hand").flag(default=False),
        rir=node.child("rir").whole() if node.has("rir") else None, tempo=_tempo(node.child("tempo")),
        to_last_good_rep=open_top)


def _parse_dose(node: Node, *, open_top: bool) -> tuple[str, int, int]:
    """Read the one dose of an item as (unit, low, high); only with an open top the second number may be absent."""
    units = [unit for unit in UNITS if node.has(unit)]
    if len(units) != 1:
        node.fault(f"an item has exactly one of {', '.join(UNITS)}, not {' and '.join(units) or 'none of them'}")
        return "reps", 1, 1
    at = node.child(units[0])
    dose = _without_open_end(at.value) if open_top else at.value
    if not isinstance(dose, list) or len(dose) not in ((1, 2) if open_top else (2,)):
        at.fault(f"{at.value!r} is no dose", "write [low, high]")
        return units[0], 1, 1
    low, high = (Node(dose[k], node.source, f"{at.place}/{k}", node.faults).whole() for k in (0, len(dose) - 1))
    if low > high:
        at.fault(f"{at.value!r} begins above its end", "write [low, high]")
    return units[0], low, high


def _without_open_end(dose: Any) -> Any:
    return dose[:1] if isinstance(dose, list) and len(dose) == 2 and dose[1] is None else dose


def _tempo(node: Node) -> str:
    """Read lowering-pause-lifting-pause, which later arithmetic takes apart."""
    text = node.text("")
    if text and not (text.count("-") == 3 and all(part.isdecimal() for part in text.split("-"))):
        node.fault(f"{text!r} is no tempo", "write lowering-pause-lifting-pause in seconds, for example \"3-1-1-0\"")
        return ""
    return text


def _parse_optimality(node: Node) -> Optimality:
    """Read the certificate; an absent one claims nothing."""
    if node.value is None:
        return Optimality(status="feasible", cost=(), bound=(), seconds=0.0)
    return Optimality(status=node.child("status").text("feasible"), cost=_whole_numbers(node.children("cost")),
                      bound=_whole_numbers(node.children("bound")), seconds=node.child("seconds").number(0.0))


def _whole_numbers(nodes: Iterable[Node]) -> tuple[int, ...]:
    return tuple(node.whole() for node in nodes)


def _parse_finding(node: Node) -> Finding:
    return Finding(rule=node.child("rule").text(), tier=node.child("tier").text("safety"),
                   on=node.child("on").text("plan"), date=node.child("date").date(), says=node.child("says").text(""))


def _parse_relaxed(node: Node) -> Relaxed:
    return Relaxed(rule=node.child("rule").text(), what=node.child("what").text(""), week=node.child("week").date(),
                   wanted=node.child("from").whole(0), planned=node.child("to").whole(0), because=node.texts("because"),
                   says=node.child("says").text(""))


def _parse_retest(node: Node) -> Retest:
    return Retest(date=node.child("date").date(), tests=node.texts("tests"), says=node.child("says").text(""))


def _parse_unread(node: Node) -> Unread:
    return Unread(source=node.child("source").text(""), title=node.child("title").text(""),
                  date=node.child("date").date() if node.has("date") else None)
