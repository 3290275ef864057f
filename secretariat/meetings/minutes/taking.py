"""Pages on which minutes are written: taken live against the agenda, put right, commented on, made into headlines."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import Crumb, Fact, Page, RecordPage, reader
from secretariat.core.procedure import NEW, Refused, Who
from secretariat.meetings.agenda.models import WITHDRAWN, AgendaItem
from secretariat.meetings.minutes.actions import comment, minutes_of, put_right, take_out, write_row
from secretariat.meetings.minutes.filters import CommentFilter
from secretariat.meetings.minutes.forms import CommentForm, HeadlinesForm, MinuteForm
from secretariat.meetings.minutes.models import STILL_OPEN, Comment, Minute, Minutes
from secretariat.meetings.minutes.procedure import COMMENTS
from secretariat.meetings.minutes.projection import lead, rows_of
from secretariat.meetings.minutes.views import minutes_by
from secretariat.meetings.models import CANCELLED, Meeting
from secretariat.meetings.procedure import committees_team


class _OfMinutes(Page):
    """A page of the minutes of one meeting."""

    def crumbs_to(self, minutes: Minutes, here: str) -> tuple[Crumb, ...]:
        """Where the page is."""
        back = minutes.get_absolute_url() if minutes.pk else minutes.meeting.get_absolute_url()
        return Crumb("Minutes", reverse("minutes")), Crumb(str(minutes), back), Crumb(here)

    def row(self, pk: int) -> Minute:
        """A row that the reader may read. Raises Http404."""
        rows: Any = Minute.objects.filter(pk=pk).select_related("minutes__meeting__committee", "action", "item")
        found: Minute | None = rows.visible_to(reader(self.request), self.request.at).first()
        if found is None:
            raise Http404("There is no such row that you may read.")
        return found

    def row_form(self, row: Minute, *data: Any) -> MinuteForm:
        """The form of a row, empty or as it was typed."""
        return MinuteForm(*data, instance=row, reader=reader(self.request), at=self.request.at)

    def form(self, form: forms.BaseForm, minutes: Minutes, title: str, status: int = 200) -> HttpResponse:
        """A form with where it leads back to."""
        told = {"form": form, "title": title, "back": minutes.get_absolute_url(), "word": "minutes"}
        return self.shown({**told, "crumbs": self.crumbs_to(minutes, title)}, status)


class TakeMinutes(_OfMinutes):
    """The agenda with what is minuted so far, and the next row to be typed: for the secretary in the meeting."""

    template = "meetings/take_minutes.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """The agenda and an empty row, on the item that was chosen."""
        minutes = self._minutes(key)
        item = self._chosen(minutes)
        least = max(item.classification if item else 0, minutes.meeting.committee.minutes_class)
        return self._page(minutes, self.row_form(Minute(minutes=minutes, item=item, published_class=least)), item)

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Writes the row and goes on with the same item; what was typed stays when it is refused."""
        minutes = self._minutes(key)
        form = self.row_form(Minute(minutes=minutes), self.request.POST)
        if not form.is_valid():
            return self._page(minutes, form, self._chosen(minutes), 422)
        asked = form.cleaned_data
        try:
            row = write_row(
                form.save(commit=False), owner=form.owner, days=asked["days"], due=asked["due"],
                recipients=asked["recipients"], **self.told(),
            )  # fmt: skip
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            return self._page(self._minutes(key), form, self._chosen(minutes), 422)
        on = f"?item={row.item_id}" if row.item_id else ""
        return redirect(f"{reverse('take minutes', args=[key])}{on}#next")

    def _minutes(self, key: str) -> Minutes:
        rows: Any = Meeting.objects.filter(pk__in=[key] if key.isdigit() else []).exclude(state=CANCELLED)
        meeting = rows.visible_to(reader(self.request), self.request.at).first()
        if meeting is None:
            raise Http404("There is no such meeting that you may read.")
        minutes = minutes_of(meeting)
        if minutes.state not in (NEW, *STILL_OPEN):
            raise PermissionDenied("These minutes are approved: what they say is no longer changed.")
        return minutes

    def _chosen(self, minutes: Minutes) -> AgendaItem | None:
        asked = self.request.GET.get("item", "")
        found: AgendaItem | None = self._items(minutes).filter(pk=asked).first() if asked.isdigit() else None
        return found

    def _items(self, minutes: Minutes) -> Any:
        items: Any = AgendaItem.objects.filter(meeting=minutes.meeting).exclude(state=WITHDRAWN)
        return items.visible_to(reader(self.request), self.request.at).order_by("position", "pk")

    def _page(self, minutes: Minutes, form: forms.BaseForm, item: AgendaItem | None, status: int = 200) -> HttpResponse:
        rows: dict[int | None, list[tuple[Minute, str]]] = {}
        readable: Any = Minute.objects.filter(minutes=minutes.pk).visible_to(reader(self.request), self.request.at)
        for row in readable.select_related("action__person", "action__organisation", "minutes__meeting"):
            rows.setdefault(row.item_id, []).append((row, lead(row)))
        return self.shown(
            {
                "minutes": minutes, "meeting": minutes.meeting, "form": form, "item": item,
                "items": [(one, rows.get(one.pk, [])) for one in self._items(minutes)],
                "loose": rows.get(None, []), "crumbs": self.crumbs_to(minutes, "Take the minutes"),
            },
            status,
        )  # fmt: skip


