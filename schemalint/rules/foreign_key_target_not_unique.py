"""SL106 foreign-key-target-not-unique. Docs and tests: rules/SL106-foreign-key-target-not-unique.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.catalog import DeploymentPath, Played
from schemalint.model.facts import DropColumn, DropConstraint, DropIndex, Fact, Servers
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.objects import KeyChecks
from schemalint.model.schema import ForeignKey, Index, Table
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule

_WORDS = {
    "postgres": 'PostgreSQL: there is no unique constraint matching given keys for referenced table "{target}" (42830)',
    "mariadb": 'MariaDB: Can\'t create table … (errno: 150 "Foreign key constraint is incorrectly formed") (1005)',
    "tsql": "SQL Server: There are no primary or candidate keys in the referenced table '{target}' that match the referencing"
    " column list in the foreign key (1776)",
    "sqlite": 'SQLite: foreign key mismatch - "{table}" referencing "{target}"',
}
_NO_KEY = 'PostgreSQL: there is no primary key for referenced table "{target}" (42704)'
_NO_KEY_HERE = (
    "SQL Server: Foreign key has implicit reference to object '{target}' which does not have a primary key defined on it"
    " (1773)"
)
_STANDARD = (
    "MySQL: Failed to add the foreign key constraint. Missing unique key for constraint … in the referenced table '{target}'"
    " (6125)"
)
_WANTS_UNIQUE = (Servers("mysql", (8, 4)),)
"""What points at a key that is not unique, or at a part of one, unless restrict_fk_on_non_standard_key is switched off
(MySQL 8.4 Reference Manual, "Server System Variables"; put to MySQL 9.7)."""
_SINCE = "MySQL wants a unique key from 8.4 on, unless restrict_fk_on_non_standard_key is switched off"
_OTHERWISE = "every INSERT into {table} fails once PRAGMA foreign_keys is on"


@rule("SL106", "foreign-key-target-not-unique", severity=Severity.ERROR, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    path, catalog = played.path, played.catalog
    family = dialect(path.dialect).family
    if family not in ("postgres", "mysql", "sqlite", "tsql") or catalog.opaque:
        return
    sql = {step.source.id for step in path.steps if step.source.kind is not SourceKind.MODELS}
    servers = {step.source.id: step.source.server for step in path.steps}
    troubled = {problem.table for problem in played.problems if not problem.refusal.silent}
    for table in catalog.tables.values():
        if table.source not in sql or table.name in troubled:
            continue
        for key in table.foreign_keys:
            target = catalog.tables.get(key.ref_table)
            if target is None or target.incomplete or target.name in troubled or target.source not in sql:
                continue
            columns = _columns(key, target)
            if not all(name in target.columns for name in columns):
                continue
            if _unique(target, columns, ordered=family in ("mysql", "tsql")):
                continue
            server, indexed = servers[table.source], family == "mysql" and _indexed(target, columns)
            if indexed and (server is None or not server.is_one_of(_WANTS_UNIQUE)):
                continue
            if not any(_forgives(fact, key, target, path.dialect or "") for fact in _facts(path)):
                yield _finding(self, path, table, key, target, columns, family, indexed)


def _columns(key: ForeignKey, target: Table) -> tuple[Name, ...]:
    """What the key points at; nothing when the target has no primary key to point at."""
    return key.ref_columns or (target.primary_key.columns if target.primary_key else ())


def _unique(target: Table, columns: tuple[Name, ...], ordered: bool) -> bool:
    """Whether these columns are a key of the target, or those of a unique index. `ordered`: in this order."""
    primary = target.primary_key.columns if target.primary_key else ()
    keys = [primary, *(unique.columns for unique in target.uniques)]
    keys += [index.columns for index in target.indexes if _whole(index) and index.columns]
    if ordered:
        return bool(columns) and columns in keys
    return bool(columns) and frozenset(columns) in map(frozenset, keys)


def _whole(index: Index) -> bool:
    """Whether an index makes its columns unique."""
    return index.unique and index.where is None and all(part.prefix is None for part in index.parts)


def _indexed(target: Table, columns: tuple[Name, ...]) -> bool:
    """Whether any index of the target begins with these columns. InnoDB keeps the primary key behind every other index, and
    makes an index of its own for every foreign key."""
    primary = target.primary_key.columns if target.primary_key else ()
    keys = [primary, *(key.columns for key in target.uniques), *(key.columns for key in target.foreign_keys)]
    for index in target.indexes:
        if index.method in ("fulltext", "spatial"):
            continue
        if index.columns is None:
            return True  # an expression inside: not looked into
        whole = [part.prefix is None for part in index.parts]
        keys.append(index.columns[: whole.index(False)] if False in whole else index.columns)
    return bool(columns) and any((*key, *primary)[: len(columns)] == columns for key in keys)


def _facts(path: DeploymentPath) -> Iterator[Fact]:
    for step in path.steps:
        if step.call is None:
            yield from step.source.facts


def _forgives(fact: Fact, key: ForeignKey, target: Table, server: str) -> bool:
    """Whether a statement may have taken the key away with the index it needs, or have told the server not to look. MariaDB
    takes the primary key for another one in a statement, whatever points at it (put to 10.11)."""
    match fact:
        case DropConstraint(kind="primary key") if server == "mariadb":
            return fact.table == target.name
        case KeyChecks(on=False):
            return server in ("mysql", "mariadb") and fact.span.path == key.span.path
        case DropConstraint(cascade=True) | DropColumn(cascade=True):
            return fact.table == target.name
        case DropIndex(cascade=True):
            return True
    return False


def _finding(
    self: Rule,
    path: DeploymentPath,
    table: Table,
    key: ForeignKey,
    target: Table,
    columns: tuple[Name, ...],
    family: str,
    indexed: bool,
) -> Finding:
    wanted = listed(columns)
    if family == "mysql" and not indexed:
        lacks = f"no index of {target.name} begins with ({wanted})" if columns else f"{target.name} has no primary key"
        help = f"add an index on {target.name} ({wanted}), best a unique one" if columns else "name the columns"
    elif columns:
        lacks = f"({wanted}) is neither the primary key of {target.name} nor unique"
        help = f"add UNIQUE ({wanted}) to {target.name} before this key, or point at its primary key"
    else:
        lacks = f"{target.name} has no primary key"
        help = f"give {target.name} a primary key, or name a unique column of it"
    what = f"{table.name} ({listed(key.columns)}) references {target.name}" + (f" ({wanted})" if columns else "")
    words = _NO_KEY if not columns and family == "postgres" else _WORDS.get(path.dialect or "", "")
    words = _NO_KEY_HERE if not columns and family == "tsql" else words
    words = _STANDARD if indexed else words
    spelled = (lambda name: name.key) if family == "postgres" else str
    said = words.format(table=spelled(table.name.name), target=spelled(target.name.name))
    return self.finding(
        f"{what}, but {lacks}",
        Location(key.ref_span or key.span, "a foreign key must point at a key"),
        Location(target.span, f"{target.name} is created here"),
        # SQLite takes the definition and minds only when rows are written with foreign keys switched on.
        severity=Severity.WARNING if family == "sqlite" else None,
        help=help,
        notes=tuple(
            note
            for note, holds in (
                (said, bool(said)),
                (_OTHERWISE.format(table=table.name), family == "sqlite"),
                (_SINCE, indexed),
            )
            if holds
        ),
        table=table.name,
        column=listed(key.columns),
        object=key.name,
        sources=(table.source,),
        path=path,
    )
