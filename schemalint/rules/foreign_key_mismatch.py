"""SL311 foreign-key-mismatch. Docs and tests: rules/SL311-foreign-key-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import drifting, spoken_of
from schemalint.model.catalog import Catalog
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.schema import ForeignKey, Table
from schemalint.model.source import Part
from schemalint.rules import Rule, listed, rule

_RESTRICTS = "NO ACTION"
"""What a key does that says nothing. RESTRICT does the same, but where it is checked only at the end of the transaction."""


@rule("SL311", "foreign-key-mismatch", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, tables = pair.comparison, drifting(pair)
    if tables is None or Part.FOREIGN_KEYS not in comparison.other_source.states:
        return
    table, model = tables
    yield from _missing(self, pair, table, model)
    yield from _elsewhere(self, pair, table, model)
    yield from _acting(self, pair, table, model)
    if spoken_of(comparison, lambda one: one.foreign_keys):
        here = [frozenset(key.columns) for key in model.foreign_keys]
        extra = [
            key
            for key in table.foreign_keys
            if frozenset(key.columns) not in here
            and model.columns.keys() >= set(key.columns)
            and key.ref_table in comparison.other.tables
        ]
        if extra:
            message = f"the database has {_told(extra)} on {table.name}, of which the model knows nothing"
            message += ": an INSERT or DELETE that it thinks fine may be refused"
            yield _finding(self, pair, extra, model, message, Severity.NOTE, "in the database", "the model")


def _missing(self: Rule, pair: TablePair, table: Table, model: Table) -> Iterator[Finding]:
    """The model's keys that the database does not have, to tables that it has."""
    comparison, call = pair.comparison, pair.comparison.sync_of(table.name)
    there = [frozenset(key.columns) for key in table.foreign_keys]
    groups: dict[Severity, list[ForeignKey]] = {}
    for key in model.foreign_keys:
        known = key.ref_table in comparison.reference.tables and table.columns.keys() >= set(key.columns)
        if known and frozenset(key.columns) not in there:
            groups.setdefault(_weight(comparison, key), []).append(key)
    for severity, keys in groups.items():
        effect = "rows may point at nothing, and no ON DELETE acts"
        if call is not None and call.sync.adds_foreign_keys:
            severity, effect = Severity.NOTE, f"{call.title} will add it, and fails where rows point at nothing"
        message = f"the model of {table.name} has {_told(keys)}, the database does not: {effect}"
        yield _finding(self, pair, keys, table, message, severity, "in the model", "made here without it")


def _weight(comparison: Comparison, key: ForeignKey) -> Severity:
    """GORM makes keys of relations without anybody asking for them; and a database without any key has none on purpose."""
    implied = comparison.other_source.parser == "gorm" and key.on_delete is None and key.on_update is None
    none = not any(table.foreign_keys for table in comparison.reference.tables.values())
    return Severity.NOTE if implied or none else Severity.WARNING


def _elsewhere(self: Rule, pair: TablePair, table: Table, model: Table) -> Iterator[Finding]:
    """Keys of the same columns that aim at other tables or columns."""
    for key, twins in _same_columns(table, model):
        aim = _target(key, pair.comparison.other)
        aims = [_target(twin, pair.comparison.reference) for twin in twins]
        if aim is None or None in aims or aim in aims or key.ref_table not in pair.comparison.other.tables:
            continue
        there = twins[0]
        yield self.finding(
            f"{table.name} ({listed(key.columns)}) refers to {_aim(key)} in the model but to {_aim(there)} in the"
            " database: rows that the model thinks fine are refused",
            Location(key.span, f"refers to {_aim(key)} here"),
            Location(there.span, f"refers to {_aim(there)} here"),
            help="let both sides refer to the same",
            table=table.name,
            object=", ".join(name.key for name in key.columns),
            sources=(pair.comparison.other_source.id,),
            path=pair.comparison.path,
        )


def _acting(self: Rule, pair: TablePair, table: Table, model: Table) -> Iterator[Finding]:
    """Keys that do another thing when the row they refer to is deleted. What the model does not say is not judged."""
    for key, twins in _same_columns(table, model):
        if key.on_delete is None or len(twins) != 1:
            continue
        there = twins[0]
        aim = _target(key, pair.comparison.other)
        if aim is None or aim != _target(there, pair.comparison.reference):
            continue
        ours, theirs = key.on_delete, there.on_delete or _RESTRICTS
        if _plain(ours) == _plain(theirs) or (there.deferrable and "RESTRICT" in (ours, theirs)):
            continue
        call = pair.comparison.sync_of(table.name)
        severity = Severity.WARNING
        if pair.comparison.other_source.parser == "sequelize" or (call is not None and call.sync.adds_foreign_keys):
            severity = Severity.NOTE  # its associations bring an ON DELETE that nobody wrote
        yield self.finding(
            f"deleting from {key.ref_table}: {table.name} ({listed(key.columns)}) says ON DELETE {ours} in the model but"
            f" {theirs} in the database: {_effect(ours, theirs)}",
            Location(key.span, f"ON DELETE {ours} here"),
            Location(there.span, f"ON DELETE {theirs} here"),
            severity=severity,
            help="say the same on both sides: the database does what the SQL says",
            table=table.name,
            object=", ".join(name.key for name in key.columns),
            sources=(pair.comparison.other_source.id,),
            path=pair.comparison.path,
        )


def _plain(action: str) -> str:
    return _RESTRICTS if action == "RESTRICT" else action


def _effect(ours: str, theirs: str) -> str:
    if _plain(theirs) == _RESTRICTS:
        return "the DELETE is refused while such rows are there"
    if theirs == "CASCADE":
        return "the rows are deleted as well"
    return f"the rows stay, with {'NULL' if theirs == 'SET NULL' else 'the default'} there"


def _same_columns(table: Table, model: Table) -> Iterator[tuple[ForeignKey, list[ForeignKey]]]:
    for key in model.foreign_keys:
        twins = [one for one in table.foreign_keys if frozenset(one.columns) == frozenset(key.columns)]
        if twins:
            yield key, twins


def _target(key: ForeignKey, catalog: Catalog) -> frozenset[tuple[Name, object, Name]] | None:
    """Which column refers to which, None where the key leaves that to a table that is not known."""
    columns = key.ref_columns
    if not columns:
        table = catalog.tables.get(key.ref_table)
        if table is None or table.primary_key is None:
            return None
        columns = table.primary_key.columns
    return frozenset((name, key.ref_table, other) for name, other in zip(key.columns, columns, strict=False))


def _aim(key: ForeignKey) -> str:
    return f"{key.ref_table} ({listed(key.ref_columns)})" if key.ref_columns else str(key.ref_table)


def _told(keys: list[ForeignKey]) -> str:
    noun = "a foreign key" if len(keys) == 1 else f"{len(keys)} foreign keys:"
    return f"{noun} {listed([f'({listed(key.columns)}) to {key.ref_table}' for key in keys], 5)}"


def _finding(
    self: Rule,
    pair: TablePair,
    keys: list[ForeignKey],
    other: Table,
    message: str,
    severity: Severity,
    label: str,
    there: str,
) -> Finding:
    return self.finding(
        message,
        Location(keys[0].span, label),
        *(Location(key.span, label) for key in keys[1:12]),
        Location(other.span, there),
        severity=severity,
        help="add the key by a migration, or take it out of the model" if label == "in the model" else None,
        table=other.name,
        object="; ".join(sorted(", ".join(name.key for name in key.columns) for key in keys)),
        sources=(pair.comparison.other_source.id,),
        path=pair.comparison.path,
    )
