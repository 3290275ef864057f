"""Pages of identifiers: who holds which, and the signed list."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.core.signing import public_key
from secretariat.plain.dates import long_date
from secretariat.plain.eui64 import written
from secretariat.register.identifiers.actions import allocate, issue_list, take_into_use
from secretariat.register.identifiers.figures import organisations_allocated
from secretariat.register.identifiers.filters import AllocationFilter, IdListFilter, ParticipantFilter
from secretariat.register.identifiers.forms import AllocationForm, ParticipantForm, UserIdForm
from secretariat.register.identifiers.models import Allocation, IdList, Participant, UserId
from secretariat.register.procedure import party_support


class Participants(ListPage):
    """Organisations that are no parties but hold identifiers or act for those that are."""

    model = Participant
    word, plural = "participant", "participants"
    filters = ParticipantFilter
    about = "Registration Data Providers and Shared Resource Providers: no parties, but known to the register."
    empty = "No Registration Data Provider and no Shared Resource Provider is entered."
    columns = (
        Column("name", "Name", "name"),
        Column("kind", "Kind", "kind", lambda value: str(Participant.Kind(value).label)),
    )
    link = "key"
    order = "name"
    order_words = "by name"
    enters: ClassVar[Who | None] = staticmethod(party_support)


class ParticipantPage(RecordPage):
    """One organisation and what it was allocated."""

    model = Participant
    word, plural, key = "participant", "participants", "key"
    editors: ClassVar[Who | None] = staticmethod(party_support)

    def facts(self, record: Participant) -> list[Fact]:
        """What it is."""
        facts = [Fact("Kind", record.get_kind_display())]
        facts += [Fact("Company number", record.company_number)] if record.company_number else []
        return facts


class ParticipantEntry(EntryPage):
    """Enters or amends an organisation."""

    model = Participant
    form_class = ParticipantForm
    word, plural, key = "participant", "participants", "key"
    who: ClassVar[Who] = staticmethod(party_support)


class Allocations(ListPage):
    """Who was allocated which number, signifier and range."""

    model = Allocation
    word, plural = "allocation", "allocations"
    filters = AllocationFilter
    about = "The organisation numbers, signifiers and EUI-64 ranges that were allocated, as in the signed list."
    empty = "Nothing is allocated. An organisation gets its number, signifier and range when it has acceded."
    columns = (
        Column("number", "Organisation number", "number", numeric=True),
        Column("holder", "Organisation", "holder_name"),
        Column("signifier", "Signifier", "signifier"),
        Column("first", "First identifier", "first", written),
        Column("last", "Last identifier", "last", written),
        Column("allocated", "Allocated", "allocated_on"),
    )
    order = "number"
    order_words = "by organisation number"
    day = "allocated_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(party_support)

    def rows(self) -> models.QuerySet[Any]:
        """The allocations, each with its holder's name."""
        rows: models.QuerySet[Any] = super().rows().annotate(holder_name=Coalesce("party__name", "participant__name"))
        return rows


class AllocationPage(RecordPage):
    """One allocation, and the identifiers of its range that are in use."""

    template = "register/allocation.html"
    model = Allocation
    word, plural = "allocation", "allocations"

    def facts(self, record: Allocation) -> list[Fact]:
        """Whose it is and what it holds, with how sure we are of the range's form."""
        doubt = RULEBOOK.entry("identifiers.prefix", record.allocated_on).doubt
        return [
            Fact("Organisation", record.holder.name, record.holder.get_absolute_url()),
            Fact("Organisation number", str(record.number)),
            Fact("Signifier", record.signifier),
            Fact("Range", str(record.range), "", doubt),
            Fact("Allocated", long_date(record.allocated_on)),
        ]

    def related(self, record: Allocation) -> list[Related]:
        """Its identifiers in use, with their roles."""
        rows = [
            (str(row), ", ".join(role.name for role in row.roles.all()), long_date(row.from_day),
             long_date(row.accepted_on) if row.accepted_on else "not yet")
            for row in record.user_ids.prefetch_related("roles")
        ]  # fmt: skip
        heads = ("Identifier", "Roles", "From", "Accepted by the DCC")
        return [Related("Identifiers in use", heads, rows, "None of its identifiers is in use.")]

    def context(self, record: Allocation) -> dict[str, Any]:
        """Where one more is taken into use, for those who may."""
        may = party_support(reader(self.request), record, self.request.at)
        return {"take_into_use": f"{reverse('user ID-new')}?allocation={record.pk}" if may else ""}


class AllocationEntry(EntryPage):
    """Allocates a number, a signifier and a range."""

    model = Allocation
    form_class = AllocationForm
    word, plural = "allocation", "allocations"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Allocates what comes next."""
        given = form.cleaned_data
        made = allocate(given["party"] or given["participant"], given["signifier"], day=given["allocated_on"], **told)
        record.pk = made.pk


class UserIdEntry(EntryPage):
    """Takes an identifier into use."""

    model = UserId
    form_class = UserIdForm
    word, plural = "user ID", "allocations"
    who: ClassVar[Who] = staticmethod(party_support)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes it into use with its roles."""
        take_into_use(record, form.cleaned_data["roles"], **told)


class IdLists(ListPage):
    """The issues of the ID Allocation list."""

    model = IdList
    word, plural = "identifier list", "identifier lists"
    filters = IdListFilter
    about = "Issues of the ID Allocation list, each a signed spreadsheet."
    empty = "The list was not issued yet. It can be once something is allocated."
    columns = (
        Column("number", "Number", "number", numeric=True),
        Column("issued", "Issued", "issued_on"),
        Column("rows", "Organisations", "rows", numeric=True),
    )
    order = "-number"
    day = "issued_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)


class IdListPage(RecordPage):
    """One issue with its file, its signature and how to check it."""

    model = IdList
    word, plural = "identifier list", "identifier lists"

    def facts(self, record: IdList) -> list[Fact]:
        """Its files, and the line that checks the signature."""
        name = record.file.name
        check = f"openssl pkeyutl -verify -pubin -inkey signing-key.pem -rawin -in {name} -sigfile {name}.sig"
        return [
            Fact("Issued", long_date(record.issued_on)),
            Fact("Organisations", str(record.rows)),
            Fact("Spreadsheet", name, record.file.get_absolute_url()),
            Fact("Signature", record.signature.name, record.signature.get_absolute_url()),
            Fact("Public key", "signing-key.pem", "/signing-key.pem", f"To check: {check}"),
        ]


class IssueIdList(Page):
    """Issues the list as it stands."""

    template = "register/issue_id_list.html"
    who: ClassVar[Who] = staticmethod(party_support)

    def get(self, request: HttpRequest) -> HttpResponse:
        """What will be issued."""
        return self.shown({"count": organisations_allocated(), "last": IdList.objects.first()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Issues it and goes to its page."""
        return redirect(issue_list(**self.told()))


class SigningKey(Page):
    """The public key that signed files are checked with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The key as PEM."""
        return HttpResponse(public_key(), content_type="application/x-pem-file")
