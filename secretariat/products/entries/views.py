"""Pages of entries: the device models of the Central list, what may be done about one, and the specifications."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.capacities import anyone_signed_in
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Who
from secretariat.plain.dates import day_words, local_day, long_date
from secretariat.products.entries import actions
from secretariat.products.entries.filters import DeviceModelFilter, SpecificationFilter
from secretariat.products.entries.forms import (
    AnswerForm,
    CorrectionForm,
    EvidenceForm,
    SpecificationForm,
    SpellForm,
)
from secretariat.products.entries.models import SubmissionRow
from secretariat.products.entries.page import facts_of, tables_of
from secretariat.products.entries.procedure import CPL_ENTRY, technical_team, the_submitter, the_submitter_or_technical
from secretariat.products.lookup.membership import followed
from secretariat.products.models import LISTED, PENDING, QUERIED, DeviceModel, Specification, SpecificationSpell

NEWS = (
    "cpl_entry.accept", "cpl_entry.remediate", "cpl_entry.recover", "cpl_entry.set_removal", "cpl_entry.take_back",
    "cpl_entry.remove", "devicemodel.correct",
)  # fmt: skip
"""What who follows device models is told of."""


class DeviceModels(ListPage):
    """The device models of the Central Products List."""

    model = DeviceModel
    word = "device model"
    plural = "device models"
    columns = (
        Column("entry_id", "CPL Entry ID", "entry_id"),
        Column("device_type", "Device type", "device_type"),
        Column("technical_specification", "Technical specification", "technical_specification"),
        Column("gbcs_version", "GBCS version", "gbcs_version"),
        Column("manufacturer", "Manufacturer", "manufacturer"),
        Column("model", "Model", "model"),
        Column("hardware_version", "Hardware", "hardware_version"),
        Column("firmware", "Firmware", "firmware"),
        Column("state", "State", "state"),
        Column("added", "Added", "added_in__published_on"),
        Column("removed", "Removed", "removed_on"),
        class_column(),
    )
    filters = DeviceModelFilter
    link = "entry_id"
    order = "-added_in__published_on"
    about = "The entries of the Central Products List, those that were removed too, and those that you submitted."
    empty = "No device model is recorded that you may read."
    day = "added_in__published_on"
    news = NEWS
    loads = "device-models"


class DeviceModelPage(RecordPage):
    """One entry."""

    template = "products/entries/device_model.html"
    model = DeviceModel
    word = "device model"
    plural = "device models"
    key = "entry_id"

    def facts(self, record: DeviceModel) -> list[Fact]:
        """What identifies the model, and how it came and goes."""
        return facts_of(record)

    def related(self, record: DeviceModel) -> list[Related]:
        """Its certificates, its versions, and its evidence for those who may read it."""
        return tables_of(record, reader(self.request), self.request.at)

    def context(self, record: DeviceModel) -> dict[str, Any]:
        """What the checks find while it is pending, and what can be done on a page of its own."""
        person, at = reader(self.request), self.request.at
        team, own = technical_team(person, record, at), the_submitter(person, record, at)
        pending = record.state in PENDING
        pages = (
            ("Answer the question", "answer query", (team or own) and record.state == QUERIED),
            ("Correct it", "correct entry", team and record.state in (*LISTED, *PENDING)),
            ("Add evidence", "evidence of entry", (team or own) and record.state in (*LISTED, *PENDING)),
            ("Look its certificates up", "match certificates", team and record.state in (*LISTED, *PENDING)),
        )
        steps = [one for one in CPL_ENTRY.open_steps(record, person, at) if one.step.name != "answer"] if person else []
        return {
            "steps": [one for one in steps if one.step.target or not one.lacking],
            "own_pages": [(label, reverse(name, args=[record.entry_id])) for label, name, may in pages if may],
            "findings": actions.findings_of(record, at) if pending and (team or own) else [],
            "submission": self._submission(record) if team or own else None,
            "followed": followed(record) if person else [],
        }

    @staticmethod
    def _submission(record: DeviceModel) -> Any:
        row = SubmissionRow.objects.filter(entry=record).select_related("submission").first()
        return row.submission if row else None


class _OfAnEntry(FormPage):
    """A form about one entry, for those whom it is for."""

    model = DeviceModel
    key = "entry_id"
    who: ClassVar[Who] = staticmethod(anyone_signed_in)
    may: ClassVar[Who] = staticmethod(technical_team)
    states: ClassVar[tuple[str, ...]] = (*LISTED, *PENDING)

    def record(self, key: str) -> DeviceModel:
        """The entry. Raises Http404 where the person may not read it, PermissionDenied where it is for others."""
        entry: DeviceModel = super().record(key)
        if entry.state not in self.states:
            raise Http404("This entry does not wait for that.")
        if not type(self).may(reader(self.request), entry, self.request.at):
            raise PermissionDenied("This is for others.")
        return entry


class CorrectEntry(_OfAnEntry):
    """Corrects what an entry says; the old stays in the history (PRD-14)."""

    title = "Correct the entry"

    def form(self, record: DeviceModel, data: Any = None, files: Any = None) -> forms.Form:
        """What it says now, to be put right."""
        return CorrectionForm(data, initial=actions.typed_of(record))

    def save(self, record: DeviceModel, form: forms.Form) -> str:
        """Corrects it."""
        actions.correct(record, form.typed, form.cleaned_data["reason"], **self.told())  # type: ignore[attr-defined]
        return record.get_absolute_url()


class AnswerQuery(_OfAnEntry):
    """Answers the question of the technical team, and puts the entry right with it."""

    title = "Answer the question"
    may: ClassVar[Who] = staticmethod(the_submitter_or_technical)
    states = (QUERIED,)

    def form(self, record: DeviceModel, data: Any = None, files: Any = None) -> forms.Form:
        """The answer, and what the entry says now."""
        form = AnswerForm(data, initial=actions.typed_of(record))
        form.fields["answer"].help_text = f"You were asked: {record.query}"
        return form

    def save(self, record: DeviceModel, form: forms.Form) -> str:
        """Answers it."""
        actions.answer(record, form.typed, form.cleaned_data["answer"], **self.told())  # type: ignore[attr-defined]
        return record.get_absolute_url()


class GiveEvidence(_OfAnEntry):
    """Adds evidence for an entry (PRD-13)."""

    title = "Add evidence"
    may: ClassVar[Who] = staticmethod(the_submitter_or_technical)

    def form(self, record: DeviceModel, data: Any = None, files: Any = None) -> forms.Form:
        """What it shows, and the file."""
        return EvidenceForm(data, files)

    def save(self, record: DeviceModel, form: forms.Form) -> str:
        """Keeps it."""
        file = form.cleaned_data["file"]
        named = (file.name, file.read()) if file else ("", b"")
        actions.give_evidence(record, form.cleaned_data["shows"], *named, **self.told())
        return record.get_absolute_url()


class MatchCertificates(_OfAnEntry):
    """Links the certificates that the submitter named and that are recorded by now."""

    title = "Look its certificates up"

    def form(self, record: DeviceModel, data: Any = None, files: Any = None) -> forms.Form:
        """Nothing is asked."""
        return forms.Form(data)

    def save(self, record: DeviceModel, form: forms.Form) -> str:
        """Links them."""
        if not actions.match_certificates(record, **self.told()):
            raise forms.ValidationError("No other certificate that it names is recorded. Enter the certificate first.")
        return record.get_absolute_url()


class Specifications(ListPage):
    """The versions of technical specifications, and whether each is in force today."""

    model = Specification
    word, plural = "specification", "specifications"
    filters = SpecificationFilter
    columns = (
        Column("label", "Specification", "label"),
        Column("in_force", "In force today", "in_force", lambda spells: "yes" if spells else "no", sortable=False),
        Column("note", "Source and doubt", "note"),
    )
    order = "label"
    order_words = "by name"
    about = "The versions of the technical specifications that entries follow, and when each is in force."
    empty = "No specification is recorded. Entries cannot be accepted before theirs is."
    enters: ClassVar[Who | None] = staticmethod(technical_team)

    def rows(self) -> Any:
        """Those that the person may read, with whether each is in force today."""
        spells = SpecificationSpell.objects.on(local_day(self.request.at))
        return super().rows().annotate(in_force=Count("spells", filter=Q(spells__in=spells)))


class SpecificationPage(RecordPage):
    """One version of a specification."""

    template = "products/entries/specification.html"
    model = Specification
    word, plural = "specification", "specifications"
    editors: ClassVar[Who | None] = staticmethod(technical_team)

    def facts(self, record: Specification) -> list[Fact]:
        """Whether it is in force, and how sure we are."""
        word = "yes" if record.in_force_on(local_day(self.request.at)) else "no"
        return [Fact("In force today", word), Fact("Source and doubt", record.note)]

    def related(self, record: Specification) -> list[Related]:
        """When it is in force."""
        rows: list[tuple[Any, ...]] = [
            (long_date(one.from_day), day_words(one.to_day), one.note) for one in record.spells.all()
        ]
        return [Related("In force", ("From", "Until", "Source and doubt"), rows, "It was never in force.")]

    def context(self, record: Specification) -> dict[str, Any]:
        """Where the days in force are entered."""
        may = technical_team(reader(self.request), record, self.request.at)
        return {"spell": reverse("specification spell", args=[record.pk]) if may else ""}


class SpecificationEntry(EntryPage):
    """Enters or amends a version of a specification."""

    model = Specification
    form_class = SpecificationForm
    word, plural = "specification", "specifications"
    who: ClassVar[Who] = staticmethod(technical_team)


class SpecificationSpellEntry(FormPage):
    """Says when a version of a specification is in force; an open spell is ended by its last day."""

    title = "When it is in force"
    model = Specification
    who: ClassVar[Who] = staticmethod(technical_team)

    def form(self, record: Specification, data: Any = None, files: Any = None) -> forms.Form:
        """The open spell, or an empty one."""
        last = record.spells.filter(to_day__isnull=True).last()
        initial = {"from_day": last.from_day, "note": last.note} if last else {}
        return SpellForm(data, initial=initial)

    def save(self, record: Specification, form: forms.Form) -> str:
        """Enters it. Raises ValidationError where it overlaps another."""
        told = form.cleaned_data
        open_ = record.spells.filter(to_day__isnull=True, from_day=told["from_day"]).first()
        if open_ is not None:
            journal.amend(open_, {"to_day": told["to_day"], "note": told["note"]}, **self.told())
            return record.get_absolute_url()
        if record.spells.overlapping(told["from_day"], told["to_day"]).exists():
            raise forms.ValidationError("It is in force on some of these days already. End that spell first.")
        row = SpecificationSpell(specification=record, recorded=self.request.at, **told)
        journal.enter(row, **self.told())
        return record.get_absolute_url()
