"""Laws of the plan document over random plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings

from midstance.formats.plan_json import parse_plan_json, render_plan_json
from strategies_plan import plans

if TYPE_CHECKING:
    from midstance.domain.plan import Plan

patient = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


@patient
@given(plans())
def test_a_plan_survives_its_document(plan: Plan) -> None:
    """Reading what was written gives the same plan."""
    assert parse_plan_json(render_plan_json(plan).encode(), "plan.json") == plan


@patient
@given(plans())
def test_a_document_read_and_written_keeps_its_bytes(plan: Plan) -> None:
    """Writing what was read gives the same bytes."""
    text = render_plan_json(plan)
    assert render_plan_json(parse_plan_json(text.encode(), "plan.json")) == text
