"""CREATE VIEW and ALTER VIEW. What their queries say is read in `schemalint.sql.views`, when it is asked for."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.clauses import Query
from schemalint.model.facts import RenameColumn, RenameTable
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateView, RefreshView
from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import PUNCT

_TAILS = (
    ("WITH", "DATA"),
    ("WITH", "NO", "DATA"),
    ("WITH", "CHECK", "OPTION"),
    ("WITH", "LOCAL", "CHECK", "OPTION"),
    ("WITH", "CASCADED", "CHECK", "OPTION"),
)


def read_create_view(
    cursor: Cursor,
    materialized: bool,
    or_replace: bool,
    temporary: bool = False,
    *,
    alters: bool = False,
    recursive: bool = False,
) -> None:
    """What follows `CREATE … VIEW`."""
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name, span = cursor.qualified()
    first = cursor.at - 1  # without a schema
    columns: tuple[Name, ...] | None = None
    if cursor.value == "(" and cursor.kind == PUNCT:
        columns = tuple(column for column, _ in cursor.names_in_parens())
    named = cursor.raw(first, cursor.at)
    bound = False
    while not cursor.done and not cursor.take("AS"):
        bound = bound or (cursor.family == "tsql" and cursor.word() == "SCHEMABINDING")
        cursor.at += 1  # WITH (options), USING method, TABLESPACE, WITH SCHEMABINDING
    cursor.emit(
        CreateView(
            span,
            cursor.statement,
            name,
            materialized,
            or_replace,
            if_not_exists,
            columns,
            _recursive(_query(cursor), named, columns) if recursive else _query(cursor),
            temporary,
            cursor.guard,
            bound,
            alters,
        )
    )


def _recursive(query: Query | None, named: str, columns: tuple[Name, ...] | None) -> Query | None:
    """postgres: the query that CREATE RECURSIVE VIEW stands for; `named` is the view's own name with its columns."""
    if query is None or columns is None:
        return None
    name, _, listed = named.partition("(")
    return replace(
        query,
        text=f"WITH RECURSIVE {named} AS ({query.text}) SELECT {listed.rstrip().removesuffix(')')} FROM {name.rstrip()}",
    )


def _query(cursor: Cursor) -> Query | None:
    """The rest of the statement without what may stand behind a view's query."""
    end = len(cursor.tokens) - 1
    for tail in _TAILS:
        if end - len(tail) > cursor.at and tuple(token[1] for token in cursor.tokens[end - len(tail) : end]) == tail:
            end -= len(tail)
            break
    return (
        Query(cursor.span(cursor.at, end), cursor.raw(cursor.at, end), cursor.script.schema)
        if end > cursor.at
        else None
    )


def read_refresh(cursor: Cursor) -> None:
    """What follows `REFRESH` in postgres."""
    if cursor.family == "postgres" and cursor.take("MATERIALIZED", "VIEW"):
        concurrently = cursor.take("CONCURRENTLY")
        name, span = cursor.qualified()
        cursor.emit(RefreshView(span, cursor.statement, name, concurrently, cursor.guard))


def read_alter_view(cursor: Cursor, materialized: bool) -> None:
    """What follows `ALTER … VIEW`."""
    if_exists = cursor.take("IF", "EXISTS")
    at = cursor.at
    name, span = cursor.qualified()
    if cursor.take("RENAME", "TO"):
        fresh, fresh_span = cursor.name(NameKind.TABLE)
        new = TableName(name.schema, fresh)
        cursor.emit(RenameTable(span, cursor.statement, name, new, fresh_span, if_exists, cursor.guard))
    elif cursor.take("SET", "SCHEMA"):
        schema, fresh_span = cursor.name(NameKind.SCHEMA)
        new = TableName(None if schema.key in cursor.dialect.default_schemas else schema, name.name)
        if new != name:
            cursor.emit(RenameTable(span, cursor.statement, name, new, fresh_span, if_exists, cursor.guard))
    elif cursor.take("RENAME"):
        cursor.take("COLUMN")
        old, old_span = cursor.name()
        cursor.need("TO")
        column, column_span = cursor.name()
        cursor.emit(RenameColumn(old_span, cursor.statement, name, old, column, column_span, if_exists, cursor.guard))
    elif cursor.word() in ("AS", "WITH") or cursor.value == "(":  # MySQL and SQL Server define it anew
        cursor.at = at
        read_create_view(cursor, materialized, True, alters=True)
