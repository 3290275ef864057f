"""Forms of consultations and of responses."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms

from secretariat.consultations.actions import Said, Typed
from secretariat.consultations.models import ANNOUNCED, DRAFT, Clarification, Consultation, Question
from secretariat.consultations.responses import Answer, Point, Response
from secretariat.consultations.timing import customary_closing
from secretariat.consultations.who import AUDIENCE, everybody
from secretariat.core import kinds
from secretariat.core.kinds import kind_of
from secretariat.core.pages import about
from secretariat.plain.dates import local_day

FIXED_ONCE_OPEN = ("kind", "opens_at", "closes_at", "invited", "is_others")
INSTANT = "Such as 2020-03-17 09:00, London time."


class ConsultationForm(forms.ModelForm):  # type: ignore[type-arg]
    """A consultation before it opens; afterwards what may still be put right."""

    about_reference = forms.CharField(
        label="About", max_length=60, required=False, help_text="Reference of what it is about, such as MP107."
    )
    invited = forms.MultipleChoiceField(
        label="Whom it asks", choices=AUDIENCE, initial=everybody, widget=forms.CheckboxSelectMultiple
    )
    opens_at = forms.DateTimeField(
        label="Opens", required=False, help_text=f"{INSTANT} Empty: when it is opened; say then when it closes."
    )
    closes_at = forms.DateTimeField(
        label="Closes",
        required=False,
        help_text=f"{INSTANT} Empty, where it opens on a day told above: by custom, at 17:00.",
    )
    address = forms.URLField(
        label="Where it is found", required=False, assume_scheme="https", help_text="Of another body's consultation."
    )

    class Meta:
        model = Consultation
        fields = ("kind", "title", "introduction", "body", "invited", "opens_at", "closes_at", "is_others", "address")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        record = self.instance
        named = about(record.about_kind, record.about_id) if record.about_kind and record.about_id else None
        self.fields["about_reference"].initial = getattr(named, "reference", "") or (str(named) if named else "")
        if record.state not in ("", DRAFT, ANNOUNCED):
            for name in FIXED_ONCE_OPEN:
                del self.fields[name]

    def clean_about_reference(self) -> str:
        """The reference, when it names one record; that record is then what it is about."""
        text = self.cleaned_data["about_reference"].strip()
        found = kinds.find(text) if text else []
        if text and len(found) != 1:
            raise forms.ValidationError("No single record has this reference.")
        self.instance.about_kind = kind_of(found[0]) if found else ""
        self.instance.about_id = found[0].pk if found else None
        return str(text)

    def clean(self) -> dict[str, Any]:
        """Fills in the customary closing where none was typed and custom knows one."""
        known = super().clean() or self.cleaned_data
        opens, kind = known.get("opens_at"), known.get("kind")
        if "closes_at" in self.fields and not known.get("closes_at") and opens and kind:
            known["closes_at"] = customary_closing(kind, local_day(opens))
        return known


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """One question."""

    class Meta:
        model = Question
        fields = ("number", "text", "asks")


class DocumentForm(forms.Form):
    """A document put to those who are asked."""

    title = forms.CharField(max_length=200)
    file = forms.FileField()


class ClarificationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Something that is unclear."""

    class Meta:
        model = Clarification
        fields = ("question",)


class PointForm(forms.ModelForm):  # type: ignore[type-arg]
    """Another point that a response raises."""

    class Meta:
        model = Point
        fields = ("answer", "text")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        answers = Answer.objects.filter(response=self.instance.response_id).select_related("question")
        self.fields["answer"] = forms.ModelChoiceField(answers, label="Raised in", required=False)


class ResponseForm(forms.Form):
    """A whole response on one page: every question with its answer, and how it may be used. Gaps are allowed."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, min_value=0)

    def __init__(self, questions: list[Question], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        choices = (("", "Not answered"), *Answer.Choice.choices)
        for question in questions:
            key, number = f"q{question.pk}", question.number
            if question.asks == Question.Asks.YES_NO:
                self.fields[f"{key}_choice"] = forms.ChoiceField(
                    label=f"Question {number}: yes or no", choices=choices, required=False
                )
            self.fields[f"{key}_text"] = forms.CharField(
                label=f"Question {number}: your answer", required=False, strip=False, widget=forms.Textarea
            )
            self.fields[f"{key}_confidential"] = forms.BooleanField(
                label=f"Keep the answer to question {number} confidential", required=False
            )
            self.fields[f"{key}_anonymous"] = forms.BooleanField(
                label=f"Publish the answer to question {number} without our name", required=False
            )
        self.fields["text"] = forms.CharField(label="Anything else", required=False, strip=False, widget=forms.Textarea)
        self.fields["confidential"] = forms.BooleanField(label="Keep all of it confidential", required=False)
        self.fields["anonymous"] = forms.BooleanField(label="Publish all of it without our name", required=False)

    def sections(self) -> Iterator[tuple[Question, list[forms.BoundField]]]:
        """Each question with its fields."""
        for question in self.questions:
            prefix = f"q{question.pk}_"
            yield question, [self[name] for name in self.fields if name.startswith(prefix)]

    def rest(self) -> list[forms.BoundField]:
        """The fields of the response as a whole."""
        return [self[name] for name in ("text", "confidential", "anonymous")]

    def typed(self) -> Typed:
        """What was typed, for the draft."""
        known = self.cleaned_data
        answers = {
            question.pk: Said(
                choice=known.get(f"q{question.pk}_choice", ""),
                text=known[f"q{question.pk}_text"],
                confidential=known[f"q{question.pk}_confidential"],
                anonymous=known[f"q{question.pk}_anonymous"],
            )
            for question in self.questions
        }
        return Typed(answers, known["text"], known["confidential"], known["anonymous"])


def initial_of(response: Response | None) -> dict[str, Any]:
    """What a response says, as the form of a response begins with it."""
    if response is None:
        return {}
    told: dict[str, Any] = {name: getattr(response, name) for name in ("text", "confidential", "anonymous")}
    for row in response.answers.all():
        for name in ("choice", "text", "confidential", "anonymous"):
            told[f"q{row.question_id}_{name}"] = getattr(row, name)
    return told
