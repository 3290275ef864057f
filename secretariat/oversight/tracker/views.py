"""The centralised tracker: its list, the page of an entry, and the moves of plans' dates."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.urls import reverse

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.oversight.regions import Region
from secretariat.oversight.tracker.actions import report
from secretariat.oversight.tracker.filters import PlanMoveFilter, TrackerEntryFilter
from secretariat.oversight.tracker.forms import TrackerEntryForm
from secretariat.oversight.tracker.models import OPEN, BeforeAfter, Behaviour, Owner, PlanDate, PlanMove, TrackerEntry
from secretariat.oversight.tracker.procedure import the_owner_or_the_dcc, who_reports
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import day_words, long_date
from secretariat.products.models import DeviceModel

SHOWN = 100


def region_words(value: str) -> str:
    """A region in words; all of them where none is told."""
    return str(Region(value).label) if value else "All"


class TrackerEntries(ListPage):
    """The centralised tracker."""

    model = TrackerEntry
    word = "tracker entry"
    plural = "tracker entries"
    link = "number"
    columns = (
        Column("number", "Number", "number", lambda value: f"TRK-{value:04}"),
        Column("manufacturer", "Manufacturer", "manufacturer"),
        Column("model", "Model", "model"),
        Column("device_type", "Device type", "device_type"),
        Column("alert_code", "Alert", "alert_code"),
        Column("region", "Region", "region", region_words),
        Column("behaviour", "Behaviour", "behaviour", lambda value: str(Behaviour(value).label)),
        Column("owner", "Owner", "owner", lambda value: str(Owner(value).label) if value else "nobody yet"),
        Column("state", "State", "state"),
        Column("reported_on", "Reported", "reported_on"),
        Column("next_on", "Next date", "next_on"),
        Column("moves", "Dates moved", "moves", numeric=True),
        class_column(),
    )
    filters = TrackerEntryFilter
    order = "-number"
    about = (
        "Which devices send alerts that they should not, whom that hurts, who mends it and by when. "
        "Follow the list, or a choice of it, to hear of changes."
    )
    empty = "No spurious alert that you may read of is tracked."
    day = "reported_on"
    news = (
        "tracker_entry.report", "tracker_entry.plan", "tracker_entry.deploy", "tracker_entry.watch",
        "tracker_entry.fix", "tracker_entry.set_aside", "tracker_entry.take_up_again", "trackerentry.move_date",
    )  # fmt: skip
    enters: ClassVar[Who | None] = staticmethod(who_reports)

    def rows(self) -> Any:
        """Each with its next date and how often its dates moved."""
        moved = PlanMove.objects.filter(date__entry=OuterRef("pk"), old__isnull=False).order_by()
        moves = Subquery(moved.values("date__entry").annotate(times=Count("pk")).values("times"))
        return with_next(super().rows()).annotate(moves=moves)


def with_next(rows: Any) -> Any:
    """The entries with `next_on`: the first day of a part of the plan that is not done."""
    return rows.annotate(next_on=Min("plan__due_on", filter=Q(plan__done_on__isnull=True)))


class TrackerEntryPage(RecordPage):
    """One device model by one alert: the behaviour, whom it hurts, the plan, its moves, and what was measured."""

    model = TrackerEntry
    word = "tracker entry"
    plural = "tracker entries"
    key = "number"
    template = "oversight/tracker/entry.html"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: TrackerEntry) -> list[Fact]:
        """What it is, who owns it, and the next date with its reason."""
        facts = [
            Fact("Device", record.device),
            Fact("Alert", record.alert_code, f"{reverse('tracker entries')}?alert_code={record.alert_code}"),
            Fact("Region", region_words(record.region)),
            Fact("Behaviour", record.get_behaviour_display(), note=record.description),
            Fact("Cause", record.cause or "Not known yet"),
            Fact("Owner", record.owned),
            Fact("Next date", *next_date(record)),
            Fact("Reported", day_words(record.reported_on), note=record.reported_by),
        ]
        if record.reason:
            facts.append(Fact("Why", record.reason))
        return facts + ([Fact("Source", record.source)] if record.source else [])

    def related(self, record: TrackerEntry) -> list[Related]:
        """Whom it hurts, the plan, the moves of its dates, the measurements, and the entries of the list."""
        listed: Any = record.models_listed.visible_to(reader(self.request), self.request.at).order_by("entry_id")
        impacts: list[Any] = [(one.on_whom, one.what, one.get_weight_display()) for one in record.impacts.all()]
        parts: list[Any] = [(one.get_work_display(), one.told, one.note) for one in record.plan.all()]
        moves = PlanMove.objects.visible_to(reader(self.request), self.request.at).filter(date__entry=record)
        measured = [measured_row(one) for one in record.evidence.all()]
        models = [(Crumb(one.entry_id, one.get_absolute_url()), *_model(one)) for one in listed[:SHOWN]]
        return [
            Related("Whom it hurts", ("On whom", "How", "Weight"), impacts, "Nobody has said whom it hurts yet."),
            Related("The plan", ("Part", "Date", "Note"), parts, "There is no plan yet."),
            Related("How its dates moved", ("Moved on", "Part", "From", "To", "Why"),
                    [move_row(one) for one in moves.select_related("date__entry")], "No date has moved.",
                    f"{reverse('plan moves')}?entry={record.number}"),
            Related("Before and after", MEASURED, measured, "Nothing was measured yet."),
            Related("Entries of the Central Products List", LISTED, models, "No entry of the list is named."),
        ]  # fmt: skip

    def context(self, record: TrackerEntry) -> dict[str, Any]:
        """Whether the reader may write about it."""
        person, at = reader(self.request), self.request.at
        return {"may_write": record.state in OPEN and the_owner_or_the_dcc(person, record, at)}


def _model(one: DeviceModel) -> tuple[str, ...]:
    return (one.manufacturer, one.model, one.firmware, one.state)


LISTED = ("CPL Entry ID", "Manufacturer", "Model", "Firmware", "State")
MEASURED = ("Measured on", "Before (per 1,000 devices a day)", "After", "Ratio", "95 % interval", "Asked")


def measured_row(one: BeforeAfter) -> tuple[Any, ...]:
    """One measurement as a row of the entry's page."""
    asked = Crumb("Ask it again", one.asked) if one.asked else "not told"
    interval = f"{one.low:.2f} to {one.high:.2f}" if one.low is not None and one.high is not None else "not measured"
    rates = (f"{rate.value:,.1f}" if rate.value is not None else "–" for rate in (one.before, one.after))
    share = f"{one.ratio:.2f}" if one.ratio is not None else "–"
    corrected = f"{share} (corrected by devices not changed)" if one.control else share
    return (long_date(one.taken_on), *rates, corrected, interval, asked)


