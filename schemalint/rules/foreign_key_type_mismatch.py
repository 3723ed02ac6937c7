"""SL107 foreign-key-type-mismatch. Docs and tests: rules/SL107-foreign-key-type-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.dialects.charsets import charset_of, letters, plain
from schemalint.model.catalog import Catalog, DeploymentPath, Played, Step
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.objects import KeyChecks
from schemalint.model.schema import Column, ForeignKey, Table
from schemalint.model.source import SourceKind
from schemalint.model.types import ColumnType, Family
from schemalint.rules import Rule, rule

_NUMBERS = (Family.INTEGER, Family.DECIMAL, Family.FLOAT)
_DAYS = frozenset({Family.DATE, Family.TIMESTAMP})
_UNDECIDED = frozenset({Family.OTHER, Family.ARRAY, Family.TIME, Family.INTERVAL})
_BYTES = frozenset({Family.BINARY, Family.DECIMAL, Family.TIMESTAMP})
"""Families that InnoDB stores as plain bytes and compares with one another."""
_MARIADB = 'MariaDB: Can\'t create table … (errno: 150 "Foreign key constraint is incorrectly formed") (1005)'


@rule("SL107", "foreign-key-type-mismatch", severity=Severity.ERROR, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    path, catalog = played.path, played.catalog
    family = dialect(path.dialect).family
    if family not in ("postgres", "mysql", "tsql") or catalog.opaque:
        return
    sql = {step.source.id for step in path.steps if step.source.kind is not SourceKind.MODELS or _migrates(step)}
    troubled = {problem.table for problem in played.problems if not problem.refusal.silent}
    unchecked = _unchecked(path) if family == "mysql" else frozenset()
    for table in catalog.tables.values():
        if table.source not in sql or table.name in troubled or table.incomplete:
            continue
        for key in table.foreign_keys:
            target = catalog.tables.get(key.ref_table)
            if target is None or target.incomplete or target.name in troubled or target.source not in sql:
                continue
            yield from _judge(self, path, catalog, table, key, target, family, key.span.path in unchecked)


def _migrates(step: Step) -> bool:
    """Whether GORM makes the tables and their keys in this step: what it sends is known to the letter."""
    return step.call is not None and step.source.parser == "gorm" and step.call.sync.adds_foreign_keys


def _unchecked(path: DeploymentPath) -> frozenset[str]:
    """Files that switch foreign_key_checks off: InnoDB then takes a key whose target comes later as it is, and lets types
    change afterwards. A key to a table that is there it refuses all the same (put to MariaDB 10.11; MySQL's manual, 7.1.8,
    foreign_key_checks: "does not permit the creation of a foreign key constraint where a column references a nonmatching
    column type")."""
    return frozenset(
        fact.span.path
        for step in path.steps
        if step.call is None
        for fact in step.source.facts
        if isinstance(fact, KeyChecks) and not fact.on
    )


def _judge(
    self: Rule,
    path: DeploymentPath,
    catalog: Catalog,
    table: Table,
    key: ForeignKey,
    target: Table,
    family: str,
    unchecked: bool,
) -> Iterator[Finding]:
    wanted = key.ref_columns or (target.primary_key.columns if target.primary_key else ())
    if len(wanted) != len(key.columns):
        return
    for name, other in zip(key.columns, wanted, strict=True):
        column, twin = table.columns.get(name), target.columns.get(other)
        if column is None or twin is None or column.type is None or twin.type is None:
            continue
        if unchecked and not (_stands_before(column, key) and _stands_before(twin, key)):
            continue
        if family == "postgres":
            refused = _refused_by_postgres(column.type, twin.type, catalog)
        elif family == "tsql":
            refused = _refused_by_sql_server(column.type, twin.type)
        else:
            refused = _refused_by_innodb(column, twin) or _other_letters(table, column, target, twin)
        if refused:
            yield _finding(self, path, table, key, target, column, twin, refused, family)


def _stands_before(column: Column, key: ForeignKey) -> bool:
    """Whether a column has its type from the same file, before the key."""
    span = column.type_span
    return span is not None and span.path == key.span.path and span.start < key.span.start


def _refused_by_postgres(one: ColumnType, other: ColumnType, catalog: Catalog) -> str | None:
    """The reason, where PostgreSQL certainly knows no way to compare the two."""
    ours, theirs = _family(one, catalog), _family(other, catalog)
    if ours is theirs is Family.ENUM and one.user_type and other.user_type:
        return "PostgreSQL compares no two enumerations" if one.user_type != other.user_type else None
    if ours is theirs or ours in _UNDECIDED or theirs in _UNDECIDED or {ours, theirs} == _DAYS:
        return None
    if ours in _NUMBERS and theirs in _NUMBERS and _NUMBERS.index(ours) <= _NUMBERS.index(theirs):
        return None  # widening; the other way PostgreSQL refuses
    return "PostgreSQL has no = operator for them"


def _refused_by_sql_server(one: ColumnType, other: ColumnType) -> str | None:
    """The reason, where the two are certainly different types. SQL Server wants the same one (1778); types of one's own may be
    any, and what it says of other lengths (1753) is left alone."""
    ours, theirs = one.name.split("(")[0], other.name.split("(")[0]
    if one.user_type or other.user_type or Family.OTHER in (one.family, other.family):
        return None
    same = ours == theirs or {ours, theirs} == {"decimal", "numeric"}
    return None if same else "SQL Server wants the same type on both sides"


def _family(type_: ColumnType, catalog: Catalog) -> Family:
    """The family, an enumeration of the catalog among them: a domain or a type from elsewhere stays OTHER."""
    named = type_.user_type is not None and any(name.key == type_.user_type for name in catalog.enums)
    return Family.ENUM if named else type_.family


def _refused_by_innodb(column: Column, twin: Column) -> str | None:
    """The reason, where InnoDB certainly stores the two differently. Lengths of texts may differ."""
    one, other = column.type, twin.type
    assert one is not None
    assert other is not None
    ours, theirs = _stored(one), _stored(other)
    if Family.INTEGER in (ours, theirs):
        if ours is theirs:
            if one.unsigned != other.unsigned and None not in (one.unsigned, other.unsigned):
                return "one is signed, the other is not"
            return "integers of a key must have one size" if one.size != other.size else None
        stored = ours in (Family.TEXT, Family.FLOAT, *_BYTES), theirs in (Family.TEXT, Family.FLOAT, *_BYTES)
        return "the server compares no such types in a key" if any(stored) else None
    if ours is theirs:
        if ours is Family.FLOAT and one.size != other.size:
            return "float and double are stored differently"
        return None
    kinds = {ours, theirs}
    if Family.TEXT in kinds and kinds & (_BYTES | {Family.FLOAT}):
        return "the server compares no such types in a key"
    return None


def _other_letters(table: Table, column: Column, target: Table, twin: Column) -> str | None:
    """The reason, where two texts have other letters, their own or those of their tables. What is the database's is not known."""
    if table.incomplete or target.incomplete or not column.type or not twin.type:
        return None
    if {_stored(column.type), _stored(twin.type)} != {Family.TEXT}:
        return None
    (charset, collation), (other, twins) = letters(table, column), letters(target, twin)
    if collation and twins:
        same = collation.casefold() == twins.casefold()
        return None if same else f"the collations are {collation} and {twins}"
    charset = charset_of(collation) if collation else charset and plain(charset)
    other = charset_of(twins) if twins else other and plain(other)
    return f"the character sets are {charset} and {other}" if charset and other and charset != other else None


def _stored(type_: ColumnType) -> Family:
    return Family.INTEGER if type_.family is Family.BOOLEAN else type_.family


def _finding(
    self: Rule,
    path: DeploymentPath,
    table: Table,
    key: ForeignKey,
    target: Table,
    column: Column,
    twin: Column,
    reason: str,
    family: str,
) -> Finding:
    assert column.type is not None
    assert twin.type is not None
    words = {
        "postgres": f'PostgreSQL: foreign key constraint "{key.name.key if key.name else "…"}" cannot be implemented'
        f" (42804): incompatible types: {column.type.name} and {twin.type.name}",
        "mariadb": _MARIADB,
        "tsql": f"SQL Server: Column '{target.name}.{twin.name}' is not the same data type as referencing column"
        f" '{table.name}.{column.name}' in foreign key (1778)",
    }.get(path.dialect or "")
    return self.finding(
        f"{table.name}.{column.name} is {column.type.name} but references {target.name}.{twin.name},"
        f" which is {twin.type.name}: {reason}",
        Location(column.type_span or column.span, f"{column.type.name} here"),
        Location(twin.type_span or twin.span, f"{twin.type.name} here"),
        Location(key.ref_span or key.span, "the key that joins them"),
        help=f"give {column.name} the type of {target.name}.{twin.name}",
        notes=(words,) if words else (),
        table=table.name,
        column=column.name,
        object=key.name,
        sources=(table.source,),
        path=path,
    )
