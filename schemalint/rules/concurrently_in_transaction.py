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
_LOOKING = frozenset({"flyway"})
"""Tools that look for such statements: alone in its file it is run outside of a transaction, beside others the file is
refused unless a setting (`mixed`) allows it (ParserSqlScript.java, PostgreSQLParser.java)."""

_SERVER = "PostgreSQL: CREATE INDEX CONCURRENTLY cannot run inside a transaction block (25001)"
_FLYWAY = "Flyway: Detected both transactional and non-transactional statements within the same migration"


@rule("SL510", "concurrently-in-transaction", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.dialect != "postgres":
        return
    for script in source.scripts:
        if script.transactional:
            yield from _judge(self, source, script, script.facts)
        if script.down_transactional:
            yield from _judge(self, source, script, script.down or ())


def _judge(self: Rule, source: Source, script: Script, facts: tuple[Fact, ...]) -> Iterator[Finding]:
    several = len({fact.statement for fact in facts}) > 1
    at_once, looking = source.parser in _AT_ONCE, source.parser in _LOOKING
    if (at_once or looking) and not several:
        return
    why, own = "runs this migration in a transaction", "a migration that runs without a transaction"
    if at_once:
        why, own = "sends this file as one command", "a file of its own"
    elif looking:
        why, own = (
            "runs it only outside of a transaction, and refuses a file that holds other statements",
            "a file of its own",
        )
    for fact in facts:
        if isinstance(fact, CreateIndex) and fact.concurrently and not (fact.guard and fact.guard.conditional):
            if looking and all(isinstance(one, CreateIndex) and one.concurrently for one in facts):
                return
            yield self.finding(
                f"CREATE INDEX CONCURRENTLY will be refused: {source.parser} {why}",
                Location(fact.span, "cannot be built concurrently here"),
                severity=Severity.WARNING if at_once or looking else Severity.ERROR,
                help=f"put the statement into {own}, or build the index without CONCURRENTLY",
                notes=(_FLYWAY if looking else _SERVER,),
                table=fact.table,
                object=fact.index.name or script.label,
                sources=(source.id,),
            )
