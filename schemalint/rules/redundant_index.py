"""SL209 redundant-index. Docs and tests: rules/SL209-redundant-index.md"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from schemalint.keys import Key, title
from schemalint.model.catalog import Played
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.schema import Index, Table
from schemalint.rules import Rule, listed, rule


@rule("SL209", "redundant-index", severity=Severity.NOTE, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    if played.catalog.opaque or played.path.dialect in (None, "generic"):
        return
    for table in played.catalog.tables.values():
        if table.incomplete:
            continue
        plain = [index for index in table.indexes if _plain(index, table)]
        primary = (table.primary_key,) if table.primary_key else ()
        covers = _covers((*primary, *table.uniques, *plain))
        for index in plain:
            cover = covers.get(index.columns or ())
            if cover is not None and not index.unique:
                yield self.finding(
                    f"index {index.name} of {table.name} is covered by {title(cover)}: ({listed(cover.columns or ())})"
                    f" begins with ({listed(index.columns or ())})",
                    Location(index.span, "covered by another"),
                    Location(cover.span, "this one serves the same queries"),
                    help=f"remove {index.name}, unless its smaller size matters to you",
                    table=table.name,
                    object=index.name,
                    sources=(table.source,),
                    path=played.path,
                )


def _plain(index: Index, table: Table) -> bool:
    """Whether it is a B-tree over whole columns and nothing else."""
    if not index.columns or index.where or index.include or index.method or index.implied:
        return False
    if any(p.prefix is not None or p.descending or p.collation or p.opclass or p.nulls for p in index.parts):
        return False
    return all(name in table.columns for name in index.columns)  # else it is never made: SL101


def _covers(keys: Iterable[Key]) -> dict[tuple[Name, ...], Key]:
    """By the columns of an index that is not unique, the first key that begins with them. Two equal plain indexes are
    SL208's."""
    first: dict[tuple[Name, ...], Key] = {}
    for key in keys:
        columns = key.columns or ()
        unique = not isinstance(key, Index) or key.unique
        for width in range(1, len(columns) + unique):
            first.setdefault(columns[:width], key)
    return first
