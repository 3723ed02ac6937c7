"""SL419 sequelize-text-key. Docs and tests: rules/SL419-sequelize-text-key.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.keys import without_length
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Source
from schemalint.rules import Rule, rule


@rule("SL419", "sequelize-text-key", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    server = source.server
    if source.parser != "sequelize" or server is None or server.dialect != "mysql" or not server.certain_family:
        return  # MariaDB takes such a key
    for fact in source.facts:
        if not isinstance(fact, CreateTable):
            continue
        calls = [call for call in source.calls if call.tables is None or fact.table in call.tables]
        certain = any(call.condition is None or call.environment == "production" for call in calls)
        for column, what, span in without_length(fact) if calls else ():
            kind = column.type.name if column.type else "a text"
            yield self.finding(
                f"{calls[0].title} will fail: {what} needs a length, {fact.table}.{column.name} is {kind}",
                Location(span, "MySQL indexes only so much of a text as it is told"),
                Location(column.type_span or column.span, f"becomes {kind}"),
                severity=Severity.ERROR if certain else Severity.WARNING,
                help="use DataTypes.STRING, or give the field of the index a `length`",
                notes=(
                    f"MySQL: BLOB/TEXT column '{column.name}' used in key specification without a key length (1170)",
                    f"known to be MySQL: {server.why}; MariaDB takes such a key",
                ),
                table=fact.table,
                column=column.name,
                object=what,
                sources=(source.id,),
            )
