"""Table constraints and the parts of indexes: beside columns in CREATE TABLE and behind ALTER TABLE … ADD."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import (
    Check,
    Exclusion,
    Expr,
    ForeignKey,
    Index,
    IndexPart,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.column_clauses import nulls_distinct
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, mentions, skip_expression
from schemalint.sql.key_options import described, read_clustering, read_key_options
from schemalint.sql.parts import Parts
from schemalint.sql.references import deferral, key_storage, read_check, read_references
from schemalint.sql.tokens import END, NUMBER, PUNCT, QUOTED, STRING, WORD

_ORDERS = frozenset({"ASC", "DESC", "NULLS"})
_ALWAYS = frozenset({"CONSTRAINT", "PRIMARY", "UNIQUE", "FOREIGN", "CHECK"})
_KEYS = frozenset({"INDEX", "KEY"})
_NAMES = frozenset({WORD, QUOTED})
_ENDS = frozenset({",", ")"})
_KINDS = frozenset({"FULLTEXT", "SPATIAL"})
STARTS = _ALWAYS | _KEYS | _KINDS | {"EXCLUDE", "PERIOD", "LIKE", "NOT"}
"""Words that a column's name is told from by what follows."""

Constraint = PrimaryKey | UniqueConstraint | ForeignKey | Check | Exclusion


def starts_constraint(cursor: Cursor) -> bool:
    """Whether a table constraint or an inline key starts here, and not a column of that name."""
    kind, word, _, _ = cursor.tokens[cursor.at]
    if word not in STARTS or kind != WORD:
        return False
    if word in _ALWAYS:
        if cursor.family in ("postgres", "mysql", "sqlite", "tsql"):
            return True
        return cursor.ahead(1)[0] in (WORD, QUOTED) or cursor.ahead(1)[1] == "("
    if word in _KEYS:
        if cursor.family == "tsql" and word == "INDEX":  # a reserved word there
            return True
        return cursor.family == "mysql" or _shaped_like_key(cursor, 1)
    if word == "NOT":  # postgres 18: NOT NULL column
        return cursor.word(1) == "NULL"
    if word in _KINDS:
        return cursor.word(1) in _KEYS or (cursor.family == "mysql" and _shaped_like_key(cursor, 1))
    if word == "EXCLUDE":
        return cursor.word(1) == "USING" or cursor.ahead(1)[1] == "("
    return (word == "PERIOD" and cursor.word(1) == "FOR") or (word == "LIKE" and cursor.ahead(1)[0] in (WORD, QUOTED))


def _shaped_like_key(cursor: Cursor, by: int) -> bool:
    """`[name] [USING method] (column…`, and not a type with its size."""
    if cursor.ahead(by)[0] in (WORD, QUOTED) and cursor.ahead(by)[1] != "USING":
        by += 1
    if cursor.word(by) == "USING":
        by += 2
    if cursor.ahead(by)[1] != "(" or cursor.ahead(by)[0] != PUNCT:
        return False
    inner, behind = cursor.ahead(by + 1), cursor.ahead(by + 2)
    return inner[0] in (WORD, QUOTED) and (behind[1] in (",", ")", "(") or behind[1] in ("ASC", "DESC"))


