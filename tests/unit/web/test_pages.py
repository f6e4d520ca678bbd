"""What stands around a page, and the words that templates use."""

from __future__ import annotations

import datetime as dt

import pytest
from jinja2 import UndefinedError

from midstance.formats._format import Fault
from midstance.web.notices import Notice
from midstance.web.pages import Frame, clock, environment, hours, long_day, page, plain_page
from web import SCREENS, read_page

SCRIPT = "<script>alert(1)</script>"


def test_words_for_times_and_ways() -> None:
    """Dates at length, hours and minutes, and the time of day."""
    assert long_day(dt.date(2027, 3, 1)) == "Monday 1 March"
    assert [hours(m) for m in (0, 59.6, 61, 120)] == ["0 min", "1 h", "1 h 1 min", "2 h"]
    assert clock(dt.datetime(2027, 3, 1, 6, 5, tzinfo=dt.UTC)) == "06:05"


def test_the_navigation_holds_screens_in_their_order() -> None:
    """Screens with a place stand in it, in its order; others do not."""
    nav = Frame(screens=SCREENS).nav
    assert [screen.nav for screen in nav] == sorted(screen.nav for screen in SCREENS if screen.nav is not None)
    assert len(nav) >= 3


def test_the_page_that_is_open_is_marked() -> None:
    """One link of the navigation says that its page is the current one."""
    read = read_page(plain_page("missing.html", Frame(screens=SCREENS, path="/today"), title="x", says="y"))
    marked = [tag.of("href") for tag in read.named("a") if tag.of("aria-current") == "page"]
    assert marked == ["/today"]


def test_all_that_is_shown_is_escaped() -> None:
    """Titles, sentences, faults and notices are text, whatever stands in them."""
    frame = Frame(path='"><script>', notice=Notice(says=(SCRIPT,), batch='"><script>'))
    faults = (Fault(source="x", place='"><script>', says=SCRIPT, remedy=SCRIPT),)
    text = plain_page("fault.html", frame, title=SCRIPT, faults=faults)
    assert SCRIPT not in text
    read = read_page(text)
    assert read.faults == []
    assert [tag for tag in read.named("script") if not tag.of("src")] == []


def test_templates_name_nothing_that_is_not_given() -> None:
    """A name that is misspelt in a template is a fault, not an empty place."""
    with pytest.raises(UndefinedError):
        environment().from_string("{{ stranger }}").render()


def test_every_template_can_be_read() -> None:
    """Each template that there is compiles."""
    names = environment().list_templates(extensions=["html"])
    assert "base.html" in names
    for name in names:
        environment().get_template(name)


def test_a_missing_drawing_is_no_fault() -> None:
    """An exercise without a drawing shows none."""
    assert "svg" not in environment().from_string("{{ still('no-such-exercise') }}").render()


def test_only_screens_with_a_page_have_one() -> None:
    """Each screen with a page has a template of its own; the others have none."""
    names = set(environment().list_templates(extensions=["html"]))
    for screen in SCREENS:
        assert (f"{screen.id.replace('-', '_')}/screen.html" in names) == screen.page, screen.id
    assert callable(page)
