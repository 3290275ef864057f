"""Loading portal users and the months of the website."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from secretariat.core.columns import INVENTED, count, day, words
from secretariat.core.load import Column, Line, Loading, LoadKind, Prepared, Refusal, takes
from secretariat.core.schemes import Heading, Scheme
from secretariat.engagement.models import CATEGORIES, PortalUser, WebsiteMonth
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month


def prepare_users(lines: list[Line], loading: Loading) -> Prepared:
    """The accounts that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    there = {row.code.lower(): row for row in PortalUser.objects.select_related("category")}
    schemes = list(Scheme.objects.filter(subject=CATEGORIES).prefetch_related("headings"))
    in_file: dict[str, int] = {}
    for line in lines:
        user, refused = _user(line, schemes, local_day(loading.at))
        key = line["code"].lower()
        if key in in_file:
            refused.append(line.refuse("code", f"{line['code']} stands in row {in_file[key]} already."))
        in_file.setdefault(key, line.row)
        if refused or user is None:
            prepared.refused += refused
        elif key not in there:
            prepared.accepted.append(user)
        elif _told(user) == _told(there[key]):
            prepared.repeated.append(line.row)
        else:
            reason = f"{line['code']} is already there with other content. Amend it."
            prepared.refused.append(line.refuse("code", reason))
    return prepared


def _user(line: Line, schemes: list[Scheme], today: date) -> tuple[PortalUser | None, list[Refusal]]:
    """The account of a line, and why it cannot be."""
    registered, closed = line["registered"], line["closed"]
    refused = [
        line.refuse(column, f"{long_date(when)} is still to come.")
        for column, when in (("registered", registered), ("closed", closed))
        if when is not None and when > today
    ]
    if closed is not None and closed < registered:
        refused.append(line.refuse("closed", "is before the day of registration."))
    known = {heading.name.lower(): heading for heading in _headings(schemes, registered)}
    category = known.get(line["category"].lower())
    if category is None:
        names = ", ".join(heading.name for heading in known.values())
        told = f"In force are {names}." if names else "No categories are in force then."
        refused.append(line.refuse("category", f"“{line['category']}” is none on {long_date(registered)}. {told}"))
        return None, refused
    user = PortalUser(
        code=line["code"],
        category=category,
        registered_on=registered,
        closed_on=closed,
        invented=line["invented"],
    )
    return user, refused


def _headings(schemes: list[Scheme], when: date) -> Iterator[Heading]:
    for scheme in schemes:
        if scheme.from_day <= when and (scheme.to_day is None or when <= scheme.to_day):
            yield from scheme.headings.all()


def _told(user: PortalUser) -> tuple[object, ...]:
    return user.category_id, user.registered_on, user.closed_on, user.invented


def prepare_months(lines: list[Line], loading: Loading) -> Prepared:
    """The months that a file would make; identical ones that are there already are only counted."""
    prepared = Prepared()
    there = {row.month: row for row in WebsiteMonth.objects.all()}
    in_file: dict[date, int] = {}
    for line in lines:
        month = _month(line)
        if month.month in in_file:
            prepared.refused.append(line.refuse("month", f"stands in row {in_file[month.month]} already."))
        elif Month.of(month.month).last >= local_day(loading.at):
            prepared.refused.append(line.refuse("month", f"{line['month'].label} is not over."))
        elif month.month not in there:
            prepared.accepted.append(month)
        elif _use(month) == _use(there[month.month]):
            prepared.repeated.append(line.row)
        else:
            reason = f"{line['month'].label} is already there with other content. Amend it."
            prepared.refused.append(line.refuse("month", reason))
        in_file.setdefault(month.month, line.row)
    return prepared


def _month(line: Line) -> WebsiteMonth:
    return WebsiteMonth(
        month=line["month"].first,
        visits=line["visits"],
        page_views=line["page_views"],
        new_visitors=line["new_visitors"],
        returning_visitors=line["returning_visitors"],
        invented=line["invented"],
    )


def _use(row: WebsiteMonth) -> tuple[object, ...]:
    return row.visits, row.page_views, row.new_visitors, row.returning_visitors, row.invented


PORTAL_USERS = takes(
    LoadKind(
        "portal-users",
        "Portal users",
        (
            Column("code", words, "the account code"),
            Column("category", words, "the category, as the scheme in force on the day of registration names it"),
            Column("registered", day, "the day of registration"),
            Column("closed", day, "the first day without the account; empty while it is open", required=False),
            INVENTED,
        ),
        prepare_users,
    )
)
WEBSITE_MONTHS = takes(
    LoadKind(
        "website-months",
        "Website by month",
        (
            Column("month", Month.parse, "the month, such as 2020-02"),
            Column("visits", count, "visits"),
            Column("page_views", count, "page views"),
            Column("new_visitors", count, "new visitors, where known", required=False),
            Column("returning_visitors", count, "returning visitors, where known", required=False),
            INVENTED,
        ),
        prepare_months,
    )
)
