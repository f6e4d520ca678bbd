"""A session and its player as one page that needs nothing else, for phones without a secure way to the computer.

The player's modules are joined into one script, each in a function of its own; the page's policy allows exactly this
script and this style and no connection at all. What was done leaves the page as a file or as a code to paste.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

import msgspec

from midstance.formats.session_json import render_session
from midstance.services.output import write_whole
from midstance.services.player_session import player_session

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from importlib.resources.abc import Traversable
    from pathlib import Path

    from midstance.formats.session_json import PlayerSession
    from midstance.store.store import Store

ENTRY = "file.js"
IMPORT = re.compile(r'^import \{([^}]*)\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?=(?:async )?function |class |const )", re.MULTILINE)
EXPORTED = re.compile(r"^export (?:async )?(?:function\*? |class |const )([A-Za-z_$][\w$]*)", re.MULTILINE)
MORE_EXPORTED = re.compile(r"^export \{([^}]*)\};\n", re.MULTILINE)
LEFT_OVER = re.compile(r"^(?:import|export)\b.*$|\bimport\((?!\"\./[\w-]+\.js\"\)\.)", re.MULTILINE)
POLICY = ("default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; script-src {script}; "
          "style-src {style}")
PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="color-scheme" content="light dark">
<style>{style}</style>
</head>
<body>
<div id="player" class="player"></div>
<noscript>The session player needs JavaScript.</noscript>
<script type="application/json" id="session-document">{document}</script>
<script type="module">{script}</script>
</body>
</html>
"""


def write_session_page(
    store: Store, path: Path, *, now: dt.datetime, today: dt.date, date: dt.date | None = None, session: str = "",
) -> PlayerSession:
    """Write a session of the plan as one page.

    Args:
        store: The diary.
        path: The file to write.
        now: The moment, aware.
        today: The local date.
        date: Date of the session; today by default.
        session: Id of the session or primer, the word ``primer``, or empty for the session of the date.
    Returns: The session that was written.
    Raises: InputError: There is no such session, or the place cannot be written.
    """
    found = player_session(store, now=now, today=today, date=date, session=session)
    write_whole(path, session_page(render_session(found), player_files()).encode())
    return found


def session_page(document: bytes, files: Mapping[str, str]) -> str:
    """Put a session and its player into one page.

    Args:
        document: The session document as JSON.
        files: The player's modules and its style sheets, by name.
    Returns: HTML; the same session gives the same bytes.
    Raises: ValueError: A module uses a form that the page cannot hold.
    """
    head = msgspec.json.decode(document)["session"]
    script = closed(bundle(ENTRY, files))
    style = "".join(files[name] for name in sorted(files) if name.endswith(".css"))
    if "</" in style:
        msg = "a style sheet would end its own element"
        raise ValueError(msg)
    text = document.decode()
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return PAGE.format(
        policy=POLICY.format(script=fingerprint(script), style=fingerprint(style)), style=style, script=script,
        document=text, title=escape(f"{head['name']}, {head['date']}"))


@cache
def player_files() -> dict[str, str]:
    """Read the player's modules and its style, by name."""
    folder: Traversable = files("midstance") / "web" / "static" / "player"
    return {one.name: one.read_text("utf-8") for one in sorted(folder.iterdir(), key=lambda one: one.name)
            if one.name.endswith((".js", ".css"))}


def fingerprint(text: str) -> str:
    """Name a script or style as a policy does.

    >>> fingerprint("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def closed(script: str) -> str:
    """Keep a script from ending its own element."""
    return script.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def order_of(entry: str, modules: Mapping[str, str]) -> list[str]:
    """Sort a module and all that it needs, each after what it imports.

    Raises: ValueError: A module is missing, or modules need each other in a circle.
    """
    done: list[str] = []
    open_: list[str] = []

    def visit(name: str) -> None:
        if name in done:
            return
        if name in open_ or name not in modules:
            msg = f"{name} is {'needed in a circle' if name in open_ else 'missing'}: {' > '.join(open_)}"
            raise ValueError(msg)
        open_.append(name)
        for _, needed in IMPORT.findall(modules[name]):
            visit(needed)
        open_.remove(name)
        done.append(name)

    visit(entry)
    return done


def bundle(entry: str, modules: Mapping[str, str]) -> str:
    r"""Join modules into one script; each keeps its own names, in a function of its own.

    Only named imports from beside and exports of functions, classes and constants are known: the house's modules
    use nothing else.

    Raises: ValueError: A module uses another form.

    >>> print(bundle("a.js", {"a.js": 'import { b } from "./b.js";\nb();\n', "b.js": "export const b = () => 1;\n"}))
    const b_js = (() => {
    const b = () => 1;
    return { b };
    })();
    const a_js = (() => {
    const { b } = b_js;
    b();
    return {  };
    })();
    """
    return "\n".join(wrapped(name, modules[name]) for name in order_of(entry, modules))


def wrapped(name: str, text: str) -> str:
    """Make a module a function that gives what it exports.

    Raises: ValueError: It imports or exports in another form.
    """
    given = EXPORTED.findall(text)
    for names in MORE_EXPORTED.findall(text):
        given += [one.strip() for one in names.split(",") if one.strip()]
    body = IMPORT.sub(lambda found: f"const {{{found[1].replace(' as ', ': ')}}} = {identifier(found[2])};\n", text)
    body = EXPORT.sub("", MORE_EXPORTED.sub("", body))
    if strange := LEFT_OVER.search(body):
        msg = f"{name}: the one-file page cannot hold {strange[0]!r}"
        raise ValueError(msg)
    return f"const {identifier(name)} = (() => {{\n{body}return {{ {', '.join(given)} }};\n}})();"


def identifier(name: str) -> str:
    """Turn a file's name into one that scripts may use.

    >>> identifier("view_set.js")
    'view_set_js'
    """
    return re.sub(r"\W", "_", name)
