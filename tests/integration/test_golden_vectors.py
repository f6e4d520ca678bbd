"""The golden vectors of the evidence base, read from beside the checkout, against the metrics.

The same facts are copied by hand into the unit tests, so that they are tested without the file too.
"""

from __future__ import annotations

import json
import math
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from midstance.metrics.achilles_dose import achilles_dose
from midstance.metrics.apre import Apre, apre
from midstance.metrics.banister_trimp import banister_trimp, reserve_share
from midstance.metrics.calf_raise_norm import calf_raise_norm, calf_raise_verdict
from midstance.metrics.decayed_load import Alpha, decayed_load, load_balance
from midstance.metrics.double_progression import LiftDone, double_progression
from midstance.metrics.e1rm import FORMULAS, e1rm, share_of_one_rm
from midstance.metrics.economy_to_speed import time_after_gain
from midstance.metrics.edwards_trimp import edwards_trimp
from midstance.metrics.ewma_load import ewma_load, ewma_ratio
from midstance.metrics.fitness_fatigue import Response, days_until_best, days_until_even, fitness_fatigue
from midstance.metrics.group_effect import group_effect
from midstance.metrics.hrv_range import HrvVerdict, hrv_range, hrv_verdict, ln_rmssd
from midstance.metrics.knee_to_wall import knee_to_wall
from midstance.metrics.life_factor import life_factor
from midstance.metrics.limb_symmetry import limb_symmetry, side_difference, symmetry_angle, symmetry_index
from midstance.metrics.longest_run_ratio import RATE_RATIOS, spike_band
from midstance.metrics.lucia_trimp import lucia_trimp
from midstance.metrics.monotony import load_spread, monotony, strain
from midstance.metrics.pain_verdict import Tissue, pain_verdict
from midstance.metrics.plantar_dose import plantar_dose
from midstance.metrics.predictive_value import predictive_value
from midstance.metrics.readiness_factor import readiness_factor
from midstance.metrics.relative_change import relative_change
from midstance.metrics.rolling_load import coupled_of_uncoupled, coupled_ratio, uncoupled_ratio
from midstance.metrics.rpe_chart import heavy_set, rpe_chart
from midstance.metrics.running_stress import intensity_factor, running_stress
from midstance.metrics.session_rpe import session_rpe
from midstance.metrics.sleep_factor import mean_sleep, sleep_factor
from midstance.metrics.slope_cost import slope_cost
from midstance.metrics.taper_volume import CUT_PERCENT, TAU_PER_DAY, linear_taper, taper_cut, taper_volume
from midstance.metrics.volume_load import volume_load
from midstance.metrics.wellness_z import HOOPER, MCLEAN, wellness_sum, wellness_verdict, wellness_z
from midstance.metrics.y_balance import y_balance
from midstance.services.club_metrics import rolling_loads

if TYPE_CHECKING:
    from collections.abc import Callable

FILE = Path(__file__).resolve().parents[2].parent / "shared" / "design" / "golden-vectors.json"
VECTORS = json.loads(FILE.read_text("utf-8")) if FILE.exists() else []
UNRUN = {
    "hard_gap": "evidence.md: G47 and G48 illustrate R44 and are no tests of the placement rules of method 7.2",
}
Given = dict[str, Any]

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not VECTORS, reason="shared/ is not beside the checkout: the golden vectors were NOT run"),
]


def _session(g: Given) -> Given:
    return {"load_au": session_rpe(g["rpe"], g["minutes"])}


def _week(g: Given) -> Given:
    daily = g["daily_load"]
    out = {"load": sum(daily), "mean": fmean(daily), "sd_population": load_spread(daily), "monotony": monotony(daily),
           "strain": strain(daily)}
    if g.get("also_sample_sd"):
        out |= {"sd_sample": load_spread(daily, sample=True), "monotony_sample": monotony(daily, sample=True),
                "strain_sample": strain(daily, sample=True)}
    return out


