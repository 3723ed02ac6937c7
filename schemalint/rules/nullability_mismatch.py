"""SL306 nullability-mismatch. Docs and tests: rules/SL306-nullability-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import Sides, appended, drifting, repairable, shared, sides
from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Repair, Severity
from schemalint.model.pair import TablePair
from schemalint.model.schema import Column, Table
from schemalint.model.source import Part
from schemalint.model.types import Family
from schemalint.replay.changes import changes
from schemalint.rules import Drift, Rule, rule

_SENDS_NULL = {"sqlalchemy": "SQLAlchemy", "gorm": "GORM"}
"""ORMs that send NULL, and not nothing, for a column that nobody set: a default of the database is then never used."""


@rule("SL306", "nullability-mismatch", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    tables = drifting(pair)
    if tables is None and appended(pair) and pair.other is not None:
        tables = pair.other, pair.other
    if tables is not None and Part.NULLABILITY in pair.comparison.other_source.states:
        help = "state the same on both sides: NOT NULL in the model, or a default or NULL in the database"
        yield from self.drifts(pair, _found(pair, *tables), help)


def _found(pair: TablePair, table: Table, model: Table) -> Iterator[Drift]:
    comparison = pair.comparison
    parser, call = comparison.other_source.parser, comparison.sync_of(table.name)
    keys = {name for side in (table, model) if side.primary_key for name in side.primary_key.columns}
    for column, twin in shared(pair):
        if column.name in keys or column.identity or twin.identity or column.generated or twin.generated:
            continue
        said = _refused(column, twin, parser, sides(comparison)) or _loose(column, twin, parser)
        if said is None:
            continue
        severity, ours, theirs, effect = said
        if call is not None and call.sync.alters_columns:
            altered = changes(call, comparison.other_source, dialect(comparison.dialect), column, twin)
            if altered is not False:
                severity, effect = Severity.NOTE, f"{call.title} {'will' if altered else 'may'} change the column"
        refused = column.nullable is False and column.has_default is False and twin.nullable and not twin.has_default
        repair = Repair(twin.span, "nullable", False) if refused and repairable(pair, twin) else None
        yield Drift(twin.name, severity, ours, theirs, effect, twin.span, column.span, repair)


def _refused(column: Column, twin: Column, parser: str, between: Sides) -> tuple[Severity, str, str, str] | None:
    """What an INSERT without the column meets that takes no NULL."""
    if column.nullable is not False or twin.client_default:
        return None
    if twin.has_default:
        if column.has_default is not False:
            return None
        effect = "an INSERT that leaves it to the default is refused"
        return Severity.WARNING, "left to a default", "NOT NULL without one", effect
    if twin.nullable is not True or twin.has_default is None or twin.writes_null is False:
        return None
    if parser == "gorm" and twin.writes_null is None:
        return None  # a column of GORM's is nullable without anybody saying so
    if column.has_default is False:
        effect = "an INSERT without it is refused"
        return Severity.WARNING, "nullable", "NOT NULL without a default", effect
    if column.has_default and parser in _SENDS_NULL and not _takes_null(column, between):
        effect = f"{_SENDS_NULL[parser]} sends NULL where nobody set it, not the default, and that is refused"
        return Severity.WARNING, "nullable", "NOT NULL with a default", effect
    return None


def _takes_null(column: Column, between: Sides) -> bool:
    """Whether NULL may mean the default: to MySQL and MariaDB for a TIMESTAMP, by explicit_defaults_for_timestamp."""
    known = column.type is not None and column.type.family is not Family.TIMESTAMP
    return dialect(between[0]).family in ("mysql", "generic") and not known


def _loose(column: Column, twin: Column, parser: str) -> tuple[Severity, str, str, str] | None:
    """What the database lets in that the model rules out. Sequelize's own timestamps are nobody's statement."""
    if column.nullable is not True or twin.nullable is not False or (parser == "sequelize" and twin.type_span is None):
        return None
    severity = Severity.NOTE if parser == "gorm" else Severity.WARNING
    return severity, "NOT NULL", "nullable", "rows that others write, or that were there before, may hold NULL"
