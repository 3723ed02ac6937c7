"""PostgreSQL: INSERT, UPDATE, DELETE and statements about the session, as other databases write them or the hand slips. Every row
was put to PostgreSQL 10 to 18.

Rows are many, so that a look at how a statement begins decides whether it is looked at any closer."""

from __future__ import annotations

import re

from schemalint.model.facts import Servers
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.commas import cut_off, templated
from schemalint.sql.refusals.patterns import Match, Rows, Where, matches, pattern
from schemalint.sql.refusals.phrases import layout
from schemalint.sql.refusals.say import stumbles
from schemalint.sql.tokens import QUOTED, words

OTHERS = words("SET USE SHOW DESCRIBE LOCK UNLOCK PRAGMA GO FLUSH GRANT MERGE")
"""First words of statements that bear no schema and change no rows, some of which PostgreSQL does not know."""
_ODD = re.compile(
    r"INSERT\s++(?:(?!INTO\b)|INTO\s++(?:`|[^\s(;,]++(?:\s++(?:SET|VALUE)\b|\s*+\((?:\s*+`|[^();']*?,\s*+\)|[^();']*+\)\s*+VALUE\b))))"
    r"|REPLACE\s|UPDATE\s++(?:TABLE\b|`)|DELETE\s++(?!FROM\b)|DELETE\s++FROM\s++`|TRUNCATE\s",
    re.I,
)
"""What is looked at closer for how it begins."""
_BEFORE_WHERE = re.compile(r",\s*+WHERE\b", re.I)
_ENDS = frozenset({"WHERE", ")"})
_LAST = 1_000
"""Code points at the end of an INSERT in which something odd is looked for."""
_TABLE = r"(?:ONLY )?NAME (?:\(\S*\) )?"

PATTERNS = (
    # Rows
    pattern(
        Where.STATEMENT,
        r"INSERT (?P<near>IGNORE) ",
        "PostgreSQL has no INSERT IGNORE: ON CONFLICT DO NOTHING at the end does it",
    ),
    pattern(
        Where.STATEMENT,
        r"INSERT (?P<at>(?P<near>OR) (?:IGNORE|REPLACE|ABORT|FAIL|ROLLBACK)) ",
        "PostgreSQL has no INSERT {at}: ON CONFLICT … DO at the end does it",
    ),
    pattern(
        Where.STATEMENT,
        r"(?P<near>REPLACE) ",
        "PostgreSQL has no REPLACE: INSERT … ON CONFLICT … DO UPDATE does it",
    ),
    pattern(Where.STATEMENT, r"INSERT INTO NAME (?P<near>SET) ", "PostgreSQL's INSERT wants VALUES, not SET"),
    pattern(Where.STATEMENT, rf"INSERT INTO {_TABLE}(?P<near>VALUE) ", "PostgreSQL's word is VALUES"),
    pattern(Where.STATEMENT, r"INSERT (?P<near>(?!INTO |IGNORE |OR )\S+) ", "INTO is missing behind INSERT"),
    pattern(Where.STATEMENT, r"UPDATE (?P<near>TABLE) ", "UPDATE changes rows: no TABLE stands behind it"),
    pattern(Where.STATEMENT, r"DELETE (?P<near>(?!FROM )\S+) ", "FROM is missing behind DELETE"),
    pattern(Where.STATEMENT, r"TRUNCATE (?:\S+ )+?(?P<at>,) $", "a comma stands before nothing", ""),
    pattern(
        Where.STATEMENT,
        r"(?P<near>MERGE) INTO ",
        "MERGE came with PostgreSQL 15",
        only=(Servers("postgres", None, (15,)),),
    ),
    pattern(
        Where.STATEMENT,
        r"MERGE INTO (?:\S+ )*?NOT MATCHED (?P<at>(?P<near>BY) SOURCE) ",
        "WHEN NOT MATCHED BY SOURCE came with PostgreSQL 17",
        only=(Servers("postgres", (15,), (17,)),),
    ),
    # The session
    pattern(
        Where.STATEMENT,
        r"SET (?:SESSION )?(?P<at>FOREIGN_KEY_CHECKS|UNIQUE_CHECKS|SQL_MODE|SQL_NOTES|SQL_SAFE_UPDATES"
        r"|CHARACTER_SET_CLIENT|STORAGE_ENGINE|DEFAULT_STORAGE_ENGINE|AUTOCOMMIT) (?:=|TO) ",
        "{at} is a setting of MySQL's",
        'unrecognized configuration parameter "{lower}"',
    ),
    *(
        pattern(
            Where.STATEMENT,
            rf"SET (?:SESSION |LOCAL )?(?P<at>{name}) (?:=|TO) ",
            f"the setting {name.lower()} came with PostgreSQL {version}",
            'unrecognized configuration parameter "{lower}"',
            (Servers("postgres", None, (version,)),),
        )
        for name, version in (
            ("TRANSACTION_TIMEOUT", 17),
            ("IDLE_SESSION_TIMEOUT", 14),
            ("DEFAULT_TOAST_COMPRESSION", 14),
            ("DEFAULT_TABLE_ACCESS_METHOD", 12),
        )
    ),
    pattern(
        Where.STATEMENT,
        r"SET NAMES (?P<near>(?!DEFAULT )[A-Z_]\S*) ",
        "behind SET NAMES stands a text, in single quotes",
    ),
    pattern(
        Where.STATEMENT,
        r"(?P<near>USE) ",
        "PostgreSQL has no USE: a connection stays in its database (psql changes it with \\c)",
    ),
    pattern(
        Where.STATEMENT,
        r"SHOW (?P<at>TABLES|DATABASES|SCHEMAS) $",
        "PostgreSQL's SHOW shows settings: psql lists what there is with \\d",
        'unrecognized configuration parameter "{lower}"',
    ),
    pattern(
        Where.STATEMENT,
        r"(?P<near>DESCRIBE|UNLOCK|PRAGMA|GO|FLUSH) ",
        "PostgreSQL has no statement {at}",
    ),
    pattern(
        Where.STATEMENT,
        r"LOCK TABLES (?P<near>[A-Z_]\S*|\") (?:READ|WRITE) ",
        "PostgreSQL's words are LOCK TABLE … IN … MODE",
    ),
    pattern(
        Where.STATEMENT,
        r"GRANT (?:\S+ )+?ON (?:\S+ \. )?(?P<at>\*) ",
        "PostgreSQL's GRANT takes no *: ALL TABLES IN SCHEMA does it",
        "",
    ),
    pattern(
        Where.STATEMENT,
        r"GRANT (?:\S+ )+?TO (?P<near>') ",
        "a role's name stands in double quotes, or in none",
    ),
)
_ROWS = Rows(PATTERNS)


