"""CREATE TABLE: one element after the other, so that one unreadable clause costs no more than itself."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemalint.model.clauses import Like, Query
from schemalint.model.facts import CreateTable
from schemalint.model.names import Name, TableName
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.columns import keyed, read_column
from schemalint.sql.constraints import STARTS, read_constraint, starts_constraint
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.parts import Parts
from schemalint.sql.storage import read_storage
from schemalint.sql.table_options import TableOptions, read_partition_by, read_table_option
from schemalint.sql.tails import known_columns
from schemalint.sql.tokens import END, PUNCT, QUOTED, WORD

_SHAPED_ELSEWHERE = frozenset({"VALUES", "CLONE", "COPY", "UNION", "TABLE", "EXECUTE"})
"""Words behind a table's name or its columns that bring columns we cannot see."""
_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})
_ENDS_ELEMENT = frozenset({",", ")"})
_INCLUDABLE = ("COMMENTS", "COMPRESSION", "CONSTRAINTS", "DEFAULTS", "GENERATED", "IDENTITY", "INDEXES", "STORAGE")


def read_create_table(cursor: Cursor, temporary: bool, virtual: bool, unlogged: bool = False) -> None:
    """What follows `CREATE … TABLE`."""
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    table, span = cursor.qualified()
    temporary = temporary or (cursor.family == "tsql" and table.name.text.startswith("#"))
    cursor.script.created[table] = None
    parts, shape, kept = Parts(), _Shape(), TableOptions()
    if unlogged:
        shape.options.append("UNLOGGED")
    if cursor.family == "generic" and cursor.take("ON", "CLUSTER"):  # ClickHouse: on every server of it
        cursor.name()
    start = cursor.at
    if cursor.take("PARTITION", "OF"):
        shape.inherits.append(cursor.qualified())
        shape.partition = True
    elif not virtual and cursor.take("OF"):
        shape.of = cursor.qualified()
    elif virtual:
        parts.unread.append(cursor.span(start, len(cursor.tokens) - 1))
    queried = cursor.word(1) in ("SELECT", "WITH") and cursor.ahead(2)[1] != "OPTIONS"
    if not virtual and cursor.value == "(" and cursor.kind == PUNCT and not queried:
        _elements(cursor, table, parts, shape)
    strict = _options(cursor, table, parts, shape, kept) if not virtual else False
    if parts.second_key is not None:
        refusals.second_primary_key(cursor, parts.second_key, table)
    named: tuple[Name, ...] = ()
    if shape.query is not None and cursor.family == "postgres":
        named = tuple(column.name for column in parts.columns)
        parts.columns.clear()
    cursor.emit(
        CreateTable(
            span=span,
            statement=cursor.statement,
            table=table,
            columns=keyed(parts, cursor, strict),
            primary_key=parts.primary_key,
            uniques=tuple(parts.uniques),
            indexes=tuple(parts.indexes),
            foreign_keys=tuple(parts.foreign_keys),
            inline_keys=tuple(parts.inline_keys),
            checks=tuple(parts.checks),
            exclusions=tuple(parts.exclusions),
            if_not_exists=if_not_exists,
            temporary=temporary,
            likes=tuple(shape.likes),
            inherits=tuple(shape.inherits),
            partition=shape.partition,
            partitioned=shape.partition_by is not None,
            partition_by=shape.partition_by,
            bound=shape.bound,
            of=shape.of,
            options=tuple(shape.options),
            comment=kept.comment or None,
            settings=tuple(kept.settings.items()),
            partitions=shape.partitions,
            query=shape.query,
            query_columns=named,
            unread=tuple(parts.unread),
            guard=cursor.guard,
        )
    )