class PutRight(_OfMinutes):
    """Puts a row right that is not approved yet."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The row as it stands."""
        row = self.row(pk)
        return self.form(self.row_form(row), row.minutes, "Put a row right")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Puts it right; what was typed stays when it is refused."""
        row = self.row(pk)
        form = self.row_form(self.row(pk), self.request.POST)
        if not form.is_valid():
            return self.form(form, row.minutes, "Put a row right", 422)
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in form.Meta.fields}
        try:
            if form.cleaned_data["take_out"]:
                take_out(row, **self.told())
            else:
                put_right(row, changes, recipients=form.cleaned_data["recipients"], **self.told())
        except (Refused, ValidationError) as error:
            form.add_error(None, error.messages)
            return self.form(form, row.minutes, "Put a row right", 422)
        return redirect(row.get_absolute_url())


class EditHeadlines(_OfMinutes):
    """The headlines as they follow from the minutes; an edit is kept beside the words of the minutes (rule REF-2)."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(committees_team)

    def get(self, request: HttpRequest, key: str) -> HttpResponse:
        """Every White row."""
        minutes = minutes_by(key, self.request)
        return self.form(HeadlinesForm(rows_of(minutes, 0)), minutes, "Edit the headlines")

    def post(self, request: HttpRequest, key: str) -> HttpResponse:
        """Keeps the edits."""
        minutes = minutes_by(key, self.request)
        form = HeadlinesForm(rows_of(minutes, 0), self.request.POST)
        if not form.is_valid():
            return self.form(form, minutes, "Edit the headlines", 422)
        with transaction.atomic():
            for row in form.rows:
                put_right(row, form.changes(row), **self.told())
        return redirect(reverse("draft of minutes", args=[key, "headlines"]))


class CommentOn(_OfMinutes):
    """A member's comment on a row of circulated minutes."""

    template = "core/entry.html"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The form."""
        row = self.row(pk)
        self._admit(row)
        return self.form(CommentForm(), row.minutes, f"Comment on: {row.text[:80]}")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes the comment; what was typed stays when it is refused."""
        row, form = self.row(pk), CommentForm(self.request.POST)
        self._admit(row)
        if form.is_valid():
            try:
                comment(row, form.cleaned_data["text"], **self.told())
            except Refused as refusal:
                form.add_error(None, refusal.messages)
            else:
                return redirect(row.get_absolute_url())
        return self.form(form, row.minutes, f"Comment on: {row.text[:80]}", 422)

    def _admit(self, row: Minute) -> None:
        if not COMMENTS.steps["make"].who(reader(self.request), Comment(minute=row), self.request.at):
            raise PermissionDenied("The members of the body comment on its minutes.")


class Comments(ListPage):
    """The comments of members on minutes."""

    model = Comment
    word, plural = "minutes comment", "minutes comments"
    filters = CommentFilter
    about = "What members ask to be changed in circulated minutes, and the answers."
    empty = "Nobody commented on minutes that you may read."
    columns = (
        Column("body", "Body", "minute__minutes__meeting__committee__short_name"),
        Column("day", "Meeting on", "minute__minutes__meeting__day"),
        Column("by", "By", "made_by__name"),
        Column("text", "Comment", "text"),
        Column("state", "State", "state"),
    )
    who: ClassVar[Who] = staticmethod(anyone_signed_in)


class CommentPage(RecordPage):
    """One comment, and its answer."""

    model = Comment
    word, plural = "minutes comment", "minutes comments"

    def facts(self, record: Comment) -> list[Fact]:
        """Who says what of which row."""
        person, at = reader(self.request), self.request.at
        row: Any = Minute.objects.filter(pk=record.minute_id).visible_to(person, at).first()
        facts = [Fact("Minutes", str(record.minute.minutes), record.minute.get_absolute_url())]
        facts += [Fact("The row", row.text)] if row else []
        facts += [Fact("By", str(record.made_by)), Fact("Comment", record.text)]
        facts += [Fact("Answer", record.answer)] if record.answer else []
        if row and committees_team(person, record, at) and record.minute.minutes.state in STILL_OPEN:
            facts.append(Fact("To put the row right", "Open it", reverse("put right", args=[record.minute_id])))
        return facts
