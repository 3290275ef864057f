"""The numbers of the whole code, in both historic schemes (DOC-1, DOC-2)."""

from __future__ import annotations

from datetime import date

from secretariat.core.rulebook import RULEBOOK
from secretariat.legaltext.models import PUBLICATION, CodeVersion


def scheme_on(day: date) -> str:
    """In which scheme a version that takes effect on a day is numbered: one step for each change, or publication."""
    return RULEBOOK.text("code_version.scheme", day)


def fits(number: str, day: date) -> bool:
    """Whether a number is of the scheme of its day: 5.14, and from 2020 whole numbers as 61.0 (DOC-1, DOC-2)."""
    parts = number.split(".")
    return len(parts) == 2 and (scheme_on(day) != PUBLICATION or parts[1] == "0")


def following(number: str, day: date) -> str:
    """The number after one, for a version that takes effect on a day: 5.15 after 5.14; 62.0 after 61.0."""
    major, minor = (int(part) for part in [*number.split("."), "0"][:2])
    return f"{major + 1}.0" if scheme_on(day) == PUBLICATION else f"{major}.{minor + 1}"


def next_number(day: date) -> str:
    """The number after the latest version in effect by a day, for one that takes effect on that day."""
    known = CodeVersion.objects.filter(effective_from__lte=day)
    latest = known.order_by("-order").values_list("number", flat=True).first()
    return following(latest, day) if latest else "1.0"


def is_in_order(order: int, day: date) -> bool:
    """Whether a rank is higher than that of all versions in effect by a day, and lower than that of all later ones."""
    wrong_before = CodeVersion.objects.filter(effective_from__lte=day, order__gte=order)
    wrong_after = CodeVersion.objects.filter(effective_from__gt=day, order__lte=order)
    return not (wrong_before.exists() or wrong_after.exists())
