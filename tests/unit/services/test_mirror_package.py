"""Fetching the pose model: whole, checked, or refused with words that help."""

from __future__ import annotations

import gzip
import hashlib
import os
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from builders_mirror import TINY, a_package, an_archive, contents, packed_in
from midstance.formats._format import InputError
from midstance.services import mirror_fetch
from midstance.services.mirror_fetch import fetch_package
from midstance.services.mirror_package import (
    BUNDLE,
    MANIFEST,
    PACKED,
    SERVED,
    SOURCES,
    TASK,
    find_package,
    mirror_folder,
    versions,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TASK_SHA256 = "bfecc1affa1e661f4f4aaec5998ec4dcfc2ab70497dcbaffecfe900d65c17b28"
"""Of the task file that was tested in Chromium on 2026-11-23."""


def left(folder: Path) -> list[str]:
    """Everything below a folder, by its path."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def test_what_is_fetched_is_found(tmp_path: Path) -> None:
    """Model, raw networks, licences, packed copies and a manifest lie in the folder, and nothing else does."""
    made = a_package(tmp_path)
    found = find_package(made.folder, TINY)
    assert found == made
    names = {path for path in left(made.folder) if (made.folder / path).is_file()}
    assert names == {MANIFEST, *made.manifest.files}
    assert {TASK, "pose_detector.tflite", "pose_landmark_lite.tflite", "licences/LICENSE.txt",
            "licences/pose.package.json", "licences/tasks-vision.package.json", *SERVED,
            *(name + PACKED for name in SERVED)} <= names
    for name, kept in made.manifest.files.items():
        assert hashlib.sha256(made.path(name).read_bytes()).hexdigest() == kept.sha256
    for name in SERVED:
        assert gzip.decompress(made.path(name + PACKED).read_bytes()) == made.path(name).read_bytes()
    assert made.manifest.packages == {"@mediapipe/tasks-vision": "1.1.0", "@mediapipe/pose": "0.5.1675469404"}
    assert "Apache License" in made.path("licences/LICENSE.txt").read_text()
    assert left(made.folder.parent) == ["1.1.0", *(f"1.1.0/{path}" for path in left(made.folder))]


def test_what_is_there_stays(tmp_path: Path) -> None:
    """A second time nothing is asked for and nothing is written."""
    made = a_package(tmp_path)
    before = (made.folder / MANIFEST).stat().st_mtime_ns
    told: list[str] = []
    assert fetch_package(made.folder, files_from=tmp_path / "nowhere", tell=told.append, sources=TINY) == made
    assert (made.folder / MANIFEST).stat().st_mtime_ns == before
    assert told == [f"The mirror's package is there already: {made.folder}"]


def spoil_cut(folder: Path) -> None:
    (folder / BUNDLE).write_bytes((folder / BUNDLE).read_bytes()[:-1])


def spoil_gone(folder: Path) -> None:
    (folder / TASK).unlink()


def spoil_manifest(folder: Path) -> None:
    (folder / MANIFEST).write_bytes(b"{")


def spoil_version(folder: Path) -> None:
    (folder / MANIFEST).write_text((folder / MANIFEST).read_text().replace("0.5.1675469404", "0.5.1"))


@pytest.mark.parametrize("spoil", [spoil_cut, spoil_gone, spoil_manifest, spoil_version])
def test_what_is_not_whole_is_none_and_is_replaced(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    """A cut or missing file, a broken manifest or another version is no package; fetching puts it right."""
    made = a_package(tmp_path)
    spoil(made.folder)
    assert find_package(made.folder, TINY) is None
    assert a_package(tmp_path) == made


def test_no_folder_is_no_package(tmp_path: Path) -> None:
    """Where nothing was fetched, or no folder is named, nothing is found and nothing is made."""
    assert find_package(None) is None
    assert find_package(tmp_path / "mirror") is None
    assert left(tmp_path) == []


def test_only_listed_files_have_a_place(tmp_path: Path) -> None:
    """A name that the manifest does not list has no path, whatever it looks like."""
    made = a_package(tmp_path)
    with pytest.raises(KeyError):
        made.path("../../secret")


def refused(tmp_path: Path, **changed: Any) -> str:
    """Words of a fetch that fails; it must leave nothing behind."""
    folder = tmp_path / "data" / "mirror"
    with pytest.raises(InputError) as caught:
        fetch_package(folder, sources=TINY, **changed)
    assert not (tmp_path / "data").exists()
    return str(caught.value)


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    """One byte that is not the pinned one, or another length, and nothing of the package is used."""
    for change in (lambda data: data[:-1] + b"?", lambda data: data + b"?"):
        folder = packed_in(tmp_path / "packed")
        files = contents(TINY[0])
        files["package/vision_bundle.mjs"] = change(files["package/vision_bundle.mjs"])
        (folder / TINY[0].archive).write_bytes(an_archive(files))
        said = refused(tmp_path, files_from=folder)
        assert "package/vision_bundle.mjs is not the file that midstance was tested with" in said
        assert "do not use it" in said


def test_a_cut_or_foreign_archive_is_refused(tmp_path: Path) -> None:
    """An archive that ends too early at any place, or is something else, is named with what to do."""
    folder = packed_in(tmp_path / "packed")
    place = folder / TINY[1].archive
    whole = place.read_bytes()
    for data in (b"", b"<html>not found</html>", whole[:20], whole[:len(whole) // 2]):
        place.write_bytes(data)
        said = refused(tmp_path, files_from=folder)
        assert TINY[1].archive in said
        assert "delete the file and fetch it anew" in said


def test_a_missing_archive_or_member_is_named(tmp_path: Path) -> None:
    """Without one of the two files, or a file in it, the words say which and how to get it."""
    folder = packed_in(tmp_path / "packed")
    (folder / TINY[1].archive).unlink()
    assert "npm pack @mediapipe/pose@0.5.1675469404 writes it" in refused(tmp_path, files_from=folder)
    (folder / TINY[1].archive).write_bytes(an_archive({"package/README.md": contents(TINY[1])["package/README.md"]}))
    assert "is not in it" in refused(tmp_path, files_from=folder)


def test_no_name_in_an_archive_is_a_path(tmp_path: Path) -> None:
    """Members that point out of the folder, or links in place of files, are not followed and not written."""
    folder = packed_in(tmp_path / "packed")
    files = contents(TINY[0])
    evil = {"../../evil.txt": b"evil", "/tmp/evil.txt": b"evil", "package/../../evil.txt": b"evil"}
    links = {"package/link": "/etc/passwd"}
    (folder / TINY[0].archive).write_bytes(an_archive({**evil, **files}, links=links))
    made = fetch_package(tmp_path / "mirror", files_from=folder, sources=TINY)
    assert not [path for path in left(tmp_path) if "evil" in path or path.endswith("link")]
    assert made.path(BUNDLE).read_bytes() == files["package/vision_bundle.mjs"]
    del files["package/vision_bundle.mjs"]
    (folder / TINY[0].archive).write_bytes(an_archive(files, links={"package/vision_bundle.mjs": "/etc/passwd"}))
    assert "package/vision_bundle.mjs is not in it" in refused(tmp_path / "again", files_from=folder)


def an_npm(behave: Callable[[list[str], Path], tuple[int, str]]) -> Callable[..., subprocess.CompletedProcess[str]]:
    """A stand-in for running npm."""
    def run(command: list[str], *, cwd: Path, **_: Any) -> subprocess.CompletedProcess[str]:
        status, said = behave(command, cwd)
        return subprocess.CompletedProcess(command, status, "", said)
    return run


@pytest.fixture
def npm_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer that has npm."""
    monkeypatch.setattr(mirror_fetch.shutil, "which", lambda name: f"/usr/bin/{name}")


@pytest.mark.usefixtures("npm_here")
def test_npm_is_asked_for_the_pinned_versions(tmp_path: Path) -> None:
    """Both packages are asked for by name and version, no script of theirs runs, and no address is named."""
    asked: list[list[str]] = []

    def behave(command: list[str], cwd: Path) -> tuple[int, str]:
        asked.append(command[1:])
        source = next(one for one in TINY if command[2] == f"{one.package}@{one.version}")
        (cwd / source.archive).write_bytes(an_archive(contents(source)))
        return 0, ""

    told: list[str] = []
    assert fetch_package(tmp_path / "m", tell=told.append, run=an_npm(behave), sources=TINY)
    assert [one[:3] for one in asked] == [["pack", "@mediapipe/tasks-vision@1.1.0", "--ignore-scripts"],
                                          ["pack", "@mediapipe/pose@0.5.1675469404", "--ignore-scripts"]]
    assert "://" not in str(asked)
    assert told[-1] == f"The mirror is ready: {tmp_path / 'm'}"


@pytest.mark.usefixtures("npm_here")
def test_what_npm_says_is_passed_on(tmp_path: Path) -> None:
    """When npm fails, its own first words are told; when it takes too long or cannot start, that."""
    said = refused(tmp_path, run=an_npm(lambda *_: (1, "npm warn x\nnpm error code E404\nnpm error 404 Not found\n")))
    assert "@mediapipe/tasks-vision@1.1.0 did not come: code E404 404 Not found" in said
    assert "did not come: it ended with 0" in refused(tmp_path, run=an_npm(lambda *_: (0, "")))

    def slow(*_: Any, **__: Any) -> Any:
        raise subprocess.TimeoutExpired("npm", 900)

    def broken(*_: Any, **__: Any) -> Any:
        raise PermissionError(13, "Permission denied")

    assert "did not come within 15 minutes" in refused(tmp_path, run=slow)
    assert "cannot be started (Permission denied)" in refused(tmp_path, run=broken)


def test_without_npm_the_way_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer without npm is told how to install it, and how to do without."""
    monkeypatch.setattr(mirror_fetch.shutil, "which", lambda _: None)
    said = refused(tmp_path)
    assert all(words in said for words in (
        "npm is not here", "Node.js", "npm pack @mediapipe/tasks-vision@1.1.0",
        "npm pack @mediapipe/pose@0.5.1675469404", "midstance mirror --fetch --from FOLDER"))


def test_a_disk_that_refuses_is_told(tmp_path: Path) -> None:
    """Where the folder cannot be written the words say so, and nothing half-written is left."""
    (tmp_path / "data").write_text("a file where a folder should be")
    with pytest.raises(InputError, match="cannot be written") as caught:
        fetch_package(tmp_path / "data" / "mirror" / "1.1.0", files_from=packed_in(tmp_path / "packed"), sources=TINY)
    assert "MIDSTANCE_MIRROR" in str(caught.value)
    assert left(tmp_path / "packed") == sorted(source.archive for source in TINY)


def test_a_full_disk_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk is full in the middle, what was there before is there still."""
    made = a_package(tmp_path)
    spoil_gone(made.folder)
    before = left(made.folder.parent)

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(InputError, match="No space left on device"):
        fetch_package(made.folder, files_from=tmp_path / "packed", sources=TINY)
    assert left(made.folder.parent) == before


def test_the_folder_follows_the_environment() -> None:
    """``MIDSTANCE_MIRROR`` wins, then the user's data folder; a relative one is void."""
    home = Path("/home/ana")
    assert mirror_folder({"MIDSTANCE_MIRROR": "/srv/m"}, home) == Path("/srv/m/1.1.0")
    assert mirror_folder({"XDG_DATA_HOME": "/data"}, home) == Path("/data/midstance/mirror/1.1.0")
    assert mirror_folder({"XDG_DATA_HOME": "data"}, home) == home / ".local/share/midstance/mirror/1.1.0"
    assert mirror_folder({}, home, windows=True) == home / "AppData/Local/midstance/mirror/1.1.0"


def test_the_real_package_is_the_one_that_was_tested() -> None:
    """Where ``make mirror`` was done, the model made from it is byte for byte the one tested in Chromium."""
    package = find_package(mirror_folder(os.environ, Path.home(), windows=os.name == "nt"))
    if package is None:
        pytest.skip("NO POSE MODEL: make mirror fetches it")
    assert package.manifest.packages == versions(SOURCES)
    assert hashlib.sha256(package.path(TASK).read_bytes()).hexdigest() == TASK_SHA256
    for source in SOURCES:
        for pinned in source.files:
            assert hashlib.sha256(package.path(pinned.name).read_bytes()).hexdigest() == pinned.sha256
