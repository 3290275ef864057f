"""Raising a proposal as an outsider would: a problem, saved as one goes, with the proposals that are like it."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.change.assessments.models import REPLIED, Idea
from secretariat.change.models import Proposal
from secretariat.change.raising import actions
from secretariat.change.raising.forms import FromIdeaForm, ProblemForm
from secretariat.change.raising.models import ProblemDraft, opened
from secretariat.change.raising.similar import similar
from secretariat.change.who import change_team
from secretariat.core.form_page import FormPage
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import LONDON, local_day
from secretariat.register.accession.public import OftenFromOnePlace

TITLE = "Raise a proposal"
OFTEN = "That was many from one place in a short time. Nothing was kept; what you typed is still here."


class ProblemsFromOnePlace(OftenFromOnePlace):
    """How often one place may begin to tell a problem."""

    scope = "problem"


class TellingPage(Page):
    """A page with the form of a problem."""

    template = "change/raise.html"

    def page(self, form: forms.BaseForm, draft: ProblemDraft | None, status: int = 200) -> HttpResponse:
        """The form, the proposals that are like what is saved, and the address to come back by."""
        person, at = reader(self.request), self.request.at
        alike = similar(draft.title, draft.text, person, at) if draft else []
        crumbs = (Crumb(TITLE, reverse("raise-a-proposal")), Crumb(draft.title)) if draft else (Crumb(TITLE),)
        told = {"form": form, "draft": draft, "idea": None, "alike": alike}
        return self.shown({**told, "crumbs": crumbs, "title": TITLE}, status)


class Begin(TellingPage):
    """What raising a proposal is, and the form to begin with."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; whoever is signed in need not type name and address."""
        person = reader(self.request)
        known = {"from_name": person.name, "from_email": person.email} if person else {}
        return self.page(ProblemForm(initial=known), None)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keeps what is typed and goes on to the page of its own."""
        form = ProblemForm(request.POST)
        if form.is_valid() and ProblemsFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self.page(form, None, 429)
        if not form.is_valid():
            return self.page(form, None, 422)
        draft = form.save(commit=False)
        try:
            actions.begin(draft, **self.told())
        except ValidationError as error:
            form.add_error(None, error.messages)
            return self.page(form, None, 422)
        messages.success(request, "It is saved. Look at the proposals below: somebody may have raised it already.")
        return redirect("own problem", draft.key)


class Own(TellingPage):
    """A problem, for whoever holds its link: saved as often as one likes, sent, and answered."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Opens the draft, and keeps the page out of caches and search engines."""
        draft = opened(kwargs["key"])
        if draft is None:
            raise Http404("This link opens nothing. Look whether the address is whole.")
        self.draft = draft
        answer = super().dispatch(request, *args, **kwargs)
        answer["Cache-Control"] = "no-store"
        answer["X-Robots-Tag"] = "noindex"
        return answer

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form with what was saved; once it is sent, what became of it."""
        return self._sent() if self.draft.idea else self.page(ProblemForm(instance=self.draft), self.draft)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Saves first, whatever else comes of it; then sends it, when that was asked for."""
        sending = "send" in request.POST
        form = ProblemForm(request.POST, instance=ProblemDraft(pk=self.draft.pk, begun_at=self.draft.begun_at),
                           sending=sending)  # fmt: skip
        whole = form.is_valid()
        try:
            actions.save(self.draft, form.cleaned_data, **self.told())
            if whole and not sending:
                messages.success(request, "It is saved. You can close this page and come back by its address.")
                return redirect("own problem", key)
            if whole:
                actions.send(self.draft, **self.told())
                messages.success(request, "It is sent.")
                return redirect("own problem", key)
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
        return self.page(form, self.draft, 422)

    def _sent(self) -> HttpResponse:
        idea: Any = self.draft.idea
        seen = Proposal.objects.filter(pk=idea.proposal_id).visible_to(reader(self.request), self.request.at).first()
        crumbs = (Crumb(TITLE, reverse("raise-a-proposal")), Crumb(idea.title))
        told = {"form": None, "idea": idea, "replies": list(idea.replies.all()), "proposal": seen}
        return self.shown({**told, "crumbs": crumbs, "title": TITLE})


class FromIdea(FormPage):
    """Raises a proposal from an idea that was replied to."""

    model = Idea
    plural = "ideas"
    title = "Raise it"
    who: ClassVar[Who] = staticmethod(change_team)

    def record(self, key: str) -> Idea:
        """The idea. Raises Http404 unless it was replied to and is not raised yet."""
        idea: Idea = super().record(key)
        if idea.state != REPLIED:
            raise Http404("There is no such idea that was replied to and that is not raised yet.")
        return idea

    def heading(self, record: Idea) -> str:
        """From which idea."""
        return f"Raise a proposal from “{record.title}”"

    def form(self, record: Idea, data: Any = None, files: Any = None) -> FromIdeaForm:
        """What the idea tells already; a party proposes in its own name, not in its contact's."""
        name = "" if record.party else record.from_name
        return FromIdeaForm(data, initial={"title": record.title, "proposer": record.party, "proposer_name": name})

    def save(self, record: Idea, form: FromIdeaForm) -> Proposal:
        """Raises it, on the day that was typed."""
        proposal: Proposal = form.save(commit=False)
        told = self.told()
        proposal.proposer_name, proposal.number = form.cleaned_data["proposer_name"], form.cleaned_data["number"]
        day = form.cleaned_data["raised_on"]
        if day and day != local_day(told["at"]):
            told["at"] = datetime.combine(day, time.max, tzinfo=LONDON)
        actions.raise_from(record, proposal, **told)
        return proposal
