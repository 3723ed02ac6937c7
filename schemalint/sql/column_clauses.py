"""What may stand behind a column's type, clause by clause."""

from __future__ import annotations

from collections.abc import Callable

from schemalint.dialects import NameKind
from schemalint.model.names import Name
from schemalint.model.schema import (
    Counting,
    Index,
    IndexPart,
    PrimaryKey,
    UniqueConstraint,
)
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.draft import Draft
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.key_options import read_clustering
from schemalint.sql.references import deferral, key_storage, read_check, read_references
from schemalint.sql.sequences import identity_options, is_sequence, sequence_of
from schemalint.sql.tokens import QUOTED, STRING, WORD, string_text, words

_ENDS_DEFAULT = words(
    """
    NOT NULL PRIMARY UNIQUE REFERENCES CHECK CONSTRAINT GENERATED COLLATE AUTO_INCREMENT AUTOINCREMENT COMMENT
    DEFERRABLE INITIALLY AS IDENTITY STORAGE COMPRESSION ON AFTER FIRST KEY VISIBLE INVISIBLE DEFAULT
    COLUMN_FORMAT USING FOR ENCODE ROWGUIDCOL WITH SPARSE MASKED ENGINE_ATTRIBUTE
    """
)
_ENDS_COMPUTED = words("PERSISTED NOT NULL CONSTRAINT PRIMARY UNIQUE FOREIGN REFERENCES CHECK")
_NAMES = frozenset({WORD, QUOTED})
_ORDERS = frozenset({"ASC", "DESC"})


# What each clause says. The cursor stands behind its first word.


def _not(cursor: Cursor, column: Draft) -> None:
    if cursor.take("NULL"):
        column.nullable = False
        column.not_null, column.constraint = column.constraint, None
        cursor.take("NO", "INHERIT")
        _conflict(cursor)
    elif not cursor.take_any(_DENIED):
        cursor.need("FOR", "REPLICATION")


def _null(cursor: Cursor, column: Draft) -> None:
    column.null_said, column.constraint = True, None
    _conflict(cursor)


def _default(cursor: Cursor, column: Draft) -> None:
    start = cursor.at
    end = skip_expression(cursor, _ENDS_DEFAULT)
    if end == start:
        raise Unreadable("expected a default")
    column.default_name, column.constraint = column.constraint, None
    if end == start + 1 and cursor.tokens[start][1] == "NULL":
        return
    if is_sequence(cursor, start):
        column.identity = column.serial = True
        column.sequence = sequence_of(cursor, start, end)
        return
    refusals.default(cursor, start, end, column.type, column.table)
    column.default = expression(cursor, start, end)


def _primary(cursor: Cursor, column: Draft) -> None:
    cursor.need("KEY")
    _primary_key(cursor, column, cursor.at - 2)


def _key(cursor: Cursor, column: Draft) -> None:
    if cursor.family != "mysql":
        raise Unreadable("unknown clause")
    _primary_key(cursor, column, cursor.at - 1)


def _primary_key(cursor: Cursor, column: Draft, at: int) -> None:
    cursor.take_any(_ORDERS)
    clustered = read_clustering(cursor)
    _conflict(cursor)
    if cursor.take("AUTOINCREMENT"):
        column.identity, column.counting = True, Counting(once=True)
    columns, _ = _key_columns(cursor, column)
    settings = key_storage(cursor)
    deferrable, deferred = deferral(cursor)
    span = cursor.span(at, at + 2)
    column.parts.primary_key = PrimaryKey(
        column.constraint, columns, span, (), deferrable, deferred, settings=settings, clustered=clustered
    )
    column.constraint = None


def _key_columns(cursor: Cursor, column: Draft) -> tuple[tuple[Name, ...], tuple[Span, ...]]:
    """The column itself, or those of a table constraint that SQL Server takes without a comma behind the column."""
    if cursor.family != "tsql" or cursor.value != "(":
        return (column.name,), (column.span,)
    names, spans = zip(*cursor.names_in_parens(), strict=True)
    return names, spans


def _unique(cursor: Cursor, column: Draft) -> None:
    cursor.take("KEY")
    clustered = read_clustering(cursor)
    distinct = nulls_distinct(cursor)
    _conflict(cursor)
    columns, spans = _key_columns(cursor, column)
    settings = key_storage(cursor)
    deferrable, deferred = deferral(cursor)
    column.parts.uniques.append(
        UniqueConstraint(
            column.constraint,
            columns,
            column.span,
            spans,
            (),
            distinct,
            deferrable,
            deferred,
            settings=settings,
            clustered=clustered,
        )
    )
    column.constraint = None


