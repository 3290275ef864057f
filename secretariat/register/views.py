"""Pages of parties and of Voting Groups."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.register.contacts.party_page import contact_tables, remark_facts
from secretariat.register.figures import parties_of_groups
from secretariat.register.filters import PartyFilter, VotingGroupFilter
from secretariat.register.forms import PartyForm, VotingGroupForm
from secretariat.register.models import (
    Category,
    CategoryMembership,
    CompletedRole,
    Departure,
    GroupMembership,
    Party,
    RoleNames,
    UserEntry,
    VotingGroup,
)
from secretariat.register.procedure import PARTIES, party_support


def _category_label(value: str | None) -> str:
    return str(Category(value).label) if value else ""


def _in_order(names: str | None) -> str:
    """Joined names in the order of the alphabet; the database joins them in any."""
    return ", ".join(sorted(names.split(", "))) if names else ""


class Parties(ListPage):
    """The list of parties, open to everybody, with the category and group of today (rule PTY-28)."""

    model = Party
    word, plural = "party", "parties"
    filters = PartyFilter
    about = "The organisations that are or were party to the code."
    columns = (
        Column("name", "Name", "name"),
        Column("category", "Party Category", "category_now", _category_label),
        Column("voting_group", "Voting Group", "group_now"),
        Column("acceded", "Acceded", "acceded_on"),
        Column("left", "Left", "left_on"),
        Column("roles", "User Roles completed", "roles_completed", _in_order, sortable=False),
    )
    link = "key"
    order = "name"
    order_words = "by name"
    day = "acceded_on"
    enters: ClassVar[Who | None] = staticmethod(party_support)
    loads = "parties"

    def rows(self) -> models.QuerySet[Any]:
        """The parties, each with its category and group of the day on which the list is read, and its User Roles."""
        day = local_day(self.request.at)
        readable = UserEntry.objects.visible_to(reader(self.request), self.request.at).order_by().values("pk")
        roles = CompletedRole.objects.filter(party=OuterRef("pk"), entry__in=readable).order_by().values("party")
        categories = CategoryMembership.objects.filter(party=OuterRef("pk")).on(day)
        groups = GroupMembership.objects.filter(party=OuterRef("pk")).on(day)
        rows: models.QuerySet[Any] = (
            super()
            .rows()
            .annotate(
                category_now=Subquery(categories.values("category")[:1]),
                group_now=Subquery(groups.values("group__name")[:1]),
                roles_completed=Subquery(roles.annotate(names=RoleNames("role__name")).values("names")),
            )
        )
        return rows


class PartyPage(RecordPage):
    """One party: its category and group, how it came and left, its defaults and user entries."""

    model = Party
    word, plural, key = "party", "parties", "key"
    editors: ClassVar[Who | None] = staticmethod(party_support)

    def facts(self, record: Party) -> list[Fact]:
        """Who it is, and where it stands today."""
        day = local_day(self.request.at)
        group = record.group_on(day)
        left = self._readable(Departure.objects.filter(party=record)).first()
        facts = [
            Fact("Party Category", _category_label(record.category_on(day)) or "none today"),
            Fact("Voting Group", group or "none today", group.get_absolute_url() if group else ""),
            Fact("Acceded", day_words(record.acceded_on)),
        ]
        if left:
            facts.append(Fact("Left", long_date(left.day), note=f"{left.get_how_display()}: {left.reason}"))
        for label, value in (("Company number", record.company_number), ("Party Signifier", record.signifier)):
            facts += [Fact(label, value)] if value else []
        facts += remark_facts(record, reader(self.request), self.request.at)
        return facts

    def related(self, record: Party) -> list[Related]:
        """Its dated categories and groups, and what of its defaults, user entries and tests may be read."""
        return [
            Related(
                "Category and Voting Group over time",
                ("From", "Until", "What"),
                [*_spells(record.categories.all()), *_spells(record.groups.select_related("group"))],
                "Nothing is recorded.",
            ),
            self._cases(record),
            self._entries(record),
            self._tests(record),
            *contact_tables(record, reader(self.request), self.request.at),
        ]

    def _readable(self, rows: Any) -> Any:
        return rows.visible_to(reader(self.request), self.request.at)

    def _cases(self, record: Party) -> Related:
        rows = [
            (case, case.state, day_words(case.entered_on), day_words(case.ended_on))
            for case in self._readable(record.defaults.select_related("party"))
        ]
        heads = ("Case", "State", "In default since", "Ended")
        return Related("Events of Default", heads, rows, "There is none that you may read.")

    def _entries(self, record: Party) -> Related:
        entries = self._readable(record.user_entries.prefetch_related("roles"))
        rows = [(long_date(entry.completed_on), entry.role_names) for entry in entries]
        grid = reverse("party user entry", args=[record.key])
        return Related("User entry", ("Completed", "Roles"), rows, "It has completed user entry for no role.", grid)

    def _tests(self, record: Party) -> Related:
        found = self._readable(record.test_notifications.all())
        rows = [(long_date(row.notified_on), row.get_kind_display()) for row in found]
        return Related("Tests passed", ("Notified", "Tests"), rows, "There is no notification that you may read.")


def _spells(rows: Any) -> list[tuple[Any, ...]]:
    return [(long_date(row.from_day), day_words(row.to_day) or "further notice", str(row)) for row in rows]


class PartyEntry(EntryPage):
    """Records an accession, or amends what of a party no step changes."""

    model = Party
    form_class = PartyForm
    word, plural, key = "party", "parties", "key"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes the step that makes it a party."""
        facts = {name: form.cleaned_data[name] for name in ("day", "category", "voting_group")}
        PARTIES.take("accede", record, **facts, **told)


class VotingGroups(ListPage):
    """The list of Voting Groups, with how many parties each has today."""

    model = VotingGroup
    word, plural = "voting group", "voting groups"
    filters = VotingGroupFilter
    about = "The sets of affiliates within one Party Category; a party without affiliates is a group of one."
    columns = (
        Column("name", "Name", "name"),
        Column("category", "Party Category", "category", _category_label),
        Column("parties", "Parties today", "parties_now", numeric=True),
    )
    link = "key"
    order = "name"
    order_words = "by name"
    enters: ClassVar[Who | None] = staticmethod(party_support)

    def rows(self) -> models.QuerySet[Any]:
        """The groups, each with the number of its parties on the day on which the list is read."""
        now = parties_of_groups(local_day(self.request.at))
        rows: models.QuerySet[Any] = super().rows().annotate(parties_now=now)
        return rows


class VotingGroupPage(RecordPage):
    """One Voting Group and its parties."""

    model = VotingGroup
    word, plural, key = "voting group", "voting groups", "key"
    editors: ClassVar[Who | None] = staticmethod(party_support)

    def facts(self, record: VotingGroup) -> list[Fact]:
        """Its category."""
        return [Fact("Party Category", _category_label(record.category))]

    def related(self, record: VotingGroup) -> list[Related]:
        """Its parties over time."""
        members = record.members.select_related("party").order_by("from_day", "party__name")
        rows: list[tuple[Any, ...]] = [
            (row.party, long_date(row.from_day), day_words(row.to_day) or "further notice") for row in members
        ]
        return [Related("Parties", ("Party", "From", "Until"), rows, "No party is or was a member.")]


class VotingGroupEntry(EntryPage):
    """Enters or amends a Voting Group."""

    model = VotingGroup
    form_class = VotingGroupForm
    word, plural, key = "voting group", "voting groups", "key"
    who: ClassVar[Who] = staticmethod(party_support)
