"""INSERT, UPDATE, DELETE, TRUNCATE and COPY: which table and columns they certainly need. Their rows are never read."""

from __future__ import annotations

import re

from schemalint.model.clauses import Query
from schemalint.model.names import Name, TableName
from schemalint.model.objects import OnConflict, Write
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Script, Unreadable
from schemalint.sql.expressions import skip_expression
from schemalint.sql.readings import reading
from schemalint.sql.tokens import PUNCT, STRING, WORD, tokenize
from schemalint.sql.upserts import may_upsert, on_conflict
from schemalint.sql.usual.rows import read_usual_insert

WRITES = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE", "TRUNCATE", "COPY"})
"""First words of the statements that are read here."""
# The statement up to its rows: the verb, the table and, in parentheses, the columns.
_HEAD = re.compile(
    r"(?:INSERT|REPLACE)\b(?>(?:\s++(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|INTO|OR\s++\w++))*)"
    r"\s++[^\s(;,]++(?>(?:\s*+\([^();'\-/]*+\))?)|COPY\s++[^\s(;]++(?>(?:\s*+\([^();'\-/]*+\))?)",
    re.I,
)
_LONGEST = 20_000  # code points of an UPDATE that are read
_SET_ENDS = frozenset({"WHERE", "FROM", "RETURNING", "ORDER", "LIMIT", "OUTPUT"})


# Rows that come from one table: only columns before FROM, and a plain end behind its name.
_FROM = re.compile(
    r"\s*+SELECT\s[^'\"();]{1,4000}?\sFROM\s++(?!DUAL\b)(?=[^\s();,@#{$%]++\s*+(?:;|\Z|(?:WHERE|ORDER|GROUP|LIMIT)\b))",
    re.I,
)


def read_rows(script: Script, start: int, end: int, head: str, seen: set[str]) -> None:
    """Emits what a statement between two offsets needs, once for all that begin alike."""
    found = _HEAD.match(script.text, start, end) if head in ("INSERT", "REPLACE", "COPY") else None
    if found is None and head in ("INSERT", "REPLACE", "COPY"):
        return
    stop = found.end() if found else min(end, start + _LONGEST)
    conflict = query = None
    if found:
        alike = found.group()
        if head == "INSERT" and (script.upserts or script.queries):
            if script.upserts and may_upsert(script, stop, end) and (conflict := on_conflict(script, stop, end)):
                alike = f"{alike} {conflict.said}"
            if script.queries and end - stop <= _LONGEST and _QUERY.match(script.text, stop, end):
                query = reading(script, tokenize(script.text, stop, end, script.lexicon), head, seen)
        if query is None and alike in seen:
            return
        seen.add(alike)
    plain = found is not None and head == "INSERT" and (script.lexicon == "tsql" or _PLAIN.match(found.group()))
    width = _width(script, stop, end) if plain else None
    if head == "INSERT" and read_usual_insert(script, start, stop, end, width, conflict, query):
        if rows := _FROM.match(script.text, stop, end):
            _select(script, rows.end(), end, script.span(start, end))
        return
    tokens = tokenize(script.text, start, stop, script.lexicon)
    if len(tokens) < 3:
        return
    if not found:
        query = reading(script, tokens, head, seen)
    cursor = Cursor(script, tokens, script.span(start, end))
    cursor.at = 1
    before = len(script.facts)
    try:
        if head == "UPDATE":
            _update(cursor, query)
        elif head == "TRUNCATE":
            _truncate(cursor)
        elif head == "DELETE":
            _delete(cursor, query)
        else:
            _insert(cursor, head, width, conflict, query)
            if found and (rows := _FROM.match(script.text, found.end(), end)):
                _select(script, rows.end(), end, cursor.statement)
    except Unreadable:
        del script.facts[before:]  # rows bear no schema: what is odd here is passed over


_QUERY = re.compile(r"\s*+(?:SELECT|WITH)\b", re.I)
_PLAIN = re.compile(r"INSERT\s++INTO\b", re.I)
"""Nothing is said that lets rows be left out which the table does not take: IGNORE, OR REPLACE."""
_FILLED_IN = frozenset("?:%@")
_FIRST_ROW = re.compile(r"\s*+VALUES\s*+(?=\()", re.I)
_LONGEST_ROW = 4000  # code points that are looked at
_TEXT = re.compile(r"'[^'\\]*+'")
_PLAIN_ROW = re.compile(r"\s*+VALUES\s*+\(\s*+(?!\))((?>(?:[\w\s,.+*]++|'[^'\\]*+'|-(?!-))*))\)", re.I)
"""Numbers, words and texts, which need no tokens to be counted."""


