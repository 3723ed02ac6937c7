"""What ALTER TABLE does to one column: ALTER, MODIFY, CHANGE."""

from __future__ import annotations

from collections.abc import Callable

from schemalint.model.facts import AddConstraint, AlterColumn, Opaque, RenameColumn
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.schema import Counting
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.column_clauses import kept_as
from schemalint.sql.column_types import read_type
from schemalint.sql.columns import read_column
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.parts import Parts
from schemalint.sql.sequences import is_sequence, sequence_of, sequence_options
from schemalint.sql.tokens import words

_COUNTED = words("GENERATED START INCREMENT MINVALUE MAXVALUE NO CACHE CYCLE")
"""What SET changes of an identity column."""


@frozen
class Altered:
    """The table at work: its name, where it stands, IF EXISTS, ONLY."""

    name: TableName
    span: Span
    if_exists: bool
    only: bool = False


def alter_column(cursor: Cursor, table: Altered) -> None:
    """What follows `ALTER [COLUMN]`."""
    if_exists = cursor.take("IF", "EXISTS")
    column, span = cursor.name()

    def emit(**change: object) -> None:
        cursor.emit(
            AlterColumn(
                span=span,
                statement=cursor.statement,
                table=table.name,
                column=column,
                if_exists=if_exists,
                table_if_exists=table.if_exists,
                guard=cursor.guard,
                **change,  # type: ignore[arg-type]
            )
        )

    if cursor.take("SET", "NOT", "NULL"):
        emit(nullable=False)
    elif cursor.take("DROP", "NOT", "NULL"):
        emit(nullable=True)
    elif cursor.take("SET", "DEFAULT"):
        start = cursor.at
        end = skip_expression(cursor, frozenset())
        if end == start:
            raise Unreadable("expected a default")
        if is_sequence(cursor, start):
            emit(identity=True, serial=True, sequence=sequence_of(cursor, start, end))
        elif cursor.raw(start, end).upper() == "NULL":
            emit(drop_default=True)
        else:
            emit(default=expression(cursor, start, end))
    elif cursor.take("DROP", "DEFAULT"):
        emit(drop_default=True)
    elif cursor.take("SET", "DATA", "TYPE") or cursor.take("TYPE"):
        first = cursor.at
        new, where, _ = read_type(cursor)
        if where is None:
            raise Unreadable("expected a type")
        refused = refusals.foreign_type(cursor, first, cursor.at, table.name)
        emit(type=None if refused else new, collation=_collation(cursor))
        if refused or new is None:
            raise Unreadable("unknown type")
        cursor.skip_item()  # USING
    elif cursor.take("ADD", "GENERATED"):
        generated = cursor.take("ALWAYS")
        _, options = _options(cursor)
        emit(identity=True, counting=Counting(options, generated))
    elif cursor.take("DROP", "IDENTITY"):
        emit(lenient=cursor.take("IF", "EXISTS"), identity=False)
    elif cursor.take("DROP", "EXPRESSION"):
        emit(lenient=cursor.take("IF", "EXISTS"), drop_generated=True)
    elif cursor.word() == "SET" and cursor.word(1) in _COUNTED:
        always, options = _options(cursor)
        emit(counting=Counting(options, always))
    elif cursor.family == "mysql" and cursor.word() == "SET" and cursor.word(1) in ("VISIBLE", "INVISIBLE"):
        emit(hidden=cursor.word(1) == "INVISIBLE")
        cursor.at += 2
    elif cursor.family == "postgres" and cursor.word() == "SET" and cursor.word(1) in ("STORAGE", "COMPRESSION"):
        word = cursor.word(1)
        cursor.at += 2
        emit(mark=(word, kept_as(cursor, word)))
    elif cursor.word() in ("SET", "RESET", "RESTART", "OPTIONS"):
        cursor.skip_item()
    elif cursor.family == "generic" and cursor.take("RENAME", "TO"):  # H2 and HSQLDB
        fresh, fresh_span = cursor.name()
        cursor.emit(
            RenameColumn(span, cursor.statement, table.name, column, fresh, fresh_span, table.if_exists, cursor.guard)
        )
    elif cursor.family in ("tsql", "generic") and cursor.word() not in ("ADD", "DROP"):
        _retype(cursor, emit)
    elif cursor.family == "tsql":
        cursor.skip_item()  # ADD/DROP SPARSE, MASKED, ROWGUIDCOL
    else:
        raise Unreadable("unknown change of a column")


def _options(cursor: Cursor) -> tuple[bool | None, tuple[tuple[str, str | None], ...]]:
    """What the rest of this action says of how an identity column counts: `SET GENERATED ALWAYS SET INCREMENT BY 2`."""
    start = cursor.at
    cursor.skip_item()
    end, cursor.at = cursor.at, start
    said = [token[1] for token in cursor.tokens[start:end]]
    always = said[said.index("GENERATED") + 1] == "ALWAYS" if "GENERATED" in said[:-1] else None
    if "IDENTITY" in said:  # ADD GENERATED … AS IDENTITY [(…)]
        cursor.at = start + said.index("(") if "(" in said else end
    _, options = sequence_options(cursor, end)
    cursor.at = end
    return always, options


def _retype(cursor: Cursor, emit: Callable[..., None]) -> None:
    """SQL Server: `ALTER COLUMN name type [COLLATE c] [NULL | NOT NULL]`; without a word it becomes nullable."""
    new, where, _ = read_type(cursor)
    if where is None:
        raise Unreadable("expected a type")
    collation = _collation(cursor)
    nullable = not cursor.take("NOT", "NULL")
    cursor.take("NULL")
    emit(type=new, nullable=nullable, collation=collation, verbatim=cursor.family == "tsql")
    if new is None:
        raise Unreadable("unknown type")


def _collation(cursor: Cursor) -> str | None:
    """The name behind COLLATE, without its schema."""
    if not cursor.take("COLLATE"):
        return None
    collation, _, _ = cursor.written()
    while cursor.take("."):
        collation, _, _ = cursor.written()
    return collation


def redefine_column(cursor: Cursor, table: Altered, renames: bool) -> None:
    """MySQL: MODIFY [COLUMN] definition, CHANGE [COLUMN] old definition."""
    cursor.take("COLUMN")
    if_exists = cursor.take("IF", "EXISTS")
    old = span = None
    if renames:
        old, span = cursor.name()
    parts = Parts()
    column = read_column(cursor, table.name, parts)
    if column.type is None and column.type_span is None:
        raise Unreadable("expected a type")
    cursor.emit(
        AlterColumn(
            span=span or column.span,
            statement=cursor.statement,
            table=table.name,
            column=old or column.name,
            replacement=column,
            if_exists=if_exists,
            table_if_exists=table.if_exists,
            guard=cursor.guard,
            after=parts.after,
            first=parts.first,
        )
    )
    for unique in parts.uniques:
        cursor.emit(AddConstraint(column.span, cursor.statement, table.name, unique, guard=cursor.guard))
    for check in parts.checks:
        cursor.emit(AddConstraint(column.span, cursor.statement, table.name, check, guard=cursor.guard))
    if parts.primary_key is not None:
        cursor.emit(AddConstraint(column.span, cursor.statement, table.name, parts.primary_key, guard=cursor.guard))
    for where in parts.unread:
        cursor.emit(Opaque(where, cursor.statement, "unknown clause of a column", (table.name,), cursor.guard))
