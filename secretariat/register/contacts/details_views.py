"""Pages of requests to change details, and of what was told of them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in, speaks_for
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import local_day, long_date, parse_day
from secretariat.register.contacts.applying import asked_for
from secretariat.register.contacts.contact import Contact, Hearer
from secretariat.register.contacts.details import ACCEPTED, DetailsChange, Disclosure
from secretariat.register.contacts.filters import DetailsChangeFilter, DisclosureFilter
from secretariat.register.contacts.forms import ChangeForm, WhichPartyForm
from secretariat.register.contacts.procedure import DETAILS, own_or_party_support, speaks_for_a_party
from secretariat.register.identifiers.models import IdList
from secretariat.register.models import Party
from secretariat.register.procedure import party_support

CHANGED = ("What", "Was", "Is to be")


class DetailsChanges(ListPage):
    """Requests of parties to change their details."""

    model = DetailsChange
    word, plural = "details change", "details changes"
    filters = DetailsChangeFilter
    about = "What parties asked to be changed in their details, and what came of it."
    empty = "There is no request that you may read."
    columns = (
        Column("party", "Party", "party__name"),
        Column("asked", "Asked", "asked_on"),
        Column("from", "Takes effect", "from_day"),
        Column("state", "State", "state"),
        Column("decided", "Decided", "decided_on"),
        class_column(),
    )
    order = "-asked_on"
    day = "asked_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(speaks_for_a_party)


class DetailsChangePage(RecordPage):
    """One request: what was, what is to be, and what was said about it."""

    model = DetailsChange
    word, plural = "details change", "details changes"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def facts(self, record: DetailsChange) -> list[Fact]:
        """Whose it is, its days, who may be told, and how it was decided."""
        facts = [Fact("Party", record.party.name, record.party.get_absolute_url())]
        facts += [Fact("Contact", str(record.contact), record.contact.get_absolute_url())] if record.contact else []
        facts += [Fact("Asked", long_date(record.asked_on))] if record.asked_on else []
        facts.append(Fact("Takes effect", long_date(record.from_day)))
        may = "; ".join(str(Hearer(hearer).label) for hearer in record.consented)
        facts.append(Fact("May be told of it", may or "nobody", "", "By the consents given on the form (PTY-31)."))
        facts += [Fact("Checked against", record.get_checked_display())] if record.checked else []
        facts += [Fact("Why it was refused", record.refusal)] if record.refusal else []
        facts += [Fact("Decided", long_date(record.decided_on))] if record.decided_on else []
        facts += self._list_to_issue(record)
        return facts

    def _list_to_issue(self, record: DetailsChange) -> list[Fact]:
        """A changed legal name goes into the ID Allocation list (rule PTY-33): what is still to be done for that."""
        if record.state != ACCEPTED or "name" not in record.asked or record.decided_on is None:
            return []
        if not party_support(reader(self.request), record, self.request.at):
            return []
        issued = IdList.objects.filter(issued_on__gte=record.decided_on).order_by("number").first()
        if issued is not None:
            return [Fact("ID Allocation list", str(issued), issued.get_absolute_url())]
        return [Fact("ID Allocation list", "Issue it with the new name", reverse("identifier-list-issue"))]

    def related(self, record: DetailsChange) -> list[Related]:
        """The changes, the questions and answers, and who was told."""
        said = [
            (one["question"], long_date(parse_day(one["asked_on"])), one["answer"],
             long_date(parse_day(one["answered_on"])) if one["answered_on"] else "")
            for one in record.exchange
        ]  # fmt: skip
        person, at = reader(self.request), self.request.at
        told = [(row, long_date(row.told_on)) for row in record.disclosures.visible_to(person, at)]
        return [
            Related("What changes", CHANGED, list(record.lines()), "Nothing."),
            Related("Questions", ("Question", "Asked", "Answer", "Answered"), said, "There is none."),
            Related("Who was told", ("Told", "On"), told, "Nobody was told."),
        ]


class WhichParty(Page):
    """For which party details are to change; whoever speaks for one party alone is sent on at once."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(speaks_for_a_party)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The choice."""
        parties = self._parties()
        if not parties:
            raise PermissionDenied("You speak for no party.")
        if len(parties) == 1:
            return redirect("change-details", key=parties[0].key)
        return self._form(self._choice())

    def post(self, request: HttpRequest) -> HttpResponse:
        """On to the party's form."""
        form = self._choice(request.POST)
        if not form.is_valid():
            return self._form(form, 422)
        return redirect("change-details", key=form.cleaned_data["party"].key)

    def _choice(self, data: Any = None) -> WhichPartyForm:
        form = WhichPartyForm(data)
        form.fields["party"].queryset = self._rows()  # type: ignore[attr-defined]
        return form

    def _parties(self) -> list[Party]:
        return list(self._rows()[:2])

    def _rows(self) -> models.QuerySet[Any]:
        person, at = reader(self.request), self.request.at
        rows: models.QuerySet[Any] = Party.objects.on(local_day(at)).filter(is_dcc=False)
        return rows if party_support(person, None, at) else rows.filter(pk__in=speaks_for(person, at))

    def _form(self, form: WhichPartyForm, status: int = 200) -> HttpResponse:
        crumbs = (Crumb("Details changes", reverse("details changes")), Crumb("Ask for a change"))
        told = {"form": form, "title": "Ask for a change of details", "crumbs": crumbs}
        return self.shown(told | {"back": reverse("details changes")}, status)


