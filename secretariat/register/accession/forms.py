"""Forms of applications: what the public types, and what the secretariat records."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import QueryDict

from secretariat.register.accession.models import Application, Held, ShortenedBar
from secretariat.register.accession.timeline import USUAL_DAYS
from secretariat.register.parties import Departure, VotingGroup

MOST_TYPED = 20_000
"""Characters of all answers together."""
SECTIONS = (
    ("The organisation", ("applicant_is", "legal_name", "company_number", "address", "trading_names")),
    ("Licences and category", ("licences_held", "licences_wished", "category", "premises", "affiliates")),
    ("The share", ("wants_share",)),
    ("Whom we write to", ("contact_name", "contact_email", "contact_phone")),
)
"""The questions in the order in which they are asked."""
ANSWERED = tuple(name for _, names in SECTIONS for name in names)
SEVERAL = ("licences_held", "licences_wished")
REQUIRED = ("legal_name", "address", "category", "contact_name", "contact_email", "contact_phone")


class StartForm(forms.Form):
    """What is needed to begin: for whom, and where the link goes."""

    legal_name = forms.CharField(max_length=200, label="Legal name of the organisation, or your own")
    contact_name = forms.CharField(max_length=200, label="Your name")
    contact_email = forms.EmailField(label="Your e-mail address", help_text="The link to go on later is sent there.")


class LinkForm(forms.Form):
    """Whose link is sent again."""

    email = forms.EmailField(label="E-mail address", help_text="The one in the application.")


class AnswersForm(forms.ModelForm):  # type: ignore[type-arg]
    """Every question of an application. What one answer asks of another is for the step that sends it to judge."""

    licences_held = forms.MultipleChoiceField(
        choices=Held.choices, required=False, widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    licences_wished = forms.MultipleChoiceField(
        choices=Held.choices, required=False, widget=forms.CheckboxSelectMultiple, label="Licences applied for"
    )
    premises = forms.IntegerField(
        min_value=0, required=False, widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        label="Domestic premises supplied", help_text="Suppliers only. It decides between Large and Small Supplier.",
    )  # fmt: skip

    class Meta:
        model = Application
        fields = ANSWERED
        widgets = {
            "applicant_is": forms.RadioSelect,
            "address": forms.Textarea,
            "affiliates": forms.Textarea,
        }
        labels = {"wants_share": "We want a share in SECCo"}
        help_texts = {
            "company_number": "As Companies House has it; a natural person has none.",
            "trading_names": "Where they differ from the legal name, with commas between them.",
            "category": "Your licences decide it; without a licence it is Other SEC Party.",
            "affiliates": "Holding companies and subsidiaries that are parties; they may share a Voting Group.",
            "wants_share": "Holders of a licence must take one. It carries a vote in the company.",
            "contact_email": "Everything about the application is sent there.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in REQUIRED:
            self.fields[name].required = True

    def sections(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions by their headings."""
        return [(title, [self[name] for name in names]) for title, names in SECTIONS]


def typed_in(post: QueryDict) -> dict[str, Any]:
    """What was typed, as it was typed. Raises ValidationError when it is more than can be kept."""
    typed: dict[str, Any] = {name: post.getlist(name) if name in SEVERAL else post.get(name, "") for name in ANSWERED}
    if sum(len(str(value)) for value in typed.values()) > MOST_TYPED:
        raise forms.ValidationError(f"All answers together are longer than {MOST_TYPED:,} characters. Shorten them.")
    return typed


class AnswerForm(forms.Form):
    """The answer to a question."""

    answer = forms.CharField(max_length=4000, widget=forms.Textarea, label="Your answer")


class AgreementForm(forms.Form):
    """The signed agreement."""

    file = forms.FileField(label="The signed agreement", help_text="A PDF or Word file.")
    undated = forms.BooleanField(
        required=False, label="It is signed and not dated", help_text="SECCo dates it when its Board executes it."
    )


class WithdrawForm(forms.Form):
    """Why an application is withdrawn."""

    reason = forms.CharField(max_length=200, required=False)


class TimelineForm(forms.Form):
    """The day of applying, how long the applicant takes, and a Board."""

    start = forms.DateField(label="You apply on")
    days = forms.IntegerField(
        min_value=0, max_value=250, required=False, label="Working Days that you take to pay and sign",
        help_text=f"Without a number: {USUAL_DAYS}.",
    )  # fmt: skip
    board = forms.DateField(
        required=False, label="Day of the Board", help_text="Without a day: the first usual one in reach."
    )


class ExecutionForm(forms.Form):
    """The execution of an agreement by the Board."""

    day = forms.DateField(label="Executed on", help_text="The day becomes the accession date.")
    voting_group = forms.ModelChoiceField(
        VotingGroup.objects.none(), required=False, to_field_name="key", label="Voting Group",
        help_text="Leave empty for a party without affiliates in its category.",
    )  # fmt: skip

    def __init__(self, category: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = self.fields["voting_group"]
        groups.queryset = VotingGroup.objects.filter(category=category)  # type: ignore[attr-defined]


class ShortenedBarForm(forms.ModelForm):  # type: ignore[type-arg]
    """A decision of the Panel that shortens a bar."""

    class Meta:
        model = ShortenedBar
        fields = ("departure", "ends_on", "meeting", "decided_on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        expelled = Departure.objects.filter(how=Departure.How.EXPELLED, shortened_bar__isnull=True)
        self.fields["departure"] = forms.ModelChoiceField(
            expelled.select_related("party").order_by("-day"), label="Party that was expelled"
        )  # fmt: skip
