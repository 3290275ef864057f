"""Pages of the website's own records: counts, requests for accounts, and operations contacts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import in_a_capacity, secretariat, speaks_for
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, reader
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.website.actions import put_right, take_month
from secretariat.engagement.website.counting import BY_ADDRESS, GAP
from secretariat.engagement.website.figures import first_counted
from secretariat.engagement.website.filters import AccountRequestFilter, OperationsContactFilter, ViewCountFilter
from secretariat.engagement.website.forms import AccountForm, ContactForm, MonthForm, PutRightForm
from secretariat.engagement.website.models import AccountRequest, OperationsContact, Sort, ViewCount
from secretariat.engagement.website.procedure import (
    ACCOUNT_REQUEST,
    party_support,
    the_organisation_or_party_support,
)
from secretariat.plain.dates import long_date
from secretariat.register.accession.public import OftenFromOnePlace

OFTEN = "That was often, from one place, in a short time. Try again in an hour; what you typed is still here."
USE_RULE = (
    "These addresses may be used only for Critical Alerts after a change of supplier, and for issues that affect "
    "customers. Whoever opens them says for which, and that is kept."
)


class AccountsFromOnePlace(OftenFromOnePlace):
    """How often one place may ask for an account."""

    scope = "account"


class AskAccount(Page):
    """Asks for an account of the website; somebody looks at it by hand."""

    template = "core/entry.html"
    title = "Ask for an account"
    lead = (
        "With an account you read what is for parties, and act for yours. We look at each request by hand and write to "
        "the address that you give. If a colleague of yours has an account, they can invite you at once."
    )

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(AccountForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Takes the request in."""
        form = AccountForm(request.POST)
        if not form.is_valid():
            return self._page(form, 422)
        if AccountsFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self._page(form, 429)
        try:
            ACCOUNT_REQUEST.take("ask", form.save(commit=False), **self.told())
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(form, 422)
        messages.success(request, "We have your request, and write to you when somebody has looked at it.")
        return redirect("home")

    def _page(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        told = {"form": form, "title": self.title, "lead": self.lead, "button": "Ask", "back": reverse("home")}
        return self.shown({**told, "crumbs": (Crumb(self.title),)}, status)


class AccountRequests(ListPage):
    """Who asks for an account."""

    model = AccountRequest
    word, plural = "account request", "account requests"
    filters = AccountRequestFilter
    about = "Requests for an account of the website: each is looked at by hand."
    empty = "Nobody has asked for an account."
    columns = (
        Column("organisation", "Organisation", "organisation"),
        Column("name", "Name", "name"),
        Column("asked_on", "Asked", "asked_on"),
        Column("state", "State", "state"),
        Column("party", "For", "party__name"),
        Column("decided_on", "Decided", "decided_on"),
        class_column(),
    )
    day = "asked_on"
    order = "-asked_on"
    who: ClassVar[Who] = staticmethod(secretariat)


class AccountRequestPage(RecordPage):
    """One request for an account."""

    model = AccountRequest
    word, plural = "account request", "account requests"

    def facts(self, record: AccountRequest) -> list[Fact]:
        """Who asks, for what, and what became of it."""
        found = [Fact("Name", record.name), Fact("E-mail address", record.email)]
        found += [Fact("Organisation", record.organisation), Fact("For", record.why)]
        found += [Fact("Asked", long_date(record.asked_on))] if record.asked_on else []
        found += [Fact("Acts for", record.party.name, record.party.get_absolute_url())] if record.party else []
        return found + ([Fact("Declined", record.reason)] if record.reason else [])


class ViewCounts(ListPage):
    """How often each page was seen on each day."""

    model = ViewCount
    word, plural = "view count", "view counts"
    filters = ViewCountFilter
    about = "How often pages were seen, day by day; the secretariat's own views are not counted."
    empty = "Nothing is counted yet."
    columns = (
        Column("day", "Day", "day"),
        Column("page", "Page", "page"),
        Column("views", "Page views", "views", numeric=True),
        class_column(),
    )
    link = "day"
    order = "-day"
    day = "day"
    who: ClassVar[Who] = staticmethod(secretariat)

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """All pages of the day."""
        return f"{base or reverse(cls.plural)}?on={key.isoformat()}"


class HowCounted(Page):
    """What a visit and a page view are here, what is kept, and what these numbers cannot tell."""

    template = "engagement/website/how_counted.html"
    crumbs = (Crumb("How visits are counted"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        gap = RULEBOOK.number(GAP, self.request.at)
        return self.shown({"gap": gap, "since": first_counted(), "by_address": sorted(BY_ADDRESS)})


class TakeMonth(Page):
    """Makes a month's numbers out of what the website counted."""

    template = "core/entry.html"
    title = "Take a month from the counter"
    who: ClassVar[Who] = staticmethod(party_support)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(MonthForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Takes it."""
        form = MonthForm(request.POST)
        if form.is_valid():
            try:
                return redirect(take_month(form.cleaned_data["month"], **self.told()))
            except (Refused, ValidationError) as refusal:
                form.add_error(None, refusal.messages)
        return self._page(form, 422)

    def _page(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        crumbs = (Crumb("Website months", reverse("website months")), Crumb(self.title))
        told = {"form": form, "title": self.title, "button": "Take it", "back": reverse("website months")}
        return self.shown({**told, "crumbs": crumbs}, status)


class OperationsContacts(ListPage):
    """The operations contact list, without its addresses."""

    model = OperationsContact
    word, plural = "operations contact", "operations contacts"
    filters = OperationsContactFilter
    template = "engagement/website/contacts.html"
    about = USE_RULE
    empty = "No contact is on the list yet."
    columns = (
        Column("organisation", "Organisation", "organisation"),
        Column("role", "Role or desk", "role"),
        Column("sort", "Sort", "sort", lambda value: str(Sort(value).label)),
        Column("affirmed_on", "Found still right", "affirmed_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "organisation"
    order_words = "by organisation"
    who: ClassVar[Who] = staticmethod(in_a_capacity)
    enters: ClassVar[Who | None] = staticmethod(the_organisation_or_party_support)


class OperationsContactPage(RecordPage):
    """One contact; how it is reached is shown to its own organisation and to those who keep the list."""

    model = OperationsContact
    word, plural = "operations contact", "operations contacts"
    who: ClassVar[Who] = staticmethod(in_a_capacity)
    editors: ClassVar[Who | None] = staticmethod(the_organisation_or_party_support)

    def facts(self, record: OperationsContact) -> list[Fact]:
        """What it is for, and for some how it is reached."""
        found = [Fact("Organisation", record.organisation), Fact("Role or desk", record.role)]
        found.append(Fact("When it is reached", record.hours))
        if the_organisation_or_party_support(reader(self.request), record, self.request.at):
            found += [Fact("Person", record.name), Fact("E-mail address", record.email)]
            found.append(Fact("Telephone", record.telephone))
        else:
            found.append(Fact("How to reach it", "Say for what you need it", reverse("contact use-new"), USE_RULE))
        if record.affirmed_on:
            found.append(Fact("Found still right", long_date(record.affirmed_on)))
        return found


class OperationsContactEntry(EntryPage):
    """Puts a contact on the list."""

    model = OperationsContact
    form_class = ContactForm
    word, plural = "operations contact", "operations contacts"
    who: ClassVar[Who] = staticmethod(the_organisation_or_party_support)
    begins = "list"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Offers the reader's own parties; the secretariat any organisation."""
        person, at = reader(self.request), self.request.at
        own = None if party_support(person, None, at) else speaks_for(person, at)
        self.form_class = lambda *told, **named: ContactForm(*told, own=own, **named)  # type: ignore[assignment,misc]
        return super().dispatch(request, *args, **kwargs)


class OperationsContactPutRight(FormPage):
    """Puts right how a contact is reached; the journal keeps which fields, not what they said."""

    model = OperationsContact
    plural = "operations contacts"
    title = "Put right"
    who: ClassVar[Who] = staticmethod(the_organisation_or_party_support)

    def record(self, key: str) -> Any:
        """A contact of one's own. Raises Http404, and PermissionDenied for another's."""
        record = super().record(key)
        if not the_organisation_or_party_support(reader(self.request), record, self.request.at):
            raise PermissionDenied("This contact is kept by its own organisation.")
        return record

    def form(self, record: OperationsContact, data: Any = None, files: Any = None) -> forms.BaseForm:
        """How it is reached now."""
        return PutRightForm(data, instance=record)

    def save(self, record: OperationsContact, form: Any) -> Any:
        """Changes it."""
        put_right(record, {name: form.cleaned_data[name] for name in form.changed_data}, **self.told())
        return record
