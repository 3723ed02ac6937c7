"""A real database and a catalog of ours in the same words, so that they can be held against each other."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, inspect

from schemalint.dialects import dialect as dialect_named
from schemalint.model.catalog import Catalog

BOOKS = {"SequelizeMeta", "knex_migrations", "knex_migrations_lock", "migrations"}
"""What the tools keep for themselves."""


def real(connection: Connection, dialect: str) -> dict[str, Any]:
    """The database, reflected."""
    spoken = dialect_named(dialect)
    inspector = inspect(connection)
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


def _written(type: Any, connection: Connection) -> str:
    return str(type.compile(connection.dialect)) if getattr(type, "name", None) is None else str(type.name)


def ours(catalog: Catalog) -> dict[str, Any]:
    """The catalog in the same words."""
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
