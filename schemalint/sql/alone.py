"""PostgreSQL: statements that run outside of a transaction only (`PreventInTransactionBlock` in its sources), beside those that
build, drop or detach CONCURRENTLY, which are read as what they are."""

from __future__ import annotations

import re

from schemalint.model.objects import Alone
from schemalint.sql.cursor import Script

WORDS = ("vacuum", "reindex", "database", "tablespace", "alter system")
"""One of them stands in a script that has such a statement; in lower case."""
_ALONE = re.compile(
    r"(?P<vacuum>VACUUM)\b|REINDEX\s++(?:\([^)]*\)\s*)?(?:(?P<whole>SCHEMA|DATABASE|SYSTEM)\b|(?:TABLE|INDEX)\s++(?P<apart>CONCURRENTLY)\b)"
    r"|(?P<made>(?:CREATE|DROP)\s++(?:DATABASE|TABLESPACE))\b|(?P<system>ALTER\s++SYSTEM)\b",
    re.IGNORECASE,
)


def read_alone(script: Script, start: int, end: int) -> None:
    """Emits the fact where the statement is such a one."""
    match = _ALONE.match(script.text, start, end)
    if match is None:
        return
    if match["apart"]:
        what = "REINDEX CONCURRENTLY"
    elif match["whole"]:
        what = f"REINDEX {match['whole'].upper()}"
    else:
        what = " ".join(match[0].upper().split())
    script.facts.append(Alone(script.span(*match.span()), script.span(start, end), what))
