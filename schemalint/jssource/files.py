"""Source files read when a migration leads there: helpers and constants stand in files that no parser claims."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from posixpath import basename, dirname
from typing import Any

from schemalint import syntax
from schemalint.discover import Tree
from schemalint.jssource.flow import keep_bodies
from schemalint.jssource.reading import Reading
from schemalint.model.span import SourceFile

CODE = (".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".jsx", ".tsx")
LARGEST = 1_000_000
_MOST = 400
_HEAD = 100_000  # bytes of a package.json
_NAME = re.compile(rb'^\s*\{?\s*"name"\s*:\s*"([^"\\\n]+)"', re.M)
_TOOLS = re.compile(rb"MigrationInterface|[qQ]uery(?:Interface|Runner)|[kK]nex|\bpgm\b|\bdbm\b|dbmigrate")
_UP = re.compile(rb"exports\.up\b|\b(?:function|const|let)\s+up\b|\bup\s*[:=(]|[{,]\s*up\s*[,}]")
"""A way up that is exported: as an entry, a method or a function of that name."""


def speaks_of_migrating(path: str, content: bytes) -> bool:
    """Whether a source file may be a migration of a tool whose calls are read: it names what the tool hands over, and `up`."""
    return path.endswith(CODE) and _TOOLS.search(content) is not None and _UP.search(content) is not None


def read(file: SourceFile) -> dict[str, Any]:
    """Names, exports and the bodies of functions of a file, as plain data; "broken" where the syntax is not understood."""
    root = syntax.parse(file).root_node
    found = Reading(file, keep_bodies).read(root)
    return {**found, "broken": True} if root.has_error else found


class Files(Mapping[str, Mapping[str, Any]]):
    """What `read` says of every source file, in the order of need. `known` are those that are read already."""

    def __init__(self, known: Mapping[str, Mapping[str, Any]], tree: Tree) -> None:
        self._read, self._tree = dict(known), tree
        self._left = _MOST

    @cached_property
    def homes(self) -> Mapping[str, str]:
        """The folders of the project's own packages by the names that other packages of it import."""
        found: dict[str, str] = {}
        for path in self._tree.paths:
            if basename(path) == "package.json":
                name = _NAME.search((self._tree.read(path) or b"")[:_HEAD])
                if name is not None:
                    found.setdefault(name[1].decode("utf-8", "replace"), dirname(path))
        return found

    def __getitem__(self, path: str) -> Mapping[str, Any]:
        if path not in self._read:
            if path not in self:
                raise KeyError(path)
            self._left -= 1
            file = self._tree.file(path) if self._left >= 0 else None
            self._read[path] = {} if file is None or len(file.text) > LARGEST else read(file)
        return self._read[path]

    def __contains__(self, path: object) -> bool:
        if path in self._read:
            return True
        return isinstance(path, str) and path.endswith(CODE) and self._tree.exists(path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._read)

    def __len__(self) -> int:
        return len(self._read)