def nulls_distinct(cursor: Cursor) -> bool:
    """`NULLS [NOT] DISTINCT`, where it stands; usually NULLs differ from each other."""
    if not cursor.take("NULLS"):
        return True
    distinct = not cursor.take("NOT")
    cursor.need("DISTINCT")
    return distinct


def _references(cursor: Cursor, column: Draft) -> None:
    key = read_references(cursor, column.constraint, (column.name,), column.span)
    (column.parts.inline_keys if cursor.dialect.name == "mysql" else column.parts.foreign_keys).append(key)
    column.constraint = None


def _check(cursor: Cursor, column: Draft) -> None:
    of = column.name if cursor.dialect.name == "mariadb" else None
    column.parts.checks.append(read_check(cursor, None if of else column.constraint, cursor.at - 1, of))
    column.constraint = None


def _constraint(cursor: Cursor, column: Draft) -> None:
    if cursor.word() not in ("CHECK", "UNIQUE", "PRIMARY", "NOT", "DEFAULT", "REFERENCES"):
        column.constraint, _ = cursor.name(NameKind.CONSTRAINT)


def _generated(cursor: Cursor, column: Draft) -> None:
    always = cursor.take("ALWAYS")
    if not always:
        cursor.need("BY", "DEFAULT")
        cursor.take("ON", "NULL")
    column.constraint = None
    cursor.need("AS")
    if cursor.take("IDENTITY"):
        _numbered(cursor, column, always)
    elif cursor.take("ROW"):
        cursor.advance()  # START or END of a system-versioned period
        cursor.take("HIDDEN")
    else:
        _computed(cursor, column)


def _computed(cursor: Cursor, column: Draft) -> None:
    start = cursor.at
    if cursor.family == "tsql":  # parentheses may be left out
        skip_expression(cursor, _ENDS_COMPUTED)
    else:
        cursor.skip_parens()
    column.generated = expression(cursor, start, cursor.at)
    if cursor.family == "postgres":
        column.stored = False  # unless STORED follows, as it must before PostgreSQL 18


def _stored(cursor: Cursor, column: Draft) -> None:
    column.stored = True


def _virtual(cursor: Cursor, column: Draft) -> None:
    column.stored = False


def _identity(cursor: Cursor, column: Draft) -> None:
    _numbered(cursor, column)
    cursor.take("NOT", "FOR", "REPLICATION")


def _numbered(cursor: Cursor, column: Draft, always: bool | None = None) -> None:
    column.identity, column.nullable = True, False
    options: tuple[tuple[str, str | None], ...] = ()
    if cursor.value == "(":
        column.sequence, options = identity_options(cursor)
    column.counting = Counting(options, always) if options or always is not None else None


def _auto_increment(cursor: Cursor, column: Draft) -> None:
    refusals.auto_increment(cursor, cursor.at - 1, column.table)
    column.identity = True
    column.nullable = column.nullable and cursor.family != "mysql"


def _collate(cursor: Cursor, column: Draft) -> None:
    cursor.take("=")
    if cursor.kind == STRING:
        column.collation = cursor.text[cursor.tokens[cursor.at][2] + 1 : cursor.advance()[3] - 1]
        return
    column.collation, _, _ = cursor.written()
    while cursor.take("."):
        column.collation, _, _ = cursor.written()


def _character(cursor: Cursor, column: Draft) -> None:
    cursor.need("SET")
    _charset(cursor, column)


def _charset(cursor: Cursor, column: Draft) -> None:
    cursor.take("=")
    start = cursor.at
    cursor.advance()
    column.charset = cursor.raw(start, cursor.at).strip("'\"`").lower() or None


def _on(cursor: Cursor, column: Draft) -> None:
    at = cursor.at - 1
    if cursor.take("UPDATE"):
        refusals.on_update(cursor, at, column.table)
        start = cursor.at
        end = skip_expression(cursor, _ENDS_DEFAULT)
        column.on_update = expression(cursor, start, end) if end > start else None
    elif cursor.family == "tsql":
        cursor.advance()  # a file group
    else:
        cursor.need("CONFLICT")
        cursor.advance()


def _after(cursor: Cursor, column: Draft) -> None:
    column.parts.after, _ = cursor.name()


def _first(cursor: Cursor, column: Draft) -> None:
    column.parts.first = True