def _banister(g: Given) -> Given:
    x = g["x"] if "x" in g else reserve_share(g["hr_ex"], g["hr_rest"], g["hr_max"])
    return {"x": x, "trimp_men": banister_trimp(g["minutes"], x, sex="male"),
            "trimp_women": banister_trimp(g["minutes"], x, sex="female")}


def _running_stress(g: Given) -> Given:
    if "ngp_speed" in g:
        intensity = intensity_factor(g["ngp_speed"], g["threshold_speed"])
    else:
        intensity = intensity_factor(1000 / g["ngp_pace_s_per_km"], 1000 / g["threshold_pace_s_per_km"])
    return {"intensity_factor": intensity, "rtss": running_stress(60 * g["hours"], intensity)}


def _rolling(g: Given) -> Given:
    uncoupled = uncoupled_ratio(g["acute"], g["prior_weeks"])
    return {"coupled": coupled_ratio(g["acute"], g["prior_weeks"]), "uncoupled": uncoupled,
            "coupled_from_identity": coupled_of_uncoupled(uncoupled)}


def _ewma(g: Given) -> Given:
    daily = [load for load, days in g["series"] for _ in range(days)]
    return {"acute": ewma_load(daily, days=7, start=g["start"])[-1],
            "chronic": ewma_load(daily, days=28, start=g["start"])[-1],
            "ratio": ewma_ratio(daily, start=g["start"])[-1]}


def _ctl(g: Given) -> Given:
    daily, alpha = [g["daily_load"]] * g["days"], Alpha(g["alpha"])
    return {"ctl": decayed_load(daily, tau_d=42, alpha=alpha)[-1], "atl": decayed_load(daily, tau_d=7, alpha=alpha)[-1],
            "tsb": load_balance(daily, alpha=alpha)[-1]}


def _response(g: Given) -> Response:
    return Response(fitness_tau_d=g["tau1"], fatigue_tau_d=g["tau2"], fitness_gain=g["k1"], fatigue_gain=g["k2"])


def _impulse(g: Given) -> Given:
    net = fitness_fatigue([g["impulse"]] + [0.0] * max(g["days"]), response=_response(g))
    return {"net": [net[day] for day in g["days"]]}


def _spike(g: Given) -> Given:
    band = spike_band(g["session_m"], g["longest_30d_m"])
    if band is None:   # None stands for: the return to running decides
        return {"band": None, "hrr": None, "action": "apply_R72"}
    return {"band": band.value, "hrr": RATE_RATIOS[band]}


def _e1rm(g: Given) -> Given:
    return {name: e1rm(g["kg"], g["reps"], rir=g.get("rir", 0), formulas=(name,)) for name in g["formulas"]}


def _chart(g: Given) -> Given:
    percent = rpe_chart(g["reps"], g["rpe"])
    assert percent == pytest.approx(100 * share_of_one_rm(g["reps"], 10 - g["rpe"]))
    return {"pct_1rm": percent}


def _apre(g: Given) -> Given:
    low, high = apre(Apre(g["protocol"]), g["set3_reps"], in_pounds=True)
    change = {"change_lb": [low, high]}
    return change | ({"next_load_lb": [g["load_lb"] + low, g["load_lb"] + high]} if "load_lb" in g else {})


def _progression(g: Given) -> Given:
    lifts = [LiftDone(reps=tuple(reps)) for reps in g["last_sessions"]]
    return {"action": double_progression(lifts, g["rep_min"], g["rep_max"]).value.replace(" ", "_")}


def _asymmetry(g: Given) -> Given:
    right, left = g["a"], g["b"]
    return {"diff_pct": side_difference(left, right), "si_sum_pct": symmetry_index(left, right),
            "si_mean_pct": symmetry_index(left, right, of_mean=True), "lsi_pct": limb_symmetry(left, right)}


