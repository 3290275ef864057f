"""The numbers that meetings get: the next regular one, and the place of an extraordinary one (rule REF-1)."""

from __future__ import annotations

from datetime import date

from django.db.models import Max

from secretariat.committees.models import Committee
from secretariat.core.procedure import Refused
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.plain.dates import long_date


def next_number(body: Committee) -> int:
    """The number after the highest that a meeting of the body has which was not cancelled; 1 for its first."""
    last = Meeting.objects.filter(committee=body).exclude(state=CANCELLED).aggregate(last=Max("number"))["last"]
    return (last or 0) + 1


def extraordinary_number(body: Committee, day: date) -> tuple[int, int]:
    """The number of the regular meeting before a day, and which extraordinary one after it this is: (29, 2) is 29xx.

    Raises Refused when no numbered meeting of the body is before the day.
    """
    numbered = Meeting.objects.filter(committee=body, number__isnull=False).exclude(state=CANCELLED)
    regular = numbered.filter(extraordinary=0, day__lte=day).order_by("-day").first()
    if regular is None or regular.number is None:
        raise Refused(f"{body.short_name} has no numbered meeting before {long_date(day)} after which this one is.")
    last = numbered.filter(number=regular.number).aggregate(last=Max("extraordinary"))["last"]
    return regular.number, last + 1
