"""SL211 multiple-primary-keys. Docs and tests: rules/SL211-multiple-primary-keys.md"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.facts import AddColumn, AddConstraint, CreateTable, DropConstraint, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.schema import PrimaryKey, Table
from schemalint.model.source import Source, SourceKind
from schemalint.replay.apply import apply
from schemalint.replay.state import State
from schemalint.rules import Rule, listed, rule


@rule("SL211", "multiple-primary-keys", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.kind is SourceKind.MODELS or dialect(source.dialect).family not in ("postgres", "mysql"):
        return
    given = Counter(table for fact in source.facts for table, _ in _given(fact))
    if not any(count > 1 for count in given.values()):
        return  # the usual case, told without replaying
    dropped = {
        (fact.statement, fact.table)
        for fact in source.facts
        if isinstance(fact, DropConstraint)  # servers drop before they add, however the statement is written
    }
    state = State(dialect(source.dialect), closed=False)
    unsure: set[TableName | None] = set()
    for fact in source.facts:
        for name, key in _given(fact):
            table = state.tables.get(name)
            if table is None or table.primary_key is None or table.incomplete or state.opaque or name in unsure:
                continue
            if isinstance(fact, CreateTable) or fact.guard is not None or (fact.statement, name) in dropped:
                continue
            if isinstance(fact, AddColumn) and fact.column.name in table.columns:
                continue
            if isinstance(fact, AddConstraint) and key.name is not None and key.name == table.primary_key.name:
                continue  # the name is taken: SL207
            yield _finding(self, source, table, table.primary_key, key)
        unsure.update(trouble.table for trouble in apply(state, fact, source.id))


def _given(fact: Fact) -> Iterator[tuple[TableName, PrimaryKey]]:
    """The primary key that a statement gives a table."""
    if isinstance(fact, CreateTable | AddColumn) and fact.primary_key is not None:
        yield fact.table, fact.primary_key
    elif isinstance(fact, AddConstraint) and isinstance(fact.constraint, PrimaryKey):
        yield fact.table, fact.constraint


def _finding(self: Rule, source: Source, table: Table, first: PrimaryKey, second: PrimaryKey) -> Finding:
    words = {
        "postgres": f'PostgreSQL: multiple primary keys for table "{table.name.name.key}" are not allowed (42P16)',
        "mysql": "MySQL: Multiple primary key defined (1068)",
        "mariadb": "MariaDB: Multiple primary key defined (1068)",
    }[dialect(source.dialect).name]
    return self.finding(
        f"{table.name} gets a second primary key ({listed(second.columns)}): it has ({listed(first.columns)}) already",
        Location(second.span, "the second primary key"),
        Location(first.span, "the first one"),
        help="drop the first one before, or make this one UNIQUE",
        notes=(words,),
        table=table.name,
        object=listed(second.columns),
        sources=(source.id,),
    )