def _calf(g: Given) -> Given:
    norm = calf_raise_norm({"f": "female", "m": "male"}[g["sex"]], g["age"])
    return {"norm": norm, "difference": g["reps"] - norm,
            "status": calf_raise_verdict(g["reps"], g["reps"], norm).value}


def _hrv(g: Given) -> Given:
    low, high = hrv_range(g["baseline_mean"], g["baseline_sd"])
    status = ["inside" if hrv_verdict(mean, (low, high)) is HrvVerdict.INSIDE else "outside"
              for mean in g["rolling_means"]]
    return {"lower": low, "upper": high, "status": status}


def _economy(g: Given) -> Given:
    seconds = time_after_gain(g["time_s"], g["speed_gain_pct"])
    whole = round(seconds)
    return {"time_s": seconds, "clock": f"{whole // 3600}:{whole // 60 % 60:02}:{whole % 60:02}"}


def _cut(shares: list[float]) -> Given:
    cut = taper_cut(shares)
    return {"cut_pct": cut, "inside_41_60": CUT_PERCENT[0] <= cut <= CUT_PERCENT[1]}


def _sleep(g: Given) -> Given:
    mean = mean_sleep(g["nights_h"]) if "nights_h" in g else mean_sleep([g["mean_14d_h"]] * 14)
    return {"factor": sleep_factor(mean)}


def _pain(g: Given) -> Given:
    verdict = pain_verdict(g["pain"], Tissue(g["tissue"]), tissue_block=g["tissue"] == "tendon")
    return {"action": verdict.value.replace(" ", "_")}


def _group(g: Given) -> Given:
    effect = group_effect(g["control_pct"], g["treated_pct"])
    return {"rr": effect.relative_risk, "arr_points": effect.fewer_points, "nnt": effect.needed_to_treat}


def _coupling(g: Given) -> Given:
    weeks = np.random.default_rng(49).random((g["weeks"], g["draws"]))   # each column is a runner, each row a week
    last = rolling_loads(weeks, days=1)[-1]
    chronic = rolling_loads(weeks, days=g["weeks"])[-1] / g["weeks"]
    return {"corr": float(np.corrcoef(last, chronic)[0, 1])}


def _wellness(g: Given) -> Given:
    scale = {"hooper": HOOPER, "mclean": MCLEAN}[g["scale"]]
    z = wellness_z(g["today"], g["mean28"], g["sd28"], larger_is_worse=scale.larger_is_worse)
    return {"z": z, "status": wellness_verdict(z).value}