class ChangeDetails(FormPage):
    """A party's details, or one contact of it (`?contact=` its number, or new), to be typed over."""

    plural = "parties"
    model = Party
    key = "key"
    who: ClassVar[Who] = staticmethod(speaks_for_a_party)

    def record(self, key: str) -> Party:
        """The party, while it is one. Raises Http404, PermissionDenied."""
        person, at = reader(self.request), self.request.at
        party: Party = super().record(key)
        if not Party.objects.on(local_day(at)).filter(pk=party.pk).exists():
            raise Http404(f"There is no party {key} that you may read.")
        if not party_support(person, None, at) and party.pk not in speaks_for(person, at):
            raise PermissionDenied("You do not speak for this party.")
        return party

    def heading(self, record: Party) -> str:
        """What of the party is to change."""
        contact = self._contact(record)
        if contact and not contact.pk:
            return f"Ask for a new contact of {record}"
        return f"Ask to change {'a contact' if contact else 'the details'} of {record}"

    def form(self, record: Party, data: Any = None, files: Any = None) -> ChangeForm:
        """The details as they are."""
        return ChangeForm(data, party=record, contact=self._contact(record), day=local_day(self.request.at))

    def save(self, record: Party, form: ChangeForm) -> DetailsChange:
        """Asks for what was typed to become so."""
        contact, given = self._contact(record), form.cleaned_data
        change = DetailsChange(party=record, contact=contact if contact and contact.pk else None)
        change.asked = asked_for(record, contact, form.wanted, local_day(self.request.at))
        change.from_day, change.asked_by = given["from_day"], reader(self.request)
        change.tell_dcc, change.tell_alt_han = given["tell_dcc"], given["tell_alt_han"]
        DETAILS.take("submit", change, **self.told())
        return change

    def _contact(self, party: Party) -> Contact | None:
        asked = self.request.GET.get("contact", "")
        if asked == "new":
            return Contact(party=party)
        if not asked:
            return None
        found: Contact | None = party.contacts.on(local_day(self.request.at)).filter(
            pk=asked if asked.isdigit() else None
        ).first()  # fmt: skip
        if found is None:
            raise Http404(f"{party} has no such contact.")
        return found


class Disclosures(ListPage):
    """What recipients were told of changed details."""

    model = Disclosure
    word, plural = "disclosure", "disclosures"
    filters = DisclosureFilter
    about = "Changed details that the DCC or Alt HAN were told, each by the party’s consent."
    empty = "There is nothing that you were told or may read."
    columns = (
        Column("party", "Party", "change__party__name"),
        Column("to", "Told to", "hearer", lambda value: str(Hearer(value).label)),
        Column("told", "Told", "told_on"),
        class_column(),
    )
    order = "-told_on"
    day = "told_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)


class DisclosurePage(RecordPage):
    """What one recipient was told of one change."""

    model = Disclosure
    word, plural = "disclosure", "disclosures"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def facts(self, record: Disclosure) -> list[Fact]:
        """Of whom, to whom, since when it holds; the request itself for its own party and the secretariat."""
        facts = [
            Fact("Party", record.change.party.name, record.change.party.get_absolute_url()),
            Fact("Told to", record.get_hearer_display()),
            Fact("Told", long_date(record.told_on)),
            Fact("Holds from", long_date(record.change.from_day)),
        ]
        person, at = reader(self.request), self.request.at
        if own_or_party_support(person, record.change, at):
            facts.append(Fact("Request", str(record.change), record.change.get_absolute_url()))
        return facts

    def related(self, record: Disclosure) -> list[Related]:
        """The changes, and of the contact only where its own consent says so."""
        return [Related("What changed", ("What", "Was", "Is"), list(record.lines), "Nothing.")]
