"""Lists and record pages of user entry by role: entries, requirements, mandates, User Roles."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.http import HttpResponse
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.register.entry import UserRole
from secretariat.register.forms import offer_own_parties
from secretariat.register.parties import Category
from secretariat.register.user_entry.actions import open_entry, paragraph
from secretariat.register.user_entry.due import book_by, reckoned
from secretariat.register.user_entry.eligibility import ANY_PARTY, licence_for
from secretariat.register.user_entry.filters import (
    MandateFilter,
    RequirementFilter,
    RoleEntryFilter,
    UserRoleFilter,
)
from secretariat.register.user_entry.forms import MandateForm, RoleEntryForm, UserRoleForm
from secretariat.register.user_entry.mandates import Anchor, Mandate, Supply
from secretariat.register.user_entry.models import (
    ENTERING,
    NOT_NEEDED,
    Confirmer,
    Kind,
    Requirement,
    RoleEntry,
)
from secretariat.register.user_entry.procedure import ROLE_ENTRIES, party_support, the_party_or_party_support

ON_OWN_PAGE = {"submit": "role entry-evidence", "complete": "party user entry-complete"}
"""Steps that are taken on a page of their own."""


class RoleEntries(ListPage):
    """Every party's way into every role."""

    model = RoleEntry
    word, plural = "role entry", "role entries"
    filters = RoleEntryFilter
    about = "Parties on their way to be Users, role by role, and those that are. One party counts once for each role."
    empty = "No party's entry is recorded that you may read. A completed entry stands in the list of user entries."
    columns = (
        Column("party", "SEC Party", "party__name"),
        Column("role", "User Role", "role__name"),
        Column("state", "State", "state"),
        Column("begun", "Begun", "begun_on"),
        Column("submitted", "Evidence", "submitted_on"),
        Column("completed", "Completed", "completed_on"),
        Column("live", "Live", "live_on"),
        class_column(),
    )
    order = "-begun_on"
    day = "begun_on"
    enters: ClassVar[Who | None] = staticmethod(the_party_or_party_support)


class RoleEntryPage(RecordPage):
    """One party's entry into one role, with its grid."""

    template = "register/user_entry/role_entry.html"
    model = RoleEntry
    word, plural = "role entry", "role entries"

    def facts(self, record: RoleEntry) -> list[Fact]:
        """Where it stands and by when it has to be done."""
        grid = reverse("party user entry", args=[record.party.key])
        facts = [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("User Role", record.role.name, record.role.get_absolute_url()),
            Fact("All its roles side by side", "the grid", grid),
        ]
        days = (
            ("Begun", record.begun_on), ("Evidence form sent in", record.submitted_on), ("Queried", record.queried_on),
            ("Completed", record.completed_on), ("Live since", record.live_on),
            ("Suspended since", record.suspended_on), ("Ended", record.ended_on),
        )  # fmt: skip
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        told = (("Evidence form", record.evidence), ("Said with the form", record.note), ("Query", record.query))
        facts += [Fact(label, text) for label, text in told if text]
        facts += self._dispute(record) + self._mandates(record) + self._completion(record)
        return facts

    @staticmethod
    def _dispute(record: RoleEntry) -> list[Fact]:
        finding = record.get_finding_display() if record.finding else ""
        return [Fact("Dispute", record.get_dispute_display(), note=finding)] if record.dispute else []

    def _mandates(self, record: RoleEntry) -> list[Fact]:
        if record.state not in ("", *ENTERING):
            return []
        found = reckoned(local_day(self.request.at), record.party).dues
        dues = [due for due in found if due.met_on is None and record.role in due.mandate.roles.all()]
        facts = []
        for due in dues:
            facts.append(Fact(f"Mandate: {due.mandate.name}", long_date(due.day), due.mandate.get_absolute_url(),
                              f"{due.working} {due.entry.doubt}"))  # fmt: skip
            last = book_by(due.day)
            facts += [Fact("Last safe day to book an assessment for it", long_date(last))] if last else []
        return facts

    @staticmethod
    def _completion(record: RoleEntry) -> list[Fact]:
        if record.completion is None:
            return []
        return [
            Fact("User entry", str(record.completion), record.completion.get_absolute_url()),
            Fact("For the information paper", paragraph(record.completion)),
        ]

    def related(self, record: RoleEntry) -> list[Related]:
        """Its grid, as far as the reader may read it."""
        found = record.requirements.visible_to(reader(self.request), self.request.at)
        rows = [
            (
                Crumb(row.get_kind_display(), row.get_absolute_url()),
                row.get_confirmer_display(),
                row.state,
                day_words(row.day),
                row.reason if row.state == NOT_NEEDED else row.evidence,
            )
            for row in found
        ]
        heads = ("Requirement", "Confirmed by", "State", "Confirmed on", "Evidence")
        return [Related("What it needs", heads, rows, "A completion taken over has no grid of its own.")]

    def context(self, record: RoleEntry) -> dict[str, Any]:
        """The steps with a page of their own, as links; the others as buttons."""
        person, at = reader(self.request), self.request.at
        steps = list(ROLE_ENTRIES.open_steps(record, person, at)) if person else []
        keys = {"submit": record.pk, "complete": record.party.key}
        own_pages = [
            (one.step.label, reverse(ON_OWN_PAGE[one.step.name], args=[keys[one.step.name]]))
            for one in steps
            if one.step.name in ON_OWN_PAGE
        ]
        return {"steps": [one for one in steps if one.step.name not in ON_OWN_PAGE], "own_pages": own_pages}


