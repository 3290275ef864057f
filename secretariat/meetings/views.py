"""Pages of meetings."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core.lists import Column, ListPage
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.meetings.filters import MeetingFilter
from secretariat.meetings.forms import ExtraordinaryForm, MeetingDocumentForm, MeetingForm
from secretariat.meetings.models import Meeting, MeetingDocument
from secretariat.meetings.parts import facts_of, tables_of
from secretariat.meetings.procedure import MEETINGS, committees_team
from secretariat.meetings.series.numbering import extraordinary_number
from secretariat.plain.dates import long_date


class Meetings(ListPage):
    """The list of meetings."""

    model = Meeting
    word, plural = "meeting", "meetings"
    filters = MeetingFilter
    about = "Meetings hosted, and those of others that are attended."
    empty = "No meeting is entered that you may read."
    columns = (
        Column("day", "Day", "day"),
        Column("body", "Body", "committee__short_name"),
        Column("reference", "Reference", "reference"),
        Column("note", "What it was about", "note"),
        Column("state", "State", "state"),
    )
    order = "-day"
    day = "day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)
    loads = "meetings"


class MeetingPage(RecordPage):
    """One meeting and its documents."""

    model = Meeting
    word, plural = "meeting", "meetings"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: Meeting) -> list[Fact]:
        """Whose meeting it is, when, and which was before it."""
        told = [
            ("Reference", record.reference),
            ("Hours" if record.ends else "Starts at", record.hours),
            ("What it was about", record.note),
            ("Why nothing is published", record.cause_of_none),
        ]
        before = record.previous
        return [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("Day", long_date(record.day)),
            *(Fact(label, value) for label, value in told if value),
            *([Fact("Meeting before", before.on_its_day, before.get_absolute_url())] if before else []),
            *facts_of(record, reader(self.request), self.request.at),
        ]

    def related(self, record: Meeting) -> list[Related]:
        """What the parts of the room have of it, and its documents, as far as they may be read."""
        return [*tables_of(record, reader(self.request), self.request.at), self._documents(record)]

    def _documents(self, record: Meeting) -> Related:
        """Its documents; who keeps meetings can add one from here."""
        person, at = reader(self.request), self.request.at
        rows: list[tuple[Any, ...]] = [
            (Crumb(row.title, row.file.get_absolute_url() if row.file else row.url), row.published_on or "", row.note)
            for row in record.documents.select_related("file").visible_to(person, at)
        ]
        add = f"{reverse('meeting document-new')}?meeting={record.pk}" if committees_team(person, record, at) else ""
        title = "Add a document" if add and not rows else "Documents"
        return Related(title, ("Document", "Published", "Note"), rows, "There is none that you may read.", add)


class MeetingEntry(EntryPage):
    """Plans a meeting, or amends one."""

    model = Meeting
    form_class = MeetingForm
    word, plural = "meeting", "meetings"
    who: ClassVar[Who] = staticmethod(committees_team)
    begins = "plan"


class ExtraordinaryEntry(EntryPage):
    """Plans an extraordinary meeting: which it is after which number is reckoned from its day (rule REF-1)."""

    model = Meeting
    form_class = ExtraordinaryForm
    word, plural = "extraordinary meeting", "meetings"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Plans it with its number."""
        record.number, record.extraordinary = extraordinary_number(record.committee, record.day)
        MEETINGS.take("plan", record, **told)


class MeetingDocumentEntry(EntryPage):
    """Enters or amends a document of a meeting."""

    model = MeetingDocument
    form_class = MeetingDocumentForm
    word, plural = "meeting document", "meetings"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it; its body's members are those who may read it when it is Amber."""
        record.audience = record.meeting.committee.code
        super().enter(record, form, **told)
