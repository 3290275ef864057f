"""Pages of programmes of testing and of their phases."""

from __future__ import annotations

from typing import Any, ClassVar

from django.urls import reverse

from secretariat.core.calendar import calendar
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, said
from secretariat.core.procedure import Who
from secretariat.oversight.shown import Rows, readable
from secretariat.oversight.testing import filters
from secretariat.oversight.testing import forms as typed
from secretariat.oversight.testing.durations import minimums
from secretariat.oversight.testing.met import OVERLAP_HEADS, overlap_rows
from secretariat.oversight.testing.models import (
    PLANNED,
    Dependency,
    GovernancePlan,
    PhaseKind,
    ProgrammeKind,
    TestDocument,
    TestPhase,
    TestProgramme,
)
from secretariat.oversight.testing.overlaps import slack, slipped
from secretariat.oversight.testing.standing import begin_by, needs, slots
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import day_words, local_day, long_date


class TestProgrammes(ListPage):
    """Programmes of testing."""

    __test__ = False
    model = TestProgramme
    word, plural = "test programme", "test programmes"
    filters = filters.TestProgrammeFilter
    columns = (
        Column("name", "Programme", "name"),
        Column("kind", "Kind", "kind", lambda value: str(ProgrammeKind(value).label)),
        Column("live", "Is to go live", "goes_live_on"),
        class_column(),
    )
    order = "name"
    order_words = "by name"
    day = "goes_live_on"
    about = "What is tested before it goes live; each programme's page shows its testing, and where it meets another's."
    empty = "No programme of testing is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class TestProgrammePage(RecordPage):
    """One programme: its testing, documents and plans, and where it meets other programmes."""

    __test__ = False
    model = TestProgramme
    word, plural = "test programme", "test programmes"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: TestProgramme) -> list[Fact]:
        """What it brings and when."""
        live = day_words(record.goes_live_on)
        return [
            Fact("Kind", record.get_kind_display()),
            *said(("Is to go live", live), ("What it brings", record.about), ("Told by", record.source)),
        ]

    def related(self, record: TestProgramme) -> list[Related]:
        """Its phases, its documents, its plans, and its overlaps with other programmes."""
        of_it = {"programme": record}
        phases: Rows = [
            (one.get_kind_display(), one.environment, long_date(one.begins_on), long_date(one.ends_on), one.state)
            for one in readable(self, TestPhase).filter(**of_it)
        ]
        documents: Rows = [
            (one.title, one.version, one.get_kind_display(), one.state, one.meeting)
            for one in readable(self, TestDocument).filter(**of_it)
        ]
        plans: Rows = [(one.title, one.state) for one in readable(self, GovernancePlan).filter(**of_it)]
        return [
            Related("Testing", ("Phase", "Environment", "From", "Until", "State"), phases, "No testing is planned.",
                    f"{reverse('test phases')}?programme={record.pk}"),
            Related("Documents", ("Title", "Version", "Kind", "State", "At the meeting"), documents,
                    "No document was put to the group that you may read.",
                    f"{reverse('test documents')}?programme={record.pk}"),
            Related("Plans of governance", ("Plan", "State"), plans, "No plan was made that you may read.",
                    f"{reverse('governance plans')}?programme={record.pk}"),
            Related("At the same time as other programmes", OVERLAP_HEADS, overlap_rows(self, record.pk),
                    "No testing of another programme is planned on the same days."),
        ]  # fmt: skip


class TestProgrammeEntry(EntryPage):
    """Enters or amends a programme."""

    __test__ = False
    model = TestProgramme
    form_class = typed.TestProgrammeForm
    word, plural = "test programme", "test programmes"
    who: ClassVar[Who] = staticmethod(operator_or_team)


class TestPhases(ListPage):
    """Phases of testing, of all programmes."""

    __test__ = False
    model = TestPhase
    word, plural = "test phase", "test phases"
    filters = filters.TestPhaseFilter
    columns = (
        Column("programme", "Programme", "programme__name"),
        Column("kind", "Phase", "kind", lambda value: str(PhaseKind(value).label)),
        Column("environment", "Environment", "environment"),
        Column("begins", "Begins", "begins_on"),
        Column("ends", "Ends", "ends_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "begins_on"
    order_words = "the first to begin first"
    day = "begins_on"
    about = "When each programme is tested, and where; also as a calendar. Overlaps have a page of their own."
    empty = "No testing is planned that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class TestPhasePage(RecordPage):
    """One phase of testing: when, after what, before what, and what a slip of it moves."""

    __test__ = False
    template = "oversight/testing/phase.html"
    model = TestPhase
    word, plural = "test phase", "test phases"

    def facts(self, record: TestPhase) -> list[Fact]:
        """Of what it is, when, and by when its governance begins."""
        today = local_day(self.request.at)
        facts = [
            Fact("Programme", str(record.programme), record.programme.get_absolute_url()),
            Fact("Environment", record.environment),
            Fact("From", long_date(record.begins_on)),
            Fact("Until", long_date(record.ends_on)),
        ]
        if record.state == PLANNED:
            least = minimums(today)
            note = f"{sum(one.days for one in least)} Working Days of governance before it begins. {least[0].doubt}"
            facts.append(Fact("Its governance begins by", long_date(begin_by(record, today)), note=note))
        return facts

    def related(self, record: TestPhase) -> list[Related]:
        """What it needs, with the slack there is, and what needs it."""
        rows = readable(self, Dependency).select_related("phase__programme", "needed__programme")
        known = slots(readable(self, TestPhase))
        before = [one for one in rows.filter(phase=record) if one.needed_id in known and record.pk in known]
        needed: Rows = [
            (str(one.needed), one.why, slack(found, known, calendar()), one.mitigation)
            for one, found in zip(before, needs(before, known), strict=True)
        ]
        after = [one for one in rows.filter(needed=record) if one.phase_id in known]
        needing: Rows = [(str(one.phase), one.why, one.mitigation) for one in after]
        return [
            Related("It needs", ("Testing", "Why", "Slack, Working Days", "If it is late"), needed, "Nothing."),
            Related("It is needed by", ("Testing", "Why", "If it is late"), needing, "Nothing."),
        ]

    def context(self, record: TestPhase) -> dict[str, Any]:
        """What moves when it ends later, where that is asked."""
        asked = self.request.GET if "slips_by" in self.request.GET else None
        form = typed.SlipForm(asked)
        days = form.cleaned_data["slips_by"] if asked is not None and form.is_valid() else 0
        return {"slip": form, "days": days, "moved": self._moved(record, days) if days else []}

    def _moved(self, record: TestPhase, days: int) -> Rows:
        phases = {one.pk: one for one in readable(self, TestPhase).select_related("programme")}
        known = slots(phases.values())
        if record.pk not in known:
            return []
        found = slipped(known, needs(readable(self, Dependency), known), record.pk, days, calendar())
        return [
            (str(phases[pk]), long_date(known[pk].first), long_date(known[pk].last), long_date(first), long_date(last))
            for pk, (first, last) in sorted(found.items(), key=lambda told: (told[1], told[0]))
        ]


class TestPhaseEntry(EntryPage):
    """Plans a phase of testing."""

    __test__ = False
    model = TestPhase
    form_class = typed.TestPhaseForm
    word, plural = "test phase", "test phases"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "plan"
