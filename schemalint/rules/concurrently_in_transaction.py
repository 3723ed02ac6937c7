"""SL510 concurrently-in-transaction. Docs and tests: rules/SL510-concurrently-in-transaction.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateIndex, DropIndex, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.source import Script, Source
from schemalint.rules import Rule, rule

_AT_ONCE = frozenset({"dbmate", "diesel", "sqlx"})
"""Tools that send a way as one command, also where they open no transaction: the server makes one of several statements that
come so (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT)."""
_NEVER_OPENING = frozenset({"golang-migrate"})
"""Tools that send a file so and never open a transaction; an option of the connection has the statements sent one by one."""
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
        yield from _judge(self, source, script, script.transactional, script.facts, script.statements)
        yield from _judge(self, source, script, script.down_transactional, script.down or (), script.down_statements)


def _judge(
    self: Rule, source: Source, script: Script, wrapped: bool | None, facts: tuple[Fact, ...], statements: int | None
) -> Iterator[Finding]:
    """One way. `statements` counts also those that say nothing of the schema."""
    built = [fact for fact in facts if isinstance(fact, CreateIndex) and fact.concurrently]
    told = len({fact.statement for fact in facts})
    several = max(told, statements or 0) > 1
    if source.parser in _LOOKING:  # it takes several of this kind, and what else is of it is not known
        alike = [fact for fact in facts if isinstance(fact, DropIndex) and fact.concurrently]
        several = told > 1 and len(built) + len(alike) < len(facts)
    refusal = _refusal(source.parser, wrapped, several)
    if refusal is None:
        return
    severity, why, own, note = refusal
    for fact in built:
        if not (fact.guard and fact.guard.conditional):
            yield self.finding(
                f"CREATE INDEX CONCURRENTLY will be refused: {source.parser} {why}",
                Location(fact.span, "cannot be built concurrently here"),
                severity=severity,
                help=f"put the statement into {own}, or build the index without CONCURRENTLY",
                notes=(note,),
                table=fact.table,
                object=fact.index.name or script.label,
                sources=(source.id,),
            )


def _refusal(tool: str, wrapped: bool | None, several: bool) -> tuple[Severity, str, str, str] | None:
    """What the tool does that the server refuses, where the statement belongs, and what is said then; None where nothing is
    refused. `several`: the statement is not alone."""
    if tool in _LOOKING:
        why = "runs it only outside of a transaction, and refuses a file that holds other statements"
        return (Severity.WARNING, why, "a file of its own", _FLYWAY) if wrapped and several else None
    if tool in _NEVER_OPENING:
        why = "sends this file as one command"
        return (Severity.WARNING, why, "a file of its own", _SERVER) if wrapped and several else None
    alone = "a migration of its own that runs without a transaction"
    if wrapped:
        own = alone if tool in _AT_ONCE else "a migration that runs without a transaction"
        return Severity.ERROR, "runs this migration in a transaction", own, _SERVER
    if tool in _AT_ONCE and several:
        why = "sends it as one command with other statements, of which PostgreSQL makes a transaction"
        return Severity.ERROR, why, alone, _SERVER
    return None
