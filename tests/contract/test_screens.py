"""Every screen of the app: its page, its context, its interface, and how heavy a first visit is."""

from __future__ import annotations

import dataclasses
import datetime as dt
import gzip
import re
import types
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, Union, get_args, get_origin, get_type_hints
from urllib.parse import urljoin, urlsplit

import msgspec
import pytest

from midstance.web._screen import Download, Nothing
from midstance.web.assets import SHELL, load_assets
from midstance.web.decoding import of_json, of_pairs
from web import CONTROLS, HOME, HTML, SCREENS, SHOWN, Page, Tag, a_client, an_app, diary_with_plan, morning, read_page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.testclient import TestClient

    from midstance.web._screen import Screen

MOST_FIRST_VISIT, MOST_SCRIPT, MOST_MIRROR_SCRIPT = 150_000, 60_000, 30_000
IMPORTED = re.compile(
    r"""^(?:import|export)\s[^;"']*?from\s*["']([^"']+)["']|(?:^import\s*|\bimport\(\s*)["']([^"']+)["']""",
    re.MULTILINE)
LINKED = re.compile(r"url\(\s*[\"']?([^\"')]+)")
ADDRESSES = ("href", "src", "action", "formaction", "srcset", "poster", "data")
NO_FETCH = frozenset({"a", "area"})
READ_ONCE = 40
"""Pages that the test of links looks at; enough for one of each kind."""
by_screen = pytest.mark.parametrize("screen", SHOWN, ids=lambda screen: screen.id)
every = pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.id)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser at the app, on a diary with Jonas's plan and some sessions."""
    return a_client(an_app(diary_with_plan(tmp_path_factory.mktemp("screens") / "diary.db")))


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> TestClient:
    """A browser at the app, on the first visit of all."""
    return a_client(an_app(tmp_path_factory.mktemp("empty") / "diary.db"))


@pytest.fixture(scope="module")
def pages(client: TestClient, empty: TestClient) -> dict[str, Page]:
    """Every screen's page with a plan, and without one where it has one."""
    found = {}
    for screen in SHOWN:
        for name, browser in (("", client), (" without a plan", empty)):
            answer = browser.get(screen.path, headers=HTML)
            if answer.status_code == 200 and "html" in answer.headers["content-type"]:
                found[screen.id + name] = read_page(answer.text)
    return found


def of(pages: dict[str, Page], screen: Screen) -> Iterator[tuple[str, Page]]:
    """Pages of a screen."""
    for name in (screen.id, f"{screen.id} without a plan"):
        if name in pages:
            yield name, pages[name]


# ------------------------------------------------------------------------------------------------- answers


@by_screen
def test_page_answers(client: TestClient, empty: TestClient, screen: Screen) -> None:
    """With a plan the page is there; without one it says so or leads to the set-up."""
    assert client.get(screen.path, headers=HTML).status_code == 200
    first = empty.get(screen.path, headers=HTML)
    if screen.needs_plan:
        assert first.status_code == 200 or (first.status_code, first.headers["location"]) == (303, "/setup")
    else:
        assert first.status_code == 200


@every
def test_context_is_the_same_as_json(client: TestClient, screen: Screen) -> None:
    """The interface gives what the page got, and it can be read back as the documented context."""
    told = client.get(f"/api/v1/{screen.id}")
    assert told.status_code == 200
    if screen.context is not Download and told.headers["content-type"] == "application/json":
        msgspec.json.decode(told.content, type=screen.context)
        if screen.page:
            assert client.get(f"{screen.path}.json").content == told.content


@every
def test_nothing_unknown_is_taken(client: TestClient, screen: Screen) -> None:
    """A query or field that no screen knows is refused with its name, and nothing is done."""
    before = client.get("/api/v1/diary").json()["entries"]
    asked = client.get(f"/api/v1/{screen.id}", params={"stranger": "1"})
    assert asked.status_code == 422
    assert asked.json()["faults"][0]["place"] == "stranger"
    for action in screen.actions:
        done = client.post(f"/api/v1/{screen.id}/{action.name}", json={"stranger": 1})
        assert done.status_code == 422, action.name
        assert "stranger" in [fault["place"] for fault in done.json()["faults"]]
        if screen.page:
            page = client.post(f"{screen.path}/{action.name}", data={"stranger": "1"}, headers=HTML)
            assert page.status_code == 422, action.name
            assert "stranger" in page.text
            assert read_page(page.text).faults == []
    assert client.get("/api/v1/diary").json()["entries"] == before


