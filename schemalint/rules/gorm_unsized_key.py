"""SL405 gorm-unsized-key. Docs and tests: rules/SL405-gorm-unsized-key.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.source import Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_LONG = re.compile(r"(?:tiny|medium|long)?(?:text|blob)$", re.IGNORECASE)


@rule("SL405", "gorm-unsized-key", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    server = source.server
    if source.parser != "gorm" or server is None or server.dialect != "mysql" or not server.certain_family:
        return  # MariaDB takes such a key
    calls = source.calls
    wanted = {table for call in calls for table in call.tables or ()}
    for fact in source.facts:
        if not isinstance(fact, CreateTable) or not calls:
            continue
        if fact.table not in wanted and all(call.tables is not None for call in calls):
            continue
        columns = {column.name: column for column in fact.columns}
        for name, what, span in _keyed(fact):
            column = columns.get(name)
            if column is None or column.type is None or not _LONG.match(column.type.name):
                continue
            yield self.finding(
                f"AutoMigrate will fail: {what} needs a length, {fact.table}.{name} is {column.type.name}",
                Location(span, "MySQL indexes only so much of a text as it is told"),
                Location(column.span, f"becomes {column.type.name}"),
                help="give the field a `size`, such as `size:191`, or the index a `length`",
                notes=(
                    f"MySQL: Error 1170 (42000): BLOB/TEXT column '{name}' used in key specification without a key length",
                    f"known to be MySQL: {server.why}; MariaDB takes such a key",
                ),
                table=fact.table,
                column=name,
                object=what,
                sources=(source.id,),
            )


def _keyed(fact: CreateTable) -> Iterator[tuple[Name, str, Span]]:
    """The columns that are indexed in full, with what does it and where."""
    if fact.primary_key is not None:
        for column in fact.primary_key.columns:
            yield column, "the primary key", fact.primary_key.span
    for unique in fact.uniques:
        for column in unique.columns:
            yield column, "UNIQUE", unique.span
    for index in fact.indexes:
        if index.method == "fulltext":
            continue
        for part in index.parts:
            if part.column is not None and not part.prefix:
                yield part.column, f"index {index.name}", part.span