def read_constraint(cursor: Cursor, table: TableName, parts: Parts) -> Constraint | Index | None:
    """A table constraint or an inline key. It is put into `parts` and given back; None for what has no fact of its own
    (PERIOD, a named NOT NULL, which is put into `parts.not_null`)."""
    name: Name | None = None
    start = cursor.at
    span = cursor.span(start)
    if cursor.take("CONSTRAINT"):
        if cursor.kind == QUOTED or cursor.word() not in ("PRIMARY", "UNIQUE", "FOREIGN", "CHECK", "EXCLUDE", "NOT"):
            name, span = cursor.name(NameKind.CONSTRAINT)
        else:
            span = cursor.span(cursor.at)
    at = cursor.at
    made: Constraint | Index | None = None
    word = cursor.word()
    if word == "PRIMARY":
        cursor.need("PRIMARY", "KEY")
        made = _primary(cursor, parts, name, span)
        parts.keyed_by(made)
    elif word == "UNIQUE":
        cursor.at += 1
        made = _unique(cursor, table, name, span, at)
        if isinstance(made, Index):
            parts.indexes.append(made)
        else:
            parts.uniques.append(made)
    elif word == "FOREIGN":
        cursor.need("FOREIGN", "KEY")
        made = _foreign(cursor, name, span)
        parts.foreign_keys.append(made)
    elif word == "CHECK":
        cursor.at += 1
        made = read_check(cursor, name, at)
        if name is not None:
            made = replace(made, span=span)
        parts.checks.append(made)
    elif word in _KEYS or word in _KINDS:
        made = _inline_index(cursor, table)
        if made is None:
            return None
        parts.indexes.append(made)
    elif word == "EXCLUDE":
        cursor.at += 1
        made = _exclusion(cursor, name, span)
        parts.exclusions.append(made)
    elif word == "PERIOD":
        cursor.skip_item()
        return None
    elif cursor.take("NOT", "NULL"):  # postgres 18: a named NOT NULL beside the columns
        parts.not_null.append((*cursor.name(), name))
    else:
        raise Unreadable("unknown constraint")
    said = read_key_options(cursor)
    if not _ended(cursor):
        raise Unreadable("unknown option")
    if said is not None and isinstance(made, Index):
        made = parts.indexes[-1] = described(made, said)
    return made


def _ended(cursor: Cursor) -> bool:
    """Whether the constraint is over: SQLite takes further ones without commas between them."""
    kind, value, _, _ = cursor.tokens[cursor.at]
    if kind == END or (kind == PUNCT and value in _ENDS):
        return True
    return cursor.family == "sqlite" and starts_constraint(cursor)


def _primary(cursor: Cursor, parts: Parts, name: Name | None, span: Span) -> PrimaryKey:
    clustered = read_clustering(cursor)
    _method(cursor)
    if cursor.value != "(" and cursor.family == "mysql" and cursor.is_name():
        cursor.name(NameKind.INDEX)  # MySQL reads a name and calls it PRIMARY
        _method(cursor)
    if cursor.family == "mysql":
        keyed = read_parts(cursor)
        named = tuple(part.column for part in keyed if part.column is not None)
        if len(named) < len(keyed):
            raise Unreadable("a primary key of expressions")
        lengths = tuple(part.prefix for part in keyed)
        orders = tuple(bool(part.descending) for part in keyed)
        return PrimaryKey(
            name,
            named,
            span,
            prefixes=lengths if any(lengths) else (),
            descending=orders if any(orders) else (),
        )
    columns = cursor.names_in_parens()
    parts.once = cursor.tokens[cursor.at - 2][1] == "AUTOINCREMENT"
    included, settings = _included(cursor), key_storage(cursor)
    return PrimaryKey(
        name,
        tuple(column for column, _ in columns),
        span,
        included,
        *deferral(cursor),
        settings=settings,
        clustered=clustered,
    )


def _included(cursor: Cursor) -> tuple[Name, ...]:
    if not cursor.take("INCLUDE"):
        return ()
    return tuple(column for column, _ in cursor.names_in_parens())


def _exclusion(cursor: Cursor, name: Name | None, span: Span) -> Exclusion:
    """`EXCLUDE [USING method] (part WITH operator, …) [INCLUDE (…)] [WITH (…)] [WHERE (…)]`."""
    method = _method(cursor)
    cursor.need("(")
    parts: list[IndexPart] = []
    operators: list[str] = []
    while True:
        parts.append(_part(cursor))
        cursor.need("WITH")
        start = cursor.at
        if cursor.take("OPERATOR"):
            cursor.skip_parens()
        else:
            while cursor.kind == PUNCT and cursor.value not in (",", ")", "("):
                cursor.at += 1
        operators.append(cursor.raw(start, cursor.at))
        if not cursor.take(","):
            break
    cursor.need(")")
    where: Expr | None = None
    mentioned: tuple[tuple[Name, Span], ...] = ()
    settings: tuple[tuple[str, str], ...] = ()
    while not cursor.done and cursor.word() in ("INCLUDE", "WITH", "USING", "WHERE"):
        word = cursor.word()
        if word in ("WITH", "USING"):
            before = cursor.at
            settings += key_storage(cursor)
            if cursor.at == before:
                raise Unreadable("unknown option of an exclusion")
            continue
        cursor.at += 1
        start = cursor.at
        cursor.skip_parens()
        if word == "WHERE":
            where, mentioned = expression(cursor, start, cursor.at), mentions(cursor, start, cursor.at)
    return Exclusion(
        name, tuple(parts), tuple(operators), span, method, where, mentioned, *deferral(cursor), settings=settings
    )


