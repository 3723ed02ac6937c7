"""Expressions: where they end, what they are called for comparing, and which columns they certainly name."""

from __future__ import annotations

from schemalint.model.names import Name
from schemalint.model.schema import Expr
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import END, PUNCT, QUOTED, STRING, WORD, Token, name_text, string_text, words

_TYPE_TAIL = {
    "DOUBLE": ("PRECISION",),
    "CHARACTER": ("VARYING",),
    "CHAR": ("VARYING",),
    "BIT": ("VARYING",),
    "NATIONAL": ("CHARACTER", "CHAR", "VARYING"),
}
NOT_COLUMNS = words(
    """
    ALL AND ANY ARRAY AS ASC ASYMMETRIC AT BETWEEN BINARY BOTH BY CASE CAST COLLATE CURRENT_CATALOG CURRENT_DATE
    CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DATE DAY DEFAULT DESC DISTINCT DIV
    ELSE END ESCAPE EXISTS FALSE FOR FROM GLOB GROUP HAVING HOUR ILIKE IN INTERVAL IS ISNULL JSON LEADING LIKE
    LIMIT LOCALTIME LOCALTIMESTAMP MATCH MICROSECOND MINUTE MOD MONTH NOT NOTNULL NULL OF OFFSET ON OPERATOR OR
    ORDER OVERLAPS PLACING PRECISION QUARTER REGEXP RLIKE ROW SECOND SELECT SESSION_USER SIMILAR SOME SOUNDS
    SYMMETRIC SYSDATE THEN TIME TIMESTAMP TO TRAILING TRUE UNION UNIQUE UNKNOWN USER USING VALUE VALUES VARYING
    WEEK WHEN WHERE WITH WITHIN XOR YEAR ZONE SEPARATOR UTC_DATE UTC_TIME UTC_TIMESTAMP SQL_TSI_DAY VARIADIC
    YEAR_MONTH DAY_HOUR DAY_MICROSECOND DAY_MINUTE DAY_SECOND HOUR_MICROSECOND HOUR_MINUTE HOUR_SECOND
    MINUTE_MICROSECOND MINUTE_SECOND SECOND_MICROSECOND
    NORMALIZED DOCUMENT CONTENT OVER PARTITION FILTER RAISE CURRENT KEY MAXVALUE WITHOUT
    """
)
_BEFORE_OTHERS = frozenset({"AS", "COLLATE", "USING", "INTERVAL"})
_TSQL_FIRST = words("DATEADD DATEDIFF DATEDIFF_BIG DATENAME DATEPART DATETRUNC DATE_BUCKET CONVERT TRY_CONVERT")
"""SQL Server: functions whose first argument is a part of a date or a type ("DATEPART", "CAST and CONVERT (Transact-SQL)")."""
_OF_TYPES = frozenset(
    [
        *((")", "CHARSET"), ("CHAR", "CHARSET"), ("CHARACTER", "SET"), ("CHAR", "SET")),
        *((sign, word) for sign in ("SIGNED", "UNSIGNED") for word in ("INT", "INTEGER")),
    ]
)
"""MySQL: two words of a type, of which the second may have another one behind it."""
_OPERATORS = frozenset({"=", "<", ">", "<=", ">=", "<>", "!=", "+", "-", "*", "/", "||", "->", "->>"})
_CLOSE = frozenset({",", ")", ".", "(", "]", "["})
_BEFORE_SIGN = frozenset({"(", ",", "[", "=", "<", ">", "<=", ">=", "<>"})
_NOW = frozenset({"now()", "current_timestamp", "current_timestamp()", "localtimestamp", "localtimestamp()"})


