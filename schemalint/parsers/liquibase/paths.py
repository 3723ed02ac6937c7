"""Paths in changelogs: a file or folder beside the changelog, or below a root of the class path, as Liquibase looks them up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname, join, normpath

_SCHEME = re.compile(r"(?:classpath\*?|file|filesystem):/*", re.I)
_FORMATS = (".xml", ".yaml", ".yml", ".json", ".sql")


class Files:
    """The listed files of a project, and the folders that they stand in."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        self.files = frozenset(paths)
        self.folders: set[str] = set()
        self._by_name: dict[str, list[str]] = {}
        for path in paths:
            self._by_name.setdefault(basename(path), []).append(path)
            while path := dirname(path):
                if path in self.folders:
                    break
                self.folders.add(path)

    def candidates(self, origin: str, written: str, relative: bool) -> Iterator[str]:
        """Where a written path may lead: beside its origin, or below one of the folders around it."""
        plain = _SCHEME.sub("", written.replace("\\", "/")).strip()
        if relative:
            yield normpath(join(dirname(origin), plain.lstrip("/")))
            return
        plain = plain.lstrip("/")
        folder = dirname(origin)
        while True:
            yield normpath(join(folder, plain))
            if not folder:
                return
            folder = dirname(folder)

    def find(self, origin: str, written: str, relative: bool) -> str | None:
        """The file that a written path means; one that stands elsewhere in the project when it is the only one."""
        found = next((path for path in self.candidates(origin, written, relative) if path in self.files), None)
        if found is not None or relative:
            return found
        plain = normpath(_SCHEME.sub("", written.replace("\\", "/")).strip().lstrip("/"))
        ends = [path for path in self._by_name.get(basename(plain), ()) if path.endswith(f"/{plain}")]
        return ends[0] if len(ends) == 1 and "/" in plain else None

    def within(self, origin: str, written: str, relative: bool) -> list[str] | None:
        """Everything in and below a folder that may be a changelog, in the order of includeAll: by path, as text. None
        when there is no such folder."""
        folder = next((path for path in self.candidates(origin, written, relative) if path in self.folders), None)
        if folder is None and not relative:
            plain = normpath(_SCHEME.sub("", written.replace("\\", "/")).strip().strip("/"))
            ends = [path for path in self.folders if path.endswith(f"/{plain}")]
            folder = ends[0] if len(ends) == 1 else None
        if folder is None:
            return None
        return sorted(path for path in self.files if path.startswith(f"{folder}/") and path.endswith(_FORMATS))
