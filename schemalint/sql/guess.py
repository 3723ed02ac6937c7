"""Which database a text was written for, told from words that only one of them knows."""

from __future__ import annotations

import re

_VOTES = (
    ("mysql", 2, r"\bAUTO_INCREMENT\b|\bENGINE\s*+=\s*+\w|\bDEFAULT\s++CHARSET\b|\bCHARACTER\s++SET\s++utf8|/\*!\d{5}"),
    ("mysql", 2, r"\bUNSIGNED\b|\b(?:MEDIUM|LONG)TEXT\b|\bTINYINT\s*+\(|\bON\s++UPDATE\s++CURRENT_TIMESTAMP\b"),
    ("mysql", 1, r"`\w++`|^\s*+DELIMITER\s|\bDATETIME\s*+\(\s*+[36]|^\s*+USE\s++`"),
    (
        "postgres",
        2,
        r"\b(?:BIG|SMALL)?SERIAL\b|\bTIMESTAMPTZ\b|\bJSONB\b|\bBYTEA\b|\bplpgsql\b|\bCREATE\s++EXTENSION\b",
    ),
    (
        "postgres",
        2,
        r"(?<![\w'\"$.])\$(?>(?:[^\W\d]\w*+)?)\$|\w::\w|'::\w|\)::\w|\bgen_random_uuid\s*+\(|\bAS\s++ENUM\s*+\(|\bnextval\s*+\(",
    ),
    ("postgres", 2, r"\bCREATE\s++TYPE\b|\bpg_catalog\b|^\\(?:connect|c|restrict)\s"),
    ("postgres", 1, r"\bTIMESTAMP\s++WITH(?:OUT)?\s++TIME\s++ZONE\b"),  # H2's, Oracle's and the standard's as well
    (
        "postgres",
        1,
        r"\bINDEX\s++CONCURRENTLY\b|\bCOMMENT\s++ON\b|\bOWNER\s++TO\b|\bUSING\s++(?:gin|gist|btree)\b|\bTEXT\[\]",
    ),
    (
        "sqlite",
        3,
        r"\bAUTOINCREMENT\b|\bWITHOUT\s++ROWID\b|\bsqlite_\w|\bstrftime\s*+\(|\bjulianday\s*+\(",
    ),
    ("sqlite", 3, r"^\s*+PRAGMA\s"),
    ("sqlite", 2, r"\bdatetime\s*+\(\s*+'now'|\bINSERT\s++OR\s++(?:IGNORE|REPLACE)\b|\bUSING\s++fts[345]\b"),
    (
        "tsql",
        3,
        r"\[dbo\]|\bdbo\.|^\s*+GO\s*+$|\bIDENTITY\s*+\(\s*+\d++\s*+,|\bNVARCHAR\s*+\(\s*+MAX|\bUNIQUEIDENTIFIER\b",
    ),
    (
        "tsql",
        2,
        r"\bDATETIME2\b|\bDATETIMEOFFSET\b|\bNONCLUSTERED\b|\bsp_rename\b|\bOBJECT_ID\s*+\(|\bGETU?T?C?DATE\s*+\(",
    ),
)
_COMPILED = tuple((name, weight, re.compile(pattern, re.I | re.M)) for name, weight, pattern in _VOTES)
_NOISE = re.compile(r"--[^\n]*+|/\*(?!!)(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)")
_FOREIGN = re.compile(
    r"\bENGINE\s*+=\s*+(?:\w*MergeTree|Distributed\s*+\(|Kafka\b)|\bLowCardinality\s*+\(|\bON\s++CLUSTER\b|\bVARCHAR2\b"
    r"|\bSTRING\s*+\(\s*+\d|\bunique_rowid\s*+\(|\bCREATE\s++TYPE\s++IF\s++NOT\s++EXISTS\b"
    r"|\bDISTKEY\b|\bSORTKEY\b|\bWITH\s++CLUSTERING\s++ORDER\b|\bSTORED\s++AS\s++(?:PARQUET|ORC)\b|\bUSING\s++DELTA\b",
    re.I,
)
"""Words of databases that are not read: ClickHouse, Oracle, CockroachDB, Redshift, Cassandra, Hive, Spark."""
_SURE = (
    (
        ("cached", "memory", "varchar_ignorecase", "referential_integrity", "db_close_delay"),  # H2, HSQLDB
        r"\bCREATE\s++(?:CACHED|MEMORY)\s++TABLE\b|\bVARCHAR_IGNORECASE\b|\bSET\s++(?:REFERENTIAL_INTEGRITY|DB_CLOSE_DELAY)\b",
    ),
    (
        ("varchar", "pctfree", "initrans", "segment", "nocache"),  # Oracle
        r"\bVARCHAR2?\s*+\(\s*+\d++\s++(?:CHAR|BYTE)\s*+\)|\bPCTFREE\b|\bINITRANS\b|\bSEGMENT\s++CREATION\b|\bNOCACHE\b",
    ),
    (
        ("data", "timestamp", "sysproc.", "sysibm.", "syscs_util.", "organize"),  # DB2, Derby
        r"\bFOR\s++BIT\s++DATA\b|\bCURRENT\s++TIMESTAMP\b|\bSYS(?:PROC|IBM|CS_UTIL)\.|\bORGANIZE\s++BY\s++ROW\b",
    ),
    (
        ("lvarchar", "datetime year", "lock mode"),  # Informix
        r"\bLVARCHAR\b|\bDATETIME YEAR TO\b|\bLOCK MODE (?:ROW|PAGE)\b",
    ),
    (
        ("univarchar", "unichar", "lock all", "lock data"),  # Sybase
        r"\bUNI(?:VAR)?CHAR\s*+\(|\bLOCK (?:ALLPAGES|DATAPAGES|DATAROWS)\b",
    ),
)
"""Words that the manuals of those databases have, and none of the databases that are read has; with what each of them holds, in
lower case, that is looked for at the speed of memory."""
_LIKELY = (
    (("varchar2",), r"\bN?VARCHAR2\b"),
    (("number",), r"\bNUMBER\s*+\(\s*+\d"),
    (("clob",), r"\bN?CLOB\b"),
    (("sysdate", "systimestamp"), r"\bSYS(?:DATE|TIMESTAMP)\b(?!\s*+\()"),
    (("\n/",), r"^/[ \t]*+\r?$"),  # how SQL*Plus ends a statement
    ((".nextval",), r"\w\.NEXTVAL\b"),
    (("varchar",), r"\bLONG\s?+VARCHAR\b"),
    (("immediate",), r"\bEXECUTE\s++IMMEDIATE\b"),
    (("logged",), r"\bNOT\s++LOGGED\b"),
)
"""Of which one alone may be a slip: types and functions of Oracle, DB2, Derby and HSQLDB."""
_SURE_ONES = tuple((hints, re.compile(pattern, re.I)) for hints, pattern in _SURE)
_LIKELY_ONES = tuple((hints, re.compile(pattern, re.I | re.M)) for hints, pattern in _LIKELY)
_TEXTS = re.compile(r"'(?>(?:[^']++|'')*)'")
_ENOUGH = 200_000


