"""The form on the public site: anybody asks, and gets the number of the enquiry (rule HLP-1)."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja.throttling import AnonRateThrottle

from secretariat.core.capacities import speaks_for
from secretariat.core.classification import Class
from secretariat.core.pages import Crumb, Page, reader
from secretariat.core.procedure import Refused
from secretariat.core.rulebook import RULEBOOK
from secretariat.helpdesk.actions import receive, say
from secretariat.helpdesk.choices import CategoryField
from secretariat.helpdesk.models import Channel, Enquiry, Sort
from secretariat.helpdesk.suggesting import category_for
from secretariat.plain.dates import local_day
from secretariat.post.drafts import Draft, queue
from secretariat.register.models import Party

OFTEN = "That was many enquiries in a short time. Wait a while, or write us an e-mail."
ACKNOWLEDGED = "enquiry form received"
MOST_WORDS = 10_000


class OftenFromOnePlace(AnonRateThrottle):
    """How often one place may ask; counted apart from all else."""

    scope = "enquiry"

    @classmethod
    def is_too_often(cls, request: HttpRequest) -> bool:
        """Whether it was too often; asking counts."""
        return not cls(settings.API_RATES["applications"]).allow_request(request)


class AskForm(forms.Form):
    """What anybody may ask."""

    enquirer = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    address = forms.EmailField(label="Your e-mail address", widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    organisation = forms.CharField(
        label="Your organisation", max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )  # fmt: skip
    subject = forms.CharField(label="In a few words", max_length=200)
    text = forms.CharField(label="Your question", widget=forms.Textarea, max_length=MOST_WORDS)

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        category = CategoryField(day, label="What it is about", required=False, empty_label="I am not sure")
        self.fields = {"category": category, **self.fields}


class Ask(Page):
    """Takes a question, keeps it as an enquiry, and tells its number here and by mail."""

    template = "helpdesk/ask.html"
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Ask the helpdesk"),)

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form; who is signed in need not type name and address."""
        person = reader(self.request)
        known = {"enquirer": person.name, "address": person.email} if person else {}
        return self._form(AskForm(day=local_day(self.request.at), initial=known))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keeps it; a refusal keeps what was typed."""
        form = AskForm(request.POST, day=local_day(self.request.at))
        if OftenFromOnePlace.is_too_often(request):
            form.add_error(None, OFTEN)
            return self._form(form, 429)
        if not form.is_valid():
            return self._form(form, 422)
        try:
            enquiry = self._kept(form.cleaned_data)
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._form(form, 422)
        return self.shown({"form": None, "number": enquiry.number, "address": enquiry.address})

    def _kept(self, told: dict[str, Any]) -> Enquiry:
        """The enquiry; of somebody who speaks for one party it is that party's, which then reads it."""
        person, at = reader(self.request), self.request.at
        parties = speaks_for(person, at)
        when = {"by": None, "at": at, "recorded": at}
        enquiry = Enquiry(
            channel=Channel.FORM, category=told["category"] or category_for(local_day(at)), received=at,
            subject=told["subject"], enquirer=told["enquirer"], address=told["address"], person=person,
            organisation=told["organisation"],
            party=Party.objects.filter(pk__in=parties).first() if len(parties) == 1 else None,
        )  # fmt: skip
        with transaction.atomic():
            receive(enquiry, **when)  # type: ignore[arg-type]
            say(
                enquiry, Sort.FORM, told["text"], from_name=told["enquirer"], from_address=told["address"],
                subject=told["subject"], **when,
            )  # fmt: skip
            queue([_acknowledgement(enquiry)], at, at)
        return enquiry

    def _form(self, form: AskForm, status: int = 200) -> HttpResponse:
        hours = {word: RULEBOOK.number(f"helpdesk.{word}_hour", self.request.at) for word in ("opening", "closing")}
        told = {"form": form, "opens": hours["opening"], "closes": hours["closing"]}
        return self.shown(told, status)


def _acknowledgement(enquiry: Enquiry) -> Draft:
    """What the enquirer gets at once: that it came, and its number. It repeats nothing of what was typed.

    Whoever types somebody else's address can thus send them no words of their own.
    """
    body = (
        f"Your enquiry came to us. Its number is {enquiry.number}: please name it when you write again.\n\n"
        "If you did not ask us anything, somebody typed your address by mistake; you need do nothing.\n"
    )
    return Draft(
        key=f"{ACKNOWLEDGED}/{enquiry.pk}", person=None, address=enquiry.address,
        subject=f"We have your enquiry [{enquiry.number}]", body=body, notice=ACKNOWLEDGED,
        classification=Class.WHITE, audience="", about=enquiry,
    )  # fmt: skip
