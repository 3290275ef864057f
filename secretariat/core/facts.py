"""Makers of the form fields by which a step checks the facts that it is told."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms

Maker = Callable[[], forms.Field]
"""What a step names for a fact: a new field is made each time it is asked."""


def a_line(length: int = 300, label: str | None = None, **more: Any) -> Maker:
    """Words on one line, at most `length` characters."""
    return partial(forms.CharField, max_length=length, label=label, **more)


def a_text(length: int | None = 2000, label: str | None = None, **more: Any) -> Maker:
    """Words of several lines, at most `length` characters; any number where it is None."""
    return partial(forms.CharField, max_length=length, label=label, widget=forms.Textarea, **more)


def a_day(label: str | None = None, **more: Any) -> Maker:
    """A day."""
    return partial(forms.DateField, label=label, **more)


def an_instant(label: str | None = None, **more: Any) -> Maker:
    """A day and an hour, on the London clock."""
    return partial(forms.DateTimeField, label=label, **more)
