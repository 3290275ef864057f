"""Files of what happened to parties: departures and user entries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from secretariat.core import journal
from secretariat.core.columns import INVENTED, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.procedure import who_sentence
from secretariat.plain.dates import local_day, long_date
from secretariat.register import actions
from secretariat.register.models import (
    CompletedRole,
    Departure,
    Party,
    UserEntry,
    UserRole,
)
from secretariat.register.procedure import PARTIES, party_support

PARTY_COLUMN = Column("party", words, "the key or the legal name of the party")


class KnownParties:
    """The parties by key and by name in any case; of several rows of one organisation the latest."""

    def __init__(self) -> None:
        self.by_name: dict[str, Party] = {}
        for party in Party.objects.order_by("acceded_on", "pk"):
            self.by_name[party.name.lower()] = party
            self.by_name[party.key] = party

    def find(self, text: str) -> Party | None:
        """The party that a row names."""
        return self.by_name.get(text) or self.by_name.get(text.lower())


def not_a_party(line: Line, column: str, party: Party) -> Iterator[Refusal]:
    """A refusal when the party was none on the day in a column; its last day still counts."""
    when: date | None = line[column]
    if when is None:
        return
    begun = party.acceded_on is not None and party.acceded_on <= when
    if not begun or (party.left_on is not None and party.left_on < when):
        yield line.refuse(column, f"{party.name} was no party on {long_date(when)}.")


def to_come(line: Line, columns: Iterable[str], today: date) -> Iterator[Refusal]:
    """A refusal for each day that has not come yet."""
    for column in columns:
        if line[column] is not None and line[column] > today:
            yield line.refuse(column, f"{long_date(line[column])} is still to come.")


def unknown_party(line: Line) -> Refusal:
    """The refusal of a name that no party has."""
    return line.refuse("party", f"no party has the key or the name “{line['party']}”.")


@dataclass
class Leaving:
    """What one row of a file of departures tells."""

    party: Party
    day: date
    how: Departure.How
    reason: str
    note: str


def prepare_departures(lines: list[Line], loading: Loading) -> Prepared:
    """The departures that a file would record; those that are there already are only counted."""
    prepared = Prepared()
    parties, today = KnownParties(), local_day(loading.at)
    left = {row.party_id: row for row in Departure.objects.all()}
    may = party_support(loading.by, None, loading.at)
    seen: set[int] = set()
    for line in lines:
        party = parties.find(line["party"])
        if party is None:
            prepared.refused.append(unknown_party(line))
            continue
        there = left.get(party.pk)
        if there is not None and _same_departure(line, there):
            prepared.repeated.append(line.row)
            continue
        refused = [*to_come(line, ("day",), today), *not_a_party(line, "day", party)]
        if not may:
            refused.append(line.refuse("", f"Departures are recorded by others: {who_sentence(party_support)}"))
        if there is not None:
            refused.append(line.refuse("party", f"{party.name} has left already, as told otherwise."))
        if party.pk in seen:
            refused.append(line.refuse("party", f"{party.name} stands in the file twice."))
        seen.add(party.pk)
        prepared.refused += refused
        if not refused:
            prepared.accepted.append(Leaving(party, line["day"], line["how"], line["reason"], line["note"]))
    return prepared


def _same_departure(line: Line, there: Departure) -> bool:
    told = (line["day"], line["how"], line["reason"], line["note"])
    return told == (there.day, there.how, there.reason, there.note)


def write_departures(accepted: list[Leaving], loading: Loading) -> None:
    """Takes the step of each; an expulsion ends the party's open default cases. Raises Refused."""
    who = loading.told
    for row in accepted:
        told: dict[str, Any] = {"day": row.day, "reason": row.reason, "note": row.note}
        if row.how == Departure.How.EXPELLED:
            actions.expel(row.party, **told, **who)
        else:
            PARTIES.take("withdraw", row.party, **told, **who)


