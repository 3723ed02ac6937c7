# ruff: noqa
import sqlalchemy as sa
from alembic import context, op

revision = "a0f7"
down_revision = "f6"


def upgrade():
    if context.is_offline_mode():
        return
    with op.batch_alter_table("users") as batch_op:
        batch_op.alter_column("active", server_default=None, existing_type=sa.Boolean())
        batch_op.alter_column("email", type_=sa.String(200), existing_type=sa.String(120))
        batch_op.drop_constraint("age_positive", type_="check")
        batch_op.create_check_constraint("age_sane", sa.text("age < 200"))
    columns = [each["name"] for each in sa.inspect(op.get_bind()).get_columns("teams")]
    if "motto" in columns:
        op.drop_column("teams", "motto")


def downgrade():
    op.add_column("teams", sa.Column("motto", sa.Text()))
    with op.batch_alter_table("users") as batch_op:
        batch_op.drop_constraint("age_sane", type_="check")
        batch_op.create_check_constraint("age_positive", "age > 0")
        batch_op.alter_column("email", type_=sa.String(120), existing_type=sa.String(200))
        batch_op.alter_column("active", server_default=sa.false(), existing_type=sa.Boolean())
