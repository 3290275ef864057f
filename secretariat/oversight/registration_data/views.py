"""Pages of faults of registration data."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.form_page import FormPage
from secretariat.core.lists import Column, ListPage, class_column
from secretariat.core.pages import EntryPage, Fact, RecordPage, Related, reader
from secretariat.core.procedure import Refused, Who
from secretariat.oversight.registration_data.filters import DataIssueFilter
from secretariat.oversight.registration_data.forms import DataIssueForm, ExampleForm, MendedForm
from secretariat.oversight.registration_data.models import CLOSED, DataIssue, Example, Fault
from secretariat.oversight.registration_data.procedure import team_or_operator
from secretariat.plain.dates import day_words, local_day, long_date


class DataIssues(ListPage):
    """Faults of registration data."""

    model = DataIssue
    word, plural = "registration data issue", "registration data issues"
    filters = DataIssueFilter
    columns = (
        Column("title", "Issue", "title"),
        Column("fault", "What is wrong", "fault", lambda value: str(Fault(value).label)),
        Column("raised", "Raised", "raised_on"),
        Column("owner", "Owner", "owner"),
        Column("due", "To be mended by", "due_on"),
        Column("state", "State", "state"),
        class_column(),
    )
    order = "-raised_on"
    day = "due_on"
    about = "Faults of registration data that keep installations from working: what shows them, and who mends them."
    empty = "No fault is recorded that you may read."
    enters: ClassVar[Who | None] = staticmethod(team_or_operator)


class DataIssuePage(RecordPage):
    """One fault, with the examples that the person may read."""

    template = "oversight/registration_data/issue.html"
    model = DataIssue
    word, plural = "registration data issue", "registration data issues"

    def facts(self, record: DataIssue) -> list[Fact]:
        """What is wrong, what it keeps from working, who mends it and by when."""
        told = (
            ("Keeps from working", record.affects), ("Cause", record.cause), ("Owner", record.owner),
            ("To be mended by", day_words(record.due_on)),
            ("Mended", day_words(record.mended_on)),
            ("What was done", record.outcome), ("Told by", record.source),
        )  # fmt: skip
        return [
            Fact("What is wrong", record.get_fault_display()),
            Fact("What was seen", record.text),
            *(Fact(label, value) for label, value in told if value),
        ]

    def related(self, record: DataIssue) -> list[Related]:
        """The examples."""
        found: Any = record.examples.select_related("party")
        rows: list[tuple[Any, ...]] = [
            (one.point, str(one.party or ""), one.note, long_date(one.told_on),
             long_date(one.mended_on) if one.mended_on else "not yet")
            for one in found.visible_to(reader(self.request), self.request.at)
        ]  # fmt: skip
        heads = ("Metering point", "Told by", "Note", "Told on", "Mended")
        return [Related("Examples", heads, rows, "There is no example that you may read.")]

    def context(self, record: DataIssue) -> dict[str, Any]:
        """Whether examples can be added and marked as mended."""
        may = team_or_operator(reader(self.request), record, self.request.at)
        return {"may_add": may and record.state != CLOSED}


class DataIssueEntry(EntryPage):
    """Raises a fault."""

    model = DataIssue
    form_class = DataIssueForm
    word, plural = "registration data issue", "registration data issues"
    who: ClassVar[Who] = staticmethod(team_or_operator)
    begins = "raise"


class AddExample(FormPage):
    """Adds an example to a fault."""

    model = DataIssue
    plural = "registration data issues"
    title = "Add an example"
    who: ClassVar[Who] = staticmethod(team_or_operator)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.BaseForm:
        """The metering point, and who told of it."""
        made = Example(issue=record, classification=record.classification, audience=record.audience)
        return ExampleForm(data, instance=made)

    def save(self, record: Any, form: Any) -> str:
        """Enters it."""
        if record.state == CLOSED:
            raise Refused("A fault that is closed takes no more examples.")
        journal.enter(form.save(commit=False), **self.told())
        return str(record.get_absolute_url())


class MendExamples(FormPage):
    """Marks examples as mended."""

    model = DataIssue
    plural = "registration data issues"
    title = "Mark examples as mended"
    who: ClassVar[Who] = staticmethod(team_or_operator)

    def form(self, record: Any, data: Any = None, files: Any = None) -> forms.Form:
        """Those that are not mended yet."""
        form = MendedForm(data)
        rows: Any = record.examples.filter(mended_on__isnull=True)
        field: Any = form.fields["examples"]
        field.queryset = rows.visible_to(reader(self.request), self.request.at)
        return form

    def save(self, record: Any, form: forms.Form) -> str:
        """Marks each, with its own event."""
        day = form.cleaned_data["mended_on"]
        if day > local_day(self.request.at):
            raise Refused("What was mended was mended on a day that has come.")
        for one in form.cleaned_data["examples"]:
            journal.amend(one, {"mended_on": day}, **self.told())
        return reverse("registration data issue", args=[record.pk])
