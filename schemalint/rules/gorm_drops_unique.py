"""SL407 gorm-drops-unique. Docs and tests: rules/SL407-gorm-drops-unique.md"""

from __future__ import annotations

from collections.abc import Iterator

from semver import Version

from schemalint.dialects import dialect
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.pair import TablePair
from schemalint.model.schema import Table
from schemalint.model.source import Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_SINCE = {
    "mysql": ("gorm.io/driver/mysql", Version(1, 5, 3)),
    "postgres": ("gorm.io/driver/postgres", Version(1, 5, 6)),
}
"""The drivers that require GORM v1.25.7, which compares uniqueness, and know how to drop it."""


@rule("SL407", "gorm-drops-unique", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    comparison, table, model = pair.comparison, pair.reference, pair.other
    source = comparison.other_source
    if (
        source.parser != "gorm"
        or table is None
        or model is None
        or not comparison.relevant
        or comparison.dialect is None
    ):
        return
    family = dialect(comparison.dialect).family
    call = comparison.sync_of(model.name)
    if call is None or not call.sync.adds_columns or family not in _SINCE or not _drops(source, family):
        return
    for column, name, span in _single(table, family):
        if column not in model.columns or _claimed(model, column):
            continue
        if family == "postgres" and name != f"uni_{model.name}_{column}".replace(".", "_"):
            continue  # it is looked for under that name only
        place = model.columns[column]
        yield self.finding(
            f"AutoMigrate drops the uniqueness of {table.name}.{column}: the model does not claim it",
            Location(place.span, "neither `unique` nor `uniqueIndex` here"),
            Location(span, f"{name} makes it unique"),
            Location(call.span, "migrates at start"),
            help="write `uniqueIndex` or `unique` on the field"
            + (f" (`uniqueIndex:{name}` keeps the name)" if family == "mysql" else ""),
            notes=(
                f"the statement sent: {_statement(family, table, name)}",
                "nothing is reported: duplicates are accepted from the first start on",
            ),
            table=table.name,
            column=column,
            object=name,
            sources=(source.id,),
            path=comparison.path,
        )


def _single(table: Table, family: str) -> Iterator[tuple[Name, str, Span]]:
    """The columns that are unique by themselves, with the name of what makes them so. In MySQL the first NOT NULL one of a
    table without a primary key is shown as its primary key, and left alone."""
    keys = table.primary_key.columns if table.primary_key else ()
    for unique in table.uniques:
        if len(unique.columns) == 1 and not _key(table, unique.columns[0], keys):
            yield unique.columns[0], str(unique.name or unique.columns[0]), unique.span
    if family != "mysql":
        return
    for index in table.indexes:
        columns = index.columns
        if not index.unique or columns is None or len(columns) != 1 or index.parts[0].prefix or index.name is None:
            continue
        if not _key(table, columns[0], keys):
            yield columns[0], str(index.name), index.span


def _key(table: Table, column: Name, keys: tuple[Name, ...]) -> bool:
    stated = table.columns.get(column)
    return column in keys or (not keys and (stated is None or stated.nullable is not True))


def _claimed(model: Table, column: Name) -> bool:
    """Whether the model makes the column unique by itself, or a key."""
    singles = [index.columns for index in model.indexes if index.unique] + [one.columns for one in model.uniques]
    return (column,) in singles or (model.primary_key is not None and column in model.primary_key.columns)


def _statement(family: str, table: Table, name: str) -> str:
    if family == "mysql":
        return f"DROP INDEX `{name}` ON `{table.name}`"
    return f'ALTER TABLE "{table.name}" DROP CONSTRAINT "{name}"'


def _drops(source: Source, family: str) -> bool:
    driver, since = _SINCE[family]
    versions = [r.version.removeprefix("v") for r in source.requires if r.name == driver]
    return any(Version.is_valid(text) and Version.parse(text) >= since for text in versions)
