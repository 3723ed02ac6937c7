"""Everything that is no table: indexes, types, views, comments, and what DROP and RENAME do to them."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.described import AlterIndex, Comment, CommentOn
from schemalint.model.facts import (
    AlterType,
    CreateIndex,
    DropIndex,
    DropTable,
    NeedConstraint,
    RenameIndex,
    RenameTable,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import DropType, DropView
from schemalint.model.schema import Index
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.column_clauses import nulls_distinct
from schemalint.sql.constraints import read_parts
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, mentions, skip_expression
from schemalint.sql.key_options import KeyOptions, described, read_key_option, text_here
from schemalint.sql.storage import read_set_storage, read_storage
from schemalint.sql.things import read_drop_named, starts_named
from schemalint.sql.tokens import STRING

_ENDS_FILTER = frozenset({"WITH"})
_CASCADES = frozenset({"CASCADE", "RESTRICT"})


def read_create_index(cursor: Cursor, unique: bool, kind: str, keyword: int, clustered: bool | None) -> None:
    """What follows `CREATE … INDEX`; `keyword` is the index of that word, `clustered` what SQL Server's word for it says."""
    concurrently = cursor.take("CONCURRENTLY")
    at = cursor.at
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    name, span = None, cursor.span(keyword)
    if cursor.word() != "ON":
        name, span = cursor.name(NameKind.INDEX)
        while cursor.value == ".":  # SQLite: schema.index
            cursor.at += 1
            name, span = cursor.name(NameKind.INDEX)
    method = _method(cursor)
    cursor.need("ON")
    only = cursor.take("ONLY")
    table, table_span = cursor.qualified()
    if if_not_exists:
        refusals.index_if_not_exists(cursor, at, table)
    method = _method(cursor) or method
    whole = kind == "COLUMNSTORE" and cursor.value != "("  # it holds every column
    columns = () if whole else read_parts(cursor)
    include: tuple[tuple[Name, Span], ...] = ()
    where, distinct = None, True
    where_mentions: tuple[tuple[Name, Span], ...] = ()
    said: KeyOptions | None = None
    settings: tuple[tuple[str, str], ...] = ()
    while not cursor.done:
        if (kept := read_key_option(cursor, said)) is not None:
            said = kept
        elif cursor.take("INCLUDE"):
            include = cursor.names_in_parens()
        elif cursor.word() == "NULLS":
            distinct = nulls_distinct(cursor)
        elif cursor.family == "postgres" and cursor.word() == "WITH" and cursor.ahead(1)[1] == "(":
            cursor.at += 1
            settings = read_storage(cursor)
        elif cursor.take("WHERE"):
            start = cursor.at
            end = skip_expression(cursor, _ENDS_FILTER if cursor.family == "tsql" else frozenset())
            where, where_mentions = expression(cursor, start, end), mentions(cursor, start, end)
        elif cursor.take("USING"):
            method = cursor.written()[0].lower()
            method = None if method == "btree" else method
        else:
            cursor.advance()
    method = method or kind.lower() or None
    index = Index(name, columns, span, unique, where, where_mentions, method, include, distinct, settings=settings)
    if clustered is not None:
        index = replace(index, clustered=clustered)
    cursor.emit(
        CreateIndex(
            span=span,
            statement=cursor.statement,
            table=table,
            table_span=table_span,
            index=index if said is None else described(index, said),
            if_not_exists=if_not_exists,
            concurrently=concurrently,
            only=only,
            guard=cursor.guard,
            replaces=cursor.family == "tsql" and _replaces(cursor),
        )
    )


def _replaces(cursor: Cursor) -> bool:
    """SQL Server: whether an option of the index is `DROP_EXISTING = ON`."""
    values = [token[1] for token in cursor.tokens]
    at = values.index("DROP_EXISTING") if "DROP_EXISTING" in values else -1
    return at > 0 and values[at + 1 : at + 3] == ["=", "ON"]


def _method(cursor: Cursor) -> str | None:
    if not cursor.take("USING"):
        return None
    method = cursor.written()[0].lower()
    return None if method == "btree" else method


