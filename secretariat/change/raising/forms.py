"""What is asked of whoever tells a problem."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.change.forms import ProposalForm
from secretariat.change.models import Proposal
from secretariat.change.raising.models import ProblemDraft

NEEDED_TO_SEND = ("problem", "from_name", "from_email")


class ProblemForm(forms.ModelForm):  # type: ignore[type-arg]
    """A problem: only a title is needed to save it; to send it, also the problem and who tells it."""

    class Meta:
        model = ProblemDraft
        fields = ("title", "problem", "affected", "from_name", "from_email")
        labels = {
            "title": "The problem in one line",
            "problem": "What is the problem?",
            "affected": "Who is affected?",
            "from_name": "Your name, and your organisation if there is one",
            "from_email": "Your e-mail address",
        }
        help_texts = {
            "problem": "In your own words. You need no solution, and you need not know the code.",
            "affected": "Such as small suppliers, or households with two meters.",
            "from_email": "We write to you there about this and nothing else.",
        }

    def __init__(self, *args: Any, sending: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in NEEDED_TO_SEND:
            self.fields[name].required = sending


class FromIdeaForm(ProposalForm):
    """The proposal that is raised from an idea."""

    class Meta(ProposalForm.Meta):
        model = Proposal
