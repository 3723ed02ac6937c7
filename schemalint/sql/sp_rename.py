"""SQL Server: `EXEC sp_rename`, as "sp_rename (Transact-SQL)" says."""

from __future__ import annotations

import re

from schemalint.dialects import NameKind
from schemalint.model.facts import RenameColumn, RenameIndex, RenameTable
from schemalint.model.names import TableName
from schemalint.model.objects import RenameType
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.refusals.say import invalid
from schemalint.sql.tokens import PUNCT, QUOTED, STRING, WORD, string_text

_PART = re.compile(r'\[(?:[^\]]|\]\])*\]|"(?:[^"]|"")*"|[^.]+')
"""One part of a name, with the marks around it."""
_PARAMETERS = {"@OBJNAME": 0, "@NEWNAME": 1, "@OBJTYPE": 2}


def _plain(part: str) -> str:
    """A part of a name without its marks."""
    part = part.strip()
    if part[:1] == "[" and part[-1:] == "]":
        return part[1:-1].replace("]]", "]")
    return part[1:-1].replace('""', '"') if len(part) > 1 and part[0] == part[-1] == '"' else part


def read_sp_rename(cursor: Cursor) -> None:
    """SQL Server: `EXEC sp_rename 'table.column', 'new', 'COLUMN'`."""
    said: dict[int, tuple[str, Span]] = {}
    while not cursor.done:
        kind, value, start, end = cursor.tokens[cursor.at]
        if kind == STRING:
            text = string_text(cursor.text[start:end], cursor.family)
            parameter = cursor.tokens[cursor.at - 2][1] if cursor.tokens[cursor.at - 1][1] == "=" else ""
            said[_PARAMETERS.get(parameter, len(said))] = text, cursor.span(cursor.at)
        elif not (kind == PUNCT and value in (",", "=", ";")) and kind not in (WORD, QUOTED):
            raise Unreadable("sp_rename with computed names")
        cursor.at += 1
    arguments = [said[place] for place in sorted(said)]
    if len(arguments) == 1 and [token[1] for token in cursor.tokens[-3:-1]] == ["SP_RENAME", "'"]:
        words = "Procedure or function 'sp_rename' expects parameter '@newname', which was not supplied (201)"
        cursor.emit(invalid(cursor, arguments[0][1], "sp_rename needs the new name", words, None))
        return
    if len(arguments) < 2:
        raise Unreadable("sp_rename with computed names")
    (old, span), (new, new_span) = arguments[:2]
    kind_of = arguments[2][0].upper() if len(arguments) > 2 else "OBJECT"
    path = [_plain(part) for part in _PART.findall(old)]
    if not path or kind_of == "DATABASE":
        return
    dialect = cursor.dialect
    fresh = _plain(new)
    if kind_of in ("COLUMN", "INDEX"):
        if len(path) < 2:
            reason = f"sp_rename names {'a column' if kind_of == 'COLUMN' else 'an index'} behind its table: table.{path[-1]}"
            words = f"Either the parameter @objname is ambiguous or the claimed @objtype ({kind_of}) is wrong (15248)"
            cursor.emit(invalid(cursor, span, reason, words, None))
            return
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
    if kind_of == "USERDATATYPE":
        named = TableName(table.schema, dialect.identifier(fresh, kind=NameKind.TABLE))
        cursor.emit(RenameType(span, cursor.statement, table, named, new_span, cursor.guard))
        return
    target = TableName(table.schema, dialect.identifier(fresh, kind=NameKind.TABLE))
    cursor.emit(RenameTable(span, cursor.statement, table, target, new_span, guard=cursor.guard))
