# ruff: noqa
from alembic import op


def on(table, column, **more):
    op.create_index(f"ix_{table}_{column}", table, [column])


def raw(table, *, column="made"):
    op.execute(f"CREATE INDEX {table}_{column} ON {table} ({column})")
    op.execute("CREATE UNIQUE INDEX raw_%s ON %s (id)" % (table, table))
