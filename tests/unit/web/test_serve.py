"""Where the app listens, and what it asks of others there."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

import httpx
import pytest
import uvicorn

from midstance.formats._format import InputError
from midstance.web.serve import CODE_DIGITS, LEAST_PASSWORD, PLAIN, Door, listen, own_name, pairing_of, serve
from web import morning

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterator
    from pathlib import Path


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.0.0.2"])
def test_on_this_machine_no_code_is_needed(host: str) -> None:
    """Loopback needs neither account nor code, and a password set for other times does no harm."""
    assert pairing_of(Door(host=host)) is None
    assert pairing_of(Door(host=host, password="x")) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.2", "runner.local", ""])
def test_elsewhere_a_code_is_made_or_the_password_asked(host: str) -> None:
    """Without a password a code of eight digits is made, new at each start; with one, it is asked for."""
    one, other = pairing_of(Door(host=host)), pairing_of(Door(host=host))
    assert one is not None
    assert other is not None
    assert len(one.code) == CODE_DIGITS
    assert one.code.isdecimal()
    assert (one.code, one.key) != (other.code, other.key)
    told = pairing_of(Door(host=host, password="correct horse"))
    assert told is not None
    assert told.matches("correct horse")
    assert not told.opens(one.token)


@pytest.mark.parametrize("password", ["1", "x" * (LEAST_PASSWORD - 1)])
def test_a_short_password_is_refused(password: str) -> None:
    """A password that is guessed at once is worse than the code."""
    with pytest.raises(InputError, match="fewer than 8"):
        pairing_of(Door(host="0.0.0.0", password=password))


def test_a_port_that_is_taken_is_told() -> None:
    """Two programs cannot have one port: it is said, with what to do."""
    with listen(Door(port=0)) as first, pytest.raises(InputError, match=r"cannot be used.*--port"):
        listen(Door(port=first.getsockname()[1]))


@pytest.mark.parametrize("door", [Door(port=70_000), Door(port=-1), Door(host="256.1.1.1"), Door(host="192.0.2.1"),
                                  Door(host="no such name.invalid")])
def test_a_door_that_cannot_be_is_told(door: Door) -> None:
    """Ports and addresses that this machine does not have are faults in words."""
    with pytest.raises(InputError):
        listen(door)


def test_the_machine_has_a_name_for_others() -> None:
    """The name that is printed for phones is a whole one."""
    assert "." in own_name()


@contextmanager
def running(place: Path, door: Door, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Serve in a thread; the lines that a person reads."""
    lines: list[str] = []
    made: list[uvicorn.Server] = []
    ready, begun = threading.Event(), uvicorn.Server.startup

    async def startup(self: uvicorn.Server, sockets: list[socket.socket] | None = None) -> None:
        made.append(self)
        await begun(self, sockets)
        ready.set()

    monkeypatch.setattr(uvicorn.Server, "startup", startup)
    thread = threading.Thread(target=serve, args=(str(place), door),
                              kwargs={"clock": morning, "tell": lines.append}, daemon=True)
    thread.start()
    assert ready.wait(20)
    yield lines
    made[0].should_exit = True
    thread.join(10)
    assert not thread.is_alive()


def test_it_says_where_it_is_and_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line names the address; the diary is made; the first page leads on."""
    with running(tmp_path / "new" / "diary.db", Door(port=0), monkeypatch) as lines:
        assert len(lines) == 1
        address = lines[0].rpartition(" ")[2]
        answer = httpx.get(address + "/", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, "/today")
        assert "server" not in answer.headers
        assert httpx.get(address + "/", headers={"host": "evil.example"}).status_code == 421
    assert (tmp_path / "new" / "diary.db").is_file()


def test_an_unusual_loopback_address_answers_to_its_own_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was printed can be opened."""
    with running(tmp_path / "diary.db", Door(host="127.0.0.2", port=0), monkeypatch) as lines:
        assert httpx.get(lines[0].rpartition(" ")[2] + "/").status_code == 303


@pytest.mark.parametrize("password", ["", "correct horse"])
def test_for_others_it_tells_the_code_but_never_the_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str,
) -> None:
    """A code is printed for who stands at the machine; a password is not; both warn that the way is open."""
    door = Door(host="0.0.0.0", port=0, password=password)
    with running(tmp_path / "diary.db", door, monkeypatch) as lines:
        assert PLAIN in lines
        assert "correct horse" not in " ".join(lines)
        address = lines[0].rpartition(" ")[2]
        assert httpx.get(address + "/api/v1/diary").status_code == 401
        code = password or lines[1].rpartition(" ")[2]
        assert httpx.post(address + "/pair", data={"code": code}).status_code == 303


def test_a_diary_that_cannot_be_used_is_told_before_the_port_is_taken(tmp_path: Path) -> None:
    """A file that is no diary stops the start."""
    (tmp_path / "diary.db").write_bytes(b"no diary at all, only text" * 100)
    with pytest.raises(InputError):
        serve(str(tmp_path / "diary.db"), Door(port=0), clock=morning, tell=lambda _: None)
