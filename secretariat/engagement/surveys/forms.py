"""Forms of surveys, their questions and opt-ins, and of a sheet of answers."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.consultations.who import AUDIENCE
from secretariat.engagement.events.models import HELD, EngagementEvent
from secretariat.engagement.surveys.models import DRAFT, Invitee, OptIn, Survey, SurveyQuestion
from secretariat.register.parties import Category, Party

INSTANT = "Such as 2020-03-17 17:00, London time."
STANDS = ("anonymous", "by_category", "body", "event", "invited", "by_opt_in", "closes_at")
"""What stands once people were told of it."""


class SurveyForm(forms.ModelForm):  # type: ignore[type-arg]
    """A survey; what it promises, and whom it asks, stands once it is known."""

    closes_at = forms.DateTimeField(label="Closes", help_text=f"{INSTANT} An answer at this very instant still counts.")
    invited = forms.MultipleChoiceField(
        label="Contacts of parties of", required=False, widget=forms.CheckboxSelectMultiple,
        choices=[one for one in AUDIENCE if one[0] in Category.values],
    )  # fmt: skip
    event = forms.ModelChoiceField(
        EngagementEvent.objects.filter(state=HELD), label="Guests who came to", required=False
    )
    with_questions = forms.BooleanField(
        label="Begin with the questionnaire of its kind", required=False, initial=True,
        help_text="Each question can be changed until the survey opens.",
    )  # fmt: skip

    class Meta:
        model = Survey
        fields = ("kind", "title", "introduction", *STANDS)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.state:
            del self.fields["with_questions"]
        if self.instance.state not in ("", DRAFT):
            for name in ("kind", *STANDS):
                del self.fields[name]


class QuestionForm(forms.ModelForm):  # type: ignore[type-arg]
    """One question."""

    options = forms.CharField(
        label="Answers to choose from", required=False, widget=forms.Textarea, help_text="One a line, for a choice."
    )

    class Meta:
        model = SurveyQuestion
        fields = ("number", "text", "asks", "options", "required")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["options"] = "\n".join(self.instance.options)

    def clean_options(self) -> list[str]:
        """The lines that say something, each once."""
        lines = (line.strip() for line in self.cleaned_data["options"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class OptInForm(forms.ModelForm):  # type: ignore[type-arg]
    """Agrees to be asked."""

    party = forms.ModelChoiceField(Party.objects.none(), required=False, label="You speak for")
    telephone = forms.CharField(
        required=False,
        max_length=40,
        help_text="Where the survey is held by telephone. It is forgotten at the closing.",
    )

    class Meta:
        model = OptIn
        fields = ("party", "telephone")

    def __init__(self, parties: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = parties  # type: ignore[attr-defined]
        self.initial["party"] = parties[0].pk if len(parties) == 1 else None


class SheetForm(forms.Form):
    """The questions of a survey, to be answered."""

    def __init__(self, survey: Survey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in survey.questions.order_by("number"):
            self.fields[f"q{question.number}"] = _field(question)

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What was typed, question by question, also where it cannot be sent any more."""
        return [(str(one.label), str(one.value())) for one in self if self.is_bound and one.value()]

    @property
    def answers(self) -> dict[str, str]:
        """What was answered, by the numbers of the questions."""
        return {name.removeprefix("q"): said for name, said in self.cleaned_data.items() if said and name[:1] == "q"}


class TelephoneForm(SheetForm):
    """The questions of a survey as somebody answers them by telephone, who that is, and when."""

    who = forms.ModelChoiceField(Invitee.objects.none(), label="Who answers")
    taken = forms.DateTimeField(label="When it was said", required=False, help_text=f"{INSTANT} Empty: now.")

    def __init__(self, survey: Survey, *args: Any, **kwargs: Any) -> None:
        super().__init__(survey, *args, **kwargs)
        left = survey.invitees.filter(has_answered=False).select_related("person", "party").order_by("person__name")
        numbers = {one.person_id: one.telephone for one in survey.opt_ins.filter(withdrawn_on__isnull=True)}
        who: Any = self.fields["who"]
        who.queryset = left
        who.label_from_instance = lambda one: ", ".join(
            str(part) for part in (one.person, one.party, numbers.get(one.person_id)) if part
        )


class AnswersFileForm(forms.Form):
    """A file of answers taken by telephone, and when; of an anonymous survey also who gave them, apart from it."""

    file = forms.FileField(help_text="CSV (UTF-8) or XLSX with the columns below in its first row.")
    who = forms.CharField(
        label="Who gave these answers", widget=forms.Textarea,
        help_text="Their e-mail addresses, one a line, in any order: as many as the file has rows.",
    )  # fmt: skip
    taken = forms.DateTimeField(
        label="When the last of them was given", required=False, help_text=f"{INSTANT} Empty: now."
    )

    def __init__(self, survey: Survey, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not survey.anonymous:
            del self.fields["who"]


def _field(question: SurveyQuestion) -> forms.Field:
    told: dict[str, Any] = {"label": f"{question.number}. {question.text}", "required": question.required}
    if question.asks == SurveyQuestion.Asks.WORDS:
        return forms.CharField(widget=forms.Textarea, max_length=4000, **told)
    choices = [(answer, answer) for answer in question.answers]
    if not question.required:
        choices = [("", "No answer"), *choices]
    if question.asks == SurveyQuestion.Asks.SCALE:
        told["help_text"] = "1 is not at all, 5 is fully."
    return forms.ChoiceField(choices=choices, widget=forms.RadioSelect, **told)
