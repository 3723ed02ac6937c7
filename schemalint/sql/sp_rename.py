"""SQL Server: `EXEC sp_rename`."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.facts import RenameColumn, RenameIndex, RenameTable
from schemalint.model.names import TableName
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.tokens import PUNCT, QUOTED, STRING, WORD, string_text


def read_sp_rename(cursor: Cursor) -> None:
    """SQL Server: `EXEC sp_rename 'table.column', 'new', 'COLUMN'`."""
    arguments: list[tuple[str, Span]] = []
    while not cursor.done:
        kind, value, start, end = cursor.tokens[cursor.at]
        if kind == STRING:
            text = string_text(cursor.text[start:end], cursor.family)
            arguments.append((text, cursor.span(cursor.at)))
        elif not (kind == PUNCT and value in (",", "=", ";")) and kind not in (WORD, QUOTED):
            raise Unreadable("sp_rename with computed names")
        cursor.at += 1
    if len(arguments) < 2:
        raise Unreadable("sp_rename with computed names")
    (old, span), (new, new_span) = arguments[:2]
    kind_of = arguments[2][0].upper() if len(arguments) > 2 else "OBJECT"
    path = [part.strip('[]"') for part in old.split(".")]
    dialect = cursor.dialect
    fresh = new.strip('[]"')
    if kind_of in ("COLUMN", "INDEX"):
        if len(path) < 2:
            raise Unreadable("sp_rename without a table")
        table = dialect.table_name(path[-2], schema=path[-3] if len(path) > 2 else None)
        if kind_of == "COLUMN":
            column, renamed = dialect.identifier(path[-1]), dialect.identifier(fresh)
            cursor.emit(RenameColumn(span, cursor.statement, table, column, renamed, new_span, guard=cursor.guard))
        else:
            index = TableName(None, dialect.identifier(path[-1], kind=NameKind.INDEX))
            renamed = dialect.identifier(fresh, kind=NameKind.INDEX)
            cursor.emit(RenameIndex(span, cursor.statement, index, renamed, table, guard=cursor.guard))
        return
    table = dialect.table_name(path[-1], schema=path[-2] if len(path) > 1 else None)
    target = TableName(table.schema, dialect.identifier(fresh, kind=NameKind.TABLE))
    cursor.emit(RenameTable(span, cursor.statement, table, target, new_span, guard=cursor.guard))
