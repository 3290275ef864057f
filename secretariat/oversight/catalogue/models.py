"""The services of the central service: each variant of a request, who may send it, and whether it can be scheduled."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse

from secretariat.committees.bodies.models import DatedDoorQuerySet
from secretariat.core.classification import Class, Classified
from secretariat.core.dated import Dated
from secretariat.core.rulebook import MARKS
from secretariat.plain.dates import long_date

ROLES = {
    "IS": "Import Supplier", "ES": "Export Supplier", "GS": "Gas Supplier", "ED": "Electricity Distributor",
    "GT": "Gas Transporter", "RSA": "Registered Supplier Agent", "OU": "Other User",
}  # fmt: skip
"""The User Roles, as the tables of services shorten them."""
NUMBER = RegexValidator(r"\A[0-9]{1,2}(\.[0-9]{1,2}){1,3}\Z", "Write it as 4.3 or 4.12.1.")


def parts(reference: str) -> tuple[int, ...]:
    """The numbers of a reference, so that 4.10 comes after 4.9."""
    return tuple(int(part) for part in reference.split("."))


class ServiceRequest(Dated, Classified):
    """What one Service Request Variant is from a day on: roles, modes and devices. A change is a new row."""

    classification = models.PositiveSmallIntegerField("class", choices=Class.choices, default=Class.WHITE)
    reference = models.CharField("variant", max_length=11, validators=[NUMBER], help_text="Such as 4.3 or 4.12.1.")
    place = models.CharField(max_length=20, editable=False, help_text="The reference so written that it sorts.")
    name = models.CharField(max_length=160)
    roles = models.CharField(
        "User Roles", max_length=60, blank=True, help_text="Such as IS, GS; empty where they are not known."
    )
    critical = models.BooleanField(null=True, blank=True, help_text="Empty where it is not known.")
    on_demand = models.BooleanField("on demand", null=True, blank=True)
    future_dated = models.BooleanField("future dated", null=True, blank=True)
    scheduled = models.BooleanField("can be scheduled with the DCC", default=False)
    source = models.CharField(max_length=300, help_text="Where it is taken from.")
    mark = models.CharField("how sure", max_length=30, choices=[(mark, mark) for mark in MARKS])
    recorded = models.DateTimeField(editable=False)
    invented = models.BooleanField(default=False, help_text="Made up for the sample administration.")

    objects: ClassVar[Any] = DatedDoorQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        verbose_name = "service request"
        ordering = ("place", "from_day")
        constraints = (
            models.UniqueConstraint(
                fields=["reference", "from_day"], name="one_row_of_a_service_request_from_a_day",
                violation_error_message="This variant has a row from this day already.",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"SRV {self.reference} {self.name}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("service request", args=[self.pk])

    @property
    def doubt(self) -> str:
        """How sure we are of it, as a sentence."""
        return MARKS[self.mark]

    @property
    def role_codes(self) -> tuple[str, ...]:
        """The User Roles, shortened; none where they are not known."""
        return tuple(code.strip() for code in self.roles.split(",") if code.strip())

    def clean(self) -> None:
        """Its roles are known, and two rows of a variant never hold on one day."""
        super().clean()
        if not re.fullmatch(r"[0-9]+(\.[0-9]+)*", self.reference) or self.from_day is None:
            return
        self.place = ".".join(f"{part:02}" for part in parts(self.reference))
        if unknown := [code for code in self.role_codes if code not in ROLES]:
            raise ValidationError({"roles": f"{', '.join(unknown)} is no User Role; known are {', '.join(ROLES)}."})
        others = ServiceRequest.objects.filter(reference=self.reference).exclude(pk=self.pk)
        if (other := others.overlapping(self.from_day, self.to_day).first()) is not None:
            raise ValidationError(f"{other} holds from {long_date(other.from_day)}. End it the day before.")