def _unique(cursor: Cursor, table: TableName, name: Name | None, span: Span, at: int) -> UniqueConstraint | Index:
    keyword = cursor.take_any(_KEYS)
    clustered = read_clustering(cursor)
    distinct = nulls_distinct(cursor)
    method = _method(cursor)
    if cursor.value != "(" or cursor.kind != PUNCT:
        own, own_span = cursor.name(NameKind.INDEX)
        name, span = name or own, span if name else own_span
        keyword = keyword or "KEY"
        method = _method(cursor) or method
    if keyword:
        refusals.inline_index(cursor, at, table, unique=True)
    if cursor.family == "mysql" or (keyword and cursor.family != "postgres"):
        return Index(name, read_parts(cursor), span, unique=True, method=method)
    columns = cursor.names_in_parens()
    spans = tuple(where for _, where in columns)
    named, included, settings = tuple(column for column, _ in columns), _included(cursor), key_storage(cursor)
    late = deferral(cursor)
    return UniqueConstraint(name, named, span, spans, included, distinct, *late, settings=settings, clustered=clustered)


def _foreign(cursor: Cursor, name: Name | None, span: Span) -> ForeignKey:
    own = None
    if cursor.value != "(" and cursor.is_name():
        own, own_span = cursor.name(NameKind.CONSTRAINT)  # MySQL: FOREIGN KEY name (…)
        if cursor.dialect.name != "mysql":
            name, span = name or own, span if name else own_span
    columns = cursor.names_in_parens()
    cursor.need("REFERENCES")
    if name is None:
        span = columns[0][1]
    key = read_references(cursor, name, tuple(column for column, _ in columns), span)
    return replace(key, index_name=own) if cursor.dialect.name == "mysql" and own is not None else key


def _inline_index(cursor: Cursor, table: TableName) -> Index | None:
    """An index inside CREATE TABLE; None for one of SQL Server's that holds the whole table (COLUMNSTORE)."""
    at = cursor.at
    kind = cursor.take_any(_KINDS)
    cursor.take_any(_KEYS)
    refusals.inline_index(cursor, at, table, unique=False)
    method = kind.lower() or _method(cursor)
    name, span = None, cursor.span(at)
    if cursor.value != "(" or cursor.kind != PUNCT:
        name, span = cursor.name(NameKind.INDEX)
    unique = cursor.take("UNIQUE")
    clustered = read_clustering(cursor)
    if cursor.take("COLUMNSTORE"):
        cursor.skip_item()
        return None
    method = _method(cursor) or method
    columns = read_parts(cursor)
    if cursor.family in ("postgres", "sqlite"):
        name = None  # refused above: its name is not taken, and no other index fails for it
    if cursor.family != "tsql":
        return Index(name, columns, span, unique=unique, method=method or None)
    include = cursor.names_in_parens() if cursor.take("INCLUDE") else ()
    where, named = _filter(cursor) if cursor.take("WHERE") else (None, ())
    return Index(name, columns, span, unique, where, named, method or None, include, clustered=clustered)


def _filter(cursor: Cursor) -> tuple[Expr, tuple[tuple[Name, Span], ...]]:
    """SQL Server: what follows WHERE in an inline index."""
    start = cursor.at
    end = skip_expression(cursor, frozenset({"WITH", "ON"}))
    return expression(cursor, start, end), mentions(cursor, start, end)


