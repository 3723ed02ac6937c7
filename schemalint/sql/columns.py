"""A column definition: name, type and everything that may stand behind it, clause by clause."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from schemalint.dialects import NameKind
from schemalint.model.names import Name, TableName
from schemalint.model.schema import (
    Check,
    Column,
    Expr,
    ForeignKey,
    Index,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.sql import refusals
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.references import read_check, read_references
from schemalint.sql.tokens import END, PUNCT, QUOTED, STRING, WORD, words
from schemalint.sql.types import read_type

_ENDS_DEFAULT = words(
    """
    NOT NULL PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED COLLATE AUTO_INCREMENT AUTOINCREMENT COMMENT
    DEFERRABLE INITIALLY AS IDENTITY STORAGE COMPRESSION ON AFTER FIRST KEY VISIBLE INVISIBLE DEFAULT
    COLUMN_FORMAT USING FOR ENCODE ROWGUIDCOL WITH SPARSE MASKED ENGINE_ATTRIBUTE
    """
)
_NAMES = frozenset({WORD, QUOTED})
_ORDERS = frozenset({"ASC", "DESC"})
_CLUSTERS = frozenset({"CLUSTERED", "NONCLUSTERED"})
_SERIALS = frozenset({"SERIAL", "SERIAL2", "SERIAL4", "SERIAL8", "BIGSERIAL", "SMALLSERIAL"})


@dataclass(slots=True)
class Parts:
    """What a CREATE TABLE or an ADD COLUMN has said so far."""

    columns: list[Column] = field(default_factory=list)
    primary_key: PrimaryKey | None = None
    uniques: list[UniqueConstraint] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    not_null: list[tuple[Name, Span]] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    after: Name | None = None
    first: bool = False


class _Column:
    """A column while its clauses are read. `constraint` is the name that CONSTRAINT gave to the clause that follows."""

    type: ColumnType | None = None
    type_span: Span | None = None
    nullable: bool = True
    default: Expr | None = None
    identity: bool = False
    generated: Expr | None = None
    collation: str | None = None
    constraint: Name | None = None
    serial: bool = False

    def __init__(self, name: Name, span: Span, table: TableName, parts: Parts) -> None:
        self.name = name
        self.span = span
        self.table = table
        self.parts = parts

    def frozen(self) -> Column:
        return Column(
            self.name,
            self.span,
            self.type,
            self.type_span,
            self.nullable,
            self.default,
            self.default is not None,
            self.identity,
            self.generated,
            self.collation,
        )


def read_column(cursor: Cursor, table: TableName, parts: Parts) -> Column:
    """`name type …` up to the comma or parenthesis that ends it. Keys and checks go to `parts`."""
    if cursor.family == "generic" and cursor.word() == "INDEX" and {cursor.ahead(1)[0], cursor.ahead(2)[0]} <= _NAMES:
        raise Unreadable("an index as ClickHouse writes it")  # `INDEX name expression TYPE method`
    name, span = cursor.name()
    column = _Column(name, span, table, parts)
    column.type, column.type_span, first = read_type(cursor)
    if column.type_span is not None:
        if refusals.foreign_type(cursor, first, cursor.at, table):
            column.type = None
        if _serial(cursor, first):
            column.serial, column.identity, column.nullable = True, True, False
    tokens = cursor.tokens
    while True:
        start = cursor.at
        kind, word, _, _ = tokens[start]
        if kind == END or (kind == PUNCT and word in (",", ")")):
            break
        try:
            if kind != WORD or word not in _CLAUSES:
                raise Unreadable("unknown clause")
            cursor.at += 1
            _CLAUSES[word](cursor, column)
        except Unreadable:
            cursor.at = max(cursor.at, start + 1)
            cursor.skip_item()
            parts.unread.append(cursor.span(start, cursor.at))
            break
    if column.serial and column.type is not None and cursor.family == "mysql":
        parts.uniques.append(UniqueConstraint(None, (name,), span, (span,)))  # SERIAL is BIGINT … UNIQUE there
    return column.frozen()


def _serial(cursor: Cursor, first: int) -> bool:
    value = cursor.tokens[first][1]
    if value not in _SERIALS or cursor.at != first + 1:
        return False
    return cursor.family in ("postgres", "generic") or (cursor.family == "mysql" and value == "SERIAL")


# What each clause says. The cursor stands behind its first word.


def _not(cursor: Cursor, column: _Column) -> None:
    if cursor.take("NULL"):
        column.nullable = False
        cursor.take("NO", "INHERIT")
        _conflict(cursor)
    elif not cursor.take_any(_DENIED):
        cursor.need("FOR", "REPLICATION")


def _null(cursor: Cursor, column: _Column) -> None:
    _conflict(cursor)


def _default(cursor: Cursor, column: _Column) -> None:
    start = cursor.at
    end = skip_expression(cursor, _ENDS_DEFAULT)
    if end == start:
        raise Unreadable("expected a default")
    column.constraint = None
    if end == start + 1 and cursor.tokens[start][1] == "NULL":
        return
    if is_sequence(cursor, start):
        column.identity = True
        return
    refusals.default(cursor, start, end, column.type, column.table)
    column.default = expression(cursor, start, end)


def _primary(cursor: Cursor, column: _Column) -> None:
    cursor.need("KEY")
    _primary_key(cursor, column, cursor.at - 2)


def _key(cursor: Cursor, column: _Column) -> None:
    if cursor.family != "mysql":
        raise Unreadable("unknown clause")
    _primary_key(cursor, column, cursor.at - 1)


def _primary_key(cursor: Cursor, column: _Column, at: int) -> None:
    cursor.take_any(_ORDERS)
    cursor.take_any(_CLUSTERS)
    _conflict(cursor)
    if cursor.take("AUTOINCREMENT"):
        column.identity = True
    column.parts.primary_key = PrimaryKey(column.constraint, (column.name,), cursor.span(at, at + 2))
    column.constraint = None


def _unique(cursor: Cursor, column: _Column) -> None:
    cursor.take("KEY")
    cursor.take_any(_CLUSTERS)
    if cursor.take("NULLS"):
        cursor.take("NOT")
        cursor.need("DISTINCT")
    _conflict(cursor)
    column.parts.uniques.append(UniqueConstraint(column.constraint, (column.name,), column.span, (column.span,)))
    column.constraint = None


def _references(cursor: Cursor, column: _Column) -> None:
    key = read_references(cursor, column.constraint, (column.name,), column.span)
    if cursor.dialect.name != "mysql":  # MySQL reads and forgets an inline REFERENCES
        column.parts.foreign_keys.append(key)
    column.constraint = None


def _check(cursor: Cursor, column: _Column) -> None:
    column.parts.checks.append(read_check(cursor, column.constraint, cursor.at - 1))
    column.constraint = None


def _constraint(cursor: Cursor, column: _Column) -> None:
    if cursor.word() not in ("CHECK", "UNIQUE", "PRIMARY", "NOT", "DEFAULT", "REFERENCES"):
        column.constraint, _ = cursor.name(NameKind.CONSTRAINT)


def _generated(cursor: Cursor, column: _Column) -> None:
    if not cursor.take("ALWAYS"):
        cursor.need("BY", "DEFAULT")
        cursor.take("ON", "NULL")
    cursor.need("AS")
    if cursor.take("IDENTITY"):
        _numbered(cursor, column)
    elif cursor.take("ROW"):
        cursor.advance()  # START or END of a system-versioned period
        cursor.take("HIDDEN")
    else:
        _computed(cursor, column)


def _computed(cursor: Cursor, column: _Column) -> None:
    start = cursor.at
    cursor.skip_parens()
    column.generated = expression(cursor, start, cursor.at)


def _identity(cursor: Cursor, column: _Column) -> None:
    _numbered(cursor, column)
    cursor.take("NOT", "FOR", "REPLICATION")


def _numbered(cursor: Cursor, column: _Column) -> None:
    column.identity, column.nullable = True, False
    if cursor.value == "(":
        cursor.skip_parens()


def _auto_increment(cursor: Cursor, column: _Column) -> None:
    refusals.auto_increment(cursor, cursor.at - 1, column.table)
    column.identity = True


def _collate(cursor: Cursor, column: _Column) -> None:
    cursor.take("=")
    if cursor.kind == STRING:
        column.collation = cursor.text[cursor.tokens[cursor.at][2] + 1 : cursor.advance()[3] - 1]
        return
    column.collation, _, _ = cursor.written()
    while cursor.take("."):
        column.collation, _, _ = cursor.written()


def _character(cursor: Cursor, column: _Column) -> None:
    cursor.need("SET")
    _setting(cursor, column)


def _on(cursor: Cursor, column: _Column) -> None:
    at = cursor.at - 1
    if cursor.take("UPDATE"):
        refusals.on_update(cursor, at, column.table)
        skip_expression(cursor, _ENDS_DEFAULT)
    else:
        cursor.need("CONFLICT")
        cursor.advance()


def _after(cursor: Cursor, column: _Column) -> None:
    column.parts.after, _ = cursor.name()


def _first(cursor: Cursor, column: _Column) -> None:
    column.parts.first = True


# Clauses that say nothing of the schema we keep.


def _comment(cursor: Cursor, column: _Column) -> None:
    refusals.column_comment(cursor, cursor.at - 1, column.table)
    cursor.take("=")
    if cursor.kind != STRING:
        raise Unreadable("expected a text")
    cursor.at += 1


def _setting(cursor: Cursor, column: _Column) -> None:
    cursor.take("=")
    cursor.advance()


def _mark(cursor: Cursor, column: _Column) -> None:
    return


def _initially(cursor: Cursor, column: _Column) -> None:
    cursor.advance()


def _no(cursor: Cursor, column: _Column) -> None:
    cursor.need("INHERIT")


def _without(cursor: Cursor, column: _Column) -> None:
    cursor.need("SYSTEM", "VERSIONING")


def _options(cursor: Cursor, column: _Column) -> None:
    cursor.take("WITH")
    cursor.skip_parens()


def _conflict(cursor: Cursor) -> None:
    if cursor.take("ON", "CONFLICT"):
        cursor.advance()


_DENIED = frozenset({"DEFERRABLE", "VALID", "ENFORCED", "VISIBLE", "INVISIBLE"})
"""What NOT may stand before, besides NULL."""
_CLAUSES: dict[str, Callable[[Cursor, _Column], None]] = {
    "NOT": _not,
    "NULL": _null,
    "DEFAULT": _default,
    "PRIMARY": _primary,
    "KEY": _key,
    "UNIQUE": _unique,
    "REFERENCES": _references,
    "CHECK": _check,
    "CONSTRAINT": _constraint,
    "GENERATED": _generated,
    "AS": _computed,
    "IDENTITY": _identity,
    "AUTO_INCREMENT": _auto_increment,
    "AUTOINCREMENT": _auto_increment,
    "COLLATE": _collate,
    "CHARACTER": _character,
    "ON": _on,
    "AFTER": _after,
    "FIRST": _first,
    "COMMENT": _comment,
    "INITIALLY": _initially,
    "NO": _no,
    "WITHOUT": _without,
    **dict.fromkeys(words("CHARSET STORAGE COMPRESSION COLUMN_FORMAT SRID ENCODE ENGINE_ATTRIBUTE"), _setting),
    **dict.fromkeys(words("VISIBLE INVISIBLE SPARSE ROWGUIDCOL STORED VIRTUAL PERSISTED ENFORCED HIDDEN"), _mark),
    "DEFERRABLE": _mark,
    **dict.fromkeys(words("OPTIONS MASKED ENCRYPTED WITH"), _options),
}
"""The clauses of a column by their first word."""


def is_sequence(cursor: Cursor, at: int) -> bool:
    """Whether a default is the next value of a sequence: what SERIAL stands for, and how dumps write it."""
    tokens = cursor.tokens
    while tokens[at][0] == PUNCT and tokens[at][1] == "(":
        at += 1
    if tokens[at][1] == "PG_CATALOG" and tokens[at + 1][1] == ".":
        at += 2
    return tokens[at][0] == WORD and tokens[at][1] == "NEXTVAL"


def keyed(parts: Parts, cursor: Cursor, strict: bool) -> tuple[Column, ...]:
    """The columns of a whole table once its primary key is known: what a key makes NOT NULL, and SQLite's rowid key."""
    required = {name for name, _ in parts.not_null}
    if required:
        parts.columns = [
            replace(column, nullable=False) if column.name in required else column for column in parts.columns
        ]
    key = parts.primary_key
    if key is None:
        return tuple(parts.columns)
    keys = {column.key for column in key.columns}
    rowid = cursor.family == "sqlite" and len(key.columns) == 1
    made = []
    for column in parts.columns:
        if column.name.key in keys:
            if rowid and column.type is not None and column.type.name.upper() == "INTEGER":
                column = replace(column, nullable=False, identity=True)
            elif column.nullable and (cursor.family != "sqlite" or strict):
                column = replace(column, nullable=False)
        made.append(column)
    return tuple(made)
