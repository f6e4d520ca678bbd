"""Reports and reasons as text."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from midstance.domain.dates import weekday_name

if TYPE_CHECKING:
    from collections.abc import Iterable

    from midstance.planning.check import Report
    from midstance.planning.explain import Answer
    from midstance.services.check import Reason

ORDER = ("safety", "dose", "taste")
HEADINGS = {"safety": "Safety", "dose": "Dose", "taste": "Could be nicer"}


def report_text(report: Report) -> str:
    """Write a report: safety first, the calendar's own faults apart."""
    lines: list[str] = []
    for tier in ORDER:
        found = [f for f in report.findings if f.tier == tier and f.on == "plan"]
        if found:
            lines.append(f"{HEADINGS[tier]} ({len(found)})")
            lines += [f"  {f.date}  {f.rule}: {f.says}" for f in found]
    calendar = [f for f in report.findings if f.on == "calendar"]
    if calendar:
        lines.append(f"The running calendar itself ({len(calendar)})")
        lines += [f"  {f.date}  {f.rule}: {f.says}" for f in calendar]
    lines += [f"Not judged: {text}" for text in report.unjudged]
    if not report.unsafe:
        lines.append("No safety rule is broken by the plan.")
    lines.append(f"Cost: {report.cost[0]} dose, {report.cost[1]} taste.")
    return "\n".join(lines)


def report_json(report: Report) -> str:
    """Write a report as one JSON document."""
    return json.dumps(
        {
            "unsafe": report.unsafe,
            "cost": list(report.cost),
            "unjudged": list(report.unjudged),
            "findings": [
                {"rule": f.rule, "tier": f.tier, "on": f.on, "date": str(f.date), "says": f.says}
                for f in report.findings
            ],
        },
        indent=2,
        ensure_ascii=False,
    )


def reasons_text(reasons: Iterable[Reason]) -> str:
    """Write why sessions stand where they stand."""
    lines: list[str] = []
    for reason in reasons:
        s = reason.session
        lines.append(f"{weekday_name(s.date)} {s.date} {s.start:%H:%M}: {s.kind.value}, {s.minutes} min")
        lines += [f"  {text}" for text in s.why]
        lines += [f"  Gave way this week: {text}" for text in reason.gave_way]
        if reason.answer is not None:
            lines += answer_lines(reason.answer)
    return "\n".join(lines)


def answer_lines(answer: Answer) -> list[str]:
    """Write why not on another date."""
    where = f"{weekday_name(answer.date)} {answer.date}"
    if not answer.legal:
        return [f"  Not on {where}:", *(f"    {f.rule}: {f.says}" for f in answer.broken)]
    dose, taste = answer.price or (0, 0)
    at = f" {answer.start:%H:%M}" if answer.start else ""
    if (dose, taste) <= (0, 0):
        return [f"  {where}{at} would be as good (dose {dose:+d}, taste {taste:+d})."]
    return [
        f"  {where}{at} is possible at a price: dose {dose:+d}, taste {taste:+d}.",
        *(f"    {f.rule}: {f.says}" for f in answer.dearer),
    ]
