"""What stands beside columns and keys: comments, letters, MySQL's options and partitions."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects.charsets import letters
from schemalint.model.names import ObjectKind
from schemalint.model.schema import Column, Index, Table
from schemalint.reporters.dump.sql.spelling import Speller

_LETTERS = {"charset": "DEFAULT CHARSET", "collate": "COLLATE"}


def comments(write: Speller, table: Table) -> Iterator[str]:
    """PostgreSQL's statements for the comments of a table, its columns and indexes."""
    name = write.name(table.name)
    if table.comment:
        yield f"COMMENT ON TABLE {name} IS {write.literal(table.comment)};"
    yield from _of_columns(write, table, name)
    for index in table.indexes:
        if index.comment and index.name is not None:
            schema = f"{write.quoted(table.name.schema)}." if table.name.schema else ""
            yield f"COMMENT ON INDEX {schema}{write.quoted(index.name)} IS {write.literal(index.comment)};"


def remarks(write: Speller) -> Iterator[str]:
    """PostgreSQL's statements for the comments of constraints, types, schemas, sequences and extensions."""
    for table in write.catalog.tables.values():
        yield from _of_constraints(write, table, f"{write.name(table.name)}")
    for enum in write.catalog.enums.values():
        if enum.comment:
            yield f"COMMENT ON TYPE {write.name(enum.name)} IS {write.literal(enum.comment)};"
    for kind in write.catalog.types.values():
        word, name = "DOMAIN" if kind.domain else "TYPE", write.name(kind.name)
        if kind.comment:
            yield f"COMMENT ON {word} {name} IS {write.literal(kind.comment)};"
        if kind.shape is not None and kind.domain:
            yield from _of_constraints(write, kind.shape, f"DOMAIN {name}")
        elif kind.shape is not None:
            yield from _of_columns(write, kind.shape, name)
    for thing in write.catalog.things:
        if thing.comment and thing.kind in _REMARKED:
            yield f"COMMENT ON {thing.kind.value.upper()} {write.name(thing.name)} IS {write.literal(thing.comment)};"


_REMARKED = frozenset({ObjectKind.SEQUENCE, ObjectKind.SCHEMA, ObjectKind.EXTENSION})


def _of_constraints(write: Speller, table: Table, on: str) -> Iterator[str]:
    keys = (table.primary_key, *table.uniques, *table.exclusions, *table.foreign_keys, *table.checks)
    for key in keys:
        if key is not None and key.comment and key.name is not None:
            yield f"COMMENT ON CONSTRAINT {write.quoted(key.name)} ON {on} IS {write.literal(key.comment)};"


def _of_columns(write: Speller, table: Table, name: str) -> Iterator[str]:
    for column in table.columns.values():
        if column.comment:
            yield f"COMMENT ON COLUMN {name}.{write.quoted(column.name)} IS {write.literal(column.comment)};"


def storage(settings: tuple[tuple[str, str], ...]) -> str:
    """PostgreSQL's parameters of a table or an index."""
    return f" WITH ({', '.join(f'{key} = {value}' for key, value in settings)})" if settings else ""


def kept_as(write: Speller, table: Table) -> Iterator[str]:
    """PostgreSQL's statements for how the values of columns are kept, and for whom rows are seen by."""
    name = write.name(table.name)
    for column in table.columns.values():
        for mark in column.marks:
            yield f"ALTER TABLE ONLY {name} ALTER COLUMN {write.quoted(column.name)} SET {mark};"
    for option in table.options:
        if option != "UNLOGGED":
            yield f"ALTER TABLE {name} {option if option.startswith('FORCE') else f'ENABLE {option}'};"


def column_comment(write: Speller, column: Column) -> str:
    """MySQL's, which stands with the column, behind what marks it."""
    if write.family != "mysql":
        return ""
    marks = "".join(f" {mark}" for mark in column.marks if mark != "BINARY")
    return f"{marks} COMMENT {_text(write, column.comment)}" if column.comment else marks


def table_options(write: Speller, table: Table) -> str:
    """What stands behind MySQL's columns."""
    said = dict(table.settings)
    if later_letters(table):
        said = {key: value for key, value in said.items() if key not in _LETTERS}
    made = "".join(f" {_LETTERS.get(key, key.upper())}={_value(write, value)}" for key, value in said.items())
    return f"{made} COMMENT={_text(write, table.comment)}" if table.comment else made


def _text(write: Speller, text: str) -> str:
    return write.literal(text).replace("\n", "\\n")


def _value(write: Speller, value: str) -> str:
    return value if value.replace("_", "").isalnum() else write.literal(value)


def later_letters(table: Table) -> str:
    """The letters of the table, where it has columns that are older and have those of the database."""
    if not any(column.charset == "" for column in table.columns.values()):
        return ""
    return "".join(f" {_LETTERS[key]}={value}" for key, value in table.settings if key in _LETTERS)


def letters_of(table: Table, column: Column) -> str:
    """The character set and collation of a column of MySQL's, where they are not those that its table gives it."""
    own = column.charset is not None or column.collation is not None
    charset, collation = letters(table, column) if own or later_letters(table) else (None, None)
    made = (f" CHARACTER SET {charset}" if charset else "") + (f" COLLATE {collation}" if collation else "")
    return f" BINARY{made}" if "BINARY" in column.marks else made


def partitions(table: Table) -> str:
    """How MySQL's table is partitioned."""
    if table.partition_by is None:
        return ""
    listed = ",\n  ".join(text for _, text in table.partitions)
    return f"\nPARTITION BY {table.partition_by}" + (f" (\n  {listed}\n)" if listed else "")


def index_options(write: Speller, index: Index) -> str:
    """What stands behind an index of MySQL's."""
    made = f" WITH PARSER {write.dialect.quote(index.splitter)}" if index.splitter else ""
    if index.hidden:
        made += " IGNORED" if write.dialect.name == "mariadb" else " INVISIBLE"
    return f"{made} COMMENT {_text(write, index.comment)}" if index.comment else made
