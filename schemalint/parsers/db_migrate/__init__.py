"""db-migrate: `TIMESTAMP-title.js` by name as text, where each loads `sqls/TIMESTAMP-title-up.sql` and `-down.sql` (the files
that `create --sql-file` writes), or calls `db` itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname
from typing import TYPE_CHECKING

from schemalint import histories
from schemalint.dialects import dialect as dialect_named
from schemalint.loaded import absent
from schemalint.model.source import Ignored, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

if TYPE_CHECKING:
    from schemalint.parsers.db_migrate.code import Reader

_LARGEST = 1_000_000
_CALLS = re.compile(
    rb"\bdb\s*\.\s*(?:(?:create|drop|rename)Table|(?:add|remove|rename|change)Column|runSql|(?:add|remove)(?:Index|ForeignKey))\b"
)
_SCRIPT = re.compile(r"[^/]+-(?:up|down)\.sql$")
_TIME = re.compile(r"[0-9]{14}")
_LOADED = re.compile(r"""sqls[/'" ,+]+([^/'"\s]+-(up|down)\.sql)""")
_OWN_WORK = re.compile(r"\bdb\.(?!runSql\(data\))\w+")
_UNDATED = "its name begins with no date and time of fourteen digits, and the tool then runs nothing"
_UNLOADED = "no JavaScript file of the folder above loads it"


class DbMigrate:
    """Reads migrations of db-migrate."""

    name = "db-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql", "js"})

    def claims(self, path: str, content: bytes) -> bool:
        if path.endswith(".js"):
            dated = _TIME.match(basename(path)) is not None and len(content) <= _LARGEST
            return dated and b"exports" in content and _CALLS.search(content) is not None
        return "sqls/" in path and basename(dirname(path)) == "sqls" and _SCRIPT.match(basename(path)) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        if file.path.endswith(".js"):
            from schemalint.jssource.files import read

            return read(file)
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        histories_of = dict(histories.owned(self.name, project))
        for root in sorted({*histories_of, *_folders(extracts, project)}):
            paths = histories_of.get(root, [])
            choice = project.dialect_of(f"{root}/sqls" if paths else root)
            reader = _reader(root, extracts, project, choice.name)
            code = [path for path in project.tree.within(root) if path.endswith(".js")]
            ignored, scripts, loaded = [], [], set[str]()
            for path in code:
                file = project.tree.file(path)
                if _TIME.match(basename(path)) is None:
                    ignored.append(Ignored(histories.first_line(path, project), _UNDATED))
                elif file is not None:
                    step = _Step(file, f"{root}/sqls", extracts)
                    script = step.script(project, choice.name, reader)
                    scripts.append(script)
                    ignored += step.missing
                    loaded.update(
                        step.loads.values(), (fact.span.path for fact in (*script.facts, *(script.down or ())))
                    )
            ignored += (histories.passed_over(path, _UNLOADED, project) for path in paths if path not in loaded)
            yield histories.history(self.name, root, choice.name, choice.why, scripts, tuple(ignored))


def _folders(extracts: Mapping[str, Extract], project: Project) -> Iterator[str]:
    """The folders with code that calls the tool, in projects that have it."""
    for path in extracts:
        if path.endswith(".js") and _has_tool(dirname(path), project):
            yield dirname(path)


def _has_tool(folder: str, project: Project) -> bool:
    unit = project.unit(folder)
    while True:
        manifest = project.tree.read(f"{unit}/package.json" if unit else "package.json") or b""
        if b'"db-migrate' in manifest:
            return True
        if not unit:
            return False
        unit = dirname(unit)


def _reader(root: str, extracts: Mapping[str, Extract], project: Project, dialect: str | None) -> Reader | None:
    """What reads the code of a folder, None where it has none, or where its driver is none of those that are read."""
    code = {path: extract for path, extract in extracts.items() if path.endswith(".js")}
    if not any(dirname(path) == root for path in code):
        return None
    from schemalint.parsers.db_migrate.code import FAMILIES, Reader

    server = dialect_named(dialect)
    return Reader(code, project, server) if server.family in FAMILIES else None


class _Step:
    """One JavaScript file: `loads` has the SQL file of each way, `missing` those that are not there."""

    def __init__(self, file: SourceFile, folder: str, extracts: Mapping[str, Extract]) -> None:
        self.file = file
        self.extracts = extracts
        self.loads: dict[str, str] = {}
        self.missing: list[Ignored] = []
        found = list(_LOADED.finditer(file.text))
        # The ways stand in the order of the functions that load them, whatever the files are called.
        for match in found:
            way = (
                "down"
                if file.text.rfind("exports.down", 0, match.start()) > file.text.rfind("exports.up", 0, match.start())
                else "up"
            )
            path = f"{folder}/{match[1]}"
            self.loads.setdefault(way, path)
            if path not in extracts:
                place = Span(file.path, match.start(1), match.end(1))
                why = f"sqls/{match[1]} is not there, and the tool stops"
                self.missing.append(Ignored(place, why, what="what is named here"))

    def script(self, project: Project, dialect: str | None, reader: Reader | None) -> Script:
        label = basename(self.file.path).removesuffix(".js")
        up, down = self.loads.get("up"), self.loads.get("down")
        if up is None or up not in self.extracts or _OWN_WORK.search(self.file.text):
            found = None if reader is None else reader.script(self.file.path)
            if found is not None:
                self.missing = self.missing or list(absent([found]))
                return found
            why = "a migration in JavaScript code is not read"
            return Script(self.file.path, label, histories.opaque(self.file.path, why, project))
        back = None if down is None else self.extracts.get(down)
        return histories.one_way(up, label, self.extracts[up], histories.transactional(dialect), down, back)


PARSER = DbMigrate()
