"""Opening the addresses of the operations contact list, and what they were opened for (rule HLP-11)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import in_a_capacity, secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.engagement.website.actions import use
from secretariat.engagement.website.filters import ContactUseFilter
from secretariat.engagement.website.forms import UseForm
from secretariat.engagement.website.models import LISTED, ContactUse, OperationsContact, Purpose
from secretariat.engagement.website.views import USE_RULE

OPEN_HOURS = "engagement.contact_use_hours"


def _crumbs(title: str) -> tuple[Crumb, ...]:
    return (Crumb("Operations contacts", reverse("operations contacts")), Crumb(title))


class UseContacts(Page):
    """Asks for what the addresses are needed, then opens them."""

    template = "core/entry.html"
    title = "Open the addresses"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._page(UseForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keeps for what, and opens them."""
        form = UseForm(request.POST)
        if form.is_valid():
            try:
                return redirect(use(**form.cleaned_data, **self.told()))
            except (Refused, ValidationError) as refusal:
                form.add_error(None, refusal.messages)
        return self._page(form, 422)

    def _page(self, form: Any, status: int = 200) -> HttpResponse:
        told = {"form": form, "title": self.title, "lead": USE_RULE, "button": "Open them"}
        crumbs = _crumbs(self.title)
        return self.shown({**told, "crumbs": crumbs, "back": reverse("operations contacts")}, status)


class ContactUsePage(Page):
    """One use: for some hours it shows its own user the addresses; to the secretariat only that there was one."""

    template = "engagement/website/use.html"
    who: ClassVar[Who] = staticmethod(in_a_capacity)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The use. Raises Http404 for somebody else's."""
        person, at = reader(self.request), self.request.at
        rows = ContactUse.objects.filter(pk=pk)
        mine = rows.filter(by=person).first()
        row = mine or (rows.visible_to(person, at).first() if secretariat(person, None, at) else None)
        if row is None:
            raise Http404("There is no such use that you may read.")
        ends = row.used_at + timedelta(hours=RULEBOOK.number(OPEN_HOURS, row.used_at))
        shown: Any = OperationsContact.objects.filter(state=LISTED).visible_to(person, at)
        contacts = list(shown.order_by("organisation", "role")) if mine and at <= ends else []
        context = {"use": row, "ends": ends, "open": bool(mine) and at <= ends, "contacts": contacts}
        return self.shown({**context, "crumbs": _crumbs(str(row)), "rule": USE_RULE})


class ContactUses(ListPage):
    """Who opened the addresses, when and for what."""

    model = ContactUse
    word, plural = "contact use", "contact uses"
    filters = ContactUseFilter
    about = "Each time that somebody opened the addresses of the operations contact list, and for what."
    empty = "Nobody has opened the addresses."
    columns = (
        Column("used_at", "Opened", "used_at"),
        Column("by", "By", "by__name"),
        Column("purpose", "For", "purpose", lambda value: str(Purpose(value).label)),
        Column("matter", "Which", "matter"),
        Column("contacts", "Contacts shown", "contacts", numeric=True),
        class_column(),
    )
    order = "-used_at"
    day = "used_at"
    who: ClassVar[Who] = staticmethod(secretariat)
