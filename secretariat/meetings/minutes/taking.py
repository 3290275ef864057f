"""Pages on which minutes are written: taken live against the agenda, put right, commented on, made into headlines."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.urls import reverse

from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import FormPage, found
from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import Crumb, Fact, RecordPage, reader
from secretariat.core.procedure import NEW, Who
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


class TakeMinutes(FormPage):
    """The agenda with what is minuted so far, and the next row to be typed: for the secretary in the meeting."""

    template = "meetings/take_minutes.html"
    plural = "minutes"
    title = "Take the minutes"
    who: ClassVar[Who] = staticmethod(committees_team)

    def record(self, key: str) -> Minutes:
        """The minutes of the meeting. Raises Http404, and PermissionDenied once they are approved."""
        meeting: Meeting = found(Meeting, key, self)
        if meeting.state == CANCELLED:
            raise Http404("There is no such meeting that you may read.")
        minutes = minutes_of(meeting)
        if minutes.state not in (NEW, *STILL_OPEN):
            raise PermissionDenied("These minutes are approved: what they say is no longer changed.")
        return minutes

    def back(self, record: Minutes) -> str:
        """The minutes, once they are begun."""
        return record.get_absolute_url() if record.pk else record.meeting.get_absolute_url()

    def form(self, record: Minutes, data: Any = None, files: Any = None) -> MinuteForm:
        """An empty row on the item that was chosen, or the row that was typed."""
        row = Minute(minutes=record)
        if data is None:
            row.item = item = self._chosen(record)
            row.published_class = max(item.classification if item else 0, record.meeting.committee.minutes_class)
        return MinuteForm(data, instance=row, reader=reader(self.request), at=self.request.at)

    def save(self, record: Minutes, form: MinuteForm) -> str:
        """Writes the row and goes on with the same item."""
        asked = form.cleaned_data
        row = write_row(
            form.save(commit=False), owner=form.owner, days=asked["days"], due=asked["due"],
            recipients=asked["recipients"], **self.told(),
        )  # fmt: skip
        on = f"?item={row.item_id}" if row.item_id else ""
        return f"{self.request.path}{on}#next"

    def context(self, record: Minutes) -> dict[str, Any]:
        """The items with their rows, and which of them the next row is on."""
        rows: dict[int | None, list[tuple[Minute, str]]] = {}
        readable: Any = Minute.objects.filter(minutes=record.pk).visible_to(reader(self.request), self.request.at)
        for row in readable.select_related("action__person", "action__organisation", "minutes__meeting"):
            rows.setdefault(row.item_id, []).append((row, lead(row)))
        items = [(one, rows.get(one.pk, [])) for one in self._items(record)]
        told = {"minutes": record, "meeting": record.meeting, "item": self._chosen(record)}
        return {**told, "items": items, "loose": rows.get(None, [])}

    def _chosen(self, minutes: Minutes) -> AgendaItem | None:
        asked = self.request.GET.get("item", "")
        item: AgendaItem | None = self._items(minutes).filter(pk=asked).first() if asked.isdigit() else None
        return item

    def _items(self, minutes: Minutes) -> Any:
        items: Any = AgendaItem.objects.filter(meeting=minutes.meeting).exclude(state=WITHDRAWN)
        return items.visible_to(reader(self.request), self.request.at).order_by("position", "pk")


class _OfRow(FormPage):
    """A form about one row of minutes."""

    model = Minute

    def trail(self, record: Minute) -> tuple[Crumb, ...]:
        """By way of the minutes."""
        minutes = Crumb(str(record.minutes), self.back(record))
        return Crumb("Minutes", reverse("minutes")), minutes, Crumb(self.heading(record))


class PutRight(_OfRow):
    """Puts a row right that is not approved yet."""

    title = "Put a row right"
    who: ClassVar[Who] = staticmethod(committees_team)

    def form(self, record: Minute, data: Any = None, files: Any = None) -> MinuteForm:
        """The row as it stands, read for itself: what is typed into it does not yet stand in the record."""
        row = self.record(self.kwargs["key"])
        return MinuteForm(data, instance=row, reader=reader(self.request), at=self.request.at)

    def save(self, record: Minute, form: MinuteForm) -> Minute:
        """Puts it right, or takes it out."""
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name in form.Meta.fields}
        if form.cleaned_data["take_out"]:
            take_out(record, **self.told())
        else:
            put_right(record, changes, recipients=form.cleaned_data["recipients"], **self.told())
        return record


class EditHeadlines(FormPage):
    """The headlines as they follow from the minutes; an edit is kept beside the words of the minutes (rule REF-2)."""

    plural = "minutes"
    title = "Edit the headlines"
    who: ClassVar[Who] = staticmethod(committees_team)

    def record(self, key: str) -> Minutes:
        """The minutes of the meeting."""
        return minutes_by(key, self.request)

    def form(self, record: Minutes, data: Any = None, files: Any = None) -> HeadlinesForm:
        """Every White row."""
        return HeadlinesForm(rows_of(record, 0), data)

    def save(self, record: Minutes, form: HeadlinesForm) -> str:
        """Keeps the edits, all or none."""
        with transaction.atomic():
            for row in form.rows:
                put_right(row, form.changes(row), **self.told())
        return reverse("draft of minutes", args=[record.meeting_id, "headlines"])


class CommentOn(_OfRow):
    """A member's comment on a row of circulated minutes."""

    who: ClassVar[Who] = staticmethod(anyone_signed_in)

    def record(self, key: str) -> Minute:
        """The row. Raises Http404, and PermissionDenied for who does not comment on it."""
        row: Minute = super().record(key)
        if not COMMENTS.steps["make"].who(reader(self.request), Comment(minute=row), self.request.at):
            raise PermissionDenied("The members of the body comment on its minutes.")
        return row

    def heading(self, record: Minute) -> str:
        """On what."""
        return f"Comment on: {record.text[:80]}"

    def form(self, record: Minute, data: Any = None, files: Any = None) -> CommentForm:
        """What is to be changed."""
        return CommentForm(data)

    def save(self, record: Minute, form: CommentForm) -> Minute:
        """Makes the comment."""
        comment(record, form.cleaned_data["text"], **self.told())
        return record


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
