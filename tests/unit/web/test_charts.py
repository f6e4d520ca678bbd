"""Charts: the same bytes for the same values, marks where the values are, and everything told without seeing them."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.web.charts import (
    Chart,
    Line,
    Mark,
    Row,
    Shape,
    Tick,
    balance,
    chart_figure,
    drawing,
    nice,
    number,
    places,
    share_bar,
    spans,
)
from web import Page, read_page

MARKS = tuple(Mark(at=at, value=value, says=f"week {k}: {value}", label=f"{value}")
              for k, (at, value) in enumerate([(0, 2), (50, None), (75, 4), (100, 3)]))
CHART = Chart(
    id="c", title="Lifts & more", desc="From 2 to 3.", marks=MARKS, low=2, high=4, height=138,
    lines=(Line(value=3, says="3 kg", tone="aim"),), ticks=(Tick(at=0, says="1 Dec", end="start"),),
    head=("week", "kg"), rows=(Row(cells=("1", "2")), Row(cells=("4", "3"))))


def read(text: str) -> Page:
    """A drawing as a page, well-formed."""
    page = read_page(text)
    assert page.faults == []
    return page


def test_the_same_values_give_the_same_bytes() -> None:
    """Drawing twice is drawing once, and a number is written one way only."""
    assert chart_figure(CHART) == chart_figure(replace(CHART))
    assert number(1 / 3) == "0.33"
    assert number(-0.001) == "0"


def test_a_drawing_says_what_it_shows() -> None:
    """Title and description name the picture, and text is escaped."""
    page = read(str(chart_figure(CHART)))
    svg, = page.named("svg")
    assert svg.of("role") == "img"
    names = [tag for tag in page.tags if tag.of("id") in svg.of("aria-labelledby").split()]
    assert [tag.text for tag in names] == ["Lifts & more", "From 2 to 3."]
    assert "Lifts &amp; more" in chart_figure(CHART)


def test_marks_lie_where_their_values_are() -> None:
    """The lowest value lies at the foot and the highest at the top; a gap has no mark and joins nothing."""
    page = read(str(drawing(CHART)))
    assert [(c.of("cx"), c.of("cy")) for c in page.named("circle")] == [("2%", "118"), ("74%", "18"), ("98%", "68")]
    assert [tag.of("data-says") for tag in page.named("g")] == ["week 0: 2", "week 2: 4", "week 3: 3"]
    paths = [tag for tag in page.named("line") if tag.of("class") == "path"]
    assert [(p.of("x1"), p.of("x2")) for p in paths] == [("74%", "98%")]
    level = next(tag for tag in page.named("line") if tag.of("class") == "level aim")
    assert level.of("y1") == level.of("y2") == "68"


def test_bars_grow_from_the_foot() -> None:
    """A bar of the lowest value is a hair, one of the highest as high as the drawing."""
    bars = read(str(drawing(replace(CHART, shape="bars")))).named("rect")
    assert [(b.of("y"), b.of("height")) for b in bars] == [("118", "0.5"), ("18", "100"), ("68", "50")]


def test_the_table_behind_holds_every_row() -> None:
    """All values stand in a table with heads; the last one is read out below the drawing without a script."""
    page = read(str(chart_figure(CHART)))
    assert [tag.text for tag in page.named("th")] == ["week", "kg", "1", "4"]
    assert [tag.text for tag in page.named("td")] == ["2", "3"]
    assert page.named("details", "summary")[1].text == "The values as a table"
    reading = next(tag for tag in page.tags if "data-reading" in tag.attributes)
    assert reading.text == "week 3: 3"
    assert "<table" not in chart_figure(replace(CHART, rows=()))
    assert "data-reading" not in chart_figure(replace(CHART, reads=False))


@pytest.mark.parametrize("shape", ["line", "bars", "dots"])
def test_nothing_to_draw_draws_nothing(shape: Shape) -> None:
    """A chart without marks, or with gaps alone, is empty and well-formed."""
    for marks in ((), (Mark(at=0, value=None, says=""),)):
        page = read(str(chart_figure(replace(CHART, marks=marks, shape=shape, low=0, high=0))))
        assert page.named("circle", "g") == []


def test_colours_are_classes() -> None:
    """No style and no colour stands in a drawing, so that both themes and the policy hold."""
    scale = spans(0, 1, ((0.6, "less"), (1, "grow")), 0.7)
    every = (chart_figure(CHART), share_bar(2, 3, most=4), balance(9, 12), scale)
    for text in every:
        assert not re.search(r'style=|fill="|stroke="|#[0-9a-f]{3}|<script', str(text))


def test_a_share_is_drawn_against_its_goal() -> None:
    """What is met is told from what is short, a goal of nothing has no line, and nothing leaves the drawing."""
    assert 'class="fill short" y="4" width="50%"' in share_bar(2, 3, most=4)
    assert 'class="fill met"' in share_bar(3, 3, most=4)
    assert "goal" not in share_bar(3, 0, most=4)
    assert 'width="100%" height="6"' in share_bar(9, 3, most=4)


def test_the_weaker_side_is_marked() -> None:
    """Two sides grow from the middle on one scale; of equal ones neither is weaker."""
    page = read(str(balance(6, 12)))
    assert [(r.of("class"), r.of("x"), r.of("width")) for r in page.named("rect")] == [
        ("side weaker", "25.5%", "24.5%"), ("side", "50%", "49%")]
    assert "weaker" not in balance(3, 3)
    assert read(str(balance(0, 0))).faults == []


def test_a_pointer_stays_on_its_scale() -> None:
    """Values beyond the ends stand at them; without a value there is no pointer."""
    assert 'x1="100%" x2="100%"' in spans(0, 1, ((1, "all"),), 1.4)
    assert "pointer" not in spans(0, 1, ((1, "all"),), None)


@given(st.floats(0, 10_000), st.floats(0, 10_000))
def test_an_axis_holds_its_values_and_does_not_shout(one: float, other: float) -> None:
    """The axis holds all values, ends above where it begins, and spans a good part of the highest."""
    low, high = sorted((one, other))
    foot, top = nice(low, high)
    assert foot <= low <= high <= top
    assert top > foot
    assert top - foot >= 0.29 * high


@given(st.integers(1, 60))
def test_places_spread_over_the_width(count: int) -> None:
    """Marks stand in order between the ends, bars within their part."""
    for found in (places(count), places(count, inside=1)):
        assert len(found) == count
        assert list(found) == sorted(found)
        assert 0 <= found[0] <= found[-1] <= 100


def test_two_series_are_told_apart_without_colour_and_keep_their_lines_apart() -> None:
    """Lines join marks of one series alone; one has dots, the other squares, and each mark its error band behind it."""
    marks = tuple(Mark(at=at, value=value, says=f"{side} {value}", series=side, square=side == "right",
                       band=(value - 1, value + 1))
                  for at, left, right in ((0, 4, 8), (100, 6, 9)) for side, value in (("left", left), ("right", right)))
    page = read(str(drawing(Chart(id="two", title="Two", desc="Two sides.", marks=marks, low=0, high=10))))
    paths = [tag for tag in page.named("line") if tag.of("class").startswith("path")]
    assert [tag.of("class") for tag in paths] == ["path left", "path right"]
    assert float(paths[0].of("y1")) > float(paths[1].of("y1"))
    assert (len(page.named("circle")), len(page.named("rect"))) == (2, 2)
    for group in (tag for tag in page.named("g") if "data-says" in tag.attributes):
        inside = [tag.name for tag in page.tags if group in tag.parents]
        assert inside[0] == "line"
        assert inside[1] == ("rect" if "right" in group.of("class") else "circle")
