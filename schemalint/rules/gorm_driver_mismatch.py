"""SL401 gorm-driver-mismatch. Docs and tests: rules/SL401-gorm-driver-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from semver import Version

from schemalint.dialects import dialect
from schemalint.model.facts import CreateTable
from schemalint.model.finding import Finding, Location, Severity
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


@rule("SL401", "gorm-driver-mismatch", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.parser != "gorm" or not any(call.sync.adds_columns for call in source.calls):
        return
    required = {r.name: (r, version) for r in source.requires if (version := _version(r)) is not None}
    core = required.get(_CORE)
    if core is None or _built(core[1], required) < _CHANGED:
        return
    family = dialect(source.dialect).family if source.dialect else None
    driver, version = required.get(_MYSQL, (None, None))
    if driver and version and version <= Version(1, 5, 2) and family in (None, "mysql"):
        yield from _mysql(self, source, core[0], driver)
    driver, version = required.get(_POSTGRES, (None, None))
    if driver and version and version <= Version(1, 5, 4) and family in (None, "postgres"):
        yield from _postgres(self, source, core[0], driver)


def _mysql(self: Rule, source: Source, core: Requirement, driver: Requirement) -> Iterator[Finding]:
    concerned = list(_concerned(source))
    if not concerned:
        return
    first_table, first_column, _ = concerned[0]
    key = f"uni_{first_table}_{first_column}".replace(".", "_")
    places = [Location(span, f"{table}.{column} is unique by itself") for table, column, span in concerned[:_SHOWN]]
    more = len(concerned) - _SHOWN
    notes = [
        f"the statement sent: ALTER TABLE `{first_table}` DROP FOREIGN KEY `{key}`",
        f"MySQL: Error 1091 (42000): Can't DROP '{key}'; check that column/key exists",
        "it fails on the second start, or on the first one where the table and its unique index are there already",
    ]
    if more > 0:
        notes.append(f"and {more} more unique columns")
    yield self.finding(
        f"AutoMigrate will fail: GORM {core.version} with mysql driver {driver.version} drops `{key}`, which is no key",
        Location(driver.span, "up to v1.5.2 this driver drops every constraint as a foreign key"),
        Location(core.span, "since v1.25.7 GORM asks the driver to drop what makes a column unique"),
        *places,
        *_calls(source),
        help=f"require {_MYSQL} v1.5.4 or newer, or stay with GORM v1.25.6 or older; "
        "writing `index:…,unique` for `uniqueIndex` changes nothing",
        notes=tuple(notes),
        object=_MYSQL,
        sources=(source.id,),
    )


def _postgres(self: Rule, source: Source, core: Requirement, driver: Requirement) -> Iterator[Finding]:
    yield self.finding(
        f"AutoMigrate will fail: GORM {core.version} needs a newer postgres driver than {driver.version}",
        Location(driver.span, "up to v1.5.4 this driver passes one argument too few"),
        Location(core.span, "since v1.25.7 GORM sends LIMIT as an argument"),
        *_calls(source),
        help=f"require {_POSTGRES} v1.5.6 or newer, or stay with GORM v1.25.6 or older",
        notes=("the error on every table that is there already: insufficient arguments",),
        object=_POSTGRES,
        sources=(source.id,),
    )


def _calls(source: Source) -> Iterator[Location]:
    for call in source.calls:
        if call.sync.adds_columns:
            yield Location(call.span, "migrates at start")
            return


def _concerned(source: Source) -> Iterator[tuple[str, str, Span]]:
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
            yield str(fact.table), str(column), index.span


def _version(requirement: Requirement) -> Version | None:
    text = requirement.version.removeprefix("v")
    return Version.parse(text) if Version.is_valid(text) else None


def _built(core: Version, required: dict[str, tuple[Requirement, Version]]) -> Version:
    """The GORM that is built: the newest of what go.mod and the drivers ask for."""
    forced = [at_least for name, since, at_least in _FORCES if name in required and required[name][1] >= since]
    return max([core, *forced])
