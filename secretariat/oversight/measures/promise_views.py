"""Pages of what the DCC promised, beside what the trend says of it, and of the test traffic that levels rest on."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.measures.filters import CommitmentFilter, TestTrafficFilter
from secretariat.oversight.measures.forms import CommitmentForm, TestTrafficForm
from secretariat.oversight.measures.models import Commitment, TestTraffic
from secretariat.oversight.measures.standing import current_levels, months_to, newest_month, outlook
from secretariat.oversight.measures.traffic import Sample, findings
from secretariat.oversight.measures.views import month_of, readable, share
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import local_day, long_date
from secretariat.plain.months import Month

PER_HUNDRED, UNEVEN = "oversight.test_commands_per_100_hubs", "oversight.uneven_percent"


class Commitments(ListPage):
    """What the DCC promised."""

    model = Commitment
    word, plural = "performance commitment", "performance commitments"
    columns = (
        Column("measure", "Measure", "measure__code"),
        Column("region", "Region", "region"),
        Column("what", "What", "what"),
        Column("owner", "Owner", "owner"),
        Column("first_due", "First promised for", "first_due"),
        Column("due_on", "Due", "due_on"),
        Column("moved", "Times moved", "moved", numeric=True),
        Column("state", "State", "state"),
        class_column(),
    )
    filters = CommitmentFilter
    order = "due_on"
    order_words = "by day"
    about = "Levels that the DCC promised to reach by a day. A day that moves says why."
    empty = "No promise is recorded that you may read."
    day = "due_on"
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class CommitmentPage(RecordPage):
    """One promise, and whether the trend reaches it by its day."""

    model = Commitment
    word, plural = "performance commitment", "performance commitments"

    def facts(self, record: Commitment) -> list[Fact]:
        """What was promised, by whom and for when, and what the trend says."""
        moved = f"First promised for {long_date(record.first_due)}." if record.moved and record.first_due else ""
        return [
            Fact("Measure", str(record.measure), record.measure.get_absolute_url()),
            *([Fact("Region", record.get_region_display())] if record.region else []),
            Fact("What", record.what),
            Fact("Owner", record.owner),
            Fact("Made", long_date(record.made_on), note=record.made_in),
            Fact("Due", long_date(record.due_on), note=moved),
            *self._outlook(record),
        ]

    def _outlook(self, record: Commitment) -> list[Fact]:
        newest = newest_month()
        months = months_to(newest) if newest else ()
        levels = readable(self, current_levels(months, [record.measure.code]))
        definition = record.measure.definitions.on(local_day(self.request.at)).first()
        found = outlook(record, definition, levels, self.request.at)
        promised = share(record.level) or (share(definition.target) if definition else "")
        trend = found.forecast.sentence if found.forecast else ""
        return [Fact("Level promised", promised), Fact("Forecast", found.verdict(Month.of(record.due_on)), note=trend)]


class CommitmentEntry(EntryPage):
    """Records a promise."""

    model = Commitment
    form_class = CommitmentForm
    word, plural = "performance commitment", "performance commitments"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "make"


class Traffic(ListPage):
    """The months of test traffic."""

    model = TestTraffic
    word, plural = "test traffic", "test traffic months"
    columns = (
        Column("month", "Month", "month", shown=month_of),
        Column("measure", "Measure", "measure__code"),
        Column("region", "Region", "region"),
        Column("hubs", "Commissioned hubs", "hubs", numeric=True),
        class_column(),
    )
    filters = TestTrafficFilter
    order = "-month"
    about = "Round trips are measured by test commands: whether each month had enough, spread evenly over its days."
    loads = "test-traffic"
    empty = "No test traffic is recorded that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class TrafficPage(RecordPage):
    """The test commands of one month in one region, and what is wrong with them."""

    model = TestTraffic
    word, plural = "test traffic", "test traffic months"
    editors: ClassVar[Who | None] = staticmethod(operator_or_team)

    def facts(self, record: TestTraffic) -> list[Fact]:
        """How many there were, and how many for each hub."""
        sample = Sample(record.daily, record.hubs)
        per_hub = f"{float(sample.per_hub):.3f} for each hub" if sample.per_hub is not None else "no hub"
        return [
            Fact("Measure", str(record.measure), record.measure.get_absolute_url()),
            Fact("Region", record.get_region_display()),
            Fact("Month", Month.of(record.month).label),
            Fact("Commissioned hubs", f"{record.hubs:,}"),
            Fact("Test commands", f"{sample.commands:,}", note=per_hub),
        ]

    def related(self, record: TestTraffic) -> list[Related]:
        """What is wrong with them, and how many there were on each day."""
        day = Month.of(record.month).last
        rules = (RULEBOOK.number(PER_HUNDRED, day), RULEBOOK.number(UNEVEN, day))
        wrong: list[tuple[Any, ...]] = [(one,) for one in findings(Sample(record.daily, record.hubs), *rules)]
        days = zip(Month.of(record.month).days(), record.daily, strict=False)
        return [
            Related("What is wrong with them", ("Finding",), wrong, "They are enough, and even enough."),
            Related("Each day", ("Day", "Commands"), [(long_date(day), count) for day, count in days], "None."),
        ]


class TrafficEntry(EntryPage):
    """Enters or amends the test commands of a month."""

    model = TestTraffic
    form_class = TestTrafficForm
    word, plural = "test traffic", "test traffic months"
    who: ClassVar[Who] = staticmethod(operator_or_team)
