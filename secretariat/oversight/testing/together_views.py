"""Pages of what stands between two programmes: dependencies, concurrent testing, and all testing together."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpRequest, HttpResponse

from secretariat.core.calendar import calendar
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, Page, RecordPage, Related, said
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.shown import Rows, readable
from secretariat.oversight.testing import filters
from secretariat.oversight.testing import forms as typed
from secretariat.oversight.testing.durations import minimums
from secretariat.oversight.testing.met import OVERLAP_HEADS, overlap_rows
from secretariat.oversight.testing.models import (
    ConcurrentTesting,
    Dependency,
    PhaseKind,
    TestPhase,
)
from secretariat.oversight.testing.overlaps import slack
from secretariat.oversight.testing.standing import between, clashes, needs, slots
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import day_words, local_day, long_date


class Dependencies(ListPage):
    """Which testing needs which."""

    model = Dependency
    word, plural = "test dependency", "test dependencies"
    filters = filters.DependencyFilter
    columns = (
        Column("programme", "Testing of", "phase__programme__name"),
        Column("phase", "Phase", "phase__kind", lambda value: str(PhaseKind(value).label)),
        Column("needs", "Needs testing of", "needed__programme__name"),
        Column("needed", "Phase needed", "needed__kind", lambda value: str(PhaseKind(value).label)),
        Column("why", "Why", "why"),
        Column("mitigation", "If it is late", "mitigation"),
        class_column(),
    )
    about = "Which testing cannot begin before another has ended, within one programme and between two."
    empty = "No dependency is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class DependencyPage(RecordPage):
    """One dependency."""

    model = Dependency
    word, plural = "test dependency", "test dependencies"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: Dependency) -> list[Fact]:
        """What needs what, why, and what is done where it is late."""
        return [
            Fact("Testing", str(record.phase), record.phase.get_absolute_url()),
            Fact("Needs", str(record.needed), record.needed.get_absolute_url()),
            Fact("Why", record.why),
            Fact("If it is late", record.mitigation or "Nothing is told."),
        ]


class DependencyEntry(EntryPage):
    """Enters or amends a dependency."""

    model = Dependency
    form_class = typed.DependencyForm
    word, plural = "test dependency", "test dependencies"
    who: ClassVar[Who] = staticmethod(operator_or_team)


class ConcurrentTestings(ListPage):
    """Proposals that two programmes are tested at once."""

    model = ConcurrentTesting
    word, plural = "concurrent testing", "proposals of concurrent testing"
    filters = filters.ConcurrentTestingFilter
    columns = (
        Column("one", "Programme", "one__name"),
        Column("other", "Alongside", "other__name"),
        Column("proposed", "Proposed", "proposed_on"),
        Column("decided", "Decided", "decided_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-proposed_on"
    about = "Where two programmes are to be tested at the same time: the case, the risks, and what the group decided."
    empty = "No proposal of concurrent testing was made that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class ConcurrentTestingPage(RecordPage):
    """One proposal, with the overlaps that it is about and the dependencies between the two."""

    model = ConcurrentTesting
    word, plural = "concurrent testing", "proposals of concurrent testing"

    def facts(self, record: ConcurrentTesting) -> list[Fact]:
        """The two programmes, the case, and what the group made of it."""
        decided = day_words(record.decided_on)
        return [
            Fact("Programme", str(record.one), record.one.get_absolute_url()),
            Fact("Alongside", str(record.other), record.other.get_absolute_url()),
            Fact("Why", record.case),
            *said(
                ("What the group made of the risks", record.risks), ("Decided", decided),
                ("At the meeting", record.meeting), ("Told by", record.source),
            ),
        ]  # fmt: skip

    def related(self, record: ConcurrentTesting) -> list[Related]:
        """The days shared, and the dependencies between the two programmes."""
        phases = readable(self, TestPhase).select_related("programme")
        both = {record.one_id, record.other_id}
        shared: Rows = [
            (str(one.one), str(one.other), long_date(one.days.first), long_date(one.days.last),
             "yes" if one.shares_environment else "no")
            for one in clashes(phases, [])
            if {one.one.programme_id, one.other.programme_id} == both
        ]  # fmt: skip
        seen = set(readable(self, Dependency))
        rows: Rows = [
            (str(one.phase), str(one.needed), one.mitigation or "nothing is told")
            for one in between(record.one_id, record.other_id)
            if one in seen
        ]
        return [
            Related("Days shared", OVERLAP_HEADS[:5], shared, "The two are not planned on the same days."),
            Related("Dependencies between the two", ("Testing", "Needs", "If it is late"), rows, "None."),
        ]


class ConcurrentTestingEntry(EntryPage):
    """Proposes concurrent testing."""

    model = ConcurrentTesting
    form_class = typed.ConcurrentTestingForm
    word, plural = "concurrent testing", "proposals of concurrent testing"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "propose"


class TestPlan(Page):
    """All programmes together: what is tested at the same time, and what begins too early."""

    __test__ = False
    template = "oversight/testing/together.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Overlaps of programmes, dependencies with their slack, and the steps of governance."""
        known = slots(readable(self, TestPhase))
        rows = [
            one
            for one in readable(self, Dependency).select_related("phase__programme", "needed__programme")
            if one.phase_id in known and one.needed_id in known
        ]
        told = zip(rows, needs(rows, known), strict=True)
        waits: Rows = [
            (str(one.phase), str(one.needed), slack(need, known, calendar()), one.mitigation or "nothing is told")
            for one, need in told
        ]
        today = local_day(self.request.at)
        steps: Rows = [(one.name.capitalize(), one.days, one.doubt) for one in minimums(today)]
        return self.shown(
            {
                "overlaps": overlap_rows(self), "overlap_heads": OVERLAP_HEADS, "waits": waits, "steps": steps,
                "source": RULEBOOK.entry("testing.governance_steps", today).source,
            }
        )  # fmt: skip
