"""Pages of the newsletter: its list, each issue at its lasting address, and the editors' pages."""

from __future__ import annotations

from collections import Counter
from typing import Any, ClassVar
from urllib.parse import urlencode

from django import forms
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.form_page import FormPage, found
from secretariat.core.kinds import kind_of
from secretariat.core.lists import Column, ListPage, attachment, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.engagement.newsletter import actions, writing
from secretariat.engagement.newsletter.checks import checked
from secretariat.engagement.newsletter.composing import composed
from secretariat.engagement.newsletter.constructs import CLIPPED_BYTES
from secretariat.engagement.newsletter.figures import by_state
from secretariat.engagement.newsletter.filters import NewsletterFilter
from secretariat.engagement.newsletter.forms import AcceptForm, EditionForm, NewsletterForm, PassageForm
from secretariat.engagement.newsletter.models import ROLES, SENT, Block, Newsletter, Passage, Recipient
from secretariat.engagement.newsletter.procedure import editors
from secretariat.engagement.newsletter.readers import Receives, who_gets
from secretariat.engagement.newsletter.writing import Foot
from secretariat.engagement.subscribing.actions import NEWSLETTER
from secretariat.engagement.subscribing.models import Reading, every_topic
from secretariat.plain.dates import long_date
from secretariat.post.models import Delivery, Message
from secretariat.post.notices import link

A_PAGE = 100
"""Readers on one page."""


class Newsletters(ListPage):
    """The newsletters."""

    model = Newsletter
    word, plural = "newsletter", "newsletters"
    template = "engagement/newsletter/newsletters.html"
    filters = NewsletterFilter
    about = "What happened since the newsletter before, and what comes: put together from the record. Anybody can "
    about += "subscribe."
    empty = "No newsletter has been sent yet."
    columns = (
        Column("day", "Day", "day"),
        Column("title", "Title", "title"),
        Column("state", "State", "state"),
        class_column(),
    )
    link = "day"
    order = "-day"
    day = "day"
    news = ("newsletter.send",)
    enters: ClassVar[Who] = staticmethod(editors)


class NewsletterPage(RecordPage):
    """One newsletter at its lasting address: what it says; for the secretariat how far it is."""

    model = Newsletter
    word, plural, key = "newsletter", "newsletters", "day"
    template = "engagement/newsletter/newsletter.html"

    def facts(self, record: Newsletter) -> list[Fact]:
        """Its days, and to whom it goes."""
        facts = [
            Fact("Tells what came after", long_date(record.after)),
            Fact("Sent", record.sent_at or f"Not yet; its day is {long_date(record.day)}"),
        ]
        if not self._is_staff():
            return facts
        roles = ", ".join(label for role, label in ROLES if role in record.to_roles)
        facts.append(Fact("Goes to", f"Subscribers{', and besides: ' + roles if roles else ' alone'}"))
        return [*facts, _fared(record)] if record.state == SENT else facts

    def related(self, record: Newsletter) -> list[Related]:
        """The editors' paragraphs, for the secretariat."""
        if not self._is_staff():
            return []
        own = sorted(record.passages.all(), key=lambda one: (Block.values.index(one.block), one.position, one.pk))
        may_write = record.is_open and editors(reader(self.request), record, self.request.at)
        rows: list[Any] = [
            (
                Crumb(str(one), one.own_address) if may_write else str(one),
                one.get_block_display(),
                ", ".join(str(Reading(value).label) for value in one.readers) or "every reader",
            )
            for one in own
        ]
        return [Related("Editors' paragraphs", ("Paragraph", "Block", "For"), rows, "No paragraph is written yet.")]

    def context(self, record: Newsletter) -> dict[str, Any]:
        """What it says to a reader who leaves nothing out, and for the secretariat what stands against it."""
        at = self.request.at
        whole = composed(record, at)
        told: dict[str, Any] = {"content": writing.page(whole.edition(every_topic()))}
        if not self._is_staff():
            return told
        may_write = record.is_open and editors(reader(self.request), record, at)
        found_ = checked(record, at, whole) if record.state != SENT else None
        return {**told, "is_staff": True, "may_write": may_write, "checked": found_}

    def _is_staff(self) -> bool:
        return secretariat(reader(self.request), None, self.request.at)


