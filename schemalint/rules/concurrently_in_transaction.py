"""SL510 concurrently-in-transaction. Docs and tests: rules/SL510-concurrently-in-transaction.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateIndex, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Script, Source
from schemalint.rules import Rule, rule

_AT_ONCE = frozenset({"golang-migrate"})
"""Tools that open no transaction but send a file as one command, which the server makes one when it has several
statements; an option of the connection can have them sent one by one."""

_SERVER = "PostgreSQL: CREATE INDEX CONCURRENTLY cannot run inside a transaction block (25001)"


@rule("SL510", "concurrently-in-transaction", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.dialect != "postgres":
        return
    for script in source.scripts:
        if script.transactional:
            yield from _judge(self, source, script, script.facts)
            yield from _judge(self, source, script, script.down or ())


def _judge(self: Rule, source: Source, script: Script, facts: tuple[Fact, ...]) -> Iterator[Finding]:
    statements = {fact.statement for fact in facts}
    at_once = source.parser in _AT_ONCE
    if at_once and len(statements) < 2:
        return
    for fact in facts:
        if isinstance(fact, CreateIndex) and fact.concurrently and not (fact.guard and fact.guard.conditional):
            why = "sends this file as one command" if at_once else "runs this migration in a transaction"
            own = "a file of its own" if at_once else "a migration that runs without a transaction"
            yield self.finding(
                f"CREATE INDEX CONCURRENTLY will be refused: {source.parser} {why}",
                Location(fact.span, "cannot be built concurrently here"),
                severity=Severity.WARNING if at_once else Severity.ERROR,
                help=f"put the statement into {own}, or build the index without CONCURRENTLY",
                notes=(_SERVER,),
                table=fact.table,
                object=fact.index.name or script.label,
                sources=(source.id,),
            )