def move_row(one: PlanMove) -> tuple[Any, ...]:
    """One move of a date as a row of the entry's page."""
    days = (long_date(day) if day else "to be confirmed" for day in (one.old, one.new))
    return (long_date(one.moved_on), one.date.get_work_display(), *days, one.reason)


def next_date(entry: TrackerEntry) -> tuple[str, str, str]:
    """The next date of the plan, its page, and what is due; that none is confirmed is said."""
    parts = [part for part in entry.plan.all() if part.done_on is None]
    dated = sorted((part for part in parts if part.due_on), key=_due)
    if dated:
        return long_date(_due(dated[0])), "", dated[0].get_work_display()
    if parts:
        waiting = ", ".join(part.get_work_display().lower() for part in parts)
        return "To be confirmed", "", f"No day is confirmed to {waiting}."
    return "None", "", "There is no plan yet." if not entry.plan.all() else "Every part of the plan is done."


def _due(part: PlanDate) -> Any:
    return part.due_on


class TrackerEntryEntry(EntryPage):
    """Reports a spurious alert, or puts right what an entry says."""

    model = TrackerEntry
    form_class = TrackerEntryForm
    word = "tracker entry"
    plural = "tracker entries"
    key = "number"
    who: ClassVar[Who] = staticmethod(who_reports)

    def enter(self, record: TrackerEntry, form: forms.ModelForm[Any], **told: Any) -> None:
        """Takes its first step, under the next number."""
        report(record, **told)


class TrackerEntryCorrection(TrackerEntryEntry):
    """Puts right what an entry says."""

    who: ClassVar[Who] = staticmethod(operator_or_team)


class PlanMoves(ListPage):
    """Every date of a plan that moved."""

    model = PlanMove
    word = "plan move"
    plural = "plan moves"
    link = "date__entry__number"
    columns = (
        Column("moved_on", "Moved on", "moved_on"),
        Column("number", "Entry", "date__entry__number", lambda value: f"TRK-{value:04}"),
        Column("alert_code", "Alert", "date__entry__alert_code"),
        Column("model", "Model", "date__entry__model"),
        Column("work", "Part", "date__work"),
        Column("old", "From", "old"),
        Column("new", "To", "new"),
        Column("reason", "Why", "reason"),
        class_column(),
    )
    filters = PlanMoveFilter
    order = "-moved_on"
    about = "Dates of remedies in the centralised tracker that moved, and why."
    empty = "No date that you may read of has moved."
    day = "moved_on"

    @classmethod
    def address(cls, key: Any, base: str = "") -> str:
        """The page of the entry whose plan it is."""
        return reverse("tracker entry", args=[key])
