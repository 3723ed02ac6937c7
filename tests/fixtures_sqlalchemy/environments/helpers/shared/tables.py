# ruff: noqa
import sqlalchemy as db
from alembic import op

from shared import indexes


def key(kind=db.Integer):
    return db.Column("id", kind, primary_key=True)


def stamps(*, nullable=True):
    return [db.Column("made", db.DateTime(), nullable=nullable), db.Column("changed", db.DateTime())]


def create(name, *columns, size=20):
    op.create_table(name, key(), db.Column("label", db.String(size), nullable=False), *stamps(nullable=False))
    indexes.on(name, "label", unique=True)


def add_all(table, columns):
    for column in columns:
        op.add_column(table, column)


def in_batch(batch_op, name):
    batch_op.add_column(db.Column(name, db.Integer()))


def drop(*tables):
    for table in reversed(tables):
        op.drop_table(table)


def drop_one(table, index):
    op.drop_index(index, table_name=table)
    op.drop_table(table)


def has_column(table, column):
    return column in [each["name"] for each in db.inspect(op.get_bind()).get_columns(table)]
