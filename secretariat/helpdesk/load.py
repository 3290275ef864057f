"""Loading enquiries: one row an enquiry, known by its number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, moment, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.schemes import Heading, Scheme
from secretariat.helpdesk.clock import WorkingHours, target_minutes, working_hours
from secretariat.helpdesk.models import ANSWERED, CATEGORIES, NUMBER, OPEN, Channel, Enquiry
from secretariat.plain.dates import instant, local_day, long_date
from secretariat.register.models import Party

COMPARED = (
    "channel", "category_id", "received", "answered", "mailbox", "subject", "organisation", "party_id", "follows_id",
    "invented",
)  # fmt: skip


def number(text: str) -> str:
    """Parser of an enquiry's number. Raises ValueError that says what to type."""
    if not re.fullmatch(NUMBER, text.upper()):
        raise ValueError(f"“{text}” is not an enquiry's number. Type it as ENQ-000123.")
    return text.upper()


class Record:
    """What is known before the file: enquiries by number, categories by day, parties by key."""

    def __init__(self, lines: list[Line], at: datetime) -> None:
        told = [line["number"] for line in lines] + [line["follows"] for line in lines if line["follows"]]
        first, last = min(told, default=""), max(told, default="")
        self.there = {row.number: row for row in Enquiry.objects.filter(number__range=(first, last))}
        schemes = Scheme.objects.filter(subject=CATEGORIES).prefetch_related("headings").order_by("from_day")
        self.schemes: list[Scheme] = list(schemes)
        self.parties: dict[str, Party] = {}
        if any(line["party"] for line in lines):
            self.parties = {party.key: party for party in Party.objects.only("id", "key", "name")}
        self.known: dict[date, dict[str, Heading]] = {}
        self.hours: WorkingHours = working_hours(at)

    def categories(self, when: date) -> dict[str, Heading]:
        """The categories in force on a day by their names in small letters."""
        if when not in self.known:
            self.known[when] = {
                heading.name.lower(): heading
                for scheme in self.schemes
                if scheme.from_day <= when and (scheme.to_day is None or when <= scheme.to_day)
                for heading in scheme.headings.all()
            }
        return self.known[when]


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """The enquiries that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    record = Record(lines, loading.at)
    in_file: dict[str, tuple[int, Enquiry]] = {}
    for line in sorted(lines, key=lambda one: one["received"]):
        enquiry = _enquiry(line, record)
        refused = [*_wrong_dates(line, loading.at), *_wrong_names(line, record)]
        if enquiry.number in in_file:
            row = in_file[enquiry.number][0]
            refused.append(line.refuse("number", f"{enquiry.number} stands in row {row} already."))
        if line["follows"]:
            known = record.there.get(line["follows"]) or in_file.get(line["follows"], (0, None))[1]
            refused += _wrong_follower(line, known)
            enquiry.follows = known
        in_file.setdefault(enquiry.number, (line.row, enquiry))
        if refused:
            prepared.refused += refused
        elif enquiry.number not in record.there:
            prepared.accepted.append(enquiry)
        else:
            _compare(line, enquiry, record.there[enquiry.number], prepared)
    return prepared


def _enquiry(line: Line, record: Record) -> Enquiry:
    party = record.parties.get(line["party"])
    received, answered = line["received"], line["answered"]
    return Enquiry(
        number=line["number"],
        channel=line["channel"],
        category=record.categories(local_day(line["received"])).get(line["category"].lower()),
        received=received,
        answered=answered,
        mailbox=line["mailbox"],
        subject=line["subject"],
        organisation=line["organisation"] or (party.name if party else ""),
        party=party,
        state=ANSWERED if answered else OPEN,
        spent=record.hours.between(received, answered) if answered else 0,
        running_since=None if answered else received,
        due=None if answered else record.hours.after(received, target_minutes(received)),
        invented=line["invented"],
    )


def _wrong_dates(line: Line, now: datetime) -> Iterator[Refusal]:
    for column in ("received", "answered"):
        if line[column] is not None and line[column] > now:
            yield line.refuse(column, f"{instant(line[column])} is still to come.")
    if line["answered"] is not None and line["answered"] < line["received"]:
        yield line.refuse("answered", "is before the enquiry was received.")


def _wrong_names(line: Line, record: Record) -> Iterator[Refusal]:
    day = local_day(line["received"])
    known = record.categories(day)
    if line["category"].lower() not in known:
        names = ", ".join(heading.name for heading in known.values())
        told = f"In force are {names}." if names else "No categories are in force then."
        yield line.refuse("category", f"“{line['category']}” is not a category on {long_date(day)}. {told}")
    if line["party"] and line["party"] not in record.parties:
        yield line.refuse("party", f"no party has the key “{line['party']}”.")


def _wrong_follower(line: Line, earlier: Enquiry | None) -> Iterator[Refusal]:
    if earlier is None:
        yield line.refuse("follows", f"{line['follows']} is neither in the record nor received earlier in the file.")
    elif earlier.answered is None or earlier.answered > line["received"]:
        yield line.refuse("follows", f"{earlier.number} was not answered when this enquiry came in.")


def _compare(line: Line, enquiry: Enquiry, there: Enquiry, prepared: Prepared) -> None:
    if _told(enquiry) == _told(there):
        prepared.repeated.append(line.row)
    else:
        reason = f"{enquiry.number} is already there with other content. Amend it or take the step instead."
        prepared.refused.append(line.refuse("number", reason))


def _told(enquiry: Enquiry) -> list[Any]:
    return [getattr(enquiry, name) for name in COMPARED]


def write(accepted: list[Enquiry], loading: Loading) -> None:
    """Saves the enquiries in bulk, each with an event; an enquiry after the one that it follows."""
    waiting = accepted
    while waiting:
        ready = [one for one in waiting if one.follows is None or one.follows.pk is not None]
        for one in ready:
            one.follows = one.follows  # takes over the id that the followed enquiry has got since
        journal.enter_all(ready, **loading.told)
        waiting = [one for one in waiting if one.pk is None]


ENQUIRIES = takes(
    LoadKind(
        "enquiries",
        "Enquiries",
        (
            Column("number", number, "the enquiry's number, such as ENQ-000123"),
            Column("channel", one_of({name: name for name in Channel.values}), "email, telephone or form"),
            Column("category", words, "the category, as the scheme in force on the day of receipt names it"),
            Column("received", moment, "the instant of receipt, such as 2020-02-17 14:30 (London)"),
            Column("answered", moment, "the instant of the answer; empty while it is open", required=False),
            Column("mailbox", words, "the mailbox that it was sent to", required=False, default=""),
            Column("subject", words, "what it is about", required=False, default=""),
            Column("organisation", words, "the organisation, as named", required=False, default=""),
            Column("party", words, "the key of the party, where it is one", required=False, default=""),
            Column("follows", number, "the number of the answered enquiry that it follows", required=False),
            INVENTED,
        ),
        prepare,
        write,
    )
)
