"""The steps of an enquiry as the desk takes them: one page with what was said beside it, and then the next enquiry."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from secretariat.core.capacities import secretariat
from secretariat.core.form_page import FormPage
from secretariat.core.pages import reader, step_form
from secretariat.core.procedure import Refused, Who
from secretariat.helpdesk.desk.forms import PutOffForm, times_to_put_off
from secretariat.helpdesk.desk.taking_back import newest_reply, take_back
from secretariat.helpdesk.desk.telling import said
from secretariat.helpdesk.desk.work import DeskPage, address_of, following
from secretariat.helpdesk.models import WORKING, Enquiry
from secretariat.helpdesk.procedure import ENQUIRY, those_in_hand
from secretariat.plain.dates import instant


class AboutEnquiry(FormPage):
    """A form about one enquiry, for those who have it in hand; what was said stands beside it."""

    model: ClassVar[type[models.Model]] = Enquiry
    template = "helpdesk/beside.html"
    key = "number"
    plural = "queue"
    who: ClassVar[Who] = staticmethod(secretariat)

    def back(self, record: Any) -> str:
        """The desk, in the queue as it is filtered."""
        return address_of(self.request, record.number)

    def record(self, key: str) -> Any:
        """The enquiry, if it may be read and is in the person's hand. Raises Http404 and PermissionDenied."""
        found = super().record(key)
        if not those_in_hand(reader(self.request), found, self.request.at):
            raise PermissionDenied("It is not in your hand.")
        return found

    def context(self, record: Any) -> dict[str, Any]:
        """What was said, the newest first: so the question is in sight while one writes."""
        return {"said": said(record, reader(self.request), self.request.at)[::-1], "times": []}


class DeskStep(AboutEnquiry):
    """Takes one step that has to be told something; what leaves our hand opens the next enquiry."""

    step = ""

    def heading(self, record: Any) -> str:
        """The step's own words."""
        return ENQUIRY.steps[self.step].label

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """What the step has to be told; a merge that is suggested brings its number along."""
        made = PutOffForm if self.step == "put_off" else step_form(ENQUIRY.steps[self.step])
        form = made(data, initial={"into": self.request.GET.get("into", ""), "team": record.team})
        form.fields.pop("took_effect", None)
        if "note" in form.fields:
            form.fields["note"].widget = forms.Textarea(attrs={"rows": 4})
        first = next((field for field in form.fields.values() if not field.widget.is_hidden), None)
        if first is not None:
            first.widget.attrs["autofocus"] = True
        return form

    def context(self, record: Any) -> dict[str, Any]:
        """For putting off also the times that one key chooses, and that the clock goes on meanwhile."""
        told = {**super().context(record), "button": self.heading(record)}
        if self.step != "put_off":
            return told
        runs = f"The clock goes on: it is to be answered by {instant(record.due)}" if record.due else ""
        return {**told, "times": times_to_put_off(self.request.at), "lead": runs}

    def save(self, record: Any, form: Any) -> str:
        """Takes it, and goes to the next enquiry where this one is no longer before us. Raises Refused."""
        after = following(self.request, record)
        facts = {name: value for name, value in form.cleaned_data.items() if value not in (None, "")}
        if (person := facts.get("person")) is not None:
            facts["person"] = person.pk
        ENQUIRY.take(self.step, record, **facts, **self.told())
        if record.state in WORKING and self.step not in ("hand_over", "put_off"):
            return self.back(record)
        return address_of(self.request, after or record.number, was=record.number)


class Doing(DeskPage):
    """Takes a step that has to be told nothing: one button, one key."""

    DONE: ClassVar[tuple[str, ...]] = ("ask", "hear", "wake", "part")

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Takes it and stays; one that somebody else took meanwhile is passed over."""
        enquiry, name = self.enquiry(key), request.POST.get("step", "")
        if not those_in_hand(reader(self.request), enquiry, self.request.at):
            raise PermissionDenied("It is not in your hand.")
        if name in self.DONE:
            with suppress(Refused):
                ENQUIRY.take(name, enquiry, **self.told())
        return redirect(self.address(enquiry.number))


class TakingBack(DeskPage):
    """Takes the newest reply back while it still waits to be sent."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Takes it back, and opens the enquiry with its words in the form; what is on its way is told."""
        enquiry = self.enquiry(key)
        message = newest_reply(enquiry)
        if not those_in_hand(reader(self.request), enquiry, self.request.at):
            raise PermissionDenied("It is not in your hand.")
        if message is None:
            return redirect(self.address(enquiry.number))
        try:
            take_back(message, **self.told())
        except Refused:
            return redirect(self.address(enquiry.number, late="1"))
        return redirect(self.address(enquiry.number))