def roles(text: str) -> tuple[str, ...]:
    """Parser of User Roles, separated by semicolons: their names in small letters, each once."""
    names = [" ".join(name.split()).lower() for name in text.split(";")]
    if len(names) != len(set(names)):
        raise ValueError(f"“{text}” names a role twice.")
    return tuple(names)


@dataclass
class Completion:
    """A user entry and its roles."""

    entry: UserEntry
    roles: list[UserRole]


def prepare_entries(lines: list[Line], loading: Loading) -> Prepared:
    """The user entries that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    parties, today = KnownParties(), local_day(loading.at)
    by_name = {role.name.lower(): role for role in UserRole.objects.all()}
    there = {
        (row.party_id, row.completed_on): {role.pk for role in row.roles.all()}
        for row in UserEntry.objects.prefetch_related("roles")
    }
    done = set(CompletedRole.objects.values_list("party_id", "role_id"))
    for line in lines:
        party = parties.find(line["party"])
        unknown = [name for name in line["roles"] if name not in by_name]
        if party is None or unknown:
            prepared.refused += [unknown_party(line)] if party is None else []
            prepared.refused += [_unknown_role(line, name, by_name) for name in unknown]
            continue
        told = [by_name[name] for name in line["roles"]]
        if there.get((party.pk, line["completed_on"])) == {role.pk for role in told}:
            prepared.repeated.append(line.row)
            continue
        refused = [*to_come(line, ("completed_on",), today), *not_a_party(line, "completed_on", party)]
        refused += _done_before(line, party, told, done)
        if (party.pk, line["completed_on"]) in there:
            refused.append(line.refuse("completed_on", f"{party.name} has a user entry of that day with other roles."))
        prepared.refused += refused
        if not refused:
            entry = UserEntry(party=party, completed_on=line["completed_on"], invented=line["invented"])
            prepared.accepted.append(Completion(entry, told))
            there[party.pk, line["completed_on"]] = set()
            done |= {(party.pk, role.pk) for role in told}
    return prepared


def _unknown_role(line: Line, name: str, known: dict[str, UserRole]) -> Refusal:
    names = ", ".join(role.name for role in known.values())
    return line.refuse("roles", f"“{name}” is not a DCC User Role: {names}.")


def _done_before(line: Line, party: Party, told: list[UserRole], done: set[tuple[int, int]]) -> Iterator[Refusal]:
    for role in told:
        if (party.pk, role.pk) in done:
            yield line.refuse("roles", f"{party.name} has completed user entry as {role.name} before.")


def write_entries(accepted: list[Completion], loading: Loading) -> None:
    """Saves the user entries and their roles in bulk, each entry with an event."""
    entries = [one.entry for one in accepted]
    journal.enter_all(entries, **loading.told)
    CompletedRole.objects.bulk_create(
        CompletedRole(entry=one.entry, party=one.entry.party, role=role) for one in accepted for role in one.roles
    )


def _checked(text: str) -> str:
    """Parser of a reason. Raises ValueError when it is longer than its place."""
    told = words(text)
    if len(told) > 200:
        raise ValueError("is longer than 200 letters.")
    return told


takes(
    LoadKind(
        "departures",
        "Departures",
        (
            PARTY_COLUMN,
            Column("day", day, "the day on which it left"),
            Column("how", one_of({how.value: how for how in Departure.How}), "withdrawn or expelled"),
            Column("reason", _checked, "why, in a few words"),
            Column("note", _checked, "what else is to be said", required=False, default=""),
        ),
        prepare_departures,
        write_departures,
    )
)
takes(
    LoadKind(
        "user-entries",
        "User entries",
        (
            PARTY_COLUMN,
            Column("roles", roles, "the DCC User Roles, separated by semicolons"),
            Column("completed_on", day, "the day of completion"),
            INVENTED,
        ),
        prepare_entries,
        write_entries,
    )
)
