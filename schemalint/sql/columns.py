"""A column definition: name, type and everything that may stand behind it, clause by clause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from schemalint.dialects import NameKind
from schemalint.model.names import Name, TableName
from schemalint.model.schema import (
    Check,
    Column,
    Exclusion,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.sql import refusals
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.references import read_check, read_references
from schemalint.sql.sequences import identity_sequence, is_sequence, is_serial, sequence_of
from schemalint.sql.tokens import END, PUNCT, QUOTED, STRING, WORD, words

ENDS_TYPE = words(
    """
    NOT NULL DEFAULT PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED COLLATE AUTO_INCREMENT AUTOINCREMENT
    COMMENT DEFERRABLE INITIALLY AS IDENTITY STORAGE COMPRESSION ON AFTER FIRST KEY VISIBLE INVISIBLE CHARSET
    SPARSE ROWGUIDCOL COLUMN_FORMAT SRID VIRTUAL STORED PERSISTED ENFORCED MASKED ENCRYPTED OPTIONS HIDDEN USING
    WITHOUT ENGINE_ATTRIBUTE EXCLUDE FOREIGN INDEX
    """
)
"""Words that end a type (`WITHOUT TIME ZONE` and `CHARACTER VARYING` are looked at apart)."""
_ENDS_DEFAULT = words(
    """
    NOT NULL PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED COLLATE AUTO_INCREMENT AUTOINCREMENT COMMENT
    DEFERRABLE INITIALLY AS IDENTITY STORAGE COMPRESSION ON AFTER FIRST KEY VISIBLE INVISIBLE DEFAULT
    COLUMN_FORMAT USING FOR ENCODE ROWGUIDCOL WITH SPARSE MASKED ENGINE_ATTRIBUTE
    """
)
_ENDS_COMPUTED = words("PERSISTED NOT NULL CONSTRAINT PRIMARY UNIQUE FOREIGN REFERENCES CHECK")
_NAMES = frozenset({WORD, QUOTED})


@dataclass(slots=True)
class Parts:
    """What a CREATE TABLE or an ADD COLUMN has said so far."""

    columns: list[Column] = field(default_factory=list)
    primary_key: PrimaryKey | None = None
    uniques: list[UniqueConstraint] = field(default_factory=list)
    indexes: list[Index] = field(default_factory=list)
    foreign_keys: list[ForeignKey] = field(default_factory=list)
    checks: list[Check] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    not_null: list[tuple[Name, Span]] = field(default_factory=list)
    unread: list[Span] = field(default_factory=list)
    after: Name | None = None
    first: bool = False


@dataclass(slots=True)
class _Column:
    """A column while its clauses are read."""

    name: Name
    span: Span
    type: ColumnType | None = None
    type_span: Span | None = None
    nullable: bool = True
    default: Expr | None = None
    identity: bool = False
    generated: Expr | None = None
    collation: str | None = None
    constraint: Name | None = None
    serial: bool = False
    sequence: TableName | None = None
    stored: bool | None = None

    def frozen(self) -> Column:
        return Column(
            name=self.name,
            span=self.span,
            type=self.type,
            type_span=self.type_span,
            nullable=self.nullable,
            default=self.default,
            has_default=self.default is not None,
            identity=self.identity,
            generated=self.generated,
            collation=self.collation,
            serial=self.serial,
            sequence=self.sequence,
            stored=self.stored,
        )


def read_type(cursor: Cursor) -> tuple[ColumnType | None, Span | None, int]:
    """A type as written → what it is, where it stands, and the index of its first token. No type gives None."""
    start = cursor.at
    tokens = cursor.tokens
    depth = 0
    while True:
        kind, value, _, _ = tokens[cursor.at]
        if kind == END:
            break
        if kind == PUNCT:
            if value in ("(", "["):
                depth += 1
            elif value in (")", "]"):
                if depth == 0:
                    break
                depth -= 1
            elif depth == 0 and value != ".":
                break
        elif kind == STRING:
            if depth == 0:
                break
        elif kind == WORD and depth == 0 and cursor.at > start:
            ends = value in ENDS_TYPE and not (value == "WITHOUT" and cursor.word(1) == "TIME")
            if ends or (value == "CHARACTER" and cursor.word(1) == "SET" and _before(cursor) != "NATIONAL"):
                break
            if value == "WITH" and cursor.word(1) not in ("TIME", "LOCAL"):
                break
        elif (kind == WORD and depth == 0 and value in ENDS_TYPE) or (kind not in (WORD, QUOTED) and depth == 0):
            break
        cursor.at += 1
    if cursor.at == start:
        return None, None, start
    raw = cursor.raw(start, cursor.at)
    return cursor.dialect.column_type(raw), cursor.span(start, cursor.at), start


def _before(cursor: Cursor) -> str:
    kind, value, _, _ = cursor.tokens[cursor.at - 1]
    return value if kind == WORD else ""


def read_column(cursor: Cursor, table: TableName, parts: Parts) -> Column:
    """`name type …` up to the comma or parenthesis that ends it. Keys and checks go to `parts`."""
    if cursor.family == "generic" and cursor.word() == "INDEX" and {cursor.ahead(1)[0], cursor.ahead(2)[0]} <= _NAMES:
        raise Unreadable("an index as ClickHouse writes it")  # `INDEX name expression TYPE method`
    name, span = cursor.name()
    column = _Column(name, span)
    cursor.take("WITH", "OPTIONS")  # of a partition or a typed table
    column.type, column.type_span, first = read_type(cursor)
    if column.type_span is not None:
        if refusals.foreign_type(cursor, first, cursor.at, table):
            column.type = None
        column.serial = is_serial(cursor, first)
        if column.serial:
            column.identity, column.nullable = True, False
    while not cursor.done and not (cursor.kind == PUNCT and cursor.value in (",", ")")):
        before = cursor.at
        try:
            _clause(cursor, table, column, parts, first)
        except Unreadable:
            cursor.at = before  # never from inside a parenthesis, whose commas end no column
            cursor.skip_item()
            parts.unread.append(cursor.span(before, cursor.at))
            break
    made = column.frozen()
    if column.serial and column.type is not None and cursor.family == "mysql":
        parts.uniques.append(UniqueConstraint(None, (name,), span, (span,)))  # SERIAL is BIGINT … UNIQUE there
    return made


def _clause(cursor: Cursor, table: TableName, column: _Column, parts: Parts, first: int) -> None:
    """One clause behind the type."""
    word = cursor.word()
    at = cursor.at
    here = (column.name,)
    if cursor.take("NOT", "NULL"):
        column.nullable = False
        cursor.take("NO", "INHERIT")
        _conflict(cursor)
    elif cursor.take("NULL"):
        _conflict(cursor)
    elif word == "DEFAULT":
        cursor.at += 1
        _default(cursor, table, column)
    elif cursor.take("PRIMARY", "KEY") or (cursor.family == "mysql" and cursor.take("KEY")):
        cursor.take_any(frozenset({"ASC", "DESC"}))
        cursor.take_any(frozenset({"CLUSTERED", "NONCLUSTERED"}))
        _conflict(cursor)
        if cursor.take("AUTOINCREMENT"):
            column.identity = True
        keyed_by, _ = _key_columns(cursor, column)
        deferrable = cursor.word() == "DEFERRABLE"
        parts.primary_key = PrimaryKey(column.constraint, keyed_by, cursor.span(at, at + 2), deferrable=deferrable)
        column.constraint = None
    elif cursor.take("UNIQUE"):
        cursor.take("KEY")
        cursor.take_any(frozenset({"CLUSTERED", "NONCLUSTERED"}))
        distinct = nulls_distinct(cursor)
        _conflict(cursor)
        unique, spans = _key_columns(cursor, column)
        deferrable = cursor.word() == "DEFERRABLE"
        parts.uniques.append(
            UniqueConstraint(
                column.constraint, unique, column.span, spans, nulls_distinct=distinct, deferrable=deferrable
            )
        )
        column.constraint = None
    elif cursor.take("REFERENCES") or (
        cursor.family in ("tsql", "generic") and cursor.take("FOREIGN", "KEY", "REFERENCES")
    ):
        key = read_references(cursor, column.constraint, here, column.span)
        if cursor.dialect.name != "mysql":  # MySQL reads and forgets an inline REFERENCES
            parts.foreign_keys.append(key)
        column.constraint = None
    elif cursor.take("CHECK"):
        parts.checks.append(read_check(cursor, column.constraint, at))
        column.constraint = None
    elif cursor.take("CONSTRAINT"):
        if cursor.word() not in ("CHECK", "UNIQUE", "PRIMARY", "NOT", "DEFAULT", "REFERENCES") or cursor.kind == QUOTED:
            column.constraint, _ = cursor.name(NameKind.CONSTRAINT)
    elif cursor.take("GENERATED"):
        _generated(cursor, column)
    elif cursor.take("AS"):
        _computed(cursor, column)
    elif word in ("AUTO_INCREMENT", "AUTOINCREMENT"):
        refusals.auto_increment(cursor, table)
        cursor.at += 1
        column.identity = True
    elif cursor.take("IDENTITY"):
        column.identity, column.nullable = True, False
        if cursor.value == "(":
            cursor.skip_parens()
        cursor.take("NOT", "FOR", "REPLICATION")
    elif cursor.take("COLLATE"):
        column.collation = _collation(cursor)
    elif word in ("STORED", "VIRTUAL", "PERSISTED"):
        cursor.at += 1
        column.stored = word != "VIRTUAL"
    elif cursor.take("CHARACTER", "SET") or cursor.take("CHARSET"):
        cursor.take("=")
        cursor.advance()
    elif cursor.take("ON", "UPDATE"):
        refusals.on_update(cursor, at, table)
        skip_expression(cursor, _ENDS_DEFAULT)
    elif cursor.take("AFTER"):
        parts.after, _ = cursor.name()
    elif cursor.take("FIRST"):
        parts.first = True
    elif cursor.family == "tsql" and cursor.take("INDEX"):
        parts.indexes.append(_inline_index(cursor, column))
    else:
        _attribute(cursor, table)


def _key_columns(cursor: Cursor, column: _Column) -> tuple[tuple[Name, ...], tuple[Span, ...]]:
    """The column itself, or those of a table constraint that SQL Server takes without a comma behind the column."""
    if cursor.family != "tsql" or cursor.value != "(":
        return (column.name,), (column.span,)
    names, spans = zip(*cursor.names_in_parens(), strict=True)
    return names, spans


def _inline_index(cursor: Cursor, column: _Column) -> Index:
    """SQL Server: `column type INDEX name [UNIQUE] [NONCLUSTERED]`."""
    name, span = cursor.name(NameKind.INDEX)
    unique = cursor.take("UNIQUE")
    cursor.take_any(frozenset({"CLUSTERED", "NONCLUSTERED"}))
    return Index(name, (IndexPart(column.span, column.name),), span, unique)


def _attribute(cursor: Cursor, table: TableName) -> None:
    """Clauses that say nothing of the schema we keep."""
    if cursor.word() == "COMMENT":
        refusals.column_comment(cursor, table)
        cursor.at += 1
        cursor.take("=")
        if cursor.kind != STRING:
            raise Unreadable("expected a text")
        cursor.at += 1
    elif cursor.take_any(frozenset({"STORAGE", "COMPRESSION", "COLUMN_FORMAT", "SRID", "ENCODE", "ENGINE_ATTRIBUTE"})):
        cursor.take("=")
        cursor.advance()
    elif cursor.take_any(frozenset({"VISIBLE", "INVISIBLE", "SPARSE", "ROWGUIDCOL", "ENFORCED", "HIDDEN"})):
        return
    elif cursor.take("NOT"):
        if not cursor.take_any(frozenset({"DEFERRABLE", "VALID", "ENFORCED", "VISIBLE", "INVISIBLE"})):
            cursor.need("FOR", "REPLICATION")
    elif cursor.take_any(frozenset({"DEFERRABLE"})):
        return
    elif cursor.take("INITIALLY"):
        cursor.advance()
    elif (
        cursor.take("NO", "INHERIT") or cursor.take("WITHOUT", "SYSTEM", "VERSIONING") or cursor.take("WITH", "VALUES")
    ):
        return
    elif cursor.take_any(frozenset({"OPTIONS", "MASKED", "ENCRYPTED", "WITH"})):
        cursor.take("WITH")
        cursor.skip_parens()
    elif cursor.family == "postgres" and cursor.take("USING", "INDEX", "TABLESPACE"):
        cursor.advance()
    elif cursor.word() == "ON" and cursor.word(1) == "CONFLICT":
        _conflict(cursor)
    elif cursor.family == "tsql" and cursor.take("ON"):
        cursor.advance()
    else:
        raise Unreadable("unknown clause")


def nulls_distinct(cursor: Cursor) -> bool:
    """`NULLS [NOT] DISTINCT`, where it stands; usually NULLs differ from each other."""
    if not cursor.take("NULLS"):
        return True
    distinct = not cursor.take("NOT")
    cursor.need("DISTINCT")
    return distinct


def _conflict(cursor: Cursor) -> None:
    if cursor.take("ON", "CONFLICT"):
        cursor.advance()


def _collation(cursor: Cursor) -> str:
    cursor.take("=")
    if cursor.kind == STRING:
        return cursor.text[cursor.tokens[cursor.at][2] + 1 : cursor.advance()[3] - 1]
    text, _, _ = cursor.written()
    while cursor.take("."):
        text, _, _ = cursor.written()
    return text


def _default(cursor: Cursor, table: TableName, column: _Column) -> None:
    start = cursor.at
    end = skip_expression(cursor, _ENDS_DEFAULT)
    if end == start:
        raise Unreadable("expected a default")
    column.constraint = None
    if cursor.raw(start, end).upper() == "NULL":
        return
    if is_sequence(cursor, start):
        column.identity = column.serial = True
        column.sequence = sequence_of(cursor, start, end)
        return
    refusals.default(cursor, start, end, column.type, table)
    column.default = expression(cursor, start, end)


def _generated(cursor: Cursor, column: _Column) -> None:
    if not cursor.take("ALWAYS"):
        cursor.need("BY", "DEFAULT")
        cursor.take("ON", "NULL")
    cursor.need("AS")
    if cursor.take("IDENTITY"):
        column.identity, column.nullable = True, False
        if cursor.value == "(":
            column.sequence = identity_sequence(cursor)
    elif cursor.take("ROW"):
        cursor.advance()  # START or END of a system-versioned period
        cursor.take("HIDDEN")
    else:
        _computed(cursor, column)


def _computed(cursor: Cursor, column: _Column) -> None:
    start = cursor.at
    if cursor.family == "tsql":  # parentheses may be left out
        skip_expression(cursor, _ENDS_COMPUTED)
    else:
        cursor.skip_parens()
    column.generated = expression(cursor, start, cursor.at)
    if cursor.family == "postgres":
        column.stored = False  # unless STORED follows, as it must before PostgreSQL 18


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
    rowid = None
    if cursor.family == "sqlite" and len(key.columns) == 1:
        rowid = key.columns[0]
    made = []
    for column in parts.columns:
        if column.name in key.columns:
            if column.name == rowid and column.type is not None and column.type.name.upper() == "INTEGER":
                column = replace(column, nullable=False, identity=True)
            elif cursor.family != "sqlite" or strict:
                column = replace(column, nullable=False)
        made.append(column)
    return tuple(made)
