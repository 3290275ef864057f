"""How content enquirers are: one in many is asked, by the number of the enquiry, and nobody often."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

import django_filters
from django import forms
from django.conf import settings
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.capacities import secretariat
from secretariat.core.filters import MonthFilter
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, Fact, Page, RecordPage
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.helpdesk.models import ANSWERED, Channel, Enquiry
from secretariat.helpdesk.public.asking import OFTEN, OftenFromOnePlace
from secretariat.helpdesk.public.models import BEST, WORST, Satisfaction
from secretariat.plain.dates import instant
from secretariat.post.drafts import Draft, queue
from secretariat.post.letters import LETTERS, Letter
from secretariat.post.models import Message as SentMail

NOTICE = "helpdesk.satisfaction"
SALT = "secretariat.helpdesk.satisfaction"
MARKS = ((5, "Very content"), (4, "Content"), (3, "Neither"), (2, "Not content"), (1, "Not content at all"))
ASKING = """You wrote to us, and we answered under the number {number}. How content are you with that?

{link}

The page opens without signing in, and takes a minute. We ask few people, and nobody often.
"""


def is_asked(enquiry: Enquiry, at: datetime) -> bool:
    """Whether the enquirer is asked: by the number, so that nobody chooses, and not within some days of the last time.

    Only who wrote by e-mail or by the form is, once the enquiry is answered.
    """
    every = RULEBOOK.number("helpdesk.satisfaction_every", at)
    since = at - timedelta(days=RULEBOOK.number("helpdesk.satisfaction_days", at))
    if not enquiry.address or enquiry.channel == Channel.TELEPHONE or int(enquiry.number[4:]) % every:
        return False
    asked = Satisfaction.objects.filter(enquiry__address__iexact=enquiry.address, asked__gt=since)
    return not asked.exists() and not Satisfaction.objects.filter(enquiry=enquiry).exists()


def ask(enquiry: Enquiry, *, by: Person | None, at: datetime, recorded: datetime) -> Satisfaction | None:
    """Asks the enquirer by mail, if it is their turn."""
    if enquiry.state != ANSWERED or not is_asked(enquiry, at):
        return None
    with transaction.atomic():
        asked = Satisfaction(enquiry=enquiry, asked=at, recorded=recorded, invented=enquiry.invented)
        journal.enter(asked, by=by, at=at, recorded=recorded)
        draft = Draft(
            key=f"{NOTICE}/{enquiry.pk}", person=None, address=enquiry.address, name=enquiry.enquirer,
            subject=f"How content are you with our answer? [{enquiry.number}]", notice=NOTICE, about=asked,
            body=ASKING.format(number=enquiry.number, link="[the link is put in as it is sent]"),
        )  # fmt: skip
        queue([draft], at, recorded)
    return asked


def letter(message: SentMail) -> Letter | None:
    """The mail with its link, which is kept nowhere: nobody here can answer in an enquirer's place."""
    found = Satisfaction.objects.filter(pk=message.record_id or 0).select_related("enquiry").first()
    if found is None:
        return None
    link = f"{settings.SITE_URL}{reverse('content', args=[signing.dumps(found.pk, salt=SALT)])}"
    return Letter(ASKING.format(number=found.enquiry.number, link=link))


LETTERS[NOTICE] = letter


class ContentForm(forms.Form):
    """How content somebody is."""

    marks = forms.TypedChoiceField(label="How content are you?", choices=MARKS, coerce=int, widget=forms.RadioSelect)
    words = forms.CharField(label="What should be better", required=False, widget=forms.Textarea, max_length=3000)


class Content(Page):
    """Takes the answer of who was asked, once; the link is the key."""

    template = "helpdesk/content.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Our answer"),)

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        """The question."""
        self._asked(token)
        return self._form(ContentForm())

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        """Keeps the answer; a second one changes nothing."""
        asked = self._asked(token)
        form = ContentForm(request.POST)
        if OftenFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self._form(form, 429)
        if not form.is_valid():
            return self._form(form, 422)
        if asked.answered is None:
            told = {"marks": form.cleaned_data["marks"], "words": form.cleaned_data["words"]}
            at = self.request.at
            journal.amend(asked, {**told, "answered": at}, by=None, at=at, recorded=at)
        return self.shown({"form": None})

    def _form(self, form: ContentForm, status: int = 200) -> HttpResponse:
        return self.shown({"form": form}, status)

    @staticmethod
    def _asked(token: str) -> Satisfaction:
        try:
            pk = signing.loads(token, salt=SALT)
        except signing.BadSignature as error:
            raise Http404("This link is not whole. Open it as it stands in the mail.") from error
        found: Satisfaction | None = Satisfaction.objects.filter(pk=pk).first()
        if found is None:
            raise Http404("What was asked about is no longer here.")
        return found


class SatisfactionFilter(django_filters.FilterSet):
    """Filters of what enquirers said of the answers."""

    marks = django_filters.ChoiceFilter(choices=MARKS, label="How content")
    asked_in = MonthFilter("asked", of="instant", label="Asked in")

    class Meta:
        model = Satisfaction
        fields = ()


class Satisfactions(ListPage):
    """What enquirers said of the answers."""

    model = Satisfaction
    word, plural = "satisfaction", "satisfaction answers"
    who: ClassVar[Who] = staticmethod(secretariat)
    filters = SatisfactionFilter
    about = "How content enquirers are with the answers that they got: few are asked, and nobody often."
    empty = "Nobody was asked yet."
    columns = (
        Column("enquiry", "Enquiry", "enquiry__number"),
        Column("asked", "Asked", "asked"),
        Column("marks", "Marks", "marks", numeric=True),
        Column("words", "What should be better", "words"),
        Column("answered", "Answered", "answered"),
        class_column(),
    )
    order = "-asked"


class SatisfactionPage(RecordPage):
    """What one enquirer said of one answer."""

    model = Satisfaction
    word, plural = "satisfaction", "satisfaction answers"
    who: ClassVar[Who] = staticmethod(secretariat)

    def facts(self, record: Satisfaction) -> list[Fact]:
        """The enquiry, and what was said."""
        content = dict(MARKS).get(record.marks or 0, "not answered yet")
        enquiry = record.enquiry
        return [
            Fact("Enquiry", enquiry.number, href=enquiry.get_absolute_url()),
            Fact("Asked", instant(record.asked)),
            Fact("How content", content, note=f"{record.marks} of {WORST} to {BEST}" if record.marks else ""),
            Fact("What should be better", record.words or "nothing was said"),
        ]
