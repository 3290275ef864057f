"""Pages of the bodies."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from secretariat.committees.bodies import page
from secretariat.committees.filters import CommitteeFilter
from secretariat.committees.forms import CommitteeForm
from secretariat.committees.models import Committee
from secretariat.committees.who import committees_team
from secretariat.core.classification import Class
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words


class Committees(ListPage):
    """The list of bodies."""

    model = Committee
    word, plural = "committee", "committees"
    filters = CommitteeFilter
    about = "The Panel, its sub-committees and groups, and the groups of others that are attended."
    columns = (
        Column("code", "Code", "code"),
        Column("name", "Name", "name"),
        Column("short_name", "Printed as", "short_name"),
        Column("group", "Printed under", "group"),
        Column("meets", "Meets", "meets"),
        Column("output", "Made public", "output"),
    )
    link = "code"
    order = "position"
    order_words = "in the order of the table of meetings"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class CommitteePage(RecordPage):
    """One body."""

    model = Committee
    word, plural, key = "committee", "committees", "code"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: Any) -> list[Fact]:
        """What it is, when it meets, and what is made public."""
        told = [
            ("Purpose", record.purpose),
            ("Code", record.code),
            ("Printed as", f"{record.short_name}, under {record.group}"),
            ("Reports to", "" if record.parent else record.reports_to),
            ("Meets", record.meets),
            ("Made public", record.output),
            ("Class of its minutes", Class(record.minutes_class).label),
            ("Read receipts", "Kept, as the body decided" if record.keeps_receipts else ""),
            ("From", day_words(record.from_day)),
            ("Until", day_words(record.to_day)),
        ]
        parent = record.parent
        links = [Fact("Parent body", parent.name, parent.get_absolute_url())] if parent else []
        links.append(Fact("Meetings", "The list of its meetings", f"/meetings/?committee={record.pk}"))
        if committees_team(reader(self.request), record, self.request.at):
            links.append(
                Fact("Composition", "Its seats against the rulebook", reverse("composition", args=[record.code]))
            )
        return [*(Fact(label, value) for label, value in told if value), *links]

    def related(self, record: Any) -> list[Related]:
        """Its next meetings, seats, terms of reference, duties, delegations and recommendations."""
        return page.related(record, reader(self.request), self.request.at)


class CommitteeEntry(EntryPage):
    """Enters or amends a body."""

    model = Committee
    form_class = CommitteeForm
    word, plural, key = "committee", "committees", "code"
    who: ClassVar[Who] = staticmethod(committees_team)
