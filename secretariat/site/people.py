"""People, and the capacities in which they act: kept by the secretariat's operations team.

An event about a person names which of their particulars changed, never what they were: personal data is held
by reference, so that it can be erased while the chain of events stays whole.
"""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404
from django.urls import path, reverse

from secretariat.core import journal
from secretariat.core.capacities import team
from secretariat.core.filters import TextFilter
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, keyed, record_urls
from secretariat.core.people import Capacity, Person, Role, Team
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day
from secretariat.register.models import Party
from secretariat.site.navigation import Link

KEEPERS = team(Team.OPERATIONS)


class PersonFilter(django_filters.FilterSet):
    """Filters of the list of people."""

    text = TextFilter("name", "email")
    role = django_filters.ChoiceFilter(choices=Role.choices, method="having_role", label="Acts as")
    is_active = django_filters.BooleanFilter(label="May sign in")

    class Meta:
        model = Person
        fields = ()

    def having_role(self, rows: models.QuerySet[Person], name: str, value: str) -> models.QuerySet[Person]:
        """The people who act in a role on the day of the request."""
        today = local_day(self.request.at)  # type: ignore[union-attr]
        return rows.filter(pk__in=Capacity.objects.on(today).filter(role=value).values("person"))


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """The particulars of a person."""

    class Meta:
        model = Person
        fields = ("name", "email", "is_active")
        labels: ClassVar[dict[str, str]] = {"is_active": "May sign in"}
        help_texts: ClassVar[dict[str, str]] = {"email": "The address that they sign in with."}

    def clean_email(self) -> str:
        """The address in small letters. Raises ValidationError when somebody has it already."""
        email = str(self.cleaned_data["email"]).lower()
        if Person.objects.filter(email__iexact=email).exclude(pk=self.instance.pk).exists():
            raise ValidationError("Somebody with this address is already here.")
        return email


def _parties() -> list[tuple[str, str]]:
    """The parties for which a contact can speak, by name: those that have not left."""
    rows = Party.objects.filter(left_on__isnull=True).order_by("name", "pk").values_list("pk", "name")
    return [("", "none"), *((str(pk), name) for pk, name in rows)]


class CapacityForm(forms.ModelForm):  # type: ignore[type-arg]
    """A capacity that a person is to act in."""

    organisation_id = forms.TypedChoiceField(
        choices=_parties, coerce=int, empty_value=None, required=False, label="Party",
        help_text="For a party's contact: the party spoken for.",
    )  # fmt: skip

    class Meta:
        model = Capacity
        fields = ("role", "team", "audience", "organisation_id", "leads", "from_day", "to_day")
        labels: ClassVar[dict[str, str]] = {
            "audience": "Code of the body",
            "to_day": "Last day",
        }
        help_texts: ClassVar[dict[str, str]] = {
            "team": "For the secretariat only.",
            "audience": "For a committee member: the body, such as SECP, whose papers it opens.",
            "to_day": "Leave empty until further notice.",
        }

    def clean(self) -> dict[str, Any]:
        """The capacity, whole. Raises ValidationError naming what its role needs."""
        told = super().clean() or {}
        first, last = told.get("from_day"), told.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", "The last day is before the first.")
        for name, role in (
            ("team", Role.SECRETARIAT),
            ("audience", Role.COMMITTEE_MEMBER),
            ("organisation_id", Role.PARTY_CONTACT),
        ):
            if told.get("role") == role and not told.get(name):
                self.add_error(name, f"{role.label} needs this.")
        return told


class EndForm(forms.Form):
    """The last day of a capacity."""

    to_day = forms.DateField(label="Last day")

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first = first

    def clean_to_day(self) -> date:
        """The day. Raises ValidationError before the first."""
        day: date = self.cleaned_data["to_day"]
        if day < self.first:
            raise ValidationError("The last day is before the first.")
        return day


class People(ListPage):
    """Everybody who can sign in, or on whose behalf something was recorded."""

    model = Person
    word, plural = "person", "people"
    columns = (
        Column("name", "Name", "name"),
        Column("email", "E-mail address", "email"),
        Column("active", "May sign in", "is_active"),
        Column("last_login", "Last signed in", "last_login"),
        Column("invented", "Invented", "invented"),
    )
    filters = PersonFilter
    order, order_words = "name", "by name"
    about = "Who can sign in, and the capacities in which they act."
    empty = "Nobody is known yet."
    who: ClassVar[Who] = staticmethod(KEEPERS)
    enters: ClassVar[Who | None] = staticmethod(KEEPERS)


