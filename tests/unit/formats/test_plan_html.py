"""The plan as a page: whole, safe, self-contained, readable by everyone."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings

from midstance.domain.dates import WEEK
from midstance.domain.plan import Finding, Phase, Relaxed, Unread
from midstance.formats.plan_html import TEMPLATES, render_plan_html
from strategies_plan import MONDAY, a_plan, plans

if TYPE_CHECKING:
    from midstance.domain.plan import Plan

NAMES = {"single-leg-deadlift": "Single-leg deadlift"}
CUES = {"single-leg-deadlift": ("Lower slowly.", "Mind the <knee>.")}
TEXT = (
    "Tue 06:30 intervals 50min 8.5km | Thu 18:00 heavy 24min: W1 leg-swing-bent-knee 1x10/side, "
    "A1 single-leg-deadlift 3x6-8/left 16kg @2RIR 3-1-1-0, F1 push-up 1x5-10+ | "
    "Sat 06:20 primer 10min: P1 glute-bridge 1x10 | Sat 06:30 easy 40min || Sun 09:00 race 10km 52min")
VOID = {"meta", "link", "rect", "line", "br"}


class Page(HTMLParser):
    """Checks nesting and collects elements, ids, links and visible text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).replace("\xa0", " ").split())

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.elements if name == tag]


def page_of(plan: Plan, **options: str) -> str:
    return render_plan_html(plan, names=NAMES, cues=CUES, **options)


def test_every_run_and_session_is_on_the_page() -> None:
    """Days show runs and sessions, each session has its card with blocks, doses, reasons and cues."""
    plan = a_plan(TEXT)
    page = Page(page_of(plan))
    for words in ("Intervals hard 06:30, 50 min, 8.5 km, 20 min of work", "Heavy strength 18:00, 24 min",
                  "Thu 3 Dec, 18:00 24 min, hard",
                  "Single-leg deadlift 6–8 a side 16 kg · 2 in reserve · tempo 3-1-1-0",
                  "left first", "Push up 5–10 or to the last good rep", "Lower slowly.", "Mind the <knee>.",
                  "Race race 09:00, 52 min, 10 km", "Rest"):
        assert words in page.text
    assert len(page.all("article")) == len(plan.sessions)
    assert [a["datetime"] for a in page.all("time")].count("2026-12-03T18:00") == 1


