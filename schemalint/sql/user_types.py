"""CREATE and ALTER of types and domains."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterType,
    DropColumn,
    DropConstraint,
    NeedConstraint,
    Opaque,
    RenameColumn,
    RenameConstraint,
    TypeChange,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, RenameEnumValue, RenameType
from schemalint.model.schema import Check, Column
from schemalint.model.span import Span
from schemalint.sql.alter_column import Altered, alter_column
from schemalint.sql.alter_drops import CASCADES
from schemalint.sql.columns import read_column, read_unnamed
from schemalint.sql.constraints import read_constraint
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.parts import Parts
from schemalint.sql.references import not_valid
from schemalint.sql.tokens import END, STRING, string_text

_VALUE = Name("value", "VALUE")
"""What a domain's type, default and checks are of."""


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
    columns: tuple[Column, ...] | None = None
    checks: tuple[Check, ...] = ()
    if not domain and cursor.take("AS", "ENUM"):
        found: list[str] = []
        cursor.need("(")
        while not cursor.done and not cursor.take(")"):
            found.append(_text(cursor))
            cursor.take(",")
        values = tuple(found)
    elif cursor.family == "postgres":
        columns, checks = _shape(cursor, name, span, domain)
    definition = "" if values is not None else cursor.raw(start, len(cursor.tokens) - 1)
    cursor.emit(
        CreateEnum(
            span, cursor.statement, name, values, if_not_exists, cursor.guard, domain, definition, columns, checks
        )
    )


def read_sp_addtype(cursor: Cursor) -> None:
    """SQL Server: `EXEC sp_addtype 'name', 'int', 'NOT NULL'`, the older CREATE TYPE … FROM ("sp_addtype (Transact-SQL)")."""
    cursor.take("@TYPENAME", "=")
    at = cursor.at
    name = cursor.dialect.table_name(_text(cursor))
    cursor.emit(CreateEnum(cursor.span(at), cursor.statement, name, None, False, cursor.guard, False, ""))


def _shape(
    cursor: Cursor, name: TableName, span: Span, domain: bool
) -> tuple[tuple[Column, ...] | None, tuple[Check, ...]]:
    """A composite type's attributes, or a domain's one column VALUE and its checks; None where not all of it is read."""
    parts = Parts()
    try:
        if domain:
            cursor.take("AS")
            parts.columns.append(read_unnamed(cursor, _VALUE, span, name, parts))
        elif cursor.take("AS", "("):
            while not cursor.done and not cursor.take(")"):
                parts.columns.append(read_column(cursor, name, parts))
                cursor.take(",")
        else:
            return None, ()
    except Unreadable:
        return None, ()
    known = not parts.unread and cursor.done and all(column.type is not None for column in parts.columns)
    return (tuple(parts.columns), tuple(parts.checks)) if known else (None, ())


def _alter(cursor: Cursor, name: TableName, change: TypeChange, domain: bool, cascade: bool = False) -> None:
    cursor.emit(AlterType(change.span, cursor.statement, name, change, domain, cascade, cursor.guard))


def _not_read(cursor: Cursor, name: TableName, span: Span, domain: bool, why: str) -> None:
    cursor.emit(AlterType(span, cursor.statement, name, None, domain, guard=cursor.guard))
    cursor.emit(Opaque(cursor.statement, cursor.statement, why, (), cursor.guard))


def _moved(cursor: Cursor, name: TableName, span: Span) -> bool:
    """`RENAME TO name` and `SET SCHEMA name`."""
    if cursor.take("RENAME", "TO"):
        fresh, fresh_span = cursor.name(NameKind.TABLE)
        new = TableName(name.schema, fresh)
        cursor.emit(RenameType(span, cursor.statement, name, new, fresh_span, cursor.guard))
    elif cursor.take("SET", "SCHEMA"):
        schema, schema_span = cursor.name(NameKind.SCHEMA)
        new = TableName(None if schema.key in cursor.dialect.default_schemas else schema, name.name)
        if new != name:
            cursor.emit(RenameType(span, cursor.statement, name, new, schema_span, cursor.guard))
    else:
        return False
    return True


def read_alter_type(cursor: Cursor) -> None:
    """What follows `ALTER TYPE`."""
    name, span = cursor.qualified()
    if cursor.take("ADD", "VALUE"):
        if_not_exists = cursor.take("IF", "NOT", "EXISTS")
        value = _text(cursor)
        before = _text(cursor) if cursor.take("BEFORE") else None
        after = _text(cursor) if cursor.take("AFTER") else None
        cursor.emit(AddEnumValue(span, cursor.statement, name, value, if_not_exists, before, after, cursor.guard))
    elif cursor.take("RENAME", "VALUE"):
        at = cursor.at
        old = _text(cursor)
        cursor.need("TO")
        cursor.emit(RenameEnumValue(cursor.span(at), cursor.statement, name, old, _text(cursor), cursor.guard))
    elif not _moved(cursor, name, span) and cursor.word(1) == "ATTRIBUTE":
        try:
            while not cursor.done:
                _attribute(cursor, name, span)
                cursor.take(",")
        except Unreadable as trouble:
            _not_read(cursor, name, span, False, str(trouble))


