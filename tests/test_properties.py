"""Whatever a project holds: nothing inside schemalint breaks, every place lies in its file, and runs are the same."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from schemalint.compare import differences
from schemalint.config import Config
from schemalint.discover import DiskTree, MemoryTree
from schemalint.lint import lint
from schemalint.model.facts import Fact
from schemalint.model.report import Report
from schemalint.model.span import Span

CORPUS = Path(__file__).parent.parent / "corpus"
PROJECTS = sorted([*CORPUS.glob("*/broken"), *CORPUS.glob("*/repaired"), *CORPUS.glob("clean-*/")])
JUNK = (
    "(",
    ")",
    "{",
    "}",
    "'",
    '"',
    "`",
    "$$",
    ";",
    "/*",
    "*/",
    "--",
    "\0",
    "\r",
    "é",
    "\U0001f600",
    "${X}",
    "%s",
    "&a ",
)


def _name(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


@cache
def contents(project: Path) -> dict[str, bytes]:
    tree = DiskTree(project)
    return {path: content for path in tree.paths if (content := tree.read(path)) is not None}


def damaged(project: Path, seed: int) -> dict[str, bytes]:
    """The project with some of its files cut off, doubled in part, or with junk thrown in."""
    dice = random.Random(seed)
    files = dict(contents(project))
    for path, content in files.items():
        if dice.random() < 0.5:
            continue
        text = content.decode("utf-8", "replace")
        at = dice.randrange(len(text) + 1)
        kind = dice.randrange(4)
        if kind == 0:
            text = text[:at]
        elif kind == 1:
            text = text[:at] + dice.choice(JUNK) * dice.randrange(1, 4) + text[at:]
        elif kind == 2:
            text = text[:at] + text[max(0, at - 40) :]
        else:
            text = text[:at] + text[at + dice.randrange(1, 60) :]
        files[path] = text.encode()
    return files


def places(report: Report) -> list[Span]:
    spans = [place.span for finding in report.findings for place in (finding.primary, *finding.related)]
    facts: list[Fact] = [fact for source, _ in report.catalogs for fact in source.facts]
    return spans + [span for fact in facts for span in (fact.span, fact.statement)]


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("project", PROJECTS, ids=_name)
def test_damaged_projects_are_read(project: Path, seed: int) -> None:
    tree = MemoryTree(damaged(project, seed))
    report = lint(tree, Config())
    assert report.broken == ()
    for span in places(report):
        file = tree.file(span.path)
        assert 0 <= span.start <= span.end, span
        assert file is None or span.end <= len(file.text), span


@pytest.mark.parametrize("project", PROJECTS, ids=_name)
def test_a_catalog_does_not_differ_from_itself(project: Path) -> None:
    for source, catalog in lint(DiskTree(project), Config()).catalogs:
        for table in catalog.tables.values():
            assert list(differences(table, table, (source.dialect, source.dialect))) == []


def test_two_runs_say_the_same() -> None:
    one, other = (lint(DiskTree(CORPUS / "sequelize-init-script/broken"), Config()) for _ in range(2))
    assert one.findings == other.findings
    assert [finding.fingerprint for finding in one.findings] == [finding.fingerprint for finding in other.findings]