def _messages(record: Newsletter) -> models.QuerySet[Message]:
    return Message.objects.filter(kind=kind_of(record), record_id=record.pk, notice=NEWSLETTER)


def _fared(record: Newsletter) -> Fact:
    """How its messages fared, with the way to those that a person has to decide on."""
    counts = by_state(_messages(record))
    said = ", ".join(f"{counts[one.value]:,} {one.label.lower()}" for one in Delivery if one.value in counts)
    note = "What is uncertain is for a person to decide." if Delivery.UNCERTAIN.value in counts else ""
    return Fact("Messages", said or "none", reverse("newsletter-readers", args=[record.day.isoformat()]), note=note)


class NewsletterEntry(EntryPage):
    """Begins a newsletter, or changes its title and days."""

    model = Newsletter
    form_class = NewsletterForm
    word, plural, key = "newsletter", "newsletters", "day"
    who: ClassVar[Who] = staticmethod(editors)

    def enter(self, record: Newsletter, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes its first step."""
        actions.begin(record, **told)

    def _record(self, key: str) -> Any | None:
        record = super()._record(key)
        if record is not None and not record.is_open:
            raise Http404("This newsletter is approved or sent. Take it back to change it.")
        return record


class OfNewsletter(FormPage):
    """A page of the editors about one newsletter."""

    model = Newsletter
    key = "day"
    plural = "newsletters"
    who: ClassVar[Who] = staticmethod(editors)


class PassagePage(OfNewsletter):
    """Adds a paragraph to a newsletter, or changes one."""

    title = "Write a paragraph"
    template = "engagement/newsletter/passage.html"

    def context(self, record: Newsletter) -> dict[str, Any]:
        """Whether it is there already, so that it can be taken out."""
        return {"is_there": self._passage(record) is not None}

    def form(self, record: Newsletter, data: Any = None, files: Any = None) -> PassageForm:
        """The paragraph; a new one in the block that the address names, after those there."""
        passage = self._passage(record)
        if passage is not None:
            return PassageForm(record, data, instance=passage)
        block = self.request.GET.get("block", "")
        place = record.passages.filter(block=block).count() + 1
        return PassageForm(record, data, initial={"block": block, "position": place})

    def save(self, record: Newsletter, form: Any) -> models.Model:
        """Writes it down, or takes it out where that was asked."""
        passage = self._passage(record)
        if passage is None:
            actions.write(form.save(commit=False), **self.told())
        elif "strike" in self.request.POST:
            actions.strike(passage, **self.told())
        else:
            actions.write(passage, {name: form.cleaned_data[name] for name in form.changed_data}, **self.told())
        return record

    def _passage(self, record: Newsletter) -> Passage | None:
        pk = self.kwargs.get("pk")
        if pk is None:
            return None
        passage: Passage | None = record.passages.filter(pk=pk).first()
        if passage is None:
            raise Http404("This newsletter has no such paragraph.")
        return passage


class AcceptPage(OfNewsletter):
    """Lets one finding of the check stand, with a reason."""

    title = "Let a finding stand"
    button = "Let it stand"

    def heading(self, record: Newsletter) -> str:
        """With the words that the finding is about."""
        words = self.request.POST.get("words") or self.request.GET.get("words", "")
        return f"{self.title}: {words}" if words else self.title

    def form(self, record: Newsletter, data: Any = None, files: Any = None) -> AcceptForm:
        """The reason; the finding is named by the address."""
        named = {name: self.request.GET.get(name, "") for name in ("rule", "words")}
        return AcceptForm(data, initial=named)

    def save(self, record: Newsletter, form: Any) -> models.Model:
        """Keeps the reason."""
        actions.accept(record, **form.cleaned_data, **self.told())
        return record


class ReadersPage(Page):
    """Exactly who gets a newsletter, what of it, and why: before it is sent as it would be, afterwards as it was."""

    template = "engagement/newsletter/readers.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The readers; those whose message is uncertain come first."""
        record: Newsletter = found(Newsletter, key, self, "day")
        lines = _as_sent(record) if record.state == SENT else _to_come(record, self.request.at)
        crumbs = (
            Crumb("Newsletters", reverse("newsletters")),
            Crumb(str(record), record.get_absolute_url()),
            Crumb("Who gets it"),
        )
        counts = Counter(line["stands"] for line in lines)
        page = Paginator(lines, A_PAGE).get_page(request.GET.get("page"))
        told = {"record": record, "page": page, "counts": counts.most_common(), "total": len(lines), "crumbs": crumbs}
        return self.shown({**told, "is_sent": record.state == SENT, "says": any(line["said"] for line in lines)})


def _to_come(record: Newsletter, at: Any) -> list[dict[str, Any]]:
    whole = composed(record, at)
    return [
        _line(one, one.address, "Left out" if one.left_out else "Would be sent") for one in who_gets(record, whole, at)
    ]


def _line(one: Receives, to: str, stands: str, message: Message | None = None) -> dict[str, Any]:
    said = message.words if message is not None and message.words else one.left_out
    parts = "; ".join(part for part in (one.told_topics, one.told_as) if part)
    asked = urlencode({"topics": one.topics, "reads_as": one.reads_as}, doseq=True)
    told = {"to": to, "why": one.why, "parts": parts, "stands": stands, "said": said, "message": message}
    return {**told, "edition": asked}


FIRST = {Delivery.UNCERTAIN.label: 0, Delivery.FAILED.label: 1, Delivery.SENDING.label: 2}
"""What needs a person comes first."""


def _as_sent(record: Newsletter) -> list[dict[str, Any]]:
    messages = {one.key: one for one in _messages(record).select_related("person")}
    lines = []
    for row in Recipient.objects.filter(newsletter=record).select_related("subscriber", "person"):
        message = messages.get(row.key)
        stands = str(message.get_state_display()) if message is not None else "Left out"
        to = message.recipient if message is not None else str(row.person or row.subscriber)
        one = Receives(to, row.why, tuple(row.topics), row.reads_as, left_out=row.left_out)
        lines.append(_line(one, to, stands, message))
    return sorted(lines, key=lambda line: FIRST.get(line["stands"], 9))


class Preview(Page):
    """One edition of a newsletter before it is sent: as text, as HTML, and as a mail to open in a mail program."""

    template = "engagement/newsletter/preview.html"
    who: ClassVar[Who] = staticmethod(secretariat)

    def get(self, request: HttpRequest, key: str, ending: str = "") -> HttpResponse:
        """The edition of whoever chose the topics that are asked for."""
        record: Newsletter = found(Newsletter, key, self, "day")
        form = EditionForm(request.GET or {"topics": every_topic()})
        chosen = form.cleaned_data if form.is_valid() else {}
        edition = composed(record, self.request.at).edition(
            chosen.get("topics") or every_topic(), chosen.get("reads_as", "")
        )
        foot = Foot(link(record), "Why you receive this: it is a preview.", settings.SITE_URL, settings.SITE_URL)
        text, html = (made(edition, foot, settings.SITE_URL) for made in (writing.text, writing.mail))
        if ending == "html":
            return _as_shown(html)
        if ending == "eml":
            mail = EmailMultiAlternatives(record.title, text, to=[])
            mail.attach_alternative(html, "text/html")
            return attachment(mail.message().as_bytes(), "message/rfc822", f"newsletter-{record.day.isoformat()}.eml")
        crumbs = (
            Crumb("Newsletters", reverse("newsletters")),
            Crumb(str(record), record.get_absolute_url()),
            Crumb("Preview"),
        )
        told = {"record": record, "form": form, "text": text, "query": request.GET.urlencode(), "crumbs": crumbs}
        return self.shown({**told, "size": len(html.encode()), "most": CLIPPED_BYTES})


def _as_shown(html: str) -> HttpResponse:
    """A mail's HTML as a mail program shows it: with the style on its elements, and nothing that runs or is fetched."""
    response = HttpResponse(html)
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "no-store"
    return response
