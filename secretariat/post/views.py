"""Pages of the post room: what went out, what came in, and what a person follows."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.conf import settings
from django.db import models
from django.db.models import Case, Value, When
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in, secretariat
from secretariat.core.files import place
from secretariat.core.lists import FORMATS, LISTS, Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, Related, about, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Refused, Who
from secretariat.post import feed_keys, following
from secretariat.post.filters import IncomingMailFilter, MessageFilter
from secretariat.post.folding import folded
from secretariat.post.forms import FollowForm
from secretariat.post.models import Arrival, Delivery, FeedKey, IncomingMail, Message, Subscription

FEEDS = ("atom", "ics")
FOLDED = {"said": "Text", "quoted": "Quoted", "signature": "Signature"}


class Messages(ListPage):
    """The outbox: every message, those that need a person first."""

    model = Message
    word, plural = "message", "messages"
    filters = MessageFilter
    about = "Every e-mail that the record caused. Uncertain ones come first: they may or may not have arrived."
    empty = "Nothing has been sent. Messages appear here when an event has a notice."
    columns = (
        Column("subject", "Subject", "subject"),
        Column("person", "To", "person__name"),
        Column("state", "State", "state"),
        Column("notice", "Notice", "notice"),
        Column("tries", "Tries", "tries", numeric=True),
        Column("recorded", "Queued", "recorded"),
        Column("sent", "Sent", "sent"),
        class_column(),
    )
    order_words = "uncertain first, then newest first"
    day = "recorded"
    who: ClassVar[Who] = staticmethod(secretariat)

    def ordered(self, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
        """The order asked for; else the uncertain first, then the newest."""
        if self.sort:
            return super().ordered(rows)
        return rows.order_by(Case(When(state=Delivery.UNCERTAIN, then=Value(0)), default=Value(1)), "-pk")


class MessagePage(RecordPage):
    """One message: to whom, why, in which words, and how it fared."""

    model = Message
    word, plural = "message", "messages"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: Message) -> list[Fact]:
        """The lines of the summary."""
        return [
            Fact("To", record.person or f"{record.name} <{record.address}>".strip()),
            Fact("Notice", record.notice),
            _about(record.kind, record.record_id),
            Fact("Tries", record.tries),
            Fact("Not before", record.not_before),
            Fact("Sent", record.sent),
            Fact("What was answered", record.words),
            Fact("Text", record.body),
            Fact("Message-ID", record.message_id),
        ]

    def related(self, record: Message) -> list[Related]:
        """Mail that answers it."""
        person, at = reader(self.request), self.request.at
        answers = IncomingMail.objects.filter(answers=record).visible_to(person, at)
        return [_mails("Answers", answers, "Nobody has answered it.")]


class IncomingMails(ListPage):
    """Mail that came in."""

    model = IncomingMail
    word, plural = "mail", "incoming mail"
    filters = IncomingMailFilter
    about = "E-mail that came in. What is unmatched waits for a person to find its record."
    empty = "No mail has come in. It appears here when a mailbox is set up and the tick fetches it."
    columns = (
        Column("subject", "Subject", "subject"),
        Column("from", "From", "from_name"),
        Column("address", "Address", "from_address"),
        Column("state", "State", "state"),
        Column("reference", "Matched to", "reference"),
        Column("automatic", "By a program", "automatic"),
        Column("received", "Received", "received"),
        class_column(),
    )
    order = "-received"
    day = "received"
    who: ClassVar[Who] = staticmethod(secretariat)


class IncomingMailPage(RecordPage):
    """One mail that came in, with its files, its conversation and the record it belongs to."""

    model = IncomingMail
    word, plural = "mail", "incoming mail"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: IncomingMail) -> list[Fact]:
        """The lines of the summary."""
        return [
            Fact("From", f"{record.from_name} <{record.from_address}>".strip()),
            Fact("Reply to", record.reply_to),
            Fact("To", record.to),
            Fact("Copy to", record.cc),
            Fact("Mailbox", record.mailbox),
            Fact("Sent", record.sent),
            Fact("Received", record.received),
            Fact("Sent by a program", record.automatic_why or record.automatic),
            Fact("Reference", record.reference),
            _about(record.kind, record.record_id),
            Fact("Answers", record.answers or "", record.answers.get_absolute_url() if record.answers else ""),
            *(Fact(FOLDED[part.kind], part.text.strip()) for part in folded(record.body) if part.text.strip()),
            Fact("Message-ID", record.message_id),
        ]

    def related(self, record: IncomingMail) -> list[Related]:
        """Its files, what was not kept of it, and the rest of the conversation."""
        person, at = reader(self.request), self.request.at
        files = record.files.all().visible_to(person, at)
        first = record.thread or record
        thread = IncomingMail.objects.filter(models.Q(pk=first.pk) | models.Q(thread=first)).exclude(pk=record.pk)
        came = [(one, one.mailbox, one.received) for one in record.arrivals.all()]
        return [
            Related("Files", ("Name", "Bytes"), [(file, file.size) for file in files], "No files came with it."),
            Related("As it came", ("Bytes", "Mailbox", "Received"), came, "Its bytes were not kept here."),
            Related(
                "Not kept",
                ("What", "Why"),
                [(part["name"], part["reason"]) for part in record.refused],
                "All of it was kept.",
            ),
            _mails("The conversation", thread.visible_to(person, at), "No other mail belongs to it."),
        ]


def _about(kind: str, record_id: int | None) -> Fact:
    found = about(kind, record_id) if record_id is not None else None
    return Fact("About", found or "", found.get_absolute_url() if found is not None else "")


def _mails(title: str, mails: models.QuerySet[Any], empty: str) -> Related:
    rows = [(mail, mail.from_name or mail.from_address, mail.received, mail.state) for mail in mails[:200]]
    return Related(title, ("Subject", "From", "Received", "State"), rows, empty)


class AsItCame(Page):
    """A mail byte for byte as it came, to be looked at outside a browser."""

    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, pk: int, arrival: int) -> FileResponse:
        """The bytes, always as a download. Raises Http404 for mail that the reader may not read."""
        mails = IncomingMail.objects.filter(pk=pk).visible_to(reader(self.request), self.request.at)
        came = Arrival.objects.filter(pk=arrival, mail__in=mails).first()
        if came is None:
            raise Http404("There is no such mail that you may read.")
        response = FileResponse(place(came.sha256).open("rb"), content_type="application/octet-stream")
        response["Content-Disposition"] = f'attachment; filename="mail-{pk}.eml"'
        response["Content-Security-Policy"] = "sandbox"
        return response


class OwnPage(Page):
    """What the page of a person's subscriptions and its buttons share."""

    template = "post/subscriptions.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    crumbs = (Crumb("My subscriptions"),)

    def page(self, form: FollowForm, token: str = "", status: int = 200) -> HttpResponse:
        """The page; with a new key, its addresses are shown this once."""
        person, at = self.person, self.request.at
        rows = [row for row in Subscription.objects.filter(to_day=None).visible_to(person, at) if row.plural in LISTS]
        key = FeedKey.objects.filter(person=person, revoked=None).first()
        response = self.shown(
            {"rows": [_followed(row, token) for row in rows], "form": form, "key": key, "token": token}, status
        )
        if token:
            response["Cache-Control"] = "no-store"
        return response

    @property
    def person(self) -> Person:
        """Whose page it is; the guard has let in nobody else."""
        found = reader(self.request)
        if found is None:
            raise Http404("There is nothing here.")
        return found

    @property
    def when(self) -> dict[str, datetime]:
        """When it happens, and when we learn of it: at the instant of the request."""
        return {"at": self.request.at, "recorded": self.request.at}


