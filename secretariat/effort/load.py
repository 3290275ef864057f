"""Loading timesheets: one row for what one worker spent on one driver on one day."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from secretariat.core.columns import INVENTED, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.people import Person
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.schemes import Heading, Scheme
from secretariat.effort.models import DRIVERS, DayEntry, closed_week, too_much
from secretariat.effort.weeks.grid import monday_of
from secretariat.effort.weeks.models import CLOSED, WeekSheet
from secretariat.plain.dates import local_day, long_date

_DAYS = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,2})?")
Worker = str
Key = tuple[Worker, date, int]


def hundredths(text: str) -> int:
    """Days with at most two decimals as hundredths. Raises ValueError for another text, or when not above nought."""
    if not _DAYS.fullmatch(text):
        raise ValueError(f"“{text}” is not a number of days with at most two decimals, such as 0.25.")
    found = int(Decimal(text).scaleb(2))
    if found <= 0:
        raise ValueError(f"{text} days is not above nought.")
    return found


class Record:
    """What is known before the file: workers who are people, drivers by day, and what is booked already."""

    def __init__(self, first: date, last: date) -> None:
        self.people = {person.email.lower(): person for person in Person.objects.only("id", "email", "name")}
        schemes = Scheme.objects.filter(subject=DRIVERS).prefetch_related("headings").order_by("from_day")
        self.schemes: list[Scheme] = list(schemes)
        rows = DayEntry.objects.filter(day__range=(first, last)).values_list(
            "worker__email", "worker_code", "day", "driver_id", "hundredths"
        )
        closed = WeekSheet.objects.filter(state=CLOSED, monday__range=(monday_of(first), last))
        self.closed = set(closed.values_list("worker__email", "monday"))
        self.booked: dict[Key, int] = {}
        self.by_day: dict[tuple[Worker, date], int] = {}
        for email, code, when, driver, amount in rows:
            self.add((email or code, when, driver), amount)

    def add(self, key: Key, amount: int) -> None:
        """Notes an entry, kept or to be written."""
        self.booked[key] = amount
        self.by_day[key[:2]] = self.by_day.get(key[:2], 0) + amount

    def drivers(self, when: date) -> dict[str, Heading]:
        """The drivers in force on a day, by name and by group and name."""
        found: dict[str, Heading] = {}
        for scheme in self.schemes:
            if scheme.from_day <= when and (scheme.to_day is None or when <= scheme.to_day):
                for heading in scheme.headings.all():
                    found[heading.name.lower()] = found[f"{heading.group} {heading.name}".lower()] = heading
        return found

    def worker(self, text: str) -> tuple[Worker, Person | None]:
        """The worker as keys name one, and the person when the text is a person's address."""
        person = self.people.get(text.lower())
        return (person.email, person) if person else (text, None)


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """The entries that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    if not lines:
        return prepared
    days = [line["day"] for line in lines]
    record = Record(min(days), max(days))
    drivers = {when: record.drivers(when) for when in set(days)}
    in_file: dict[Key, int] = {}
    for line in lines:
        driver = drivers[line["day"]].get(line["driver"].lower())
        if driver is None or line["day"] > local_day(loading.at):
            prepared.refused += _unfit(line, driver, drivers[line["day"]], local_day(loading.at))
            continue
        worker, person = record.worker(line["worker"])
        key = (worker, line["day"], driver.pk)
        if key in in_file:
            prepared.refused.append(line.refuse("driver", f"is booked for this worker and day in row {in_file[key]}."))
        elif key in record.booked:
            _compare(line, record.booked[key], prepared)
        elif (worker, monday_of(line["day"])) in record.closed:
            prepared.refused.append(line.refuse("day", closed_week(line["day"])))
        else:
            record.add(key, line["days"])
            prepared.refused += _over_limit(line, record.by_day[key[:2]])
            prepared.accepted.append(_entry(line, worker, person, driver))
        in_file.setdefault(key, line.row)
    return prepared


def _unfit(line: Line, driver: Heading | None, known: dict[str, Heading], today: date) -> Iterator[Refusal]:
    if line["day"] > today:
        yield line.refuse("day", f"{long_date(line['day'])} is still to come.")
    if driver is None:
        names = ", ".join(heading.name for heading in dict.fromkeys(known.values()))
        told = f"In force are {names}." if names else "No drivers are in force then."
        yield line.refuse("driver", f"“{line['driver']}” is not a driver on {long_date(line['day'])}. {told}")


def _compare(line: Line, there: int, prepared: Prepared) -> None:
    if there == line["days"]:
        prepared.repeated.append(line.row)
    else:
        booked = f"{Decimal(there).scaleb(-2)} days are booked already for this worker, day and driver."
        prepared.refused.append(line.refuse("days", f"{booked} Amend that entry instead."))


def _over_limit(line: Line, total: int) -> Iterator[Refusal]:
    limit = RULEBOOK.number("effort.day_limit", line["day"])
    if total > limit:
        yield line.refuse("days", too_much(total, limit))


def _entry(line: Line, worker: Worker, person: Person | None, driver: Heading) -> DayEntry:
    return DayEntry(
        worker=person,
        worker_code="" if person else worker,
        driver=driver,
        day=line["day"],
        hundredths=line["days"],
        invented=line["invented"],
    )


TIMESHEETS = takes(
    LoadKind(
        "timesheets",
        "Timesheets",
        (
            Column("worker", words, "the worker's e-mail address, or the code on the timesheet"),
            Column("day", day, "the day worked"),
            Column("driver", words, "the driver, as the scheme in force on the day names it"),
            Column("days", hundredths, "days worked, such as 0.25"),
            INVENTED,
        ),
        prepare,
    )
)
