"""Markdown pages whose sections are small projects: rule pages and parser pages.

A section starts at a `##` heading. A line with a backticked path and a colon, then a fence, makes a file of the section's
project; other fences belong to the section under their language. A file "after `--fix`" (or "after `--fix --unsafe-fixes`")
is what that makes of the file of that name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec

from schemalint.config import Config

_FILE = re.compile(r"^`([^`]+)`:\s*$")
_FIXED = re.compile(r"^`([^`]+)` after `--fix( --unsafe-fixes)?`:\s*$")
_FENCE = re.compile(r"^(`{3,})\s*([\w-]*)\s*$")


@dataclass
class Section:
    """`files` maps a path to its text; `starts` to the page's line (from 1) of its first line; `blocks` are the unnamed
    fences as (language, text, line). `fixed` maps a path to its text after a fix, `unsafe` tells of which kind."""

    page: Path
    title: str
    line: int
    files: dict[str, str] = field(default_factory=dict)
    starts: dict[str, int] = field(default_factory=dict)
    blocks: list[tuple[str, str, int]] = field(default_factory=list)
    fixed: dict[str, str] = field(default_factory=dict)
    unsafe: bool = False

    @property
    def id(self) -> str:
        return f"{self.page.stem}: {self.title}"

    @property
    def config(self) -> Config:
        """What a `schemalint.toml` block says."""
        return msgspec.convert(tomllib.loads(self.files.get("schemalint.toml", "")), Config)


def sections(page: Path) -> Iterator[Section]:
    """Every section of a page, in order; what stands before the first `##` heading is none."""
    here: Section | None = None
    named: str | None = None
    after: re.Match[str] | None = None
    lines = page.read_text("utf-8").split("\n")
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.startswith("## "):
            if here is not None:
                yield here
            here, named, after = Section(page, line[3:].strip(), at + 1), None, None
        elif match := _FILE.match(line):
            named = match[1]
        elif match := _FIXED.match(line):
            after = match
        elif match := _FENCE.match(line):
            end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == match[1])
            text = "\n".join(lines[at + 1 : end]) + "\n"
            if here is not None and after is not None:
                here.fixed[after[1]] = text
                here.unsafe = bool(after[2])
            elif here is not None and named is not None:
                assert named not in here.files, f"{page.name}:{at + 1}: {named} is given twice"
                here.files[named], here.starts[named] = text, at + 2
            elif here is not None:
                here.blocks.append((match[2], text, at + 2))
            named, after, at = None, None, end
        elif line.strip():
            named = after = None
        at += 1
    if here is not None:
        yield here
