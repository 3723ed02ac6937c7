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
_SURE: tuple[dict[str, str], ...] = (
    {  # H2, HSQLDB
        "CACHED": r"\bCREATE\s++CACHED\s++TABLE\b",
        "MEMORY": r"\bCREATE\s++MEMORY\s++TABLE\b",
        "VARCHAR_IGNORECASE": r"\bVARCHAR_IGNORECASE\b",
        "REFERENTIAL_INTEGRITY": r"\bSET\s++REFERENTIAL_INTEGRITY\b",
        "DB_CLOSE_DELAY": r"\bSET\s++DB_CLOSE_DELAY\b",
    },
    {  # Oracle
        "CHAR": r"\bVARCHAR2?\s*+\(\s*+\d++\s++CHAR\s*+\)",
        "BYTE": r"\bVARCHAR2?\s*+\(\s*+\d++\s++BYTE\s*+\)",
        "PCTFREE": r"\bPCTFREE\b",
        "INITRANS": r"\bINITRANS\b",
        "SEGMENT": r"\bSEGMENT\s++CREATION\b",
    },
    {  # DB2, Derby
        "DATA": r"\bFOR\s++BIT\s++DATA\b",
        "CURRENT TIMESTAMP": r"\bCURRENT TIMESTAMP\b",
        "SYSPROC.": r"\bSYSPROC\.",
        "SYSIBM.": r"\bSYSIBM\.",
        "SYSCS_UTIL.": r"\bSYSCS_UTIL\.",
        "ORGANIZE": r"\bORGANIZE\s++BY\s++ROW\b",
    },
    {  # Informix
        "LVARCHAR": r"\bLVARCHAR\b",
        "DATETIME YEAR": r"\bDATETIME YEAR TO\b",
        "LOCK MODE": r"\bLOCK MODE (?:ROW|PAGE)\b",
    },
    {  # Sybase
        "UNIVARCHAR": r"\bUNIVARCHAR\s*+\(",
        "UNICHAR": r"\bUNICHAR\s*+\(",
        "LOCK ALL": r"\bLOCK ALLPAGES\b",
        "LOCK DATA": r"\bLOCK DATA(?:PAGES|ROWS)\b",
    },
)
"""Words that the manuals of those databases have, and none of the databases that are read has."""
_LIKELY = {
    "VARCHAR2": r"\bN?VARCHAR2\b",
    "NUMBER": r"\bNUMBER\s*+\(\s*+\d",
    "CLOB": r"\bN?CLOB\b",
    "SYS": r"\bSYS(?:DATE|TIMESTAMP)\b(?!\s*+\()",
    "\n/": r"^/[ \t]*+\r?$",  # how SQL*Plus ends a statement
    ".NEXTVAL": r"\w\.NEXTVAL\b",
    "LONG": r"\bLONG\s?+VARCHAR\b",
    "IMMEDIATE": r"\bEXECUTE\s++IMMEDIATE\b",
    "LOGGED": r"\bNOT\s++LOGGED\b",
    "NOCACHE": r"\bNOCACHE\b",  # MariaDB's sequences have it, too
}
"""Of which one alone may be a slip: types and functions of Oracle, DB2, Derby and HSQLDB."""
_TEXTS = re.compile(r"'(?>(?:[^']++|'')*)'")
_ENOUGH = 200_000


def unread(text: str, named: str) -> bool:
    """Whether a text that bears the name of a dialect is certainly written for a database that is not read: it says more that
    only such a database has than that only `named` has."""
    text = _NOISE.sub(" ", text[:_ENOUGH])
    capitals = text.upper()
    score = _strange(text, capitals)
    return score > 0 and score > _votes(text, capitals).get("mysql" if named == "mariadb" else named, 0)


def _strange(text: str, capitals: str) -> int:
    """How much speaks for a database that is not read."""
    sure = [some for some in _SURE if any(mark in capitals for mark in some)]
    likely = [expression for mark, expression in _LIKELY.items() if mark in capitals]
    if not sure and not likely:
        return 0
    bare = _TEXTS.sub("''", text)
    found = [count for expression in likely if (count := len(_compiled(expression).findall(bare)))]
    slips = 2 if len(found) == 1 and found[0] > 2 else len(found)
    return sum(3 for some in sure if _stands(some, bare, capitals)) + (slips if slips > 1 else 0)


def _votes(text: str, capitals: str) -> dict[str, int]:
    """What speaks for each dialect."""
    votes: dict[str, int] = {}
    for name, weight, expressions in _VOTES:
        if _stands(expressions, text, capitals):
            votes[name] = votes.get(name, 0) + weight
    return votes


def guess(text: str) -> str | None:
    """The dialect that a text's words point to: `generic` for a database that is not read, None unless one clearly wins."""
    text = _NOISE.sub(" ", text[:_ENOUGH])
    capitals = text.upper()
    if _stands(_FOREIGN, text, capitals):
        return "generic"
    votes = _votes(text, capitals)
    if _strange(text, capitals) > max(votes.values(), default=0):
        return "generic"
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
