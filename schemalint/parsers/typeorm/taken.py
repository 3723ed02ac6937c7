"""Which folders the data sources of a package take migrations from, where all of them say so in plain text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from schemalint.folders import aside
from schemalint.jssource.files import CODE
from schemalint.parsers import Project

_LISTS = re.compile(r"\bmigrations\b['\"]?\s*(?::\s*\[([^\]]{0,2000})\]|[:,}])")
"""What the key is given where that is an array, "" where it is something else."""
_TEXTS = re.compile(r"(?:\s*(?:'[^'\\\n]*'|\"[^\"\\\n]*\")\s*,?)*\s*")
_TEXT = re.compile(r"['\"]([^'\"]+)['\"]")
_OUTPUT = {"dist", "build", "out", "lib"}
"""Folders of what is compiled: from where, the pattern does not tell."""


def roots(project: Project, unit: str) -> frozenset[str] | None:
    """The folders, each with all below it; None where a data source computes one, or none says any."""
    found: set[str] = set()
    for listed in _lists(project, unit):
        if not listed or not _TEXTS.fullmatch(listed):
            return None
        for pattern in _TEXT.findall(listed):
            root = _root(pattern)
            if root is None:
                return None
            found.add(normpath(join(unit, root)))
    return frozenset(found) or None


def _lists(project: Project, unit: str) -> Iterator[str]:
    for path in project.tree.paths:
        if not path.endswith((*CODE, "ormconfig.json")) or project.unit(path) != unit or aside(path):
            continue
        content = project.tree.read(path) or b""
        if b"migrations" in content and (b"DataSource" in content or b"TypeOrm" in content or b"entities" in content):
            yield from _LISTS.findall(content.decode("utf-8", "replace"))


def _root(pattern: str) -> str | None:
    """The folder before the first part with a wildcard."""
    parts = pattern.removeprefix("./").split("/")
    if parts[0] in {"", "..", *_OUTPUT} or ":" in parts[0]:
        return None
    whole = next((at for at, part in enumerate(parts) if re.search(r"[*?{\[(!]", part)), None)
    return dirname(pattern.removeprefix("./")) if whole is None else "/".join(parts[:whole])


def takes(found: frozenset[str] | None, folder: str) -> bool:
    """Whether one of them may take the migrations of this folder."""
    return found is None or any(root in ("", ".") or f"{folder}/".startswith(f"{root}/") for root in found)
