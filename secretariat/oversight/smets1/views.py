"""Pages of SMETS1 cohorts, combinations and their migration."""

from __future__ import annotations

from typing import Any, ClassVar

from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader, said
from secretariat.core.procedure import Who
from secretariat.oversight.incidents.who import dcc_or_team
from secretariat.oversight.smets1.figures import failure_share, migrated_until
from secretariat.oversight.smets1.filters import CohortFilter, CombinationFilter, MigrationReturnFilter
from secretariat.oversight.smets1.forms import CohortForm, CombinationForm
from secretariat.oversight.smets1.models import Cohort, Combination, MigrationReturn, Mode
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.plain.months import Month


class Cohorts(ListPage):
    """The cohorts in which SMETS1 devices come into the service."""

    model = Cohort
    word, plural = "SMETS1 cohort", "SMETS1 cohorts"
    filters = CohortFilter
    link = "code"
    columns = (
        Column("code", "Cohort", "code"),
        Column("name", "Name", "name"),
        Column("makers", "Makers", "makers"),
        Column("verified", "Makers verified", "verified"),
        Column("planned", "Planned for", "planned_on"),
        Column("live", "Live since", "live_on"),
        class_column(),
    )
    order = "pk"
    order_words = "in their order"
    about = "The steps in which SMETS1 devices come into the service, maker by maker."
    empty = "No cohort is entered yet."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class CohortPage(RecordPage):
    """One cohort and its combinations."""

    model = Cohort
    word, plural = "SMETS1 cohort", "SMETS1 cohorts"
    key = "code"
    editors: ClassVar[Who | None] = staticmethod(dcc_or_team)

    def facts(self, record: Cohort) -> list[Fact]:
        """Whose devices, and since when."""
        doubt = "" if record.verified else "Unverified: no document was seen that names them."
        return [
            Fact("Name", record.name),
            Fact("Makers", record.makers or "not known", note=doubt),
            *said(("Planned for", day_words(record.planned_on)),
                  ("Live since", day_words(record.live_on)), ("Told in", record.source)),
        ]  # fmt: skip

    def related(self, record: Cohort) -> list[Related]:
        """Its combinations, with what was migrated of each."""
        today = local_day(self.request.at)
        found: Any = record.combinations.all()
        rows: list[tuple[Any, ...]] = [
            (one, one.get_mode_display(), one.provider, migrated_until(today, [one.pk]))
            for one in found.visible_to(reader(self.request), self.request.at)
        ]
        heads = ("Combination", "Mode", "Provider", "Migrated")
        return [Related("Combinations", heads, rows, "No combination of this cohort is entered that you may read.")]


class CohortEntry(EntryPage):
    """Enters or amends a cohort."""

    model = Cohort
    form_class = CohortForm
    word, plural = "SMETS1 cohort", "SMETS1 cohorts"
    key = "code"
    who: ClassVar[Who] = staticmethod(dcc_or_team)


class Combinations(ListPage):
    """Combinations of SMETS1 device models."""

    model = Combination
    word, plural = "device model combination", "device model combinations"
    filters = CombinationFilter
    columns = (
        Column("name", "Combination", "name"),
        Column("cohort", "Cohort", "cohort__code"),
        Column("mode", "Mode", "mode", lambda value: str(Mode(value).label)),
        Column("models", "Device models", "models_named"),
        Column("provider", "Provider", "provider"),
        Column("awaiting", "To migrate", "awaiting", numeric=True),
        class_column(),
    )
    order = "name"
    order_words = "by name"
    about = "Combinations of SMETS1 device models and a communications provider, as they come into the service."
    empty = "No combination is entered that you may read."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)


