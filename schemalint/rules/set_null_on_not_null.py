"""SL114 set-null-on-not-null. Docs and tests: rules/SL114-set-null-on-not-null.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.catalog import Played
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.schema import ForeignKey, Table
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, rule

_WORDS = {
    "postgres": 'PostgreSQL: null value in column "{column}" of relation "{table}" violates not-null constraint (23502)',
    "mysql": "MySQL: Column '{column}' cannot be NOT NULL: needed in a foreign key constraint '…' SET NULL (1830)",
    "mariadb": 'MariaDB: Can\'t create table … (errno: 150 "Foreign key constraint is incorrectly formed") (1005)',
    "tsql": "SQL Server: Cannot create the foreign key with the SET NULL referential action, because one or more referencing"
    " columns are not nullable (1761)",
    "sqlite": "SQLite: NOT NULL constraint failed: {table}.{column}",
}


@rule("SL114", "set-null-on-not-null", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    path, catalog = played.path, played.catalog
    if path.dialect not in _WORDS or catalog.opaque:
        return
    sql = {step.source.id for step in path.steps if step.source.kind is not SourceKind.MODELS}
    troubled = {problem.table for problem in played.problems if not problem.refusal.silent}
    for table in catalog.tables.values():
        if table.source in sql and not table.incomplete and table.name not in troubled:
            # One statement in a loop over several names makes one key for each.
            keys = {(key.ref_span or key.span, key.columns): key for key in reversed(table.foreign_keys)}
            for key in reversed(keys.values()):
                yield from _judge(self, played, table, key)


def _judge(self: Rule, played: Played, table: Table, key: ForeignKey) -> Iterator[Finding]:
    """PostgreSQL may be told which columns to set (`SET NULL (a, b)`), which is not kept: of several columns nothing is
    said unless none of them can be NULL."""
    path = played.path
    family = dialect(path.dialect).family
    event = "DELETE" if key.on_delete == "SET NULL" else "UPDATE" if key.on_update == "SET NULL" else None
    columns = [table.columns[name] for name in key.columns if name in table.columns]
    required = [column for column in columns if column.nullable is False]
    if event is None or not required or (family == "postgres" and len(required) < len(key.columns)):
        return
    column = required[0]
    refused = family in ("mysql", "tsql")
    spelled = (lambda name: name.key) if family == "postgres" else str
    words = _WORDS[path.dialect or ""].format(table=spelled(table.name.name), column=spelled(column.name))
    effect = (
        "the server refuses the key"
        if refused
        else f"every {event} of a {key.ref_table} row that is still referenced fails"
    )
    yield self.finding(
        f"ON {event} SET NULL on {table.name}.{column.name}, which is NOT NULL: {effect}",
        Location(key.ref_span or key.span, f"ON {event} SET NULL here"),
        Location(column.span, f"{column.name} is NOT NULL"),
        severity=Severity.ERROR if refused else None,
        help=f"let {column.name} be NULL, or write ON {event} CASCADE or RESTRICT",
        notes=(words,),
        table=table.name,
        column=column.name,
        object=key.name,
        sources=(table.source,),
        path=path,
    )
