"""SL510 concurrently-in-transaction. Docs and tests: rules/SL510-concurrently-in-transaction.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.facts import CreateIndex, DropIndex, Fact, Servers
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import AddEnumValue, Alone, Transaction
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_AT_ONCE = frozenset({"dbmate", "diesel", "sqlx"})
"""Tools that send a way as one command, also where they open no transaction: the server makes one of several statements that
come so (https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT)."""
_NEVER_OPENING = frozenset({"golang-migrate"})
"""Tools that send a file so and never open a transaction; an option of the connection has the statements sent one by one."""
_LOOKING = frozenset({"flyway"})
"""Tools that look for such statements: alone in its file it is run outside of a transaction, beside others the file is
refused unless a setting (`mixed`) allows it (ParserSqlScript.java, PostgreSQLParser.java)."""

_FLYWAY = "Flyway: Detected both transactional and non-transactional statements within the same migration"
_ALONE_FOR_FLYWAY = ("CREATE INDEX", "DROP INDEX", "VACUUM", "CREATE ", "DROP ", "ALTER SYSTEM")
"""What it looks for, by how it begins."""
_OLD_ENUMS = (Servers("postgres", None, (12,)),)
"""Before PostgreSQL 12 a type gets no new value in a transaction."""


@rule("SL510", "concurrently-in-transaction", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.dialect != "postgres":
        return
    for script in source.scripts:
        yield from _judge(self, source, script, script.transactional, script.facts, script.statements)
        yield from _judge(self, source, script, script.down_transactional, script.down or (), script.down_statements)


def _alone(source: Source, fact: Fact) -> str | None:
    """What it is in the server's words, if it runs outside of a transaction only."""
    match fact:
        case CreateIndex(concurrently=True):
            return "CREATE INDEX CONCURRENTLY"
        case DropIndex(concurrently=True):
            return "DROP INDEX CONCURRENTLY"
        case Alone(what=what):
            return what
        case AddEnumValue() if source.server is not None and source.server.is_one_of(_OLD_ENUMS):
            return "ALTER TYPE ... ADD"
    return None


def _judge(
    self: Rule, source: Source, script: Script, wrapped: bool | None, facts: tuple[Fact, ...], statements: int | None
) -> Iterator[Finding]:
    """One way. `statements` counts also those that say nothing of the schema."""
    asked = [(fact, what) for fact in facts if (what := _alone(source, fact)) is not None]
    if not asked:
        return
    told = len({fact.statement for fact in facts})
    several = max(told, statements or 0) > 1
    if source.parser in _LOOKING:  # it takes several of this kind, and what else is of it is not known
        asked = [(fact, what) for fact, what in asked if what.startswith(_ALONE_FOR_FLYWAY)]
        several = told > 1 and len(asked) < len(facts)
    inside, outside = _opened(facts)
    refusal = _refusal(source.parser, wrapped, several)
    for fact, what in asked:
        if fact.guard and fact.guard.conditional:
            continue
        server = f"PostgreSQL: {what} cannot run inside a transaction block (25001)"
        if fact.statement in inside:
            why, own = "the script opens a transaction before it", "a script without BEGIN"
            severity, note = Severity.ERROR, server
        elif refusal is not None and fact.statement not in outside:
            severity, why, own, note = refusal
            why, note = f"{source.parser} {why}", note or server
        else:
            continue
        index = isinstance(fact, CreateIndex)
        yield self.finding(
            f"{what} will be refused: {why}",
            Location(fact.span, "cannot be built concurrently here" if index else "cannot run in a transaction"),
            severity=severity,
            help=f"put the statement into {own}" + (_WITHOUT.get(type(fact), "")),
            notes=(note,),
            table=fact.table if isinstance(fact, CreateIndex) else None,
            object=_object(fact, script),
            sources=(source.id,),
        )


_WITHOUT: dict[type, str] = {
    CreateIndex: ", or build the index without CONCURRENTLY",
    DropIndex: ", or drop the index without CONCURRENTLY",
}


def _object(fact: Fact, script: Script) -> object:
    match fact:
        case CreateIndex(index=index):
            return index.name or script.label
        case DropIndex(name=name) | AddEnumValue(name=name):
            return name
        case Alone(what=what):
            return f"{script.label}: {what}"
    return script.label


def _opened(facts: tuple[Fact, ...]) -> tuple[frozenset[Span], frozenset[Span]]:
    """The statements between BEGIN and COMMIT, where the script itself has them, and those behind a COMMIT of its own, which
    ends the tool's transaction too."""
    inside: set[Span] = set()
    outside: set[Span] = set()
    here: set[Span] | None = None
    for fact in facts:
        if isinstance(fact, Transaction):
            here = inside if fact.verb == "BEGIN" else outside
        elif here is not None:
            here.add(fact.statement)
    return frozenset(inside), frozenset(outside)


def _refusal(tool: str, wrapped: bool | None, several: bool) -> tuple[Severity, str, str, str] | None:
    """What the tool does that the server refuses, where the statement belongs, and what is said then; None where nothing is
    refused. `several`: the statement is not alone. What is said is "" for the server's own words."""
    if tool in _LOOKING:
        why = "runs it only outside of a transaction, and refuses a file that holds other statements"
        return (Severity.WARNING, why, "a file of its own", _FLYWAY) if wrapped and several else None
    if tool in _NEVER_OPENING:
        why = "sends this file as one command"
        return (Severity.WARNING, why, "a file of its own", "") if wrapped and several else None
    alone = "a migration of its own that runs without a transaction"
    if wrapped:
        own = alone if tool in _AT_ONCE else "a migration that runs without a transaction"
        return Severity.ERROR, "runs this migration in a transaction", own, ""
    if tool in _AT_ONCE and several:
        why = "sends it as one command with other statements, of which PostgreSQL makes a transaction"
        return Severity.ERROR, why, alone, ""
    return None
