"""Which SQLAlchemy a project has, where what it states leaves no doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatch
from posixpath import basename, dirname

from schemalint.parsers import Project
from schemalint.units import upward

_LOCKED = re.compile(
    rb'name = "sqlalchemy"\s+version = "(\d+\.\d+)|"sqlalchemy": \{[^{}]*?"version": "==(\d+\.\d+)', re.I
)
_REQUIRED = re.compile(rb"^[ \t]*sqlalchemy(?:\[[^\]\n]*\])?[ \t]*([=<>~!][^#;\n\\]*)", re.I | re.M)
_CLAUSE = re.compile(r"(===?|~=|<=?)\s*(\d+)\.(\d+)((?:\.\d+|\.\*)*)")


def before_2_1(folder: str, project: Project) -> bool:
    """Whether SQLAlchemy is older than 2.1 by all that the nearest lock file or requirements say that state it."""
    manifests: dict[str, list[str]] = {}
    for path in project.tree.paths:
        name = basename(path)
        if name in ("poetry.lock", "uv.lock", "pdm.lock", "Pipfile.lock") or fnmatch(name, "*requirements*.txt"):
            manifests.setdefault(dirname(path), []).append(path)
    for each in upward(folder):
        stated = [old for path in manifests.get(each, ()) for old in _stated(project.tree.read(path) or b"")]
        if stated:
            return all(stated)
    return False


def _stated(content: bytes) -> Iterator[bool]:
    for match in _LOCKED.finditer(content):
        major, minor = map(int, (match[1] or match[2]).split(b"."))
        yield (major, minor) < (2, 1)
    for match in _REQUIRED.finditer(content):
        wanted = match[1].decode("ascii", "replace")
        yield any(_older(*clause) for clause in _CLAUSE.findall(wanted))


def _older(sign: str, major: str, minor: str, rest: str) -> bool:
    """Whether one clause of a requirement leaves nothing but releases before 2.1."""
    release = int(major), int(minor)
    if sign == "<":
        return release < (2, 1) or (release == (2, 1) and not rest.strip(".0"))
    if sign == "~=" and not rest:
        return release[0] < 2  # ~=2.0 takes 2.1
    return release < (2, 1)