@dataclass(slots=True)
class _Shape:
    """What else gives a table its columns."""

    likes: list[Like] = field(default_factory=list)
    inherits: list[tuple[TableName, Span]] = field(default_factory=list)
    partition: bool = False
    partition_by: str | None = None
    partitions: tuple[tuple[str, str], ...] = ()
    bound: str | None = None
    of: tuple[TableName, Span] | None = None
    options: list[str] = field(default_factory=list)
    query: Query | None = None


def _like(cursor: Cursor, parts: Parts) -> Like:
    """`LIKE table [INCLUDING x | EXCLUDING x]…`; MySQL's brings all there is."""
    cursor.need("LIKE")
    table, span = cursor.qualified()
    including = set(_INCLUDABLE) if cursor.family == "mysql" else set()
    while cursor.word() in ("INCLUDING", "EXCLUDING"):
        change = including.update if cursor.word() == "INCLUDING" else including.difference_update
        cursor.at += 1
        what = cursor.word()
        cursor.advance()
        change(_INCLUDABLE if what == "ALL" else {what} & set(_INCLUDABLE))
    return Like(table, span, len(parts.columns), tuple(sorted(word.lower() for word in including)))


def _elements(cursor: Cursor, table: TableName, parts: Parts, shape: _Shape) -> None:
    """The parenthesis with columns and constraints."""
    tokens = cursor.tokens
    cursor.need("(")
    while True:
        if not known_columns(cursor, parts, STARTS):
            start = cursor.at
            kind, value, _, _ = tokens[start]
            if kind == END:
                return
            if value == ")" and kind == PUNCT:
                cursor.at += 1
                return
            try:
                if kind != WORD or not starts_constraint(cursor):
                    parts.columns.append(read_column(cursor, table, parts))
                elif value == "LIKE":
                    shape.likes.append(_like(cursor, parts))
                else:
                    read_constraint(cursor, table, parts)
            except Unreadable:
                cursor.at = start  # the trouble may stand inside a parenthesis
                cursor.skip_item()
                _unread(cursor, start, parts.unread)
        kind, value, _, _ = tokens[cursor.at]
        if kind != END and value != "," and value != ")":
            if _next_element(cursor):
                continue
            begin = cursor.at
            cursor.skip_item()
            _unread(cursor, begin, parts.unread)
            kind, value, _, _ = tokens[cursor.at]
        comma = cursor.at
        cursor.at += kind == PUNCT and value in _ENDS_ELEMENT
        if value != "," or kind != PUNCT:
            return
        if tokens[cursor.at][1] == ")":
            refusals.trailing_comma(cursor, comma, table)


def _next_element(cursor: Cursor) -> bool:
    """SQLite takes table constraints without commas between them."""
    return cursor.family == "sqlite" and starts_constraint(cursor)


def _unread(cursor: Cursor, start: int, unread: list[Span]) -> None:
    if cursor.at > start:
        unread.append(cursor.span(start, cursor.at))
    else:
        cursor.advance()
        unread.append(cursor.span(start))


