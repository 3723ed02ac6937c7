"""A real database and a catalog of ours in the same words, so that they can be held against each other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect, text

from schemalint.dialects import dialect as dialect_named
from schemalint.model.catalog import Catalog
from schemalint.model.schema import Column, Table

BOOKS = {"SequelizeMeta", "knex_migrations", "knex_migrations_lock", "migrations"}
"""What the tools keep for themselves."""


def real(connection: Connection, dialect: str) -> dict[str, Any]:
    """The database, reflected."""
    spoken = dialect_named(dialect)
    inspector = inspect(connection)
    if dialect == "sqlite":
        return {name: _of_sqlite(connection, name) for name in sorted(set(inspector.get_table_names()) - BOOKS)}
    found: dict[str, Any] = {}
    for table in sorted(set(inspector.get_table_names()) - BOOKS):
        key = inspector.get_pk_constraint(table)
        found[table] = {
            "columns": [
                [
                    each["name"],
                    str(getattr(spoken.column_type(_written(each["type"], connection)), "name", None)),
                    each["nullable"],
                    each["default"] is not None and "nextval" not in each["default"],
                ]
                for each in inspector.get_columns(table)
            ],
            "key": [key["name"], *key["constrained_columns"]],
            "uniques": sorted(
                [each["name"], *each["column_names"]] for each in inspector.get_unique_constraints(table)
            ),
            "indexes": sorted(
                [each["name"], bool(each["unique"]), *each["column_names"]]
                for each in inspector.get_indexes(table)
                if "duplicates_constraint" not in each
            ),
            "foreign": sorted(
                [
                    each["name"],
                    each["referred_table"],
                    each["options"].get("ondelete") or "",
                    *each["constrained_columns"],
                    *each["referred_columns"],
                ]
                for each in inspector.get_foreign_keys(table)
            ),
        }
    return found


def _of_sqlite(connection: Connection, table: str) -> dict[str, Any]:
    """SQLAlchemy finds SQLite's keys in the text of the table, and not all of them; the server tells of all, without names."""

    def told(pragma: str, of: str) -> list[Any]:
        return list(connection.execute(text(f"SELECT * FROM pragma_{pragma}(:name)"), {"name": of}).mappings())

    columns = told("table_xinfo", table)
    key = [one["name"] for one in sorted(columns, key=lambda one: one["pk"]) if one["pk"]]
    rowid = columns[[one["name"] for one in columns].index(key[0])] if len(key) == 1 else None
    uniques, indexes = [], []
    for index in told("index_list", table):
        parts = [one["name"] for one in told("index_info", index["name"])]
        if index["origin"] == "u":
            uniques.append([None, *parts])
        elif index["origin"] == "c":
            indexes.append([index["name"], bool(index["unique"]), *parts])
    foreign: dict[int, list[Any]] = {}
    for row in sorted(told("foreign_key_list", table), key=lambda one: (one["id"], one["seq"])):
        action = "" if row["on_delete"] == "NO ACTION" else row["on_delete"]
        foreign.setdefault(row["id"], [row["table"], action, [], []])
        foreign[row["id"]][2].append(row["from"])
        foreign[row["id"]][3].append(row["to"])
    return {
        "columns": [
            [
                one["name"],
                one["type"],
                not one["notnull"] and not (one is rowid and one["type"].upper() == "INTEGER"),
                one["dflt_value"],
            ]
            for one in columns
        ],
        "key": [None, *key],
        "uniques": sorted(uniques, key=str),
        "indexes": sorted(indexes, key=str),
        "foreign": sorted(([None, *one[:2], *one[2], *one[3]] for one in foreign.values()), key=str),
    }


def _written(type: Any, connection: Connection) -> str:
    return str(type.compile(connection.dialect)) if getattr(type, "name", None) is None else str(type.name)


def ours(catalog: Catalog, dialect: str) -> dict[str, Any]:
    """The catalog in the same words."""
    if dialect == "sqlite":
        return {str(name): _ours_of_sqlite(table) for name, table in sorted(catalog.tables.items(), key=str)}
    found: dict[str, Any] = {}
    for name, table in sorted(catalog.tables.items(), key=lambda item: str(item[0])):
        key = table.primary_key
        found[str(name)] = {
            "columns": [
                [str(one.name), one.type and one.type.name, one.nullable, bool(one.has_default)]
                for one in table.columns.values()
            ],
            "key": [key and key.name and str(key.name), *(map(str, key.columns) if key else ())],
            "uniques": sorted([one.name and str(one.name), *map(str, one.columns)] for one in table.uniques),
            "indexes": sorted(
                [one.name and str(one.name), one.unique, *(str(part.column) for part in one.parts)]
                for one in table.indexes
            ),
            "foreign": sorted(
                [
                    one.name and str(one.name),
                    str(one.ref_table),
                    one.on_delete or "",
                    *map(str, one.columns),
                    *map(str, one.ref_columns),
                ]
                for one in table.foreign_keys
            ),
        }
    return found


def _ours_of_sqlite(table: Table) -> dict[str, Any]:
    key = table.primary_key
    return {
        "columns": [
            [str(one.name), one.type.name if one.type else "", one.nullable, _default(one)]
            for one in table.columns.values()
        ],
        "key": [None, *(map(str, key.columns) if key else ())],
        "uniques": sorted(([None, *map(str, one.columns)] for one in table.uniques), key=str),
        "indexes": sorted(
            (
                [one.name and str(one.name), one.unique, *(part.column and str(part.column) for part in one.parts)]
                for one in table.indexes
            ),
            key=str,
        ),
        "foreign": sorted(
            (
                [
                    None,
                    str(one.ref_table),
                    "" if one.on_delete in (None, "NO ACTION") else one.on_delete,
                    *map(str, one.columns),
                    *(map(str, one.ref_columns) if one.ref_columns else [None] * len(one.columns)),
                ]
                for one in table.foreign_keys
            ),
            key=str,
        ),
    }


def _default(column: Column) -> str | None:
    """As SQLite keeps it: without the parentheses around it."""
    raw = column.default.raw if column.default is not None else None
    if raw is None:
        return None
    return raw[1:-1] if raw.startswith("(") and raw.endswith(")") else raw
