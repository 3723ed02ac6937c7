"""Plain SQL files: init scripts, dumps, schema files.

Those that compose mounts for a database's first start are one source, in the order in which the image's entrypoint runs
them (`firststart`). The files of a history that no known tool runs are one source too (`numbered`), as are those of a declared
schema (`declared`). Every other file is a source of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from schemalint import histories, initdb
from schemalint.model.deployment import ToolCall
from schemalint.model.facts import Opaque
from schemalint.model.source import Ignored, Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.sql import beside, firststart, numbered
from schemalint.parsers.sql.declared import schemas
from schemalint.parsers.sql.runs import Runs, run_by_others
from schemalint.parsers.sql.text import extract
from schemalint.parsers.sql.tolerance import knows_refusals
from schemalint.routines import called
from schemalint.sql.heredocs import guarded

_MIGRATION = re.compile(r"^[0-9]+_.*\.(?:up|down)\.sql$")


class Sql:
    """Reads .sql files that belong to no migration tool."""

    name = "sql"
    kind = SourceKind.SCHEMA
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        if not path.endswith(".sql") or path.endswith(".down.sql") or _MIGRATION.match(basename(path)):
            return False
        return histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return extract(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        known = frozenset(project.tree.paths)
        inner = run_by_others(extracts, known)
        used: set[str] = set()
        owned = histories.owners(project)
        folders = {
            dirname(path) for path in owned
        }  # what bears a tool's marks there, and is none of its steps, never runs
        for given in initdb.folders(project.deployment, project.tree.paths):
            started = self._first_start(given, extracts, project, known)
            if started is not None:
                used.update(started.files)
                yield started
        for declared in schemas(project):
            made = numbered.in_dialect("postgres", declared.paths, extracts, project)
            whole = self._source(f"sql:{declared.root}", declared.root, declared.paths, made, project, known)
            if whole.scripts and used.isdisjoint(declared.paths):
                used.update(declared.paths)
                if not declared.ordered and numbered.is_ahead(whole):
                    why = "these files do not run in the order of their names, and a newer CLI finds another"
                    whole = replace(whole, scripts=numbered.unasserted(whole, why, numbered.refused_alone(whole)))
                yield replace(whole, dialect="postgres", dialect_why="Supabase is PostgreSQL", why=declared.why)
        rest = {
            path: one
            for path, one in extracts.items()
            if path not in used
            and path not in inner
            and path not in owned
            and not (one["marked"] and dirname(path) in folders)
            and _says(one)
        }
        read = {dirname(path) for path in project.tree.paths if _MIGRATION.match(basename(path))}
        open_ = {path: one for path, one in rest.items() if dirname(path) not in read}
        looped, doubted = _runners(project)
        for steps in numbered.histories(open_, looped):
            used.update((*steps.up, *steps.back))
            mine = numbered.of_one_dialect(steps.up, extracts, project)
            whole = self._source(f"sql:{steps.name}", steps.root, steps.up, mine, project, known)
            call = looped.get(steps.root)
            if call is not None and call.where == "code" and numbered.both_ways(steps.up, extracts):
                doubted[steps.root] = replace(call, doubt="they hold the way up and the way back")
                call = None
            if call is not None and (len(looped) == 1 or not numbered.needs_others(whole)):
                yield numbered.run_by_loop(whole, call, project)
                continue
            upgrades = beside.upgrades(whole, extracts, project)
            whole = replace(whole, upgrades=upgrades, aside=numbered.is_kept(steps.root))
            if numbered.is_one(whole, open_, project):
                found = replace(whole, why=numbered.ONE)
            else:
                found = numbered.of_unknown_tool(whole, mine, project)
            yield numbered.with_doubt(found, doubted.get(steps.root), project)
        for path in rest:
            if path not in used:
                yield self._source(f"sql:{path}", path, (path,), extracts, project, known)

    def _first_start(
        self, folder: initdb.Folder, extracts: Mapping[str, Extract], project: Project, known: frozenset[str]
    ) -> Source | None:
        """What a server's image runs on an empty volume; None where nothing of it says anything of a schema."""
        made = {**extracts, **firststart.read(folder, project, known)}
        made |= firststart.of_others(folder, made)
        found = self._source(f"sql:{folder.root or '.'}", folder.root, folder.paths, made, project, known)
        scripts = any(path in extracts and _says(extracts[path]) for path in folder.paths)
        if not scripts and all(isinstance(fact, Opaque) for fact in found.facts):
            return None
        ignored = tuple(Ignored(Span(path, 0, 0), why) for path, why in folder.passed_over)
        if not folder.settled and found.scripts:
            why = (
                "the names of these scripts are sorted in another way in other languages, and the image's is not known"
            )
            found = replace(found, scripts=numbered.unasserted(found, why, numbered.refused_alone(found)))
        named = (
            f"run at first start by service {folder.service.name} in {folder.service.span.path}, in its image's order"
        )
        return replace(found, ignored=ignored, why=named)

    def _source(
        self,
        id_: str,
        root: str,
        paths: tuple[str, ...],
        extracts: Mapping[str, Extract],
        project: Project,
        known: frozenset[str],
    ) -> Source:
        choices = [project.dialect_of(path) for path in paths if path in extracts] or [project.dialect_of(root)]
        choice = next((one for one in choices if one.name is not None), choices[0])
        scripts = []
        played = Runs(extracts, known)
        for path in paths:
            facts = tuple(played.facts(path)) if path in extracts else ()
            if path.endswith(".sh"):
                facts = tuple(guarded(fact) for fact in facts)
            if facts:
                label = path.removeprefix(f"{root}/") if path.startswith(f"{root}/") else basename(path)
                scripts.append(Script(path=path, label=label, facts=facts))
        found = Source(
            id=id_,
            kind=SourceKind.SCHEMA,
            parser=self.name,
            root=root,
            dialect=choice.name,
            dialect_why=choice.why,
            states=frozenset(Part),
            scripts=tuple(scripts),
            files=tuple(dict.fromkeys((*paths, *played.read))),
        )
        return called(found)  # whether several files are one history is seen from what they do


def _runners(project: Project) -> tuple[dict[str, ToolCall], dict[str, ToolCall]]:
    """By folder, the loops and programs that run every script of it, and those of which that is not certain."""
    looped: dict[str, ToolCall] = {}
    doubted: dict[str, ToolCall] = {}
    for call in project.deployment.tool_calls:
        if call.tool == "sql" and call.folder is not None:
            folder = call.folder.rstrip("/")
            if call.where == "code" and call.doubt is None and knows_refusals(project.tree, call.span.path):
                call = replace(call, doubt="it looks at errors by their number or text, and may go on after them")
            (looped if call.doubt is None else doubted)[folder] = call
    return looped, doubted


def _says(extract: Extract) -> bool:
    return bool(extract["ddl"] or extract.get("runs"))


PARSER = Sql()
