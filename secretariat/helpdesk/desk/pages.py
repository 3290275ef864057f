"""What else is done at the desk: sorting, notes, calls, links, splitting, templates, and the page of keys."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import secretariat
from secretariat.core.form_page import found
from secretariat.core.kinds import kind_of
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, Page, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.helpdesk.actions import categorise, link, say, split, unlink
from secretariat.helpdesk.desk.calls import Call, take_down
from secretariat.helpdesk.desk.filters import ReplyTemplateFilter
from secretariat.helpdesk.desk.forms import CallForm, LinkForm, NoteForm, ReplyTemplateForm, SplitForm
from secretariat.helpdesk.desk.models import ReplyTemplate
from secretariat.helpdesk.desk.steps import AboutEnquiry
from secretariat.helpdesk.desk.telling import may_read, suggested_links
from secretariat.helpdesk.desk.work import DeskPage, address_of
from secretariat.helpdesk.models import Message, Sort, categories
from secretariat.helpdesk.procedure import helpdesk_team, those_in_hand
from secretariat.papers.narrative import fields
from secretariat.plain.dates import local_day


class Sorting(DeskPage):
    """Puts an enquiry under a category: one button, one key."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Sorts it and goes back to the desk."""
        enquiry = self.enquiry(key)
        if not those_in_hand(reader(self.request), enquiry, self.request.at):
            raise PermissionDenied("It is not in your hand.")
        chosen = request.POST.get("category", "")
        category = categories(local_day(enquiry.received)).filter(pk=int(chosen) if chosen.isdigit() else 0).first()
        if category is None:
            raise Http404("There is no such category on the day on which it came in.")
        categorise(enquiry, category, **self.told())
        return redirect(self.address(enquiry.number))


class Note(AboutEnquiry):
    """Adds an internal note."""

    title = "Add a note"
    button = "Keep the note"

    def form(self, record: Any, data: Any = None, files: Any = None) -> NoteForm:
        """The note."""
        return NoteForm(data)

    def save(self, record: Any, form: Any) -> str:
        """Keeps it."""
        say(record, Sort.NOTE, form.cleaned_data["text"], **self.told())
        return self.back(record)


class LinkTo(AboutEnquiry):
    """Links an enquiry to a record that it is about."""

    title = "Link to a record"
    button = "Link it"

    def form(self, record: Any, data: Any = None, files: Any = None) -> LinkForm:
        """The reference; a suggestion brings it along."""
        return LinkForm(data, initial={name: self.request.GET.get(name, "") for name in ("reference", "reason")})

    def save(self, record: Any, form: Any) -> str:
        """Links it. Raises Refused for a record that the person may not read."""
        named = form.cleaned_data["reference"]
        if not may_read(named, reader(self.request), self.request.at):
            raise Refused("No single record has this reference.")
        link(record, named, form.cleaned_data["reason"], **self.told())
        return self.back(record)