CALLS: dict[str, Callable[[Given], Given]] = {
    "session_rpe_load": _session,
    "monotony_strain": _week,
    "banister_trimp": _banister,
    "edwards_trimp": lambda g: {"trimp": edwards_trimp(g["minutes_z1_to_z5"])},
    "lucia_trimp": lambda g: {"trimp": lucia_trimp(g["minutes_z1_to_z3"])},
    "running_stress_score": _running_stress,
    "acwr_rolling": _rolling,
    "acwr_coupling_identity": lambda g: {"coupled": [coupled_of_uncoupled(u) for u in g["uncoupled"]]},
    "acwr_ewma": _ewma,
    "ctl_atl": _ctl,
    "fitness_fatigue_times": lambda g: {"t_n": days_until_even(_response(g)), "t_g": days_until_best(_response(g))},
    "fitness_fatigue_impulse": _impulse,
    "single_session_spike": _spike,
    "e1rm": _e1rm,
    "epley_raw": lambda g: {"epley_raw": g["kg"] * FORMULAS["epley"](g["reps"])},
    "rpe_chart_pct": _chart,
    "apre_adjustment": _apre,
    "double_progression": _progression,
    "volume_load": lambda g: {"kg": volume_load(g["sets"], g["reps"], g["kg"])},
    "y_balance_composite": lambda g: {"composite_pct": y_balance(g["ant"], g["pm"], g["pl"], g["leg_length"])},
    "asymmetry_indices": _asymmetry,
    "symmetry_angle": lambda g: {"symmetry_angle_pct": symmetry_angle(g["left"], g["right"])},
    "knee_to_wall_angle": lambda g: {"deg": knee_to_wall(g["cm"])},
    "calf_raise_flag": _calf,
    "hrv_range": _hrv,
    "ln_rmssd": lambda g: {"ln_rmssd": ln_rmssd(g["rmssd_ms"])},
    "percent_change": lambda g: {"pct": relative_change(g["before"], g["after"])},
    "economy_to_time": _economy,
    "taper_exponential": lambda g: _cut(taper_volume(g["days"], tau_d=g["tau_d"])),
    "taper_exponential_scaled": lambda g: {"tau_d": g["days"] * TAU_PER_DAY, **_cut(taper_volume(g["days"]))},
    "taper_linear": lambda g: _cut(linear_taper(g["days"], last=g["to_pct"] / g["from_pct"])),
    "cost_of_slope": lambda g: {"j_per_kg_m": slope_cost(g["grade"])},
    "sleep_factor": _sleep,
    "readiness_combine": lambda g: {"factor": readiness_factor([life_factor(g["life_0_10"]), g["sleep_factor"]])},
    "hooper_sum": lambda g: {
        "sum": wellness_sum(g["items"]), "range": [HOOPER.items * HOOPER.low, HOOPER.items * HOOPER.high]},
    "pain_gate": _pain,
    "group_effect": _group,
    "coupling_artefact": _coupling,
    "positive_predictive_value": lambda g: {
        "ppv": predictive_value(g["sensitivity"], g["specificity"], g["prevalence"])},
    "plantar_hsr_dose": lambda g: {"dose": str(plantar_dose(g["week"]))},
    "achilles_hsr_dose": lambda g: {"dose": str(achilles_dose(g["week"]))},
    "wellness_z": _wellness,
    "heavy_by_chart": lambda g: {
        "pct_1rm": 100 * share_of_one_rm(g["reps"], g["rir"]), "heavy": heavy_set(g["reps"], g["rir"])},
}


def agrees(found: object, wanted: object, tolerance: float) -> bool:
    """Compare a result with what a vector expects: words exactly, numbers within its tolerance."""
    if isinstance(wanted, list):
        return isinstance(found, list | tuple) and len(found) == len(wanted) and all(
            agrees(f, w, tolerance) for f, w in zip(found, wanted, strict=True))
    if isinstance(wanted, bool) or wanted is None or isinstance(wanted, str):
        return found is wanted or (isinstance(wanted, str) and found == wanted)
    return isinstance(found, int | float) and math.isclose(found, float(str(wanted)), rel_tol=0, abs_tol=tolerance)


RUN = [pytest.param(vector, id=vector["id"]) for vector in VECTORS if vector["metric"] not in UNRUN]


def test_every_vector_is_run_or_has_a_reason() -> None:
    """Each id is run or stands among those that are not, with a reason; none stands twice, no call is left over."""
    ids = [vector["id"] for vector in VECTORS]
    metrics = {vector["metric"] for vector in VECTORS}
    assert len(set(ids)) == len(ids) == 100
    assert metrics == CALLS.keys() | UNRUN.keys()
    assert not CALLS.keys() & UNRUN.keys()
    assert sorted(v["id"] for v in VECTORS if v["metric"] in UNRUN) == ["G47.1", "G47.2", "G47.3", "G48.1", "G48.2"]


@pytest.mark.parametrize("vector", RUN)
def test_golden_vector(vector: dict[str, Any]) -> None:
    """A metric gives every value that its vector expects, within the vector's tolerance."""
    found = CALLS[vector["metric"]](vector["inputs"])
    wrong = {
        key: (found.get(key), wanted) for key, wanted in vector["expected"].items()
        if not agrees(found.get(key, "nothing"), wanted, vector["tolerance"])
    }
    assert wrong == {}