def test_every_screen_has_a_place_of_its_own() -> None:
    """Paths, ids and places in the navigation are told apart."""
    paths = [screen.path for screen in SCREENS]
    places = [screen.nav for screen in SCREENS if screen.nav is not None]
    assert len({*paths}) == len(paths)
    assert len({*places}) == len(places)
    assert all(re.fullmatch(r"/[a-z-]+", path) for path in paths)


# ------------------------------------------------------------------------------------------------- types


def plain(hint: Any) -> Any:
    """Take annotations off."""
    return plain(get_args(hint)[0]) if get_origin(hint) is Annotated else hint


def parts(hint: Any) -> Iterator[type]:
    """Dataclasses inside a type."""
    hint = plain(hint)
    if dataclasses.is_dataclass(hint):
        yield hint  # type: ignore[misc]
    for inner in get_args(hint):
        yield from parts(inner)


def described(hint: Any) -> bool:
    """Tell whether a field says what it is, outside or inside a ``None``."""
    if get_origin(hint) is Annotated:
        return any(getattr(meta, "description", None) for meta in hint.__metadata__) or described(get_args(hint)[0])
    return get_origin(hint) in (Union, types.UnionType) and any(described(inner) for inner in get_args(hint))


def undescribed(kind: type, seen: set[type]) -> list[str]:
    """Fields without a description, of a dataclass of the app and all inside it."""
    if kind in seen or not dataclasses.is_dataclass(kind):
        return []
    seen.add(kind)
    hints = get_type_hints(kind, include_extras=True)
    found = []
    for field in dataclasses.fields(kind):
        if kind.__module__.startswith("midstance.web.screens") and not described(hints[field.name]):
            found.append(f"{kind.__module__}.{kind.__name__}.{field.name}")
        for inner in parts(hints[field.name]):
            found += undescribed(inner, seen)
    return found


@every
def test_every_field_says_what_it_is(screen: Screen) -> None:
    """All fields of queries, contexts and wishes have a description, which is what the interface documents."""
    seen: set[type] = set()
    kinds = (screen.asked, screen.context, *(action.wish for action in screen.actions))
    assert [name for kind in kinds for name in undescribed(kind, seen)] == []


@every
def test_every_type_can_be_documented(screen: Screen) -> None:
    """Each type has a schema by itself: no limit hangs on a union, no field has a type of the inside."""
    for kind in (screen.asked, screen.context, *(k for a in screen.actions for k in (a.wish, a.answer))):
        if kind is not Download:
            assert msgspec.json.schema(kind)


@every
def test_queries_have_defaults(screen: Screen) -> None:
    """A screen can be opened by its path alone."""
    assert isinstance(of_pairs(screen.asked, [], screen.id), screen.asked)


@every
def test_each_action_is_documented(client: TestClient, screen: Screen) -> None:
    """Every screen and action stands in the interface's document, with an order as its title."""
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert paths[f"/api/v1/{screen.id}"]["get"]["summary"].endswith(screen.title)
    for action in screen.actions:
        told = paths[f"/api/v1/{screen.id}/{action.name}"]["post"]
        assert told["summary"] == action.title
        assert ("requestBody" in told) == (action.wish is not Nothing or action.files)
        assert re.fullmatch(r"[a-z][a-z-]*", action.name)
        assert action.title[:1].isupper()
        assert not action.title.endswith(".")
        if not any(field.default is dataclasses.MISSING for field in dataclasses.fields(action.wish)):
            assert isinstance(of_json(action.wish, b"{}", action.name), action.wish)


# ------------------------------------------------------------------------------------------------- HTML


