"""The grid of a week: a field for every driver and day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from secretariat.core.schemes import Heading
from secretariat.effort.forms import DaysField
from secretariat.effort.weeks.grid import WEEKDAYS, Cell, days_of
from secretariat.plain.dates import long_date


@dataclass(frozen=True)
class Line:
    """One driver's row of the grid."""

    driver: Heading
    fields: list[forms.BoundField]

    @property
    def weekdays(self) -> list[forms.BoundField]:
        """Monday to Friday."""
        return self.fields[:WEEKDAYS]

    @property
    def weekend(self) -> list[forms.BoundField]:
        """Saturday and Sunday."""
        return self.fields[WEEKDAYS:]


class WeekForm(forms.Form):
    """What was done in a week: days by driver and weekday. An empty cell is nothing booked."""

    def __init__(self, monday: date, drivers: list[Heading], begun: Mapping[Cell, int], data: Any = None) -> None:
        super().__init__(data, initial={_name(cell): amount for cell, amount in begun.items()})
        self.monday, self.drivers = monday, drivers
        for driver in drivers:
            for day in days_of(monday):
                label = f"{driver.name}, {long_date(day)}"
                entry = forms.TextInput(attrs={"size": 3, "inputmode": "decimal", "aria-label": label})
                self.fields[_name((driver.pk, day))] = DaysField(label=label, required=False, widget=entry)

    def lines(self) -> Iterator[Line]:
        """The rows, in the order of the scheme."""
        for driver in self.drivers:
            yield Line(driver, [self[_name((driver.pk, day))] for day in days_of(self.monday)])

    def used(self) -> list[Line]:
        """The rows that hold something: all of them where none does."""
        found = [line for line in self.lines() if any(field.value() for field in line.fields)]
        return found or list(self.lines())

    def unused(self) -> list[Line]:
        """The other rows."""
        used = {line.driver.pk for line in self.used()}
        return [line for line in self.lines() if line.driver.pk not in used]

    def has_weekend(self) -> bool:
        """Whether a Saturday or a Sunday holds something."""
        return any(field.value() for line in self.lines() for field in line.weekend)

    def grid(self) -> dict[Cell, int]:
        """What was typed, in hundredths; nothing for an empty cell."""
        cells = ((driver.pk, day) for driver in self.drivers for day in days_of(self.monday))
        return {cell: self.cleaned_data[_name(cell)] for cell in cells if self.cleaned_data.get(_name(cell))}


def _name(cell: Cell) -> str:
    return f"d{cell[0]}_{cell[1].isoformat()}"
