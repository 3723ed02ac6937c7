"""SL111 undefined-type. Docs and tests: rules/SL111-undefined-type.md"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from schemalint.databases import Database
from schemalint.model.facts import AddColumn, AlterColumn, AlterType, CreateTable, DropTable, Fact, Opaque, RenameTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, CreateView, DropType, RenameType
from schemalint.model.source import Source, SourceKind
from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.rules import Rule, rule


@dataclass(slots=True)
class _Use:
    """The first that wants a type which is not there, and where the others are. `subject` is that column, typed table,
    attribute or domain. `dropped` took the type away, `later` brings it too late."""

    type: str
    subject: str
    table: TableName
    column: Name | None
    span: Span
    dropped: Span | None = None
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
        if not any(True for fact in facts for _ in _wanted(fact)):
            continue
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
        for use in _wanted(fact):
            if fact.guard is not None or use.type in there:
                continue
            if isinstance(fact, CreateTable) and fact.if_not_exists and _last(use.table) in there:
                continue  # never run
            if use.type in found:
                found[use.type].others.append(use.span)
            else:
                use.dropped = gone.get(use.type)
                found[use.type] = use
        for name in _made(fact):
            key = _last(name)
            first = found.get(key)
            if first is not None and first.dropped is None and first.later is None:
                # Had it been there before, this statement would fail. Scripts that stand side by side have no order.
                sure = isinstance(fact, CreateEnum) and not fact.if_not_exists and fact.guard is None
                ordered = source.kind is SourceKind.MIGRATIONS or fact.span.path == first.span.path
                if sure and ordered:
                    first.later = fact.span
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


def _wanted(fact: Fact) -> Iterator[_Use]:
    """The types that a statement wants, each with what is of it."""
    match fact:
        case CreateTable():
            for column in fact.columns:
                yield from _of_column(fact.table, column.name, column.type, column.type_span)
            if fact.of is not None and fact.of[0].schema is None:
                yield _Use(_last(fact.of[0]), f"table {fact.table}", fact.table, None, fact.of[1])
        case AddColumn() if not fact.if_not_exists:
            yield from _of_column(fact.table, fact.column.name, fact.column.type, fact.column.type_span)
        case AlterColumn():
            yield from _of_column(fact.table, fact.column, fact.type, fact.span)
        case CreateEnum(columns=tuple() as columns):
            for column in columns:
                if fact.domain and (wanted := _user_type(column.type)) is not None and column.type_span is not None:
                    yield _Use(wanted, f"domain {fact.name}", fact.name, None, column.type_span)
                elif not fact.domain:
                    yield from _of_column(fact.name, column.name, column.type, column.type_span)
        case AlterType(change=AddColumn() | AlterColumn() as change):
            yield from _wanted(change)
        case _:
            pass


def _of_column(table: TableName, column: Name, type_: ColumnType | None, span: Span | None) -> Iterator[_Use]:
    wanted = _user_type(type_)
    if wanted is not None and span is not None:
        yield _Use(wanted, f"{table}.{column}", table, column, span)


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
        f"{use.subject} is of type {use.type}, which does not exist: {why}",
        Location(use.span, "no such type"),
        *related,
        severity=severity,
        help=help,
        notes=(f'PostgreSQL: type "{use.type}" does not exist (42704)',),
        table=use.table,
        column=use.column,
        object=use.type,
        sources=(source.id,),
    )