def suspicious(text: str, start: int, end: int, head: str) -> bool:
    """Whether a statement that changes rows may be one that PostgreSQL does not take."""
    if _ODD.match(text, start, end) is not None:
        return True
    if head == "INSERT":
        last = max(start, end - _LAST)
        return (
            text.find(",)", last, end) >= 0
            or text.find("DUPLICATE KEY", last, end) >= 0
            or text.find("duplicate key", last, end) >= 0
        )
    return head == "UPDATE" and _BEFORE_WHERE.search(text, start, end) is not None


def slips(cursor: Cursor) -> list[Match]:
    """What is wrong with such a statement."""
    values = [token[1] for token in cursor.tokens]
    if cut_off(cursor) or templated(cursor, values):
        return []
    return matches(cursor, layout(cursor, values), _ROWS) or _between(cursor)


def _between(cursor: Cursor) -> list[Match]:
    """What may stand far behind the beginning."""
    tokens = cursor.tokens
    for at in range(1, len(tokens) - 1):
        if tokens[at][0] == QUOTED and cursor.text[tokens[at][2]] == "`":
            reason = "PostgreSQL quotes names with double quotes, not with backquotes"
            return [Match(at, at + 1, reason, 'syntax error at or near "`"', ())]
        before, value = tokens[at - 1][1], tokens[at][1]
        if value == "DUPLICATE" and before == "ON" and tokens[at + 1][1] == "KEY":
            reason = "PostgreSQL has no ON DUPLICATE KEY UPDATE: ON CONFLICT (…) DO UPDATE SET does it"
            return [Match(at - 1, at + 2, reason, stumbles(cursor, at), ())]
        if before == "," and value in _ENDS:
            return [Match(at - 1, at, "a comma stands before nothing", stumbles(cursor, at), ())]
    return []
