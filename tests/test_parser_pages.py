"""Every page in tests/parsers is run: its files are read, and what was understood must equal its catalog block."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from schemalint.cache import packed, unpacked
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.parsers import claiming, parsers
from tests.catalogs import canonical, normalised
from tests.pages import Section, sections

PAGES = sorted((Path(__file__).parent / "parsers").glob("*.md"))
SECTIONS = [section for page in PAGES if page.stem != "README" for section in sections(page) if section.files]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_section(section: Section) -> None:
    report = lint(MemoryTree(section.files), section.config, only=())
    assert report.broken == ()
    expected = "".join(text for language, text, _ in section.blocks if language == "catalog")
    assert expected, f"{section.page.name}:{section.line}: no catalog block"
    assert normalised(canonical(report)) == normalised(expected)


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_extracts_are_plain_data(section: Section) -> None:
    """What a parser extracts can be cached: it comes back unchanged."""
    tree = MemoryTree(section.files)
    for path in tree.paths:
        for parser in parsers():
            if parser.claims(path, tree.read(path) or b"") and (file := tree.file(path)) is not None:
                extract = parser.extract(file, "postgres" if parser.needs_dialect else None)
                assert unpacked(packed({"one": extract, "two": extract})) == {"one": extract, "two": extract}
                plain = {key: value for key, value in extract.items() if type(value) is not tuple}
                assert json.loads(json.dumps(plain)) == plain


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.id)
def test_a_parser_is_asked_for_all_that_it_claims(section: Section) -> None:
    tree = MemoryTree(section.files)
    for path in tree.paths:
        content = tree.read(path) or b""
        assert claiming(path, content) == [parser for parser in parsers() if parser.claims(path, content)]
