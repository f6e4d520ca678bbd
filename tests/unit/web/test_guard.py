"""Who is let in: names, pages elsewhere, devices without the code; and the policy on every answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from midstance.web.guard import COOKIE, HEADERS, MOST_TRIES, TRY_SPAN_S, host_name, is_loopback
from midstance.web.screens.checkin.screen import SCREEN as CHECKIN
from midstance.web.screens.diary.screen import SCREEN as DIARY
from web import CODE, HOME, HTML, Ticks, a_client, a_pairing, an_app

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

SCREENS = (CHECKIN, DIARY)
LAN = "http://192.168.1.20:8765"


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A browser on the machine itself."""
    return a_client(an_app(tmp_path / "diary.db", screens=SCREENS))


@pytest.fixture
def ticks() -> Ticks:
    """The seconds of the pairing."""
    return Ticks()


@pytest.fixture
def stranger(tmp_path: Path, ticks: Ticks) -> TestClient:
    """A browser on another device, not paired."""
    return a_client(an_app(tmp_path / "diary.db", screens=SCREENS, pairing=a_pairing(ticks)), LAN)


# ------------------------------------------------------------------------------------------------- names


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost.evil.example:8765", "", "[::2]",
                                  "evil.example:127.0.0.1", "0.0.0.0:8765", "192.168.1.20", "@127.0.0.1",
                                  "127.0.0.1@evil.example", "evil.example#127.0.0.1"])
def test_foreign_names_are_not_answered(client: TestClient, host: str) -> None:
    """A page elsewhere that points its own name here (DNS rebinding) reads and writes nothing."""
    for answer in (client.get("/checkin", headers={"host": host}),
                   client.post("/api/v1/checkin/tell", json={"life": 3}, headers={"host": host})):
        assert answer.status_code == 421
        assert "diary" not in answer.text
    assert client.get("/api/v1/diary").json()["entries"] == 0


@pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost", "LOCALHOST:1", "[::1]:8765", "[::1]"])
def test_own_names_are_answered(client: TestClient, host: str) -> None:
    """The machine's own names are answered at whatever port."""
    assert client.get("/checkin", headers={"host": host}).status_code == 200


def test_a_foreign_name_in_the_answer_is_only_text(client: TestClient) -> None:
    """The refusal is plain text: nothing in a name is taken for a page."""
    answer = client.get("/", headers={"host": "<script>alert(1)</script>"})
    assert answer.status_code == 421
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(("header", "name"), [("a:b:80", "a:b"), ("[::1]:80", "[::1]"), ("", ""), (":80", ":80")])
def test_ports_are_taken_off(header: str, name: str) -> None:
    """Only the port is cut off."""
    assert host_name(header) == name


@pytest.mark.parametrize(("host", "here"), [
    ("127.0.0.1", True), ("127.9.9.9", True), ("::1", True), ("[::1]", True), ("localhost", True), ("0.0.0.0", False),
    ("::", False), ("192.168.1.2", False), ("localhost.evil.example", False), ("", False), ("127.1", False)])
def test_only_loopback_counts_as_this_machine(host: str, here: bool) -> None:
    """Whatever is not surely this machine needs a code."""
    assert is_loopback(host) is here


# ------------------------------------------------------------------------------------------------- pages elsewhere


