"""Fetch the pose model once: two npm packages, a few files of each, checked against pinned digests, put down whole.

The user's own ``npm`` fetches them, as it is set up here; no address is named. On a computer without it, the two files
that ``npm pack`` writes elsewhere are enough.
"""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
import zlib
from contextlib import contextmanager
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from midstance.formats._format import refusal
from midstance.formats.pose_task import task_file
from midstance.services.mirror_package import (
    DETECTOR,
    FORMAT,
    LANDMARKS,
    MANIFEST,
    PACKED,
    SERVED,
    SOURCES,
    TASK,
    KeptFile,
    Manifest,
    MirrorPackage,
    Pinned,
    Source,
    find_package,
    versions,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    Tell = Callable[[str], None]
    Run = Callable[..., subprocess.CompletedProcess[str]]

NPM = "npm"
MOST_S = 900
"""How long one package may take [s]; midstance default: 41 MB over a slow line."""
NO_NPM = ("install Node.js, which brings npm (Debian: apt install npm); or run on another computer {commands}, bring "
          "the two files here, and name their folder: midstance mirror --fetch --from FOLDER")
ANEW = "delete the file and fetch it anew"


def fetch_package(
    folder: Path, *, files_from: Path | None = None, tell: Tell = lambda _: None, run: Run = subprocess.run,
    sources: tuple[Source, ...] = SOURCES,
) -> MirrorPackage:
    """Put the package into its folder; one that is there and whole stays, one that is not is replaced.

    Args:
        folder: As ``mirror_package.mirror_folder`` names it.
        files_from: Folder with the two files of ``npm pack``; None asks npm for them.
        tell: Takes a line for each step.
        run: Runs a program, as ``subprocess.run`` does.
        sources: The packages and what is taken of them.
    Returns: The package.
    Raises: InputError: npm is missing or fails, a file is missing, cut or not the pinned one, or the disk refuses.
    """
    there = find_package(folder, sources)
    if there is not None:
        tell(f"The mirror's package is there already: {folder}")
        return there
    with tempfile.TemporaryDirectory(prefix="midstance-mirror-") as work:
        place = files_from or asked_npm(Path(work), sources, tell, run)
        taken: dict[str, bytes] = {}
        for source in sources:
            taken |= files_of(place / source.archive, source)
    tell("Putting it together")
    with disk_in_words(folder):
        put_down(folder, made_of(taken, sources), sources)
    found = find_package(folder, sources)
    if found is None:
        raise refusal(str(folder), "what was written there is not what was meant", "delete the folder and fetch again")
    tell(f"The mirror is ready: {folder}")
    return found


def asked_npm(work: Path, sources: tuple[Source, ...], tell: Tell, run: Run) -> Path:
    """Let npm fetch the packages into a folder.

    Raises: InputError: There is no npm, or it fails; its own words are passed on.
    """
    program = shutil.which(NPM)
    if program is None:
        commands = " and ".join(f"npm pack {source.package}@{source.version}" for source in sources)
        raise refusal(NPM, "the program npm is not here", NO_NPM.format(commands=commands))
    for source in sources:
        wanted = f"{source.package}@{source.version}"
        tell(f"npm fetches {wanted}")
        try:
            done = run([program, "pack", wanted, "--ignore-scripts", "--pack-destination", str(work)], cwd=work,
                       capture_output=True, text=True, check=False, timeout=MOST_S, stdin=subprocess.DEVNULL)
        except subprocess.TimeoutExpired:
            raise refusal(NPM, f"{wanted} did not come within {MOST_S // 60} minutes", "try again later") from None
        except OSError as error:
            raise refusal(NPM, f"cannot be started ({error.strerror or error})", "look at the installed npm") from None
        if done.returncode or not (work / source.archive).is_file():
            raise refusal(NPM, f"{wanted} did not come: {said_by(done)}",
                          "check the connection and npm's own settings: npm ping")
    return work


def said_by(done: subprocess.CompletedProcess[str]) -> str:
    """Pick what npm said about its failure: its first error lines."""
    lines = [line.removeprefix("npm error").removeprefix("npm ERR!").strip() for line in done.stderr.splitlines()
             if line.startswith(("npm error", "npm ERR!"))]
    return " ".join([line for line in lines if line][:3]) or f"it ended with {done.returncode}"


def files_of(archive: Path, source: Source) -> dict[str, bytes]:
    """Take the pinned files out of a package; nothing else is unpacked, and no name in it is used as a path.

    Raises: InputError: It is missing, cut, or a file in it is not the pinned one.
    """
    wanted = {pinned.member: pinned for pinned in source.files}
    found: dict[str, bytes] = {}
    try:
        with tarfile.open(archive, "r:gz") as package:
            for member in package:
                pinned = wanted.get(member.name)
                if pinned is None or pinned.name in found or not member.isreg():
                    continue
                found[pinned.name] = content_of(package, member, pinned, archive)
                if len(found) == len(wanted):
                    break
    except FileNotFoundError:
        raise refusal(str(archive), "is not there", f"npm pack {source.package}@{source.version} writes it") from None
    except (tarfile.TarError, EOFError, zlib.error, gzip.BadGzipFile):
        raise refusal(str(archive), "is cut off, or no package of npm", ANEW) from None
    except OSError as error:
        raise refusal(str(archive), f"cannot be read ({error.strerror or error})", ANEW) from None
    missing = sorted(pinned.member for pinned in source.files if pinned.name not in found)
    if missing:
        raise refusal(str(archive), f"{missing[0]} is not in it", ANEW)
    return found


def content_of(package: tarfile.TarFile, member: tarfile.TarInfo, pinned: Pinned, archive: Path) -> bytes:
    """Read one member and compare it with its pin.

    Raises: InputError: It is not the pinned file.
    """
    data = b""
    if member.size == pinned.size:
        opened = package.extractfile(member)
        data = opened.read() if opened else b""
    if hashlib.sha256(data).hexdigest() != pinned.sha256:
        raise refusal(str(archive), f"{pinned.member} is not the file that midstance was tested with",
                      "fetch this very version; if it is, somebody changed the package: do not use it",
                      place=pinned.member)
    return data


def made_of(taken: Mapping[str, bytes], sources: tuple[Source, ...]) -> dict[str, bytes]:
    """Add what is made from the files: the model as the browser wants it, packed copies, and the licences' text."""
    files = dict(taken)
    files[TASK] = task_file(
        {"pose_detector.tflite": taken[DETECTOR], "pose_landmarks_detector.tflite": taken[LANDMARKS]})
    files |= {name + PACKED: gzip.compress(files[name], 9, mtime=0) for name in SERVED}
    lines = [f"{source.package} {source.version}, {source.licence}, by the MediaPipe authors" for source in sources]
    files["licences/LICENSE.txt"] = ("\n".join([*lines, "", apache()])).encode()
    return files


def apache() -> str:
    """Give the text of the Apache License 2.0, which is also midstance's own."""
    try:
        return distribution("midstance").read_text("licenses/LICENSE") or ""
    except PackageNotFoundError:
        return ""


def put_down(folder: Path, files: Mapping[str, bytes], sources: tuple[Source, ...]) -> None:
    """Write all files beside the folder and change over at once; what was there before is gone only then.

    Raises: OSError: The disk refuses; nothing is left behind.
    """
    manifest = Manifest(
        format=FORMAT, packages=versions(sources),
        files={name: KeptFile(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
               for name, data in sorted(files.items())})
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=f".{folder.name}."))
    try:
        for name, data in files.items():
            (beside / name).parent.mkdir(exist_ok=True)
            (beside / name).write_bytes(data)
        (beside / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
        beside.chmod(0o755)
        if folder.exists():
            folder.replace(beside / ".before")
        beside.replace(folder)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    shutil.rmtree(folder / ".before", ignore_errors=True)


@contextmanager
def disk_in_words(folder: Path) -> Iterator[None]:
    """Turn what the disk refuses into a fault.

    Raises: InputError: In place of ``OSError``.
    """
    try:
        yield
    except OSError as error:
        raise refusal(str(folder), f"cannot be written ({error.strerror or error})",
                      "make room (40 MB), or name another folder: MIDSTANCE_MIRROR=FOLDER") from None