@by_screen
def test_html_is_well_formed(pages: dict[str, Page], screen: Screen) -> None:
    """Every element is closed in its order, ids are unique, one first heading, a title and a language."""
    for name, page in of(pages, screen):
        assert page.faults == [], name
        ids = [tag.of("id") for tag in page.tags if "id" in tag.attributes]
        assert sorted({x for x in ids if ids.count(x) > 1}) == [], name
        assert len(page.named("h1")) == 1, name
        assert page.named("h1")[0].text.strip(), name
        assert page.named("title")[0].text.strip().endswith("midstance"), name
        assert page.named("html")[0].of("lang") == "en", name
        assert len(page.named("main")) == 1, name


@by_screen
def test_html_holds_no_code(pages: dict[str, Page], screen: Screen) -> None:
    """No style, script or handler stands in a page: the policy would not run it."""
    for name, page in of(pages, screen):
        inline = [tag.name for tag in page.named("script", "style") if tag.text.strip()]
        marks = [f"{tag.name} {key}" for tag in page.tags for key in tag.attributes
                 if key == "style" or key.startswith("on")]
        links = [tag.of("href") for tag in page.named("a") if tag.of("href").startswith(("javascript:", "data:"))]
        assert (inline, marks, links) == ([], [], []), name


def has_name(tag: Tag, page: Page) -> bool:
    """Tell whether a control has a name for those who do not see it."""
    labels = {label.of("for") for label in page.named("label")}
    wrapped = [one for one in tag.parents if one.name == "label"]
    told = any(one.text.strip() for one in wrapped) or tag.of("id") in labels
    return told or any(tag.of(name).strip() for name in ("aria-label", "aria-labelledby", "title"))


@by_screen
def test_every_control_has_a_label(pages: dict[str, Page], screen: Screen) -> None:
    """Fields and buttons say what they are; pictures have a text or are hidden."""
    for name, page in of(pages, screen):
        bare = [f"{tag.name} {tag.of('name')}" for tag in page.named(*CONTROLS)
                if tag.of("type") not in ("hidden", "submit", "button") and not has_name(tag, page)]
        dumb = [str(tag.attributes) for tag in page.named("button", "a", "summary")
                if not (tag.text.strip() or tag.of("aria-label") or tag.of("aria-labelledby"))]
        mute = [str(tag.attributes) for tag in page.named("img") if "alt" not in tag.attributes]
        assert (bare, dumb, mute) == ([], [], []), name


@by_screen
def test_headings_step_down_one_at_a_time(pages: dict[str, Page], screen: Screen) -> None:
    """Levels of headings are not skipped on the way down."""
    for name, page in of(pages, screen):
        levels = [int(tag.name[1]) for tag in page.named("h1", "h2", "h3", "h4", "h5", "h6")]
        assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == [], name


@by_screen
def test_references_inside_a_page_lead_somewhere(pages: dict[str, Page], screen: Screen) -> None:
    """Labels, descriptions and jumps name an id that is there."""
    for name, page in of(pages, screen):
        ids = {tag.of("id") for tag in page.tags}
        wanted = {(tag.name, key, word) for tag in page.tags
                  for key in ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
                  for word in tag.of(key).split()}
        wanted |= {("a", "href", tag.of("href")[1:]) for tag in page.named("a") if tag.of("href").startswith("#")}
        assert sorted(one for one in wanted if one[2] and one[2] not in ids) == [], name


@by_screen
def test_forms_name_actions_and_fields_that_exist(pages: dict[str, Page], screen: Screen) -> None:
    """Every form posts to an action of a screen or asks a screen, and its fields are the ones read there."""
    actions = {f"{s.path}/{a.name}": a.wish for s in SCREENS for a in s.actions}
    asks = {s.path: s.asked for s in SCREENS}
    for name, page in of(pages, screen):
        for form in page.named("form"):
            target = urlsplit(form.of("action") or screen.path).path
            wish = (actions if form.of("method").lower() == "post" else asks).get(target)
            assert wish is not None, f"{name}: {form.of('method')} {target}"
            known = {field.name for field in dataclasses.fields(wish)}
            files = {tag.of("name") for tag in page.named("input") if tag.of("type") == "file"}
            given = {tag.of("name") for tag in page.named(*CONTROLS, "button") if form in tag.parents}
            assert given - known - files - {""} == set(), f"{name}: {target}"