class RoleEntryEntry(EntryPage):
    """Begins or plans a party's entry into a role."""

    model = RoleEntry
    form_class = RoleEntryForm
    word, plural = "role entry", "role entries"
    who: ClassVar[Who] = staticmethod(the_party_or_party_support)

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        offer_own_parties(form, reader(self.request), self.request.at)
        return super()._form(form, record, status)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Opens it with its grid."""
        step = "plan" if form.cleaned_data["planned"] else "begin"
        open_entry(record, day=form.cleaned_data["day"], step=step, **told)


class Requirements(ListPage):
    """Every line of every grid."""

    model = Requirement
    word, plural = "entry requirement", "entry requirements"
    filters = RequirementFilter
    about = "What each party needs for each role that it enters, and who confirms it."
    empty = "There is no requirement that you may read."
    columns = (
        Column("party", "SEC Party", "entry__party__name"),
        Column("role", "User Role", "entry__role__name"),
        Column("kind", "Requirement", "kind", lambda value: str(Kind(value).label)),
        Column("confirmer", "Confirmed by", "confirmer", lambda value: str(Confirmer(value).label)),
        Column("state", "State", "state"),
        Column("day", "Confirmed", "day"),
        Column("evidence", "Evidence", "evidence"),
        class_column(),
    )
    order = "entry_id"
    order_words = "by entry"
    day = "day"


class RequirementPage(RecordPage):
    """One line of a grid."""

    model = Requirement
    word, plural = "entry requirement", "entry requirements"

    def facts(self, record: Requirement) -> list[Fact]:
        """Whose it is, who confirms it, and on what evidence."""
        key = f"user_entry.confirms.{record.kind.replace(' ', '_')}"
        doubt = RULEBOOK.entry(key, record.entry.begun_on or local_day(self.request.at)).doubt
        entry = record.entry
        readable = RoleEntry.objects.filter(pk=entry.pk).visible_to(reader(self.request), self.request.at).exists()
        facts = [
            Fact("Party", entry.party.name, entry.party.get_absolute_url()),
            Fact("User Role", entry.role.name, entry.get_absolute_url() if readable else ""),
            Fact("Requirement", record.get_kind_display()),
            Fact("Confirmed by", record.get_confirmer_display(), note=doubt),
        ]
        facts += [Fact("Confirmed on", long_date(record.day))] if record.day else []
        facts += [Fact("Evidence", record.evidence)] if record.evidence else []
        facts += [Fact("Withdrawn on", long_date(record.withdrawn_on))] if record.withdrawn_on else []
        return [*facts, Fact("Reason", record.reason)] if record.reason else facts


def due_words(rule: str) -> str:
    """What the rulebook says of a mandate: a day, or so many months."""
    values = RULEBOOK.entries.get(rule)
    if not values:
        return "not in the rulebook"
    value = values[-1].value
    return long_date(date.fromisoformat(value)) if isinstance(value, str) else f"after {value} months"


class Mandates(ListPage):
    """The dates by which licences force parties to be Users."""

    model = Mandate
    word, plural = "mandate", "mandates"
    filters = MandateFilter
    about = "By when licences force parties to be Users: a fixed day, or so many calendar months after an anchor day."
    empty = "No mandate is entered. The rulebook holds their days; enter one for each category that it binds."
    columns = (
        Column("name", "Mandate", "name"),
        Column("category", "Party Category", "category", lambda value: str(Category(value).label)),
        Column(
            "supply", "Of those who supply", "supply", lambda value: str(Supply(value).label) if value else "anything"
        ),
        Column("due", "Due", "rule", due_words),
        Column("anchor", "Reckoned from", "anchor", lambda value: str(Anchor(value).label)),
    )
    order = "name"
    order_words = "by name"
    enters: ClassVar[Who | None] = staticmethod(party_support)


class MandatePage(RecordPage):
    """One mandate."""

    model = Mandate
    word, plural = "mandate", "mandates"

    def facts(self, record: Mandate) -> list[Fact]:
        """Whom it binds, by when, and how sure we are."""
        entries = RULEBOOK.entries.get(record.rule, ())
        note = " ".join(filter(None, (entries[-1].doubt, entries[-1].source, entries[-1].note))) if entries else ""
        facts = [
            Fact("Party Category", record.get_category_display()),
            Fact("Of those who supply", record.get_supply_display() if record.supply else "anything"),
            Fact("Due", due_words(record.rule), note=note),
            Fact("Reckoned from", Anchor(record.anchor).label),
            Fact("Met by entry as any of", ", ".join(role.name for role in record.roles.all())),
        ]
        days = (("For anchor days from", record.anchored_from), ("For anchor days until", record.anchored_until))
        facts += [Fact(label, long_date(day)) for label, day in days if day]
        return facts


class MandateEntry(EntryPage):
    """Enters a mandate."""

    model = Mandate
    form_class = MandateForm
    word, plural = "mandate", "mandates"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it with its roles."""
        journal.enter(record, **told, roles=[role.name for role in form.cleaned_data["roles"]])
        record.roles.set(form.cleaned_data["roles"])


