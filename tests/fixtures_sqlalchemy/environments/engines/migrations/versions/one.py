# ruff: noqa
import sqlalchemy as sa
from alembic import op

revision = "a1"
down_revision = None


def upgrade(engine_name: str) -> None:
    globals()["upgrade_%s" % engine_name]()


def downgrade(engine_name: str) -> None:
    globals()["downgrade_%s" % engine_name]()


def upgrade_users() -> None:
    op.create_table("people", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("name", sa.String(20)))


def downgrade_users() -> None:
    op.drop_table("people")


def upgrade_logs() -> None:
    op.create_table("events", sa.Column("id", sa.Integer(), primary_key=True), sa.Column("at", sa.DateTime()))
    op.create_index("ix_events_at", "events", ["at"])


def downgrade_logs() -> None:
    op.drop_index("ix_events_at", table_name="events")
    op.drop_table("events")
