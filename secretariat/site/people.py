"""People, and the capacities in which they act: kept by the secretariat's operations team.

An event about a person names which of their particulars changed, never what they were: personal data is held
by reference, so that it can be erased while the chain of events stays whole.
"""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse

from secretariat.core import journal
from secretariat.core.capacities import team
from secretariat.core.filters import TextFilter
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader, record_urls
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
                journal.record("person.amend", person, particulars=form.changed_data, **_told(self))
        return form.instance


class CapacityEntry(Page):
    """Adds a capacity to a person."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(KEEPERS)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The empty form, from today."""
        return self._form(_person(key), CapacityForm(initial={"from_day": local_day(self.request.at)}))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Adds the capacity, and journals it."""
        person = _person(key)
        row = Capacity(person=person, recorded=self.request.at)
        form = CapacityForm(request.POST, instance=row)
        if not form.is_valid():
            return self._form(person, form, status=422)
        form.save(commit=False)
        journal.enter(row, **_told(self), person=person)
        return redirect(person)

    def _form(self, person: Person, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        return _entry(self, person, form, f"Add a capacity of {person}", status)


class CapacityEnd(Page):
    """Ends a capacity of a person."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(KEEPERS)

    def get(self, request: HttpRequest, key: str, capacity: int) -> HttpResponse:
        """The form, with today."""
        form = EndForm(initial={"to_day": local_day(self.request.at)})
        return self._form(_capacity(key, capacity), form)

    def post(self, request: HttpRequest, key: str, capacity: int) -> HttpResponse:
        """Sets the last day, and journals it."""
        row, form = _capacity(key, capacity), EndForm(request.POST)
        if form.is_valid() and form.cleaned_data["to_day"] < row.from_day:
            form.add_error("to_day", "The last day is before the first.")
        if not form.is_valid():
            return self._form(row, form, status=422)
        journal.amend(row, {"to_day": form.cleaned_data["to_day"]}, **_told(self))
        return redirect(row.person)

    def _form(self, row: Capacity, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        return _entry(self, row.person, form, f"End {row} of {row.person}", status)


def _person(key: str) -> Person:
    person = Person.objects.filter(pk=key).first() if key.isdigit() else None
    if person is None:
        raise Http404(f"There is no person {key}.")
    return person


def _capacity(key: str, capacity: int) -> Capacity:
    row: Capacity | None = Capacity.objects.filter(person=_person(key), pk=capacity).select_related("person").first()
    if row is None:
        raise Http404("There is no such capacity.")
    return row


def _told(page: Page) -> dict[str, Any]:
    return {"by": reader(page.request), "at": page.request.at, "recorded": page.request.at}


def _entry(page: Page, person: Person, form: forms.BaseForm, title: str, status: int) -> HttpResponse:
    crumbs = (Crumb("People", reverse("people")), Crumb(str(person), person.get_absolute_url()), Crumb(title))
    return page.shown({"form": form, "title": title, "crumbs": crumbs, "back": person.get_absolute_url()}, status)


urlpatterns = [
    *People.urls(),
    path("people/<str:key>/capacities/new/", CapacityEntry.as_view(), name="capacity-new"),
    path("people/<str:key>/capacities/<int:capacity>/end/", CapacityEnd.as_view(), name="capacity-end"),
    *record_urls(PersonPage, PersonEntry),
]
