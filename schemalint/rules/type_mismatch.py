"""SL304 type-mismatch. Docs and tests: rules/SL304-type-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import Sides, drifting, shared, sides
from schemalint.dialects import dialect
from schemalint.equality import same_type
from schemalint.model.finding import Finding, Severity
from schemalint.model.pair import Comparison, TablePair
from schemalint.model.schema import Table
from schemalint.model.types import ColumnType, Family, Outcome
from schemalint.replay.changes import changes
from schemalint.rules import Drift, Rule, rule

_NUMBERS = frozenset({Family.INTEGER, Family.DECIMAL, Family.FLOAT})
_MOMENTS = frozenset({Family.DATE, Family.TIMESTAMP})
_POSTGRES = {
    Family.UUID: _NUMBERS | _MOMENTS | {Family.BOOLEAN},
    **dict.fromkeys(_NUMBERS, _MOMENTS | {Family.UUID}),
    Family.BOOLEAN: _NUMBERS | _MOMENTS | {Family.UUID},
    **dict.fromkeys(_MOMENTS, _NUMBERS | {Family.BOOLEAN, Family.UUID}),
}
_MYSQL = {
    Family.UUID: _NUMBERS | _MOMENTS | {Family.BOOLEAN},
    **dict.fromkeys(_NUMBERS, frozenset({Family.UUID})),
    **dict.fromkeys(_MOMENTS, frozenset({Family.INTEGER, Family.BOOLEAN, Family.UUID})),
}
REFUSED = {"postgres": _POSTGRES, "mysql": _MYSQL}
"""By family of servers and the model's family: the columns into which no value of the model goes, whatever the driver sends
it as. Put to the servers in tests/test_drift.py."""


_SENT = {
    "int": (Family.INTEGER,),
    "uint": (Family.INTEGER,),
    "float": (Family.FLOAT, Family.DECIMAL),
    "bool": (Family.BOOLEAN,),
    "string": (Family.TEXT, Family.INTERVAL),
    "time": (Family.TIMESTAMP,),
}
"""By GORM's word for a Go type: the columns that its values go into and come back from, whatever type the tag names."""


