"""What every source record must keep."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from midstance.catalogue.load import load_catalogue
from midstance.domain.evidence import Provenance, Source

SOURCES = tuple(load_catalogue().sources.values())
EVIDENCE = Path(__file__).resolve().parents[2].parent / "shared" / "design" / "evidence.md"
named = pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.id)


@named
def test_key_is_author_and_year(source: Source) -> None:
    """The key is the author in plain letters and the year of print."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*-\d{4}", source.id)
    assert source.id.endswith(str(source.year))
    assert source.authors[0].isupper()


@named
def test_badge_shows_only_checked_numbers(source: Source) -> None:
    """Only numbers taken from the paper itself stand beside its name; the rest is a midstance default."""
    expected = f"{source.authors} {source.year}" if source.provenance is Provenance.PAPER else "midstance default"
    assert source.badge == expected


@named
def test_text(source: Source) -> None:
    """Each source says in one sentence what midstance takes from it and which rules rest on it."""
    assert source.says.endswith(".")
    assert len(source.says) <= 160
    assert source.rules
    assert all(re.fullmatch(r"R\d{1,3}", rule) and 1 <= int(rule[1:]) <= 100 for rule in source.rules)


@named
def test_doi_form(source: Source) -> None:
    """A digital object identifier is bare, or there is none."""
    assert not source.doi or re.fullmatch(r"10\.\d{4,9}/\S+", source.doi)


@pytest.mark.parametrize("key", ["foster-1998", "frandsen-2025", "storen-2008", "leppanen-2024", "thomee-1997"])
def test_sources_that_rules_cite(key: str) -> None:
    """Sources at the heart of the method are there."""
    assert key in load_catalogue().sources


@pytest.mark.shared
@named
def test_rules_name_the_source(source: Source) -> None:
    """At least one rule of the evidence base that the source lists names its author, and no DOI is invented."""
    if not EVIDENCE.exists():
        pytest.skip("evidence.md is not beside the checkout: rules of sources are not checked")
    text = EVIDENCE.read_text(encoding="utf-8")
    author = source.authors.removesuffix(" et al.").split(" & ")[0]
    assert any(author in paragraph for rule in source.rules for paragraph in _rule(text, rule))
    assert source.doi in text


def _rule(text: str, rule: str) -> list[str]:
    """Give the paragraphs, tables and rows of a rule of the evidence base."""
    long = re.findall(rf"^\*\*{rule}\. .*?(?=^\*\*R\d|^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    return [*long, *re.findall(rf"^\| {rule} \|.*$", text, flags=re.MULTILINE)]
