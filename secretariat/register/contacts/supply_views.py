"""Pages of premises supplied, and the preview of a change of category."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in, speaks_for
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import local_day, long_date
from secretariat.register.contacts.effects import effects
from secretariat.register.contacts.filters import SupplyMeasureFilter
from secretariat.register.contacts.forms import CategoryForm, SupplyMeasureForm
from secretariat.register.contacts.procedure import speaks_for_a_party
from secretariat.register.contacts.supply import RULES, SupplyMeasure, proposed_category, supplied
from secretariat.register.models import Category, Party
from secretariat.register.procedure import PARTIES, party_support


class SupplyMeasures(ListPage):
    """The domestic premises that suppliers supply."""

    model = SupplyMeasure
    word, plural = "supply measure", "supply measures"
    filters = SupplyMeasureFilter
    about = "How many domestic premises suppliers supply: whether they are large or small follows from it."
    empty = "There is no number that you may read."
    columns = (
        Column("party", "Party", "party__name"),
        Column("premises", "Domestic premises", "premises", numeric=True),
        Column("measured", "Measured on", "measured_on"),
        Column("told_by", "Told by", "told_by", lambda value: str(SupplyMeasure.Teller(value).label)),
        Column("state", "State", "state"),
        Column("proposes", "Proposes", "proposes", lambda value: str(Category(value).label) if value else ""),
        class_column(),
    )
    order = "-measured_on"
    day = "measured_on"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    enters: ClassVar[Who | None] = staticmethod(speaks_for_a_party)


class SupplyMeasurePage(RecordPage):
    """One number of premises, what it comes to with the affiliates', and what it proposes."""

    model = SupplyMeasure
    word, plural = "supply measure", "supply measures"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def facts(self, record: SupplyMeasure) -> list[Fact]:
        """The number, who told and confirmed it, and the rules that it is held against with their doubt."""
        facts = [
            Fact("Party", record.party.name, record.party.get_absolute_url()),
            Fact("Domestic premises supplied", record.premises),
            Fact("Measured on", long_date(record.measured_on)),
            Fact("Told by", record.get_told_by_display()),
        ]
        facts += [Fact("Confirmed", long_date(record.confirmed_on))] if record.confirmed_on else []
        facts += [Fact("Why it was refused", record.refusal)] if record.refusal else []
        facts += self._proposal(record)
        for key in RULES:
            entry = RULEBOOK.entry(key, record.measured_on)
            value = "yes" if entry.value is True else "no" if entry.value is False else entry.value
            facts.append(Fact(entry.meaning, value, "", f"{entry.doubt} {entry.note}".strip()))
        return facts

    def _proposal(self, record: SupplyMeasure) -> list[Fact]:
        if not record.proposes:
            return []
        label = Category(record.proposes).label
        if record.party.category_on(local_day(self.request.at)) == record.proposes:
            return [Fact("Proposed", f"{label}: done")]
        if not party_support(reader(self.request), record, self.request.at):
            return [Fact("Proposes", label)]
        address = f"{reverse('change-category', args=[record.party.key])}?category={record.proposes}"
        return [Fact("Proposes", f"{label}: see what it would move", address)]

    def related(self, record: SupplyMeasure) -> list[Related]:
        """What the family supplies, as far as the reader may see it."""
        known = supplied(record.party, local_day(self.request.at))
        readable = SupplyMeasure.objects.visible_to(reader(self.request), self.request.at)
        if readable.filter(pk__in=[row.pk for row in known.measures]).count() < len(known.measures):
            return []
        rows: list[tuple[Any, ...]] = [(row.party, row.premises, long_date(row.measured_on)) for row in known.measures]
        rows += [(party, "not known", "") for party in known.missing]
        rows.append(("Together", known.total, ""))
        return [Related("With its affiliates", ("Supplier", "Domestic premises", "Measured on"), rows, "")]


class SupplyMeasureEntry(EntryPage):
    """Tells the premises supplied; a party's contact tells those of their own party."""

    model = SupplyMeasure
    form_class = SupplyMeasureForm
    word, plural = "supply measure", "supply measures"
    who: ClassVar[Who] = staticmethod(speaks_for_a_party)
    begins = "tell"

    def _form(self, form: forms.ModelForm[Any], record: Any | None, status: int = 200) -> HttpResponse:
        parties = Party.objects.on(local_day(self.request.at)).filter(is_dcc=False)
        if not party_support(reader(self.request), None, self.request.at):
            parties = parties.filter(pk__in=speaks_for(reader(self.request), self.request.at))
        form.fields["party"].queryset = parties  # type: ignore[attr-defined]
        return super()._form(form, record, status)


class ChangeCategory(Page):
    """What a change of category would move, before it is made; then the button that makes it."""

    template = "register/change_category.html"
    model: ClassVar[type[models.Model]] = Party
    word, plural, key = "party", "parties", "key"
    who: ClassVar[Who] = staticmethod(party_support)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form, and below it everything that would move."""
        party = self._party(key)
        return self._form(party, self._bound(party, request.GET))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Makes the change as it was shown."""
        party = self._party(key)
        form = CategoryForm(request.POST)
        if not form.is_valid():
            return self._form(party, form, 422)
        given = form.cleaned_data
        facts = {"category": given["category"], "day": given["day"], "voting_group": request.POST.get("voting_group")}
        try:
            PARTIES.take("recategorise", party, **facts, **self.told())
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self._form(party, form, 422)
        return redirect(party.get_absolute_url())

    def _bound(self, party: Party, asked: QueryDict) -> CategoryForm:
        """The form with what was asked; where nothing is, what the supply proposes, from today."""
        day = local_day(self.request.at)
        proposed = asked.get("category") or proposed_category(party, day) or party.category_on(day) or ""
        told = {"category": proposed, "day": asked.get("day") or day.isoformat()}
        return CategoryForm(told | {"voting_group": asked.get("voting_group", "")})

    def _party(self, key: str) -> Party:
        rows = Party.objects.visible_to(reader(self.request), self.request.at)
        found: Party | None = rows.filter(key=key, left_on__isnull=True).first()
        if found is None:
            raise Http404(f"There is no party {key} that you may read.")
        return found

    def _form(self, party: Party, form: CategoryForm, status: int = 200) -> HttpResponse:
        told = form.cleaned_data if form.is_valid() else {}
        moved = effects(party, told["category"], told["day"], told["voting_group"]) if told else []
        crumbs = (Crumb("Parties", reverse("parties")), Crumb(str(party), party.get_absolute_url()), Crumb("Category"))
        return self.shown({"party": party, "form": form, "told": told, "effects": moved, "crumbs": crumbs}, status)
