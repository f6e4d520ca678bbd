"""Bodies are bounded and read once; files lie in a folder of their own that is gone when the request is over."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from midstance.formats._format import refusal
from midstance.web import bodies
from midstance.web._screen import Action, Answer, Nothing, Screen, Visit
from midstance.web.bodies import MOST_FIELDS, safe_name
from web import a_client, an_app

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.testclient import TestClient

MOST = 1 << 16
URLENCODED = {"content-type": "application/x-www-form-urlencoded"}
BOUNDARY = "b0undary"
MULTIPART = {"content-type": f"multipart/form-data; boundary={BOUNDARY}"}
SEEN: list[Path] = []


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Fields of the toy."""

    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Got:
    """What the toy saw."""

    word: str
    files: tuple[tuple[str, str, int], ...]


def take(wish: Words, visit: Visit) -> Got:
    """Look at what was handed in."""
    SEEN.extend(upload.path for upload in visit.upload)
    return Got(word=wish.word, files=tuple(
        (upload.name, upload.path.name, upload.path.stat().st_size) for upload in visit.upload))


def refuse(wish: Words, visit: Visit) -> Answer:
    """Look, and refuse."""
    take(wish, visit)
    raise refusal("toy", "this is nothing")


def fall(wish: Words, visit: Visit) -> Answer:
    """Look, and break."""
    take(wish, visit)
    raise RuntimeError("broken")


TOY = Screen(id="toy", path="/toy", title="Toy", context=Words, load=lambda *_: Words(), page=False, needs_plan=False,
             actions=(Action(name="take", title="Take", wish=Words, do=take, answer=Got, files=True, most_bytes=MOST),
                      Action(name="words", title="Take words", wish=Words, do=take, answer=Got),
                      Action(name="refuse", title="Refuse", wish=Words, do=refuse, files=True),
                      Action(name="fall", title="Fall", wish=Words, do=fall, files=True),
                      Action(name="nothing", title="Nothing", wish=Nothing, do=lambda *_: Answer())))


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go during the test."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    SEEN.clear()
    return folder


@pytest.fixture
def client(tmp_path: Path, temporary: Path) -> TestClient:
    """A client of an app with the toy alone."""
    return a_client(an_app(tmp_path / "diary.db", screens=(TOY,)))


def part(name: str, value: bytes = b"x", filename: str | None = None) -> bytes:
    """One part of a multipart body, as bytes, so that it can say what no honest client would."""
    file = f'; filename="{filename}"' if filename is not None else ""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{file}\r\n\r\n'
    return head.encode() + value + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def test_words_and_files_come_together(client: TestClient, temporary: Path) -> None:
    """Fields are fields, files are files, and afterwards the folder is empty."""
    told = client.post("/api/v1/toy/take", data={"word": "hello"}, files=[("f", ("a.fit", b"12345"))])
    assert told.json() == {"word": "hello", "files": [["a.fit", "a.fit", 5]]}
    assert SEEN
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize(("action", "status"), [("refuse", 422), ("fall", 500)])
def test_files_are_gone_after_faults_too(client: TestClient, temporary: Path, action: str, status: int) -> None:
    """Neither a refusal nor a broken program leaves a runner's files behind."""
    assert client.post(f"/api/v1/toy/{action}", files=[("f", ("a.fit", b"12345"))]).status_code == status
    assert len(SEEN) == 1
    assert list(temporary.iterdir()) == []


def test_files_are_gone_when_the_disk_is_full(
    client: TestClient, temporary: Path, monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A file that cannot be kept takes the others with it."""
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(bodies, "_keep", full)
    assert client.post("/api/v1/toy/take", files=[("f", ("a.fit", b"12345"))]).status_code == 500
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("name", [
    "../../x", "..", "/etc/passwd", "C:\\runs\\x.fit", "a/b/c.gpx", "x" * 900, "漢" * 500 + ".fit", ".hidden", "",
    "a\x01b", "con", "..%2f..%2fx", " ", "a:b|c?.tcx",
])
def test_names_of_files_lead_nowhere(client: TestClient, temporary: Path, name: str) -> None:
    """Whatever a browser calls a file, it lies in the request's own folder under a plain name."""
    body = part("f", b"123", name) + END
    told = client.post("/api/v1/toy/take", content=body, headers=MULTIPART)
    assert told.status_code == 200
    for path in SEEN:
        assert path.parents[2] == temporary
        assert ".." not in path.parts
        assert not path.name.startswith(".")
    assert list(temporary.iterdir()) == []


@given(st.text())
def test_every_name_becomes_one_that_every_file_system_takes(name: str) -> None:
    """A name is never empty, never a path, never too long."""
    safe = safe_name(name)
    assert 0 < len(safe.encode()) <= 200
    assert not set(safe) & set('/\\\x00<>:"|?*')
    assert not safe.startswith(".")


def test_files_of_one_name_are_kept_apart(client: TestClient) -> None:
    """Two files of the same name are two files."""
    files = [("f", ("a.fit", b"1")), ("f", ("a.fit", b"22"))]
    told = client.post("/api/v1/toy/take", files=files).json()["files"]
    assert told == [["a.fit", "a.fit", 1], ["a.fit", "a.fit", 2]]


def test_a_body_that_says_it_is_too_long_is_not_read(client: TestClient) -> None:
    """The length that is told is believed where it is too long."""
    told = client.post("/api/v1/toy/take", content=b"", headers={**URLENCODED, "content-length": str(1 << 40)})
    assert told.status_code == 413
    assert "64 kB" in told.json()["faults"][0]["says"]


@pytest.mark.parametrize("length", ["", "-1", "1e3", "0x10", "²", "9" * 5000, "1, 1"])
def test_a_length_that_is_none_is_refused(client: TestClient, length: str) -> None:
    """A length that cannot be read is refused, not trusted."""
    headers = {**URLENCODED, "content-length": length.encode("latin-1")}
    assert client.post("/api/v1/toy/take", content=b"word=a", headers=headers).status_code == 413  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "application/json", MULTIPART["content-type"]])