def _method(cursor: Cursor) -> str | None:
    if not cursor.take("USING"):
        return None
    text, _, _ = cursor.written()
    return None if text.lower() == "btree" else text.lower()


def read_parts(cursor: Cursor) -> tuple[IndexPart, ...]:
    """The parenthesis behind an index: columns, prefixes, expressions, orders."""
    cursor.need("(")
    parts = []
    while True:
        parts.append(_part(cursor))
        if cursor.take(","):
            continue
        cursor.need(")")
        return tuple(parts)


def _part(cursor: Cursor) -> IndexPart:
    start = cursor.at
    behind = cursor.ahead(1)
    if cursor.tokens[start][0] in _NAMES and behind[0] == PUNCT and behind[1] in _ENDS:
        name, span = cursor.name()
        return IndexPart(span, name, descending=False)
    prefix: int | None = None
    simple = cursor.is_name() and not (cursor.kind == STRING and cursor.value == "'")
    if simple and behind[0] == PUNCT and behind[1] not in (",", ")"):
        size, close = cursor.ahead(2), cursor.ahead(3)
        simple = behind[1] == "(" and size[0] == NUMBER and close[1] == ")" and cursor.family in ("mysql", "generic")
        prefix = int(size[1]) if simple and size[1].isdecimal() and len(size[1]) < 9 else None
    elif simple and behind[0] in (STRING, NUMBER):
        simple = False
    if not simple:
        end = skip_expression(cursor, _ORDERS)
        if end == start:
            raise Unreadable("expected a column")
        stop = _expression_end(cursor, start, end)
        cursor.at = stop
        collation, opclass = _class(cursor)
        descending, nulls = _order(cursor)
        return IndexPart(
            cursor.span(start, stop),
            expr=expression(cursor, start, stop),
            descending=descending,
            mentions=mentions(cursor, start, stop),
            collation=collation,
            opclass=opclass,
            nulls=nulls,
        )
    name, span = cursor.name()
    if prefix is not None:
        cursor.at += 3
    collation, opclass = _class(cursor)
    descending, nulls = _order(cursor)
    return IndexPart(
        span, column=name, descending=descending, prefix=prefix, collation=collation, opclass=opclass, nulls=nulls
    )


def _class(cursor: Cursor) -> tuple[str | None, str | None]:
    """`[COLLATE collation] [opclass [(options)]]` as written."""
    collation = opclass = None
    if cursor.take("COLLATE"):
        start = cursor.at
        cursor.qualified()
        collation = cursor.raw(start, cursor.at)
    while cursor.is_name() and cursor.word() not in ("ASC", "DESC", "NULLS", "WITH"):
        start = cursor.at
        cursor.qualified()
        if cursor.value == "(" and cursor.kind == PUNCT:
            cursor.skip_parens()
        opclass = cursor.raw(start, cursor.at)
    return collation, opclass


def _expression_end(cursor: Cursor, start: int, end: int) -> int:
    """Where an expression ends before its operator class: behind its closing parenthesis."""
    depth = 0
    for at in range(start, end):
        kind, value, _, _ = cursor.tokens[at]
        if kind == PUNCT and value == "(":
            depth += 1
        elif kind == PUNCT and value == ")":
            depth -= 1
            following = cursor.tokens[at + 1]
            if (
                depth == 0
                and following[0] in (WORD, QUOTED)
                and following[1] not in ("AT", "IS", "AND", "OR")
                and (following[1] != "COLLATE" or cursor.family == "postgres")
            ):
                return at + 1
    return end


def _order(cursor: Cursor) -> tuple[bool, str | None]:
    """`[ASC | DESC] [NULLS FIRST | LAST]`: whether it descends, and where NULLs go if that is said."""
    descending, nulls = False, None
    while (word := cursor.word()) in _ORDERS:
        if word == "NULLS":
            cursor.at += 1
            nulls = cursor.word().lower()
        elif word == "DESC":
            descending = True
        cursor.advance()
    return descending, nulls
