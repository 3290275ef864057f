"""A level of service: reckoned exactly, compared unrounded, and printed to two decimals."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from django.db import models

Level = Fraction | None
"""A percentage, exactly; none where there was no event, which is neither 0 % nor 100 %."""

PRINTED = Decimal("0.01")
KEPT = Decimal("0.000001")


class Status(models.TextChoices):
    """How a level stands to its target and minimum."""

    MET = "met", "Met"
    BELOW_TARGET = "below target", "Below target"
    BELOW_MINIMUM = "below minimum", "Below minimum"
    NOT_APPLICABLE = "not applicable", "Not applicable"


MISSED = (Status.BELOW_TARGET, Status.BELOW_MINIMUM)
"""What counts as not met."""


def level_of(numerator: int, denominator: int) -> Level:
    """The share in percent, exactly; none where there was no event. Raises ValueError for an impossible share."""
    if not 0 <= numerator <= denominator:
        raise ValueError(f"{numerator:,} of {denominator:,} is no share.")
    return Fraction(100 * numerator, denominator) if denominator else None


def status_of(level: Level, target: Decimal | None, minimum: Decimal | None) -> Status:
    """How an unrounded level stands; a measure without a target or a minimum cannot fall below it."""
    if level is None:
        return Status.NOT_APPLICABLE
    if minimum is not None and level < Fraction(minimum):
        return Status.BELOW_MINIMUM
    if target is not None and level < Fraction(target):
        return Status.BELOW_TARGET
    return Status.MET


def rounded(level: Level, places: Decimal = PRINTED) -> Decimal | None:
    """The level as a decimal, halves rounded up; two places unless told."""
    if level is None:
        return None
    steps = level / Fraction(places)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return (Decimal(whole) * places).quantize(places, ROUND_HALF_UP)


def printed(level: Level) -> str:
    """As a table has it: "95.10 %", or that there is none."""
    return "not applicable" if level is None else f"{rounded(level)} %"
