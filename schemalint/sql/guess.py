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
_ENOUGH = 200_000


def guess(text: str) -> str | None:
    """The dialect that a text's words point to: `generic` for a database that is not read, None unless one clearly wins."""
    text = _NOISE.sub(" ", text[:_ENOUGH])
    if _FOREIGN.search(text):
        return "generic"
    votes: dict[str, int] = {}
    for name, weight, pattern in _COMPILED:
        if pattern.search(text):
            votes[name] = votes.get(name, 0) + weight
    ranked = sorted(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    if not ranked:
        return None
    best, score = ranked[0]
    second = ranked[1][1] if len(ranked) > 1 else 0
    return best if score >= 2 and score > second + 1 else None
