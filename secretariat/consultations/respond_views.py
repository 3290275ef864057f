"""The pages on which a response is written and sent, points are disposed of, and the outcome is read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.consultations.actions import (
    SavedMeanwhile,
    draft_of,
    review,
    save_draft,
    standing_of,
    submit,
)
from secretariat.consultations.form_views import OfConsultation
from secretariat.consultations.forms import ResponseForm, initial_of
from secretariat.consultations.models import CLOSED, OPEN, Consultation
from secretariat.consultations.responding import POINTS
from secretariat.consultations.responses import RAISED, Point, Response
from secretariat.consultations.summary import own_points, published
from secretariat.consultations.who import authorised, authorised_people, invites
from secretariat.core.capacities import anyone_signed_in, secretariat, speaks_for
from secretariat.core.pages import reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.plain.dates import local_day
from secretariat.register.parties import Party


class RespondPage(OfConsultation):
    """One page with every question. Saving keeps what is typed, with gaps; sending saves first."""

    template = "consultations/respond.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    title = "Respond"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The draft as it was saved, else what was sent, else an empty form."""
        record, party = self._asked(key)
        draft = draft_of(record, party, self._person)
        start = draft or standing_of(record, party, self._person)
        told = initial_of(start) | {"version": draft.version if draft else 0}
        return self._page(record, party, draft, ResponseForm(list(record.questions.all()), initial=told))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Saves, and then sends or notes the review where that was asked for."""
        record, party = self._asked(key)
        form = ResponseForm(list(record.questions.all()), self.request.POST)
        if "review" in self.request.POST:
            return self._review(record, party, form)
        if not form.is_valid():
            return self._page(record, party, draft_of(record, party, self._person), form, 422)
        try:
            version = form.cleaned_data["version"]
            draft = save_draft(record, party, form.typed(), version, by=self._person, at=self.request.at,
                               recorded=self.request.at)  # fmt: skip
        except SavedMeanwhile as error:
            return self._both(record, party, form, error)
        except (Refused, ValidationError) as error:
            return self._kept(record, party, form, error)
        if "send" not in self.request.POST:
            return redirect(self._again(record, party))
        form = ResponseForm(form.questions, {**self.request.POST.dict(), "version": draft.version})
        form.is_valid()
        try:
            submit(draft, by=self._person, at=self.request.at, recorded=self.request.at)
        except Refused as error:
            return self._kept(record, party, form, error)
        return redirect(draft.get_absolute_url())

    @property
    def _person(self) -> Person:
        person = reader(self.request)
        if person is None:
            raise PermissionDenied("Sign in to respond.")
        return person

    def _asked(self, key: str) -> tuple[Consultation, Party | None]:
        """The consultation and the party that the person responds for; raises when no response is taken."""
        record = self.consultation(key)
        if not record.has_opened(self.request.at) or record.state not in (OPEN, CLOSED):
            raise Http404("This consultation takes no responses now.")
        party = self._party(record)
        if not invites(record, party, local_day(self.request.at)):
            raise PermissionDenied("This consultation does not ask respondents of your kind.")
        if party is None and secretariat(self._person, record, self.request.at):
            raise PermissionDenied("The secretariat reads responses and sends none.")
        return record, party

    def _party(self, record: Consultation) -> Party | None:
        spoken_for = speaks_for(self._person, self.request.at)
        parties: list[Party] = list(Party.objects.filter(pk__in=spoken_for).order_by("name"))
        asked = self.request.GET.get("party", "")
        if asked:
            found = next((one for one in parties if one.key == asked), None)
            if found is None:
                raise PermissionDenied("You do not speak for this party.")
            return found
        day = local_day(self.request.at)
        first = parties[0] if parties else None
        return next((one for one in parties if invites(record, one, day)), first)

    def _again(self, record: Consultation, party: Party | None) -> str:
        return f"{self.request.path}?party={party.key}&saved=yes" if party else f"{self.request.path}?saved=yes"

    def _review(self, record: Consultation, party: Party | None, form: ResponseForm) -> HttpResponse:
        draft = draft_of(record, party, self._person)
        if draft is None:
            raise Http404("There is no draft to review.")
        note = self.request.POST.get("note", "")
        try:
            review(draft, note, by=self._person, at=self.request.at, recorded=self.request.at)
        except Refused as error:
            form.is_valid()
            return self._kept(record, party, form, error)
        return redirect(self._again(record, party))

    def _both(self, record: Consultation, party: Party | None, form: ResponseForm, error: Refused) -> HttpResponse:
        """What was typed stays in the form; what the colleague saved stands beside it; the next saving counts."""
        draft = draft_of(record, party, self._person)
        data = {**self.request.POST.dict(), "version": draft.version if draft else 0}
        again = ResponseForm(form.questions, data)
        again.is_valid()
        again.add_error(None, error.messages[0])
        return self._page(record, party, draft, again, 409, theirs=draft)

    def _kept(
        self, record: Consultation, party: Party | None, form: ResponseForm, error: Refused | ValidationError
    ) -> HttpResponse:
        form.add_error(None, error.messages)
        return self._page(record, party, draft_of(record, party, self._person), form, 422)

    def _page(
        self, record: Consultation, party: Party | None, draft: Response | None, form: ResponseForm,
        status: int = 200, theirs: Response | None = None,
    ) -> HttpResponse:  # fmt: skip
        at, person = self.request.at, self._person
        who = draft or Response(consultation=record, party=party, respondent=person)
        named = authorised_people(party.pk, local_day(at)) if party else set()
        return self.shown(
            {
                "record": record,
                "party": party,
                "draft": draft,
                "standing": standing_of(record, party, person),
                "form": form,
                "theirs": theirs,
                "their_answers": list(theirs.answers.select_related("question")) if theirs else [],
                "may_send": authorised(person, who, at),
                "senders": list(Person.objects.filter(pk__in=named)),
                "may_review": draft is not None and party is not None and draft.saved_by_id != person.pk,
                "is_late": record.is_over(at),
                "saved": "saved" in self.request.GET,
                "crumbs": self.trail(record),
            },
            status,
        )


class DispositionForm(forms.Form):
    """What becomes of one point; an empty form leaves it as it is."""

    disposition = forms.ChoiceField(choices=(("", "Not decided"), *Point.Disposition.choices), required=False)
    answer = forms.CharField(widget=forms.Textarea, required=False)


class PointsPage(OfConsultation):
    """The points of one consultation, each with its disposition and answer, saved together."""

    template = "consultations/points.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    title = "Points raised"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Every point of the responses that stand."""
        record = self.consultation(key)
        points = self._points(record)
        return self._page(record, [(one, DispositionForm(prefix=f"p{one.pk}", initial=_told(one))) for one in points])

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Disposes of every point whose form was changed; a refusal keeps what was typed in all of them."""
        record = self.consultation(key)
        pairs = [
            (point, DispositionForm(self.request.POST, prefix=f"p{point.pk}", initial=_told(point)))
            for point in self._points(record)
        ]
        for point, form in pairs:
            if not form.is_valid() or not form.has_changed():
                continue
            try:
                POINTS.take("dispose", point, **self.told(), **form.cleaned_data)
            except Refused as error:
                form.add_error(None, error.messages)
        if any(form.errors for _, form in pairs):
            return self._page(record, pairs, 422)
        return redirect(f"{self.request.path}?saved=yes")

    def _points(self, record: Consultation) -> list[Point]:
        rows: Any = Point.objects.visible_to(reader(self.request), self.request.at).standing()
        found = rows.filter(response__consultation=record).order_by("answer__question__number", "pk")
        return list(found.select_related("response__party", "response__respondent", "answer__question"))

    def _page(
        self, record: Consultation, pairs: list[tuple[Point, DispositionForm]], status: int = 200
    ) -> HttpResponse:
        left = sum(point.state == RAISED for point, _ in pairs)
        saved = "saved" in self.request.GET
        context = {"record": record, "pairs": pairs, "left": left, "saved": saved}
        may_dispose = record.is_over(self.request.at) and record.state in (OPEN, CLOSED)
        return self.shown({**context, "may_dispose": may_dispose, "crumbs": self.trail(record)}, status)


def _told(point: Point) -> dict[str, str]:
    return {"disposition": point.disposition, "answer": point.reply}


class SummaryPage(OfConsultation):
    """What was said and how much of it, without what is confidential."""

    template = "consultations/summary.html"
    title = "What was said"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The published summary, once the consultation is concluded."""
        record = self.consultation(key)
        summary = published(record)
        if summary is None:
            raise Http404("The summary is published when the consultation is concluded.")
        return self.shown({"record": record, "summary": summary, "crumbs": self.trail(record)})


class YouSaidPage(OfConsultation):
    """Each point with what became of it: the reader's own in full, and what all may read of the others'."""

    template = "consultations/you_said.html"
    title = "You said, we did"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The reader's own points first, once the consultation is concluded."""
        record = self.consultation(key)
        summary = published(record)
        if summary is None:
            raise Http404("What was done is published when the consultation is concluded.")
        own = own_points(record, reader(self.request), self.request.at)
        return self.shown({"record": record, "own": own, "summary": summary, "crumbs": self.trail(record)})
