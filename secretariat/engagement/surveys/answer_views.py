"""Pages on which a survey is answered: signed in, or by a private link."""

from __future__ import annotations

from typing import ClassVar

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import found
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused, Who
from secretariat.engagement.private_pages import kept_by_nobody
from secretariat.engagement.surveys import actions
from secretariat.engagement.surveys.forms import SheetForm
from secretariat.engagement.surveys.links import opened
from secretariat.engagement.surveys.models import ENDED, OPEN, Invitee, Survey

THANKS = "Thank you: your answers are kept."


class _AnswerPage(Page):
    """The questions, to be answered once."""

    template = "engagement/surveys/answer.html"

    def invitee(self, key: str) -> Invitee:
        """Who answers. Raises Http404."""
        raise NotImplementedError

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form."""
        invitee = self.invitee(key)
        return self._page(invitee, SheetForm(invitee.survey))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Takes the answers; a refusal keeps what was typed."""
        invitee = self.invitee(key)
        form = SheetForm(invitee.survey, request.POST)
        if not form.is_valid():
            return self._page(invitee, form, 422)
        try:
            actions.answer(invitee, form.answers, **self.told())
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._page(invitee, form, 422)
        messages.success(request, THANKS)
        return redirect(request.path)

    def _page(self, invitee: Invitee, form: SheetForm, status: int = 200) -> HttpResponse:
        survey = invitee.survey
        takes = survey.is_open(self.request.at) and not invitee.has_answered
        told = {"survey": survey, "invitee": invitee, "form": form, "takes": takes}
        crumbs = (Crumb("Surveys", reverse("surveys")), Crumb(str(survey)))
        return kept_by_nobody(self.shown({**told, "crumbs": crumbs}, status))


class Answer(_AnswerPage):
    """Answers a survey, signed in."""

    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def invitee(self, key: str) -> Invitee:
        """The person's own row."""
        survey = found(Survey, key, self)
        row: Invitee | None = survey.invitees.filter(person=reader(self.request)).first()
        if row is None:
            raise Http404("This survey does not ask you.")
        return row


class OwnAnswer(_AnswerPage):
    """Answers a survey by a private link."""

    def invitee(self, key: str) -> Invitee:
        """Whoever is asked behind the link."""
        row = opened(key)
        if row is None or row.survey.state not in (OPEN, *ENDED):
            raise Http404("This link opens nothing. Look for it in our mail, and copy all of it.")
        return row