def skip_type(cursor: Cursor) -> None:
    """Steps over a type name: after `::`, or a bare one in a definition."""
    if not cursor.is_name() and cursor.kind != STRING:
        return
    first = cursor.word()
    cursor.at += 1
    while cursor.value == "." and cursor.kind == PUNCT:
        cursor.at += 2 if cursor.ahead(1)[0] != END else 1
    tail = _TYPE_TAIL.get(first, ())
    while cursor.word() and cursor.word() in tail:
        cursor.at += 1
    if cursor.value == "(" and cursor.kind == PUNCT:
        cursor.skip_parens()
    if first in ("TIME", "TIMESTAMP") and cursor.word() in ("WITH", "WITHOUT") and cursor.word(1) == "TIME":
        cursor.at = min(cursor.at + 3, len(cursor.tokens) - 1)
    while cursor.value == "[" and cursor.kind == PUNCT:
        while not cursor.done and cursor.value != "]":
            cursor.at += 1
        cursor.advance()


def skip_expression(cursor: Cursor, stops: frozenset[str]) -> int:
    """Steps over an expression: up to a comma or closing parenthesis of this level, or one of the words that stop it
    once it has begun. Returns the index behind its last token, which is where the cursor stands."""
    tokens = cursor.tokens
    first = at = cursor.at
    depth = 0
    while True:
        kind, value, _, _ = tokens[at]
        if kind == WORD:
            if depth == 0 and value in stops and at > first and not _continues(tokens, at):
                break
        elif kind == PUNCT:
            if value == "::":
                cursor.at = at + 1
                skip_type(cursor)
                at = cursor.at
                continue
            if depth == 0 and value in (",", ")"):
                break
            if value in ("(", "["):
                depth += 1
            elif value in (")", "]"):
                depth = max(0, depth - 1)
        elif kind == END:
            break
        at += 1
    cursor.at = at
    return at


def _continues(tokens: list[Token], at: int) -> bool:
    """Whether a word that could stop an expression stands behind an operator that still needs its right side."""
    kind, value, _, _ = tokens[at - 1]
    if kind == WORD:
        return value in ("IS", "NOT", "AND", "OR") and tokens[at][1] in ("NULL", "NOT", "DEFAULT")
    return kind == PUNCT and value in _OPERATORS


_known: dict[tuple[str, str], Expr] = {}
"""The same few defaults and checks are written again and again: their expressions by dialect and text."""
_LONGEST_KEPT, _MOST_KEPT = 200, 5_000


def expression(cursor: Cursor, start: int, end: int) -> Expr:
    """The expression between two token indexes."""
    raw = cursor.raw(start, end)
    known = _known.get((cursor.dialect.name, raw))
    if known is not None:
        return known
    made = Expr(_key(cursor, start, end), raw)
    if len(raw) <= _LONGEST_KEPT:
        if len(_known) >= _MOST_KEPT:
            _known.clear()
        _known[cursor.dialect.name, raw] = made
    return made


def _key(cursor: Cursor, start: int, end: int) -> str:
    """What an expression is compared by: without parentheses around all of it, and without casts of plain values."""
    for _ in range(8):
        if end - start < 3 or not _wrapped(cursor, start, end):
            break
        start, end = start + 1, end - 1
    pieces: list[str] = []
    tokens, text = cursor.tokens, cursor.text
    at = start
    resume = cursor.at
    while at < end:
        kind, value, begin, stop = tokens[at]
        if kind == PUNCT and value == "::" and pieces and _castable(pieces):
            cursor.at = at + 1
            skip_type(cursor)
            at = max(at + 1, cursor.at)
            continue
        if kind == WORD:
            pieces.append(value.lower())
        elif kind == STRING and value != '"':
            pieces.append("'" + string_text(text[begin:stop], cursor.family).replace("'", "''") + "'")
        elif kind == QUOTED:
            pieces.append(_column(cursor, at).key)
        else:
            pieces.append(text[begin:stop])
        at += 1
    cursor.at = resume
    if len(pieces) == 1 and tokens[start][0] == STRING and _is_number(pieces[0][1:-1]):
        return pieces[0][1:-1]
    return _joined(pieces)


def _column(cursor: Cursor, at: int) -> Name:
    """The column that a token names."""
    _, _, start, end = cursor.tokens[at]
    return cursor.dialect.identifier(*name_text(cursor.text[start:end]))


