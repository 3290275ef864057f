"""Who can sign in for a party: its leading contact invites colleagues and removes those who leave.

A leaver loses access at once: the capacity ends at the instant, and every session with it. Events name people by
reference alone, so that personal data can be erased while the chain stays whole.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.capacities import speaks_for
from secretariat.core.form_page import FormPage
from secretariat.core.pages import Crumb
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused
from secretariat.plain.dates import local_day
from secretariat.register.models import Party
from secretariat.site.own_party import OwnPartyPage


def contacts_of(party: Party, at: datetime) -> list[Capacity]:
    """The capacities in which somebody can sign in for a party at an instant, the oldest first."""
    rows = Capacity.objects.on(local_day(at)).filter(role=Role.PARTY_CONTACT, organisation_id=party.pk)
    return list(rows.filter(person__is_active=True).select_related("person").order_by("from_day", "pk"))


def leading(rows: list[Capacity]) -> list[Capacity]:
    """Those who invite and remove colleagues: who was invited so, else who has been the party's contact the longest."""
    return [row for row in rows if row.leads] or rows[:1]


def leads(person: Person | None, party: Party, at: datetime) -> bool:
    """Whether a person invites and removes the colleagues of a party."""
    return person is not None and any(row.person_id == person.pk for row in leading(contacts_of(party, at)))


def invite(
    party: Party, *, name: str, email: str, leads_too: bool, by: Person, at: datetime, recorded: datetime
) -> Capacity:
    """Lets somebody sign in for a party from now on, and returns the capacity; the invitation goes out by mail.

    A person with the address who is known already keeps their name. Raises Refused.
    """
    if not leads(by, party, at):
        raise Refused("Colleagues are invited by the party's leading contact.")
    with transaction.atomic():
        person = _person(name, email, by, at, recorded)
        if party.pk in speaks_for(person, at):
            raise Refused("Somebody with this address can sign in for your party already.")
        row = Capacity(person=person, role=Role.PARTY_CONTACT, organisation_id=party.pk, leads=leads_too)
        row.from_day, row.recorded = local_day(at), recorded
        journal.enter(row, by=by, at=at, recorded=recorded, verb="invite", person=person, party=party)
    return row


def _person(name: str, email: str, by: Person, at: datetime, recorded: datetime) -> Person:
    known = Person.objects.filter(email__iexact=email).first()
    if known is not None:
        if not known.is_active:
            raise Refused("The account with this address is closed. Ask the secretariat to open it again.")
        return known
    person = Person(name=name, email=email.lower())
    person.set_unusable_password()
    journal.enter(person, by=by, at=at, recorded=recorded)
    return person


def remove(
    party: Party, person: Person, *, successor: Person | None, by: Person, at: datetime, recorded: datetime
) -> None:
    """Ends what lets a person sign in for a party, at once, and every session of theirs.

    `successor` leads from now on. Raises Refused: nobody would be left, or nobody named to lead.
    """
    with transaction.atomic():
        _held(party)
        rows = contacts_of(party, at)
        if by not in [row.person for row in leading(rows)]:
            raise Refused("Colleagues are removed by the party's leading contact.")
        staying = [row for row in rows if row.person_id != person.pk]
        if not staying:
            raise Refused("Nobody of your party could sign in any more. Invite a colleague first.")
        _hand_over(rows, staying, person, successor, by=by, at=at, recorded=recorded)
        for row in _rows_of(party, person, at):
            _end(row, party, by=by, at=at, recorded=recorded)
        for session in UserSession.objects.filter(user=person):
            session.end()


def _held(party: Party) -> None:
    """Of two who remove each other, the second meets what the first left."""
    list(Capacity.objects.select_for_update().filter(role=Role.PARTY_CONTACT, organisation_id=party.pk))


def _rows_of(party: Party, person: Person, at: datetime) -> list[Capacity]:
    """The person's capacities for the party that are in force or still to come."""
    rows: Any = Capacity.objects.filter(role=Role.PARTY_CONTACT, organisation_id=party.pk, person=person, ended=None)
    return list(rows.overlapping(local_day(at), None))


def needs_successor(rows: list[Capacity], person: Person) -> bool:
    """Whether nobody would lead who was named to, once a person is gone."""
    return any(row.person_id == person.pk for row in leading(rows)) and not any(
        row.leads for row in rows if row.person_id != person.pk
    )


def _hand_over(
    rows: list[Capacity], staying: list[Capacity], person: Person, successor: Person | None, **told: Any
) -> None:
    named = next((row for row in staying if successor is not None and row.person_id == successor.pk), None)
    if needs_successor(rows, person) and named is None:
        raise Refused("Name the colleague who invites and removes the others from now on.")
    if named is not None:
        journal.amend(named, {"leads": True}, **told)


