"""Pages of frameworks and guidance, of their controls, of agreed interpretations and of the security plan."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet

from secretariat.assurance.framework.filters import (
    ControlFilter,
    FrameworkVersionFilter,
    InterpretationFilter,
    PlannedWorkFilter,
)
from secretariat.assurance.framework.forms import (
    ControlForm,
    FrameworkVersionForm,
    InterpretationForm,
    PlannedWorkForm,
)
from secretariat.assurance.framework.models import (
    Control,
    Framework,
    FrameworkVersion,
    Interpretation,
    PlannedWork,
    Work,
)
from secretariat.assurance.framework.procedure import security_team
from secretariat.assurance.framework.standing import asked, controls_of, differences
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import Crumb, EntryPage, Fact, RecordPage, Related, about, reader, said
from secretariat.core.procedure import Who
from secretariat.core.rulebook import RULEBOOK
from secretariat.plain.dates import day_words, local_day, long_date


class FrameworkVersions(ListPage):
    """Frameworks and guidance, version by version."""

    model = FrameworkVersion
    word, plural = "version of a framework", "versions of frameworks"
    filters = FrameworkVersionFilter
    columns = (
        Column("framework", "Framework", "framework", lambda value: str(Framework(value).label)),
        Column("title", "Title", "title"),
        Column("number", "Version", "number"),
        Column("from", "In force from", "from_day"),
        Column("source", "Told in", "source"),
        class_column(),
    )
    order = "-from_day"
    day = "from_day"
    about = "What Users are assessed by, and guidance on it: each version with the day from which it is in force."
    empty = "No version of a framework is entered yet."
    enters: ClassVar[Who | None] = staticmethod(security_team)


class FrameworkVersionPage(RecordPage):
    """One version, with its controls and what it changed in them."""

    model = FrameworkVersion
    word, plural = "version of a framework", "versions of frameworks"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: FrameworkVersion) -> list[Fact]:
        """What it is a version of, since when, until when, and where it is told."""
        later = self._others(record).filter(from_day__gt=record.from_day).order_by("from_day").first()
        named = self._document(record)
        return [
            Fact("Framework", record.get_framework_display()),
            Fact("In force from", long_date(record.from_day)),
            *([Fact("Followed by", later.number, later.get_absolute_url())] if later else []),
            *said(("What changed", record.changed), ("Told in", record.source)),
            *([Fact("Kept as", str(named), named.get_absolute_url())] if named is not None else []),
        ]

    def related(self, record: FrameworkVersion) -> list[Related]:
        """Its controls, and how they differ from those of the version before."""
        before = self._others(record).filter(from_day__lt=record.from_day).order_by("-from_day").first()
        controls = self._readable(record)
        rows: list[tuple[Any, ...]] = [
            (Crumb(one.reference, one.get_absolute_url()), one.obligation, one.title) for one in controls
        ]
        found = [Related("Controls", ("Control", "Obligation", "Title"), rows, "No control of this version is kept.")]
        if before is not None:
            changed = differences(map(asked, self._readable(before)), map(asked, controls))
            lines: list[tuple[Any, ...]] = [(one.reference, one.how, ", ".join(one.fields)) for one in changed]
            heads = ("Control", "How", "In what")
            found.append(Related(f"Changed since {before.number}", heads, lines, "No control was changed."))
        return found

    def _document(self, record: FrameworkVersion) -> Any | None:
        """The document that it is a version of, if the person may read it."""
        named = about(record.about_kind, record.about_id) if record.about_kind and record.about_id else None
        rows: Any = type(named)._default_manager.filter(pk=named.pk) if named is not None else None
        if rows is None or not hasattr(rows, "visible_to"):
            return named
        return rows.visible_to(reader(self.request), self.request.at).first()

    def _others(self, record: FrameworkVersion) -> Any:
        rows: Any = FrameworkVersion.objects.filter(framework=record.framework, title=record.title)
        return rows.visible_to(reader(self.request), self.request.at)

    def _readable(self, version: FrameworkVersion) -> list[Control]:
        rows: Any = controls_of(version)
        return list(rows.visible_to(reader(self.request), self.request.at))


class FrameworkVersionEntry(EntryPage):
    """Enters or amends a version."""

    model = FrameworkVersion
    form_class = FrameworkVersionForm
    word, plural = "version of a framework", "versions of frameworks"
    who: ClassVar[Who] = staticmethod(security_team)

    def _save(self, form: forms.ModelForm[Any], key: str) -> Any:
        """A reference is typed; what is kept of it are the two fields that it stands for."""
        if key and "about_reference" in form.changed_data:
            form.cleaned_data |= {name: getattr(form.instance, name) for name in ("about_kind", "about_id")}
            form.changed_data += ["about_kind", "about_id"]
        if "about_reference" in form.changed_data:
            form.changed_data.remove("about_reference")
        return super()._save(form, key)


class Controls(ListPage):
    """Controls, by the obligation that they serve."""

    model = Control
    word, plural = "control", "controls"
    filters = ControlFilter
    columns = (
        Column("obligation", "Obligation", "obligation"),
        Column("reference", "Control", "reference"),
        Column("title", "Title", "title"),
        Column("framework", "Framework", "since__framework", lambda value: str(Framework(value).label)),
        Column("since", "Since version", "since__number"),
        Column("until", "Until version", "until__number"),
        class_column(),
    )
    order = "obligation"
    order_words = "by obligation"
    about = "What a framework asks for under each obligation of the code, in this administration's own words."
    empty = "No control is entered yet."
    enters: ClassVar[Who | None] = staticmethod(security_team)
    loads = "controls"


class ControlPage(RecordPage):
    """One control, its earlier and later wordings, and how its obligation is read."""

    model = Control
    word, plural = "control", "controls"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: Control) -> list[Fact]:
        """What it asks, under which obligation, and in which versions."""
        facts = [
            Fact("Obligation", record.obligation),
            Fact("What it asks", record.says),
            Fact("Since", str(record.since), record.since.get_absolute_url()),
        ]
        return facts + ([Fact("Until", str(record.until), record.until.get_absolute_url())] if record.until else [])

    def related(self, record: Control) -> list[Related]:
        """Other wordings of it, and the interpretations of its obligation."""
        person, at = reader(self.request), self.request.at
        others: Any = Control.objects.filter(reference=record.reference, since__framework=record.since.framework)
        wordings: list[tuple[Any, ...]] = [
            (Crumb(one.since.number, one.get_absolute_url()), one.says)
            for one in others.visible_to(person, at).exclude(pk=record.pk).select_related("since")
        ]
        read: Any = Interpretation.objects.filter(obligation=record.obligation)
        agreed: list[tuple[Any, ...]] = [
            (one, one.state, day_words(one.agreed_on)) for one in read.visible_to(person, at)
        ]
        return [
            Related("Other wordings", ("Since version", "What it asks"), wordings, "It was never worded otherwise."),
            Related("How the obligation is read", ("Interpretation", "State", "Agreed"), agreed,
                    "No interpretation of it is agreed that you may read."),
        ]  # fmt: skip


class ControlEntry(EntryPage):
    """Enters or amends a control."""

    model = Control
    form_class = ControlForm
    word, plural = "control", "controls"
    who: ClassVar[Who] = staticmethod(security_team)


class Interpretations(ListPage):
    """How obligations are read, as the Security Sub-Committee agreed."""

    model = Interpretation
    word, plural = "agreed interpretation", "agreed interpretations"
    filters = InterpretationFilter
    columns = (
        Column("number", "Number", "number"),
        Column("version", "Version", "version", numeric=True),
        Column("obligation", "Obligation", "obligation"),
        Column("question", "Question", "question"),
        Column("agreed", "Agreed", "agreed_on"),
        Column("meeting", "At the meeting", "meeting"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "number"
    order_words = "by number"
    day = "agreed_on"
    about = "Where an obligation can be read in two ways: how the Security Sub-Committee reads it, and since when."
    empty = "No interpretation is agreed that you may read."
    enters: ClassVar[Who | None] = staticmethod(security_team)


class InterpretationPage(RecordPage):
    """One version of an interpretation."""

    model = Interpretation
    word, plural = "agreed interpretation", "agreed interpretations"

    def facts(self, record: Interpretation) -> list[Fact]:
        """What is asked, how it is read, since when, and which version it replaces."""
        before = record.replaces
        return [
            Fact("Obligation", record.obligation),
            Fact("Question", record.question),
            Fact("How it is read", record.says),
            *said(
                ("Agreed", day_words(record.agreed_on)),
                ("At the meeting", record.meeting),
                ("Ended", day_words(record.ended_on)),
            ),
            *([Fact("Replaces", f"Version {before.version}", before.get_absolute_url())] if before else []),
        ]


class InterpretationEntry(EntryPage):
    """Proposes an interpretation."""

    model = Interpretation
    form_class = InterpretationForm
    word, plural = "agreed interpretation", "agreed interpretations"
    who: ClassVar[Who] = staticmethod(security_team)
    begins = "propose"


class SecurityPlan(ListPage):
    """What comes back in the Security Sub-Committee's year, with owners and days."""

    model = PlannedWork
    word, plural = "work of the security plan", "security plan"
    filters = PlannedWorkFilter
    columns = (
        Column("work", "What", "work", lambda value: str(Work(value).label)),
        Column("due", "Due on", "due_on"),
        Column("owner", "Owned by", "owner__name"),
        Column("begun", "Begun", "begun_on"),
        Column("done", "Done", "done_on"),
        Column("published", "Changes published", "published_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-due_on"
    day = "due_on"
    about = "The yearly risk assessment, reviews and exercise, and the quarterly review of standards and guidance."
    empty = "Nothing is planned that you may read."
    enters: ClassVar[Who | None] = staticmethod(security_team)

    def rows(self) -> QuerySet[Any]:
        """Those that the person may read."""
        return super().rows().select_related("owner")


class PlannedWorkPage(RecordPage):
    """One turn of a duty that comes back."""

    model = PlannedWork
    word, plural = "work of the security plan", "security plan"
    editors: ClassVar[Who | None] = staticmethod(security_team)

    def facts(self, record: PlannedWork) -> list[Fact]:
        """By when, whose, how often, and what came of it."""
        rule = RULEBOOK.entry(f"security_plan.months.{record.work}", local_day(self.request.at))
        return [
            Fact("Due on", long_date(record.due_on)),
            Fact("Owned by", str(record.owner) if record.owner else "nobody yet"),
            Fact("Comes back", f"every {rule.value} months", note=f"{rule.doubt} {rule.note}".strip()),
            *said(
                ("What it covers", record.scope), ("Begun", day_words(record.begun_on)),
                ("Done", day_words(record.done_on)),
                ("Outcome", record.outcome), ("Changes published", day_words(record.published_on)),
            ),
        ]  # fmt: skip


class PlannedWorkEntry(EntryPage):
    """Plans a turn, or names its owner and what it covers."""

    model = PlannedWork
    form_class = PlannedWorkForm
    word, plural = "work of the security plan", "security plan"
    who: ClassVar[Who] = staticmethod(security_team)
    begins = "plan"