# ------------------------------------------------------------------------------------------------- addresses


def addresses(page: Page) -> Iterator[tuple[Tag, str]]:
    """Every address in a page with its element."""
    for tag in page.tags:
        for key in ADDRESSES:
            if tag.of(key):
                yield tag, tag.of(key)


@by_screen
def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Page], screen: Screen) -> None:
    """All that a page loads or posts to is here; links elsewhere are plain links that tell no one where they stood."""
    for name, page in of(pages, screen):
        for tag, address in addresses(page):
            away = urlsplit(urljoin(HOME, address)).netloc != urlsplit(HOME).netloc
            if away:
                assert tag.name in NO_FETCH, f"{name}: <{tag.name}> {address}"
                assert urlsplit(address).scheme in ("https", "http", "mailto"), f"{name}: {address}"
                assert "noreferrer" in tag.of("rel") or tag.of("referrerpolicy"), f"{name}: {address}"


def test_every_link_answers(client: TestClient, pages: dict[str, Page]) -> None:
    """Every address inside the app that a page names is there, and so are those on the pages it leads to."""
    asked: dict[str, int] = {}
    waiting = [(name, address) for name, page in pages.items() for _, address in addresses(page)]
    lost, looked = [], 0
    while waiting:
        name, address = waiting.pop(0)
        there = urlsplit(urljoin(HOME, address))
        path = f"{there.path}?{there.query}" if there.query else there.path
        if there.netloc != urlsplit(HOME).netloc or path in asked or posts(there.path):
            continue
        answer = client.get(path, headers=HTML)
        asked[path] = answer.status_code
        if answer.status_code >= 400:
            lost.append(f"{name}: {path} {answer.status_code}")
        elif "html" in answer.headers.get("content-type", "") and looked < READ_ONCE and "?" in path:
            looked += 1
            page = read_page(answer.text)
            lost += [f"{path}: {fault}" for fault in page.faults]
            waiting += [(path, further) for _, further in addresses(page)]
    assert lost == []


def posts(path: str) -> bool:
    """Tell whether a path is an action."""
    return any(path == f"{screen.path}/{action.name}" for screen in SCREENS for action in screen.actions)


def test_jumps_to_another_page_find_their_place(client: TestClient, pages: dict[str, Page]) -> None:
    """Where a link names a place on another page, that place is there."""
    seen: dict[str, set[str]] = {}
    lost = []
    for name, page in pages.items():
        for tag in page.named("a"):
            there = urlsplit(tag.of("href"))
            if there.netloc or not there.path or not there.fragment or there.path == SHELL:
                continue
            path = f"{there.path}?{there.query}" if there.query else there.path
            if path not in seen:
                seen[path] = {one.of("id") for one in read_page(client.get(path, headers=HTML).text).tags}
            if there.fragment not in seen[path]:
                lost.append(f"{name}: {tag.of('href')}")
    assert sorted({*lost}) == []


# ------------------------------------------------------------------------------------------------- weight


def packed(data: bytes) -> int:
    """Bytes on the way."""
    return len(gzip.compress(data, 9, mtime=0)) if len(data) > 600 else len(data)


def loaded(client: TestClient, path: str, seen: dict[str, int]) -> None:
    """Count a file and all that it loads by itself, as a browser does."""
    if path in seen or not path.startswith("/"):
        return
    answer = client.get(path)
    assert answer.status_code == 200, path
    seen[path] = packed(answer.content)
    kind = answer.headers["content-type"]
    if "javascript" in kind:
        further = [a or b for a, b in IMPORTED.findall(answer.text)]
    else:
        further = LINKED.findall(answer.text) if "css" in kind else []
    for one in further:
        loaded(client, urlsplit(urljoin(path, one)).path, seen)


