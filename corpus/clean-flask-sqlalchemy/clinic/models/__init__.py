from clinic.models.appointment import Appointment, AppointmentStatus, Room
from clinic.models.people import Patient, Practitioner, Speciality, practitioner_speciality

__all__ = [
    "Appointment",
    "AppointmentStatus",
    "Patient",
    "Practitioner",
    "Room",
    "Speciality",
    "practitioner_speciality",
]
