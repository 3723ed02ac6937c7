"""people

Revision ID: 5b1f0c7a9d21
Revises:
"""

import sqlalchemy as sa
from alembic import op

revision = "5b1f0c7a9d21"
down_revision = None
branch_labels = None
depends_on = None


def upgrade():
    op.create_table(
        "speciality",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_speciality")),
        sa.UniqueConstraint("name", name=op.f("uq_speciality_name")),
    )
    op.create_table(
        "practitioner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("licence_number", sa.String(length=20), nullable=False),
        sa.Column("full_name", sa.String(length=160), nullable=False),
        sa.Column("email", sa.String(length=255), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_practitioner")),
        sa.UniqueConstraint("licence_number", name=op.f("uq_practitioner_licence_number")),
    )
    op.create_index(op.f("ix_practitioner_email"), "practitioner", ["email"], unique=True)
    op.create_index(op.f("ix_practitioner_full_name"), "practitioner", ["full_name"], unique=False)

    op.create_table(
        "practitioner_speciality",
        sa.Column("practitioner_id", sa.Integer(), nullable=False),
        sa.Column("speciality_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["practitioner_id"],
            ["practitioner.id"],
            name=op.f("fk_practitioner_speciality_practitioner_id_practitioner"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["speciality_id"],
            ["speciality.id"],
            name=op.f("fk_practitioner_speciality_speciality_id_speciality"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("practitioner_id", "speciality_id", name=op.f("pk_practitioner_speciality")),
    )
    op.create_table(
        "patient",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_number", sa.String(length=16), nullable=False),
        sa.Column("full_name", sa.String(length=120), nullable=False),
        sa.Column("birth_date", sa.Date(), nullable=False),
        sa.Column("phone", sa.String(length=24), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_patient")),
        sa.UniqueConstraint("record_number", name=op.f("uq_patient_record_number")),
    )
    op.create_index("ix_patient_full_name_birth_date", "patient", ["full_name", "birth_date"])


def downgrade():
    op.drop_table("patient")
    op.drop_table("practitioner_speciality")
    op.drop_table("practitioner")
    op.drop_table("speciality")
