"""SL421 create-all-beside-migrations. Docs and tests: rules/SL421-create-all-beside-migrations.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.databases import Database
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.source import Call, Source
from schemalint.rules import Rule, listed, rule


@rule("SL421", "create-all-beside-migrations", severity=Severity.WARNING, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for migrations in database.sources:
        if migrations.parser != "alembic":
            continue
        revised = {fact.table: fact for fact in migrations.facts if isinstance(fact, CreateTable)}
        for models in database.sources:
            if models.parser != "sqlalchemy" or _on_one_path(database, models, migrations):
                continue
            modelled = {fact.table: fact for fact in models.facts if isinstance(fact, CreateTable)}
            for call in models.calls:
                if call.condition is None and not call.stamps:
                    yield from _beside(self, database, models, call, modelled, revised)


def _on_one_path(database: Database, models: Source, migrations: Source) -> bool:
    """Whether a deployment is known to run both: what happens there is played, and other rules say it."""
    for path in database.paths:
        on = {step.source.id for step in path.steps}
        if models.id in on and migrations.id in on:
            return True
    return False


def _beside(
    self: Rule,
    database: Database,
    models: Source,
    call: Call,
    modelled: dict[TableName, CreateTable],
    revised: dict[TableName, CreateTable],
) -> Iterator[Finding]:
    named = modelled if call.tables is None else {name: modelled[name] for name in call.tables if name in modelled}
    shared = [name for name in named if name in revised]
    if not shared:
        return
    first = revised[shared[0]]
    noun = "table" if len(shared) == 1 else "tables"
    yield self.finding(
        f"{call.title} creates {noun} that Alembic's revisions create too: {listed(shared, 5)}",
        Location(call.span, "creates every table of the models that is not there, and records no revision"),
        Location(first.span, f"{shared[0]} is created here: where create_all ran first, `alembic upgrade` stops"),
        help="let `alembic upgrade head` make the tables; where create_all must stay, let `alembic stamp head` follow it",
        database=database.id,
        object=f"{call.span.path}: {call.text}",
        sources=(models.id,),
    )
