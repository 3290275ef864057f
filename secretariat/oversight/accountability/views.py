"""Pages of what the DCC answers for: schemes and their scores, milestones, and the joint industry plan."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from secretariat.core import journal
from secretariat.core.capacities import secretariat
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader, said
from secretariat.core.procedure import Who
from secretariat.oversight.accountability import filters
from secretariat.oversight.accountability import forms as typed
from secretariat.oversight.accountability.actions import move_milestone
from secretariat.oversight.accountability.models import (
    ISSUED,
    IncentiveMilestone,
    JointMilestone,
    MilestoneView,
    PanelScore,
    PlanChange,
    Scheme,
    SchemePart,
)
from secretariat.oversight.accountability.standing import as_percent, loss, points, standings, whole
from secretariat.oversight.measures.levels import printed
from secretariat.oversight.shown import Rows, readable
from secretariat.oversight.who import operator_or_team, technical_team
from secretariat.plain.dates import day_words, instant, local_day, long_date


class Schemes(ListPage):
    """Schemes that score the DCC."""

    model = Scheme
    word, plural = "performance scheme", "performance schemes"
    filters = filters.SchemeFilter
    columns = (
        Column("name", "Scheme", "name"),
        Column("from", "From", "from_day"),
        Column("until", "Until", "to_day"),
        Column("risk", "Revenue at risk, £", "at_risk", numeric=True),
        Column("mark", "How sure", "mark"),
        class_column(),
    )
    order = "-from_day"
    about = "The schemes by which the DCC's performance is scored, each in force for its years."
    empty = "No scheme is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class SchemePage(RecordPage):
    """One scheme, with what it gives on the facts reported so far."""

    template = "oversight/accountability/scheme.html"
    model = Scheme
    word, plural = "performance scheme", "performance schemes"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: Scheme) -> list[Fact]:
        """Its years, what is at risk, and what it gives."""
        score = whole(standings(record, local_day(self.request.at)))
        note = "" if score.is_known else "Parts of which nothing is reported may still give all or nothing."
        return [
            Fact("From", long_date(record.from_day)),
            *said(("Until", day_words(record.to_day))),
            Fact("Between floor and ceiling", record.get_method_display()),
            Fact("Points of 100", points(score), note=note),
            *said(("Lost", loss(record, score))),
            Fact("Source", record.source, note=record.doubt),
            *said(("Note", record.note)),
        ]

    def related(self, record: Scheme) -> list[Related]:
        """Its parts: what each weighs, the level, and what that scores."""
        seen = set(readable(self, SchemePart).values_list("pk", flat=True))
        rows: Rows = [
            (part.category, str(part), part.weight, part.measure.code if part.measure else "the Panel",
             printed(one.level) if part.measure else "", part.floor, part.ceiling, as_percent(one.score))
            for one in standings(record, local_day(self.request.at))
            for part in (one.part,)
            if part.pk in seen
        ]  # fmt: skip
        heads = ("Category", "Part", "Weighs, %", "Scored by", "Level", "Nothing at, %", "In full at, %", "Scores")
        return [Related("Parts", heads, rows, "It has no parts yet.")]

    def context(self, record: Scheme) -> dict[str, Any]:
        """Whether a part can be added."""
        return {"may_add": technical_team(reader(self.request), record, self.request.at)}


class SchemeEntry(EntryPage):
    """Enters or amends a scheme."""

    model = Scheme
    form_class = typed.SchemeForm
    word, plural = "performance scheme", "performance schemes"
    who: ClassVar[Who] = staticmethod(technical_team)


class AddPart(FormPage):
    """Adds a part to a scheme."""

    model = Scheme
    plural = "performance schemes"
    title = "Add a part"
    who: ClassVar[Who] = staticmethod(technical_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The part."""
        return typed.SchemePartForm(data, instance=SchemePart(scheme=record, classification=record.classification))

    def save(self, record: Any, form: Any) -> str:
        """Enters it."""
        journal.enter(form.save(commit=False), **self.told())
        return str(record.get_absolute_url())


