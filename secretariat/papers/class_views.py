"""The page on which the class of a paragraph is changed before its paper is issued: raised by one, lowered by two."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import Http404

from secretariat.core.capacities import secretariat
from secretariat.core.classification import Class
from secretariat.core.form_page import FormPage, found
from secretariat.core.pages import Crumb
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Who
from secretariat.papers.actions import reclassify
from secretariat.papers.models import Paper, Passage
from secretariat.papers.readers import possible_readers
from secretariat.papers.views import CRUMB, classes

SAID = {
    "raise_class": "The class was raised. The paragraph left every edition below it.",
    "ask_to_lower": "Somebody else must agree before the class is lowered.",
    "name_readers": "The readers were named.",
}


class ClassForm(forms.Form):
    """Which class, why, and of a Red paragraph who reads it."""

    classification = forms.TypedChoiceField(coerce=int, label="Class")
    readers = forms.ModelMultipleChoiceField(
        Person.objects.none(), required=False, label="Who reads it, by name", help_text="Only of what is Red."
    )
    reason = forms.CharField(max_length=300, help_text="Kept in the journal under the class of the paragraph.")
    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, passage: Passage, at: Any, data: Any = None) -> None:
        """The form of one paragraph, with the classes in which its paper is issued."""
        start = {"classification": passage.classification, "revision": passage.revision}
        super().__init__(data, initial=start)
        paper, known = passage.paper, dict(self.fields)
        choices = classes(paper)
        known["classification"].choices = choices  # type: ignore[attr-defined]
        if Class.RED not in dict(choices):
            del self.fields["readers"]
            return
        owner = paper.report.part(passage.part).owner
        people = possible_readers(paper.report.body, owner, at) | possible_readers("", Team.OPERATIONS, at)
        known["readers"].queryset = people  # type: ignore[attr-defined]


class PassageClass(FormPage):
    """Changes the class of a paragraph: to raise it is one person's, to lower it two people's."""

    model = Passage
    title = "Class"
    lead = (
        "A paragraph that is raised leaves every edition below its class at once. To lower one, a second person has to "
        "agree. Once the paper is issued, nothing changes."
    )
    who: ClassVar[Who] = staticmethod(secretariat)

    def record(self, key: str) -> Passage:
        """The paragraph, if the person may read it and its paper. Raises Http404."""
        passage: Passage = super().record(key)
        found(Paper, passage.paper.key, self, "key")
        if passage.state == "removed":
            raise Http404("The paragraph was removed.")
        return passage

    def heading(self, record: Passage) -> str:
        """Which paragraph, and what class it has."""
        return (
            f"Class of {record.get_kind_display().lower()} {record.position}: now {Class(record.classification).label}"
        )

    def trail(self, record: Passage) -> tuple[Crumb, ...]:
        """The papers, the paper, the section, the page."""
        part = record.paper.report.part(record.part)
        above = Crumb(record.paper.title, record.paper.get_absolute_url())
        return CRUMB, above, Crumb(part.title, record.get_absolute_url()), Crumb(self.title)

    def form(self, record: Passage, data: Any = None, files: Any = None) -> ClassForm:
        """Which class, why, and who reads it."""
        return ClassForm(record, self.request.at, data)

    def save(self, record: Passage, form: ClassForm) -> Passage:
        """Takes the step that the class asks for and says which."""
        given = form.cleaned_data
        readers = given.get("readers", ())
        done = reclassify(
            record, given["classification"], readers, given["reason"], given["revision"], **self.told()
        )  # fmt: skip
        messages.success(self.request, SAID[done])
        return record
