"""SL305 size-mismatch. Docs and tests: rules/SL305-size-mismatch.md"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from schemalint.compare import Sides, drifting, repairable, shared, sides
from schemalint.dialects import dialect
from schemalint.equality import same_type
from schemalint.model.finding import Finding, Repair, Severity
from schemalint.model.names import Name
from schemalint.model.pair import TablePair
from schemalint.model.schema import Column, Table
from schemalint.model.types import ColumnType, Family, Outcome
from schemalint.replay.changes import changes
from schemalint.rules import Drift, Rule, rule

Found = tuple[Severity, str]
_UNSAID = {"sequelize": (255,), "gorm": (191, 255, 256), "prisma-schema": (191, 1000)}
"""Lengths that an ORM gives to a text whose author gave none: GORM's of an indexed one and the usual DefaultStringSize, Prisma's
on MySQL and SQL Server."""


@rule("SL305", "size-mismatch", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    tables = drifting(pair)
    if tables is not None:
        help = "widen the column, or let the model state what the column holds"
        yield from self.drifts(pair, _found(pair, *tables), help)


def _found(pair: TablePair, table: Table, model: Table) -> Iterator[Drift]:
    comparison = pair.comparison
    between, call = sides(comparison), comparison.sync_of(table.name)
    keys = {name for side in (table, model) for name in _keys(side)}
    for column, twin in shared(pair):
        if column.type is None or twin.type is None:
            continue
        if same_type(column.type, twin.type, *between).outcome is not Outcome.DIFFERENT:
            continue
        judged = _judged(twin.type, column.type, between, comparison.other_source.parser, twin.name in keys)
        if judged is None:
            continue
        severity, effect = judged
        if call is not None and call.sync.alters_columns:
            altered = changes(call, comparison.other_source, dialect(comparison.dialect), column, twin)
            if altered is not False:
                severity, effect = Severity.NOTE, f"{call.title} {'will' if altered else 'may'} change the column"
            else:
                effect += f"; {call.title} leaves the column as it is"
        here, there = twin.type_span or twin.span, column.type_span or column.span
        repair = _shorter(twin, column) if repairable(pair, twin) else None
        yield Drift(twin.name, severity, twin.type.name, column.type.name, effect, here, there, repair)


def _shorter(twin: Column, column: Column) -> Repair | None:
    """The database's length for the model's, where that is all that differs, or the model says `Text`."""
    ours, theirs = twin.type, column.type
    if ours is None or theirs is None or ours.family is not Family.TEXT or theirs.size is None:
        return None
    kinds = (ours.name.partition("(")[0], theirs.name.partition("(")[0])
    if kinds[0] == "text" and kinds[1] in ("varchar", "character varying"):
        return Repair(twin.span, "length", theirs.size)
    return Repair(twin.span, "length", theirs.size, ours.size) if kinds[0] == kinds[1] and ours.size else None


def _keys(table: Table) -> Iterator[Name]:
    """Columns that hold keys, which nobody counts below zero."""
    yield from table.primary_key.columns if table.primary_key else ()
    for key in table.foreign_keys:
        yield from key.columns


def _judged(model: ColumnType, column: ColumnType, between: Sides, parser: str, key: bool) -> Found | None:
    """What does not fit of what the model states, None where nothing does."""
    if model.element is not None and column.element is not None:
        model, column = model.element, column.element
    numbers = {Family.INTEGER, Family.BOOLEAN}
    if model.family is Family.INTEGER and column.family in numbers and dialect(between[0]).family == "mysql":
        return _integers(model, column, parser, key)
    judge = _JUDGES.get(model.family)
    return None if judge is None or model.family is not column.family else judge(model, column, parser, key)


def _texts(model: ColumnType, column: ColumnType, parser: str, key: bool) -> Found | None:
    ours, theirs = model.size, column.size
    if theirs is None or (ours is not None and ours <= theirs):
        return None
    effect = f"a text of more than {theirs} {'bytes' if column.name.endswith('text') else 'characters'} is refused"
    if ours is None or model.name.endswith("text"):
        # Text and TEXT are the author's word for "of any length"; String and a Go string are no word
        said = parser in ("sqlalchemy", "sequelize") and model.name.endswith("text")
        return (Severity.WARNING, effect) if said else None
    return (Severity.NOTE if ours in _UNSAID.get(parser, ()) else Severity.WARNING), effect


def _integers(model: ColumnType, column: ColumnType, parser: str, key: bool) -> Found | None:
    ours, theirs = model.size, column.size
    if ours is not None and theirs is not None and ours > theirs:
        if column.family is Family.BOOLEAN:
            return Severity.NOTE, "a TINYINT(1) holds -128 to 127"
        most = 2 ** (theirs if column.unsigned else theirs - 1) - 1
        # a Go int is a bigint without anybody saying so
        severity = Severity.NOTE if parser == "gorm" else Severity.WARNING
        return severity, f"a number above {most} is refused"
    if column.unsigned and model.unsigned is False and not key:
        return (Severity.NOTE if parser == "gorm" else Severity.WARNING), "a number below zero is refused"
    return None


def _decimals(model: ColumnType, column: ColumnType, parser: str, key: bool) -> Found | None:
    if None in (model.precision, column.precision):
        return None
    ours, theirs = (model.precision or 0, model.scale or 0), (column.precision or 0, column.scale or 0)
    if ours[0] - ours[1] > theirs[0] - theirs[1]:
        return Severity.WARNING, f"a number with more than {theirs[0] - theirs[1]} digits before the point is refused"
    if ours[1] > theirs[1]:
        return Severity.WARNING, f"digits after the point are rounded to {theirs[1]}"
    return None


def _floats(model: ColumnType, column: ColumnType, parser: str, key: bool) -> Found | None:
    if model.size != 64 or column.size != 32:
        return None
    return (Severity.NOTE if parser == "gorm" else Severity.WARNING), "digits after the sixth are lost"


def _bytes(model: ColumnType, column: ColumnType, parser: str, key: bool) -> Found | None:
    if None in (model.size, column.size) or (model.size or 0) <= (column.size or 0) or parser == "gorm":
        return None
    return Severity.WARNING, f"more than {column.size} bytes are refused"


def _moments(model: ColumnType, column: ColumnType, parser: str, key: bool) -> Found | None:
    if None not in (model.with_tz, column.with_tz) and model.with_tz != column.with_tz:
        if "datetime" in (word for type_ in (model, column) for word in type_.name.split("(")):
            return None  # MySQL: what the session's time zone is, decides
        # Go's time and Sequelize's DATE are one type, which nobody chose
        severity = Severity.WARNING if parser == "sqlalchemy" else Severity.NOTE
        if column.with_tz:
            return severity, "the server takes moments for the session's time zone and gives them back with one"
        return severity, "the offset is dropped, and moments come back without a time zone"
    if parser == "gorm" or None in (model.precision, column.precision):
        return None
    if (model.precision or 0) > (column.precision or 0):
        return Severity.NOTE, f"fractions of a second are kept to {column.precision} digits"
    return None


_JUDGES: dict[Family, Callable[[ColumnType, ColumnType, str, bool], Found | None]] = {
    Family.TEXT: _texts,
    Family.INTEGER: _integers,
    Family.DECIMAL: _decimals,
    Family.FLOAT: _floats,
    Family.BINARY: _bytes,
    Family.TIME: _moments,
    Family.TIMESTAMP: _moments,
}
