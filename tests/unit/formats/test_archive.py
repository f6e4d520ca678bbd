"""Folders, gzip files and zip archives: what is found, and what is refused."""

from __future__ import annotations

import gzip
import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from midstance.formats import archive
from midstance.formats._format import Fault, InputError
from midstance.formats.archive import Member, Skipped, expand

if TYPE_CHECKING:
    from pathlib import Path


def zipped(members, method=zipfile.ZIP_DEFLATED):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as file:
        for name, data in members.items():
            file.writestr(name, data)
    return out.getvalue()


def write(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def contents(path):
    return [(m.name, m.read()) for m in expand(path) if isinstance(m, Member)]


def refusals(path):
    out = []
    for found in expand(path):
        if isinstance(found, Fault):
            out.append(found.says)
        elif isinstance(found, Member):
            try:
                found.read()
            except InputError as error:
                out += [fault.says for fault in error.faults]
    return out


def test_a_given_file_is_a_member_whatever_its_name(tmp_path):
    """A single file is offered as it is, and unzipped when it is gzip, whatever its ending."""
    assert contents(write(tmp_path / "a.bin", b"x")) == [("a.bin", b"x")]
    assert contents(write(tmp_path / "b.fit.gz", gzip.compress(b"y"))) == [("b.fit.gz", b"y")]
    assert contents(write(tmp_path / "c.fit", gzip.compress(b"z"))) == [("c.fit", b"z")]


def test_folders_and_archives_give_recordings_and_count_the_rest(tmp_path):
    """A folder is walked in order of names, with archives in it; other files are skipped by name."""
    root = tmp_path / "runs"
    write(root / "b.fit", b"1")
    write(root / "a" / "c.GPX", b"2")
    write(root / "photo.jpg", b"3")
    write(root / "._b.fit", b"4")
    write(root / "z.zip", zipped({"in/d.tcx.gz": gzip.compress(b"5"), "readme.txt": b"", "in/": b""}))
    assert sorted(contents(root)) == [
        ("runs/a/c.GPX", b"2"), ("runs/b.fit", b"1"), ("runs/z.zip/in/d.tcx.gz", b"5"),
    ]
    assert sorted(f.name for f in expand(root) if isinstance(f, Skipped)) == [
        "runs/._b.fit", "runs/photo.jpg", "runs/z.zip/readme.txt",
    ]


def test_nothing_is_read_before_it_is_asked_for(tmp_path):
    """Listing opens no recording: a file may vanish between listing and reading."""
    path = write(tmp_path / "a.fit", b"x")
    member = next(iter(expand(path)))
    path.unlink()
    with pytest.raises(InputError, match=r"a\.fit"):
        member.read()


def test_an_archive_in_an_archive_is_read_and_a_third_is_not(tmp_path):
    """Services export archives of archives; deeper ones are refused."""
    inner = zipped({"a.fit": b"1"})
    assert contents(write(tmp_path / "two.zip", zipped({"part1.zip": inner}))) == [("two.zip/part1.zip/a.fit", b"1")]
    three = write(tmp_path / "three.zip", zipped({"x.zip": zipped({"part1.zip": inner}), "b.fit": b"2"}))
    assert contents(three) == [("three.zip/b.fit", b"2")]
    assert "deep" in refusals(three)[0]


def test_names_that_lead_out_are_refused(tmp_path):
    """Members named with parent folders, roots or drives are left out with a fault."""
    names = ["../a.fit", "/etc/b.fit", "x/../../c.fit", "C:\\d.fit", "ok.fit", "2026-01-01T07:00:00.fit"]
    path = write(tmp_path / "p.zip", zipped(dict.fromkeys(names, b"1")))
    assert [name for name, _ in contents(path)] == ["p.zip/2026-01-01T07:00:00.fit", "p.zip/ok.fit"]
    assert len(refusals(path)) == 4


def test_zip_bombs_are_refused(tmp_path, monkeypatch):
    """What unpacks to far more than its size, or beyond the limits, is refused before memory fills."""
    zeros = bytes(20 << 20)
    assert "bomb" in refusals(write(tmp_path / "one.zip", zipped({"a.fit": zeros})))[0]
    assert "bomb" in refusals(write(tmp_path / "a.gpx.gz", gzip.compress(zeros)))[0]
    assert "bomb" in refusals(write(tmp_path / "in.zip", zipped({"b.zip": zipped({"a.fit": zeros * 2})})))[0]
    monkeypatch.setattr(archive, "MEMBER_BYTES", 1000)
    assert "larger" in refusals(write(tmp_path / "big.fit", bytes(2000)))[0]
    monkeypatch.setattr(archive, "MEMBER_BYTES", 1 << 30)
    monkeypatch.setattr(archive, "TOTAL_BYTES", 1500)
    many = write(tmp_path / "many.zip", zipped({f"{k}.fit": bytes([k]) * 400 for k in range(5)}, zipfile.ZIP_STORED))
    assert [says.startswith("with it") for says in refusals(many)] == [True, True]


def test_too_many_members_are_refused(tmp_path, monkeypatch):
    """An archive, or a folder, with more members than any runner has is not gone through."""
    monkeypatch.setattr(archive, "MOST_MEMBERS", 3)
    path = write(tmp_path / "m.zip", zipped({f"{k}.fit": b"1" for k in range(4)}))
    assert contents(path) == []
    assert "more than 3" in refusals(path)[0]
    for k in range(4):
        write(tmp_path / "f" / f"{k}.fit", b"1")
    assert len(contents(tmp_path / "f")) == 3


def test_broken_archives_are_faults(tmp_path):
    """Cut, scrambled and encrypted archives give faults that name them, never another exception."""
    good = zipped({"a.fit": b"12345" * 100, "b.fit": b"1"})
    flipped = bytearray(good)
    flipped[40] ^= 0xFF
    locked = bytearray(good)
    locked[6] |= 1
    locked[good.index(b"PK\x01\x02") + 8] |= 1
    for name, data in {"cut": good[:50], "flip": bytes(flipped), "lock": bytes(locked), "no": b"PK\x03\x04"}.items():
        assert refusals(write(tmp_path / f"{name}.zip", data))
    assert "gzip" in refusals(write(tmp_path / "x.fit.gz", gzip.compress(b"1" * 1000)[:20]))[0]


def test_links_and_missing_paths_are_not_followed(tmp_path):
    """A link in a folder is skipped, a path that is not there is a fatal fault."""
    write(tmp_path / "secret.fit", b"1")
    (tmp_path / "runs").mkdir()
    (tmp_path / "runs" / "link.fit").symlink_to(tmp_path / "secret.fit")
    assert contents(tmp_path / "runs") == []
    assert [f.fatal for f in expand(tmp_path / "nothing") if isinstance(f, Fault)] == [True]