class LinkAsSuggested(DeskPage):
    """Links an enquiry to a record that is suggested, with the reason of the suggestion."""

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Links it and goes back to the desk; what is no longer suggested is passed over."""
        enquiry, (person, at) = self.enquiry(key), (reader(self.request), self.request.at)
        if not those_in_hand(person, enquiry, at):
            raise PermissionDenied("It is not in your hand.")
        for one in suggested_links(enquiry, person, at):
            if f"{kind_of(one.record)}:{one.record.pk}" == request.POST.get("about"):
                link(enquiry, one.record, one.reason, **self.told())
        return redirect(self.address(enquiry.number))


class Unlinking(DeskPage):
    """Takes a link away."""

    def post(self, request: HttpRequest, key: str, pk: int) -> HttpResponse:
        """Takes it away and goes back to the desk."""
        enquiry = self.enquiry(key)
        if not those_in_hand(reader(self.request), enquiry, self.request.at):
            raise PermissionDenied("It is not in your hand.")
        one = enquiry.links.filter(pk=pk).first()
        if one is not None:
            unlink(enquiry, one, **self.told())
        return redirect(self.address(enquiry.number))


class Splitting(AboutEnquiry):
    """Makes an enquiry of its own of one message."""

    model = Message
    key = "pk"
    title = "Make an enquiry of its own"
    lead = "What was said goes to a new enquiry, which came in when it was said; the rest stays here."
    button = "Split it off"

    def back(self, record: Any) -> str:
        """The desk of the enquiry that it belongs to, in the queue as it is filtered."""
        return address_of(self.request, record.enquiry.number)

    def record(self, key: str) -> Any:
        """The message, if it may be read. Raises Http404."""
        return found(Message, key, self)

    def context(self, record: Any) -> dict[str, Any]:
        """What was said about its enquiry."""
        return super().context(record.enquiry)

    def form(self, record: Any, data: Any = None, files: Any = None) -> SplitForm:
        """Its subject and its category."""
        initial = {"subject": record.subject, "category": record.enquiry.category_id}
        return SplitForm(data, day=local_day(record.at), initial=initial)

    def save(self, record: Any, form: Any) -> str:
        """Splits it off. Raises Refused."""
        if not those_in_hand(reader(self.request), record.enquiry, self.request.at):
            raise Refused("It is not in your hand. Ask to have it handed over.")
        told = form.cleaned_data
        whole = record.enquiry.number
        part = split(record, told["category"], told["subject"], **self.told())
        return address_of(self.request, part.number, was=whole)


class TakeCall(Page):
    """Takes down a telephone call."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(helpdesk_team)
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Queue", "/queue/"), Crumb("Take down a call"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The form."""
        return self._form(CallForm(day=local_day(self.request.at)))

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keeps the call; with an answer it is finished, without one it goes to the queue."""
        form = CallForm(request.POST, day=local_day(self.request.at))
        if not form.is_valid():
            return self._form(form, 422)
        try:
            enquiry = take_down(Call(**form.cleaned_data), **self.told())
        except (Refused, ValidationError) as refusal:
            form.add_error(None, refusal.messages)
            return self._form(form, 422)
        return redirect(reverse("work", args=[enquiry.number]))

    def _form(self, form: CallForm, status: int = 200) -> HttpResponse:
        told = {"form": form, "title": "Take down a call", "back": reverse("queue"), "word": "call"}
        return self.shown(told, status)


class Keys(Page):
    """The keys of the desk, and the switch that turns them off."""

    template = "helpdesk/keys.html"
    who: ClassVar[Who] = staticmethod(secretariat)
    crumbs: ClassVar[tuple[Crumb, ...]] = (Crumb("Queue", "/queue/"), Crumb("Keys"))

    def get(self, request: HttpRequest) -> HttpResponse:
        """The page."""
        return self.shown({})


class ReplyTemplates(ListPage):
    """The templates of replies."""

    model = ReplyTemplate
    word, plural = "reply template", "reply templates"
    who: ClassVar[Who] = staticmethod(secretariat)
    filters = ReplyTemplateFilter
    about = "Replies that are written often. Their fields are looked up when they are sent."
    empty = "No template is written yet."
    columns = (Column("title", "Title", "title"), Column("in_use", "In use", "in_use"), class_column())
    order = "title"
    order_words = "by title"
    enters: ClassVar[Who | None] = staticmethod(helpdesk_team)


class ReplyTemplatePage(RecordPage):
    """One template."""

    model = ReplyTemplate
    word, plural = "reply template", "reply templates"
    who: ClassVar[Who] = staticmethod(secretariat)
    editors: ClassVar[Who | None] = staticmethod(helpdesk_team)

    def facts(self, record: ReplyTemplate) -> list[Fact]:
        """What it says, and whether it is offered."""
        return [Fact("Text", record.body), Fact("In use", "yes" if record.in_use else "no")]

    def related(self, record: ReplyTemplate) -> list[Related]:
        """Its fields."""
        rows: list[tuple[Any, ...]] = [(field.text,) for field in fields(record.body)]
        return [Related("Fields", ("Field",), rows, "It has no fields: it always says the same.")]


class ReplyTemplateEntry(EntryPage):
    """Writes a template, or amends one."""

    model = ReplyTemplate
    form_class = ReplyTemplateForm
    word, plural = "reply template", "reply templates"
    who: ClassVar[Who] = staticmethod(helpdesk_team)
