"""Pages of licences and contacts, and the operational contacts that suppliers share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models, transaction
from django.db.models import OuterRef, Subquery
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.register.contacts.actions import amend_contact, end_contact, enter_contact, erase_contact
from secretariat.register.contacts.contact import (
    Contact,
    ContactPurpose,
    Hearer,
    OperationalContact,
    Purpose,
    reads_shared_contacts,
)
from secretariat.register.contacts.filters import ContactFilter, LicenceFilter, OperationalContactFilter
from secretariat.register.contacts.forms import ContactEndForm, ContactForm, EraseForm, LicenceForm
from secretariat.register.contacts.licences import Licence, LicenceKind
from secretariat.register.contacts.procedure import own_or_party_support
from secretariat.register.entry import RoleNames
from secretariat.register.procedure import party_support


class Licences(ListPage):
    """The licences that parties hold or held."""

    model = Licence
    word, plural = "licence", "licences"
    filters = LicenceFilter
    about = "The licences of parties; they decide the Party Category."
    columns = (
        Column("party", "Party", "party__name"),
        Column("kind", "Licence", "kind", lambda value: str(LicenceKind(value).label)),
        Column("number", "Number", "number"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
    )
    order = "party__name"
    order_words = "by party"
    day = "from_day"
    enters: ClassVar[Who | None] = staticmethod(party_support)
    loads = "licences"


class LicencePage(RecordPage):
    """One licence."""

    model = Licence
    word, plural = "licence", "licences"
    editors: ClassVar[Who | None] = staticmethod(party_support)

    def facts(self, record: Licence) -> list[Fact]:
        """Whose it is, of which kind, and its days."""
        return [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Licence", record.get_kind_display()),
            Fact("Number", record.number),
            Fact("From", long_date(record.from_day)),
            Fact("Until", long_date(record.to_day) if record.to_day else "further notice"),
        ]


class LicenceEntry(EntryPage):
    """Enters or amends a licence."""

    model = Licence
    form_class = LicenceForm
    word, plural = "licence", "licences"
    who: ClassVar[Who] = staticmethod(party_support)


def _purposes(value: str | None) -> str:
    keys = (value or "").split(", ")
    return "; ".join(str(purpose.label) for purpose in Purpose if purpose.value in keys)


class Contacts(ListPage):
    """The contacts of parties."""

    model = Contact
    word, plural = "contact", "contacts"
    filters = ContactFilter
    about = "Who to reach at a party, and for what. A party’s people see their own party’s contacts."
    empty = "There is no contact that you may read."
    columns = (
        Column("party", "Party", "party__name"),
        Column("name", "Name", "name"),
        Column("email", "E-mail address", "email"),
        Column("telephone", "Telephone", "telephone"),
        Column("purposes", "For", "purpose_list", _purposes, sortable=False),
        Column("confirmed", "Confirmed", "confirmed_on"),
        Column("ended", "Ended", "ended_on"),
        class_column(),
    )
    order = "party__name"
    order_words = "by party"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(party_support)

    def rows(self) -> models.QuerySet[Any]:
        """The contacts that the person may read, each with what it is there for in one text."""
        held = ContactPurpose.objects.filter(contact=OuterRef("pk")).order_by().values("contact")
        names = held.annotate(all=RoleNames("purpose")).values("all")
        rows: models.QuerySet[Any] = super().rows().annotate(purpose_list=Subquery(names))
        return rows


class ContactPage(RecordPage):
    """One contact."""

    model = Contact
    word, plural = "contact", "contacts"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    editors: ClassVar[Who | None] = staticmethod(party_support)

    def facts(self, record: Contact) -> list[Fact]:
        """Who it is, for what, when it was confirmed, and how to have it changed."""
        day = local_day(self.request.at)
        facts = [Fact("Party", record.party.name, record.party.get_absolute_url())]
        if record.erased_on:
            facts.append(Fact("Personal data", f"erased on {long_date(record.erased_on)}"))
        else:
            facts += [Fact("Name", record.name), Fact("E-mail address", record.email)]
            facts += [Fact("Telephone", record.telephone)] if record.telephone else []
        facts.append(Fact("For", "; ".join(str(Purpose(key).label) for key in record.purpose_keys)))
        facts.append(Fact("Signs in", "yes" if record.person_id else "no"))
        facts.append(Fact("Confirmed", long_date(record.confirmed_on) if record.confirmed_on else "not yet"))
        if record.ended_on:
            facts.append(Fact("Ended", long_date(record.ended_on)))
        elif own_or_party_support(reader(self.request), record, self.request.at):
            change = f"{reverse('change-details', args=[record.party.key])}?contact={record.pk}"
            facts.append(Fact("Something is wrong?", "Ask to change this contact", change))
        if party_support(reader(self.request), record, self.request.at) and not record.erased_on:
            end = reverse("contact-end", args=[record.pk])
            facts.append(Fact("Gone?", "Erase" if record.ended_on and record.ended_on <= day else "End or erase", end))
        return facts

    def related(self, record: Contact) -> list[Related]:
        """Who may be told of it, since when."""
        rows: list[tuple[Any, ...]] = [
            (Hearer(row.hearer).label, long_date(row.given_on),
             day_words(row.withdrawn_on))
            for row in record.consents.all()
        ]  # fmt: skip
        heads = ("May be told to", "Consent given", "Withdrawn")
        return [Related("Consents", heads, rows, "Nobody besides the secretariat may be told of this contact.")]


class ContactEntry(EntryPage):
    """Enters a contact, or amends one; the event names what changed and never what it was."""

    model = Contact
    form_class = ContactForm
    word, plural = "contact", "contacts"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it with its purposes and consents."""
        enter_contact(record, form.cleaned_data["purposes"], form.cleaned_data["hearers"], **told)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        if not key:
            return super()._save(form, key)
        record = self._record(key)
        changes = {name: form.cleaned_data[name] for name in ("name", "email", "telephone", "person")}
        amend_contact(record, changes, form.cleaned_data["purposes"], form.cleaned_data["hearers"], **self.told())  # type: ignore[arg-type]
        return record


