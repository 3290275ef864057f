"""Forms of articles and of their drafts."""

from __future__ import annotations

from typing import Any

from django import forms

from secretariat.core.classification import Class
from secretariat.core.people import Capacity, Person, Role
from secretariat.engagement.guidance.models import WRITTEN, Article, Draft, Kind

OPEN_CLASSES = [(one.value, one.label) for one in (Class.WHITE, Class.GREEN)]
OF_KIND: dict[str, tuple[str, ...]] = {
    Kind.TERM: ("short",),
    Kind.BRIEFING: ("recording",),
    Kind.VACANCY: ("closes_at",),
    Kind.RATES: ("holds_from", "holds_until"),
    Kind.NOTE: ("holds_from", "holds_until"),
}
"""What only some kinds of article say."""
ONLY_SOME = {name for names in OF_KIND.values() for name in names}


def owners() -> Any:
    """The people who may own an article: those of the secretariat."""
    rows = Capacity.objects.filter(role=Role.SECRETARIAT, to_day__isnull=True)
    return Person.objects.filter(pk__in=rows.values("person"), is_active=True)


class UpkeepForm(forms.ModelForm):  # type: ignore[type-arg]
    """Who answers for an article, and where it stands among others."""

    owner = forms.ModelChoiceField(queryset=Person.objects.none())

    class Meta:
        model = Article
        fields: tuple[str, ...] = ("topic", "owner")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners()  # type: ignore[attr-defined]


class ArticleForm(UpkeepForm):
    """A new article: what it is, where it will be, and whose."""

    classification = forms.TypedChoiceField(choices=OPEN_CLASSES, coerce=int, label="Class", initial=Class.WHITE)

    class Meta:
        model = Article
        fields = ("title", "kind", "slug", "topic", "owner", "classification")


class DraftForm(forms.ModelForm):  # type: ignore[type-arg]
    """What a draft says, as far as its kind says it."""

    recording = forms.URLField(assume_scheme="https", required=False, label="Where the recording is")

    class Meta:
        model = Draft
        fields = (*WRITTEN, "change")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = OF_KIND.get(self.instance.article.kind, ())
        for name in ONLY_SOME.difference(wanted):
            del self.fields[name]
        self.fields["body"].widget.attrs["rows"] = 24
        self.fields["sources"].widget.attrs["rows"] = 3


class FileForm(forms.Form):
    """A picture or a file of an article, and what it shows or is."""

    words = forms.CharField(
        max_length=200,
        label="What it shows or is",
        help_text="Of a picture: what it tells those who cannot see it.",
    )
    file = forms.FileField(help_text="A picture as PNG; a document as PDF, Word, Excel or CSV.")
