"""What manifests, commands and folders tell about the tools that a project uses."""

from __future__ import annotations

import re
from posixpath import basename, dirname, normpath
from typing import Protocol

from schemalint.discover import Tree
from schemalint.histories.flyway import groups
from schemalint.model.deployment import Deployment

VERSIONED = re.compile(r"(?:[VUB][0-9]+(?:[._][0-9]+)*|R)__[^/]*\.sql$")
_INCLUDED = re.compile(rb'include_str!\(\s*"([^"\n]{1,300}\.sql)"')
POP = re.compile(r"\d+_[^./]+(?:\.(?!autocommit\.)([a-z0-9]+))?(?:\.autocommit)?\.(?:up|down)\.sql")
_ENVIRONMENTS = frozenset(
    {
        "local",
        "dev",
        "develop",
        "development",
        "test",
        "testing",
        "prod",
        "production",
        "stage",
        "staging",
        "qa",
        "uat",
        "ci",
    }
)
_SHARED = frozenset({"common", "shared", "base", "all", "core", "default", "main", "schema"})


class Choice(Protocol):
    """A dialect and why it was chosen; `name` None when nothing tells."""

    @property
    def name(self) -> str | None: ...

    @property
    def why(self) -> str: ...


class Evidence(Protocol):
    """What the rest of the project says; see `schemalint.parsers.Project`."""

    tree: Tree
    deployment: Deployment

    def dialect_of(self, path: str) -> Choice: ...

    def unit(self, path: str) -> str: ...


class Manifests:
    """What manifests and commands say about the tools that a folder's project uses."""

    def __init__(self, project: Evidence, listed: frozenset[str]) -> None:
        self.project = project
        self.listed = listed
        self.flyway = tuple(groups(project))
        self._included: dict[str, frozenset[str]] = {}
        self._environments: dict[str, bool] = {}
        self._cargo: dict[tuple[str, str], bool] = {}
        self._sums: dict[str, bool] = {}
        self._held: dict[tuple[str, tuple[str, ...], bytes], bool] = {}

    def sums(self, folder: str) -> bool:
        """Whether a folder holds an `atlas.sum`, and nothing that has the name of another tool's step."""
        if (f"{folder}/atlas.sum" if folder else "atlas.sum") not in self.listed:
            return False
        if folder not in self._sums:
            names = [basename(path) for path in self.project.tree.within(folder)]
            self._sums[folder] = not any(POP.fullmatch(name) or VERSIONED.match(name) for name in names)
        return self._sums[folder]

    def called(self, tool: str, folder: str) -> bool:
        """Whether a command or code runs the tool on that folder, or one around it."""
        return any(
            call.tool == tool and call.folder and within(folder, call.folder.rstrip("/"))
            for call in self.project.deployment.tool_calls
        )

    def crate(self, name: str, folder: str) -> bool:
        """Whether the Rust project that a folder belongs to depends on a crate, or one of its members does."""
        unit = self.project.unit(folder)
        manifest = f"{unit}/Cargo.toml" if unit else "Cargo.toml"
        if manifest not in self.listed:
            return False
        if (unit, name) not in self._cargo:
            pattern = re.compile(rf"^[ \t]*{name}[ \t]*[.=]|dependencies\.{name}\]".encode(), re.M)
            files = (path for path in self.listed if basename(path) == "Cargo.toml" and within(path, unit))
            self._cargo[unit, name] = any(pattern.search(self.project.tree.read(path) or b"") for path in files)
        return self._cargo[unit, name]

    def included(self, folder: str) -> bool:
        """Whether the program of a Rust project takes a script of that folder by its name: it runs what it wants of them."""
        unit = self.project.unit(folder)
        if unit not in self._included:
            files = ((path, self.project.tree.read(path) or b"") for path in self.listed if path.endswith(".rs"))
            self._included[unit] = frozenset(
                dirname(normpath(f"{dirname(path)}/{written[1].decode('utf-8', 'replace')}"))
                for path, content in files
                if b"include_str!" in content and within(path, unit)
                for written in _INCLUDED.finditer(content)
            )
        return folder in self._included[unit]

    def by_environment(self, top: str) -> bool:
        """Whether a folder holds nothing but folders of scripts, one for each environment beside one for all: which of them are
        the locations is said where nobody sees it."""
        if top not in self._environments:
            below = {
                path[len(top) + 1 :] for path in self.listed if path.endswith(".sql") and path.startswith(f"{top}/")
            }
            names = {path.split("/")[0].lower() for path in below}
            known = names <= _ENVIRONMENTS | _SHARED and not names.isdisjoint(_ENVIRONMENTS)
            self._environments[top] = known and all("/" in path for path in below)
        return self._environments[top]

    def matches(self, folder: str, name: str, pattern: re.Pattern[bytes]) -> bool:
        """Whether the nearest file of that name, in the folder or above it, holds what a pattern looks for."""
        while True:
            path = f"{folder}/{name}" if folder else name
            if path in self.listed or not folder:
                return pattern.search(self.project.tree.read(path) or b"") is not None
            folder = dirname(folder)

    def above(self, folder: str, names: tuple[str, ...], word: bytes) -> bool:
        """Whether one of these files, in the folder or above it, holds a word."""
        while not self._holds(folder, names, word):
            if not folder:
                return False
            folder = dirname(folder)
        return True

    def _holds(self, folder: str, names: tuple[str, ...], word: bytes) -> bool:
        if (folder, names, word) not in self._held:
            paths = (f"{folder}/{name}" if folder else name for name in names)
            self._held[folder, names, word] = any(
                path in self.listed and word in (self.project.tree.read(path) or b"").lower() for path in paths
            )
        return self._held[folder, names, word]


def within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