def test_the_page_asks_nothing_of_any_network() -> None:
    """No script, no outside address, and a policy that forbids both."""
    page = page_of(a_plan(TEXT))
    assert "://" not in page
    assert "<script" not in page
    assert "url(" not in re.sub(r"url\(#\w+\)", "", page)
    assert all(link["href"] == "data:," for link in Page(page).all("link"))
    policy = next(m for m in Page(page).all("meta") if m.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"] == "default-src 'none'; style-src 'unsafe-inline'; img-src data:"


def test_foreign_text_stays_text() -> None:
    """Names, titles, reasons and notes with markup and quotes are shown, never obeyed."""
    evil = "<script>alert(\"x\")</script>'"
    plan = a_plan(TEXT, inputs={"runner": {"races": [{"date": "2026-12-13", "name": evil, "distance_km": 10}]}})
    day = plan.weeks[0].days[1]
    named = replace(day, runs=(replace(day.runs[0], title=evil),))
    week = replace(plan.weeks[0], factor_why=evil, set_factor=0.75,
                   days=(plan.weeks[0].days[0], named, *plan.weeks[0].days[2:]))
    page = page_of(replace(plan, runner=evil, notes=(evil,), weeks=(week, plan.weeks[1]),
                           unread=(Unread(source=evil, date=MONDAY, title=evil),),
                           findings=(Finding(rule="r", tier="dose", on="calendar", date=MONDAY, says=evil),)))
    assert "<script" not in page
    assert Page(page).text.count(evil) >= 7
    assert not Page(page).open


def test_links_lead_somewhere_and_ids_are_unique() -> None:
    """Each link in the page has its target and no id stands twice."""
    page = Page(page_of(a_plan(TEXT)))
    ids = [attrs["id"] for _, attrs in page.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    assert {a["href"] for a in page.all("a")} <= {f"#{key}" for key in ids}
    labels = " ".join(attrs.get("aria-labelledby") or "" for _, attrs in page.elements).split()
    assert set(labels) <= set(ids)


def test_the_drawing_has_words_and_a_table() -> None:
    """The season's drawing is one labelled image, and a table tells the same week by week."""
    plan = a_plan(TEXT, phases=(Phase.TAPER, Phase.RACE_WEEK))
    page = Page(page_of(plan))
    assert [svg.get("aria-labelledby") for svg in page.all("svg") if svg.get("role") == "img"] == ["drawn drawn-says"]
    assert "Phases: taper for 1 week and race week for 1 week. Running takes 52 to 90 minutes a week" in page.text
    assert "Races in week 2." in page.text
    assert "2 7 – 13 Dec race week, race 10 km 52 min 0 min 100 %" in page.text


def test_notes_stand_in_their_week() -> None:
    """Findings, shortfalls and cuts are told in the section of the week they belong to."""
    plan = replace(
        a_plan(TEXT), findings=(Finding(rule="easy-share", tier="safety", on="calendar", date=MONDAY, says="much"),),
        relaxed=(Relaxed(rule="sessions-a-week", what="heavy", week=MONDAY + WEEK, wanted=1, planned=0,
                         because=("race-freshness",), says="-"),))
    head, first, second = re.split(r'<section class="week"', page_of(plan))
    assert "Your runs, Mon 30 Nov:</b> Much." in first
    assert "Heavy sessions: 0 instead of 1, because of race freshness." in second
    assert "instead of" not in head + first


def test_newcomers_and_everyone_read_how_to_stay_safe() -> None:
    """The footer has honest expectations and safety wording, with one sentence more for newcomers to strength."""
    assert "New to strength work?" in page_of(a_plan(TEXT))
    trained = page_of(a_plan(TEXT, inputs={"runner": {"strength_level": "advanced"}}))
    assert "New to strength work?" not in trained
    assert "medical professional" in trained
    assert "2-4 %" in trained


def test_the_same_plan_gives_the_same_bytes_and_the_asked_language() -> None:
    """Rendering twice changes nothing; language and units are the caller's."""
    plan = a_plan(TEXT)
    assert page_of(plan) == page_of(plan)
    assert '<html lang="en-GB">' in page_of(plan, lang="en-GB")
    assert "35.5 lb" in Page(page_of(plan, units="imperial")).text


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_letters_stand_out_from_their_ground(scheme: str) -> None:
    """Every colour that carries text has a contrast of at least 4.5 to 1 with what is behind it (WCAG AA)."""
    tones = palette(scheme)
    inks = ("ink", "soft", "heavy", "strength", "upper", "mobility", "plyometric", "primer", "race", "work")
    pairs = [(ink, ground) for ink in inks for ground in ("paper", "wash")]
    pairs += [("ink", f"phase-{k}") for k in range(6)]
    weak = {pair: contrast(tones[pair[0]], tones[pair[1]]) for pair in pairs}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < 4.5} == {}
    assert contrast(tones["sat"], tones["paper"]) >= 3


def test_print_is_black_on_white_with_a_page_a_week() -> None:
    """The print style breaks pages between weeks and uses black on white."""
    style = (TEMPLATES / "plan.css").read_text(encoding="utf-8").partition("@media print")[2]
    assert "--paper: #fff; --ink: #000;" in style
    assert re.search(r"\.week \{ break-before: page;", style)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(plans())
def test_any_plan_makes_a_well_formed_page(plan: Plan) -> None:
    """Any plan, also of part of a week, gives a page whose elements close in order."""
    page = Page(page_of(plan))
    assert not page.open
    assert len(page.all("article")) == len(plan.sessions)


def palette(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\}", (TEMPLATES / "plan.css").read_text(encoding="utf-8"), re.S)[:2]
    tones = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light))
    return tones | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", dark)) if scheme == "dark" else tones


def contrast(one: str, other: str) -> float:
    dim, bright = sorted((luminance(one), luminance(other)))
    return (bright + 0.05) / (dim + 0.05)


def luminance(tone: str) -> float:
    parts = [int(tone[k:k + 2], 16) / 255 for k in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
