"""The one-file page: modules joined in order, a policy that names exactly what is in it, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import unescape

import pytest

from midstance.services.session_page import bundle, closed, order_of, player_files, session_page, wrapped

FIGURE = "export function mountFigure() { return { update() {}, stop() {} }; }\n"
HEAD = {"name": "Heavy & <strong>", "date": "2026-12-01"}
SMALL = {"file.js": 'import { one as two } from "./a.js";\ntwo("</script>", "<!--");\n',
         "a.js": "export async function one() {}\nconst hidden = 1;\nexport class Two {}\nexport { hidden };\n",
         "player.css": ".a > .b { color: red; }"}


def files() -> dict[str, str]:
    """The player's real files; where no figures are drawn yet, with one that shows nothing."""
    return {"figure.js": FIGURE, **player_files()}


def part(page: str, tag: str) -> str:
    """What stands inside the last element of a kind."""
    found = re.findall(rf"<{tag}[^>]*>(.*?)</{tag.partition(' ')[0]}>", page, re.DOTALL)
    return str(found[-1])


def digest(text: str) -> str:
    """What a policy calls a text."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("modules", [SMALL, None])
def test_the_policy_names_exactly_what_is_there(modules: dict[str, str] | None) -> None:
    """Script and style are allowed by their digests; nothing else is, and nothing is fetched from anywhere."""
    page = session_page(json.dumps({"session": HEAD}).encode(), modules or files())
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)[0]
    assert "default-src 'none'" in policy
    assert f"script-src {digest(part(page, 'script type=.module.'))};" in policy
    assert f"style-src {digest(part(page, 'style'))}" in policy
    assert re.findall(r"(?:src|href)=|@import|\bon\w+=\"| style=\"", page.partition("<body>")[0]) == []
    assert page.count("<script") == page.count("</script>") == 2


def test_the_session_survives_whatever_is_in_it() -> None:
    """Signs that end an element, and line separators, come back as they were."""
    document = {"session": HEAD, "note": "</script><!-- & \u2028 \u2029 ü"}
    page = session_page(json.dumps(document, ensure_ascii=False).encode(), SMALL)
    text = re.findall(r'id="session-document">(.*?)</script>', page, re.DOTALL)[0]
    assert "<" not in text
    assert json.loads(text) == document
    assert unescape(part(page, "title")) == "Heavy & <strong>, 2026-12-01"


def test_the_same_session_gives_the_same_page() -> None:
    """No clock and no chance is in a page."""
    document = json.dumps({"session": HEAD}).encode()
    assert session_page(document, files()) == session_page(document, files())


def test_modules_come_after_what_they_need() -> None:
    """Each module stands once, behind all that it imports; a circle or a missing one is refused."""
    order = order_of("file.js", files())
    assert order[-1] == "file.js"
    assert len(set(order)) == len(order)
    assert order.index("words.js") < order.index("steps.js") or "words.js" in order
    with pytest.raises(ValueError, match="missing"):
        order_of("file.js", {"file.js": 'import { a } from "./a.js";\n'})
    circle = {"a.js": 'import { b } from "./b.js";\n', "b.js": 'import { a } from "./a.js";\n'}
    with pytest.raises(ValueError, match="circle"):
        order_of("a.js", circle)


def test_names_stay_inside_their_module() -> None:
    """Exports are handed out by name, also renamed; the rest of a module is its own."""
    script = bundle("file.js", SMALL)
    assert "const { one: two } = a_js;" in script
    assert "return { one, Two, hidden };" in script
    assert "export" not in script
    assert "</script" not in closed(script)


@pytest.mark.parametrize("line", [
    'import def from "./a.js";', 'import * as all from "./a.js";', 'import { a } from "/static/a.js";',
    "export default 1;", 'export * from "./a.js";', 'const a = await import("./a.js");',
])
def test_a_form_that_the_page_cannot_hold_is_refused(line: str) -> None:
    """What would be lost in one script is named, not dropped."""
    with pytest.raises(ValueError, match="cannot hold"):
        wrapped("x.js", f"{line}\n")


def test_types_in_comments_are_no_imports() -> None:
    """JSDoc may name types of other modules."""
    assert wrapped("x.js", '/** @type {import("./a.js").A} */\nconst a = 1;\n')


def test_a_style_cannot_end_its_element() -> None:
    """A style that would is refused."""
    with pytest.raises(ValueError, match="its own element"):
        session_page(json.dumps({"session": HEAD}).encode(), {**SMALL, "player.css": "</style>"})