class UserRoles(ListPage):
    """The DCC User Roles."""

    model = UserRole
    word, plural = "user role", "user roles"
    filters = UserRoleFilter
    about = "The roles in which a party can be a User of the DCC's services, each from the day on which it exists."
    columns = (
        Column("name", "User Role", "name"),
        Column("from", "Exists from", "from_day"),
        Column("until", "Until", "to_day"),
    )
    order = "position"
    order_words = "in their own order"
    enters: ClassVar[Who | None] = staticmethod(party_support)


class UserRolePage(RecordPage):
    """One User Role."""

    model = UserRole
    word, plural = "user role", "user roles"
    editors: ClassVar[Who | None] = staticmethod(party_support)

    def facts(self, record: UserRole) -> list[Fact]:
        """Since when it exists and who may hold it."""
        needed = licence_for(record, local_day(self.request.at))
        words = {ANY_PARTY: "any party", None: "nobody: the rulebook does not say"}.get(
            needed, f"holders of a licence: {needed}"
        )
        facts = [Fact("Exists from", long_date(record.from_day)), Fact("Who may hold it", words)]
        return [*facts, Fact("Exists until", long_date(record.to_day))] if record.to_day else facts


class UserRoleEntry(EntryPage):
    """Adds a User Role, or says until when one exists."""

    model = UserRole
    form_class = UserRoleForm
    word, plural = "user role", "user roles"
    who: ClassVar[Who] = staticmethod(party_support)
