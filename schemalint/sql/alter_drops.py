"""What ALTER TABLE drops: columns, constraints, keys."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.facts import DropColumn, DropConstraint, DropIndex
from schemalint.model.names import TableName
from schemalint.sql import refusals
from schemalint.sql.alter_column import Altered
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.tokens import PUNCT, QUOTED, WORD

CASCADES = frozenset({"CASCADE", "RESTRICT"})
_NO_COLUMNS = frozenset({"INDEX", "KEY", "FOREIGN", "PRIMARY", "CHECK", "UNIQUE"})
"""What MySQL drops in this way; with a word behind it, it is no column's name either."""


def read_drops(cursor: Cursor, table: Altered) -> None:
    """What follows `DROP`: one thing, in SQL Server a list."""
    start = cursor.at
    word = cursor.word()
    mysql = cursor.family in ("mysql", "generic")
    indexes = mysql or cursor.family == "tsql"  # which has it for tables in memory
    if word == "PARTITION" or (word == "SYSTEM" and cursor.word(1) == "VERSIONING") or word == "PERIOD":
        cursor.skip_item()
    elif cursor.family == "tsql" and not (word in _NO_COLUMNS and cursor.ahead(1)[0] in (WORD, QUOTED)):
        _list(cursor, table)
    elif cursor.take("CONSTRAINT"):
        _constraint(cursor, table, None)
    elif mysql and cursor.take("PRIMARY", "KEY"):
        cursor.emit(
            DropConstraint(
                cursor.span(start, start + 2),
                cursor.statement,
                table.name,
                None,
                "primary key",
                table_if_exists=table.if_exists,
                guard=cursor.guard,
            )
        )
    elif mysql and cursor.take("FOREIGN", "KEY"):
        _constraint(cursor, table, "foreign key")
    elif mysql and word == "CHECK" and cursor.ahead(1)[0] in (WORD, QUOTED):
        cursor.at += 1
        _constraint(cursor, table, "check")
    elif indexes and word in ("INDEX", "KEY") and cursor.ahead(1)[0] in (WORD, QUOTED):
        cursor.at += 1
        if_exists = cursor.take("IF", "EXISTS")
        name, span = cursor.name(NameKind.INDEX)
        cursor.emit(DropIndex(span, cursor.statement, TableName(None, name), table.name, if_exists, guard=cursor.guard))
    elif word in _NO_COLUMNS and cursor.ahead(1)[0] in (WORD, QUOTED) and cursor.word(1) not in CASCADES:
        raise Unreadable(f"DROP {word} is no action of ALTER TABLE here")
    else:
        cursor.take("COLUMN")
        _column(cursor, table)
    cursor.take_any(CASCADES)


def _list(cursor: Cursor, table: Altered) -> None:
    """SQL Server: `DROP [CONSTRAINT] a, b, COLUMN c, d`. A name without a word before it is what the last word said, and
    at first a constraint (Transact-SQL, ALTER TABLE)."""
    columns = if_exists = False
    while True:
        if cursor.word() in ("COLUMN", "CONSTRAINT"):
            columns, if_exists = cursor.word() == "COLUMN", False
            cursor.at += 1
        if_exists = cursor.take("IF", "EXISTS") or if_exists
        if columns:
            _column(cursor, table, if_exists)
        else:
            _constraint(cursor, table, None, if_exists)
        if cursor.take("WITH") and cursor.value == "(":
            cursor.skip_parens()
        if cursor.value != "," or cursor.kind != PUNCT or cursor.word(1) in ("ADD", "ALTER", "DROP"):
            return
        cursor.at += 1


def _constraint(cursor: Cursor, table: Altered, kind: str | None, if_exists: bool = False) -> None:
    if_exists = cursor.take("IF", "EXISTS") or if_exists
    name, span = cursor.name(NameKind.CONSTRAINT)
    if cursor.value == "(":
        raise Unreadable("expected the name of a constraint")
    cascade = cursor.take_any(CASCADES) == "CASCADE"
    cursor.emit(
        DropConstraint(
            span, cursor.statement, table.name, name, kind, if_exists, cascade, table.if_exists, cursor.guard
        )
    )


def _column(cursor: Cursor, table: Altered, if_exists: bool = False) -> None:
    at = cursor.at
    if cursor.take("IF", "EXISTS"):
        if_exists = True
        refusals.if_in_alter(cursor, at, 2, "DROP COLUMN", table.name)
    name, span = cursor.name()
    cascade = cursor.take_any(CASCADES) == "CASCADE"
    cursor.emit(
        DropColumn(
            span,
            cursor.statement,
            table.name,
            name,
            if_exists,
            cascade,
            table.if_exists,
            cursor.guard,
            verbatim=cursor.family == "tsql",
        )
    )
