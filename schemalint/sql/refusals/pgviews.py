"""PostgreSQL: what the query of a view may say, since a version or with a CHECK OPTION. Put to PostgreSQL 10 to 18."""

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
_CHECKED = words("WITH CHECK OPTION LOCAL CASCADED CHECK_OPTION RECURSIVE MATERIALIZED AS")
_SINGLE = words("UNION EXCEPT INTERSECT GROUP HAVING LIMIT OFFSET FETCH")
_SEVERAL = words("JOIN TABLESAMPLE")
_TOTALS = words("COUNT SUM MIN MAX AVG STRING_AGG ARRAY_AGG BOOL_AND BOOL_OR JSON_AGG JSONB_AGG")
WORDS = _BEHIND | _CHECKED | _SINGLE | _SEVERAL | _TOTALS | words("SELECT VALUES FROM IS NOT JSON VIEW DISTINCT OVER")


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


def unchecked(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """WITH CHECK OPTION on a view that rows cannot be written through: an updatable one reads one table or view, and makes a row
    of each of its rows ("CREATE VIEW", "Updatable Views")."""
    values = made.values
    if (
        cursor.family != "postgres"
        or values[0] != "CREATE"
        or "VIEW" not in values[1:5]
        or "MATERIALIZED" in values[1:5]
    ):
        return
    last = len(values) - 1 - (values[-2] == ";")
    start = next((at for at, value in enumerate(values) if value == "AS" and cursor.tokens[at][0] == WORD), last) + 1
    if values[last - 2 : last] == ["CHECK", "OPTION"]:
        end = last - 3 - (values[last - 3] != "WITH")
        at, until = end, last
    elif "CHECK_OPTION" in values[:start]:
        end, at = last, values.index("CHECK_OPTION")
        until = at + 1
    else:
        return
    if "RECURSIVE" in values[1:5]:
        words_ = "WITH CHECK OPTION not supported on recursive views"
        yield Match(at, until, "a recursive view has no CHECK OPTION", words_, ())
    elif (why := _fixed(cursor, made, start, end)) is not None:
        words_ = "WITH CHECK OPTION is supported only on automatically updatable views"
        yield Match(at, until, f"no row is written through a view {why}, so that nothing is there to check", words_, ())


def _fixed(cursor: Cursor, made: Layout, start: int, end: int) -> str | None:
    """What of a query keeps its view from being written through, as far as it is seen at once."""
    values, tokens = made.values, cursor.tokens
    if values[start] in ("WITH", "VALUES"):
        return f"whose query begins with {values[start]}"
    if values[start] != "SELECT":
        return None
    if values[start + 1] == "DISTINCT":
        return "with DISTINCT"
    at, reads = start + 1, False
    while at < end:
        value, before = values[at], values[at - 1]
        if value == "(":
            if reads and before == "FROM":
                return "of a subquery"
            if reads and values[at - 2] == "FROM":
                return "of what a function gives"
            called = tokens[at - 1][0] == WORD and before in _TOTALS and values[at - 2] != "."
            if called and not reads:
                return f"with {before.lower()}()"
            at = made.partners.get(at, end)
        elif tokens[at][0] == WORD and before not in ("AS", "."):
            if value in _SINGLE:
                return f"with {value}"
            if (reads and value in _SEVERAL) or (value == "OVER" and before == ")"):
                return f"with {value}"
            reads = reads or value == "FROM"
        elif reads and value == "," and not _ordered(values, start, at):
            return "of several tables"
        at += 1
    return None if reads else "that reads nothing"


def _ordered(values: list[str], start: int, at: int) -> bool:
    """Whether a comma may stand behind what is read: in ORDER BY, or in a window."""
    return any(value in ("ORDER", "WINDOW", "WHERE") for value in values[start:at])
