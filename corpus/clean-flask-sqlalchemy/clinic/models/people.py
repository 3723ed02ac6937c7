from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from clinic.extensions import db
from clinic.models.mixins import Timestamped

practitioner_speciality = db.Table(
    "practitioner_speciality",
    db.Column("practitioner_id", db.ForeignKey("practitioner.id", ondelete="CASCADE"), primary_key=True),
    db.Column("speciality_id", db.ForeignKey("speciality.id", ondelete="CASCADE"), primary_key=True),
)


class Speciality(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(db.String(80), unique=True)


class Practitioner(Timestamped, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    licence_number: Mapped[str] = mapped_column(db.String(20), unique=True)
    full_name: Mapped[str] = mapped_column(db.String(160), index=True)
    email: Mapped[str] = mapped_column(db.String(255), index=True, unique=True)
    active: Mapped[bool] = mapped_column(server_default=db.true())

    specialities = db.relationship("Speciality", secondary=practitioner_speciality)
    appointments = db.relationship("Appointment", back_populates="practitioner")


class Patient(Timestamped, db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    record_number: Mapped[str] = mapped_column(db.String(16))
    full_name: Mapped[str] = mapped_column(db.String(160))
    birth_date: Mapped[date]
    phone: Mapped[str | None] = mapped_column(db.String(24))
    notes: Mapped[str | None] = mapped_column(db.Text)

    appointments = db.relationship("Appointment", back_populates="patient")

    __table_args__ = (
        db.UniqueConstraint("record_number"),
        db.Index("ix_patient_full_name_birth_date", "full_name", "birth_date"),
    )
