"""CREATE TYPE, CREATE DOMAIN and ALTER TYPE."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.names import TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, RenameEnumValue, RenameType
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.tokens import STRING, string_text


def _text(cursor: Cursor) -> str:
    """The text literal that must come next."""
    kind, _, start, end = cursor.tokens[cursor.at]
    if kind != STRING:
        raise Unreadable("expected a text")
    cursor.at += 1
    return string_text(cursor.text[start:end], cursor.family)


def read_create_type(cursor: Cursor, domain: bool) -> None:
    """What follows `CREATE TYPE` or `CREATE DOMAIN`."""
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name, span = cursor.qualified()
    start = cursor.at
    values: tuple[str, ...] | None = None
    if not domain and cursor.take("AS", "ENUM"):
        found: list[str] = []
        cursor.need("(")
        while not cursor.done and not cursor.take(")"):
            found.append(_text(cursor))
            cursor.take(",")
        values = tuple(found)
    definition = "" if values is not None else cursor.raw(start, len(cursor.tokens) - 1)
    cursor.emit(CreateEnum(span, cursor.statement, name, values, if_not_exists, cursor.guard, domain, definition))


def read_alter_type(cursor: Cursor) -> None:
    """What follows `ALTER TYPE` or `ALTER DOMAIN`."""
    name, span = cursor.qualified()
    if cursor.take("ADD", "VALUE"):
        if_not_exists = cursor.take("IF", "NOT", "EXISTS")
        value = _text(cursor)
        before = _text(cursor) if cursor.take("BEFORE") else None
        after = _text(cursor) if cursor.take("AFTER") else None
        cursor.emit(AddEnumValue(span, cursor.statement, name, value, if_not_exists, before, after, cursor.guard))
    elif cursor.take("RENAME", "TO"):
        fresh, fresh_span = cursor.name(NameKind.TABLE)
        new = TableName(name.schema, fresh)
        cursor.emit(RenameType(span, cursor.statement, name, new, fresh_span, cursor.guard))
    elif cursor.take("SET", "SCHEMA"):
        schema, schema_span = cursor.name(NameKind.SCHEMA)
        new = TableName(None if schema.key in cursor.dialect.default_schemas else schema, name.name)
        cursor.emit(RenameType(span, cursor.statement, name, new, schema_span, cursor.guard))
    elif cursor.take("RENAME", "VALUE"):
        at = cursor.at
        old = _text(cursor)
        cursor.need("TO")
        cursor.emit(RenameEnumValue(cursor.span(at), cursor.statement, name, old, _text(cursor), cursor.guard))
