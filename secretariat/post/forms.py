"""Forms of the post room."""

from __future__ import annotations

from django import forms

from secretariat.post.following import NAME_LENGTH


class FollowForm(forms.Form):
    """Which list to follow, with which filters, under which name."""

    plural = forms.CharField(label="list", max_length=60)
    query = forms.CharField(label="filters", max_length=2000, required=False)
    name = forms.CharField(max_length=NAME_LENGTH, required=False, help_text="Leave empty to name it by its filters.")
