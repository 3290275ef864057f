"""Files that the register takes: parties, and their defaults; others are in `load_events`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from secretariat.core import journal
from secretariat.core.calendar import calendar
from secretariat.core.columns import INVENTED, day, one_of, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.workdays import Calendar
from secretariat.register.load_events import (
    PARTY_COLUMN,
    KnownParties,
    not_a_party,
    to_come,
    unknown_party,
)
from secretariat.register.membership import free_key
from secretariat.register.models import (
    CURED,
    EXPELLED,
    IN_DEFAULT,
    NOTICE_SERVED,
    PARTY,
    PLURALS,
    WITH_NOTICE,
    Category,
    CategoryMembership,
    DefaultCase,
    Departure,
    GroupMembership,
    Limb,
    Party,
    VotingGroup,
)
from secretariat.register.procedure import counts_from, months_after

CATEGORIES = (
    {category.label.lower(): category for category in Category}
    | {label.lower(): category for category, label in PLURALS.items()}
    | {category.value: category for category in Category}
)


def category(text: str) -> Category:
    """Parser of a Party Category, as its label or its key. Raises ValueError naming the categories."""
    found = CATEGORIES.get(" ".join(text.lower().split()))
    if found is None:
        raise ValueError(f"“{text}” is not a Party Category: {', '.join(str(known.label) for known in Category)}.")
    return found


@dataclass
class Accession:
    """What one row of the file makes: a party, its category, and the name of its group."""

    party: Party
    category: Category
    group: str

    @property
    def told(self) -> tuple[Any, ...]:
        """What of it the file tells, to compare with what is there."""
        party = self.party
        return (
            party.name, party.company_number, party.acceded_on, party.invented, self.category, self.group.lower(),
        )  # fmt: skip


class Register:
    """The parties before the file: by key, by name and by company number."""

    def __init__(self) -> None:
        parties = list(Party.objects.all())
        begun = dict(CategoryMembership.objects.order_by("-from_day").values_list("party_id", "category"))
        groups = dict(GroupMembership.objects.order_by("-from_day").values_list("party_id", "group__name"))
        self.there = {
            party.key: Accession(party, Category(begun.get(party.pk, Category.OTHER)), groups.get(party.pk, ""))
            for party in parties
        }
        expelled = Departure.objects.filter(how=Departure.How.EXPELLED).select_related("party")
        self.expelled: dict[str, list[date]] = {}
        for row in expelled:
            for name in _names(row.party):
                self.expelled.setdefault(name, []).append(row.day)
        current = [party for party in parties if party.left_on is None]
        self.current = {name: party.name for party in current for name in _names(party)}
        self.dcc = any(party.is_dcc for party in current)


def _names(party: Party) -> list[str]:
    """By what an organisation is known again: its name and its company number, told apart."""
    number = [f"number {party.company_number.lower()}"] if party.company_number else []
    return [f"name {party.name.lower()}", *number]


def prepare(lines: list[Line], loading: Loading) -> Prepared:
    """The parties that a file would make; those that are there already, as told, are only counted."""
    prepared = Prepared()
    known = Register()
    today = local_day(loading.at)
    rows: dict[str, int] = {}
    for line in lines:
        accession = _accession(line)
        key = accession.party.key
        refused = [*_twice(line, accession.party, rows), *_wrong(line, accession.party, today)]
        there = known.there.get(key)
        if there is None:
            refused += _barred(line, accession, known)
        elif there.told != accession.told:
            refused.append(line.refuse("key", f"“{key}” is there already with other content. Amend it instead."))
        prepared.refused += refused
        if not refused and there is not None:
            prepared.repeated.append(line.row)
        elif not refused:
            prepared.accepted.append(accession)
            known.dcc = known.dcc or accession.party.is_dcc
    return prepared


def _accession(line: Line) -> Accession:
    party = Party(
        key=line["key"] or slugify(line["name"])[:80],
        name=line["name"],
        company_number=line["company_number"],
        is_dcc=line["category"] == Category.DCC,
        acceded_on=line["acceded_on"],
        state=PARTY,
        invented=line["invented"],
    )
    return Accession(party, line["category"], line["voting_group"] or line["name"])


def _twice(line: Line, party: Party, rows: dict[str, int]) -> Iterator[Refusal]:
    for name in (f"key {party.key}", *_names(party)):
        if name in rows:
            column = name.split(" ", 1)[0]
            shown = {"number": "company_number"}.get(column, column)
            yield line.refuse(shown, f"stands in row {rows[name]} already.")
        rows.setdefault(name, line.row)


def _wrong(line: Line, party: Party, today: date) -> Iterator[Refusal]:
    try:
        party.clean_fields()
    except ValidationError as error:
        for column, messages in error.message_dict.items():
            yield line.refuse(column, " ".join(messages))
    if line["acceded_on"] > today:
        yield line.refuse("acceded_on", f"{long_date(line['acceded_on'])} is still to come.")


def _barred(line: Line, accession: Accession, known: Register) -> Iterator[Refusal]:
    party, acceded = accession.party, line["acceded_on"]
    same = next((known.current[name] for name in _names(party) if name in known.current), None)
    if same is not None:
        yield line.refuse("name", f"{same} is a party already: by its name or company number (PTY-20, Section B1).")
    months = RULEBOOK.number("party.expelled_bar_months", acceded)
    days = [day_ for name in _names(party) for day_ in known.expelled.get(name, ())]
    if any(acceded < months_after(day_, months) for day_ in days):
        yield line.refuse("acceded_on", f"is within {months} months after its expulsion (PTY-20, Section B1).")
    if party.is_dcc and known.dcc:
        yield line.refuse("category", "The DCC is in the register already.")


def write(accepted: list[Accession], loading: Loading) -> None:
    """Saves parties, the groups that are new, and the dated rows, in bulk, each with an event."""
    told = loading.told
    groups = {(group.name.lower(), group.category): group for group in VotingGroup.objects.all()}
    new = _new_groups(accepted, groups)
    journal.enter_all(new, **told)
    groups |= {(group.name.lower(), group.category): group for group in new}
    journal.enter_all([one.party for one in accepted], **told)
    dates = {"recorded": loading.recorded}
    categories, memberships = [], []
    for one in accepted:
        begun = {"party": one.party, "from_day": one.party.acceded_on, **dates}
        categories.append(CategoryMembership(category=one.category, **begun))
        memberships.append(GroupMembership(group=groups[one.group.lower(), one.category], **begun))
    journal.enter_all(categories, **told)
    journal.enter_all(memberships, **told)


def _new_groups(accepted: list[Accession], groups: dict[tuple[str, str], VotingGroup]) -> list[VotingGroup]:
    taken = {group.key for group in groups.values()}
    new: dict[tuple[str, str], VotingGroup] = {}
    for one in accepted:
        named = (one.group.lower(), str(one.category))
        if named in groups or named in new:
            continue
        key = free_key(one.group, one.category, taken)
        taken.add(key)
        new[named] = VotingGroup(key=key, name=one.group, category=one.category, invented=one.party.invented)
    return list(new.values())


takes(
    LoadKind(
        "parties",
        "Parties",
        (
            Column(
                "key", words, "the key in the party's address; made of its name when empty", required=False, default=""
            ),
            Column("name", words, "the legal name"),
            Column("company_number", words, "the company number, where there is one", required=False, default=""),
            Column("category", category, "the Party Category, or DCC"),
            Column(
                "voting_group",
                words,
                "the name of its Voting Group; empty for a group of one",
                required=False,
                default="",
            ),
            Column("acceded_on", day, "the day of accession"),
            INVENTED,
        ),
        prepare,
        write,
    )
)


DAYS = ("notice_on", "entered_on", "ended_on")


def prepare_defaults(lines: list[Line], loading: Loading) -> Prepared:
    """The default cases that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    parties, working_days, today = KnownParties(), calendar(), local_day(loading.at)
    known: dict[int, list[DefaultCase]] = {}
    for case in DefaultCase.objects.all():
        known.setdefault(case.party_id, []).append(case)
    in_file: set[tuple[Any, ...]] = set()
    for line in lines:
        party = parties.find(line["party"])
        if party is None:
            prepared.refused.append(unknown_party(line))
            continue
        case = _case(line, party)
        there = known.setdefault(party.pk, [])
        if _told(case) in in_file:
            prepared.refused.append(line.refuse("party", "The same case stands in the file twice."))
            continue
        in_file.add(_told(case))
        if any(_told(case) == _told(other) for other in there):
            prepared.repeated.append(line.row)
            continue
        refused = [*_wrong_case(line, party, today), *_too_early(line, working_days), *_clashing(line, case, there)]
        prepared.refused += refused
        if not refused:
            prepared.accepted.append(case)
            there.append(case)
    return prepared


