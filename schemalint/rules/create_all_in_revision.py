"""SL426 create-all-in-revision. Docs and tests: rules/SL426-create-all-in-revision.md"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from schemalint.databases import Database
from schemalint.model.facts import (
    AddColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropIndex,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameIndex,
    RenameTable,
)
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.frozen import frozen
from schemalint.model.names import Name, TableName
from schemalint.model.source import Call, Script, Source, SourceKind
from schemalint.model.span import Span
from schemalint.rules import Rule, rule


@dataclass(slots=True)
class _Made:
    """What `create_all` has made for certain and nothing has dropped since: each column and index with its place in a model."""

    tables: dict[TableName, CreateTable] = field(default_factory=dict)
    columns: dict[tuple[TableName, Name], Span] = field(default_factory=dict)
    indexes: dict[Name, tuple[TableName, Span]] = field(default_factory=dict)

    def forget(self, table: TableName) -> None:
        self.tables.pop(table, None)


@frozen
class _Failure:
    script: Script
    fact: Fact
    what: str
    table: TableName
    model: Span


@rule("SL426", "create-all-in-revision", severity=Severity.ERROR, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for models in database.sources:
        for call in models.revisions:
            for history in database.sources:
                if history.kind is SourceKind.MIGRATIONS and any(one.path == call.span.path for one in history.scripts):
                    yield from _judged(self, database, history, models, call)


def _judged(self: Rule, database: Database, history: Source, models: Source, call: Call) -> Iterator[Finding]:
    place = next(at for at, one in enumerate(history.scripts) if one.path == call.span.path)
    label = history.scripts[place].label
    if any(each.stamps for each in models.calls):
        return  # a new database is made elsewhere and marked as upgraded: no revision runs on it
    failures = list(_failures(history, place, models, call))
    if not failures:
        yield self.finding(
            f"{label} creates what the models are on the day that it runs: an older database does not have what was added to "
            "them since, unless a later revision adds it too",
            Location(call.span, "creates every table of the models that is not there"),
            severity=Severity.NOTE,
            help="write the tables of that moment into the revision, with op.create_table",
            database=database.id,
            object=label,
            sources=(history.id, models.id),
        )
        return
    first = failures[0]
    more = len(failures) - 1
    yield self.finding(
        f"`alembic upgrade head` fails on a new database: {first.script.label} {first.what}, which {label} has created by then, "
        "from the models of today",
        Location(first.fact.span, "refused: it is there already"),
        Location(first.model, "the model has it"),
        Location(call.span, "creates every table of the models, as they are on the day"),
        help=f"write the tables of that moment into {label}, with op.create_table",
        notes=(
            f"so do {more} more of the later statements" if more > 1 else "so does one more of the later statements",
        )
        if more
        else (),
        database=database.id,
        table=first.table,
        object=f"{first.script.label} {first.table}",
        sources=(history.id, models.id),
    )


def _failures(history: Source, place: int, models: Source, call: Call) -> Iterator[_Failure]:
    """What later revisions make again without asking, up to something that may have changed any table."""
    before = {getattr(fact, "table", None) for script in history.scripts[:place] for fact in script.facts}
    made = _made(models, call, before)
    begun = False
    for script in history.scripts[place:]:
        for fact in script.facts:
            if not begun:
                begun = isinstance(fact, Opaque) and fact.span == call.span
                if begun and fact.guard is not None and fact.guard.conditional:
                    return
                if not begun and (table := getattr(fact, "table", None)) is not None:
                    made.forget(table)
                continue
            if isinstance(fact, Opaque) and fact.touches is None:
                return
            if (failed := _refused(made, fact)) is not None:
                yield _Failure(script, fact, *failed)
            _follow(made, fact)


def _made(models: Source, call: Call, before: set[TableName | None]) -> _Made:
    made = _Made()
    wanted = set(call.tables or ()) - before
    for fact in models.facts:
        if isinstance(fact, CreateTable) and fact.table in wanted:
            made.tables[fact.table] = fact
            made.columns |= {(fact.table, column.name): column.span for column in fact.columns}
            made.indexes |= {index.name: (fact.table, index.span) for index in fact.indexes if index.name is not None}
    return made


def _refused(made: _Made, fact: Fact) -> tuple[str, TableName, Span] | None:
    """What a statement makes again, its table and where the model has it."""
    if getattr(fact, "guard", None) is not None or getattr(fact, "if_not_exists", False):
        return None
    if isinstance(fact, CreateTable) and fact.table in made.tables:
        return f"creates table {fact.table}", fact.table, made.tables[fact.table].span
    if isinstance(fact, AddColumn) and fact.table in made.tables:
        model = made.columns.get((fact.table, fact.column.name))
        return None if model is None else (f"adds the column {fact.table}.{fact.column.name}", fact.table, model)
    if isinstance(fact, CreateIndex) and fact.table in made.tables and fact.index.name in made.indexes:
        table, model = made.indexes[fact.index.name]
        return (f"creates the index {fact.index.name}", table, model) if table == fact.table else None
    return None


def _follow(made: _Made, fact: Fact) -> None:
    """Takes away what a statement drops, renames or may have changed."""
    match fact:
        case DropTable() | RenameTable():
            made.forget(fact.table)
        case DropColumn() | RenameColumn():
            made.columns.pop((fact.table, fact.column), None)
            made.indexes = {name: kept for name, kept in made.indexes.items() if kept[0] != fact.table}
        case DropIndex() | RenameIndex():
            made.indexes.pop(fact.name.name, None)
        case Opaque():
            for table in fact.touches or ():
                made.forget(table)
