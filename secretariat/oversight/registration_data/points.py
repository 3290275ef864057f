"""The numbers of metering points: an MPAN's check digit, and what an MPRN looks like."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError

PRIMES = (3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43)
"""What the first twelve digits of an MPAN are weighed with; the sum, modulo 11 and then 10, is the last digit."""


def check_digit(digits: str) -> int:
    """The last digit that belongs to the first twelve of an MPAN."""
    return sum(prime * int(digit) for prime, digit in zip(PRIMES, digits, strict=True)) % 11 % 10


def check(number: str) -> None:
    """Refuses what can be no metering point. Raises ValidationError saying what is wrong."""
    if re.fullmatch("[0-9]{13}", number):
        if int(number[-1]) != check_digit(number[:-1]):
            raise ValidationError(f"{number} is no MPAN: its last digit does not belong to the others.")
    elif not re.fullmatch("[0-9]{6,10}", number):
        raise ValidationError(f"“{number}” is neither an MPAN of 13 digits nor an MPRN of 6 to 10.")
