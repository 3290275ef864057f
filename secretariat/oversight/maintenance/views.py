"""Pages of the maintenance of the central service."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.oversight.maintenance.filters import MaintenanceWindowFilter
from secretariat.oversight.maintenance.forms import MaintenanceWindowForm
from secretariat.oversight.maintenance.models import WHOLE, MaintenanceWindow, WindowKind
from secretariat.oversight.maintenance.standing import not_kept
from secretariat.oversight.regions import Region
from secretariat.oversight.who import operator_or_team
from secretariat.plain.dates import instant, instant_words, local_day


class MaintenanceWindows(ListPage):
    """Windows of maintenance."""

    model = MaintenanceWindow
    word, plural = "maintenance window", "maintenance windows"
    filters = MaintenanceWindowFilter
    columns = (
        Column("title", "What", "title"),
        Column("region", "Part of the service", "region", lambda value: str(Region(value).label) if value else WHOLE),
        Column("kind", "Kind", "kind", lambda value: str(WindowKind(value).label)),
        Column("starts", "Starts", "starts_at"),
        Column("ends", "Ends", "ends_at"),
        Column("announced", "Announced", "announced_at"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-starts_at"
    day = "starts_at"
    about = "When parts of the central service are not there; also as a calendar that your own can take in."
    empty = "No maintenance is announced that you may read."
    enters: ClassVar[Who | None] = staticmethod(operator_or_team)


class MaintenanceWindowPage(RecordPage):
    """One window, and what it does not keep."""

    model = MaintenanceWindow
    word, plural = "maintenance window", "maintenance windows"

    def facts(self, record: MaintenanceWindow) -> list[Fact]:
        """What, when, and what came of it."""
        told = (
            ("Affects", record.affects),
            ("Announced", instant_words(record.announced_at)),
            ("Times moved", record.moved),
            ("Started", instant_words(record.started_at)),
            ("Ended", instant_words(record.ended_at)),
            ("What came of it", record.outcome),
        )
        return [
            Fact("Part of the service", record.part),
            Fact("Kind", record.get_kind_display()),
            Fact("Starts", instant(record.starts_at)),
            Fact("Ends", instant(record.ends_at)),
            *(Fact(label, value) for label, value in told if value),
        ]

    def related(self, record: MaintenanceWindow) -> list[Related]:
        """Where it goes beyond what planned maintenance may take."""
        doubt = RULEBOOK.entry("maintenance.hours_a_month", local_day(record.starts_at)).doubt
        rows: list[tuple[Any, ...]] = [(one, doubt) for one in not_kept(record)]
        heads = ("What is not kept", "How sure we are of the rule")
        none = "Nothing: it keeps its hours, its notice and the month's."
        return [Related("Beyond what is allowed", heads, rows, none)]


class MaintenanceWindowEntry(EntryPage):
    """Announces maintenance."""

    model = MaintenanceWindow
    form_class = MaintenanceWindowForm
    word, plural = "maintenance window", "maintenance windows"
    who: ClassVar[Who] = staticmethod(operator_or_team)
    begins = "announce"
