import enum
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Mapped, mapped_column

from clinic.extensions import db
from clinic.models.mixins import Timestamped


class AppointmentStatus(enum.Enum):
    booked = "booked"
    arrived = "arrived"
    done = "done"
    cancelled = "cancelled"


class Room(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(db.String(40), unique=True)
    floor: Mapped[int] = mapped_column(db.SmallInteger, server_default="0")


class Appointment(Timestamped, db.Model):
    id: Mapped[int] = mapped_column(db.BigInteger, primary_key=True)
    patient_id: Mapped[int] = mapped_column(db.ForeignKey("patient.id", ondelete="CASCADE"), index=True)
    practitioner_id: Mapped[int] = mapped_column(db.ForeignKey("practitioner.id"))
    room_id: Mapped[int | None] = mapped_column(db.ForeignKey("room.id", ondelete="SET NULL"))
    starts_at: Mapped[datetime] = mapped_column(db.DateTime(timezone=True))
    ends_at: Mapped[datetime] = mapped_column(db.DateTime(timezone=True))
    status: Mapped[AppointmentStatus] = mapped_column(
        db.Enum(AppointmentStatus, name="appointment_status"), server_default="booked"
    )
    price: Mapped[Decimal | None] = mapped_column(db.Numeric(10, 2))
    details: Mapped[dict | None] = mapped_column(db.JSON)

    patient = db.relationship("Patient", back_populates="appointments")
    practitioner = db.relationship("Practitioner", back_populates="appointments")
    room = db.relationship("Room")

    __table_args__ = (
        db.CheckConstraint("ends_at > starts_at", name="period"),
        db.Index("ix_appointment_practitioner_id_starts_at", "practitioner_id", "starts_at"),
    )
