"""The mirror's page and files: only listed files leave, few pages may use a camera, without it all works."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from builders_mirror import TINY, a_package, contents
from midstance.services import mirror_package
from midstance.services.handbook import catalogue
from midstance.services.mirror_package import BUNDLE, MANIFEST, PACKED, RUNTIME, SERVED, TASK, find_package
from midstance.web.app import World, make_app
from midstance.web.assets import SHELL, load_assets
from midstance.web.guard import CAMERA_HEADERS, HEADERS
from midstance.web.screens.mirror.screen import FIRST, SCREEN, STAND
from web import HTML, SHOWN, a_client, an_app, morning, read_page

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

    from midstance.services.mirror_package import MirrorPackage

WITH_CAMERA = {screen.path for screen in SHOWN if screen.camera} | {SHELL}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> MirrorPackage:
    """A small package on the disk, which the app takes for the real one."""
    for place in ("midstance.web.mirror_files", "midstance.web.screens.mirror.screen"):
        monkeypatch.setattr(f"{place}.find_package", lambda folder: find_package(folder, TINY))
    return a_package(tmp_path)


@pytest.fixture
def client(package: MirrorPackage, tmp_path: Path) -> TestClient:
    """A browser at an app with the package."""
    moment = morning()
    return a_client(make_app(World(place=str(tmp_path / "diary.db"), clock=lambda: moment, mirror=package.folder)))


@pytest.fixture
def bare(tmp_path: Path) -> TestClient:
    """A browser at an app without the package."""
    return a_client(an_app(tmp_path / "diary.db"))


# ------------------------------------------------------------------------------------------------- policy


def test_only_pages_with_a_camera_may_use_one(bare: TestClient) -> None:
    """Mirror and player may ask for the camera and run the model; every other page has the usual policy unchanged."""
    assert "/mirror" in WITH_CAMERA
    for path in [*(screen.path for screen in SHOWN), SHELL, "/offline", "/nothing-here", "/sw.js", "/api/v1/mirror"]:
        answer = bare.get(path, headers=HTML)
        wanted = {**HEADERS, **(CAMERA_HEADERS if path in WITH_CAMERA and answer.status_code == 200 else {})}
        assert {name: answer.headers[name] for name in HEADERS} == wanted, path


def test_a_camera_page_opens_nothing_but_the_camera() -> None:
    """Its policy adds compiled code and workers, and no address elsewhere: pictures have no way out."""
    usual, camera = (dict(part.split(" ", 1) for part in given["Content-Security-Policy"].split("; "))
                     for given in (HEADERS, CAMERA_HEADERS))
    assert camera == {**usual, "script-src": "'self' 'wasm-unsafe-eval'", "worker-src": "'self' blob:"}
    assert camera["connect-src"] == camera["default-src"] == "'self'"
    assert CAMERA_HEADERS["Permissions-Policy"] == HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")


def test_a_page_that_failed_keeps_the_policy(client: TestClient) -> None:
    """A refused query of the mirror is a plain page without a camera."""
    answer = client.get("/mirror", params={"id": "no-such-exercise"}, headers=HTML)
    assert answer.status_code == 422
    assert answer.headers["Permissions-Policy"] == HEADERS["Permissions-Policy"]


# ------------------------------------------------------------------------------------------------- files


def test_files_come_packed_and_may_be_kept_for_good(client: TestClient, package: MirrorPackage) -> None:
    """Each listed file comes with its media type, packed where the browser takes it, and never changes its address."""
    base = client.get("/api/v1/mirror").json()["package"]
    for name, kind in SERVED.items():
        answer = client.get(f"{base}/{name}")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == kind
        assert answer.headers["content-encoding"] == "gzip"
        assert answer.headers["content-length"] == str(package.path(name + PACKED).stat().st_size)
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert answer.content == package.path(name).read_bytes()
        plain = client.get(f"{base}/{name}", headers={"accept-encoding": "identity"})
        assert plain.content == answer.content
        assert plain.headers["content-length"] == str(len(plain.content))
    assert client.get(f"{base}/{RUNTIME}").headers["content-type"] == "application/wasm"


def test_an_old_address_gives_todays_file(client: TestClient) -> None:
    """A page kept from before the package changed gets the file, and asks again the next time."""
    answer = client.get(f"/mirror/package/0123456789/{BUNDLE}")
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("name", [
    MANIFEST, BUNDLE + PACKED, "pose_detector.tflite", "licences/LICENSE.txt", "../../diary.db", "..%2f..%2fdiary.db",
    "wasm/../manifest.json", "/etc/passwd", "wasm", ""])
def test_only_listed_files_leave(client: TestClient, name: str) -> None:
    """Nothing but the four files that a browser needs is given, whatever the name looks like."""
    base = client.get("/api/v1/mirror").json()["package"]
    answer = client.get(f"{base}/{name}")
    assert answer.status_code == 404
    assert b"SQLite" not in answer.content


def test_without_the_package_the_words_say_how(bare: TestClient) -> None:
    """A file that is not there is a 404 with the way to get it."""
    answer = bare.get(f"/mirror/package/0123456789/{TASK}")
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")
    assert "make mirror" in answer.text
    assert "by hand" in answer.text


def test_the_worker_keeps_none_of_it() -> None:
    """The service worker's first cache holds no file of the mirror: nobody loads it who does not want it."""
    head = load_assets().worker().split("];", 1)[0]
    assert "player/main.js" in head
    assert "mirror" not in head


