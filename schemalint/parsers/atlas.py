"""Atlas: every .sql file of a folder with an `atlas.sum`, by name; the version is what stands before the first underscore. A new
database begins at the last checkpoint (ariga.io/atlas v0.32.0, sql/migrate/dir.go and migrate.go)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Fault, FaultKind, Ignored, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

_USUAL = re.compile(r"[0-9]+[^/]*\.sql$")
"""Names that `atlas migrate diff` gives. Others are read once it is known that they are Atlas's."""
_DIRECTIVES = re.compile(r"(?:[ \t]*--[^\n]*\n|[ \t]*\r?\n)*")
_CHECKPOINT = re.compile(r"^-- atlas:checkpoint\b", re.M)
_NO_TRANSACTION = re.compile(r"^-- atlas:txmode[ \t]+none\b", re.M)
_LISTED = re.compile(r"^(\S[^\n]*\.sql) h1:", re.M)
_NO_FOLDERS = "Atlas takes the files of its folder, and none below it"
_NOT_LISTED = "atlas.sum does not list it, and Atlas stops before its first step until `atlas migrate hash` is run"


class Atlas:
    """Reads migration folders of Atlas. Whose a file is shows only when the whole project is seen."""

    name = "atlas"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        return _USUAL.match(basename(path)) is not None and histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        head = _DIRECTIVES.match(file.text)
        said = head[0] if head is not None else ""
        checkpoint, alone = _CHECKPOINT.search(said) is not None, _NO_TRANSACTION.search(said) is not None
        return {**histories.reading(file, dialect), "checkpoint": checkpoint, "transaction": not alone}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for folder, paths in histories.owned(self.name, project):
            mine = sorted(path for path in paths if dirname(path) == folder)
            choice = project.dialect_of(folder)
            files = {path: project.tree.file(path) for path in mine if path not in extracts}
            known = {path: extracts[path] for path in mine if path in extracts}
            known |= {path: self.extract(file, choice.name) for path, file in files.items() if file is not None}
            starts = [at for at, path in enumerate(mine) if path in known and known[path]["checkpoint"]]
            scripts = [
                histories.one_way(
                    path,
                    _version(path),
                    known.get(path),
                    histories.transactional(choice.name, known[path]["transaction"] if path in known else True),
                )
                for path in mine[starts[-1] if starts else 0 :]
            ]
            if scripts:
                below = [path for path in paths if dirname(path) != folder]
                faults, unlisted = _checked(f"{folder}/atlas.sum".lstrip("/"), mine, project)
                ignored = (*_passed_over(below, project), *unlisted)
                yield histories.history(self.name, folder, choice.name, choice.why, scripts, ignored, faults)


def _version(path: str) -> str:
    return basename(path).removesuffix(".sql").partition("_")[0]


def _checked(listing: str, paths: list[str], project: Project) -> tuple[tuple[Fault, ...], tuple[Ignored, ...]]:
    """What atlas.sum lists that is not there, and what it does not list."""
    file = project.tree.file(listing)
    found = {match[1]: Span(listing, *match.span(1)) for match in _LISTED.finditer("" if file is None else file.text)}
    names = {basename(path): path for path in paths}
    missing = (
        Fault(FaultKind.MISSING_FILE, ((listing, span),), name) for name, span in found.items() if name not in names
    )
    others = (
        Ignored(histories.first_line(path, project), _NOT_LISTED) for name, path in names.items() if name not in found
    )
    return tuple(missing), tuple(others) if found else ()


def _passed_over(below: list[str], project: Project) -> Iterator[Ignored]:
    if below:
        what = "this file" if len(below) == 1 else f"the {len(below)} files of folders below"
        yield Ignored(histories.first_line(below[0], project), _NO_FOLDERS, what=what)


PARSER = Atlas()