def read_drop(cursor: Cursor) -> None:
    """What follows DROP."""
    temporary = cursor.take("TEMPORARY") or cursor.take("TEMP")
    if cursor.take("TABLE") or (temporary and cursor.take("TABLES")) or cursor.take("FOREIGN", "TABLE"):
        _drop_tables(cursor, temporary)
    elif cursor.take("INDEX"):
        _drop_indexes(cursor)
    elif cursor.take("VIEW") or cursor.take("MATERIALIZED", "VIEW"):
        if_exists = cursor.take("IF", "EXISTS")
        names = _list(cursor)
        cascade = _cascade(cursor)
        for name, span in names:
            cursor.emit(DropView(span, cursor.statement, name, if_exists, cascade, cursor.guard))
    elif cursor.take("TYPE") or cursor.take("DOMAIN"):
        if_exists = cursor.take("IF", "EXISTS")
        names = _list(cursor)
        cascade = _cascade(cursor)
        for name, span in names:
            cursor.emit(DropType(span, cursor.statement, name, if_exists, cascade, cursor.guard))
    elif (kind := starts_named(cursor)) is not None:
        read_drop_named(cursor, kind)


def _list(cursor: Cursor) -> list[tuple[TableName, Span]]:
    names = [cursor.qualified()]
    while cursor.take(","):
        names.append(cursor.qualified())
    return names


def _cascade(cursor: Cursor) -> bool:
    return cursor.take_any(_CASCADES) == "CASCADE"


def _drop_tables(cursor: Cursor, temporary: bool) -> None:
    if_exists = cursor.take("IF", "EXISTS")
    names = _list(cursor)
    cascade = _cascade(cursor)
    for name, span in names:
        cursor.script.created.pop(name, None)
        cursor.emit(DropTable(span, cursor.statement, name, if_exists, cascade, cursor.guard, temporary))


def _drop_indexes(cursor: Cursor) -> None:
    concurrently = cursor.take("CONCURRENTLY")
    if_exists = cursor.take("IF", "EXISTS")
    dropped: list[tuple[TableName, Span, TableName | None]] = []
    while True:
        name, span = _index_name(cursor)
        table: TableName | None = None
        if cursor.take("ON"):
            table, _ = cursor.qualified()
        elif cursor.family == "tsql" and name.schema is not None:  # DROP INDEX table.index
            table = TableName(None, cursor.dialect.identifier(name.schema.text, True, NameKind.TABLE))
            name = TableName(None, name.name)
        else:
            refusals.drop_index_without_table(cursor, span)
        dropped.append((name, span, table))
        if not cursor.take(","):
            break
    cascade = _cascade(cursor)
    for name, span, table in dropped:
        made = DropIndex(span, cursor.statement, name, table, if_exists, cascade, cursor.guard, bool(concurrently))
        cursor.emit(made)


def _index_name(cursor: Cursor) -> tuple[TableName, Span]:
    """An index's name with its schema: the schema folds like one, the name like an index's."""
    first = cursor.at
    parts = [cursor.written()]
    while cursor.take("."):
        parts.append(cursor.written())
    text, quoted, span = parts[-1]
    name = cursor.dialect.identifier(text, quoted, NameKind.INDEX)
    if len(parts) == 1:
        schema = cursor.script.schema if cursor.family == "postgres" else None
        return TableName(schema, name), span
    return (
        TableName(cursor.dialect.table_name("x", schema=parts[-2][0], schema_quoted=parts[-2][1]).schema, name),
        cursor.span(first, cursor.at),
    )


