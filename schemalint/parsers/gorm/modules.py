"""The Go modules of a project: which folder an import path leads to, and which releases a build selects.

Modules that a go.work names are built together: of every requirement the newest counts, replacements of all of them hold,
and those of go.work come first (https://go.dev/ref/mod#workspaces). A vendor folder says nothing else than go.mod: Go refuses
to build where its modules.txt differs (https://go.dev/ref/mod#vendoring)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname, join, normpath

from schemalint.model.source import Requirement
from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data


class Modules:
    """Of the extracts of all go.mod and go.work files."""

    def __init__(self, extracts: Mapping[str, Data]) -> None:
        self._files = {path: extract for path, extract in extracts.items() if basename(path) in ("go.mod", "go.work")}
        self.roots = {
            dirname(path): extract["module"]
            for path, extract in self._files.items()
            if basename(path) == "go.mod" and extract["module"]
        }
        named = [(module, root) for root, module in self.roots.items()]
        for path, extract in self._files.items():
            for old, _, new, _ in extract["replaces"]:
                folder = _folder(path, new)
                if folder is not None and f"{folder}/go.mod".lstrip("/") in self._files:
                    named.append((old, folder))
        self._named = sorted(set(named), key=lambda one: (-len(one[0]), one))

    def place(self, imported: str) -> str | None:
        """The folder that an import path leads to by the module it belongs to; None where it belongs to none of these."""
        return next(self.places(imported), None)

    def places(self, imported: str) -> Iterator[str]:
        """All folders that it may lead to: a repository may hold two modules of one name, as where a go.mod was left behind."""
        for module, root in self._named:
            if imported == module or imported.startswith(f"{module}/"):
                yield "/".join(part for part in (root, imported[len(module) + 1 :]) if part)

    def requirements(self, manifest: str) -> Iterator[Requirement]:
        """What a build of the module with that go.mod selects, each shown where it is asked for. What is replaced by
        another module or a folder is left out: nothing is known of its release."""
        together = self._together(manifest)
        replaced: dict[tuple[str, str | None], str | None] = {}
        for path in reversed(together):  # go.work comes first in the list, and has the last word
            for old, at, new, version in self._files.get(path, {}).get("replaces", ()):
                replaced[old, at] = version if new == old else None
        newest: dict[str, Requirement] = {}
        for path in together:
            for name, asked, start, end in self._files.get(path, {}).get("requires", ()):
                version = replaced.get((name, asked), replaced.get((name, None), asked))
                found = None if version is None else Requirement(name, version, Span(path, start, end))
                if found is not None and (name not in newest or _order(newest[name]) < _order(found)):
                    newest[name] = found
        yield from newest.values()

    def _together(self, manifest: str) -> list[str]:
        """The files that decide: a go.work that uses the module with every go.mod it names, its own first; else its own."""
        folder = dirname(manifest)
        for path, extract in self._files.items():
            used = [_folder(path, use) for use in extract["uses"]] if basename(path) == "go.work" else []
            if folder in used:
                others = [f"{use}/go.mod".lstrip("/") for use in used if use is not None and use != folder]
                return [path, manifest, *others]
        return [manifest]


def _folder(path: str, written: str) -> str | None:
    """The folder inside the project that a manifest names, None for one outside and for a module's path."""
    if not written.startswith((".", "/")) or written.startswith("/"):
        return None
    folder = normpath(join(dirname(path), written))
    return None if folder.startswith("..") else "" if folder == "." else folder


def _order(requirement: Requirement) -> tuple[object, ...]:
    """Orders versions; a pseudo-version or another pre-release comes before what it leads to."""
    numbers, _, rest = requirement.version.removeprefix("v").partition("-")
    return [int(part) for part in re.findall(r"\d{1,9}", numbers)], rest == "", rest
