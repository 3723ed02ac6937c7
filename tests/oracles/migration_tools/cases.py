"""The cases of the pages beside this file."""

from __future__ import annotations

from pathlib import Path

from tests.pages import Section, sections

HERE = Path(__file__).parent


def cases(tool: str) -> list[Section]:
    """Every case of a tool's page, in order."""
    return list(sections(HERE / f"{tool}.md"))


def files(case: Section) -> dict[str, str]:
    """The case's project. What a page cannot show, its title says."""
    ends = "\r\n" if "CRLF" in case.title else "\n"
    return {path: text.replace("\n", ends) for path, text in case.files.items()}