def read_comment(cursor: Cursor) -> None:
    """What follows COMMENT: it fails where what it speaks of is missing."""
    if cursor.take("ON", "CONSTRAINT"):
        name, span = cursor.name(NameKind.CONSTRAINT)
        cursor.need("ON")
        domain = cursor.take("DOMAIN")
        table, table_span = cursor.qualified()
        text, said = _text(cursor)
        need = NeedConstraint(
            span, cursor.statement, table, name, guard=cursor.guard, comment=(text or "") if said else None
        )
        cursor.emit(AlterType(table_span, cursor.statement, table, need, True, guard=cursor.guard) if domain else need)
    elif cursor.take("ON", "TABLE") or cursor.take("ON", "VIEW") or cursor.take("ON", "MATERIALIZED", "VIEW"):
        table, span = cursor.qualified()
        cursor.emit(Comment(span, cursor.statement, table, None, cursor.guard, *_text(cursor)))
    elif cursor.take("ON", "INDEX"):
        index, span = _index_name(cursor)
        text, said = _text(cursor)
        comment = (text or "") if said else None
        cursor.emit(AlterIndex(span, cursor.statement, index, comment=comment, guard=cursor.guard))
    elif cursor.take("ON", "TYPE") or cursor.take("ON", "DOMAIN"):
        _comment_on(cursor, None, *cursor.qualified())
    elif cursor.word() == "ON" and (kind := _COMMENTED.get(cursor.word(1))) is not None:
        cursor.at += 2
        if kind is ObjectKind.SEQUENCE:
            _comment_on(cursor, kind, *cursor.qualified())
        else:
            own, span = cursor.name(NameKind.SCHEMA)
            _comment_on(cursor, kind, TableName(None, own), span)
    elif cursor.take("ON", "COLUMN"):
        parts = [cursor.written()]
        while cursor.take("."):
            parts.append(cursor.written())
        if len(parts) < 2:
            raise Unreadable("expected table.column")
        text, quoted, span = parts[-1]
        owner, owner_quoted, _ = parts[-2]
        schema = parts[-3] if len(parts) > 2 else None
        table = cursor.dialect.table_name(
            owner, owner_quoted, schema[0] if schema else None, schema[1] if schema else False
        )
        table = cursor.placed(table, schema is not None)
        column = cursor.dialect.identifier(text, quoted, NameKind.COLUMN)
        cursor.emit(Comment(span, cursor.statement, table, column, cursor.guard, *_text(cursor)))


_COMMENTED = {
    "SEQUENCE": ObjectKind.SEQUENCE,
    "SCHEMA": ObjectKind.SCHEMA,
    "EXTENSION": ObjectKind.EXTENSION,
}


def _comment_on(cursor: Cursor, kind: ObjectKind | None, name: TableName, span: Span) -> None:
    text, said = _text(cursor)
    if said:
        cursor.emit(CommentOn(span, cursor.statement, kind, name, text, cursor.guard))


def _text(cursor: Cursor) -> tuple[str | None, bool]:
    """What stands behind IS: the text or None for none, and whether it is known."""
    if not cursor.take("IS"):
        return None, False
    if cursor.kind == STRING:
        return text_here(cursor) or None, True
    return None, cursor.word() == "NULL"


def read_alter_index(cursor: Cursor) -> None:
    """`ALTER INDEX [IF EXISTS] name RENAME TO new`; anything else leaves indexes as they are."""
    if_exists = cursor.take("IF", "EXISTS")
    name, span = _index_name(cursor)
    if cursor.take("RENAME", "TO"):
        new, _ = cursor.name(NameKind.INDEX)
        cursor.emit(RenameIndex(span, cursor.statement, name, new, None, if_exists, cursor.guard))
    elif cursor.family == "postgres" and not if_exists and (settings := read_set_storage(cursor)):
        cursor.emit(AlterIndex(span, cursor.statement, name, guard=cursor.guard, settings=settings))


def read_rename(cursor: Cursor) -> None:
    """MySQL: `RENAME TABLE a TO b, c TO d`."""
    if not (cursor.take("TABLE") or cursor.take("TABLES")):
        return
    if_exists = cursor.take("IF", "EXISTS")
    while True:
        old, span = cursor.qualified()
        cursor.need("TO")
        new, new_span = cursor.qualified()
        cursor.script.created[new] = None
        cursor.emit(RenameTable(span, cursor.statement, old, new, new_span, if_exists, cursor.guard))
        if not cursor.take(","):
            return
