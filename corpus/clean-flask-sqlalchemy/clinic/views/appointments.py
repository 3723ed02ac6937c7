from datetime import datetime

from flask import Blueprint, abort, jsonify, request

from clinic.extensions import db
from clinic.models import Appointment, AppointmentStatus

blueprint = Blueprint("appointments", __name__, url_prefix="/appointments")


def as_json(appointment: Appointment) -> dict:
    return {
        "id": appointment.id,
        "patient": appointment.patient.full_name,
        "practitioner": appointment.practitioner.full_name,
        "starts_at": appointment.starts_at.isoformat(),
        "status": appointment.status.value,
    }


@blueprint.get("/")
def day():
    start = datetime.fromisoformat(request.args["from"])
    end = datetime.fromisoformat(request.args["to"])
    query = (
        db.select(Appointment)
        .where(Appointment.starts_at >= start, Appointment.starts_at < end)
        .order_by(Appointment.starts_at)
    )
    return jsonify([as_json(appointment) for appointment in db.session.scalars(query)])


@blueprint.post("/<int:appointment_id>/cancel")
def cancel(appointment_id: int):
    appointment = db.session.get(Appointment, appointment_id) or abort(404)
    appointment.status = AppointmentStatus.cancelled
    db.session.commit()
    return as_json(appointment)
