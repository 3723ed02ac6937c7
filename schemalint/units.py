"""Which project of a repository a path belongs to, and which of them a compose file may be meant for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from posixpath import basename, dirname

from schemalint.model.deployment import ComposeFile

MANIFESTS = frozenset(
    {
        "go.mod",
        "package.json",
        "pyproject.toml",
        "setup.py",
        "requirements.txt",
        "Pipfile",
        "Cargo.toml",
        "composer.json",
    }
)
_COMPOSE = re.compile(r"(?:docker-)?compose[\w.-]*\.ya?ml")


def within(path: str, folder: str) -> bool:
    """Whether a path is a folder or lies below it; "" is the checked root."""
    return not folder or path == folder or path.startswith(f"{folder}/")


def upward(path: str) -> Iterator[str]:
    """The path and every folder above it, ending with the checked root ""."""
    while path:
        yield path
        path = dirname(path)
    yield ""


class Units:
    """The projects of a repository, by their manifests. Paths are relative to the checked root."""

    def __init__(self, paths: Iterable[str], compose: Iterable[ComposeFile]) -> None:
        names = [(dirname(path), basename(path)) for path in paths]
        self._manifests = frozenset(folder for folder, name in names if name in MANIFESTS)
        self._folders = self._manifests | {folder for folder, name in names if _COMPOSE.fullmatch(name)}
        self._servers = frozenset(
            dirname(file.path) for file in compose if any(service.dialect is not None for service in file.services)
        )
        self._known: dict[str, str] = {}

    def of(self, path: str) -> str:
        """The folder of the nearest manifest or compose file at or above a path, "" for the checked root."""
        if path not in self._known:
            self._known[path] = next((folder for folder in upward(path) if folder in self._folders), "")
        return self._known[path]

    def related(self, one: str, other: str) -> bool:
        """Whether the projects of two paths are one, or one holds the other."""
        mine, theirs = self.of(one), self.of(other)
        return within(mine, theirs) or within(theirs, mine)

    def reach(self, compose: str, path: str) -> bool:
        """Whether the servers of a compose file may be meant for what stands at a path, where the file itself names no code:
        not when they are of two projects, or the path or its project has a compose file with servers of its own."""
        home = dirname(compose)
        mine, theirs = self._manifest(home), self._manifest(path)
        if mine != theirs and any(self._manifest(other) == theirs for other in self._servers):
            return False
        if within(path, home):
            return not any(within(path, other) and within(other, home) for other in self._servers - {home})
        if not (within(mine, theirs) or within(theirs, mine)):
            return False
        return not any(other and within(path, other) and not within(home, other) for other in self._servers)

    def _manifest(self, path: str) -> str:
        return next((folder for folder in upward(path) if folder in self._manifests), "")
