"""The pose model on this computer: where it lies, what belongs to it, whether it is there and whole.

It is not part of midstance: ``make mirror`` fetches it once (``services.mirror_fetch``), from packages whose versions
and contents are pinned here. Nothing is loaded from elsewhere afterwards.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

if TYPE_CHECKING:
    from collections.abc import Mapping

VERSION: Final = "1.1.0"
"""Version of the runtime, which also names the package's folder."""
FORMAT: Final = "midstance-mirror/1"
MANIFEST: Final = "manifest.json"
BUNDLE, LOADER, RUNTIME = "vision_bundle.mjs", "wasm/vision_wasm_internal.js", "wasm/vision_wasm_internal.wasm"
TASK, DETECTOR, LANDMARKS = "pose_lite.task", "pose_detector.tflite", "pose_landmark_lite.tflite"
PACKED: Final = ".gz"
SERVED: Final[dict[str, str]] = {
    BUNDLE: "text/javascript; charset=utf-8", LOADER: "text/javascript; charset=utf-8",
    RUNTIME: "application/wasm", TASK: "application/octet-stream"}
"""Files that the browser asks for, with their media types; each also lies there packed."""
HOW_TO_GET: Final = "make mirror in the checkout, or midstance mirror --fetch, fetches it once"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pinned:
    """One file of a package, as it must be.

    Attributes:
        member: Its path inside the package.
        name: Its name in the mirror's folder.
        sha256: Digest of its content.
        size: Its length [bytes].
    """

    member: str
    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A package of the npm registry.

    Attributes:
        package: Its name.
        version: The one version that is taken.
        licence: Its licence as it says itself.
        files: What is taken of it.
    """

    package: str
    version: str
    licence: str
    files: tuple[Pinned, ...]

    @property
    def archive(self) -> str:
        """Name of the file that ``npm pack`` writes."""
        return f"{self.package.removeprefix('@').replace('/', '-')}-{self.version}.tgz"


SOURCES: Final = (
    Source(package="@mediapipe/tasks-vision", version=VERSION, licence="Apache-2.0", files=(
        Pinned(member="package/vision_bundle.mjs", name=BUNDLE, size=156135,
               sha256="9d5fc9ef74b22329cf9aa88dc543956d192b8c254210b187271614713eb5b10c"),
        Pinned(member="package/wasm/vision_wasm_internal.js", name=LOADER, size=335393,
               sha256="7c652617b5bef832f42878ce8c5f752b0724bca6054e4bc1013a37d4b1949723"),
        Pinned(member="package/wasm/vision_wasm_internal.wasm", name=RUNTIME, size=12997248,
               sha256="782eda3ec1f414fdb4f1d66a8b59093eb4d5ab437e06117796abf05962d68eef"),
        Pinned(member="package/package.json", name="licences/tasks-vision.package.json", size=1192,
               sha256="1b6bd640d09f7233cb8b9f8c5381ed706743ce97eb970db267db975089ab7663"),
        Pinned(member="package/README.md", name="licences/tasks-vision.README.md", size=9259,
               sha256="8326ed0beb1983b69cccb190937c2e368388969cb3ade06010fe51e0d5339308"))),
    Source(package="@mediapipe/pose", version="0.5.1675469404", licence="Apache-2.0", files=(
        Pinned(member="package/pose_solution_packed_assets.data", name=DETECTOR, size=2962288,
               sha256="a63c614bef30d35947f13be361820b1e4e3bec9cfeebf4d11216a18373108e85"),
        Pinned(member="package/pose_landmark_lite.tflite", name=LANDMARKS, size=2819824,
               sha256="f17bfbecadb61c3be1baa8b8d851cc6619c870a87167b32848ad20db306b9d61"),
        Pinned(member="package/package.json", name="licences/pose.package.json", size=849,
               sha256="0e082c0391f92c2c7b1a28585da39017e6a48d36e021cef593fb8b5514ba4478"),
        Pinned(member="package/README.md", name="licences/pose.README.md", size=379,
               sha256="9dad28188ae54ea420e3d29c23360b040a0dfb88954b99a3e456b8a8c93cf2a1"))),
)
"""The packages, taken as they were on 2026-11-23; the one asset of ``pose`` is its detector and nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptFile:
    """A file of the package: its digest and its length [bytes]."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What stands in the package's ``manifest.json``.

    Attributes:
        format: ``midstance-mirror/1``.
        packages: Name and version of what it was made from.
        files: Every file by its name.
    """

    format: str
    packages: dict[str, str]
    files: dict[str, KeptFile]


@dataclass(frozen=True, slots=True, kw_only=True)
class MirrorPackage:
    """The pose model, there and whole.

    Attributes:
        folder: Where it lies.
        digest: Ten letters that change with its content, for addresses that may be kept for good.
        manifest: What belongs to it.
    """

    folder: Path
    digest: str
    manifest: Manifest

    def path(self, name: str) -> Path:
        """Give the place of a file.

        Raises: KeyError: No such file belongs to it.
        """
        if name not in self.manifest.files:
            raise KeyError(name)
        return self.folder / name

    @property
    def bytes_to_load(self) -> int:
        """How much a browser loads on the first use, packed [bytes]."""
        return sum(self.manifest.files[name + PACKED].size for name in SERVED)


def mirror_folder(environment: Mapping[str, str], home: Path, *, windows: bool = False) -> Path:
    """Say where the package lies when nobody says it.

    Args:
        environment: Variables of the environment.
        home: The user's home folder.
        windows: Whether this is Windows, which has a folder of its own for data.
    Returns: A folder named after the version, in ``MIDSTANCE_MIRROR``, else in the user's data folder (XDG).

    >>> mirror_folder({}, Path("/home/ana")).as_posix()
    '/home/ana/.local/share/midstance/mirror/1.1.0'
    """
    if named := environment.get("MIDSTANCE_MIRROR"):
        return Path(named) / VERSION
    given = Path(environment.get("LOCALAPPDATA" if windows else "XDG_DATA_HOME", ""))
    usual = home / ("AppData/Local" if windows else ".local/share")
    return (given if given.is_absolute() else usual) / "midstance" / "mirror" / VERSION


def find_package(folder: Path | None, sources: tuple[Source, ...] = SOURCES) -> MirrorPackage | None:
    """Look whether the package is there, with every file at its length; contents were checked when it was fetched.

    Args:
        folder: As ``mirror_folder`` names it; None is none.
        sources: What it must be made from.
    Returns: The package, or None where it is missing, of another version, or not whole.
    """
    if folder is None:
        return None
    try:
        text = (folder / MANIFEST).read_bytes()
        manifest = msgspec.json.decode(text, type=Manifest)
        whole = all((folder / name).stat().st_size == kept.size for name, kept in manifest.files.items())
    except (OSError, msgspec.MsgspecError):
        return None
    if not whole or manifest.format != FORMAT or manifest.packages != versions(sources):
        return None
    return MirrorPackage(folder=folder, digest=digest_of(manifest), manifest=manifest)


def versions(sources: tuple[Source, ...]) -> dict[str, str]:
    """Name packages with their versions."""
    return {source.package: source.version for source in sources}


def digest_of(manifest: Manifest) -> str:
    """Draw up a few letters that stand for the content of all files."""
    lines = "\n".join(f"{name} {kept.sha256}" for name, kept in sorted(manifest.files.items()))
    return hashlib.sha256(lines.encode()).hexdigest()[:10]
