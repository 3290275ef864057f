"""The check of devices for programs: the same answers as on the page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from ninja import NinjaAPI, Schema, Status
from ninja.throttling import AnonRateThrottle, AuthRateThrottle

from secretariat.core.api import Problem
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day
from secretariat.products.entries.known import Widths
from secretariat.products.lookup.views import HEADS, MOST_ROWS, answered, as_row
from secretariat.products.lookup.wanted import told


class Device(Schema):
    """One device: its CPL Entry ID, or what tells its model apart."""

    entry_id: str = ""
    device_type: str = ""
    manufacturer_identifier: str = ""
    model_identifier: str = ""
    hardware_version: str = ""
    firmware: str = ""


class Asked(Schema):
    """Devices, and the day asked about; without one, today."""

    devices: list[Device]
    day: date | None = None


class Answers(Schema):
    """The day, and an answer to each device in order."""

    day: date
    answers: list[dict[str, Any]]


def add_device_check(api: NinjaAPI) -> None:
    """Gives the check of devices its address in the API."""

    @api.post(
        "/device-check",
        response={200: Answers, 422: Problem},
        tags=["Device models"],
        throttle=[AnonRateThrottle(settings.API_RATES["devices"]), AuthRateThrottle(settings.API_RATES["signed in"])],
    )
    def check_devices(request: HttpRequest, asked: Asked) -> Any:
        """Tells which devices are on the Central Products List on a day."""
        today = local_day(request.at)  # type: ignore[attr-defined]
        most = RULEBOOK.number(MOST_ROWS, today)
        if len(asked.devices) > most:
            return Status(422, {"problems": [f"More than {most:,} devices are asked about. Ask in parts."]})
        wanted = told((one.dict() for one in asked.devices), Widths.on(today))
        day = asked.day or today
        rows = [dict(zip(HEADS, as_row(one), strict=True)) for one in answered(wanted, day)]
        return Status(200, {"day": day, "answers": rows})