def first_visit(client: TestClient, path: str) -> dict[str, int]:
    """Bytes of everything that a first visit to a page loads; the figures of sessions are not counted."""
    answer = client.get(path, headers=HTML)
    page, seen = read_page(answer.text), {}
    figures = sum(len(text) for text in re.findall(r'<span class="figure".*?</span>', answer.text, re.DOTALL))
    seen[path] = packed(re.sub(r'<span class="figure".*?</span>', "", answer.text, flags=re.DOTALL).encode())
    assert figures < 400_000
    for tag in page.named("link", "script", "img", "use"):
        address = tag.of("href") or tag.of("src")
        if address and tag.of("rel") not in ("alternate", "canonical"):
            loaded(client, urlsplit(urljoin(path, address)).path, seen)
    return seen


@by_screen
def test_a_first_visit_is_light(client: TestClient, screen: Screen) -> None:
    """Page, style, scripts and icons of a first visit stay under 150 kB on the way."""
    seen = first_visit(client, screen.path)
    assert sum(seen.values()) < MOST_FIRST_VISIT, sorted(seen.items(), key=lambda pair: -pair[1])[:8]


def test_all_scripts_together_are_small() -> None:
    """All JavaScript, worker and player included, stays under 60 kB gzipped; what only the mirror loads under 30 kB."""
    scripts = {name: file.data for name, file in load_assets().files.items() if name.endswith((".js", ".mjs"))}
    mirror = {name for name in scripts if name.startswith("mirror/") or name == "screens/mirror.js"}
    for names, most in ((scripts.keys() - mirror, MOST_SCRIPT), (mirror, MOST_MIRROR_SCRIPT)):
        assert len(names) > 5
        sizes = sorted(((packed(scripts[name]), name) for name in names), reverse=True)
        assert packed(b"".join(scripts[name] for name in sorted(names))) < most, sizes[:9]


@pytest.mark.parametrize("path", [*(screen.path for screen in SHOWN), SHELL])
def test_no_page_loads_more_script_than_is_promised(client: TestClient, path: str) -> None:
    """What one page loads of it, file by file, stays under 60 kB on the way, the player's as well."""
    sizes = {name: size for name, size in first_visit(client, path).items() if name.endswith(".js")}
    assert sum(sizes.values()) < MOST_SCRIPT, sizes


def test_scripts_and_styles_load_nothing_from_elsewhere() -> None:
    """No file names an address elsewhere that it would load."""
    away = {name: found for name, file in load_assets().files.items() if name.endswith((".js", ".css", ".svg"))
            if (found := re.findall(r"""(?:import|from|fetch\(|url\(|@import|src=|href=)\s*["'(]*(https?://[^"')\s]+)""",
                                    file.data.decode()))}
    assert away == {}


# ------------------------------------------------------------------------------------------------- time


@pytest.mark.parametrize("day", [0, 6, 40, 400], ids=lambda day: f"day {day}")
def test_pages_are_there_on_any_day(tmp_path_factory: pytest.TempPathFactory, day: int) -> None:
    """On the plan's first day, later, near its race and long after it, every page answers."""
    place = diary_with_plan(tmp_path_factory.mktemp("days") / "diary.db")
    browser = a_client(an_app(place, at=morning(day)))
    answers = {screen.path: browser.get(screen.path, headers=HTML) for screen in SHOWN}
    assert {path: answer.status_code for path, answer in answers.items() if answer.status_code != 200} == {}
    assert {path: faults for path, answer in answers.items() if (faults := read_page(answer.text).faults)} == {}


@by_screen
def test_pages_take_any_date(client: TestClient, screen: Screen) -> None:
    """A date long before or after the plan, or none at all, never breaks a page."""
    dates = [field.name for field in dataclasses.fields(screen.asked)
             if plain(get_type_hints(screen.asked, include_extras=True)[field.name]) in (dt.date, dt.date | None)]
    for name in dates:
        for day in ("1970-01-01", "2024-02-29", "2027-01-10", "2028-12-31", "2199-12-31", "2027-02-30", "x", ""):
            answer = client.get(screen.path, params={name: day}, headers=HTML)
            assert answer.status_code in (200, 303, 422), f"{screen.path}?{name}={day}"
