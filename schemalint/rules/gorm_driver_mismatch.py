"""SL401 gorm-driver-mismatch. Docs and tests: rules/SL401-gorm-driver-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from semver import Version

from schemalint.databases import Database
from schemalint.dialects import dialect
from schemalint.model.catalog import DeploymentPath
from schemalint.model.facts import CreateTable, DropConstraint
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Table
from schemalint.model.source import Requirement, Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_CORE = "gorm.io/gorm"
_MYSQL = "gorm.io/driver/mysql"
_POSTGRES = "gorm.io/driver/postgres"
_CHANGED = Version(1, 25, 7)
_SHOWN = 12

_FORCES = (
    ("gorm.io/driver/sqlite", Version(1, 6, 0), Version(1, 30, 0)),
    ("gorm.io/driver/sqlite", Version(1, 5, 5), Version(1, 25, 7, "0")),
    ("gorm.io/driver/sqlserver", Version(1, 6, 0), Version(1, 30, 0)),
    ("gorm.io/driver/sqlserver", Version(1, 5, 3), Version(1, 25, 7, "0")),
    (_POSTGRES, Version(1, 5, 8), Version(1, 25, 10)),
    (_POSTGRES, Version(1, 5, 6), Version(1, 25, 7, "0")),
)
"""The GORM that a driver's own go.mod asks for, and so what the build gets at least."""


