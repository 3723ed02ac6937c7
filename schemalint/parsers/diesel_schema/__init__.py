"""diesel's schema.rs: tables, columns, nullability, primary keys, and types as far as diesel tells them apart.

A file that diesel writes (its first line says so, or diesel.toml names it) holds every column of its tables. A `table!` that
somebody wrote, or patched, may hold a few: of those, only what they do name is held against the database.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from posixpath import dirname, join, normpath
from typing import Any

from schemalint.dialects import Dialect, NameKind, dialect
from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.model.facts import CreateTable, Fact, Opaque
from schemalint.model.schema import Column, PrimaryKey
from schemalint.model.source import Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.diesel_schema.reading import read
from schemalint.parsers.diesel_schema.types import written

_ROWID = frozenset({"rowid", "oid", "_rowid_"})
"""The names of the column that every table of SQLite has and none declares, if none takes them for its own."""
_STATES = frozenset({Part.TABLES, Part.COLUMNS, Part.NULLABILITY})


class DieselSchema:
    """Reads `table!` of diesel in Rust."""

    name = "diesel-schema"
    kind = SourceKind.MODELS
    needs_dialect = False
    endings = frozenset({"rs"})

    def claims(self, path: str, content: bytes) -> bool:
        return path.endswith(".rs") and b"table!" in content and b"->" in content

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return read(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        written_by: dict[str, bool] = dict(_printed(project))
        include = patterns(project.config.include)
        for root, paths in _groups(extracts, project, include):
            choice = project.dialect_of(root)
            server = dialect(choice.name)
            types = {name: said for path in paths for name, said in extracts[path]["types"].items()}
            scripts = []
            for path in paths:
                whole = written_by.get(path, bool(extracts[path]["generated"]))
                facts = list(_facts(path, extracts[path], whole, types, server))
                facts.sort(key=lambda fact: fact.statement)
                scripts.append(Script(path, path, tuple(facts)))
            yield Source(
                id=f"{self.name}:{root or '.'}",
                kind=self.kind,
                parser=self.name,
                root=root,
                dialect=choice.name,
                dialect_why=choice.why,
                states=_STATES,
                scripts=tuple(scripts),
                files=paths,
            )


def _groups(extracts: Mapping[str, Extract], project: Project, include: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The files of one crate are one source; where two of them declare one table (a database each, or a feature each), every
    file is."""
    units: dict[str, list[str]] = {}
    for path, extract in extracts.items():
        if extract["tables"] or extract["unread"]:
            units.setdefault(aside(path, include) or project.unit(path), []).append(path)
    for unit, paths in sorted(units.items()):
        names = [(table["schema"], table["name"]) for path in paths for table in extracts[path]["tables"]]
        if len(set(names)) == len(names):
            yield unit, tuple(paths)
        else:
            yield from ((path, (path,)) for path in paths)


def _printed(project: Project) -> Iterator[tuple[str, bool]]:
    """The files that diesel.toml has diesel write, each with whether they are left as it writes them."""
    for path in project.tree.paths:
        if path.rpartition("/")[2] != "diesel.toml":
            continue
        file = project.tree.file(path)
        try:
            told = tomllib.loads("" if file is None else file.text).get("print_schema", {})
        except (tomllib.TOMLDecodeError, RecursionError):
            continue
        for one in (told, *told.values()) if isinstance(told, dict) else ():
            if isinstance(one, dict) and isinstance(one.get("file"), str):
                yield normpath(join(dirname(path), one["file"])), "patch_file" not in one


def _facts(
    path: str, extract: Extract, whole: bool, types: Mapping[str, list[str | None]], server: Dialect
) -> Iterator[Fact]:
    for data in extract["tables"]:
        table = _table(path, data, whole, types, server)
        yield table
        if server.family == "sqlite" and any(column["name"].lower() in _ROWID for column in data["columns"]):
            yield Opaque(table.span, table.statement, "it names SQLite's own rowid", (table.table,))
    for start, end in extract["unread"]:
        span = Span(path, start, end)
        yield Opaque(span, span, "a table! that was not understood", None)


def _table(
    path: str, table: Extract, whole: bool, types: Mapping[str, list[str | None]], server: Dialect
) -> CreateTable:
    key = table["key"] or [["id", *table["place"]]]  # what diesel takes for the key where none is written
    keys = {name for name, _, _ in key}
    columns = tuple(
        _column(path, column, types, server, column["field"] in keys)
        for column in table["columns"]
        if server.family != "sqlite" or column["name"].lower() not in _ROWID
    )
    by_field = {column.attribute: column.name for column in columns}
    named = tuple(by_field.get(name) or server.identifier(name, True) for name, _, _ in key)
    return CreateTable(
        span=Span(path, *table["place"]),
        statement=Span(path, *table["statement"]),
        table=server.table_name(table["name"], True, table["schema"], True),
        columns=columns,
        primary_key=PrimaryKey(None, named, Span(path, key[0][1], key[-1][2])) if whole else None,
        model=table["name"],
        certain=whole,
    )


def _column(path: str, column: Extract, types: Mapping[str, list[str | None]], server: Dialect, key: bool) -> Column:
    said = written(column["type"], column["length"], types, server)
    return Column(
        name=server.identifier(column["name"], True, NameKind.COLUMN),
        span=Span(path, *column["place"]),
        type=said.type,
        type_span=Span(path, *column["type_place"]),
        nullable=None if key and server.family == "sqlite" else said.nullable,  # SQLite tells nothing of a key's
        attribute=column["field"],
    )


PARSER = DieselSchema()
