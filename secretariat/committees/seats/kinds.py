"""Seats and who holds them, as kinds of record that figures and pages lead to."""

from __future__ import annotations

from secretariat.committees.seats.models import Appointment, EmployerChange, Seat
from secretariat.core.kinds import register
from secretariat.register.kinds import not_named

register("seat", Seat, not_named)
register("appointment", Appointment, not_named)
register("change of employer", EmployerChange, not_named)
