"""SELECT where it bears schema: `SELECT … INTO table FROM …`, and PostGIS' functions that add and drop columns."""

from __future__ import annotations

import re

from schemalint.model.clauses import Query
from schemalint.model.facts import AddColumn, CreateTable, DropColumn, DropTable, Opaque
from schemalint.model.schema import Column
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import PUNCT, STRING, WORD, string_text

SELECTS = frozenset({"SELECT", "WITH"})
"""First words of the statements that are read here."""
INTO = re.compile(r"\bINTO\b", re.I)
GEOMETRY = re.compile(r"\b(?:Add|Drop)Geometry(?:Column|Table)\s*+\(", re.I)
_GEOMETRY = frozenset({"ADDGEOMETRYCOLUMN", "DROPGEOMETRYCOLUMN", "DROPGEOMETRYTABLE"})


def read_select(cursor: Cursor) -> None:
    """A whole SELECT. PostgreSQL and SQL Server make a table of `SELECT … INTO [TEMP] table FROM …`; MySQL's INTO fills
    variables and files."""
    if cursor.family not in ("postgres", "tsql"):
        return
    at = _into(cursor)
    if at is None:
        if cursor.family == "postgres" and cursor.take("SELECT"):
            _geometry(cursor)
        return
    cursor.at = at + 1
    temporary = bool(cursor.take_any(frozenset({"TEMP", "TEMPORARY"})))
    cursor.take_any(frozenset({"UNLOGGED"}))
    cursor.take("TABLE")
    table, span = cursor.qualified()
    temporary = temporary or (cursor.family == "tsql" and table.name.text.startswith("#"))
    cursor.script.created[table] = None
    cursor.emit(
        CreateTable(
            span,
            cursor.statement,
            table,
            (),
            temporary=temporary,
            query=_query(cursor, at),
            guard=cursor.guard,
        )
    )


def _geometry(cursor: Cursor) -> None:
    """`SELECT AddGeometryColumn(['catalog', ['schema',]] 'table', 'column', srid, 'type', dimension [, typmod])` and its
    counterparts."""
    while cursor.ahead(1)[1] == "." and cursor.is_name():
        cursor.at += 2
    call, function = cursor.at, cursor.word()
    if function not in _GEOMETRY or cursor.ahead(1)[1] != "(":
        return
    cursor.at += 2
    names: list[tuple[str, Span]] = []
    while cursor.kind == STRING and cursor.value == "'":
        _, _, start, end = cursor.tokens[cursor.at]
        names.append((string_text(cursor.text[start:end], cursor.family), cursor.script.span(start, end)))
        cursor.at += 1
        if not cursor.take(","):
            break
    wanted = 1 if function == "DROPGEOMETRYTABLE" else 2
    if not wanted <= len(names) <= wanted + 2 or (cursor.kind == STRING):
        cursor.emit(
            Opaque(cursor.span(call), cursor.statement, "its arguments are not plain texts", None, cursor.guard)
        )
        return
    own = names[-wanted:]
    schema = names[-wanted - 1][0] if len(names) > wanted else ""
    named = cursor.dialect.table_name(own[0][0], True, schema or None, True)
    table = cursor.placed(named, bool(schema))
    if wanted == 1:
        cursor.emit(DropTable(own[0][1], cursor.statement, table, True, guard=cursor.guard))
        return
    column, span = cursor.dialect.identifier(own[1][0], True), own[1][1]
    if function == "DROPGEOMETRYCOLUMN":
        cursor.emit(DropColumn(span, cursor.statement, table, column, guard=cursor.guard))
        return
    kind = cursor.dialect.column_type("geometry")
    shape = Column(column, span, kind, span, nullable=True, has_default=False, identity=False)
    cursor.emit(AddColumn(span, cursor.statement, table, shape, guard=cursor.guard))


def _into(cursor: Cursor) -> int | None:
    """Where the INTO of the outermost SELECT stands, which only its list comes before."""
    depth = 0
    selected = False
    for at, (kind, value, _, _) in enumerate(cursor.tokens):
        if kind == PUNCT:
            depth += (value == "(") - (value == ")")
        elif kind == WORD and depth == 0:
            if value == "INTO":
                return at if selected else None
            if value in ("FROM", "WHERE", "UNION", "EXCEPT", "INTERSECT"):
                return None
            selected = selected or value == "SELECT"
    return None


def _query(cursor: Cursor, into: int) -> Query:
    """The statement with blanks for `INTO table`, so that what is left stands where it stood."""
    last = len(cursor.tokens) - 1
    text = cursor.raw(0, last)
    first = cursor.tokens[0][2]
    start, end = cursor.tokens[into][2] - first, cursor.tokens[cursor.at - 1][3] - first
    blank = " " * (end - start)
    return Query(cursor.span(0, last), text[:start] + blank + text[end:], cursor.script.schema)
