"""go.mod: the module's path and the versions it selects."""

from __future__ import annotations

import re

from schemalint.model.span import SourceFile
from schemalint.parsers.gorm.expressions import Data

_REPLACED = re.compile(r"(?P<old>\S+)(?:[ \t]+(?P<at>v\S+))?[ \t]*=>[ \t]*(?P<new>\S+)(?:[ \t]+(?P<version>v\S+))?")
_REQUIRED = re.compile(r"(?P<name>\S+)[ \t]+(?P<version>v\S+)")
WANTED = re.compile(r"gorm\.io/|github\.com/(?:jinzhu/gorm|glebarez/sqlite)$")


def extract(file: SourceFile) -> Data:
    """The module, and its own requirements of GORM as [name, version, start, end] of the words on the line."""
    module = ""
    requires: list[list[object]] = []
    replaced: dict[str, str | None] = {}
    block = ""
    offset = 0
    for line in file.text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        code, _, comment = line.partition("//")
        words = code.split()
        if not words:
            continue
        if block:
            if words[0] == ")":
                block = ""
                continue
            directive, at = block, len(code) - len(code.lstrip())
        else:
            directive = words[0]
            if len(words) > 1 and words[1] == "(":
                block = directive
                continue
            at = code.index(directive) + len(directive)
            at += len(code[at:]) - len(code[at:].lstrip())
        rest = code[at:].rstrip()
        if directive == "module" and not module:
            module = rest.strip('"`')
        elif directive == "require" and (found := _REQUIRED.match(rest)) and WANTED.match(found.group("name")):
            if found.group("name").startswith("gorm.io/driver/") and comment.strip().startswith("indirect"):
                continue  # another module imports it (gorm.io/datatypes does); this one talks through no such driver
            requires.append([found.group("name"), found.group("version"), start + at, start + at + found.end()])
        elif directive == "replace" and (found := _REPLACED.match(rest)):
            replaced[found.group("old")] = found.group("version") if found.group("new") == found.group("old") else None
    kept = [
        [name, replaced.get(str(name), version), *where]
        for name, version, *where in requires
        if replaced.get(str(name), version) is not None
    ]
    return {"module": module, "requires": kept}
