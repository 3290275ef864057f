"""What is counted of user entry by role: where entries stand, who is behind a mandate, and what the Panel is told."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count
from django.utils.text import slugify

from secretariat.core.figures import Cell, Grid, Head, Listing, Records, Row, Span, Sum, figure
from secretariat.plain.dates import slash_date
from secretariat.plain.workdays import default_calendar
from secretariat.register.entry import CompletedRole, UserEntry, UserRole, sorted_names
from secretariat.register.parties import Party
from secretariat.register.user_entry.due import Due, reckoned
from secretariat.register.user_entry.eligibility import ANY_PARTY, licence_for
from secretariat.register.user_entry.models import STANDINGS, RoleEntry, RoleSpell

TOTAL = Head("total", "Total")


@figure("role_entries", title="User entry by role and state", unit="entries")
def role_entries(span: Span) -> Grid:
    """Where each party's entry into each User Role stands at the end of the span's last day (rules UEP-1, UEP-5).

    A party counts once for each role that it enters.
    """
    spells = RoleSpell.objects.on(span.last)
    roles = list(UserRole.objects.all())
    numbers = {
        (standing, role): number
        for standing, role, number in spells.order_by()
        .values_list("standing", "entry__role")
        .annotate(n=Count("entry", distinct=True))
    }
    rows = tuple(Head(slugify(standing), standing.capitalize()) for standing in STANDINGS)
    columns = tuple(Head(f"role-{role.pk}", role.name) for role in roles)
    cells = {
        (slugify(standing), f"role-{role.pk}"): Cell(
            numbers.get((standing, role.pk), 0),
            Records(RoleEntry, {"role": role.pk, "pk__in": spells.filter(standing=standing).values("entry")}),
        )
        for standing in STANDINGS
        for role in roles
    }
    for row in rows:
        keys = tuple((row.key, column.key) for column in columns)
        cells[row.key, TOTAL.key] = Cell(sum(int(cells[key].value or 0) for key in keys), Sum(keys))
    for column in (*columns, TOTAL):
        keys = tuple((row.key, column.key) for row in rows)
        cells[TOTAL.key, column.key] = Cell(sum(int(cells[key].value or 0) for key in keys), Sum(keys))
    return Grid((*rows, TOTAL), (*columns, TOTAL), cells, totals=(TOTAL.key,))


@figure("mandates_behind", title="Parties behind their mandate", unit="parties")
def mandates_behind(span: Span) -> Listing:
    """The parties that by the span's last day had passed a mandate's day without being Users (rule UEP-7).

    A party behind several mandates is told once, with the first day that it passed. Completions are those that the
    register holds: one that was never entered here cannot count.
    """
    found = reckoned(span.last)
    late: defaultdict[int, list[Due]] = defaultdict(list)
    for due in found.behind(span.last):
        late[due.party.pk].append(due)
    rows = tuple(Row(dues[0].party, _told(dues)) for dues in late.values())
    counted = Records(Party, {"pk__in": sorted(late)})
    heads = ("SEC Party", "Mandate", "Due", "How the day is reckoned")
    return Listing(heads, rows, counted, not_known(len(found.unknown)))


def not_known(number: int) -> tuple[str, ...]:
    """The remark on suppliers of which nobody knows what they supply; none where there is none."""
    if not number:
        return ()
    whom = ("1 supplier", "it") if number == 1 else (f"{number:,} suppliers", "them")
    return (f"Of {whom[0]} no measure of supply is confirmed: whether a mandate binds {whom[1]} is not known.",)


def _told(dues: list[Due]) -> tuple[str, ...]:
    unsure = "" if all(due.entry.verified for due in dues) else " The day is not verified."
    names = "; ".join(due.mandate.name for due in dues)
    return dues[0].party.name, names, slash_date(dues[0].day), f"{dues[0].working}{unsure}"


@figure("user_roles_available", title="User Roles that exist", unit="roles")
def user_roles_available(span: Span) -> Listing:
    """The User Roles that exist on the span's last day, and the parties that completed entry by then (rule UEP-1)."""
    done = CompletedRole.objects.filter(entry__completed_on__lte=span.last).order_by()
    numbers = dict(done.values_list("role").annotate(n=Count("pk")))
    roles = UserRole.objects.on(span.last)
    rows = tuple(
        Row(role, (role.name, _needs(role, span), slash_date(role.from_day), f"{numbers.get(role.pk, 0):,}"))
        for role in roles
    )
    heads = ("User Role", "Licence needed", "Exists from", "Parties that completed entry")
    return Listing(heads, rows, Records(UserRole, {"pk__in": roles.values("pk")}))


def _needs(role: UserRole, span: Span) -> str:
    needed = licence_for(role, span.last)
    return {ANY_PARTY: "none: any party", None: "not in the rulebook"}.get(needed, str(needed).capitalize())


@figure("user_entry_information", title="User entry: information for the Panel", unit="completions")
def user_entry_information(span: Span) -> Listing:
    """The completions of the span that went through the evidence form, as the information paper tells them (UEP-4).

    Each with the first evidence and the Working Days from then to the completion.
    """
    filters = {"completed_on__range": (span.first, span.last), "pk__in": RoleEntry.objects.values("completion")}
    found = UserEntry.objects.filter(**filters).select_related("party").order_by("completed_on", "party__name", "pk")
    rows = []
    for entry in found.prefetch_related("roles", "role_entries"):
        sent = min((one.submitted_on for one in entry.role_entries.all() if one.submitted_on), default=None)
        days = f"{default_calendar().count(sent, entry.completed_on):,}" if sent else ""
        told = slash_date(sent) if sent else ""
        roles = ", ".join(sorted_names(entry.roles.all()))
        rows.append(Row(entry, (entry.party.name, roles, told, slash_date(entry.completed_on), days)))
    heads = ("SEC Party", "DCC User Role(s)", "Evidence received", "Completed", "Working Days")
    return Listing(heads, tuple(rows), Records(UserEntry, filters))
