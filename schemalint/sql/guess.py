"""Which database a text was written for, told from words that only one of them knows."""

from __future__ import annotations

import re
from functools import cache

_VOTES: tuple[tuple[str, int, dict[str, str]], ...] = (
    (
        "mysql",
        2,
        {
            "AUTO_INCREMENT": r"\bAUTO_INCREMENT\b",
            "ENGINE": r"\bENGINE\s*+=\s*+\w",
            "CHARSET": r"\bDEFAULT\s++CHARSET\b",
            "CHARACTER": r"\bCHARACTER\s++SET\s++utf8",
            "/*!": r"/\*!\d{5}",
        },
    ),
    (
        "mysql",
        2,
        {
            "UNSIGNED": r"\bUNSIGNED\b",
            "MEDIUMTEXT": r"\bMEDIUMTEXT\b",
            "LONGTEXT": r"\bLONGTEXT\b",
            "TINYINT": r"\bTINYINT\s*+\(",
            "UPDATE": r"\bON\s++UPDATE\s++CURRENT_TIMESTAMP\b",
        },
    ),
    (
        "mysql",
        1,
        {
            "`": r"`\w++`|^\s*+USE\s++`",
            "DELIMITER": r"^\s*+DELIMITER\s",
            "DATETIME": r"\bDATETIME\s*+\(\s*+[36]",
        },
    ),
    (
        "postgres",
        2,
        {
            "SERIAL": r"\b(?:BIG|SMALL)?SERIAL\b",
            "TIMESTAMPTZ": r"\bTIMESTAMPTZ\b",
            "JSONB": r"\bJSONB\b",
            "BYTEA": r"\bBYTEA\b",
            "PLPGSQL": r"\bplpgsql\b",
            "EXTENSION": r"\bCREATE\s++EXTENSION\b",
        },
    ),
    (
        "postgres",
        2,
        {
            "$": r"(?<![\w'\"$.])\$(?>(?:[^\W\d]\w*+)?)\$",
            "::": r"[\w')]::\w",
            "GEN_RANDOM_UUID": r"\bgen_random_uuid\s*+\(",
            "ENUM": r"\bAS\s++ENUM\s*+\(",
            "NEXTVAL": r"\bnextval\s*+\(",
        },
    ),
    (
        "postgres",
        2,
        {
            "TYPE": r"\bCREATE\s++TYPE\b",
            "PG_CATALOG": r"\bpg_catalog\b",
            "\\": r"^\\(?:connect|c|restrict)\s",
        },
    ),
    (
        "postgres",
        1,
        {"ZONE": r"\bTIMESTAMP\s++WITH(?:OUT)?\s++TIME\s++ZONE\b"},
    ),  # H2's, Oracle's and the standard's as well
    (
        "postgres",
        1,
        {
            "CONCURRENTLY": r"\bINDEX\s++CONCURRENTLY\b",
            "COMMENT": r"\bCOMMENT\s++ON\b",
            "OWNER": r"\bOWNER\s++TO\b",
            "USING": r"\bUSING\s++(?:gin|gist|btree)\b",
            "TEXT[]": r"\bTEXT\[\]",
        },
    ),
    (
        "sqlite",
        3,
        {
            "AUTOINCREMENT": r"\bAUTOINCREMENT\b",
            "ROWID": r"\bWITHOUT\s++ROWID\b",
            "SQLITE_": r"\bsqlite_\w",
            "STRFTIME": r"\bstrftime\s*+\(",
            "JULIANDAY": r"\bjulianday\s*+\(",
        },
    ),
    ("sqlite", 3, {"PRAGMA": r"^\s*+PRAGMA\s"}),
    (
        "sqlite",
        2,
        {
            "'NOW'": r"\bdatetime\s*+\(\s*+'now'",
            "IGNORE": r"\bINSERT\s++OR\s++IGNORE\b",
            "REPLACE": r"\bINSERT\s++OR\s++REPLACE\b",
            "FTS": r"\bUSING\s++fts[345]\b",
        },
    ),
    (
        "tsql",
        3,
        {
            "DBO": r"\[dbo\]|\bdbo\.",
            "GO": r"^\s*+GO\s*+$",
            "IDENTITY": r"\bIDENTITY\s*+\(\s*+\d++\s*+,",
            "NVARCHAR": r"\bNVARCHAR\s*+\(\s*+MAX",
            "UNIQUEIDENTIFIER": r"\bUNIQUEIDENTIFIER\b",
        },
    ),
    (
        "tsql",
        2,
        {
            "DATETIME2": r"\bDATETIME2\b",
            "DATETIMEOFFSET": r"\bDATETIMEOFFSET\b",
            "NONCLUSTERED": r"\bNONCLUSTERED\b",
            "SP_RENAME": r"\bsp_rename\b",
            "OBJECT_ID": r"\bOBJECT_ID\s*+\(",
            "DATE": r"\bGETU?T?C?DATE\s*+\(",
        },
    ),
)
"""Who is voted for, with what weight, by any of these expressions. Each stands behind a text that it cannot match without, in
capitals: that is looked for first, at the speed of memory."""
_NOISE = re.compile(r"--[^\n]*+|/\*(?!!)(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)")
_FOREIGN = {
    "ENGINE": r"\bENGINE\s*+=\s*+(?:\w*MergeTree|Distributed\s*+\(|Kafka\b)",
    "LOWCARDINALITY": r"\bLowCardinality\s*+\(",
    "CLUSTER": r"\bON\s++CLUSTER\b|\bWITH\s++CLUSTERING\s++ORDER\b",
    "VARCHAR2": r"\bVARCHAR2\b",
    "STRING": r"\bSTRING\s*+\(\s*+\d",
    "UNIQUE_ROWID": r"\bunique_rowid\s*+\(",
    "TYPE": r"\bCREATE\s++TYPE\s++IF\s++NOT\s++EXISTS\b",
    "DISTKEY": r"\bDISTKEY\b",
    "SORTKEY": r"\bSORTKEY\b",
    "STORED": r"\bSTORED\s++AS\s++(?:PARQUET|ORC)\b",
    "DELTA": r"\bUSING\s++DELTA\b",
}
"""The same of databases that are not read: ClickHouse, Oracle, CockroachDB, Redshift, Cassandra, Hive, Spark."""
_ENOUGH = 200_000


def guess(text: str) -> str | None:
    """The dialect that a text's words point to: `generic` for a database that is not read, None unless one clearly wins."""
    text = _NOISE.sub(" ", text[:_ENOUGH])
    capitals = text.upper()
    if _stands(_FOREIGN, text, capitals):
        return "generic"
    votes: dict[str, int] = {}
    for name, weight, expressions in _VOTES:
        if _stands(expressions, text, capitals):
            votes[name] = votes.get(name, 0) + weight
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked:
        return None
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    return best if score >= 2 and score > second + 1 else None


def _stands(expressions: dict[str, str], text: str, capitals: str) -> bool:
    """Whether any of these expressions matches somewhere."""
    return any(mark in capitals and _compiled(expressions[mark]).search(text) for mark in expressions)


@cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression, re.I | re.M)
