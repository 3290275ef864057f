"""Pages of subscribing: for everybody, for the holder of a private link, and for the secretariat."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt
from ninja.throttling import AnonRateThrottle

from secretariat.core.capacities import secretariat
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.engagement.subscribing import actions, links
from secretariat.engagement.subscribing.filters import SubscriberFilter
from secretariat.engagement.subscribing.forms import ChoicesForm, SubscribeForm
from secretariat.engagement.subscribing.models import CONFIRMED, ENDED, Reading, Subscriber

NO_LINK = "This link opens nothing. It may have run out, or been cut off by your mail program."
ON_ITS_WAY = "If the address is right, a mail is on its way there. Confirm by the link in it: nothing comes before."
OFTEN = "That was often, from one place, in a short time. Try again in an hour; what you typed is still here."


class OftenFromOnePlace(AnonRateThrottle):
    """How often one place may ask for the newsletter; counted apart from all else."""

    scope = "subscribing"

    @classmethod
    def is_too_often(cls, request: HttpRequest) -> bool:
        """Whether it was too often; asking counts."""
        return not cls(settings.API_RATES["applications"]).allow_request(request)


class Subscribe(Page):
    """Subscribing: with the address of one's account at once, with another once that address has confirmed."""

    template = "core/entry.html"
    title = "Subscribe to the newsletter"

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; for somebody signed in filled with what they chose."""
        return self._page(self._form())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Subscribes, or asks the address to confirm; says the same of every address."""
        form, person = self._form(request.POST), reader(self.request)
        if not form.is_valid():
            return self._page(form, 422)
        if person is not None:
            actions.join(person, **form.cleaned_data, **self.told())
            messages.success(request, "You subscribe to the newsletter, as chosen.")
            return redirect("newsletter-subscribe")
        if OftenFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self._page(form, 429)
        at = self.request.at
        try:
            actions.ask(**form.cleaned_data, at=at, recorded=at)
        except Refused:
            # A mail went there a short time ago. To say so would tell a stranger that the address is known here.
            messages.success(request, ON_ITS_WAY)
            return redirect("newsletter-subscribe")
        messages.success(request, ON_ITS_WAY)
        return redirect("newsletter-subscribe")

    def _form(self, data: Any = None) -> ChoicesForm:
        person = reader(self.request)
        if person is None:
            return SubscribeForm(data)
        row = Subscriber.objects.filter(person=person).first()
        return ChoicesForm.of(row, data) if row else ChoicesForm(data)

    def _page(self, form: ChoicesForm, status: int = 200) -> HttpResponse:
        person = reader(self.request)
        lead = "We ask for an address only. It is used for the newsletter, and forgotten after you end it."
        if person is not None:
            lead = "It is sent to the address of your account. You can end it by the link in each newsletter."
        crumbs = (Crumb("Newsletters", reverse("newsletters")), Crumb("Subscribe"))
        told = {"form": form, "title": self.title, "lead": lead, "button": "Subscribe", "crumbs": crumbs}
        return self.shown({**told, "back": reverse("newsletters")}, status)


class LinkPage(Page):
    """A page for whoever holds a private link; kept out of caches and search engines. A GET changes nothing."""

    template = "engagement/subscribing/link.html"
    title: ClassVar[str]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Marks the answer as nobody else's."""
        response = super().dispatch(request, *args, **kwargs)
        response["Cache-Control"] = "no-store"
        response["X-Robots-Tag"] = "noindex"
        return response

    def owner(self, key: str) -> Subscriber | Person:
        """Whose link it is. Raises Http404."""
        found = links.owner(key)
        if found is None:
            raise Http404(NO_LINK)
        return found

    def said(self, text: str, button: str = "", href: str = "", status: int = 200) -> HttpResponse:
        """A sentence, with the button that does it or the link to what comes next."""
        crumbs = (Crumb("Newsletters", reverse("newsletters")), Crumb(self.title))
        told = {"title": self.title, "text": text, "button": button, "href": href, "crumbs": crumbs}
        return self.shown(told, status)


class Confirm(LinkPage):
    """Confirms that an address wants the newsletter: by a button, since mail programs open links by themselves."""

    title = "Confirm the newsletter"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The button."""
        row = self._row(key)
        if row.state == CONFIRMED:
            return self.said(
                "You have confirmed. The next newsletter comes to you.",
                href=reverse("newsletter-choices", args=[links.own_key(row)]),
            )
        return self.said("Confirm that you want the newsletter to be sent to your address.", "Confirm")

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Confirms."""
        row = self._row(key)
        try:
            actions.confirm(row, by=None, at=self.request.at, recorded=self.request.at)
        except Refused as refusal:
            return self.said(" ".join(refusal.messages), status=422)
        return self.said(
            "You have confirmed. The next newsletter comes to you.",
            href=reverse("newsletter-choices", args=[links.own_key(row)]),
        )

    def _row(self, key: str) -> Subscriber:
        row = links.confirming(key)
        if row is None:
            raise Http404(NO_LINK)
        return row


