"""PostgreSQL: what the query of a view may say since a version. Put to PostgreSQL 10 to 18."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import Layout
from schemalint.sql.tokens import END, PUNCT, WORD, words

_BEFORE_16 = (Servers("postgres", None, (16,)),)
_BEHIND = words(
    "WHERE GROUP ORDER HAVING LIMIT OFFSET UNION EXCEPT INTERSECT JOIN LEFT RIGHT FULL INNER CROSS NATURAL ON WINDOW FETCH"
)
"""Reserved words that stand behind what is read, and are the name of nothing."""
WORDS = _BEHIND | words("SELECT VALUES FROM IS NOT JSON VIEW")


def versions(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """A subquery without a name, and IS JSON, in a view."""
    values, tokens = made.values, cursor.tokens
    if cursor.family != "postgres" or values[0] != "CREATE" or "VIEW" not in values[1:5]:
        return
    for at in range(3, len(values) - 2):
        if values[at] in ("SELECT", "VALUES") and values[at - 1] == "(" and values[at - 2] in ("FROM", "JOIN"):
            closes = made.partners.get(at - 1)
            if closes is None or tokens[at - 2][0] != WORD:
                continue
            kind, value, _, _ = tokens[closes + 1]
            if kind == END or (kind == PUNCT and value in ("),;")) or (kind == WORD and value in _BEHIND):
                words_ = f"{'subquery' if values[at] == 'SELECT' else 'VALUES'} in FROM must have an alias"
                reason = "a subquery needs a name before PostgreSQL 16: (SELECT …) AS x"
                yield Match(at - 1, closes + 1, reason, words_, _BEFORE_16)
                return
        elif values[at] == "IS" and values[at + 1 + (values[at + 1] == "NOT")] == "JSON" and tokens[at][0] == WORD:
            yield Match(at, at + 2, "IS JSON came with PostgreSQL 16", "", _BEFORE_16)
            return
