"""Pages of opting in: taking part, the list, one opt-in and the way out."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import Http404
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in, party_contact, speaks_for
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Fact, RecordPage, reader
from secretariat.core.procedure import Who
from secretariat.engagement.surveys import actions
from secretariat.engagement.surveys.filters import OptInFilter
from secretariat.engagement.surveys.forms import OptInForm
from secretariat.engagement.surveys.models import OPT_IN, OptIn, Survey
from secretariat.plain.dates import long_date
from secretariat.register.parties import Party


class TakePart(FormPage):
    """Opts in."""

    model = Survey
    plural = "surveys"
    title = button = "Take part"
    lead = "You agree to be asked. You can withdraw until the survey begins, and need not answer."
    who: ClassVar[Who] = staticmethod(party_contact)

    def form(self, record: Survey, data: Any = None, files: Any = None) -> OptInForm:
        """The party spoken for, and a telephone number."""
        parties = Party.objects.filter(pk__in=speaks_for(reader(self.request), self.request.at)).order_by("name")
        blank = OptIn(survey=record, person=reader(self.request), invented=record.invented)
        return OptInForm(parties, data, instance=blank)

    def save(self, record: Survey, form: Any) -> OptIn:
        """Notes it."""
        return actions.opt_in(form.save(commit=False), **self.told())


class OptIns(ListPage):
    """Who opted in to which survey: one's own, and for the secretariat all."""

    model = OptIn
    word, plural = "opt-in", "opt-ins"
    filters = OptInFilter
    about = "Who agreed to be asked by a survey."
    empty = "There is no opt-in that you may read."
    columns = (
        Column("survey", "Survey", "survey__title"),
        Column("person", "Who", "person__name"),
        Column("party", "Party", "party__name"),
        Column("telephone", "Telephone", "telephone", sortable=False),
        Column("given_on", "Given", "given_on"),
        Column("withdrawn_on", "Withdrawn", "withdrawn_on"),
        class_column(),
    )
    order, order_words = "given_on", "oldest first"
    day = "given_on"


class OptInPage(RecordPage):
    """One opt-in."""

    template = "engagement/surveys/opt_in.html"
    model = OptIn
    word, plural = "opt-in", "opt-ins"

    def facts(self, record: OptIn) -> list[Fact]:
        """Of whom, to what, since when."""
        facts = [
            Fact("Survey", str(record.survey), record.survey.get_absolute_url()),
            Fact("Who", record.person.name),
            Fact("Party", str(record.party) if record.party else "none"),
            Fact("Given", long_date(record.given_on)),
        ]
        return facts + ([Fact("Withdrawn", long_date(record.withdrawn_on))] if record.withdrawn_on else [])

    def context(self, record: OptIn) -> dict[str, Any]:
        """The way out, for who opted in."""
        ends = record.withdrawn_on is None and record.survey.state == OPT_IN
        mine = record.person == reader(self.request)
        return {"way_out": reverse("opt-in-withdraw", args=[record.pk]) if ends and mine else ""}


class OptOut(FormPage):
    """Withdraws an opt-in."""

    model = OptIn
    plural = "opt-ins"
    title = button = "Withdraw"
    lead = "You are not asked, and your telephone number is forgotten."
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> OptIn:
        """The person's own. Raises Http404 for another's."""
        wish: OptIn = found(OptIn, key, self)
        if wish.person != reader(self.request):
            raise Http404("There is no such opt-in of yours.")
        return wish

    def form(self, record: OptIn, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: OptIn, form: Any) -> OptIn:
        """Ends it."""
        actions.opt_out(record, **self.told())
        return record