def _is_number(text: str) -> bool:
    body = text.removeprefix("-")
    return len(body) < 40 and body.replace(".", "", 1).isdecimal() and not (body[:1] == "0" and body[1:2].isdecimal())


def _castable(pieces: list[str]) -> bool:
    """Whether what stands before a cast is a plain value, so that the cast only says what the column says already."""
    last = pieces[-1]
    alone = len(pieces) == 1 or pieces[-2] in ("(", ",", "=", "<", ">", "<>", "<=", ">=", "[", "-")
    return alone and (last[:1] == "'" or last == "null" or last[:1].isdigit())


def _wrapped(cursor: Cursor, start: int, end: int) -> bool:
    """Whether one pair of parentheses holds all of it."""
    tokens = cursor.tokens
    if tokens[start][1] != "(" or tokens[start][0] != PUNCT:
        return False
    depth = 0
    for at in range(start, end):
        kind, value, _, _ = tokens[at]
        if kind == PUNCT and value == "(":
            depth += 1
        elif kind == PUNCT and value == ")":
            depth -= 1
            if depth == 0:
                return at == end - 1
    return False


def _joined(pieces: list[str]) -> str:
    """The pieces as one text, with spaces where they help to read it."""
    made: list[str] = []
    last = ""
    signed: bool | None = True  # whether a minus here would be a sign
    for piece in pieces:
        beside = signed is not None and last not in ("", "(", ".", "[") and piece not in _CLOSE
        if beside or (piece == "(" and last and not last.isalnum() and last not in "_(."):
            made.append(" ")
        made.append(piece)
        last = piece[-1:] or last
        signed = None if piece == "-" and signed else piece in _BEFORE_SIGN
    text = "".join(made)
    return "current_timestamp" if text in _NOW else text


def mentions(cursor: Cursor, start: int, end: int) -> tuple[tuple[Name, Span], ...]:
    """The columns that the tokens between two indexes certainly name. Certain means: a bare name that is no keyword, no
    function, no part of a dotted name, no type, and no text; nothing at all when a query stands inside."""
    tokens = cursor.tokens
    found: dict[Name, Span] = {}
    resume = cursor.at
    at = start
    while at < end:
        kind, value, _, _ = tokens[at]
        if kind == WORD:
            if value == "SELECT":
                found.clear()
                break
            if value in _BEFORE_OTHERS or (at and (tokens[at - 1][1], value) in _OF_TYPES):
                at += 2  # a type, a collation, a character set, an amount
                continue
            if value in _TSQL_FIRST and cursor.family == "tsql" and tokens[at + 1][1] == "(":
                at += 3
                continue
            certain = value not in NOT_COLUMNS and value[0] not in "@#_"
        elif kind == PUNCT and value == "::":
            cursor.at = at + 1
            skip_type(cursor)
            at = max(at + 1, cursor.at)
            continue
        else:  # SQLite takes a double-quoted name that it does not know for a text
            certain = kind == QUOTED and (value != '"' or cursor.family != "sqlite")
        if certain and _stands_alone(tokens, at):
            found.setdefault(_column(cursor, at), cursor.span(at))
        at += 1
    cursor.at = resume
    return tuple(found.items())


def _stands_alone(tokens: list[Token], at: int) -> bool:
    """Whether a name is no function, no part of a dotted name, no type of the text behind it."""
    kind, value, _, _ = tokens[at + 1]
    if kind == PUNCT:
        if value in ("(", ".", ":=", "=>"):
            return False
    elif kind == WORD:
        if value not in NOT_COLUMNS or value in ("FROM", "OF", "PRECISION", "VARYING"):
            return False
    elif kind != END:
        return False
    before = tokens[at - 1] if at else (END, "", 0, 0)
    if before[0] == WORD:  # IS JSON OBJECT WITH UNIQUE KEYS
        return before[1] not in ("JSON", "UNIQUE")
    return before[0] != PUNCT or before[1] not in (".", ":", "$", "{")
