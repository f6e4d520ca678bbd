"""What stands beside a number or a claim on a screen: its badge, how far it can be trusted, and where more is said."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any

from msgspec import Meta

from midstance.domain.evidence import Certainty
from midstance.services.evidence import DEFAULT, badge_of, rule_of, source_of

if TYPE_CHECKING:
    from midstance.domain.evidence import Param
    from midstance.metrics._metric import Metric


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a number or a claim rests on."""

    says: Annotated[str, Meta(description="How the number comes about, or what is claimed.")]
    badge: Annotated[str, Meta(
        description="Author and year where the number was read in the paper itself, else 'midstance default'.")]
    trust: Annotated[str, Meta(description="Validity of a number or certainty of a rule, in a word or two.")]
    scale: Annotated[str, Meta(description="'validity' or 'certainty': which scale 'trust' is of.")]
    cites: Annotated[tuple[str, ...], Meta(description="Ids of the method (M) and of the evidence (R).")] = ()
    page: Annotated[str, Meta(description="Path of the page that says more, or empty.")] = ""

    @property
    def default(self) -> bool:
        """Whether no paper states it."""
        return self.badge == DEFAULT


def of_metric(metric: Metric[Any, Any], says: str) -> Proof:
    """Say what a number rests on that a metric computes."""
    source = source_of(metric.source)
    return Proof(says=says, badge=source.badge if source else DEFAULT, trust=metric.validity.value, scale="validity",
                 cites=metric.cites, page=f"/why?metric={metric.id}")


def of_rule(id_: str, says: str) -> Proof:
    """Say what a claim of a rule rests on; the badge is that of its first number."""
    rule = rule_of(id_)
    badge = badge_of(rule.params[0]) if rule.params else DEFAULT
    return Proof(says=says, badge=badge, trust=rule.certainty.value, scale="certainty", cites=rule.cites,
                 page=f"/why?rule={rule.id}")


def of_param(param: Param, says: str, *cites: str, metric: Metric[Any, Any] | None = None) -> Proof:
    """Say what a number of the daily loop rests on.

    Args:
        param: The number.
        says: What is claimed.
        cites: Ids of the method and the evidence.
        metric: What computes what the number is compared with; without one it is a choice of the method.
    """
    source = source_of(param.source)
    page = f"/why?page=sources#{source.id}" if source and source.provenance.citable else "/why?page=numbers"
    trust, scale = (metric.validity.value, "validity") if metric else (Certainty.METHOD.value, "certainty")
    return Proof(says=says, badge=badge_of(param), trust=trust, scale=scale, cites=cites, page=page)
