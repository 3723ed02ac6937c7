"""SQL files that Liquibase runs: formatted SQL, and plain files that a changelog names or whose folder it includes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from schemalint.discover import Tree

FORMATTED = re.compile(rb"\s*--[ \t]*liquibase[ \t]+formatted\b", re.I)
"""How the first line of formatted SQL begins."""
_FORMATS = (".xml", ".yaml", ".yml", ".json")
_NAMED = re.compile(rb"\b(?:path|file)[\"']?\s*[=:]\s*[\"']?([^\s\"'<>,{}]+\.sql)\b")
_FOLDER = re.compile(rb"includeAll\b[^<>\[\]]{0,400}?\bpath[\"']?\s*[=:]\s*[\"']?([^\s\"'<>,{}]+)", re.S)
_SCHEME = re.compile(r"(?:classpath\*?|file|filesystem):/*")


def run_by_liquibase(tree: Tree) -> Iterator[str]:
    """The SQL files that belong to changelogs."""
    files = frozenset(path for path in tree.paths if path.endswith(".sql"))
    for path in tree.paths:
        content = tree.read(path) or b"" if path.endswith((*_FORMATS, ".sql")) else b""
        if path in files:
            if FORMATTED.match(content):
                yield path
        elif b"databaseChangeLog" in content:
            for match in _NAMED.finditer(content):
                yield from (one for one in _places(path, match[1]) if one in files)
            for match in _FOLDER.finditer(content):
                folders = tuple(f"{one}/" for one in _places(path, match[1]) if one not in ("", "."))
                yield from (one for one in files if one.startswith(folders))


def _places(path: str, written: bytes) -> Iterator[str]:
    """Where a path in a changelog may lead: beside it, or below one of the folders around it."""
    plain = _SCHEME.sub("", written.decode("utf-8", "replace").replace("\\", "/")).lstrip("/")
    folder = dirname(path)
    while True:
        yield normpath(join(folder, plain))
        if not folder:
            return
        folder = dirname(folder)
