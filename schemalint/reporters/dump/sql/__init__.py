"""Catalogs as DDL of their own dialect: every source by itself makes its schema on an empty server.

What the model does not hold cannot be written, and is named in a comment: the bodies of functions and triggers, views
whose text names what was renamed since, keys to tables that nothing here creates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TextIO

from schemalint.model.catalog import Catalog
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.schema import OtherType, Table, Thing
from schemalint.model.source import Source
from schemalint.model.span import SourceFile
from schemalint.reporters.dump import Catalogs
from schemalint.reporters.dump.sql.described import remarks
from schemalint.reporters.dump.sql.foreign import attachments, foreign_keys
from schemalint.reporters.dump.sql.spelling import Speller
from schemalint.reporters.dump.sql.tables import counts, create_table, later_checks, made_elsewhere, type_definition
from schemalint.reporters.dump.sql.views import create_views
from schemalint.reporters.terminal import safe

_BODIES = (ObjectKind.FUNCTION, ObjectKind.PROCEDURE, ObjectKind.TRIGGER)


def render(catalogs: Catalogs, files: Mapping[str, SourceFile], out: TextIO) -> None:
    """Writes one section a source, in their order."""
    for number, (source, catalog) in enumerate(catalogs):
        out.write("\n" if number else "")
        out.write(f"-- {safe(source.id)} ({source.dialect or 'dialect unknown'})\n")
        for statement in _statements(source, catalog):
            out.write(f"{statement}\n")


def _statements(source: Source, catalog: Catalog) -> Iterator[str]:
    """Everything, in an order in which it can be run."""
    write = Speller(source, catalog)
    path = ""
    schemas = list(_schemas(write))
    if write.family == "postgres" and schemas:
        # Types and functions that expressions name without their schema are found this way.
        path = f"SET search_path TO {', '.join(['public', *map(write.quoted, schemas)])};"
    for schema in schemas:
        yield (
            f"CREATE SCHEMA {write.quoted(schema)};\nGO"
            if write.family == "tsql"
            else (f"CREATE SCHEMA IF NOT EXISTS {write.quoted(schema)};")
        )
    if path:
        yield path
    for thing in _things(catalog, ObjectKind.EXTENSION):
        yield f"CREATE EXTENSION IF NOT EXISTS {write.quoted(thing.name.name)};"
    for thing in _things(catalog, ObjectKind.SCHEMA):
        if write.family not in ("postgres", "tsql"):
            yield f"-- database {safe(str(thing.name))}: it is the one that all of this is made in"
    yield from _types(write)
    yield from _sequences(write)
    for table in catalog.tables.values():
        yield from create_table(write, table)
    for table in catalog.tables.values():
        yield from foreign_keys(write, table)
    for table in catalog.tables.values():
        yield from attachments(write, table)
    yield from _owners(write)
    yield from remarks(write) if write.family == "postgres" else ()
    yield from create_views(write, path)
    for thing in catalog.things:
        if thing.kind in _BODIES:
            on = f" on {thing.table}" if thing.table else ""
            yield f"-- {thing.kind.value} {safe(str(thing.name) + on)}: its body is not kept"
    for span in catalog.opaque:
        yield f"-- not read, so that what it makes is missing here: {safe(span.path)}"
    if path:
        yield "RESET search_path;"


def _things(catalog: Catalog, kind: ObjectKind) -> list[Thing]:
    return [thing for thing in catalog.things if thing.kind is kind]


def _schemas(write: Speller) -> Iterator[Name]:
    """The schemas that are made or used, once each."""
    catalog = write.catalog
    if write.family not in ("postgres", "mysql", "tsql"):
        return
    made = _things(catalog, ObjectKind.SCHEMA) if write.family != "mysql" else []
    used: list[TableName] = [*catalog.tables, *catalog.enums, *catalog.types, *catalog.views, *write.sequences]
    names = [*(thing.name.name for thing in made), *(name.schema for name in used if name.schema is not None)]
    for name in dict.fromkeys(names):
        if name.key not in write.dialect.default_schemas:
            yield name


def _types(write: Speller) -> Iterator[str]:
    for enum in write.catalog.enums.values():
        values = ", ".join(map(write.literal, enum.values))
        yield f"CREATE TYPE {write.name(enum.name)} AS ENUM ({values});"
    for kind in _in_order(write.catalog.types):
        word = "DOMAIN" if kind.domain else "TYPE"
        definition = kind.definition if kind.shape is None else type_definition(write, kind.shape, kind.domain)
        if definition is not None:
            yield f"CREATE {word} {write.name(kind.name)} {definition}".rstrip() + ";"
            yield from later_checks(write, kind)
        else:
            yield f"-- type {safe(str(kind.name))}: its definition is not known here"


def _in_order(types: Mapping[TableName, OtherType]) -> Iterator[OtherType]:
    """The types, each behind those that it is made of."""
    left = list(types.values())
    by_key = {kind.name.key for kind in left}
    while left:
        ready = [kind for kind in left if not (_made_of(kind) & by_key) - {kind.name.key}]
        yield from ready or left  # a circle can not be made at all
        by_key -= {kind.name.key for kind in ready or left}
        left = [kind for kind in left if kind not in ready] if ready else []


def _made_of(kind: OtherType) -> set[str]:
    """The keys of the user-defined types of its attributes."""
    found = set()
    for column in kind.shape.columns.values() if kind.shape else ():
        inner = column.type
        while inner is not None and inner.element is not None:
            inner = inner.element
        if inner is not None and inner.user_type is not None:
            found.add(inner.user_type)
    return found


def _sequences(write: Speller) -> Iterator[str]:
    """Those that no column makes by itself."""
    catalog = write.catalog
    known = dict(write.sequences)
    for thing in write.sequences.values():
        if not made_elsewhere(write, thing):
            yield f"{' '.join((f'CREATE SEQUENCE {write.name(thing.name)}', *counts(thing.counting)))};"
    if write.family != "postgres":
        return
    for table in catalog.tables.values():
        for column in table.columns.values():
            name = column.sequence
            if column.serial and name is not None and name not in known:
                known[name] = Thing(ObjectKind.SEQUENCE, name, column.span)
                yield f"CREATE SEQUENCE IF NOT EXISTS {write.name(name)}; -- nothing here creates it"


def _owners(write: Speller) -> Iterator[str]:
    """What ties sequences to columns, and how those count that SERIAL makes."""
    for thing in write.sequences.values():
        if write.family == "postgres" and made_elsewhere(write, thing) and (options := _of_serial(write, thing)):
            yield f"ALTER SEQUENCE {write.name(thing.name)} {' '.join(options)};"
        table: Table | None = write.catalog.tables.get(thing.table) if thing.table else None
        if write.family == "postgres" and table and thing.column and not made_elsewhere(write, thing):
            owner = f"{write.name(table.name)}.{write.quoted(thing.column)}"
            yield f"ALTER SEQUENCE {write.name(thing.name)} OWNED BY {owner};"


def _of_serial(write: Speller, thing: Thing) -> list[str]:
    """How the sequence of a serial column counts, but for its type, which is the column's."""
    table = write.catalog.tables.get(thing.table) if thing.table else None
    column = table.columns.get(thing.column) if table and thing.column else None
    if column is None or not column.serial or thing.counting is None:
        return []
    options = tuple(one for one in thing.counting.options if one[0] != "as")
    return counts(replace(thing.counting, options=options))