@method_decorator(csrf_exempt, name="dispatch")
class Unsubscribe(LinkPage):
    """Ends it with one click, without signing in. A mail program posts here by itself (RFC 8058), with no cookie."""

    title = "Unsubscribe from the newsletter"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The button, or that it has ended."""
        found = self.owner(key)
        if isinstance(found, Subscriber) and found.state != CONFIRMED:
            return self.said("No newsletter is sent to you.")
        return self.said(
            "End the newsletter to your address at once?", "Unsubscribe", reverse("newsletter-choices", args=[key])
        )

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Ends it; whoever holds the link is the reader, whoever may be signed in."""
        actions.unsubscribe(self.owner(key), by=None, at=self.request.at, recorded=self.request.at)
        return self.said("It has ended. No newsletter is sent to you any more.", href=reverse("newsletter-subscribe"))


class Choices(LinkPage):
    """What a reader is told of, and how often; by the link in each newsletter."""

    title = "What comes to you"
    template = "core/entry.html"

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The form, as chosen."""
        return self._page(key, self._form(key))

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps the choices. Somebody who is written to in a capacity subscribes by them."""
        form, found = self._form(key, request.POST), self.owner(key)
        if not form.is_valid():
            return self._page(key, form, 422)
        try:
            self._keep(found, form.cleaned_data)
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            return self._page(key, form, 422)
        messages.success(request, "Kept. It holds from the next newsletter.")
        return redirect("newsletter-choices", key)

    def _keep(self, found: Subscriber | Person, chosen: dict[str, Any]) -> None:
        at = self.request.at
        with transaction.atomic():
            if isinstance(found, Person):
                actions.join(found, **chosen, by=found, at=at, recorded=at)
            elif found.state == ENDED and found.person is not None:
                actions.join(found.person, **chosen, by=found.person, at=at, recorded=at)
            elif found.state != CONFIRMED:
                raise Refused("No newsletter is sent to this address. Subscribe again.")
            else:
                actions.choose(found, **chosen, by=None, at=at, recorded=at)

    def _form(self, key: str, data: Any = None) -> ChoicesForm:
        found = self.owner(key)
        return ChoicesForm.of(found, data) if isinstance(found, Subscriber) else ChoicesForm(data)

    def _page(self, key: str, form: ChoicesForm, status: int = 200) -> HttpResponse:
        crumbs = (Crumb("Newsletters", reverse("newsletters")), Crumb(self.title))
        lead = "Each newsletter is put together for what its reader chose."
        told = {"form": form, "title": self.title, "lead": lead, "crumbs": crumbs}
        return self.shown({**told, "back": reverse("newsletter-unsubscribe", args=[key])}, status)


class Subscribers(ListPage):
    """The subscribers, for the secretariat."""

    model = Subscriber
    word, plural = "newsletter subscriber", "newsletter subscribers"
    filters = SubscriberFilter
    about = "Who subscribes to the newsletter. An address is written to once confirmed, and forgotten once ended."
    empty = "Nobody has subscribed yet."
    columns = (
        Column("number", "Number", "pk", shown=str),
        Column("address", "Address", "address"),
        Column("person", "Account", "person__name"),
        Column("state", "State", "state"),
        Column("often", "How often", "often"),
        Column("reads_as", "Reads it as", "reads_as"),
        Column("asked_at", "Asked", "asked_at"),
        Column("confirmed_at", "Confirmed", "confirmed_at"),
        Column("ended_at", "Ended", "ended_at"),
        class_column(),
    )
    day = "asked_at"
    who: ClassVar[Who] = staticmethod(secretariat)


class SubscriberPage(RecordPage):
    """One subscriber: what was chosen, and when it was confirmed."""

    model = Subscriber
    word, plural = "newsletter subscriber", "newsletter subscribers"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: Subscriber) -> list[Fact]:
        """The lines of the summary."""
        return [
            Fact("Address", record.address or "forgotten, or that of the account"),
            Fact("Account", record.person or "none"),
            Fact("Told of", record.told_topics),
            Fact("Reads it as", Reading(record.reads_as).label),
            Fact("How often", record.get_often_display()),
            Fact("Asked", record.asked_at),
            Fact("Confirmed", record.confirmed_at),
            Fact("Ended", record.ended_at),
        ]