@pytest.mark.parametrize("headers", [
    {"origin": "http://evil.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:3000"}, {"origin": ""},
    {"origin": "http://["}, {"origin": "file://"}, {"origin": "http://127.0.0.1:8765.evil.example"},
    {"origin": "http://evil@127.0.0.1:8765"}, {"origin": "https://127.0.0.1"}, {"origin": "127.0.0.1:8765"},
    {"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"sec-fetch-site": ""},
    {"sec-fetch-site": "cross-site", "origin": HOME}, {"sec-fetch-site": "same-origin", "origin": "http://evil.example"},
    {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"},
])
def test_pages_elsewhere_change_nothing(client: TestClient, headers: dict[str, str]) -> None:
    """A post of a page elsewhere is refused, as a form and as JSON."""
    for answer in (client.post("/checkin/tell", data={"life": "3"}, headers=headers),
                   client.post("/api/v1/checkin/tell", json={"life": 3}, headers=headers)):
        assert answer.status_code == 403
    assert client.get("/api/v1/diary").json()["entries"] == 0


@pytest.mark.parametrize("headers", [
    {}, {"origin": HOME}, {"sec-fetch-site": "none"}, {"sec-fetch-site": "same-origin", "origin": HOME},
    {"origin": HOME.upper()},
])
def test_own_pages_and_scripts_may_change_things(client: TestClient, headers: dict[str, str]) -> None:
    """The app's own pages, and programs that are no browser, are let in."""
    assert client.post("/api/v1/checkin/tell", json={"life": 3}, headers=headers).status_code == 200
    assert client.get("/api/v1/diary").json()["entries"] > 0


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"])
def test_other_methods_from_elsewhere_are_refused(client: TestClient, method: str) -> None:
    """Whatever is not plainly reading counts as changing."""
    assert client.request(method, "/checkin", headers={"origin": "http://evil.example"}).status_code == 403
    assert client.request(method, "/checkin").status_code == 405


@pytest.mark.parametrize(("mode", "dest", "status"), [
    ("navigate", "document", 200), ("navigate", "empty", 200), ("navigate", "iframe", 403), ("no-cors", "image", 403),
    ("no-cors", "script", 403), ("cors", "empty", 403), ("", "", 403)])
def test_pages_elsewhere_may_lead_here_but_load_nothing(client: TestClient, mode: str, dest: str, status: int) -> None:
    """A link is followed; pictures, scripts and frames of a page elsewhere get nothing and start no work."""
    headers = {**HTML, "sec-fetch-site": "cross-site", "sec-fetch-mode": mode, "sec-fetch-dest": dest}
    assert client.get("/checkin", headers=headers).status_code == status


# ------------------------------------------------------------------------------------------------- policy


@pytest.mark.parametrize(("method", "path", "status"), [
    ("GET", "/checkin", 200), ("GET", "/", 303), ("GET", "/nothing", 404), ("POST", "/checkin", 405),
    ("GET", "/api/v1/checkin", 200), ("GET", "/checkin?date=x", 422), ("GET", "/static/x/app.css", 404),
    ("GET", "/static/app.css", 200), ("GET", "/favicon.ico", 200), ("GET", "/api/v1/openapi.json", 200),
    ("POST", "/checkin/tell", 303), ("POST", "/checkin/tell?", 303), ("HEAD", "/checkin", 200),
])
def test_the_policy_is_on_every_answer(client: TestClient, method: str, path: str, status: int) -> None:
    """Pages, redirects, faults and files all carry the same headers, each once."""
    answer = client.request(method, path, headers=HTML)
    assert answer.status_code == status
    for name, value in HEADERS.items():
        assert answer.headers.get_list(name) == [value]
    assert len(answer.headers.get_list("cache-control")) == 1


def test_the_policy_is_on_refusals_too(client: TestClient, stranger: TestClient) -> None:
    """What the guard itself answers carries the policy as well."""
    for answer in (client.get("/", headers={"host": "evil.example"}), stranger.get("/checkin", headers=HTML),
                   client.post("/checkin/tell", headers={"origin": "null"}), stranger.get("/api/v1/checkin")):
        assert answer.headers["content-security-policy"] == HEADERS["Content-Security-Policy"]
        assert answer.headers["cache-control"] == "no-store"


def test_the_policy_lets_nothing_inline_run() -> None:
    """No scripts or styles but the app's own files, no frames, no forms to elsewhere, no base."""
    policy = dict(part.split(" ", 1) for part in HEADERS["Content-Security-Policy"].split("; "))
    assert "unsafe" not in str(policy)
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == "'self'"
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


# ------------------------------------------------------------------------------------------------- pairing


@pytest.mark.parametrize("path", [
    "/checkin", "/", "/api/v1/diary", "/api/v1/openapi.json", "/sw.js", "/player", "/offline", "/checkin.json",
    "/pairs", "/pair/../checkin", "/static/../checkin", "/static/%2e%2e/checkin", "//checkin", "/nothing"])
def test_a_device_that_is_not_paired_sees_nothing(stranger: TestClient, path: str) -> None:
    """Browsers are led to the code, programs get 401; no detour leads in."""
    page, plain = stranger.get(path, headers=HTML), stranger.get(path)
    assert (page.status_code, plain.status_code) in ((303, 401), (404, 404))
    assert page.headers.get("location", "/pair") == "/pair"
    assert stranger.post(path, data={"life": "3"}).status_code in (401, 404, 405)


@pytest.mark.parametrize("shown", ["", "x", CODE, "é", "0" * 64, "Bearer"])
def test_wrong_tokens_are_refused(stranger: TestClient, shown: str) -> None:
    """Neither as a cookie nor as a bearer is anything but the token let in, not even the code itself."""
    raw = shown.encode("latin-1")
    for headers in ({"cookie": COOKIE.encode() + b"=" + raw}, {"authorization": b"Bearer " + raw},
                    {"authorization": raw}):
        assert stranger.get("/api/v1/diary", headers=headers).status_code == 401  # type: ignore[arg-type]


def paired(stranger: TestClient, code: str = CODE, **headers: str) -> int:
    """Give a code; the status of the answer."""
    return stranger.post("/pair", data={"code": code}, headers={"origin": LAN, **headers}).status_code


def test_the_code_opens_the_door_once_and_for_all(stranger: TestClient) -> None:
    """With the right code a device gets a cookie that no script reads and no page elsewhere sends, and is in."""
    assert stranger.get("/pair", headers=HTML).status_code == 200
    answer = stranger.post("/pair", data={"code": f" {CODE} "}, headers={"origin": LAN})
    assert answer.status_code == 303
    told = answer.headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    assert "path=/" in told
    assert "domain" not in told
    assert CODE not in told
    assert stranger.get("/api/v1/diary").status_code == 200
    token = stranger.cookies[COOKIE]
    stranger.cookies.clear()
    assert stranger.get("/api/v1/diary").status_code == 401
    assert stranger.get("/api/v1/diary", headers={"authorization": f"Bearer {token}"}).status_code == 200


def test_the_cookie_is_for_https_alone_where_there_is_https(tmp_path: Path) -> None:
    """Behind a proxy that encrypts, the cookie never travels in the open."""
    there = a_client(an_app(tmp_path / "diary.db", screens=SCREENS, pairing=a_pairing()), "https://runner.example")
    answer = there.post("/pair", data={"code": CODE})
    assert "secure" in answer.headers["set-cookie"].lower()


def test_another_run_of_the_program_knows_no_old_token(tmp_path: Path) -> None:
    """A token is of one run's key: a new key lets nobody in."""
    old, new = a_pairing(), a_pairing()
    new.key = b"another key"
    assert not new.opens(old.token)


def test_guessing_is_limited(stranger: TestClient, ticks: Ticks) -> None:
    """After ten wrong codes every code is wrong, the right one too, until ten minutes are over."""
    for n in range(MOST_TRIES):
        assert paired(stranger, f"{n:08}") == 403
    assert paired(stranger) == 403
    assert "Too many" in stranger.post("/pair", data={"code": CODE}).text
    ticks.now = TRY_SPAN_S + 1
    assert paired(stranger, "x") == 403
    assert paired(stranger) == 303


def test_waiting_for_the_limit_gives_no_more_tries(stranger: TestClient, ticks: Ticks) -> None:
    """Guessing on and on gives ten tries in ten minutes, not more."""
    judged = 0
    for second in range(0, 3600, 5):
        ticks.now = float(second)
        judged += "not the code" in stranger.post("/pair", data={"code": "1"}).text
    assert judged <= MOST_TRIES * (3600 / TRY_SPAN_S + 1)


def test_a_page_elsewhere_cannot_guess(stranger: TestClient) -> None:
    """Codes of pages elsewhere are refused unread and do not lock the door for the runner."""
    for _ in range(3 * MOST_TRIES):
        assert paired(stranger, "x", origin="http://evil.example") == 403
    assert paired(stranger) == 303


@pytest.mark.parametrize("body", [b"", b"code=", b"code=%ff%fe", b"code=" + b"1" * 5000, b"other=1", b"code=1&code=2"])
def test_odd_codes_are_refused(stranger: TestClient, body: bytes) -> None:
    """Whatever is sent as a code, the door answers in words."""
    kind = {"content-type": "application/x-www-form-urlencoded"}
    assert stranger.post("/pair", content=body, headers=kind).status_code in (403, 413)
    assert stranger.post("/pair", json={"code": CODE}).status_code == 403
    assert stranger.post("/pair", files=[("code", ("a", b"1"))]).status_code == 415


def test_paired_devices_are_bound_by_the_same_rules(stranger: TestClient) -> None:
    """A paired browser's cookie does not help a page elsewhere."""
    paired(stranger)
    assert stranger.post("/api/v1/checkin/tell", json={"life": 3}, headers={"origin": "null"}).status_code == 403
    assert stranger.post("/api/v1/checkin/tell", json={"life": 3}, headers={"origin": LAN}).status_code == 200