@rule("SL401", "gorm-driver-mismatch", severity=Severity.ERROR, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for source in database.sources:
        if source.parser == "gorm" and any(call.sync.adds_columns for call in source.calls):
            yield from _of_source(self, source, database)


def _of_source(self: Rule, source: Source, database: Database) -> Iterator[Finding]:
    required = {r.name: (r, version) for r in source.requires if (version := _version(r)) is not None}
    core = required.get(_CORE)
    if core is None or _built(core[1], required) < _CHANGED:
        return
    family = dialect(source.dialect).family if source.dialect else None
    driver, version = required.get(_MYSQL, (None, None))
    if driver and version and version <= Version(1, 5, 2) and family in (None, "mysql"):
        yield from _mysql(self, source, database, core[0], driver)
    driver, version = required.get(_POSTGRES, (None, None))
    if driver and version and version <= Version(1, 5, 4) and family in (None, "postgres"):
        yield from _postgres(self, source, database, core[0], driver)


def _mysql(self: Rule, source: Source, database: Database, core: Requirement, driver: Requirement) -> Iterator[Finding]:
    concerned = list(_concerned(source))
    if not concerned:
        return
    refused, path = _refused(source, database)
    at_once = {(fact.table, column) for fact, column in refused}
    first = [one for one in concerned if one[:2] in at_once]
    first.sort(key=lambda one: [(fact.table, column) for fact, column in refused].index(one[:2]))
    later = [one for one in concerned if one[:2] not in at_once]
    table, column, _ = (first or later)[0]
    key = _key(table, column)
    places = [
        Location(span, f"{table}.{column}: DROP FOREIGN KEY `{_key(table, column)}` is refused on {when}")
        for when, some in (("the first start", first), ("every start after the index is made", later))
        for table, column, span in some
    ]
    notes = [
        f"the statement sent: ALTER TABLE `{table}` DROP FOREIGN KEY `{key}`",
        f"MySQL: Error 1091 (42000): Can't DROP '{key}'; check that column/key exists",
        "AutoMigrate stops there; with that out of the way it stops at the next of these columns",
    ]
    if not first:
        notes[2] = (
            "it fails on the second start, or on the first one where the table and its unique index are there already"
        )
    if len(places) > _SHOWN:
        notes.append(f"and {len(places) - _SHOWN} more unique columns")
    when = " on the first start" if first else ""
    yield self.finding(
        f"AutoMigrate will fail{when}: GORM {core.version} with mysql driver {driver.version} drops `{key}`, which is no key",
        Location(driver.span, "up to v1.5.2 this driver drops every constraint as a foreign key"),
        Location(core.span, "since v1.25.7 GORM asks the driver to drop what makes a column unique"),
        *places[:_SHOWN],
        *_calls(source),
        help=f"require {_MYSQL} v1.5.4 or newer, or stay with GORM v1.25.6 or older; "
        "writing `index:…,unique` for `uniqueIndex` changes nothing",
        notes=tuple(notes),
        object=_MYSQL,
        sources=(source.id,),
        path=path,
    )


def _postgres(
    self: Rule, source: Source, database: Database, core: Requirement, driver: Requirement
) -> Iterator[Finding]:
    tables, path = _there(source, database)
    places = [
        Location(table.span, f"{table.name} is there already: its columns cannot be read on the first start")
        for table in tables[:_SHOWN]
    ]
    when = " on the first start" if tables else ""
    yield self.finding(
        f"AutoMigrate will fail{when}: GORM {core.version} needs a newer postgres driver than {driver.version}",
        Location(driver.span, "up to v1.5.4 this driver passes one argument too few"),
        Location(core.span, "since v1.25.7 GORM sends LIMIT as an argument"),
        *places,
        *_calls(source),
        help=f"require {_POSTGRES} v1.5.6 or newer, or stay with GORM v1.25.6 or older",
        notes=(
            f'the statement that is never sent: SELECT * FROM "{tables[0].name if tables else "…"}" LIMIT $1',
            "the error on every table that is there already: insufficient arguments",
        ),
        object=_POSTGRES,
        sources=(source.id,),
        path=path,
    )


def _refused(source: Source, database: Database) -> tuple[list[tuple[DropConstraint, Name]], DeploymentPath | None]:
    """The drops of foreign keys that are refused on the first start of a path, in order, each with the column that it is for;
    and the path, the first one that has any."""
    for played in database.played:
        found = []
        for problem in played.problems:
            fact = problem.fact
            if problem.step.source.id != source.id or not isinstance(fact, DropConstraint) or fact.table is None:
                continue
            made = [one for one in source.facts if isinstance(one, CreateTable) and one.table == fact.table]
            found += [(fact, column.name) for one in made for column in one.columns if column.span == fact.span]
        if found:
            return found, played.path
    return [], None


def _there(source: Source, database: Database) -> tuple[list[Table], DeploymentPath | None]:
    """The tables of a call that are there before it on a path, and the path."""
    for played in database.played:
        for step in played.steps:
            call = step.step.call
            if step.step.source.id != source.id or call is None or not call.sync.adds_columns:
                continue
            wanted = step.before.tables.keys() if call.tables is None else call.tables
            own = {fact.table for fact in source.facts if isinstance(fact, CreateTable)}
            found = [step.before.tables[name] for name in wanted if name in step.before.tables and name in own]
            if found:
                return found, played.path
    return [], None


def _key(table: TableName, column: Name) -> str:
    """The name that GORM would have given the constraint."""
    return f"uni_{table}_{column}".replace(".", "_")


def _calls(source: Source) -> Iterator[Location]:
    for call in source.calls:
        if call.sync.adds_columns:
            yield Location(call.span, "migrates at start")
            return


def _concerned(source: Source) -> Iterator[tuple[TableName, Name, Span]]:
    """Columns of migrated tables that an index alone makes unique. The `unique` tag is safe: its constraint is there
    under the name that is looked for; GORM skips primary keys; and MySQL calls a NOT NULL unique column of a table
    without one its primary key."""
    migrating = [call for call in source.calls if call.sync.adds_columns]
    everything = any(call.tables is None for call in migrating)
    wanted = {table for call in migrating for table in call.tables or ()}
    for fact in source.facts:
        if not isinstance(fact, CreateTable) or not (everything or fact.table in wanted):
            continue
        keys = fact.primary_key.columns if fact.primary_key else ()
        filled = {column.name for column in fact.columns if column.nullable is False}
        named = {unique.columns[0] for unique in fact.uniques if len(unique.columns) == 1}
        singles = [index for index in fact.indexes if index.unique and index.columns and len(index.columns) == 1]
        named |= {i.columns[0] for i in singles if i.columns and i.name and i.name.text.startswith("uni_")}
        for index in singles:
            column = index.columns[0] if index.columns else None
            if column is None or column in named or column in keys or (not keys and column in filled):
                continue
            yield fact.table, column, index.span


def _version(requirement: Requirement) -> Version | None:
    text = requirement.version.removeprefix("v")
    return Version.parse(text) if Version.is_valid(text) else None


def _built(core: Version, required: dict[str, tuple[Requirement, Version]]) -> Version:
    """The GORM that is built: the newest of what go.mod and the drivers ask for."""
    forced = [at_least for name, since, at_least in _FORCES if name in required and required[name][1] >= since]
    return max([core, *forced])
