"""SL431 gorm-shared-index-name. Docs and tests: rules/SL431-gorm-shared-index-name.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Index
from schemalint.model.source import Source
from schemalint.rules import Rule, rule


@rule("SL431", "gorm-shared-index-name", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    family = dialect(source.dialect).family if source.dialect else None
    if source.parser != "gorm" or family not in ("postgres", "sqlite"):
        return  # in MySQL an index has its name in its table only
    made = {fact.table: fact for fact in source.facts if isinstance(fact, CreateTable)}
    taken: dict[tuple[Name | None, Name], tuple[TableName, Index]] = {}
    for call in source.calls:
        if not call.sync.adds_indexes:
            continue
        for name in made if call.tables is None else call.tables:
            fact = made.get(name)
            for index in fact.indexes if fact is not None else ():
                if index.name is None:
                    continue
                first, other = taken.setdefault((name.schema, index.name), (name, index))
                if first != name:
                    yield _finding(self, source, family, (first, other), (name, index))


def _finding(
    self: Rule, source: Source, family: str, first: tuple[TableName, Index], second: tuple[TableName, Index]
) -> Finding:
    table, index = second
    if family == "postgres":
        effect = "is never made" + (", and nothing keeps it unique" if index.unique else "")
        note = "GORM sends CREATE INDEX IF NOT EXISTS, and PostgreSQL has one of that name already"
    else:
        effect = "is refused, and AutoMigrate fails"
        note = f"SQLite: index {index.name} already exists"
    return self.finding(
        f"the index {index.name} on {table} {effect}: {first[0]} has an index of that name",
        Location(index.span, f"on {table}"),
        Location(first[1].span, f"on {first[0]}, made first"),
        severity=Severity.ERROR if family == "sqlite" else None,
        help="leave the name out, so that GORM makes one of table and field, or give each its own",
        notes=(note,),
        table=table,
        object=index.name,
        sources=(source.id,),
    )
