"""Whole projects after real incidents: what must be found is found, what was repaired is gone, what is clean is silent.

The goldens beside the projects are for reading and reviewing; `pytest tests/test_corpus.py --update` renews them. What
*must* be found was written down in `must-find.json` by hand, after INCIDENTS' own facts, before there was any output.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from schemalint.config import Config
from schemalint.discover import DiskTree
from schemalint.lint import lint
from schemalint.model.finding import Location
from schemalint.model.report import Report

CORPUS = Path(__file__).parent.parent / "corpus"
INCIDENTS = sorted(folder.parent for folder in CORPUS.glob("*/broken"))
CONTROLS = sorted(folder for folder in CORPUS.glob("clean-*") if folder.is_dir())
PROJECTS = [*(case / state for case in INCIDENTS for state in ("broken", "repaired")), *CONTROLS]
MUSTS = [(case, must) for case in INCIDENTS for must in json.loads((case / "must-find.json").read_text("utf-8"))]


@cache
def checked(project: Path) -> Report:
    return lint(DiskTree(project), Config())


def _at(report: Report, place: Location) -> str:
    file = report.files.get(place.span.path)
    line, column = file.position(place.span.start) if file else (1, 1)
    return f"{place.span.path}:{line}:{column}"


def _listing(report: Report) -> str:
    lines = []
    for finding in report.findings:
        lines.append(f"{finding.severity.value}[{finding.code}] {_at(report, finding.primary)}: {finding.message}")
        lines += [f"    {_at(report, place)}: {place.label}" for place in finding.related]
        lines += [f"    = {note}" for note in finding.notes]
        lines += [f"    = help: {finding.help}"] if finding.help else []
    return "\n".join(lines) + "\n" if lines else "nothing\n"


def _name(path: Path) -> str:
    return path.relative_to(CORPUS).as_posix()


@pytest.mark.parametrize("project", PROJECTS, ids=_name)
def test_golden(project: Path, request: pytest.FixtureRequest) -> None:
    golden = project.parent / f"{project.name}.expected.txt"
    report = checked(project)
    assert report.broken == ()
    said = _listing(report)
    if request.config.getoption("--update"):
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")


@pytest.mark.parametrize(
    ("case", "must"), MUSTS, ids=lambda value: value.name if isinstance(value, Path) else value["code"]
)
def test_must_be_found(case: Path, must: dict[str, object]) -> None:
    report = checked(case / "broken")
    lines = must["line"] if isinstance(must["line"], list) else [must["line"]]
    wanted = {f"{must['path']}:{line}" for line in lines}
    also = must.get("also", [])
    assert isinstance(also, list)
    near = []
    for finding in report.findings:
        if finding.code != must["code"]:
            continue
        primary = _at(report, finding.primary).rsplit(":", 1)[0]
        places = {primary, *(_at(report, place).rsplit(":", 1)[0] for place in finding.related)}
        places |= {note.split(" ")[0] for proof in finding.notes for note in proof.removeprefix("path: ").split(", ")}
        # "either": the two sides are equals, and either may be the one that the finding starts from.
        starts = primary in wanted or (must.get("either") and bool(wanted & places))
        if starts and set(also) <= places | ({primary} if must.get("either") else set()):
            return
        near.append(f"{primary} with {sorted(places - {primary})}: {finding.message}")
    pytest.fail(f"{must['code']} at {sorted(wanted)} with {also} is not among:\n" + "\n".join(near))


@pytest.mark.parametrize("project", [*(case / "repaired" for case in INCIDENTS), *CONTROLS], ids=_name)
def test_nothing_above_a_note(project: Path) -> None:
    loud = [finding for finding in checked(project).findings if finding.severity.value != "note"]
    assert not loud, "\n".join(f"{finding.code} {finding.message}" for finding in loud)