class ContactEnd(FormPage):
    """Ends a contact, and erases its personal data where that is asked."""

    model = Contact
    plural = "contacts"
    who: ClassVar[Who] = staticmethod(party_support)

    def heading(self, record: Contact) -> str:
        """What is still to be done with it."""
        return f"Erase {record}" if record.ended_on else f"End {record}"

    def form(self, record: Contact, data: Any = None, files: Any = None) -> forms.Form:
        """The last day, at first today, and whether to erase."""
        return EraseForm(data) if record.ended_on else ContactEndForm(data, initial={"day": local_day(self.request.at)})

    def save(self, record: Contact, form: forms.Form) -> Contact:
        """Ends and erases, both or neither."""
        with transaction.atomic():
            if record.ended_on is None:
                end_contact(record, form.cleaned_data["day"], **self.told())
            if form.cleaned_data["erase"]:
                erase_contact(record, **self.told())
        return record


class OperationalContacts(ListPage):
    """The operational contacts that suppliers share among themselves."""

    model = OperationalContact
    word, plural = "operational contact", "operational contacts"
    filters = OperationalContactFilter
    about = "Operational contacts of suppliers who agreed to be shared with other suppliers."
    empty = "No supplier’s operational contact has agreed to be shared."
    columns = (
        Column("party", "Supplier", "party__name"),
        Column("name", "Name", "name"),
        Column("email", "E-mail address", "email"),
        Column("telephone", "Telephone", "telephone"),
        Column("confirmed", "Confirmed", "confirmed_on"),
    )
    order = "party__name"
    order_words = "by supplier"
    who: ClassVar[Who] = staticmethod(reads_shared_contacts)


class OperationalContactPage(RecordPage):
    """One operational contact, as other suppliers see it."""

    model = OperationalContact
    word, plural = "operational contact", "operational contacts"
    who: ClassVar[Who] = staticmethod(reads_shared_contacts)

    def facts(self, record: OperationalContact) -> list[Fact]:
        """How to reach it, and nothing else."""
        facts = [
            Fact("Supplier", record.party.name, record.party.get_absolute_url()),
            Fact("Name", record.name),
            Fact("E-mail address", record.email),
        ]
        facts += [Fact("Telephone", record.telephone)] if record.telephone else []
        return [*facts, Fact("Confirmed", long_date(record.confirmed_on))] if record.confirmed_on else facts

    def context(self, record: OperationalContact) -> dict[str, Any]:
        """The ground on which it is read."""
        return {"why_visible": "The contact agreed to be shared: suppliers’ contacts and the secretariat read it."}
