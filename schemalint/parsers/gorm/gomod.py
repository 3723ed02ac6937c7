"""go.mod and go.work: the module's path, the versions that are asked for, what is replaced, which modules are used together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import Data

_REPLACED = re.compile(
    r"\"?(?P<old>[^\s\"]+)\"?(?:[ \t]+(?P<at>v\S+))?[ \t]*=>[ \t]*\"?(?P<new>[^\s\"]+)\"?(?:[ \t]+(?P<version>v\S+))?"
)
_REQUIRED = re.compile(r"\"?(?P<name>[^\s\"]+)\"?[ \t]+(?P<version>v\S+)")
WANTED = re.compile(r"gorm\.io/|github\.com/(?:jinzhu/gorm|glebarez/sqlite)$")


def extract(file: SourceFile) -> Data:
    """The module; its own requirements of GORM as [name, version, start, end] of the words on the line; its replacements as
    [old path, old version or None, new path or folder, new version or None]; the folders that a go.work uses."""
    module = ""
    requires: list[list[object]] = []
    replaces: list[list[str | None]] = []
    uses: list[str] = []
    for directive, rest, comment, at in _directives(file.text):
        if directive == "module" and not module:
            module = rest.strip('"`')
        elif directive == "use":
            uses.append(rest.strip('"`'))
        elif directive == "require" and (found := _REQUIRED.match(rest)) and WANTED.match(found["name"]):
            if found["name"].startswith("gorm.io/driver/") and comment.strip().startswith("indirect"):
                continue  # another module imports it (gorm.io/datatypes does); this one talks through no such driver
            requires.append([found["name"], found["version"], at, at + found.end()])
        elif directive == "replace" and (found := _REPLACED.match(rest)):
            replaces.append([found["old"], found["at"], found["new"], found["version"]])
    return {"module": module, "requires": requires, "replaces": replaces, "uses": uses}


def _directives(text: str) -> Iterator[tuple[str, str, str, int]]:
    """Every directive with what stands behind it, the comment of its line, and where it begins; blocks are taken apart."""
    block = ""
    offset = 0
    for line in text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        code, _, comment = line.partition("//")
        words = code.split()
        if not words:
            continue
        if block and words[0] == ")":
            block = ""
            continue
        directive, at = block, len(code) - len(code.lstrip())
        if not block:
            directive = words[0]
            if words[1:2] == ["("]:
                block = directive
                continue
            at = code.index(directive) + len(directive)
            at += len(code[at:]) - len(code[at:].lstrip())
        yield directive, code[at:].rstrip(), comment, start + at
