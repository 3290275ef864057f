"""Pages of agenda items, standing items and requests, and the page on which an agenda is put together."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db import transaction
from django.urls import reverse

from secretariat.core.capacities import speaks_for
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.people import Person
from secretariat.core.procedure import Who
from secretariat.meetings.agenda.candidates import candidates, put, put_candidates, waiting_requests
from secretariat.meetings.agenda.filters import AgendaItemFilter, RequestFilter, StandingItemFilter
from secretariat.meetings.agenda.forms import AgendaItemForm, RequestForm, StandingItemForm
from secretariat.meetings.agenda.models import Act, AgendaItem, Request, StandingItem
from secretariat.meetings.agenda.procedure import AGENDA_REQUESTS, entitled
from secretariat.meetings.models import Meeting
from secretariat.meetings.procedure import committees_team
from secretariat.plain.dates import long_date


def readable(record: Any, person: Person | None, at: Any) -> bool:
    """Whether a person may read a record; one without a class is nobody's secret."""
    rows: Any = type(record)._default_manager.filter(pk=record.pk)
    return bool(rows.visible_to(person, at).exists()) if hasattr(rows, "visible_to") else True


class AgendaItems(ListPage):
    """The items of all agendas."""

    model = AgendaItem
    word, plural = "agenda item", "agenda items"
    filters = AgendaItemFilter
    columns = (
        Column("title", "Title", "title"),
        Column("day", "Meeting", "meeting__day"),
        Column("body", "Body", "meeting__committee__short_name"),
        Column("number", "No. in its class", "number", numeric=True),
        Column("action", "Action", "act", lambda value: str(Act(value).label)),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-meeting__day"
    about = "What the bodies considered, or are to consider, at each meeting."
    empty = "No item is on an agenda that you may read."
    day = "meeting__day"
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class AgendaItemPage(RecordPage):
    """One item of an agenda, with its papers."""

    model = AgendaItem
    word, plural = "agenda item", "agenda items"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: AgendaItem) -> list[Fact]:
        """When it is considered, what is asked, and what it is about."""
        agenda = reverse("meeting-agenda", args=[record.meeting_id])
        told = [
            ("Minutes allotted", record.minutes or ""),
            ("Presented by", record.presenter),
            ("Why it was taken off", record.withdrawn_why),
        ]
        facts = [
            Fact("Meeting", record.meeting.on_its_day, agenda),
            Fact("Number", record.label),
            Fact("Action", record.get_act_display()),
            *(Fact(label, value) for label, value in told if value),
        ]
        about = record.about
        if about is not None and readable(about, reader(self.request), self.request.at):
            facts.append(Fact("About", str(about), about.get_absolute_url()))
        return facts

    def related(self, record: AgendaItem) -> list[Related]:
        """Its papers, as far as they may be read; the secretary can ask for one from here."""
        person, at = reader(self.request), self.request.at
        papers: Any = record.papers.select_related("meeting__committee")
        rows: list[tuple[Any, ...]] = [
            (one, one.get_act_display(), one.state, one.mark) for one in papers.visible_to(person, at)
        ]
        add = f"{reverse('meeting paper-new')}?item={record.pk}" if committees_team(person, record, at) else ""
        title = "Ask for a paper" if add and not rows else "Papers"
        return [Related(title, ("Paper", "Action", "State", ""), rows, "There is none that you may read.", add)]


class AgendaItemEntry(EntryPage):
    """Puts an item on an agenda, or amends one."""

    model = AgendaItem
    form_class = AgendaItemForm
    word, plural = "agenda item", "agenda items"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Puts it last."""
        put(record, about=form.cleaned_data["about"], **told)


class StandingItems(ListPage):
    """What the bodies have on every agenda."""

    model = StandingItem
    word, plural = "standing item", "standing items"
    filters = StandingItemFilter
    columns = (
        Column("title", "Title", "title"),
        Column("body", "Body", "committee__short_name"),
        Column("position", "Place", "position", numeric=True),
        Column("action", "Action", "act", lambda value: str(Act(value).label)),
        Column("every", "Every", "every", numeric=True),
        class_column(),
    )
    order = "committee__position"
    order_words = "by body"
    about = "What a body considers at each of its meetings; each is proposed for the agenda by itself."
    empty = "No standing item is recorded that you may read."
    enters: ClassVar[Who | None] = staticmethod(committees_team)


class StandingItemPage(RecordPage):
    """One standing item."""

    model = StandingItem
    word, plural = "standing item", "standing items"
    editors: ClassVar[Who | None] = staticmethod(committees_team)

    def facts(self, record: StandingItem) -> list[Fact]:
        """Whose it is, where it stands and how often."""
        often = "every meeting" if record.every == 1 else f"the meetings whose number {record.every} divides"
        facts = [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("Place on the agenda", record.position),
            Fact("Action", record.get_act_display()),
            Fact("At", often),
            Fact("From", long_date(record.from_day)),
        ]
        facts += [Fact("Until", long_date(record.to_day))] if record.to_day else []
        return facts


class StandingItemEntry(EntryPage):
    """Enters a standing item, or amends one."""

    model = StandingItem
    form_class = StandingItemForm
    word, plural = "standing item", "standing items"
    who: ClassVar[Who] = staticmethod(committees_team)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Enters it; the body's members read it when it is Amber."""
        record.audience = record.committee.code
        super().enter(record, form, **told)


