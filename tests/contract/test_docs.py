"""Pages: written from the objects, current, complete, and with links that lead somewhere."""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from midstance import formats as formats_package
from midstance import metrics as metrics_package
from midstance.catalogue.phases import load_phases
from midstance.cli.main import app
from midstance.discover import discover
from midstance.formats._format import Format
from midstance.formats._runner_fields import FIELDS
from midstance.formats.run_title import GRAMMAR
from midstance.metrics._metric import Metric
from midstance.planning import adherence, readiness, recall
from midstance.services.handbook import all_rules, catalogue

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LINK = re.compile(r"\[[^\]]*\]\((?P<path>[^)#\s]*)(?:#(?P<anchor>[^)\s]*))?\)")
FENCED = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def script(name: str) -> ModuleType:
    """A module of the folder docs, which is no package."""
    if str(DOCS) not in sys.path:
        sys.path.insert(0, str(DOCS))
    spec = importlib.util.spec_from_file_location(f"docs_{name}", DOCS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def generate() -> ModuleType:
    """The script that writes the reference."""
    return script("generate")


@pytest.fixture(scope="module")
def made(generate: ModuleType) -> dict[str, str]:
    """Every page of the reference, as it would be written now."""
    pages: dict[str, str] = generate.pages()
    return pages


def test_reference_is_current(generate: ModuleType, made: dict[str, str]) -> None:
    """What lies in docs/reference is what the objects say today; otherwise run make docs."""
    assert generate.stale(made) == []


def test_pages_are_the_same_each_time(generate: ModuleType, made: dict[str, str]) -> None:
    """Generating twice gives the same bytes."""
    assert generate.pages() == made


def test_check_changes_nothing_and_names_what_is_stale(
    generate: ModuleType, made: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A missing, a changed and a left-over page are named, exit status 1; writing mends all three."""
    monkeypatch.setattr(generate, "REFERENCE", tmp_path)
    generate.write(made)
    (tmp_path / "rules.md").write_text("old", encoding="utf-8")
    (tmp_path / "left-over.md").write_text("old", encoding="utf-8")
    (tmp_path / "titles.md").unlink()
    assert generate.main(["--check"]) == 1
    told = capsys.readouterr().err
    assert [name for name in ("left-over.md", "rules.md", "titles.md") if f"{name} is stale" not in told] == []
    assert (tmp_path / "rules.md").read_text("utf-8") == "old"
    generate.write(made)
    assert generate.stale(made) == []


def test_every_rule_has_its_entry(made: dict[str, str]) -> None:
    """Id, title, why, every number and every example of a rule stand on the page of the rules."""
    page = made["rules.md"]
    for rule in all_rules():
        wanted = [f'id="{rule.id}"', rule.title, rule.why, *(p.says for p in rule.params)]
        wanted += [example.week for example in rule.examples]
        assert [text for text in wanted if text not in page] == [], rule.id


def test_every_exercise_has_its_entry(made: dict[str, str]) -> None:
    """Set-up, every cue, the ladder's neighbours and every source of an exercise stand on its page."""
    for exercise in catalogue().exercises.values():
        page = made[f"exercises-{exercise.role.value}.md"]
        part = page.partition(f'<a id="{exercise.id}"></a>')[2].partition("<a id=")[0]
        wanted = [exercise.name, exercise.setup, *exercise.cues, *exercise.sources]
        wanted += [f"#{rung}" for rung in (exercise.easier, exercise.harder) if rung]
        assert [text for text in wanted if text not in part] == [], exercise.id


def test_every_source_has_its_entry(made: dict[str, str]) -> None:
    """What is taken from a source stands on the page of the sources, with at least one thing that cites it."""
    page = made["sources.md"]
    for source in catalogue().sources.values():
        part = page.partition(f'<a id="{source.id}"></a>')[2].partition("<a id=")[0]
        assert source.says in part, source.id


def test_every_number_has_its_entry(generate: ModuleType, made: dict[str, str]) -> None:
    """Every parameter, every phase and every listed default stands on the page of the numbers."""
    page = made["numbers.md"]
    defaults, missing = generate.defaults()
    wanted = [f"| `{p.id}` |" for rule in all_rules() for p in rule.params]
    wanted += [f"| {phase.value} |" for phase in load_phases().by_phase]
    wanted += [f"`{default.at}`" for default in defaults]
    wanted += [f"| `{p.id}` |" for p in (*readiness.PARAMS, *adherence.PARAMS, *recall.PARAMS)]
    assert missing == [], "docs/defaults.toml names numbers that are gone"
    assert [text for text in wanted if text not in page] == []


def test_every_command_has_its_entry(made: dict[str, str]) -> None:
    """Each command of the program has a heading on the page of the commands, and no default that means nothing."""
    page = made["commands.md"]
    commands = [name for name in app.resolved_commands() if not name.startswith("-")]
    assert len(commands) >= 6
    assert [name for name in commands if f"## midstance {name}\n" not in page] == []
    assert "default: ()" not in page


def test_every_key_of_the_runner_file_has_its_entry(made: dict[str, str]) -> None:
    """Each key stands in the page of the runner's file with what it is for."""
    page = made["runner-file.md"]
    assert [f.key for f in FIELDS if f"| `{f.key}` | {f.says}" not in page] == []


def test_every_format_and_grammar_rule_has_its_entry(made: dict[str, str]) -> None:
    """Each format and each rule of the title grammar has an anchor on its page."""
    formats = discover(formats_package, Format)
    assert [f.id for f in formats if f'id="{f.id}"' not in made["formats.md"]] == []
    assert GRAMMAR
    assert [g.id for g in GRAMMAR if f'id="{g.id}"' not in made["titles.md"]] == []


def test_every_metric_has_its_entry(made: dict[str, str]) -> None:
    """Each metric has an anchor, its unit and its validity on the page of the metrics."""
    page = made["metrics.md"]
    for metric in discover(metrics_package, Metric):
        part = page.partition(f'<a id="{metric.id}"></a>')[2].partition("<a id=")[0]
        wanted = (metric.title, metric.unit, metric.validity.value)
        assert [text for text in wanted if text not in part] == [], metric.id


def written_pages() -> list[Path]:
    """Every Markdown page of the project."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


@pytest.mark.parametrize("path", written_pages(), ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(path: Path) -> None:
    """Each link inside the project leads to a file that is there, and each anchor to an id or a heading in it."""
    broken = []
    for link in LINK.finditer(FENCED.sub("", path.read_text("utf-8"))):
        if "://" in link["path"]:
            continue
        target = (path.parent / link["path"]).resolve() if link["path"] else path
        if not target.exists() or (link["anchor"] and link["anchor"] not in anchors(target)):
            broken.append(link[0])
    assert broken == []


def anchors(path: Path) -> set[str]:
    """What can be linked to in a page: ids, and headings as their slugs."""
    text = path.read_text("utf-8")
    slugs = {re.sub(r"[^\w\- ]", "", line.lstrip("# ").lower()).replace(" ", "-") for line in text.splitlines()
             if line.startswith("#")}
    return slugs | set(re.findall(r'<a id="([^"]+)"></a>', text))


def test_decisions_are_numbered_without_gaps() -> None:
    """Decision records are numbered from 0001 on, and each says what was decided."""
    records = sorted((DOCS / "decisions").glob("*.md"))
    assert [int(r.name[:4]) for r in records] == list(range(1, len(records) + 1))
    assert [r.name for r in records if "**Decision.**" not in r.read_text("utf-8")] == []


def test_method_page_explains_every_point_that_rules_cite() -> None:
    """Each M that a rule cites is explained."""
    explained = set(re.findall(r"^\| (M\d+) \|", (DOCS / "method.md").read_text("utf-8"), re.MULTILINE))
    cited = {c for rule in all_rules() for c in rule.cites if c.startswith("M")}
    assert cited - explained == set()
