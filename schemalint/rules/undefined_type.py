"""SL111 undefined-type. Docs and tests: rules/SL111-undefined-type.md"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from schemalint.databases import Database
from schemalint.model.facts import AddColumn, AlterColumn, CreateTable, DropTable, Fact, Opaque, RenameTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, CreateView, DropType, RenameType
from schemalint.model.schema import Column
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.rules import Rule, rule


@dataclass(slots=True)
class _Use:
    """The first column of a type that is not there, and where the others are. `dropped` took the type away, `later`
    brings it too late."""

    type: str
    table: TableName
    column: Column
    span: Span
    dropped: Span | None
    later: Span | None = None
    others: list[Span] = field(default_factory=list)


@rule("SL111", "undefined-type", severity=Severity.ERROR, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for source in database.sources:
        if source.kind is SourceKind.MODELS or source.dialect != "postgres":
            continue
        facts = list(source.facts)
        if any(isinstance(fact, Opaque) and fact.touches is None for fact in facts):
            continue  # what was not read may create any type
        known = {
            _last(name)
            for other in database.sources
            if other is not source
            for fact in other.facts
            for name in _made(fact)
        }
        begins = _begins(source, facts)
        own = [*known, *(_last(name) for fact in facts for name in _made(fact))]
        for use in _uses(source, facts, known):
            if use.dropped is not None or use.later is not None or begins:
                yield _finding(self, source, use, own)


def _uses(source: Source, facts: Iterable[Fact], known: set[str]) -> list[_Use]:
    """Types that are not there when a column wants them, one entry a type."""
    there = set(known)
    gone: dict[str, Span] = {}
    found: dict[str, _Use] = {}
    for fact in facts:
        for table, column in _columns(fact):
            wanted = _user_type(column.type)
            if wanted is None or fact.guard is not None or wanted in there or column.type_span is None:
                continue
            if isinstance(fact, CreateTable) and fact.if_not_exists and _last(table) in there:
                continue  # never run
            if wanted in found:
                found[wanted].others.append(column.type_span)
            else:
                found[wanted] = _Use(wanted, table, column, column.type_span, gone.get(wanted))
        for name in _made(fact):
            key = _last(name)
            use = found.get(key)
            if use is not None and use.dropped is None and use.later is None:
                # Had it been there before, this statement would fail. Scripts that stand side by side have no order.
                sure = isinstance(fact, CreateEnum) and not fact.if_not_exists and fact.guard is None
                ordered = source.kind is SourceKind.MIGRATIONS or fact.span.path == use.span.path
                if sure and ordered:
                    use.later = fact.span
                else:
                    del found[key]
            there.add(key)
        if isinstance(fact, DropType | DropTable | RenameType):
            key = _last(fact.table if isinstance(fact, DropTable) else fact.name)
            if fact.guard is None and key in there and key not in known:
                there.discard(key)
                gone[key] = fact.span
            elif isinstance(fact, RenameType) or not fact.if_exists:
                there.add(key)  # it came from somewhere
                found.pop(key, None)
    return list(found.values())


def _columns(fact: Fact) -> Iterator[tuple[TableName, Column]]:
    match fact:
        case CreateTable():
            for column in fact.columns:
                yield fact.table, column
        case AddColumn() if not fact.if_not_exists:
            yield fact.table, fact.column
        case AlterColumn(type=ColumnType() as type_):
            yield fact.table, Column(fact.column, fact.span, type_, fact.span)
        case _:
            pass


def _made(fact: Fact) -> Iterator[TableName]:
    """What a statement makes or proves to be there that a column may have for its type: tables and views are types too."""
    match fact:
        case CreateEnum() | CreateView() | AddEnumValue():
            yield fact.name
        case CreateTable():
            yield fact.table
        case RenameTable() | RenameType():
            yield fact.new
        case _:
            pass


def _last(name: TableName) -> str:
    return name.name.key


def _user_type(type_: ColumnType | None) -> str | None:
    """The key of the type that the project must create; what stands in a schema of its own may belong to a platform."""
    while type_ is not None and type_.element is not None:
        type_ = type_.element
    named = type_.user_type if type_ else None
    return named if named and "." not in named else None


def _begins(source: Source, facts: Iterable[Fact]) -> bool:
    """Whether the source is a history that begins with nothing: a lone script may be meant for a database that exists."""
    first = next((fact for fact in facts if not isinstance(fact, Opaque)), None)
    return source.kind is SourceKind.MIGRATIONS and isinstance(first, CreateTable | CreateEnum)


def _finding(self: Rule, source: Source, use: _Use, own: list[str]) -> Finding:
    from difflib import get_close_matches

    why, severity = "nothing in this project creates it", Severity.WARNING
    help = "create the type before this statement; if an extension brings it, ignore this line"
    related = [Location(span, "and here") for span in use.others[:7]]
    if use.dropped is not None:
        why, severity = "it is dropped before", Severity.ERROR
        help = "create the type again before this statement, or use another"
        related.insert(0, Location(use.dropped, "dropped here"))
    elif use.later is not None:
        why, severity = "it is created only later", Severity.ERROR
        help = "create the type before this statement"
        related.insert(0, Location(use.later, "created here, too late"))
    elif near := get_close_matches(use.type, own, n=1, cutoff=0.85):
        help = f"did you mean {near[0]}?"
    return self.finding(
        f"{use.table}.{use.column.name} is of type {use.type}, which does not exist: {why}",
        Location(use.span, "no such type"),
        *related,
        severity=severity,
        help=help,
        notes=(f'PostgreSQL: type "{use.type}" does not exist (42704)',),
        table=use.table,
        column=use.column.name,
        object=use.type,
        sources=(source.id,),
    )