class Requests(ListPage):
    """What the bodies were asked to consider."""

    model = Request
    word, plural = "agenda request", "agenda requests"
    filters = RequestFilter
    columns = (
        Column("title", "Title", "title"),
        Column("recorded", "Asked", "recorded"),
        Column("body", "Body", "committee__short_name"),
        Column("state", "State", "state"),
        Column("answer", "Reason of the answer", "answer"),
        class_column(),
    )
    order = "-recorded"
    about = "What somebody asked a body to consider, and how it was answered."
    empty = "Nothing was asked for that you may read."
    day = "recorded"
    enters: ClassVar[Who | None] = staticmethod(entitled)


class RequestPage(RecordPage):
    """One request."""

    model = Request
    word, plural = "agenda request", "agenda requests"

    def facts(self, record: Request) -> list[Fact]:
        """Who asked which body for what, why, and the answer."""
        facts = [
            Fact("Body", record.committee.name, record.committee.get_absolute_url()),
            Fact("For the meeting", str(record.meeting) if record.meeting else "the next that has time"),
            Fact("Action", record.get_act_display()),
            Fact("Why", record.why),
            Fact("Asked by", str(record.asked_by)),
        ]
        about = record.about
        if about is not None and readable(about, reader(self.request), self.request.at):
            facts.append(Fact("About", str(about), about.get_absolute_url()))
        facts += [Fact("Reason of the answer", record.answer)] if record.answer else []
        return facts

    def related(self, record: Request) -> list[Related]:
        """The agenda items that came of it."""
        items: Any = AgendaItem.objects.filter(request=record).select_related("meeting")
        rows: list[tuple[Any, ...]] = [
            (one, str(one.meeting), one.state) for one in items.visible_to(reader(self.request), self.request.at)
        ]
        return [Related("On the agenda", ("Item", "Meeting", "State"), rows, "On no agenda yet.")]


class RequestEntry(EntryPage):
    """Asks a body to consider something."""

    model = Request
    form_class = RequestForm
    word, plural = "agenda request", "agenda requests"
    who: ClassVar[Who] = staticmethod(entitled)

    def enter(self, record: Any, form: forms.ModelForm[Any], **told: Any) -> None:
        """Asks, for the party whose contact the person is where that is one."""
        about, parties = form.cleaned_data["about"], speaks_for(told["by"], told["at"])
        record.asked_by, record.recorded, record.audience = told["by"], told["recorded"], record.committee.code
        record.organisation_id = next(iter(parties)) if len(parties) == 1 else None
        if about is not None:
            record.about_kind, record.about_id = about._meta.label_lower, about.pk
        AGENDA_REQUESTS.take("ask", record, **told)


class ProposeAgenda(FormPage):
    """Proposes the items of an agenda from all that could stand on it; what is ticked is put on it."""

    template = "meetings/propose_agenda.html"
    model = Meeting
    title = "Put the agenda together"
    who: ClassVar[Who] = staticmethod(committees_team)

    def form(self, record: Meeting, data: Any = None, files: Any = None) -> forms.Form:
        """One box for each that is not on the agenda yet; standing items and accepted requests are ticked."""
        found = candidates(record, reader(self.request), self.request.at)
        ticked = [one.key for one in found if one.source in ("Standing item", "Request")]
        field = forms.MultipleChoiceField(
            label="What to put on the agenda",
            choices=[(one.key, f"{one.source}: {one.title}") for one in found],
            widget=forms.CheckboxSelectMultiple,
            error_messages={"required": "Tick at least one."},
        )
        kind = type("CandidatesForm", (forms.Form,), {"items": field})
        made: forms.Form = kind(data, initial={"items": ticked})
        return made

    def save(self, record: Meeting, form: forms.Form) -> str:
        """Puts them on the agenda, all or none."""
        chosen = set(form.cleaned_data["items"])
        found = [one for one in candidates(record, reader(self.request), self.request.at) if one.key in chosen]
        with transaction.atomic():
            put_candidates(record, found, self.told())
        return reverse("meeting-agenda", args=[record.pk])

    def context(self, record: Meeting) -> dict[str, Any]:
        """What was asked and waits for an answer, and whether anything can be put on the agenda."""
        person, at = reader(self.request), self.request.at
        return {
            "requests": waiting_requests(record, person, at),
            "nothing": not candidates(record, person, at),
            "add": f"{reverse('agenda item-new')}?meeting={record.pk}",
        }