def _width(script: Script, start: int, end: int) -> int | None:
    """How many values the first row has that VALUES gives right behind the table or its columns."""
    end = min(end, start + _LONGEST_ROW)
    plain = _PLAIN_ROW.match(script.text, start, end)
    if plain is not None:
        return _TEXT.sub("", plain[1]).count(",") + 1
    begins = _FIRST_ROW.match(script.text, start, end)
    if begins is None:
        return None
    depth, commas, empty = 0, 0, True
    for kind, value, _, _ in tokenize(script.text, begins.end(), end, script.lexicon):
        if kind == PUNCT and value in ("(", ")", "[", "]"):
            depth += 1 if value in ("(", "[") else -1
            if depth == 0:
                return None if empty else commas + 1
        elif depth == 1 and kind == PUNCT and value == ",":
            commas += 1
        elif kind == PUNCT and (value in "{$" or (value in _FILLED_IN and script.lexicon != "tsql")):
            return None  # a driver may put several values there
        empty = empty and depth == 1 and value == "("
    return None


def _insert(cursor: Cursor, head: str, width: int | None, conflict: OnConflict | None, query: Query | None) -> None:
    while cursor.take_any(frozenset({"LOW_PRIORITY", "DELAYED", "HIGH_PRIORITY", "IGNORE", "INTO"})):
        pass
    if cursor.take("OR"):
        cursor.advance()
        cursor.take("INTO")
    table, span = cursor.qualified()
    columns: tuple[tuple[Name, Span], ...] = ()
    if cursor.value == "(" and cursor.kind == PUNCT:
        columns = cursor.names_in_parens()
    if cursor.done:
        verb = "COPY" if head == "COPY" else "INSERT"
        _emit(cursor, verb, table, span, columns, width=width, conflict=conflict, query=query)


def _select(script: Script, start: int, end: int, statement: Span) -> None:
    cursor = Cursor(script, tokenize(script.text, start, min(end, start + 300), script.lexicon), statement)
    table, span = cursor.qualified()
    cursor.emit(Write(span, statement, "SELECT", table, ()))


def _update(cursor: Cursor, query: Query | None) -> None:
    cursor.take("ONLY")
    table, span = cursor.qualified()
    if not cursor.take("SET"):
        # An alias, a join, OR …: whose columns are meant is not certain
        if query is not None:
            _emit(cursor, "SELECT", table, span, (), query=query)
        return
    columns = []
    values = []
    while True:
        column = cursor.name()
        if not cursor.take("="):
            return
        columns.append(column)
        start = cursor.at
        skip_expression(cursor, _SET_ENDS)
        if cursor.at == start + 1 and cursor.tokens[start][0] == STRING:
            values.append((column[0], cursor.raw(start, cursor.at)))
        if not cursor.take(","):
            break
    if cursor.word() == "FROM":
        columns.clear()
    _emit(cursor, "UPDATE", table, span, tuple(columns), values=tuple(values), query=query)


def _delete(cursor: Cursor, query: Query | None) -> None:
    if cursor.take("FROM"):
        cursor.take("ONLY")
        table, span = cursor.qualified()
        if cursor.done or cursor.word() == "WHERE":
            _emit(cursor, "DELETE", table, span, (), query=query)
        elif query is not None:
            _emit(cursor, "SELECT", table, span, (), query=query)


def _truncate(cursor: Cursor) -> None:
    cursor.take("TABLE")
    named = []
    while True:
        cursor.take("ONLY")
        named.append(cursor.qualified())
        cursor.take("*")
        if not cursor.take(","):
            break
    cascade = any(token[1] == "CASCADE" for token in cursor.tokens[cursor.at :])
    for table, span in named:
        _emit(cursor, "TRUNCATE", table, span, (), cascade)


def _emit(
    cursor: Cursor,
    verb: str,
    table: TableName,
    span: Span,
    columns: tuple[tuple[Name, Span], ...],
    cascade: bool = False,
    values: tuple[tuple[Name, str], ...] = (),
    width: int | None = None,
    conflict: OnConflict | None = None,
    query: Query | None = None,
) -> None:
    if cursor.kind == WORD and cursor.text[cursor.tokens[cursor.at][2] - 1] in "{$%":
        return
    loose = width is not None and cursor.script.loose
    statement, guard = cursor.statement, cursor.guard
    cursor.emit(Write(span, statement, verb, table, columns, guard, cascade, values, width, loose, conflict, query))
