"""Every page in rules/ is run: its named code blocks are small projects, its comments say what must be found where."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from schemalint.discover import MemoryTree, Tree
from schemalint.fixes import fix
from schemalint.lint import lint
from schemalint.model.report import Report
from schemalint.rules import pages, rules
from tests.pages import Section, sections

_EXPECTED = re.compile(r'\s*(?:--|#|//)\s*(error|warning|note): \[(SL\d{3})\](?: "([^"]*)")?\s*$')
_HEADINGS = ["What it does", "Why is this bad?", "Example", "Use instead"]

PAGES = sorted(pages().glob("*.md"))
SECTIONS = [section for page in PAGES for section in sections(page) if section.files]


def _cut(section: Section) -> tuple[dict[str, str], list[tuple[str, int, str, str, str]]]:
    """The section's files without the comments that say what is expected, and those: path, line, severity, code, text."""
    files, expected = {}, []
    for path, text in section.files.items():
        lines = []
        for number, line in enumerate(text.split("\n"), 1):
            while match := _EXPECTED.search(line):
                expected.append((path, number, match[1], match[2], match[3] or ""))
                line = line[: match.start()]
            lines.append(line)
        files[path] = "\n".join(lines)
    return files, expected


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_section(section: Section) -> None:
    files, expected = _cut(section)
    report = lint(MemoryTree(files), section.config, only={section.page.stem.split("-")[0]})
    assert report.broken == ()
    problems, open_ = [], list(expected)
    for finding in report.findings:
        span = finding.primary.span
        line = report.files[span.path].position(span.start)[0] if span.path in report.files else 1
        said = (span.path, line, finding.severity.value, finding.code)
        match = next((one for one in open_ if one[:4] == said and one[4] in finding.message), None)
        if match is None:
            at = f"{section.page.name}:{section.starts.get(span.path, section.line) + line - 1}"
            problems.append(
                f"{at}: not predicted: {span.path}:{line} {finding.severity.value}[{finding.code}] {finding.message}"
            )
        else:
            open_.remove(match)
    for path, line, severity, code, text in open_:
        at = f"{section.page.name}:{section.starts[path] + line - 1}"
        problems.append(f'{at}: not found: {path}:{line} {severity}[{code}] "{text}"')
    assert not problems, "\n".join(problems)


def _checked(section: Section, tree: Tree) -> Report:
    return lint(tree, section.config, only={section.page.stem.split("-")[0]})


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_fixes(section: Section) -> None:
    """What a page shows is what the fix makes, and the finding is gone; in a section "No fix" nothing is fixed. Elsewhere
    every fix there may be still leaves files that parse, and nothing to fix a second time."""
    files, _ = _cut(section)
    tree = MemoryTree(files)
    found = _checked(section, tree)
    unsafe = section.unsafe or not section.fixed
    done = fix(tree, found, lambda files: _checked(section, files), unsafe)
    assert done.refused == {}
    assert done.applied == 0 or section.title != "No fix"
    if section.fixed:
        assert {path: after.decode() for path, (_, after) in done.files.items()} == section.fixed
        assert len(done.report.findings) == len(found.findings) - done.applied
    assert not [one for one in done.report.findings if one.fix is not None and (one.fix.safe or unsafe)]


def test_every_rule_has_its_page_and_every_page_its_rule() -> None:
    assert [page.stem for page in PAGES] == [f"{rule.code}-{rule.name}" for rule in rules()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_has_the_headings_and_both_kinds_of_section(page: Path) -> None:
    code, name = page.stem.split("-", 1)
    assert page.read_text("utf-8").startswith(f"# {code} {name}\n")
    titles = [section.title for section in sections(page)]
    assert titles[: len(_HEADINGS)] == _HEADINGS
    fires = [bool(_cut(section)[1]) for section in sections(page) if section.files]
    assert True in fires, "no section fires"
    assert False in fires, "no section stays silent"