@rule("SL304", "type-mismatch", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    tables = drifting(pair)
    if tables is not None:
        yield from self.drifts(pair, _found(pair, *tables), "make the two types agree: a migration, or the model")


def _found(pair: TablePair, table: Table, model: Table) -> Iterator[Drift]:
    comparison = pair.comparison
    between, call = sides(comparison), comparison.sync_of(table.name)
    for column, twin in shared(pair):
        if column.type is None or twin.type is None or _is_keys(column.type, twin.type, table, model, twin.name):
            continue
        judged = _cast(twin.type, column.type, comparison)
        if judged is None and same_type(column.type, twin.type, *between).outcome is Outcome.DIFFERENT:
            judged = _judged(twin.type, column.type, between, comparison.other_source.parser)
        if judged is None:
            continue
        severity, effect = judged
        if twin.declared is not None and column.type.family in _SENT.get(twin.declared.kind, ()):
            severity, effect = (
                Severity.NOTE,
                "GORM sends what the Go type holds, which fits; a new table would get the other",
            )
        if call is not None and call.sync.alters_columns and twin.name not in _keys(model):
            altered = changes(call, comparison.other_source, dialect(comparison.dialect), column, twin)
            if altered is not False:
                will = "will" if altered else "may"
                severity, effect = Severity.NOTE, f"{call.title} {will} change the column, and fails if rows do not fit"
            else:
                effect += f"; {call.title} leaves the column as it is"
        here, there = twin.type_span or twin.span, column.type_span or column.span
        yield Drift(twin.name, severity, twin.type.name, column.type.name, effect, here, there)


def _cast(model: ColumnType, column: ColumnType, comparison: Comparison) -> tuple[Severity, str] | None:
    """Prisma names the type of an enumeration in every statement (quaint, `visit_parameterized_enum`): it has to be there, and
    to be the column's."""
    ours, theirs = (model.element or model).user_type, (column.element or column).user_type
    if comparison.other_source.parser != "prisma-schema" or ours is None or comparison.reference.opaque:
        return None
    made = {name.key for name in comparison.reference.enums}
    if ours not in {name.key for name in comparison.other.enums} or ours == theirs:
        return None
    if ours not in made | {name.key for name in comparison.reference.types}:
        return (
            Severity.ERROR,
            "Prisma casts every value to that type, which the database does not have, so INSERTs fail",
        )
    if ours in made and theirs in made:
        return Severity.ERROR, "Prisma casts every value to the model's type, so INSERTs fail"
    return None


def _keys(table: Table) -> tuple[object, ...]:
    return table.primary_key.columns if table.primary_key else ()


def _is_keys(column: ColumnType, twin: ColumnType, table: Table, model: Table, name: object) -> bool:
    """Whether SL308 speaks of the column: a number that is the key on one side only."""
    counted = Family.INTEGER in (column.family, twin.family)
    return counted and name in _keys(table) and set(_keys(table)) == set(_keys(model))


def _judged(model: ColumnType, column: ColumnType, between: Sides, parser: str) -> tuple[Severity, str] | None:
    """How bad it is that a model writes its type into a column of another family, None where it does no harm."""
    if model.element is not None and column.element is not None:
        model, column = model.element, column.element
    server = dialect(between[0]).family
    ours, theirs = _meant(model), column.family
    if parser == "prisma-schema" and ours is theirs is Family.JSON:
        effect = (
            "PostgreSQL compares no json values, and `prisma migrate dev` will write a migration that nobody asked for"
        )
        return Severity.WARNING, effect
    if ours is theirs or Family.ENUM in (ours, theirs) or Family.OTHER in (ours, theirs):
        return None
    if server in ("mysql", "sqlite") and {ours, theirs} == {Family.BOOLEAN, Family.INTEGER}:
        return None  # one type there, of two sizes
    refused = [theirs in by_family.get(ours, ()) for by_family in _refusing(server)]
    if refused and all(refused):
        return Severity.ERROR, f"the server refuses every {ours.value} for {_a(theirs)} column, so INSERTs fail"
    if server == "sqlite":
        return _in_sqlite(ours, theirs)
    return _fitting(ours, theirs, model, parser, server)


def _meant(type_: ColumnType) -> Family:
    """A CHAR(36) holds UUIDs: it is what ORMs make of them where the server has no such type."""
    return Family.UUID if type_.family is Family.TEXT and type_.fixed and type_.size == 36 else type_.family


def _refusing(server: str) -> list[dict[Family, frozenset[Family]]]:
    return list(REFUSED.values()) if server == "generic" else [REFUSED[server]] if server in REFUSED else []


def _a(family: Family) -> str:
    return f"{'an' if family.value[0] in 'aei' else 'a'} {family.value}"


def _fitting(ours: Family, theirs: Family, model: ColumnType, parser: str, server: str) -> tuple[Severity, str] | None:
    """What comes of values that may fit."""
    if parser == "gorm" and ours is Family.BINARY and theirs in (Family.TEXT, Family.JSON, Family.UUID):
        return None  # the bytes of a text: json.RawMessage
    if theirs is Family.TEXT:
        if ours in (Family.JSON, Family.UUID) and (parser != "sqlalchemy" or server != "postgres"):
            return None
        if ours is Family.JSON:
            return None
        refused = ", and PostgreSQL compares no text with them" if server == "postgres" else ""
        return Severity.WARNING, f"values are kept as text and sort as text{refused}"
    if ours is Family.TEXT and theirs in (Family.UUID, Family.JSON):
        if parser == "sqlalchemy" and server == "postgres":
            return (
                Severity.WARNING,
                f"asyncpg and psycopg 3 send text as varchar, which is refused for {_a(theirs)} column",
            )
        # a Go string is no claim: it carries UUIDs and JSON as well
        return None if parser == "gorm" else (Severity.NOTE, f"a text that is no {theirs.value} is refused")
    if ours is Family.TEXT and (theirs in _NUMBERS | _MOMENTS or theirs is Family.BOOLEAN):
        return Severity.WARNING, f"an INSERT of a text that is no {theirs.value} fails"
    if ours in _NUMBERS and theirs in _NUMBERS:
        if theirs is Family.INTEGER:
            return Severity.WARNING, "fractions are lost or refused"
        if ours is Family.INTEGER:
            return Severity.NOTE, "values are read back as another type of number"
        if theirs is Family.FLOAT:
            # GORM makes a numeric of every Go float
            plain = parser == "gorm" and model.precision is None
            return None if plain else (Severity.WARNING, "amounts are no longer exact")
        return Severity.NOTE, "the database rounds what the program does not"
    if server == "mysql" and ours in _NUMBERS and theirs in _MOMENTS:
        return Severity.WARNING, "numbers are refused, or read as the digits of a date"
    if (ours, theirs) == (Family.TIMESTAMP, Family.DATE):
        return Severity.WARNING, "the time of day is lost"
    if (ours, theirs) == (Family.DATE, Family.TIMESTAMP):
        # what GORM calls a date (GormDataType) is for its migrator only
        return None if parser == "gorm" else (Severity.NOTE, "values are read back with a time of day")
    return Severity.WARNING, "values are converted or refused"


def _in_sqlite(ours: Family, theirs: Family) -> tuple[Severity, str]:
    if ours is Family.TEXT and theirs in _NUMBERS:
        return Severity.WARNING, "SQLite makes numbers of texts that look like one: '007' is read back as 7"
    return Severity.NOTE, "SQLite converts what it can and keeps the rest as it is given"
