"""What MySQL and MariaDB do not take in the expressions of checks, generated columns, defaults and indexes. Each word was put to
MySQL 5.6 and 9.7 and MariaDB 10.11 in each of these places; MySQL before 8.0.16 reads over checks."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.refusals.say import MYSQL, MYSQL_SYNTAX
from schemalint.sql.tokens import PUNCT, QUOTED, STRING, WORD, words

_CHECKED = (Servers("mysql", (8, 0, 16)), Servers("mariadb", (10, 2, 1)))
MOMENT = words(
    """
    NOW CURRENT_TIMESTAMP CURDATE CURRENT_DATE CURTIME CURRENT_TIME UTC_TIMESTAMP UTC_DATE UTC_TIME LOCALTIME
    LOCALTIMESTAMP RAND UUID UUID_SHORT CURRENT_USER CONNECTION_ID
    """
)
"""Functions whose value another moment or another session changes. (SYSDATE and UNIX_TIMESTAMP are left out: MySQL or MariaDB
takes them here or there.)"""
_SESSION = words("LAST_INSERT_ID FOUND_ROWS ROW_COUNT SLEEP GET_LOCK BENCHMARK LOAD_FILE")
_FOREIGN = words(
    """
    GEN_RANDOM_UUID UUID_GENERATE_V4 UUID_GENERATE_V1MC NEWID NEWSEQUENTIALID GETDATE GETUTCDATE SYSDATETIME LEN DATE_TRUNC
    DATE_PART STRING_AGG ARRAY_AGG ARRAY_LENGTH TO_TSVECTOR STRFTIME JULIANDAY JSONB_TYPEOF JSON_TYPEOF SPLIT_PART BTRIM
    INITCAP CHARINDEX DATALENGTH DATEPART REGEXP_MATCHES STARTS_WITH CARDINALITY TO_NUMBER
    """
)
"""Functions of other databases."""
_BARE = words(
    "CURRENT_TIMESTAMP CURRENT_DATE CURRENT_TIME UTC_TIMESTAMP UTC_DATE UTC_TIME LOCALTIME LOCALTIMESTAMP CURRENT_USER"
)
"""Functions that need no parentheses."""
_OPERATORS = {
    "ILIKE": "LIKE does it, by the collation",
    "SIMILAR": "REGEXP does it",
    "ARRAY": "neither of them has arrays",
}
_PLACES = frozenset({"CHECK", "AS", "DEFAULT"})
WORDS = MOMENT | _SESSION | _FOREIGN | frozenset(_OPERATORS) | _PLACES | {"SELECT", "STORED", "PERSISTENT"}
"""All words that are asked for here."""
_MARKS = frozenset({"::", "~"})
_TOLD = WORDS | _MARKS - _PLACES


def stray_expressions(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """What stands in an expression and none of them takes there."""
    tokens, values = cursor.tokens, made.values
    if not made.kind or _TOLD.isdisjoint(values):
        return
    for start, end in (*made.elements, *made.actions):
        for at in range(start, end - 1):
            if values[at] in _PLACES and tokens[at][0] == WORD and tokens[at + 1][1] == "(":
                close = made.partners.get(at + 1, at)
                for inner in range(at + 2, close):
                    yield from _judged(cursor, made, values[at], inner, close)


def _judged(cursor: Cursor, made: Layout, place: str, at: int, close: int) -> Iterator[Match]:
    kind, word, _, _ = cursor.tokens[at]
    called = cursor.tokens[at + 1][0] == PUNCT and cursor.tokens[at + 1][1] == "("
    if kind == PUNCT and word in _MARKS:
        yield from _operator(cursor, at)
    elif kind == WORD and word in _OPERATORS and (word != "ARRAY" or cursor.tokens[at + 1][1] == "["):
        reason = f"neither MySQL nor MariaDB has {word}: {_OPERATORS[word]}"
        yield Match(at, at + 1, reason, MYSQL_SYNTAX, ())
    elif kind != WORD or cursor.tokens[at - 1][1] == ".":
        return
    elif word in _FOREIGN and called:
        yield Match(at, at + 1, f"neither MySQL nor MariaDB has a function {word}", "", _where(place))
    elif word == "SELECT":
        yield Match(at, at + 1, "no SELECT stands in this expression", "", _where(place))
    elif word in _SESSION and called:
        yield Match(at, at + 1, f"{word} is another in every session", "", _where(place))
    elif word in MOMENT and (called or word in _BARE) and place != "DEFAULT":
        reason = f"{word} has another value at another time: no row could be checked or computed again"
        yield Match(at, at + 1, reason, "", MYSQL if _virtual(made, place, close) else _where(place))


def _virtual(made: Layout, place: str, close: int) -> bool:
    """A column that is computed when it is read, for which MariaDB takes more."""
    return place == "AS" and made.values[close + 1] not in ("STORED", "PERSISTENT")


def _where(place: str) -> tuple[Servers, ...]:
    return _CHECKED if place == "CHECK" else ()


def _operator(cursor: Cursor, at: int) -> Iterator[Match]:
    if cursor.tokens[at][1] == "::":
        yield Match(at, at + 1, "neither MySQL nor MariaDB has ::, CAST(… AS …) does it", MYSQL_SYNTAX, ())
    elif _is_value(cursor, at - 1) and STRING in (cursor.tokens[at + 1][0], cursor.tokens[at + 2][0]):
        yield Match(at, at + 1, "no text is matched by ~ here: REGEXP does it", MYSQL_SYNTAX, ())


_BEHIND = words("AND OR NOT XOR DIV MOD CASE WHEN THEN ELSE BETWEEN IN IS LIKE RLIKE REGEXP BINARY INTERVAL RETURN")


def _is_value(cursor: Cursor, at: int) -> bool:
    """Whether what stands here is the end of a value, so that ~ behind it is no sign of the next one."""
    kind, word, _, _ = cursor.tokens[at]
    return kind == QUOTED or word == ")" or (kind == WORD and word not in _BEHIND)
