"""What is known by name only: sequences, schemas, functions, procedures, triggers and extensions."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import AlterObject, CreateObject, DropObject
from schemalint.model.schema import Counting
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.sequences import sequence_options
from schemalint.sql.tokens import END, PUNCT, QUOTED, WORD, name_text

KINDS = {
    "SEQUENCE": ObjectKind.SEQUENCE,
    "SCHEMA": ObjectKind.SCHEMA,
    "DATABASE": ObjectKind.SCHEMA,
    "FUNCTION": ObjectKind.FUNCTION,
    "PROCEDURE": ObjectKind.PROCEDURE,
    "PROC": ObjectKind.PROCEDURE,
    "TRIGGER": ObjectKind.TRIGGER,
    "EXTENSION": ObjectKind.EXTENSION,
}
"""First words behind CREATE, ALTER and DROP. A database is a schema in MySQL, and nothing that we keep elsewhere."""
_ALONE = frozenset({ObjectKind.SCHEMA, ObjectKind.EXTENSION})
"""Kinds that stand in no schema."""
_ROUTINES = frozenset({ObjectKind.FUNCTION, ObjectKind.PROCEDURE})


def starts_named(cursor: Cursor) -> ObjectKind | None:
    """The kind of object that the current word announces."""
    kind = KINDS.get(cursor.word())
    if cursor.word() in ("DATABASE", "SCHEMA") and cursor.family == "mysql":
        return ObjectKind.SCHEMA
    return None if cursor.word() == "DATABASE" else kind


def _name(cursor: Cursor, kind: ObjectKind) -> tuple[TableName, Span]:
    if kind in _ALONE:
        name, span = cursor.name(NameKind.SCHEMA)
        return TableName(None, name), span
    return cursor.qualified()


def _owner(cursor: Cursor) -> tuple[TableName, Name] | None:
    """`table.column` behind OWNED BY, None for NONE."""
    parts = [cursor.written()]
    while cursor.take("."):
        parts.append(cursor.written())
    if len(parts) < 2:
        return None
    dialect = cursor.dialect
    table, column = parts[-2], parts[-1]
    schema = parts[-3] if len(parts) > 2 else None
    named = dialect.table_name(table[0], table[1], schema[0] if schema else None, schema[1] if schema else False)
    return cursor.placed(named, schema is not None), dialect.identifier(column[0], column[1])


def read_create_named(cursor: Cursor, kind: ObjectKind, or_replace: bool, temporary: bool) -> None:
    """What follows `CREATE …` from the word that says the kind."""
    cursor.at += 1
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    if kind is ObjectKind.SCHEMA and cursor.word() == "AUTHORIZATION":
        cursor.at += 1
    name, span = _name(cursor, kind)
    table: TableName | None = None
    table_span: Span | None = None
    column: Name | None = None
    waits: tuple[tuple[Name, Span], ...] = ()
    fills = True
    if kind is ObjectKind.TRIGGER:
        waits = _waited_for(cursor) if cursor.family == "postgres" else ()
        fills = _fills(cursor)
        if not _seek(cursor, "ON"):
            return
        if cursor.word() in ("DATABASE", "ALL"):
            return  # SQL Server: triggers of the server
        table, table_span = cursor.qualified()
    named = kind is ObjectKind.TRIGGER and cursor.family in ("mysql", "postgres")
    names = (*waits, *_rows(cursor)) if named else ()
    counting = _counting(cursor) if kind is ObjectKind.SEQUENCE else None
    if kind is ObjectKind.SEQUENCE and _seek(cursor, "OWNED", "BY"):
        owner = _owner(cursor)
        if owner is not None:
            table, column = owner
    cursor.emit(
        CreateObject(
            span,
            cursor.statement,
            kind,
            name,
            table,
            table_span,
            column,
            or_replace,
            if_not_exists,
            temporary,
            cursor.guard,
            counting=counting,
            names=names,
            fills=fills,
        )
    )


def _rows(cursor: Cursor) -> tuple[tuple[Name, Span], ...]:
    """The columns that the rest of a trigger calls NEW.… or OLD.…; none where a query may call a table so."""
    found: dict[Name, Span] = {}
    for at in range(cursor.at, len(cursor.tokens) - 2):
        kind, value, _, _ = cursor.tokens[at]
        if kind != WORD or value not in ("NEW", "OLD") or cursor.tokens[at - 1][1] == ".":
            continue
        if cursor.tokens[at + 1][1] != "." or cursor.tokens[at + 2][0] not in (WORD, QUOTED):
            return ()
        _, _, start, end = cursor.tokens[at + 2]
        found.setdefault(cursor.dialect.identifier(*name_text(cursor.text[start:end])), cursor.span(at + 2))
    return tuple(found.items())


def _fills(cursor: Cursor) -> bool:
    """Whether a trigger runs before rows are put in, so that it may give them what they lack. The cursor stays."""
    events = set()
    for _, value, _, _ in cursor.tokens[cursor.at :]:
        if value == "ON":
            break
        events.add(value)
    return "INSERT" in events and "AFTER" not in events and cursor.family != "sqlite"


def _waited_for(cursor: Cursor) -> tuple[tuple[Name, Span], ...]:
    """The columns behind UPDATE OF, whose trigger waits for them. The cursor stays."""
    at = cursor.at
    found: list[tuple[Name, Span]] = []
    if _seek(cursor, "UPDATE", "OF"):
        found.append(cursor.name())
        while cursor.take(","):
            found.append(cursor.name())
    cursor.at = at
    return tuple(found)


def _counting(cursor: Cursor) -> Counting | None:
    """What the rest of the statement says of how a sequence counts. The cursor stays."""
    at = cursor.at
    _, options = sequence_options(cursor, len(cursor.tokens) - 1)
    cursor.at = at
    return Counting(options) if options else None


def _seek(cursor: Cursor, *words: str) -> bool:
    """Steps behind these words, where they come before any body or parenthesis."""
    while cursor.tokens[cursor.at][0] != END and cursor.word() not in ("BEGIN", "EXECUTE", "FOR"):
        if cursor.take(*words):
            return True
        if cursor.value == "(" and cursor.kind == PUNCT:
            return False
        cursor.at += 1
    return False


def read_alter_named(cursor: Cursor, kind: ObjectKind) -> None:
    """What follows `ALTER …` from the word that says the kind."""
    cursor.at += 1
    if_exists = cursor.take("IF", "EXISTS")
    name, span = _name(cursor, kind)
    table: TableName | None = None
    new: TableName | None = None
    column: Name | None = None
    disowned = False
    if kind in _ROUTINES and cursor.value == "(":
        cursor.skip_parens()
    counting = _counting(cursor) if kind is ObjectKind.SEQUENCE else None
    if kind is ObjectKind.TRIGGER and cursor.take("ON"):
        table, _ = cursor.qualified()
    if cursor.take("RENAME", "TO"):
        if kind in _ALONE:
            new = TableName(None, cursor.name(NameKind.SCHEMA)[0])
        else:
            new = TableName(name.schema, cursor.name(NameKind.TABLE)[0])
    elif cursor.take("SET", "SCHEMA"):
        schema, _ = cursor.name(NameKind.SCHEMA)
        moved = TableName(None if schema.key in cursor.dialect.default_schemas else schema, name.name)
        new = None if moved == name else moved
    elif kind is ObjectKind.SEQUENCE and _seek(cursor, "OWNED", "BY"):
        owner = _owner(cursor)
        disowned = owner is None
        if owner is not None:
            table, column = owner
    if kind is ObjectKind.EXTENSION and new is not None:
        new = None  # an extension that moves to another schema keeps its name
    cursor.emit(
        AlterObject(
            span,
            cursor.statement,
            kind,
            name,
            new,
            table,
            column,
            disowned,
            if_exists,
            cursor.guard,
            counting=counting,
        )
    )


def read_drop_named(cursor: Cursor, kind: ObjectKind) -> None:
    """What follows `DROP …` from the word that says the kind."""
    cursor.at += 1
    if_exists = cursor.take("IF", "EXISTS")
    dropped: list[tuple[TableName, Span]] = []
    table: TableName | None = None
    table_span: Span | None = None
    while True:
        dropped.append(_name(cursor, kind))
        if kind in _ROUTINES and cursor.value == "(" and cursor.kind == PUNCT:
            cursor.skip_parens()
        if kind is ObjectKind.TRIGGER and cursor.take("ON"):
            if cursor.word() in ("DATABASE", "ALL") and cursor.kind == WORD:
                return
            table, table_span = cursor.qualified()
        if not cursor.take(","):
            break
    cascade = cursor.take("CASCADE")
    for name, span in dropped:
        cursor.emit(DropObject(span, cursor.statement, kind, name, table, table_span, if_exists, cascade, cursor.guard))