# Clauses that say nothing of the schema we keep.


def _comment(cursor: Cursor, column: Draft) -> None:
    refusals.column_comment(cursor, cursor.at - 1, column.table)
    cursor.take("=")
    if cursor.kind != STRING:
        raise Unreadable("expected a text")
    start, end = cursor.tokens[cursor.at][2:]
    column.comment = string_text(cursor.text[start:end], cursor.script.lexicon)
    cursor.at += 1


def _setting(cursor: Cursor, column: Draft) -> None:
    cursor.take("=")
    cursor.advance()


def _kept_as(cursor: Cursor, column: Draft) -> None:
    """How PostgreSQL keeps large values: STORAGE, COMPRESSION."""
    word = cursor.tokens[cursor.at - 1][1]
    if cursor.family != "postgres":
        _setting(cursor, column)
    elif said := kept_as(cursor, word):
        column.marks = (*column.marks, said)


def kept_as(cursor: Cursor, word: str) -> str:
    """What stands behind STORAGE or COMPRESSION, as a mark of the column; "" for what its type says by itself."""
    text, _, _ = cursor.written()
    if text.upper() == "DEFAULT":
        return ""
    return f"{word} {text.upper() if word == 'STORAGE' else text.lower()}"


def _mark(cursor: Cursor, column: Draft) -> None:
    return


def _invisible(cursor: Cursor, column: Draft) -> None:
    column.marks = (*column.marks, "INVISIBLE")


def _srid(cursor: Cursor, column: Draft) -> None:
    start = cursor.at
    cursor.advance()
    column.marks = (*column.marks, f"SRID {cursor.raw(start, cursor.at)}")


def _initially(cursor: Cursor, column: Draft) -> None:
    cursor.advance()


def _no(cursor: Cursor, column: Draft) -> None:
    cursor.need("INHERIT")


def _without(cursor: Cursor, column: Draft) -> None:
    cursor.need("SYSTEM", "VERSIONING")


def _options(cursor: Cursor, column: Draft) -> None:
    if cursor.take("VALUES"):
        return
    cursor.take("WITH")
    cursor.skip_parens()


def _using(cursor: Cursor, column: Draft) -> None:
    cursor.need("INDEX", "TABLESPACE")
    cursor.advance()


def _foreign(cursor: Cursor, column: Draft) -> None:
    """SQL Server: `FOREIGN KEY REFERENCES` behind a column."""
    if cursor.family not in ("tsql", "generic"):
        raise Unreadable("unknown clause")
    cursor.need("KEY", "REFERENCES")
    _references(cursor, column)


def _index(cursor: Cursor, column: Draft) -> None:
    """SQL Server: `column type INDEX name [UNIQUE] [NONCLUSTERED]`."""
    if cursor.family != "tsql":
        raise Unreadable("unknown clause")
    name, span = cursor.name(NameKind.INDEX)
    unique = cursor.take("UNIQUE")
    clustered = read_clustering(cursor)
    column.parts.indexes.append(Index(name, (IndexPart(column.span, column.name),), span, unique, clustered=clustered))


def _conflict(cursor: Cursor) -> None:
    if cursor.take("ON", "CONFLICT"):
        cursor.advance()


_DENIED = frozenset({"DEFERRABLE", "VALID", "ENFORCED", "VISIBLE", "INVISIBLE"})
"""What NOT may stand before, besides NULL."""
CLAUSES: dict[str, Callable[[Cursor, Draft], None]] = {
    "NOT": _not,
    "NULL": _null,
    "DEFAULT": _default,
    "PRIMARY": _primary,
    "KEY": _key,
    "UNIQUE": _unique,
    "REFERENCES": _references,
    "FOREIGN": _foreign,
    "INDEX": _index,
    "USING": _using,
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
    "CHARSET": _charset,
    "INVISIBLE": _invisible,
    "SRID": _srid,
    **dict.fromkeys(words("STORAGE COMPRESSION"), _kept_as),
    **dict.fromkeys(words("COLUMN_FORMAT ENCODE ENGINE_ATTRIBUTE"), _setting),
    **dict.fromkeys(words("VISIBLE SPARSE ROWGUIDCOL ENFORCED HIDDEN"), _mark),
    "DEFERRABLE": _mark,
    "STORED": _stored,
    "PERSISTED": _stored,
    "VIRTUAL": _virtual,
    **dict.fromkeys(words("OPTIONS MASKED ENCRYPTED WITH"), _options),
}
"""The clauses of a column by their first word."""
