"""SL405 gorm-unsized-key. Docs and tests: rules/SL405-gorm-unsized-key.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.keys import without_length
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source
from schemalint.rules import Rule, rule


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
        for column, what, span in without_length(fact):
            name, kind = column.name, column.type.name if column.type else "a text"
            yield self.finding(
                f"AutoMigrate will fail: {what} needs a length, {fact.table}.{name} is {kind}",
                Location(span, "MySQL indexes only so much of a text as it is told"),
                Location(column.span, f"becomes {kind}"),
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