class PanelScores(ListPage):
    """What the Panel gave."""

    model = PanelScore
    word, plural = "panel score", "panel scores"
    filters = filters.PanelScoreFilter
    columns = (
        Column("question", "Question", "question"),
        Column("score", "Score, of 3", "score", numeric=True),
        Column("given", "Given", "given_on"),
        Column("meeting", "At the meeting", "meeting"),
        class_column(),
    )
    order = "-given_on"
    about = "The Panel's scores of how the DCC engages with its customers, question by question, from 0 to 3."
    empty = "No score is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class PanelScorePage(RecordPage):
    """One score."""

    model = PanelScore
    word, plural = "panel score", "panel scores"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: PanelScore) -> list[Fact]:
        """Of which part, how much, and why."""
        part = readable(self, SchemePart).filter(pk=record.part_id).first()
        return [
            *([Fact("Part", str(part), part.get_absolute_url())] if part else []),
            Fact("Score", f"{record.score} of 3"),
            Fact("Reason", record.reason),
            Fact("Given", long_date(record.given_on)),
            *said(("At the meeting", record.meeting)),
        ]


class PanelScoreEntry(EntryPage):
    """Enters or amends a score."""

    model = PanelScore
    form_class = typed.PanelScoreForm
    word, plural = "panel score", "panel scores"
    who: ClassVar[Who] = staticmethod(technical_team)