def _options(cursor: Cursor, table: TableName, parts: Parts, shape: _Shape, kept: TableOptions) -> bool:
    """What stands behind the columns. Gives whether SQLite's WITHOUT ROWID or STRICT makes keys NOT NULL."""
    strict = False
    tokens, family = cursor.tokens, cursor.family
    while tokens[cursor.at][0] != END:
        start = cursor.at
        kind, word, _, _ = tokens[start]
        if word == "LIKE" and family == "mysql":
            shape.likes.append(_like(cursor, parts))
            continue
        if word == "INHERITS":
            cursor.at += 1
            _parents(cursor, shape)
            continue
        queries = word in _QUERIES and family == "mysql" and (word != "(" or cursor.word(1) in _QUERIES)
        if queries or word == "AS":
            cursor.at += word == "AS"
            if cursor.word() == "EXECUTE" or not _query(cursor, shape):
                parts.unread.append(cursor.span(start, len(cursor.tokens) - 1))
            return strict
        if kind == WORD:
            if word in _SHAPED_ELSEWHERE and not parts.unread:
                parts.unread.append(cursor.span(start, len(cursor.tokens) - 1))
                return strict
            if word == "PARTITION" and cursor.word(1) == "BY" and family == "postgres":
                shape.partition_by = _partition_key(cursor)
                keys = (*((parts.primary_key,) if parts.primary_key else ()), *parts.uniques)
                refusals.partition_key(cursor, start + 2, keys, table)
                continue
            if word in ("FOR", "DEFAULT") and shape.partition and shape.bound is None:
                shape.bound = _bound(cursor)
                continue
            if family == "mysql" and word == "PARTITION" and cursor.word(1) == "BY":
                made = read_partition_by(cursor)
                shape.partition_by, shape.partitions = made.by, made.partitions
                continue
            if word == "STRICT" or (word == "WITHOUT" and cursor.word(1) == "ROWID"):
                strict = True
                shape.options.append(word if word == "STRICT" else "WITHOUT ROWID")
            if word == "ENGINE" and family == "mysql" and _engine(cursor) in _WITHOUT_KEYS:
                parts.foreign_keys.clear()  # read and forgotten by the server
                parts.inline_keys.clear()
            if family == "mysql" and read_table_option(cursor, kept):
                continue
            if family == "postgres" and word == "WITH" and cursor.ahead(1)[1] == "(":
                cursor.at += 1
                kept.settings.update(read_storage(cursor))
                continue
            if family in ("postgres", "sqlite") and cursor.ahead(1)[0] in (PUNCT, WORD, QUOTED):
                refusals.table_option(cursor, table)
        if word == "(":
            cursor.skip_parens()
        else:
            cursor.at += 1
    return strict


def _bound(cursor: Cursor) -> str:
    """`FOR VALUES …` or DEFAULT of a partition, as written."""
    start = cursor.at
    if not cursor.take("DEFAULT"):
        cursor.need("FOR", "VALUES")
        while cursor.word() in (("TO",) if cursor.at > start + 2 else ("IN", "FROM", "WITH")):
            cursor.at += 1
            cursor.skip_parens()
    return cursor.raw(start, cursor.at)


def _partition_key(cursor: Cursor) -> str:
    """`PARTITION BY method (…)`: the method and the key, as written."""
    cursor.need("PARTITION", "BY")
    start = cursor.at
    cursor.advance()
    cursor.skip_parens()
    return cursor.raw(start, cursor.at)


def _parents(cursor: Cursor, shape: _Shape) -> None:
    cursor.need("(")
    shape.inherits.append(cursor.qualified())
    while cursor.take(","):
        shape.inherits.append(cursor.qualified())
    cursor.need(")")


def _query(cursor: Cursor, shape: _Shape) -> bool:
    """The query that a table is made of, up to `WITH [NO] DATA`."""
    end = len(cursor.tokens) - 1
    for tail in (("WITH", "DATA"), ("WITH", "NO", "DATA")):
        if end - len(tail) > cursor.at and tuple(token[1] for token in cursor.tokens[end - len(tail) : end]) == tail:
            end -= len(tail)
            break
    if end <= cursor.at:
        return False
    shape.query = Query(cursor.span(cursor.at, end), cursor.raw(cursor.at, end), cursor.script.schema)
    cursor.at = len(cursor.tokens) - 1
    return True


_WITHOUT_KEYS = frozenset({"MYISAM", "MEMORY", "HEAP", "ARCHIVE", "CSV", "MERGE", "MRG_MYISAM", "ARIA", "BLACKHOLE"})
"""Engines of MySQL and MariaDB that keep no foreign keys."""


def _engine(cursor: Cursor) -> str:
    """The word behind ENGINE, with or without `=`, quoted or not."""
    by = 2 if cursor.ahead(1)[1] == "=" else 1
    _, _, start, end = cursor.ahead(by)
    return cursor.text[start:end].strip("'\"`").upper()
