"""Files are kept for good under their digest, asked for anew without it, and nothing but them is given out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midstance.web.assets import STATIC, load_assets
from midstance.web.lean import lean
from midstance.web.parts import FOREVER
from web import a_client, an_app, asked_raw

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

SECRET = b"nothing for the web"


@pytest.fixture
def app(tmp_path: Path) -> Starlette:
    """An app without screens: files need none."""
    return an_app(tmp_path / "diary.db", screens=())


def test_a_file_under_its_digest_is_kept_for_good(app: Starlette) -> None:
    """The address with the digest never changes its content, so browsers need not ask again."""
    answer = a_client(app).get(load_assets().url("app.css"))
    assert answer.headers["cache-control"] == FOREVER
    assert "immutable" in FOREVER
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert answer.content == (STATIC / "app.css").read_bytes()


def test_a_file_without_its_digest_is_asked_for_anew(app: Starlette) -> None:
    """Without the digest a browser asks each time, and gets 304 while it is the same."""
    client = a_client(app)
    first = client.get("/static/app.css")
    assert first.headers["cache-control"] == "no-cache"
    again = client.get("/static/app.css", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert client.get("/static/app.css", headers={"if-none-match": '"older"'}).status_code == 200


def test_an_older_digest_gives_the_file_as_it_is_now(app: Starlette) -> None:
    """A page that was open during an update still gets its scripts, but nobody keeps them under the old name."""
    answer = a_client(app).get("/static/0123456789/app.css")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert a_client(app).get("/static/no-digest/app.css").status_code == 404


@pytest.mark.parametrize("path", [
    "/static/../guard.py", "/static/x/../../guard.py", "/static//etc/passwd", "/static/x//etc/passwd",
    "/static/..\\guard.py", "/static/x/..\\..\\guard.py", "/static/%2e%2e/guard.py", "/static/x/%2e%2e%2fguard.py",
    "/static/", "/static/x/", "/static/.", "/static/x/.", "/static/screens", "/static/.hidden", "/static/\x00",
    "/static/app.css/", "/static/app.css/x", "/static/APP.CSS", "/static/x/" + "a/" * 2000, "/static/é",
    "/static/\udcff",
    "/figures/../../x.json", "/figures/..%2f.json", "/figures/x.json", "/figures/\x00.json", "/figures/.json",
])
def test_paths_lead_nowhere_else(app: Starlette, path: str) -> None:
    """Whatever is written for a path, nothing outside the files is given out and nothing breaks."""
    assert asked_raw(app, path) == 404


def test_only_files_of_the_folder_are_known(tmp_path: Path) -> None:
    """Hidden files are left out, names have plain slashes, and the digest follows every byte."""
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "b.js").write_text("1")
    (tmp_path / ".secret").write_bytes(SECRET)
    found = load_assets.__wrapped__(tmp_path)
    assert set(found.files) == {"a/b.js"}
    (tmp_path / "a" / "b.js").write_text("2")
    assert load_assets.__wrapped__(tmp_path).version != found.version
    with pytest.raises(KeyError):
        found.url("../x")


def test_the_worker_names_its_version_and_files(app: Starlette) -> None:
    """The service worker comes from the root, is asked for anew each time, and keeps files that are there."""
    client = a_client(app)
    answer = client.get("/sw.js")
    assert answer.headers["service-worker-allowed"] == "/"
    assert answer.headers["cache-control"] == "no-cache"
    assert f'const VERSION = "{load_assets().version}"' in answer.text
    line = next(line for line in answer.text.splitlines() if line.startswith("const FILES"))
    for path in line.split('"')[1::2]:
        assert client.get(path).status_code == 200, path


def test_manifest_and_icon_are_there(app: Starlette) -> None:
    """What a phone needs for its home screen is given, each of its icons too."""
    client = a_client(app)
    told = client.get("/manifest.webmanifest")
    assert told.headers["content-type"] == "application/manifest+json"
    assert all(client.get(icon["src"]).status_code == 200 for icon in told.json()["icons"])
    assert client.get(told.json()["start_url"]).status_code in (303, 404)  # 404: this app has no screens
    assert client.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


@pytest.mark.parametrize("path", sorted(STATIC.rglob("*.js")), ids=lambda path: path.relative_to(STATIC).as_posix())
def test_scripts_lose_nothing_but_comments(path: Path) -> None:
    """What is left out of a script are blank lines and whole lines of comments, none inside a text of several lines."""
    script = path.read_text("utf-8")
    kept = lean(script).splitlines()
    rest, inside = iter(kept), False
    wanted = next(rest, None)
    for line in script.splitlines():
        if line == wanted:
            inside ^= line.count("`") % 2 == 1 and not line.lstrip().startswith("//")
            wanted = next(rest, None)
        else:
            assert not inside, line
            bare = line.strip()
            assert not bare or bare.startswith(("//", "/*", "*")) or bare.endswith("*/"), line
    assert wanted is None
