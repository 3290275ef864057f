"""What is counted of parties, voting groups, default and user entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth

from secretariat.core.figures import (
    Cell,
    Grid,
    Head,
    Listing,
    Records,
    Row,
    Span,
    Sum,
    Unknown,
    figure,
    month_heads,
)
from secretariat.core.figures import Printed as FromPrint
from secretariat.core.published import Printed, PublishedFigure, is_kept, kept_since
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import slash_date
from secretariat.plain.months import Month
from secretariat.register.models import (
    PLURALS,
    Category,
    DefaultCase,
    Departure,
    GroupMembership,
    Party,
    TestedRole,
    TestNotification,
    UserEntry,
    VotingGroup,
    sorted_names,
)

EVENTS = "party events"
PARTIES = "parties"
VALUE = Head("value", "Number")


def _from_print(row: PublishedFigure | None) -> Cell:
    if row is None:
        return Cell(None, Unknown())
    whole = row.value == row.value.to_integral_value()
    return Cell(int(row.value) if whole else row.value, FromPrint(row), row.note)


def _category(party: Party, day: date) -> str:
    """The category of a party on a day, from its prefetched rows."""
    for row in party.categories.all():
        if row.from_day <= day and (row.to_day is None or row.to_day >= day):
            return str(row.get_category_display())
    return ""


@figure("accessions", title="Parties who have acceded to the SEC", unit="parties")
def accessions(span: Span) -> Listing:
    """The parties whose accession was executed on a day of the span, with their category on that day (rule PTY-24)."""
    filters = {"acceded_on__range": (span.first, span.last)}
    found = Party.objects.filter(**filters).prefetch_related("categories").order_by("acceded_on", "name", "pk")
    rows = tuple(Row(party, (party.name, _category(party, party.acceded_on))) for party in found)
    return Listing(("Organisation", "Party Category"), rows, Records(Party, filters))


STATISTICS = (
    Head("accessions", "Accessions"),
    Head("in_default", "In Default"),
    Head("withdrawals", "Withdrawals"),
    Head("expulsions", "Expulsions"),
)


@figure("party_statistics", title="SEC Party Statistics", unit="parties")
def party_statistics(span: Span) -> Grid:
    """Accessions, withdrawals and expulsions in each of 13 months, and the parties in default at each month's end.

    The first, third and fourth are flows and the second is a stock (rule EXIT-3).
    """
    months = span.month.back(13)
    kept = kept_since(EVENTS)
    printed = Printed("party_statistics", months)
    counted = _counted([month for month in months if is_kept(kept, month)])
    cells = {
        (head.key, month.iso): counted.get((head.key, month)) or _from_print(printed.parts.get((head.key, month)))
        for head in STATISTICS
        for month in months
    }
    return Grid(STATISTICS, month_heads(months), cells)


def _counted(months: list[Month]) -> dict[tuple[str, Month], Cell]:
    if not months:
        return {}
    first, last = months[0].first, months[-1].last
    acceded = _acceded(first, last)
    ended = list(Departure.objects.filter(day__range=(first, last)).select_related("party").order_by("day", "pk"))
    cases = DefaultCase.objects.filter(entered_on__lte=last).exclude(ended_on__lt=first)
    spells = list(cases.values_list("entered_on", "ended_on"))
    cells: dict[tuple[str, Month], Cell] = {}
    for month in months:
        days = (month.first, month.last)
        cells["accessions", month] = Cell(acceded[month], Records(Party, {"acceded_on__range": days}))
        cells["in_default", month] = _in_default(spells, month)
        for key, how in (("withdrawals", Departure.How.WITHDRAWN), ("expulsions", Departure.How.EXPELLED)):
            gone = [row for row in ended if row.how == how and Month.of(row.day) == month]
            records = Records(Departure, {"how": how, "day__range": days})
            cells[key, month] = Cell(len(gone), records, "; ".join(str(row) for row in gone))
    return cells


def _acceded(first: date, last: date) -> Counter[Month]:
    rows = Party.objects.filter(acceded_on__range=(first, last)).order_by().annotate(month=TruncMonth("acceded_on"))
    return Counter({Month.of(month): n for month, n in rows.values_list("month").annotate(n=Count("pk"))})


def _in_default(spells: Iterable[tuple[date, date | None]], month: Month) -> Cell:
    number = sum(begun <= month.last and (ended is None or ended > month.last) for begun, ended in spells)
    return Cell(number, _stock(month.last))


def _stock(day: date) -> Records:
    return Records(DefaultCase, {"pk__in": DefaultCase.objects.in_default_on(day).values("pk")})


RECONCILIATION = (
    Head("start", "In Default at the start"),
    Head("entered", "Entered into Default"),
    Head("cured", "Cured"),
    Head("expelled", "Expelled"),
    Head("end", "In Default at the end"),
)


@figure("default_reconciliation", title="Events of Default, from the start to the end of the month", unit="parties")
def default_reconciliation(span: Span) -> Grid:
    """Parties in default before the span's first day, those that entered, were cured or expelled in it, and at its end.

    The end should be the start and the entered less the cured and the expelled (rule DEF-11).
    """
    since = kept_since(EVENTS)
    if since is None or since > span.first:
        why = Unknown("Events of Default were not kept as records then.")
        return Grid(RECONCILIATION, (VALUE,), {(head.key, VALUE.key): Cell(None, why) for head in RECONCILIATION})
    counted = _default_movements(span)
    numbers = {key: records.queryset.count() for key, records in counted.items()}
    cells = {(key, VALUE.key): Cell(numbers[key], records) for key, records in counted.items()}
    return Grid(RECONCILIATION, (VALUE,), cells, remarks=_not_reconciled(numbers))


def _default_movements(span: Span) -> dict[str, Records]:
    days = (span.first, span.last)
    before = DefaultCase.objects.filter(entered_on__lt=span.first).exclude(ended_on__lt=span.first)
    return {
        "start": Records(DefaultCase, {"pk__in": before.values("pk")}),
        "entered": Records(DefaultCase, {"entered_on__range": days}),
        "cured": Records(DefaultCase, {"outcome": DefaultCase.Outcome.CURED, "ended_on__range": days}),
        "expelled": Records(Departure, {"how": Departure.How.EXPELLED, "day__range": days}),
        "end": _stock(span.last),
    }


def _not_reconciled(numbers: dict[str, int]) -> tuple[str, ...]:
    expected = numbers["start"] + numbers["entered"] - numbers["cured"] - numbers["expelled"]
    if expected == numbers["end"]:
        return ()
    working = "{start} + {entered} - {cured} - {expelled}".format(**numbers)
    return (
        f"{working} is {expected}, but {numbers['end']} are in default at the end: "
        "a party was expelled that was not in default, or its default was not ended with the expulsion.",
    )


@figure("user_entry_completions", title="UEP completion", unit="parties")
def user_entry_completions(span: Span) -> Listing:
    """The completions of the User Entry Process on a day of the span, each with its roles (rule UEP-4)."""
    filters = {"completed_on__range": (span.first, span.last)}
    found = UserEntry.objects.filter(**filters).select_related("party")
    rows = []
    for entry in found.prefetch_related("roles", "party__categories").order_by("completed_on", "party__name", "pk"):
        category = _category(entry.party, entry.completed_on)
        roles = ", ".join(sorted_names(entry.roles.all()))
        rows.append(Row(entry, (entry.party.name, category, roles, slash_date(entry.completed_on))))
    heads = ("SEC Party", "Party Category", "DCC User Role(s)", "Date of completion")
    return Listing(heads, tuple(rows), Records(UserEntry, filters))


TESTS = (Head("srept", "SREPT"), Head("uept", "UEPT"), Head("smets1", "SMETS1 Eligibility Testing"))


@figure("testing_notifications", title="Parties told to have passed tests", unit="parties")
def testing_notifications(span: Span) -> Grid:
    """Parties of which the DCC said in the span that they passed tests, each once, and their User Roles (rule UEP-8).

    A number of parties opens to the first word about each of them.
    """
    said = TestNotification.objects.filter(notified_on__range=(span.first, span.last)).order_by("notified_on", "pk")
    rows = list(said.annotate(number=Count("tested")))
    cells: dict[tuple[str, str], Cell] = {}
    for head in TESTS:
        of_kind = [row for row in rows if row.kind == head.key]
        firsts = sorted({row.party_id: row.pk for row in reversed(of_kind)}.values())
        told = [row.pk for row in of_kind]
        cells[head.key, "parties"] = Cell(len(firsts), Records(TestNotification, {"pk__in": firsts}))
        roles = Records(TestedRole, {"notification__in": told})
        cells[head.key, "roles"] = Cell(sum(row.number for row in of_kind), roles)
    return Grid(TESTS, (Head("parties", "Parties"), Head("roles", "User Roles")), cells)


@figure("parties", title="Parties and the Voting Groups they represent", unit="parties")
def parties(span: Span) -> Grid:
    """Parties, the DCC among them, and Voting Groups with a member, at the end of the span's last day (rule PTY-12).

    Whether the DCC counts as one of the Voting Groups is the convention in force on that day.
    """
    heads = (Head("parties", "Parties"), Head("voting_groups", "Voting Groups"))
    if not _parties_kept(span):
        printed = Printed("party_totals", [span.month])
        cells = {(head.key, VALUE.key): _from_print(printed.parts.get((head.key, span.month))) for head in heads}
        return Grid(heads, (VALUE,), cells)
    counted = {
        "parties": Records(Party, {"pk__in": Party.objects.on(span.last).values("pk")}),
        "voting_groups": _groups(span.last, None if _with_dcc(span) else Category.DCC),
    }
    found = {(key, VALUE.key): Cell(records.queryset.count(), records) for key, records in counted.items()}
    return Grid(heads, (VALUE,), found)


def _with_dcc(span: Span) -> bool:
    return RULEBOOK.switch("report.dcc_in_voting_groups", span.last)


def _parties_kept(span: Span) -> bool:
    since = kept_since(PARTIES)
    return since is not None and since <= span.last


def _memberships(day: date) -> Any:
    """The memberships of those that are parties at the end of a day."""
    return GroupMembership.objects.on(day).filter(party__in=Party.objects.on(day).values("pk"))


def parties_of_groups(day: date) -> Count:
    """How many parties a Voting Group has on a day, for its row in a list."""
    on_the_day = Q(members__to_day__isnull=True) | Q(members__to_day__gte=day)
    return Count("members", filter=Q(members__from_day__lte=day) & on_the_day)


def _groups(day: date, left_out: Category | None) -> Records:
    groups = VotingGroup.objects.filter(pk__in=_memberships(day).values("group"))
    chosen = groups.exclude(category=left_out) if left_out else groups
    return Records(VotingGroup, {"pk__in": chosen.values("pk")})


@figure("voting_groups", title="Breakdown of SEC Party Voting Groups (excluding DCC)", unit="Voting Groups")
def voting_groups(span: Span) -> Grid:
    """The Voting Groups with a member at the end of the span's last day, by Party Category, the DCC apart (PTY-12)."""
    heads = (*(Head(category.value, label) for category, label in PLURALS.items()), Head("total", "Total"))
    kept = _parties_kept(span)
    cells = _groups_by_category(span.last) if kept else {}
    printed = Printed("voting_groups", [] if kept else [span.month])
    for head in heads[:-1]:
        cells.setdefault((head.key, VALUE.key), _from_print(printed.parts.get((head.label, span.month))))
    total, remarks = _total(cells, printed.totals.get(span.month), span.month)
    cells["total", VALUE.key] = total
    return Grid(heads, (VALUE,), cells, totals=("total",), remarks=remarks)


def _groups_by_category(day: date) -> dict[tuple[str, str], Cell]:
    numbers = Counter(
        dict(_memberships(day).order_by().values_list("group__category").annotate(n=Count("group", distinct=True)))
    )
    members = _memberships(day).values("group")
    return {
        (category.value, VALUE.key): Cell(
            numbers[category.value], Records(VotingGroup, {"category": category.value, "pk__in": members})
        )
        for category in PLURALS
    }


def _total(
    cells: dict[tuple[str, str], Cell], printed: PublishedFigure | None, month: Month
) -> tuple[Cell, tuple[str, ...]]:
    known = {key: cell.value for key, cell in cells.items() if cell.value is not None}
    reckoned = Cell(sum(known.values()) if len(known) == len(cells) else None, Sum(tuple(cells)))
    if printed is None:
        return (reckoned if known else Cell(None, Unknown())), ()
    total, parts = _from_print(printed), sum(known.values())
    if not known or total.value == parts:
        return total, ()
    return total, (f"The published total for {month.label} is {total.value:,}; its published parts sum to {parts:,}.",)