def test_a_body_longer_than_it_says_is_cut_off(client: TestClient, temporary: Path, kind: str) -> None:
    """A stream without a length, or with a false one, is counted while it comes."""
    sent = []

    def stream() -> object:
        yield part("f", b"", "a.fit")[:-2] if "multipart" in kind else b"word="
        for n in range(1000):
            sent.append(n)
            yield b"a" * 1024

    for length in ({}, {"content-length": "10"}):
        sent.clear()
        told = client.post("/api/v1/toy/take", content=stream(), headers={"content-type": kind, **length})
        assert told.status_code == 413
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("body", [
    b"", b"garbage", END, part("word")[:-9], part("word") * 2, b"--" + BOUNDARY.encode() + b"\r\n\r\nx\r\n" + END,
    f"--{BOUNDARY}\r\nContent-Disposition: form-data\r\n\r\nx\r\n".encode() + END,
    f"--{BOUNDARY}\r\nContent-Disposition\r\n\r\nx\r\n".encode() + END,
    f"--{BOUNDARY}\r\n{'X: y' * 5000}\r\n\r\nx\r\n".encode() + END,
    part("word", b"\xff\xfe") + END, part("\udcff".encode(errors="surrogateescape").decode("latin-1")) + END,
])
def test_garbled_forms_with_files_are_told(client: TestClient, temporary: Path, body: bytes) -> None:
    """What is no form of parts is refused in words or read as what is left of it; the program does not break."""
    told = client.post("/api/v1/toy/take", content=body, headers=MULTIPART)
    assert told.status_code in (200, 400, 422)
    assert list(temporary.iterdir()) == []


@pytest.mark.parametrize("kind", [f"multipart/form-data{rest}" for rest in ("", "; boundary=", "; boundary=é")])
def test_forms_with_files_need_their_boundary(client: TestClient, kind: str) -> None:
    """A form of parts whose parts cannot be told apart is refused."""
    headers = {"content-type": kind.encode("latin-1")}
    assert client.post("/api/v1/toy/take", content=part("word") + END, headers=headers).status_code == 400  # type: ignore[arg-type]


def test_too_many_parts_are_refused(client: TestClient, temporary: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bomb of small parts is stopped at a count, whether they are fields or files."""
    monkeypatch.setattr(bodies, "MOST_FILES", 50)
    monkeypatch.setattr(bodies, "MOST_FIELDS", 50)
    for one in (part("word"), part("f", b"", "a")):
        told = client.post("/api/v1/toy/take", content=one * 51 + END, headers=MULTIPART)
        assert told.status_code == 400
        assert "Too many" in told.json()["faults"][0]["says"]
    assert list(temporary.iterdir()) == []


def test_too_many_fields_of_a_plain_form_are_refused(client: TestClient) -> None:
    """A plain form is bounded in its number of fields as well."""
    body = b"&".join(b"word=a" for _ in range(MOST_FIELDS + 1))
    assert client.post("/api/v1/toy/words", content=body, headers=URLENCODED).status_code == 400


def test_files_are_refused_where_none_are_taken(client: TestClient) -> None:
    """An action without files does not even begin to read them."""
    told = client.post("/api/v1/toy/words", files=[("f", ("a.fit", b"12345"))])
    assert told.status_code == 415
    assert SEEN == []


@pytest.mark.parametrize("kind", ["text/plain", "text/xml", "application/octet-stream", "text/plain; application/json"])
def test_bodies_of_other_kinds_are_refused(client: TestClient, kind: str) -> None:
    """What a page elsewhere may send without asking (text) is no JSON here."""
    told = client.post("/api/v1/toy/words", content=b'{"word": "a"}', headers={"content-type": kind})
    assert told.status_code == 415
    assert "application/json" in told.json()["faults"][0]["remedy"]


def test_json_is_taken_with_a_charset_and_an_empty_body_is_no_fields(client: TestClient) -> None:
    """A parameter behind the kind does not matter; nothing sent is nothing said."""
    kind = {"content-type": "Application/JSON; charset=utf-8"}
    assert client.post("/api/v1/toy/words", content=json.dumps({"word": "é"}), headers=kind).json()["word"] == "é"
    assert client.post("/api/v1/toy/nothing").status_code == 200
