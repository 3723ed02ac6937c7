"""SL402 gorm-unique-name. Docs and tests: rules/SL402-gorm-unique-name.md"""

from __future__ import annotations

from collections.abc import Iterator

from semver import Version

from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.pair import TablePair
from schemalint.model.schema import Index, Table, UniqueConstraint
from schemalint.model.source import Call, Source
from schemalint.replay.migratecolumn import Release, release_of
from schemalint.rules import Rule, rule

_DRIVER = "gorm.io/driver/postgres"
_ASKS = Version(1, 5, 6)
"""Since then the driver requires GORM v1.25.7, which compares uniqueness; between v1.25.7 and this it fails on every table."""


@rule("SL402", "gorm-unique-name", severity=Severity.ERROR, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, model = pair.comparison, pair.reference, pair.other
    source = comparison.other_source
    if source.parser != "gorm" or table is None or model is None or not comparison.relevant:
        return
    family = dialect(comparison.dialect).family
    call = comparison.sync_of(model.name)
    if call is None or not call.sync.adds_columns:
        return
    if family == "mysql" and _drops_foreign_keys(release_of(source, family)):
        yield from _mysql(self, pair, table, model, call)
        return
    if family != "postgres" or not _compares(source):
        return
    for unique in table.uniques:
        column = _alone(unique, model)
        expected = f"uni_{model.name}_{column}".replace(".", "_") if column else ""
        name = str(unique.name) if unique.name else f"{table.name.name}_{unique.columns[0]}_key"
        if column is None or name == expected:
            continue
        place = model.columns[column]
        yield self.finding(
            f"AutoMigrate will fail: it drops the constraint {expected}, but {table.name}.{column} is unique by {name}",
            Location(place.span, "no tag `unique` here, so GORM takes the constraint away"),
            Location(unique.span, f"the constraint is {name}"),
            Location(call.span, "migrates at start"),
            severity=Severity.ERROR if comparison.proved and comparison.path else Severity.WARNING,
            help=f"write the tag `unique` on {place.attribute or column} (it takes the constraint as it is),"
            f" or call the constraint {expected} in the SQL, or make it a unique index",
            notes=(
                f'PostgreSQL: constraint "{expected}" of relation "{table.name.name}" does not exist (SQLSTATE 42704)',
                "on every start: GORM looks the constraint up by the name that it would have given it",
            ),
            table=table.name,
            column=column,
            object=name,
            sources=(source.id,),
            path=comparison.path,
        )


def _drops_foreign_keys(release: Release) -> bool:
    """Whether GORM compares uniqueness and the mysql driver takes every constraint that it does not know for a foreign key.
    What the model itself claims by an index is SL401's."""
    return release.core >= (1, 25, 7) and release.driver < (1, 5, 3)


def _mysql(self: Rule, pair: TablePair, table: Table, model: Table, call: Call) -> Iterator[Finding]:
    source = pair.comparison.other_source
    keys = table.primary_key.columns if table.primary_key else ()
    single: list[tuple[Name, UniqueConstraint | Index]] = [
        (one.columns[0], one) for one in table.uniques if len(one.columns) == 1
    ]
    for index in table.indexes:
        if index.unique and index.columns is not None and len(index.columns) == 1 and not index.parts[0].prefix:
            single.append((index.columns[0], index))
    for column, key in single:
        claimed = any(one.unique and one.columns == (column,) for one in model.indexes)
        if column not in model.columns or claimed or column in keys or not keys or _alone_key(model, column):
            continue
        place, name = model.columns[column], f"uni_{model.name}_{column}".replace(".", "_")
        yield self.finding(
            f"AutoMigrate will fail: it drops {name} as a foreign key, but {table.name}.{column} is unique by {key.name}",
            Location(place.span, "no tag `unique` here, so GORM takes the uniqueness away"),
            Location(key.span, f"{key.name or column} makes it unique"),
            Location(call.span, "migrates at start"),
            severity=Severity.ERROR if pair.comparison.proved and pair.comparison.path else Severity.WARNING,
            help="require gorm.io/driver/mysql v1.5.4 or newer, and write the tag `uniqueIndex` with the name of the index",
            notes=(
                f"the statement sent: ALTER TABLE `{table.name}` DROP FOREIGN KEY `{name}`",
                f"MySQL: Error 1091 (42000): Can't DROP '{name}'; check that column/key exists",
            ),
            table=table.name,
            column=column,
            object=key.name,
            sources=(source.id,),
            path=pair.comparison.path,
        )


def _alone_key(model: Table, column: Name) -> bool:
    return model.primary_key is not None and column in model.primary_key.columns


def _alone(unique: UniqueConstraint, model: Table) -> Name | None:
    """The one column of a constraint that the model has and does not call unique itself."""
    if len(unique.columns) != 1 or unique.columns[0] not in model.columns:
        return None
    column = unique.columns[0]
    claimed = any(one.columns == (column,) for one in model.uniques)
    key = model.primary_key is not None and column in model.primary_key.columns
    return None if claimed or key else column


def _compares(source: Source) -> bool:
    versions = [r.version.removeprefix("v") for r in source.requires if r.name == _DRIVER]
    return any(Version.is_valid(text) and Version.parse(text) >= _ASKS for text in versions)