def _case(line: Line, party: Party) -> DefaultCase:
    ends = {
        DefaultCase.Outcome.EXPELLED: EXPELLED,
        DefaultCase.Outcome.CURED: CURED,
        DefaultCase.Outcome.IN_TIME: CURED,
    }
    running = IN_DEFAULT if line["entered_on"] else NOTICE_SERVED
    days = {name: line[name] for name in DAYS}
    return DefaultCase(
        party=party,
        limb=line["limb"],
        outcome=line["outcome"],
        state=ends.get(line["outcome"], running),
        invented=line["invented"],
        **days,
    )


def _told(case: DefaultCase) -> tuple[Any, ...]:
    return (case.party_id, case.limb, case.notice_on, case.entered_on, case.ended_on, case.outcome, case.invented)


def _wrong_case(line: Line, party: Party, today: date) -> Iterator[Refusal]:
    outcome = line["outcome"]
    if party.is_dcc:
        yield line.refuse("party", "The DCC is never in default (DEF-1, Section M8.1).")
    yield from to_come(line, DAYS, today)
    for column in DAYS[:2]:
        yield from not_a_party(line, column, party)
    told = [line[name] for name in DAYS if line[name] is not None]
    if line["notice_on"] is None and line["entered_on"] is None:
        yield line.refuse("entered_on", "A case has the day of its notice or that of the default.")
    if told != sorted(told):
        yield line.refuse("ended_on", "Notice, default and end come in this order.")
    if bool(line["ended_on"]) != bool(outcome):
        yield line.refuse("outcome", "A case that ended has an outcome, and no other has one.")
    if outcome == DefaultCase.Outcome.IN_TIME and line["entered_on"]:
        yield line.refuse("outcome", "What was cured in time was never a default: leave entered_on empty.")
    if outcome == DefaultCase.Outcome.CURED and not line["entered_on"]:
        yield line.refuse("entered_on", "What was cured after it began has the day on which it began.")
    if outcome == DefaultCase.Outcome.EXPELLED and party.left_on != line["ended_on"]:
        yield line.refuse("ended_on", f"{party.name} was not expelled on that day: load its departure first.")


