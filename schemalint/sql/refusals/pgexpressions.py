"""PostgreSQL: what no default, check, generated column or index may hold, and literals that came with a version.
Every one was put to PostgreSQL 10 to 18."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from schemalint.model.facts import Servers
from schemalint.sql.tokens import NUMBER, PUNCT, WORD, Token, tokenize, words

_CHANGING = words(
    """
    NOW CLOCK_TIMESTAMP STATEMENT_TIMESTAMP TRANSACTION_TIMESTAMP TIMEOFDAY RANDOM GEN_RANDOM_UUID NEXTVAL CURRVAL LASTVAL
    CURRENT_SETTING TXID_CURRENT
    """
)
"""Functions that give another value another time."""
_SETTLED = words(
    """
    CONCAT CONCAT_WS FORMAT TO_CHAR TO_DATE TO_NUMBER ARRAY_TO_STRING ARRAY_TO_JSON ROW_TO_JSON TO_JSON TO_JSONB
    JSON_BUILD_OBJECT JSONB_BUILD_OBJECT JSON_BUILD_ARRAY JSONB_BUILD_ARRAY
    """
)
"""Functions of which settings of the session decide what they give, whatever they are given: none of them is IMMUTABLE."""
_KEYWORDS = words(
    "CURRENT_DATE CURRENT_TIMESTAMP CURRENT_TIME LOCALTIMESTAMP LOCALTIME CURRENT_USER SESSION_USER CURRENT_ROLE CURRENT_CATALOG"
)
_AGGREGATES = words(
    "COUNT AVG STRING_AGG ARRAY_AGG JSON_AGG JSONB_AGG JSON_OBJECT_AGG JSONB_OBJECT_AGG BOOL_AND BOOL_OR"
)
_LITERAL = re.compile(r"0[xob][\da-f]+|\d+_[\d_]*\d", re.IGNORECASE)
"""A number as PostgreSQL writes it since version 16."""
_WORD = re.compile(r"[A-Z_]\w*")
_TOLD = _CHANGING | _SETTLED | _KEYWORDS | _AGGREGATES | {"SELECT", "JSON", "TO_TSVECTOR"}
"""Words of which one stands in what is looked at closer."""
_TOLD_NUMBER = re.compile(r"\d_\d|\b0[xob]", re.IGNORECASE)
_BEFORE_16 = (Servers("postgres", None, (16,)),)

GENERATED, INDEX, PREDICATE, PARTITION, DEFAULT, CHECK = range(6)
_UNSETTLED = {
    GENERATED: "generation expression is not immutable (42P17)",
    INDEX: "functions in index expression must be marked IMMUTABLE (42P17)",
    PREDICATE: "functions in index predicate must be marked IMMUTABLE (42P17)",
    PARTITION: "functions in partition key expression must be marked IMMUTABLE (42P17)",
}
_NAMED = {
    GENERATED: ("a generated column", "column generation expression", "column generation expressions"),
    INDEX: ("an index", "index expression", "index expressions"),
    PREDICATE: ("an index", "index predicate", "index predicates"),
    PARTITION: ("a partition key", "partition key expression", "partition key expressions"),
    DEFAULT: ("a default", "DEFAULT expression", "DEFAULT expressions"),
    CHECK: ("a check", "check constraint", "check constraints"),
}
"""What an expression belongs to, in our words and in the server's: of one, and of several."""


class Wrong(NamedTuple):
    """The reason, the server's words, the servers that refuse it, and the function that is meant: "" for none."""

    reason: str
    words: str
    only: tuple[Servers, ...] = ()
    function: str = ""


@lru_cache(maxsize=4096)
def wrong(raw: str, place: int) -> Wrong | None:
    """What is wrong with an expression in that place."""
    if _TOLD.isdisjoint(_WORD.findall(raw.upper())) and _TOLD_NUMBER.search(raw) is None:
        return None
    tokens = tokenize(raw, 0, min(len(raw), 4_000), "postgres")
    what, one, several = _NAMED[place]
    for at, (kind, value, start, _) in enumerate(tokens[:-1]):
        if kind == PUNCT and value == "(" and tokens[at + 1][:2] == (WORD, "SELECT"):
            words_ = "" if place == INDEX else f"cannot use subquery in {one}"
            return Wrong(f"{what} reads no other rows", words_)
        if kind == NUMBER and (later := _LITERAL.match(raw, start)) is not None:
            return Wrong(f"numbers like {later[0]} came with PostgreSQL 16", "", _BEFORE_16)
        if kind != WORD or _qualified(tokens, at):
            continue
        called = tokens[at + 1][:2] == (PUNCT, "(")
        function = value.lower() if called else ""
        if called and value in _AGGREGATES:
            reason = f"{what} is of one row, and {function}() is of many"
            return Wrong(reason, f"aggregate functions are not allowed in {several}", (), function)
        if value == "IS" and tokens[at + 1 + (tokens[at + 1][1] == "NOT")][:2] == (WORD, "JSON"):
            return Wrong("IS JSON came with PostgreSQL 16", "", _BEFORE_16)
        changes = _unsettled(tokens, at, called) if place in _UNSETTLED else None
        if changes is not None:
            reason = f"{what} keeps what was true when a row was written, and {changes}"
            return Wrong(reason, _UNSETTLED[place], (), function)
    return None


def _unsettled(tokens: list[Token], at: int, called: bool) -> str | None:
    """Why what stands there is not the same for every session and time."""
    value = tokens[at][1]
    if value in _KEYWORDS and not called and tokens[at - 1][1] != "AS":
        return f"{value} changes"
    if called and value in _CHANGING:
        return f"{value.lower()}() changes"
    if called and value in _SETTLED:
        return f"what {value.lower()}() gives depends on settings of the session"
    if called and value == "TO_TSVECTOR" and _arguments(tokens, at + 1) == 1:
        return "what to_tsvector() gives depends on a setting where it is not given a configuration before the text"
    return None


def _qualified(tokens: list[Token], at: int) -> bool:
    """Whether a name has a schema or table before it that is not the server's own."""
    return at > 0 and tokens[at - 1][:2] == (PUNCT, ".") and (at < 2 or tokens[at - 2][1] != "PG_CATALOG")


def _arguments(tokens: list[Token], opens: int) -> int:
    """How many arguments stand in these parentheses; 0 where they are not closed."""
    depth, commas = 0, 0
    for kind, value, _, _ in tokens[opens:]:
        if kind == PUNCT and value in "([":
            depth += 1
        elif kind == PUNCT and value in ")]":
            depth -= 1
            if depth == 0:
                return commas + 1
        elif kind == PUNCT and value == "," and depth == 1:
            commas += 1
    return 0