def _attribute(cursor: Cursor, name: TableName, span: Span) -> None:
    """`ADD | DROP | ALTER | RENAME ATTRIBUTE … [CASCADE | RESTRICT]`."""
    start = cursor.at
    cursor.skip_item()
    stop = cursor.at
    last = cursor.tokens[stop - 1][1]
    kept = [*cursor.tokens[start : stop - (last in CASCADES)], (END, "", *cursor.tokens[stop - 1][2:])]
    one = Cursor(cursor.script, kept, cursor.statement, cursor.guard)
    verb = one.word()
    one.at += 1
    one.need("ATTRIBUTE")
    for change in _changes(one, verb, name, span):
        _alter(cursor, name, change, False, last == "CASCADE")


def _changes(cursor: Cursor, verb: str, name: TableName, span: Span) -> list[TypeChange]:
    statement, guard = cursor.statement, cursor.guard
    if verb == "ADD":
        parts = Parts()
        column = read_column(cursor, name, parts)
        if parts.unread:
            raise Unreadable("unknown clause of an attribute")
        return [AddColumn(column.span, statement, name, column, guard=guard)]
    if verb == "DROP":
        if_exists = cursor.take("IF", "EXISTS")
        old, where = cursor.name()
        return [DropColumn(where, statement, name, old, if_exists, guard=guard)]
    if verb == "RENAME":
        old, where = cursor.name()
        cursor.need("TO")
        fresh, fresh_where = cursor.name()
        return [RenameColumn(where, statement, name, old, fresh, fresh_where, guard=guard)]
    if verb != "ALTER":
        raise Unreadable("unknown action on an attribute")
    facts = cursor.script.facts
    before = len(facts)
    alter_column(cursor, Altered(name, span, False))
    made = facts[before:]
    del facts[before:]
    return [fact for fact in made if isinstance(fact, AlterColumn)]


def read_alter_domain(cursor: Cursor) -> None:
    """What follows `ALTER DOMAIN`."""
    name, span = cursor.qualified()
    if cursor.word() == "OWNER" or _moved(cursor, name, span):
        return
    try:
        for change in _of_domain(cursor, name, span):
            _alter(cursor, name, change, True)
    except Unreadable as trouble:
        _not_read(cursor, name, span, True, str(trouble))


def _of_domain(cursor: Cursor, name: TableName, span: Span) -> list[TypeChange]:
    statement, guard = cursor.statement, cursor.guard

    def altered(**change: object) -> list[TypeChange]:
        return [AlterColumn(span, statement, name, _VALUE, guard=guard, **change)]  # type: ignore[arg-type]

    if cursor.take("SET", "NOT", "NULL") or cursor.take("ADD", "NOT", "NULL"):
        return altered(nullable=False)
    if cursor.take("DROP", "NOT", "NULL"):
        return altered(nullable=True)
    if cursor.take("DROP", "DEFAULT") or cursor.take("SET", "DEFAULT", "NULL"):
        return altered(drop_default=True)
    if cursor.take("SET", "DEFAULT"):
        start = cursor.at
        end = skip_expression(cursor, frozenset())
        if end == start:
            raise Unreadable("expected a default")
        return altered(default=expression(cursor, start, end))
    if cursor.take("ADD"):
        return _added(cursor, name, span)
    verb = cursor.word()
    cursor.advance()
    cursor.need("CONSTRAINT")
    if_exists = verb == "DROP" and cursor.take("IF", "EXISTS")
    constraint, where = cursor.name(NameKind.CONSTRAINT)
    if verb == "DROP":
        return [DropConstraint(where, statement, name, constraint, if_exists=if_exists, guard=guard)]
    if verb == "RENAME":
        cursor.need("TO")
        fresh, _ = cursor.name(NameKind.CONSTRAINT)
        return [RenameConstraint(where, statement, name, constraint, fresh, guard=guard)]
    if verb != "VALIDATE":
        raise Unreadable("unknown action on a domain")
    return [NeedConstraint(where, statement, name, constraint, guard=guard, validated=True)]


def _added(cursor: Cursor, name: TableName, span: Span) -> list[TypeChange]:
    """`ADD [CONSTRAINT name] CHECK (…) [NOT VALID]`, or NOT NULL as PostgreSQL 17 takes it."""
    called = None
    if cursor.word() == "CONSTRAINT" and [token[1] for token in cursor.tokens[cursor.at + 2 : cursor.at + 4]] == [
        "NOT",
        "NULL",
    ]:
        cursor.at += 1
        called, span = cursor.name(NameKind.CONSTRAINT)
        change = AlterColumn(span, cursor.statement, name, _VALUE, nullable=False, not_null=called, guard=cursor.guard)
        return [change]
    start = cursor.at
    made = read_constraint(cursor, name, Parts())
    if not isinstance(made, Check):
        raise Unreadable("expected a check")
    if not_valid(cursor, start):
        made = replace(made, validated=False)
    return [AddConstraint(made.span, cursor.statement, name, made, guard=cursor.guard)]
