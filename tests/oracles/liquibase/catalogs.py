"""What real servers say is there, and what we read, in one shape: table → its columns, keys and indexes."""

from __future__ import annotations

from typing import Any

from schemalint.model.catalog import Catalog
from schemalint.model.names import Name

Tables = dict[str, dict[str, Any]]


def _new() -> dict[str, Any]:
    return {"columns": {}, "primary key": [], "unique": [], "foreign keys": [], "indexes": {}}


def postgres(connection: Any) -> Tables:
    """The tables of the schema public, without Liquibase's own."""
    found: Tables = {}
    rows = connection.execute(
        "SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), NOT a.attnotnull, c.oid, a.attnum FROM pg_class c"
        " JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname NOT LIKE 'databasechangelog%'"
        " ORDER BY c.relname, a.attnum"
    ).fetchall()
    names = {(oid, number): column for _, column, _, _, oid, number in rows}
    tables = {oid: table for table, _, _, _, oid, _ in rows}
    for table, column, type_, nullable, _, _ in rows:
        found.setdefault(table, _new())["columns"][column] = [type_, nullable]
    for oid, kind, keys, other, others, action in connection.execute(
        "SELECT conrelid, contype, conkey, confrelid, confkey, confdeltype FROM pg_constraint"
        " WHERE conrelid <> 0 AND contype IN ('p', 'u', 'f')"
    ):
        if oid not in tables:
            continue
        columns = [names[oid, key] for key in keys]
        if kind == "p":
            found[tables[oid]]["primary key"] = columns
        elif kind == "u":
            found[tables[oid]]["unique"].append(columns)
        else:
            target = [tables[other], [names[other, key] for key in others], _ACTIONS.get(action)]
            found[tables[oid]]["foreign keys"].append([columns, *target])
    for oid, name, unique, keys in connection.execute(
        "SELECT i.indrelid, c.relname, i.indisunique, i.indkey::int2[] FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid"
        " WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype IN ('p', 'u'))"
    ):
        if oid in tables:
            found[tables[oid]]["indexes"][name] = [unique, [names.get((oid, key), "()") for key in keys]]
    return _sorted(found)


_ACTIONS = {"c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT", "r": "RESTRICT"}


def mariadb(connection: Any) -> Tables:
    """The tables of the database in use, without Liquibase's own."""
    found: Tables = {}

    def rows(query: str) -> list[Any]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return [row for row in cursor.fetchall() if not str(row[0]).upper().startswith("DATABASECHANGELOG")]

    where = "TABLE_SCHEMA = DATABASE()"
    for table, column, type_, nullable in rows(
        f"SELECT c.TABLE_NAME, COLUMN_NAME, COLUMN_TYPE, IS_NULLABLE = 'YES' FROM information_schema.COLUMNS c"
        f" JOIN information_schema.TABLES t USING (TABLE_SCHEMA, TABLE_NAME) WHERE {where} AND TABLE_TYPE = 'BASE TABLE'"
        " ORDER BY c.TABLE_NAME, ORDINAL_POSITION"
    ):
        found.setdefault(table, _new())["columns"][column] = [_plain(type_), bool(nullable)]
    keys: dict[tuple[str, str], list[str]] = {}
    loose: dict[tuple[str, str], bool] = {}
    for table, name, column, many in rows(
        f"SELECT TABLE_NAME, INDEX_NAME, COLUMN_NAME, NON_UNIQUE FROM information_schema.STATISTICS WHERE {where}"
        " ORDER BY TABLE_NAME, INDEX_NAME, SEQ_IN_INDEX"
    ):
        keys.setdefault((table, name), []).append(column)
        loose[table, name] = bool(many)
    for (table, name), columns in keys.items():
        if table not in found:
            continue
        if name == "PRIMARY":
            found[table]["primary key"] = columns
        elif loose[table, name]:
            found[table]["indexes"][name] = [False, columns]
        else:
            found[table]["unique"].append(columns)
    for table, columns, other, others, action in rows(
        "SELECT k.TABLE_NAME, GROUP_CONCAT(COLUMN_NAME ORDER BY ORDINAL_POSITION), k.REFERENCED_TABLE_NAME,"
        " GROUP_CONCAT(REFERENCED_COLUMN_NAME ORDER BY ORDINAL_POSITION), DELETE_RULE"
        " FROM information_schema.KEY_COLUMN_USAGE k JOIN information_schema.REFERENTIAL_CONSTRAINTS r"
        " ON r.CONSTRAINT_SCHEMA = k.TABLE_SCHEMA AND r.CONSTRAINT_NAME = k.CONSTRAINT_NAME AND r.TABLE_NAME = k.TABLE_NAME"
        " WHERE k.TABLE_SCHEMA = DATABASE() GROUP BY k.TABLE_NAME, k.CONSTRAINT_NAME"
    ):
        kept = action if action in _ACTIONS.values() and action != "RESTRICT" else None
        found[table]["foreign keys"].append([columns.split(","), other, others.split(","), kept])
    return _sorted(found)


def _plain(type_: str) -> str:
    """A type without the display width of integers, as MySQL 8 says it."""
    head, bracket, rest = type_.partition("(")
    if bracket and head in ("int", "bigint", "smallint", "mediumint", "tinyint") and type_ != "tinyint(1)":
        return head + rest.partition(")")[2]
    return type_


def ours(catalog: Catalog, family: str) -> Tables:
    """A catalog that was read, in the same shape."""
    found: Tables = {}

    def said(name: Name) -> str:
        return name.text if family == "mysql" else name.key

    for table in catalog.tables.values():
        here = found[said(table.name.name)] = _new()
        for column in table.columns.values():
            here["columns"][said(column.name)] = [None if column.type is None else column.type.name, column.nullable]
        here["primary key"] = [] if table.primary_key is None else [said(name) for name in table.primary_key.columns]
        here["unique"] = [[said(name) for name in unique.columns] for unique in table.uniques]
        here["foreign keys"] = [
            [
                [said(name) for name in key.columns],
                said(key.ref_table.name),
                [said(name) for name in key.ref_columns],
                _action(key),
            ]
            for key in table.foreign_keys
        ]
        for index in table.indexes:
            parts = ["()" if part.column is None else said(part.column) for part in index.parts]
            if index.unique and family == "mysql":
                here["unique"].append(parts)
            else:
                here["indexes"]["" if index.name is None else said(index.name)] = [index.unique, parts]
    return _sorted(found)


def _action(key: Any) -> str | None:
    return key.on_delete if key.on_delete not in ("NO ACTION", "RESTRICT") else None


def _sorted(found: Tables) -> Tables:
    for table in found.values():
        table["unique"].sort()
        table["foreign keys"].sort(key=str)
    return dict(sorted(found.items()))
