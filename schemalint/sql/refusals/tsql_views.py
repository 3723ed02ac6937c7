"""What SQL Server refuses about the query of a new view: "CREATE VIEW" and "ORDER BY clause (Transact-SQL)" of Microsoft's
reference; the numbers and words are those of "Database Engine events and errors". An engine that speaks T-SQL was asked, too:
tests/oracles/tsql."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from schemalint.model.names import Name
from schemalint.model.objects import CreateView
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.say import Found
from schemalint.sql.tokens import NUMBER, PUNCT, QUOTED, STRING, WORD, name_text

_ENDS = frozenset({"FROM", "WHERE", "GROUP", "ORDER", "UNION", "EXCEPT", "INTERSECT", "FOR", "OPTION", "WITH"})
_JOINS = frozenset({"FROM", "JOIN"})
_NAMELESS = frozenset(
    {"NULL", "CURRENT_TIMESTAMP", "CURRENT_DATE", "USER", "CURRENT_USER", "SESSION_USER", "SYSTEM_USER"}
)
_OPERATORS = frozenset("+-*/%&|^~<>=!")


class _No(Enum):
    """What an item of a SELECT gives instead of a name."""

    NAME = "no name"
    KNOWING = "a name that is not told from its tokens"
    STAR = "all columns of something"


def faults(cursor: Cursor, fact: CreateView) -> Iterator[Found]:
    """What is wrong with the columns and the order of a view."""
    start = _query(cursor)
    if start < 0:
        return
    level = _level(cursor, start)
    values = [cursor.tokens[at][1] if cursor.tokens[at][0] == WORD else "" for at in level]
    yield from _ordered(cursor, level, values)
    if fact.bound:
        yield from _one_part(cursor, level, values)
    items = list(_items(cursor, level, values))
    named = [_name(cursor, item) for item in items]
    seen: set[Name] = set()
    if fact.columns is None:
        for number, (item, name) in enumerate(zip(items, named, strict=True), 1):
            if name is _No.NAME:
                words = (
                    f"Create View or Function failed because no column name was specified for column {number} (4511)"
                )
                yield cursor.span(item[0], item[-1] + 1), "a column of a view needs a name: AS name", words, ()
                return
            if isinstance(name, Name):
                if name in seen:
                    words = f"Column names in each view or function must be unique. Column name '{name.text}' in view or function"
                    reason = f"two columns of the view are called {name}"
                    yield (
                        cursor.span(item[0], item[-1] + 1),
                        reason,
                        f"{words} … is specified more than once (4506)",
                        (),
                    )
                    return
                seen.add(name)
    elif named and _No.STAR not in named and len(named) != len(fact.columns):
        more = len(named) > len(fact.columns)
        words = (
            f"'{fact.name.name.text}' has {'more' if more else 'fewer'} columns than were specified in the column list"
        )
        reason = f"the view names {len(fact.columns)} columns, and its query has {len(named)}"
        yield fact.span, reason, f"{words} ({8158 if more else 8159})", ()


def _query(cursor: Cursor) -> int:
    """The token with which the query begins, -1 where it is no plain SELECT, or one behind WITH."""
    tokens, depth, behind = cursor.tokens, 0, False
    for at, (kind, value, _, _) in enumerate(tokens[:-1]):
        if kind == PUNCT and value in "()":
            depth += 1 if value == "(" else -1
        elif depth == 0 and kind == WORD:
            if value == "AS" and not behind:
                behind = True
                if tokens[at + 1][1] not in ("SELECT", "WITH"):
                    return -1
            elif value == "SELECT" and behind:
                return at
    return -1


def _level(cursor: Cursor, start: int) -> list[int]:
    """The tokens of the query outside of parentheses, with the parentheses themselves."""
    found, depth = [], 0
    for at in range(start, len(cursor.tokens) - 1):
        kind, value, _, _ = cursor.tokens[at]
        depth -= kind == PUNCT and value == ")"
        if depth == 0 and not (kind == PUNCT and value == ";"):
            found.append(at)
        depth += kind == PUNCT and value == "("
    return found


def _ordered(cursor: Cursor, level: list[int], values: list[str]) -> Iterator[Found]:
    """ORDER BY of a view, which only TOP, OFFSET and FOR XML give a meaning."""
    if "ORDER" in values and not {"TOP", "OFFSET", "FOR"}.intersection(values):
        at = level[values.index("ORDER")]
        words = (
            "The ORDER BY clause is invalid in views, inline functions, derived tables, subqueries, and common table expressions,"
            " unless TOP, OFFSET or FOR XML is also specified (1033)"
        )
        if cursor.tokens[at + 1][1] == "BY":
            yield cursor.span(at, at + 2), "a view has no order: whoever reads it writes ORDER BY", words, ()


def _one_part(cursor: Cursor, level: list[int], values: list[str]) -> Iterator[Found]:
    """SCHEMABINDING wants the schema before each table."""
    if any(
        token[1] == "WITH" and cursor.tokens[at + 1][1] != "SCHEMABINDING" for at, token in enumerate(cursor.tokens)
    ):
        return  # a name may be that of a common table expression
    for number, at in enumerate(level[:-1]):
        name = at + 1
        if values[number] not in _JOINS or cursor.tokens[at - 1][1] == "DISTINCT":
            continue
        kind, _, start, _ = cursor.tokens[name]
        if kind in (WORD, QUOTED) and cursor.tokens[name + 1][1] not in (".", "(") and cursor.text[start] not in "@#":
            written = cursor.raw(name, name + 1)
            words = f"Cannot schema bind view … because name '{written}' is invalid for schema binding (4512)"
            yield cursor.span(name), f"WITH SCHEMABINDING {written} needs its schema", words, ()
            return


def _items(cursor: Cursor, level: list[int], values: list[str]) -> Iterator[list[int]]:
    """The items between SELECT and FROM."""
    at = 1
    while at < len(level) and values[at] in ("ALL", "DISTINCT"):
        at += 1
    if at < len(level) and values[at] == "TOP":
        at += 1
        at += 2 if cursor.tokens[level[at : at + 1][0]][1] == "(" else 1
        at += at < len(level) and values[at] == "PERCENT"
        at += 2 if values[at : at + 2] == ["WITH", "TIES"] else 0
    item: list[int] = []
    for number in range(at, len(level)):
        if values[number] in _ENDS and item and values[number - 1] != "AS":
            break
        if cursor.tokens[level[number]][1] == "," and cursor.tokens[level[number]][0] == PUNCT:
            yield item
            item = []
        else:
            item.append(level[number])
    yield item


def _name(cursor: Cursor, item: list[int]) -> Name | _No:
    """What a column is called by an item of the SELECT."""
    if not item:
        return _No.KNOWING
    tokens = [cursor.tokens[at] for at in item]
    kind, value, start, end = tokens[-1]
    if kind == PUNCT and value == "*":
        return _No.STAR
    if len(item) > 2 and tokens[1][1] == "=" and tokens[0][0] in (WORD, QUOTED):
        return cursor.dialect.identifier(*name_text(cursor.text[tokens[0][2] : tokens[0][3]]))
    if len(item) > 2 and tokens[1][1] == "=":
        return _No.KNOWING
    if kind == NUMBER:
        return _No.NAME if len(item) == 1 or tokens[-2][1] in _OPERATORS else _No.KNOWING
    if kind == PUNCT:
        called = value == ")" and tokens[0][1] != "(" and not any(one[1] == "NEXT" for one in tokens)
        return _No.NAME if called else _No.KNOWING
    if kind not in (WORD, QUOTED):
        return _No.NAME if len(item) == 1 and value == "'" and kind == STRING else _No.KNOWING
    name = cursor.dialect.identifier(*name_text(cursor.text[start:end]))
    if len(item) == 1:
        return (
            _No.NAME if kind == WORD and value in _NAMELESS else name if cursor.text[start] not in "@$" else _No.KNOWING
        )
    before = tokens[-2]
    if before[0] == PUNCT and before[1] in _OPERATORS and len(item) > 2:
        return _No.NAME
    if before[1] == "." or (before[0] == WORD and before[1] == "AS"):
        return name
    if kind == WORD and value == "END":
        return _No.NAME if any(one[1] == "CASE" for one in tokens) else _No.KNOWING
    plain = len(item) == 2 and before[0] in (WORD, QUOTED)
    return name if plain or before[1] == ")" else _No.KNOWING