def test_no_page_loads_the_mirror_by_itself(bare: TestClient) -> None:
    """Without the package not even the mirror's own page names its script; the player names none of it."""
    for path in ("/mirror", SHELL):
        text = bare.get(path, headers=HTML).text
        assert "static" in text
        assert "mirror.js" not in text
        assert "/mirror/" not in text


# ------------------------------------------------------------------------------------------------- page


def test_the_page_offers_what_can_be_watched(client: TestClient, package: MirrorPackage) -> None:
    """Every exercise with an angle to count or a posture to hold is offered once, with how to stand."""
    context = client.get("/api/v1/mirror").json()
    exercises = catalogue().exercises
    offered = {one["id"]: one for one in context["exercises"]}
    assert len(offered) == len(context["exercises"])
    assert set(offered) == {e.id for e in exercises.values()
                            if e.motion is not None and (e.motion.watch or e.motion.starts == "hold")}
    assert offered[FIRST]["mode"] == "reps"
    assert offered["side-plank"]["mode"] == "hold"
    assert offered["side-plank"]["each_side"] is True
    assert all(one["stand"] in STAND.values() for one in offered.values())
    assert context["package"] == f"/mirror/package/{package.digest}"
    assert context["chosen"] == FIRST
    assert client.get("/api/v1/mirror", params={"id": "side-plank"}).json()["chosen"] == "side-plank"


def test_the_page_with_and_without_the_package(client: TestClient, tmp_path: Path) -> None:
    """With it there is a list and a place for the mirror; without it the way to get it and no dead button."""
    with_it = read_page(client.get("/mirror", headers=HTML).text)
    assert [tag.of("data-package") for tag in with_it.tags if "data-mirror" in tag.attributes]
    assert with_it.named("select")
    without = read_page(a_client(an_app(tmp_path / "other.db")).get("/mirror", headers=HTML).text)
    assert not without.named("select")
    assert not [tag for tag in without.tags if "data-mirror" in tag.attributes]
    text = without.named("main")[0].text
    assert all(words in text for words in ("make mirror", "midstance mirror --fetch", "Everything works by hand"))


@pytest.mark.parametrize(("asked", "says"), [("no-such-exercise", "is no exercise"), ("x" * 90, "80")])
def test_an_exercise_that_is_none_is_refused(client: TestClient, asked: str, says: str) -> None:
    """Another word is refused with a reason, on the page and in the interface."""
    answer = client.get("/api/v1/mirror", params={"id": asked})
    assert answer.status_code == 422
    assert says in answer.text


def test_an_exercise_without_a_watch_is_told_apart(client: TestClient) -> None:
    """An exercise that no camera can watch is named as such, not as unknown."""
    blind = next(e for e in catalogue().exercises.values()
                 if e.motion is None or (not e.motion.watch and e.motion.starts != "hold"))
    assert "cannot be watched by a camera" in client.get("/api/v1/mirror", params={"id": blind.id}).text


def test_other_screens_have_no_camera() -> None:
    """A screen has a camera only where it says so."""
    assert SCREEN.camera
    assert not replace(SCREEN, camera=False).camera
    assert not any(screen.camera for screen in SHOWN if screen.id in ("today", "plan", "settings", "import", "why"))


def test_the_small_package_is_like_the_real_one() -> None:
    """The tests' package has the same names as the real one, and other content."""
    for real, tiny in zip(mirror_package.SOURCES, TINY, strict=True):
        assert [pinned.name for pinned in real.files] == [pinned.name for pinned in tiny.files]
        assert not {pinned.sha256 for pinned in real.files} & {pinned.sha256 for pinned in tiny.files}
        assert set(contents(real)) == {pinned.member for pinned in real.files}