def _end(row: Capacity, party: Party, *, by: Person, at: datetime, recorded: datetime) -> None:
    row.to_day, row.ended = max(local_day(at), row.from_day), at
    row.full_clean()
    row.save(update_fields=["to_day", "ended"])
    journal.record(
        "capacity.remove", row, by=by, at=at, recorded=recorded, person=row.person, party=party, to_day=row.to_day
    )


class InviteForm(forms.Form):
    """Whom to invite."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(label="E-mail address", help_text="The invitation goes there; they sign in with it.")
    leads_too = forms.BooleanField(required=False, label="May invite and remove colleagues too")


class RemoveForm(forms.Form):
    """Who leads from now on, where somebody must be named."""

    successor = forms.ModelChoiceField(
        Person.objects.none(), label="Who invites and removes colleagues from now on", empty_label="choose"
    )

    def __init__(self, *args: Any, rows: list[Capacity], person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_successor(rows, person):
            del self.fields["successor"]
            return
        others = [row.person_id for row in rows if row.person_id != person.pk]
        self.fields["successor"].queryset = Person.objects.filter(pk__in=others)  # type: ignore[attr-defined]


class Colleagues(OwnPartyPage):
    """Who of the party can sign in and since when; its leading contact invites others."""

    template = "site/colleagues.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The list, with the form for those who may invite."""
        return self._page(self.party(key), InviteForm())

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Invites a colleague; a refusal keeps what was typed."""
        party, form = self.party(key), InviteForm(request.POST)
        if not leads(self.person, party, self.request.at):
            raise PermissionDenied("Colleagues are invited by the party's leading contact.")
        if not form.is_valid():
            return self._page(party, form, status=422)
        at = self.request.at
        try:
            row = invite(party, **form.cleaned_data, by=self.person, at=at, recorded=at)
        except (Refused, ValidationError) as error:
            form.add_error("email", error.messages)
            return self._page(party, form, status=422)
        messages.success(request, f"{row.person} is invited; the mail is on its way.")
        return redirect("colleagues", key)

    def _page(self, party: Party, form: forms.Form, status: int = 200) -> HttpResponse:
        rows = contacts_of(party, self.request.at)
        told = {
            "party": party,
            "rows": rows,
            "leading": [row.pk for row in leading(rows)],
            "may_lead": leads(self.person, party, self.request.at),
            "form": form,
            "crumbs": self.where(party, "Colleagues"),
        }
        return self.shown(told, status)


class ColleagueRemoval(OwnPartyPage, FormPage):
    """Removes one colleague, or oneself, at once."""

    template = "site/colleague_removal.html"
    own: Party
    rows: list[Capacity]

    def record(self, key: str) -> Capacity:
        """The capacity in which the colleague signs in. Raises Http404, PermissionDenied."""
        self.own = self.party(key)
        self.rows = contacts_of(self.own, self.request.at)
        row = next((row for row in self.rows if row.pk == self.kwargs["capacity"]), None)
        if row is None:
            raise Http404("Nobody of your party has this capacity.")
        if not leads(self.person, self.own, self.request.at):
            raise PermissionDenied("Colleagues are removed by the party's leading contact.")
        return row

    def back(self, record: Capacity) -> str:
        """Who of the party can sign in."""
        return reverse("colleagues", args=[self.own.key])

    def trail(self, record: Capacity) -> tuple[Crumb, ...]:
        """By way of the colleagues."""
        home, here = self.where(self.own, f"Remove {record.person}")
        return home, Crumb("Colleagues", self.back(record)), here

    def context(self, record: Capacity) -> dict[str, Any]:
        """Who goes, and of which party."""
        return {"party": self.own, "row": record, "itself": record.person_id == self.person.pk}

    def form(self, record: Capacity, data: Any = None, files: Any = None) -> RemoveForm:
        """Who leads from now on, where that must be said."""
        return RemoveForm(data, rows=self.rows, person=record.person)

    def save(self, record: Capacity, form: RemoveForm) -> str:
        """Removes the colleague; who removed themselves is signed out."""
        person, at = self.person, self.request.at
        remove(self.own, record.person, successor=form.cleaned_data.get("successor"), by=person, at=at, recorded=at)
        if record.person_id == person.pk:
            logout(self.request)
            return reverse("home")
        messages.success(self.request, f"{record.person} can no longer sign in for {self.own}.")
        return self.back(record)
