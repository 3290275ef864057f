"""Forms of reviews, of drafts for comment and of comments."""

from __future__ import annotations

from django import forms

from secretariat.legaltext.governed.models import Circulation, DraftComment, Review, governed
from secretariat.legaltext.models import PENDING, Draft


class ReviewForm(forms.ModelForm):  # type: ignore[type-arg]
    """Asks the body that owns a document whether it is still true."""

    class Meta:
        model = Review
        fields = ("document", "due_on")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["document"].queryset = governed()  # type: ignore[attr-defined]


class CirculationForm(forms.ModelForm):  # type: ignore[type-arg]
    """Sends a draft out for comment."""

    class Meta:
        model = Circulation
        fields = ("draft", "closes_on", "asked")

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        rows = Draft.objects.filter(state=PENDING, document__in=governed())
        self.fields["draft"].queryset = rows  # type: ignore[attr-defined]


class CommentForm(forms.ModelForm):  # type: ignore[type-arg]
    """A comment on a clause of a draft, or on the whole."""

    class Meta:
        model = DraftComment
        fields = ("number", "text")