def _too_early(line: Line, working_days: Calendar) -> Iterator[Refusal]:
    limb, notice, entered = line["limb"], line["notice_on"], line["entered_on"]
    if limb not in WITH_NOTICE:
        if notice is not None:
            yield line.refuse("notice_on", f"Limb ({limb}) takes no notice (DEF-1, Section M8.1).")
        return
    if entered is not None and notice is None:
        yield line.refuse("notice_on", f"A default under limb ({limb}) follows a notice (DEF-1, Section M8.1).")
    if entered is None or notice is None:
        return
    number = RULEBOOK.number(f"default.limb_{limb}.cure_wd", notice)
    due = working_days.add(counts_from(notice, working_days), number)
    if entered < due:
        yield line.refuse(
            "entered_on", f"is before {long_date(due)}, {number} Working Days after the notice (DEF-1, Section M8.1)."
        )


def _clashing(line: Line, case: DefaultCase, others: list[DefaultCase]) -> Iterator[Refusal]:
    for other in others:
        if other.limb == case.limb and (other.notice_on, other.entered_on) == (case.notice_on, case.entered_on):
            yield line.refuse("party", "This case is there already with other content. Take its next step instead.")
        elif _running(case, other):
            yield line.refuse(
                "entered_on", f"overlaps another default of {line['party']}, in which it is once (EXIT-3)."
            )
        elif other.limb == case.limb and other.ended_on is None and case.ended_on is None:
            yield line.refuse("limb", f"There is an open case under limb ({case.limb}) already.")


def _running(one: DefaultCase, other: DefaultCase) -> bool:
    if one.entered_on is None or other.entered_on is None:
        return False
    before = one.ended_on is not None and one.ended_on <= other.entered_on
    after = other.ended_on is not None and other.ended_on <= one.entered_on
    return not before and not after


takes(
    LoadKind(
        "defaults",
        "Events of Default",
        (
            PARTY_COLUMN,
            Column("limb", one_of({limb.value: limb.value for limb in Limb}), "the limb of M8.1, a to h"),
            Column("notice_on", day, "the day of the notice, where the limb takes one", required=False),
            Column("entered_on", day, "the day since which the party is or was in default", required=False),
            Column("ended_on", day, "the day on which the case ended; empty while it runs", required=False),
            Column(
                "outcome",
                one_of({outcome.value: outcome.value for outcome in DefaultCase.Outcome}),
                "how it ended: cured in time, cured or expelled",
                required=False,
                default="",
            ),
            INVENTED,
        ),
        prepare_defaults,
    )
)
