"""Registering for an event: signed in, or by a form of the public and a link by mail; and what its holder can do."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from ninja.throttling import AnonRateThrottle

from secretariat.core.capacities import anyone_signed_in, speaks_for
from secretariat.core.form_page import FormPage, found
from secretariat.core.pages import Crumb, Page, anyone, reader
from secretariat.core.procedure import Refused, Who
from secretariat.engagement.events import actions
from secretariat.engagement.events.forms import ChooseForm, PublicForm, RegisterForm
from secretariat.engagement.events.links import key_of, opened
from secretariat.engagement.events.models import ASKED, PLACED, WAITING, EngagementEvent, Registration
from secretariat.engagement.events.procedure import TAKING, party_support
from secretariat.engagement.events.registration_views import guest_jobs, standing
from secretariat.engagement.private_pages import kept_by_nobody
from secretariat.register.parties import Party

OFTEN = "That was many registrations from one place in a short time. Wait an hour; what you typed is still here."
SENT = "We have sent a link to that address. Open it to confirm: your place in the line is that of the confirmation."
WHERE = {
    ASKED: "It is with you: confirm that it was you who asked.",
    WAITING: "Every place is taken. You are on the waiting list, and hear from us when a place becomes free.",
    PLACED: "You have a place.",
}
"""Where a registration stands, in the guest's words."""


class OftenFromOnePlace(AnonRateThrottle):
    """How often one place may ask for a place at an event; counted apart from all else."""

    scope = "registration"

    @classmethod
    def is_too_often(cls, request: HttpRequest) -> bool:
        """Whether it was too often; asking counts."""
        return not cls(settings.API_RATES["applications"]).allow_request(request)


class Register(FormPage):
    """Asks for a place."""

    model = EngagementEvent
    plural = "engagement events"
    title = "Register"
    button = "Ask for a place"

    def form(self, record: EngagementEvent, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The form: short for who is signed in."""
        if record.state not in TAKING:
            raise Http404("This event takes no registrations now.")
        person = reader(self.request)
        blank = Registration(event=record, invented=record.invented)
        if person is None:
            return PublicForm(data, instance=blank)
        parties = Party.objects.filter(pk__in=speaks_for(person, self.request.at)).order_by("name")
        return RegisterForm(parties, data, instance=blank)

    def context(self, record: EngagementEvent) -> dict[str, Any]:
        """Whether there is a place, or a line."""
        full = "Every place is taken: you would stand on the waiting list." if record.is_full else ""
        return {"lead": full or f"{record.title}: there is a place for you."}

    def save(self, record: EngagementEvent, form: Any) -> str:
        """Registers who is signed in; mails the others a link."""
        registration = form.save(commit=False)
        person = reader(self.request)
        if person is not None:
            registration.person = person
            actions.register(registration, **self.told())
            messages.success(self.request, WHERE[registration.state])
            return str(registration.get_absolute_url())
        if OftenFromOnePlace.is_too_often(self.request):
            raise Refused(OFTEN)
        given, at = form.cleaned_data, self.request.at
        actions.ask(registration, given["email"], given["name"], at=at, recorded=at)
        messages.success(self.request, SENT)
        return str(record.get_absolute_url())


class OwnPage(Page):
    """A page about one registration, for whoever holds its link; kept out of caches and search engines."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Marks the answer as nobody else's."""
        registration = opened(kwargs["key"])
        if registration is None:
            raise Http404("This link opens nothing. Look for it in our mail, and copy all of it.")
        self.registration = registration
        return kept_by_nobody(super().dispatch(request, *args, **kwargs))

    def told(self) -> Any:
        """In the name of who is signed in, else in nobody's: whoever has the link may be anybody."""
        return {"by": reader(self.request), "at": self.request.at, "recorded": self.request.at}

    @property
    def home(self) -> str:
        """Where the registration's own page is."""
        return reverse("own registration", args=[key_of(self.registration)])


class Own(OwnPage):
    """Where a registration stands. It is confirmed by a button: mail programs open links by themselves."""

    template = "engagement/events/own.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The summary."""
        return self._page()

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Confirms it."""
        try:
            actions.confirm(self.registration, **self.told())
        except (Refused, ValidationError) as refusal:
            return self._page(refusal.messages, 422)
        messages.success(request, WHERE[self.registration.state])
        return redirect(self.home)

    def _page(self, problems: list[str] | None = None, status: int = 200) -> HttpResponse:
        record = self.registration
        crumbs = (Crumb("Engagement events", reverse("engagement events")), Crumb(str(record.event)))
        told = {"registration": record, "where": WHERE.get(record.state, f"It is {record.state}."), "crumbs": crumbs}
        jobs = guest_jobs(record, "own registration", key_of(record))
        events = EngagementEvent.objects.visible_to(reader(self.request), self.request.at)
        if events.filter(pk=record.event_id).exists():
            jobs.append(("Calendar file", reverse("event-ics", args=[record.event_id])))
        return self.shown({**told, "facts": standing(record), "asks": record.state == ASKED, "jobs": jobs,
                           "problems": problems or []}, status)  # fmt: skip


class _Job(FormPage):
    """One thing that a guest does about a registration of theirs, signed in."""

    model = Registration
    plural = "registrations"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> Registration:
        """The guest's own registration. Raises Http404 for another's."""
        registration: Registration = found(Registration, key, self)
        if registration.person != reader(self.request):
            raise Http404("There is no such registration of yours.")
        return registration


class Sessions(_Job):
    """Chooses sessions."""

    title = "Choose sessions"

    def form(self, record: Registration, data: Any = None, files: Any = None) -> ChooseForm:
        """The sessions that have places of their own."""
        return ChooseForm(record, data)

    def save(self, record: Registration, form: Any) -> str:
        """Keeps the choice."""
        actions.choose(record, form.cleaned_data["sessions"], **self.told())
        return self.back(record)


class Withdraw(_Job):
    """Gives up a place, or the place in the line: one's own, or as an organiser that of a guest who says so."""

    title = button = "Withdraw"
    lead = "Whoever is next on the waiting list has the place at once. The guest can ask again, at the end of the line."

    def record(self, key: str) -> Registration:
        """The registration, for its guest and for the organisers. Raises Http404."""
        if party_support(reader(self.request), None, self.request.at):
            registration: Registration = found(Registration, key, self)
            return registration
        return super().record(key)

    def form(self, record: Registration, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: Registration, form: Any) -> str:
        """Takes the step."""
        actions.withdraw(record, **self.told())
        return self.back(record)


class _OwnJob(OwnPage):
    """The same for whoever holds the link."""

    who: ClassVar[Who] = staticmethod(anyone)

    def record(self, key: str) -> Registration:
        """The registration whose link it is."""
        return self.registration

    def back(self, record: Registration) -> str:
        """The registration's own page."""
        return self.home

    def trail(self, record: Registration) -> tuple[Crumb, ...]:
        """Where the page is."""
        return (Crumb("Engagement events", reverse("engagement events")), Crumb(str(record.event), self.home))


class OwnSessions(_OwnJob, Sessions):
    """Chooses sessions by the link."""


class OwnWithdraw(_OwnJob, Withdraw):
    """Withdraws by the link."""
