"""Walk through a document: save the files it names, run its console blocks, and give it back with what they print.

A file is a fenced block after a line that ends in "as `NAME`:". A ``console`` block holds lines that begin with ``$``,
each followed by what it prints; the commands of a block run in one shell, one after the other, in one folder.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

FENCED = re.compile(r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$", re.MULTILINE | re.DOTALL)
SAVED = re.compile(r"as `(?P<name>[\w.-]+)`:\s*\Z")
MARK = "@@@ next @@@"
IDS = (
    (re.compile(r"\bb-[0-9a-f]{12}\b"), "b-0123456789ab"),
    (re.compile(r"\b(?<=[( ])[0-9a-f]{8}(?=[) ])"), "0123abcd"),
)
"""Ids that differ from diary to diary, and what a page shows for all of them."""
PLACE = re.compile(r"(?<= )/\S*(?=/\.local/)")
LONGEST_S = 120


def walk(text: str, folder: Path) -> str:
    """Do everything a document tells its reader to do.

    Args:
        text: The document, Markdown.
        folder: An empty folder in which the commands run.
    Returns: The document with what the commands really print.
    """

    def step(block: re.Match[str]) -> str:
        kind, body = block["kind"], block["body"]
        saved = SAVED.search(text, 0, block.start())
        if kind == "console":
            commands = [line.removeprefix("$ ") for line in body.splitlines() if line.startswith("$ ")]
            return f"```console\n{told(commands, folder)}```"
        if saved is not None:
            (folder / saved["name"]).write_text(body, encoding="utf-8")
        return block[0]

    return FENCED.sub(step, text)


def told(commands: Sequence[str], folder: Path) -> str:
    """Run commands in one shell and write them with what each prints, standard error too."""
    lines = ["exec 2>&1", "status=0"]
    for command in commands:
        lines += [f"(exit $status); {command}", "status=$?", f"printf '%s\\n' '{MARK}'"]
    done = subprocess.run(
        ["/bin/sh", "-c", "\n".join(lines)], cwd=folder, env=surroundings(folder), stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL, timeout=LONGEST_S, check=False,
    )
    text = PLACE.sub("~", done.stdout.decode("utf-8"))
    for pattern, shown in IDS:
        text = pattern.sub(shown, text)
    printed = text.split(f"{MARK}\n")
    return "".join(f"$ {command}\n{output}" for command, output in zip(commands, printed, strict=False))


def surroundings(folder: Path) -> dict[str, str]:
    """Give the environment of the commands: this Python's programs first, 80 columns, nothing of the user's."""
    programs = os.pathsep.join((str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)))
    return {"PATH": programs, "HOME": str(folder), "COLUMNS": "80", "LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"}