class CombinationPage(RecordPage):
    """One combination: its device models, its place on the list, its assessments and its migration."""

    model = Combination
    word, plural = "device model combination", "device model combinations"
    editors: ClassVar[Who | None] = staticmethod(dcc_or_team)

    def facts(self, record: Combination) -> list[Fact]:
        """What it is made of, and how far it came."""
        today = local_day(self.request.at)
        failed = failure_share(record.pk, Month.of(today))
        migrated = migrated_until(today, [record.pk])
        return [
            Fact("Cohort", str(record.cohort), record.cohort.get_absolute_url()),
            Fact("Mode", record.get_mode_display()),
            *said(("Device models", record.models_named), ("Provider", record.provider), ("Operator", record.operator)),
            Fact("Migrated to date", f"{migrated:,}"),
            *said(("To migrate", f"{record.awaiting:,}" if record.awaiting is not None else ""),
                  ("Not migrated of those tried this month", f"{failed} %" if failed is not None else ""),
                  ("Told in", record.source)),
        ]  # fmt: skip

    def related(self, record: Combination) -> list[Related]:
        """Its device models, the versions of the list that hold it, its assessments and returns."""
        person, at = reader(self.request), self.request.at
        models: Any = record.device_models()
        listed: Any = record.listed()
        assessed: Any = record.assessments.all()
        devices: list[tuple[Any, ...]] = [(one, one.device_type, one.firmware) for one in models.visible_to(person, at)]
        rows: list[tuple[Any, ...]] = [
            (one, one.from_number, one.to_number or "still") for one in listed.visible_to(person, at)
        ]
        cases: list[tuple[Any, ...]] = [
            (one, day_words(one.opened_on), one.state) for one in assessed.visible_to(person, at)
        ]
        returns: list[tuple[Any, ...]] = [
            (one, one.attempted, one.migrated, "restated" if one.restated else f"revision {one.revision}")
            for one in record.returns.all()[:50]
        ]
        return [
            Related("Device models", ("Model", "Type", "Firmware"), devices, "None of its entries is here."),
            Related("On the list of eligible combinations", ("Row", "From version", "Until"), rows,
                    "No version that is kept here holds it."),
            Related("Live-service criteria", ("Assessment", "Opened", "State"), cases, "It was not assessed yet."),
            Related("Migration", ("Days", "Tried", "Migrated", "Standing"), returns, "The DCC has returned no number."),
        ]  # fmt: skip


class CombinationEntry(EntryPage):
    """Enters or amends a combination."""

    model = Combination
    form_class = CombinationForm
    word, plural = "device model combination", "device model combinations"
    who: ClassVar[Who] = staticmethod(dcc_or_team)


class MigrationReturns(ListPage):
    """What the DCC told of migration, restated returns among them."""

    model = MigrationReturn
    word, plural = "migration return", "migration returns"
    filters = MigrationReturnFilter
    columns = (
        Column("combination", "Combination", "combination__name"),
        Column("from", "From", "first_day"),
        Column("until", "Until", "last_day"),
        Column("attempted", "Tried", "attempted", numeric=True),
        Column("migrated", "Migrated", "migrated", numeric=True),
        Column("revision", "Revision", "revision", numeric=True),
        Column("restated", "Superseded", "restated"),
    )
    order = "-last_day"
    day = "last_day"
    about = "Installations tried and migrated, as the DCC told it; later returns supersede earlier ones, none is lost."
    empty = "The DCC has returned no number yet. Its file is loaded with the button."
    enters: ClassVar[Who | None] = staticmethod(dcc_or_team)
    loads = "smets1-migrations"


class MigrationReturnPage(RecordPage):
    """One return, with the reasons of what failed."""

    model = MigrationReturn
    word, plural = "migration return", "migration returns"

    def facts(self, record: MigrationReturn) -> list[Fact]:
        """Its numbers, and which return supersedes it."""
        later = MigrationReturn.objects.filter(
            combination=record.combination_id, first_day=record.first_day, last_day=record.last_day,
            revision=record.revision + 1,
        ).first()  # fmt: skip
        return [
            Fact("Combination", str(record.combination), record.combination.get_absolute_url()),
            Fact("Days", f"{long_date(record.first_day)} to {long_date(record.last_day)}"),
            Fact("Tried", f"{record.attempted:,}"),
            Fact("Migrated", f"{record.migrated:,}"),
            Fact("Revision", record.revision),
            *([Fact("Superseded by", str(later), later.get_absolute_url())] if later else []),
            *said(("Told in", record.source)),
        ]

    def related(self, record: MigrationReturn) -> list[Related]:
        """Why installations were not migrated."""
        rows: list[tuple[Any, ...]] = [(one.get_reason_display(), one.number) for one in record.failures.all()]
        return [Related("Not migrated", ("Reason", "Installations"), rows, "No reason is told.")]