class IncentiveMilestones(ListPage):
    """Milestones by which the DCC earns an incentive."""

    model = IncentiveMilestone
    word, plural = "incentive milestone", "incentive milestones"
    filters = filters.IncentiveMilestoneFilter
    columns = (
        Column("programme", "Programme", "programme"),
        Column("reference", "Milestone", "reference"),
        Column("due", "Due", "due_on"),
        Column("claimed", "Claimed for", "claimed_on"),
        Column("determined", "Determined", "determined_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "due_on"
    order_words = "the first due first"
    day = "due_on"
    about = "What the DCC is to achieve and by when: its claim, what two bodies advise, and what the Panel determined."
    empty = "No incentive milestone is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(technical_team)


class IncentiveMilestonePage(RecordPage):
    """One incentive milestone."""

    model = IncentiveMilestone
    word, plural = "incentive milestone", "incentive milestones"

    def facts(self, record: IncentiveMilestone) -> list[Fact]:
        """When it is due, what was claimed, and what was determined."""
        late = ""
        if record.claimed_on and record.due_on and record.claimed_on > record.due_on:
            late = f"{(record.claimed_on - record.due_on).days} days after it was due."
        return [
            *said(("When it is achieved", record.criteria)),
            *said(("Due", day_words(record.due_on))),
            *([Fact("Claimed for", long_date(record.claimed_on), note=late)] if record.claimed_on else []),
            *said(
                ("Evidence", record.evidence),
                ("Determined", day_words(record.determined_on)),
                ("At the meeting", record.meeting), ("Reason", record.reason), ("Told by", record.source),
            ),
        ]  # fmt: skip

    def related(self, record: IncentiveMilestone) -> list[Related]:
        """The views of the bodies that advise the Panel."""
        rows: Rows = [
            (one.body, "achieved" if one.achieved else "not achieved", one.reason, one.meeting, long_date(one.given_on))
            for one in readable(self, MilestoneView).filter(milestone=record)
        ]
        heads = ("Body", "Recommends", "Why", "At the meeting", "On")
        return [Related("Views", heads, rows, "No body has given its view that you may read.")]


class IncentiveMilestoneEntry(EntryPage):
    """Sets an incentive milestone."""

    model = IncentiveMilestone
    form_class = typed.IncentiveMilestoneForm
    word, plural = "incentive milestone", "incentive milestones"
    who: ClassVar[Who] = staticmethod(technical_team)
    begins = "set"


class JointMilestones(ListPage):
    """Milestones of the joint industry plan."""

    model = JointMilestone
    word, plural = "joint plan milestone", "joint plan milestones"
    filters = filters.JointMilestoneFilter
    columns = (
        Column("programme", "Programme", "programme"),
        Column("name", "Milestone", "name"),
        Column("due", "Due", "due_on"),
        Column("reached", "Reached", "reached_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "due_on"
    order_words = "the first due first"
    day = "due_on"
    about = "The joint industry plan as it is baselined; also as a calendar. A day moves by a change request alone."
    empty = "No milestone of the joint plan is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(secretariat)


class JointMilestonePage(RecordPage):
    """One milestone of the joint plan, and the change requests that moved it."""

    model = JointMilestone
    word, plural = "joint plan milestone", "joint plan milestones"

    def facts(self, record: JointMilestone) -> list[Fact]:
        """When it is due, and when it was reached."""
        due = long_date(record.due_on) if record.due_on else "It has no day before its change request is baselined."
        return [
            Fact("Programme", record.programme),
            Fact("Due", due),
            *said(("Reached", day_words(record.reached_on))),
        ]

    def related(self, record: JointMilestone) -> list[Related]:
        """The change requests that move it."""
        seen = readable(self, PlanChange)
        rows: Rows = [
            (
                str(one.change),
                one.change.state,
                day_words(one.was),
                day_words(one.becomes),
            )
            for one in record.changes.filter(change__in=seen, becomes__isnull=False).select_related("change")
        ]
        return [Related("Change requests", ("Request", "State", "From", "To"), rows, "None moves it.")]


class JointMilestoneEntry(EntryPage):
    """Enters a milestone of the joint plan."""

    model = JointMilestone
    form_class = typed.JointMilestoneForm
    word, plural = "joint plan milestone", "joint plan milestones"
    who: ClassVar[Who] = staticmethod(secretariat)
    begins = "enter"


class PlanChanges(ListPage):
    """Change requests to the joint industry plan."""

    model = PlanChange
    word, plural = "joint plan change", "joint plan changes"
    filters = filters.PlanChangeFilter
    columns = (
        Column("title", "Change request", "title"),
        Column("issued", "Issued", "issued_on"),
        Column("closes", "Consultation closes", "closes_at"),
        Column("decided", "Decided", "decided_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-issued_on"
    day = "closes_at"
    about = "Requests to move milestones of the joint industry plan, or to add some, and what came of each."
    empty = "No change request is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class PlanChangePage(RecordPage):
    """One change request."""

    template = "oversight/accountability/plan_change.html"
    model = PlanChange
    word, plural = "joint plan change", "joint plan changes"

    def facts(self, record: PlanChange) -> list[Fact]:
        """Why, until when it is consulted on, and what came of it."""
        return [
            *said(("Why", record.why)),
            Fact("Consultation closes", instant(record.closes_at)),
            *([Fact("Responses", record.responses)] if record.responses is not None else []),
            *said(
                ("What the consultation gave", record.outcome),
                ("Decided", day_words(record.decided_on)),
                ("Decided by", record.decided_at), ("Told by", record.source),
            ),
        ]  # fmt: skip

    def related(self, record: PlanChange) -> list[Related]:
        """The milestones that it moves or adds, as far as the person may read them."""
        seen = readable(self, JointMilestone)
        rows: Rows = [
            (
                str(one.milestone),
                day_words(one.was) or "new",
                day_words(one.becomes),
            )
            for one in record.lines.filter(becomes__isnull=False, milestone__in=seen).select_related("milestone")
        ]
        return [Related("What it moves", ("Milestone", "From", "To"), rows, "Nothing is told yet.")]

    def context(self, record: PlanChange) -> dict[str, Any]:
        """Whether a milestone can be added to it."""
        may = operator_or_team(reader(self.request), record, self.request.at)
        return {"may_move": may and record.state == ISSUED}


class PlanChangeEntry(EntryPage):
    """Issues a change request."""

    model = PlanChange
    form_class = typed.PlanChangeForm
    word, plural = "joint plan change", "joint plan changes"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "issue"


class MoveMilestone(FormPage):
    """Tells a milestone that a change request moves."""

    model = PlanChange
    plural = "joint plan changes"
    title = "Move a milestone"
    lead = "A milestone that the request adds is entered first, without a day."
    who: ClassVar[Who] = staticmethod(operator_or_team)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """The milestone and its new day."""
        return typed.MoveForm(data)

    def save(self, record: Any, form: forms.Form) -> str:
        """Tells it."""
        move_milestone(record, form.cleaned_data["milestone"], form.cleaned_data["becomes"], **self.told())
        return str(record.get_absolute_url())