def unread(text: str, named: str) -> bool:
    """Whether a text that bears the name of a dialect is certainly written for a database that is not read: it says more that
    only such a database has than that only `named` has."""
    text = _NOISE.sub(" ", text[:_ENOUGH])
    score = _strange(text)
    return score > 0 and score > _votes(text).get(named, 0)


def _strange(text: str) -> int:
    """How much speaks for a database that is not read."""
    lowered = text.lower()
    sure = [pattern for hints, pattern in _SURE_ONES if any(hint in lowered for hint in hints)]
    likely = [pattern for hints, pattern in _LIKELY_ONES if any(hint in lowered for hint in hints)]
    if not sure and not likely:
        return 0
    bare = _TEXTS.sub("''", text)
    found = [count for pattern in likely if (count := len(pattern.findall(bare)))]
    slips = 2 if len(found) == 1 and found[0] > 2 else len(found)
    return sum(3 for pattern in sure if pattern.search(bare)) + (slips if slips > 1 else 0)


def _votes(text: str) -> dict[str, int]:
    """What speaks for each dialect."""
    votes: dict[str, int] = {}
    for name, weight, pattern in _COMPILED:
        if pattern.search(text):
            votes[name] = votes.get(name, 0) + weight
    return votes


def guess(text: str) -> str | None:
    """The dialect that a text's words point to: `generic` for a database that is not read, None unless one clearly wins."""
    text = _NOISE.sub(" ", text[:_ENOUGH])
    if _FOREIGN.search(text):
        return "generic"
    votes = _votes(text)
    if _strange(text) > max(votes.values(), default=0):
        return "generic"
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked:
        return None
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    return best if score >= 2 and score > second + 1 else None
