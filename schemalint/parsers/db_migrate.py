"""db-migrate: `TIMESTAMP-title.js` by name as text, where each loads `sqls/TIMESTAMP-title-up.sql` and `-down.sql` (the files
that `create --sql-file` writes); other JavaScript is a step that is not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.source import Ignored, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

_SCRIPT = re.compile(r"[^/]+-(?:up|down)\.sql$")
_TIME = re.compile(r"[0-9]{14}")
_LOADED = re.compile(r"""sqls[/'" ,+]+([^/'"\s]+-(up|down)\.sql)""")
_OWN_WORK = re.compile(r"\bdb\.(?!runSql\(data\))\w+")
_UNDATED = "its name begins with no date and time of fourteen digits, and the tool then runs nothing"
_UNLOADED = "no JavaScript file of the folder above loads it"


class DbMigrate:
    """Reads the SQL files of db-migrate."""

    name = "db-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True

    def claims(self, path: str, content: bytes) -> bool:
        return basename(dirname(path)) == "sqls" and _SCRIPT.match(basename(path)) is not None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        for root, paths in histories.owned(self.name, project):
            choice = project.dialect_of(f"{root}/sqls")
            code = sorted(path for path in project.tree.paths if dirname(path) == root and path.endswith(".js"))
            ignored, scripts, loaded = [], [], set[str]()
            for path in code:
                file = project.tree.file(path)
                if _TIME.match(basename(path)) is None:
                    ignored.append(Ignored(histories.first_line(path, project), _UNDATED))
                elif file is not None:
                    step = _Step(file, f"{root}/sqls", extracts)
                    script = step.script(project, choice.name)
                    scripts.append(script)
                    ignored += step.missing
                    loaded.update(step.loads.values())
            ignored += (histories.passed_over(path, _UNLOADED, project) for path in paths if path not in loaded)
            yield histories.history(self.name, root, choice.name, choice.why, scripts, tuple(ignored))


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

    def script(self, project: Project, dialect: str | None) -> Script:
        label = basename(self.file.path).removesuffix(".js")
        up, down = self.loads.get("up"), self.loads.get("down")
        if up is None or up not in self.extracts or _OWN_WORK.search(self.file.text):
            why = "a migration in JavaScript code is not read"
            return Script(self.file.path, label, histories.opaque(self.file.path, why, project))
        back = None if down is None else self.extracts.get(down)
        return histories.one_way(up, label, self.extracts[up], histories.transactional(dialect), down, back)


PARSER = DbMigrate()
