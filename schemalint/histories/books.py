"""The tables in which migration tools keep their books: no migration creates them, no model maps them, every dump has them."""

from __future__ import annotations

from schemalint.model.names import TableName
from schemalint.model.source import Source

BOOKS = frozenset(
    [
        "schema_migrations",
        "schema_migration",
        "schema_version",
        "schema_info",
        "goose_db_version",
        "alembic_version",
        "flyway_schema_history",
        "sequelizemeta",
        "knex_migrations",
        "knex_migrations_lock",
        "_prisma_migrations",
        "__diesel_schema_migrations",
        "gorp_migrations",
        "_sqlx_migrations",
        "atlas_schema_revisions",
        "databasechangelog",
        "databasechangeloglock",
        "ar_internal_metadata",
        "migrations",
        "migration",
        "pgmigrations",
        "typeorm_metadata",
        "django_migrations",
        "mikro_orm_migrations",
        "phinxlog",
        "refinery_schema_history",
        "__drizzle_migrations",
        "__efmigrationshistory",
        "migration_version",
        "river_migration",
    ]
)
"""Their usual names, in lower case."""


def is_ledger(table: TableName, source: Source) -> bool:
    """Whether a table is one of these, or one that code gives the source's tool for it."""
    return table.name.key.lower() in BOOKS or table in source.ledgers
