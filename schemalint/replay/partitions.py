"""By which columns a table's partitions are told apart, and what of them MySQL and MariaDB refuse to change."""

from __future__ import annotations

import re
from collections.abc import Callable

from schemalint.dialects.partitions import faults, kind_of
from schemalint.model.catalog import Refusal
from schemalint.model.described import AlterSettings
from schemalint.model.facts import DropConstraint
from schemalint.model.names import Name
from schemalint.model.schema import Table
from schemalint.model.span import Span
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles

_GROUP = re.compile(r"\(((?>[^()]*)(?:\([^()]*\)[^()]*)*)\)")
_WORDS = re.compile(r"'[^']*'|(?:`(?P<back>[^`]+)`|\"(?P<double>[^\"]+)\"|\b(?P<bare>[^\W\d]\w*))(?!\s*\()")
_PLAIN = re.compile(r'[\w", ]+')


def partition_columns(state: State, table: Table) -> list[Name]:
    """The columns that `PARTITION BY` names, in order; none of a table without partitions. Of PostgreSQL's only plain ones
    count: an expression may name types and collations."""
    found: dict[Name, None] = {}
    for group in _GROUP.finditer(table.partition_by or ""):
        if state.dialect.family == "postgres" and not _PLAIN.fullmatch(group[1]):
            return []
        for word in _WORDS.finditer(group[1]):
            text = word["back"] or word["double"] or word["bare"]
            if text and (name := state.dialect.identifier(text, word["bare"] is None)) in table.columns:
                found[name] = None
    return list(found)


def names_partitions(state: State, table: Table, column: Name, span: Span) -> Troubles:
    """Why a column cannot be renamed that tells the partitions apart. (MySQL 5.6 and 9.7; MariaDB 10.11 renames it there too.)"""
    server = state.server
    if state.dialect.name != "mysql" or server is None or not server.certain_family or state.models:
        return
    if table.partition_by is not None and column in partition_columns(state, table):
        words = (
            f"Column '{column.text}' has a partitioning function dependency and cannot be dropped or renamed. (3855)"
        )
        why = f"its partitions are told apart by {column}"
        yield Trouble(
            Refusal.IMPOSSIBLE, span, table.name, column, existing=table, taken=table.span, why=why, server=words
        )


def partitions_refused(state: State, table: Table, fact: AlterSettings) -> Troubles:
    """Why a table cannot change its partitions so. Put to MySQL 5.6 and 9.7 and MariaDB 10.11, which answer alike."""
    if fact.partitioning == "" or table.incomplete or state.opaque or state.models:
        return

    def refused(why: str, server: str, span: Span = fact.span) -> Trouble:
        return Trouble(Refusal.IMPOSSIBLE, span, table.name, existing=table, taken=table.span, why=why, server=server)

    kind = kind_of(table.partition_by or "")[0]
    if fact.partitioning == "by":
        kept = not any(isinstance(other, DropConstraint) for other in state.statement)
        if table.foreign_keys and kept and state.dialect.family == "mysql":
            words = "Foreign keys are not yet supported in conjunction with partitioning (1506)"
            server = words if state.dialect.name == "mysql" else ""
            yield refused(f"{table.name} has foreign keys, and no table with partitions has any", server)
    elif not table.partitioned:
        words = "Partition management on a not partitioned table is not possible (1505)"
        yield refused(f"{table.name} has no partitions", words)
    elif kind in ("HASH", "KEY"):
        if fact.partitioning == "drop":
            words = "DROP PARTITION can only be used on RANGE/LIST partitions (1512)"
            yield refused("only partitions BY RANGE and LIST can be dropped", words)
    elif kind and fact.partitioning == "coalesce":
        words = "COALESCE PARTITION can only be used on HASH/KEY partitions (1509)"
        yield refused("only partitions BY HASH and KEY are made fewer so", words)
    elif kind and fact.partitioning == "number":
        words = f"For {kind} partitions each partition must be defined (1492)"
        yield refused(f"partitions BY {kind} are listed, each with its VALUES", words)
    elif not table.partitions:
        return  # not known
    else:
        names = [name for name, _ in table.partitions]
        for name, span in fact.gone:
            if name not in names:
                words = "" if fact.partitioning == "need" else "Error in list of partitions to … (1507)"
                yield refused(f"{table.name} has no partition {name}", words, span)
                return
        gone = {name for name, _ in fact.gone}
        if fact.partitioning == "drop" and gone.issuperset(names):
            words = "Cannot remove all partitions, use DROP TABLE instead (1508)"
            yield refused(f"these are all partitions that {table.name} has", words, fact.gone[0][1])
        elif fact.partitioning in ("add", "reorganize"):
            yield from _unlistable(table, fact, gone, refused)


def _unlistable(table: Table, fact: AlterSettings, gone: set[str], refused: Callable[[str, str], Trouble]) -> Troubles:
    """What is wrong with the partitions that a table would have."""
    by = table.partition_by or ""
    kept = tuple(one for one in table.partitions if one[0] not in gone)
    twice = next((name for name, _ in fact.partitions if any(name == other for other, _ in kept)), None)
    if twice is not None:
        yield refused(f"{table.name} has a partition {twice} already", f"Duplicate partition name {twice} (1517)")
    elif kind_of(by)[0] and (fact.partitioning == "add" or not kept):
        new = {name for name, _ in fact.partitions}
        for name, why, words in faults(by, (*kept, *fact.partitions)):
            if name in new:
                yield refused(f"partition {name} cannot be: {why}", words)
                return