class PersonPage(RecordPage):
    """One person: the capacities in which they act and acted."""

    template = "site/person.html"
    model = Person
    word, plural = "person", "people"
    who: ClassVar[Who] = staticmethod(KEEPERS)
    editors: ClassVar[Who | None] = staticmethod(KEEPERS)

    def facts(self, record: Person) -> list[Fact]:
        """How they sign in."""
        factors = record.authenticator_set.count()  # type: ignore[attr-defined]
        return [
            Fact("E-mail address", record.email),
            Fact("May sign in", record.is_active),
            Fact("Last signed in", record.last_login or "never"),
            Fact("Second factor", "set up" if factors else "not set up"),
        ]

    def related(self, record: Person) -> list[Related]:
        """Every capacity, newest first, those in force with a way to end them."""
        found = list(record.capacities.order_by("-from_day", "-pk"))
        parties = Party.objects.in_bulk({row.organisation_id for row in found if row.organisation_id is not None})
        rows = [self._row(row, parties.get(row.organisation_id, "")) for row in found]
        heads = ("Capacity", "Team", "Body", "Party", "From", "Last day", "Change")
        return [Related("Capacities", heads, rows, "This person acts in no capacity, and reads what anyone may read.")]

    def _row(self, row: Capacity, party: Party | str) -> tuple[Any, ...]:
        over = row.ended is not None or (row.to_day is not None and row.to_day < local_day(self.request.at))
        end = "" if over else Link("End", reverse("capacity-end", args=[row.person_id, row.pk]))
        last = row.to_day or "until further notice"
        return (row.get_role_display(), row.get_team_display(), row.audience, party, row.from_day, last, end)

    def context(self, record: Person) -> dict[str, Any]:
        """Where a capacity is added."""
        return {"add_capacity": reverse("capacity-new", args=[record.pk])}


class PersonEntry(EntryPage):
    """Adds a person, who then sets a password by mail; or amends one."""

    model = Person
    form_class = PersonForm
    word, plural = "person", "people"
    who: ClassVar[Who] = staticmethod(KEEPERS)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Saves a new person without a password."""
        record.set_unusable_password()
        journal.enter(record, **told)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        if not key:
            return super()._save(form, key)
        if form.changed_data:
            with transaction.atomic():
                person = form.save()
                journal.record("person.amend", person, particulars=form.changed_data, **self.told())
        return form.instance


class CapacityEntry(FormPage):
    """Adds a capacity to a person."""

    plural = "people"
    who: ClassVar[Who] = staticmethod(KEEPERS)

    def record(self, key: str) -> Person:
        """The person. Raises Http404."""
        person: Person | None = keyed(Person, "pk", key).first()
        if person is None:
            raise Http404(f"There is no person {key}.")
        return person

    def heading(self, record: Person) -> str:
        """Whose capacity."""
        return f"Add a capacity of {record}"

    def form(self, record: Person, data: Any = None, files: Any = None) -> CapacityForm:
        """A capacity from today."""
        row = Capacity(person=record, recorded=self.request.at)
        return CapacityForm(data, instance=row, initial={"from_day": local_day(self.request.at)})

    def save(self, record: Person, form: CapacityForm) -> Person:
        """Adds it, and journals it."""
        journal.enter(form.save(commit=False), **self.told(), person=record)
        return record


class CapacityEnd(FormPage):
    """Ends a capacity of a person."""

    who: ClassVar[Who] = staticmethod(KEEPERS)

    def record(self, key: str) -> Capacity:
        """The capacity of the person. Raises Http404."""
        rows = Capacity.objects.filter(person__in=keyed(Person, "pk", key), pk=self.kwargs["capacity"])
        row: Capacity | None = rows.select_related("person").first()
        if row is None:
            raise Http404("There is no such capacity.")
        return row

    def heading(self, record: Capacity) -> str:
        """Which capacity, and whose."""
        return f"End {record} of {record.person}"

    def back(self, record: Capacity) -> str:
        """The person."""
        return record.person.get_absolute_url()

    def trail(self, record: Capacity) -> tuple[Crumb, ...]:
        """By way of the person."""
        person = Crumb(str(record.person), self.back(record))
        return Crumb("People", reverse("people")), person, Crumb(self.heading(record))

    def form(self, record: Capacity, data: Any = None, files: Any = None) -> EndForm:
        """The last day, at first today."""
        return EndForm(data, initial={"to_day": local_day(self.request.at)}, first=record.from_day)

    def save(self, record: Capacity, form: EndForm) -> Person:
        """Sets the last day, and journals it."""
        journal.amend(record, {"to_day": form.cleaned_data["to_day"]}, **self.told())
        return record.person


urlpatterns = [
    *People.urls(),
    path("people/<str:key>/capacities/new/", CapacityEntry.as_view(), name="capacity-new"),
    path("people/<str:key>/capacities/<int:capacity>/end/", CapacityEnd.as_view(), name="capacity-end"),
    *record_urls(PersonPage, PersonEntry),
]
