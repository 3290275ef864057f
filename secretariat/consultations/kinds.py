"""Consultations are found by their reference, responses by the number of their receipt."""

from __future__ import annotations

import re

from secretariat.consultations.models import Clarification, Consultation, Point, Response
from secretariat.core import kinds

REFERENCE = re.compile(r"\ACON-[0-9]{1,9}\Z")
RECEIPT = re.compile(r"\ARSP-([0-9]{1,9})\Z")


def find_consultation(text: str) -> Consultation | None:
    """The consultation with this reference, such as CON-000012."""
    asked = text.strip().upper()
    if not REFERENCE.match(asked):
        return None
    return Consultation.objects.filter(reference=asked).first()


def find_response(text: str) -> Response | None:
    """The response with this receipt, such as RSP-000345."""
    found = RECEIPT.match(text.strip().upper())
    return Response.objects.filter(pk=int(found.group(1))).first() if found else None


def not_named(text: str) -> None:
    """Nothing: points and clarifications have no reference; pages lead to them."""


kinds.register("consultation", Consultation, find_consultation, lambda consultation: consultation.title)
kinds.register("consultation response", Response, find_response)
kinds.register("consultation point", Point, not_named)
kinds.register("clarification", Clarification, not_named)
