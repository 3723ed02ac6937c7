"""SL213 names-differ-only-by-folding. Docs and tests: rules/SL213-names-differ-only-by-folding.md"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeVar

from schemalint.model.catalog import Played
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, rule

Thing = TypeVar("Thing")

_COLUMNS = "PostgreSQL reads a name without quotes in lower case"
_TABLES = {
    "postgres": _COLUMNS,
    "mysql": "MySQL keeps them apart on Linux and takes them for one table on Windows and macOS",
    "mariadb": "MariaDB keeps them apart on Linux and takes them for one table on Windows and macOS",
}


@rule("SL213", "names-differ-only-by-folding", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    path, catalog = played.path, played.catalog
    why = _TABLES.get(path.dialect or "")
    if why is None or any(step.source.kind is SourceKind.MODELS for step in path.steps):
        return
    for one, other in _twins((name.key, table) for name, table in catalog.tables.items()):
        yield self.finding(
            f"tables {one.name} and {other.name} differ only in upper and lower case: {why}",
            Location(other.span, f"{other.name} is created here"),
            Location(one.span, f"{one.name} is created here"),
            help="keep one of the two, or give one a name of its own",
            table=other.name,
            sources=(other.source,),
            path=path,
        )
    for table in catalog.tables.values():
        for column, twin in _twins((name.key, column) for name, column in table.columns.items()):
            yield self.finding(
                f"columns {column.name} and {twin.name} of {table.name} differ only in upper and lower case: {_COLUMNS}",
                Location(twin.span, f"{twin.name} here"),
                Location(column.span, f"{column.name} here"),
                help="keep one of the two, or give one a name of its own",
                table=table.name,
                column=twin.name,
                sources=(table.source,),
                path=path,
            )


def _twins(things: Iterable[tuple[str, Thing]]) -> Iterator[tuple[Thing, Thing]]:
    """Each thing whose name another had before it, but for upper and lower case."""
    known: dict[str, Thing] = {}
    for key, thing in things:
        first = known.setdefault(key.casefold(), thing)
        if first is not thing:
            yield first, thing