class SubscriptionsPage(OwnPage):
    """What a person follows, and the private address of its feeds."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The list, and the form filled with the list to follow that the address names."""
        asked = {name: request.GET.get(name, "") for name in ("plural", "query", "name")}
        return self.page(FollowForm(initial=asked))


def _followed(row: Subscription, token: str) -> dict[str, Any]:
    base, query = row.plural.replace(" ", "-"), f"?{row.query}" if row.query else ""
    endings = FEEDS if token and LISTS[row.plural].day else ()
    feeds = [f"{settings.SITE_URL}{reverse('feed', args=[token, base, ending])}{query}" for ending in endings]
    return {"row": row, "href": row.get_absolute_url(), "feeds": feeds}


class FollowPage(OwnPage):
    """Follows a list; the form stands on every list and on the person's own page."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form is on the person's own page."""
        return redirect(f"{reverse('subscriptions')}?{urlencode(list(request.GET.items()))}")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Follows the list as filtered; a refusal keeps what was typed and says why."""
        form = FollowForm(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            following.follow(**form.cleaned_data, person=self.person, at=self.request.at, recorded=self.request.at)
        except Refused as refusal:
            form.add_error(None, refusal.messages)
            return self.page(form, status=422)
        return redirect("subscriptions")


class EndPage(OwnPage):
    """Ends one of the person's own subscriptions."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ending is a button on the person's own page."""
        return redirect("subscriptions")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ends it with today. Raises Http404 for another person's."""
        row = Subscription.objects.filter(pk=pk).visible_to(self.person, request.at).first()  # type: ignore[attr-defined]
        if row is None:
            raise Http404("You have no such subscription.")
        following.end(row, by=self.person, **self.when)
        return redirect("subscriptions")


class KeyPage(OwnPage):
    """Makes a new private key to feeds, or ends the one in use."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """The key is made by a button on the person's own page."""
        return redirect("subscriptions")

    def post(self, request: HttpRequest) -> HttpResponse:
        """Makes a key and shows it once, or ends the one in use when asked to."""
        if request.POST.get("do") == "revoke":
            feed_keys.revoke(self.person, **self.when)
            return redirect("subscriptions")
        token = feed_keys.issue(self.person, **self.when)
        return self.page(FollowForm(), token)


class FeedPage(Page):
    """A list as a feed for the holder of a private key. Public, because the key in its address is the guard."""

    def get(self, request: HttpRequest, token: str, base: str, ending: str) -> HttpResponse:
        """The feed as its holder may read it now. Raises Http404 for any other key, list or form."""
        person = feed_keys.holder(token)
        plural = next((name for name in LISTS if name.replace(" ", "-") == base), "")
        if person is None or not plural or ending not in FEEDS or not LISTS[plural].day:
            raise Http404("There is no such feed, or its key has been ended.")
        page = following.page_for(plural, request.GET.urlencode(), person, self.request.at)
        if page is None:
            raise Http404("There is no such feed, or its key has been ended.")
        chosen = page.chosen()
        if not chosen.is_valid():
            return HttpResponse("The filters are not as this list takes them.", status=422, content_type="text/plain")
        return FORMATS[ending](page, chosen.qs)
