"""The forms of an alert code, and a rate before and after with its ratio: plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass

DEVICE_ALERT = re.compile(r"8[0-9A-F]{3}")
DCC_ALERT = re.compile(r"AD1|N[1-9][0-9]{0,2}")


def normal(text: str) -> str:
    """An alert code as it is kept: capitals, without the leading 0x.

    Raises ValueError unless it is a device alert (four hexadecimal digits from 8000) or a DCC alert (AD1, N and a
    number).
    """
    code = text.strip().upper().removeprefix("0X")
    if DEVICE_ALERT.fullmatch(code) or DCC_ALERT.fullmatch(code):
        return code
    raise ValueError(f"“{text}” is no alert code. Write a device alert as 8F3E, a DCC alert as AD1 or N53.")


@dataclass(frozen=True)
class Rate:
    """Alerts of some devices over some days."""

    alerts: int
    devices: int
    days: int

    @property
    def value(self) -> float | None:
        """Alerts per 1,000 devices and day; None where no device was watched."""
        watched = self.devices * self.days
        return 1000 * self.alerts / watched if watched else None


def ratio(before: Rate, after: Rate) -> float | None:
    """The rate after over the rate before: below one is a fall. None where there was nothing before."""
    if not before.value or after.value is None:
        return None
    return after.value / before.value


def against(own: float | None, control: float | None) -> float | None:
    """The ratio of the devices that were changed over that of those that were not: what the change itself did."""
    return own / control if own is not None and control else own
