"""How a form's fields are drawn: a hint for every kind of field, tied to its control."""

from __future__ import annotations

from functools import cache
from typing import Any

from django import forms
from django.forms import BoundField
from django.forms.renderers import DjangoTemplates, Jinja2
from django.template import TemplateDoesNotExist
from django.utils.safestring import SafeString
from django_filters import FilterSet

HINTS = {
    "date": "As 17/02/2020 or 2020-02-17.",
    "datetime": "As 17/02/2020 14:30 or 2020-02-17 14:30.",
}
CHECKED = (forms.CheckboxInput,)
GROUPED = (forms.RadioSelect, forms.CheckboxSelectMultiple)


class Renderer(Jinja2):
    """Draws Django's own controls by its Jinja templates, several times faster; others by Django's."""

    def get_template(self, template_name: str) -> Any:
        """The template of a control. Raises TemplateDoesNotExist."""
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return DjangoTemplates().get_template(template_name)


@cache
def is_fixed(filters: type[FilterSet]) -> bool:
    """Whether a form of filters offers everybody the same, always: no choice in it is a record or reckoned."""
    known = filters.base_filters.items()
    fields = filters().form.fields
    return all(
        isinstance(one.extra.get("choices"), list | tuple) or not hasattr(fields[name], "choices")
        for name, one in known
    )


def hint(field: BoundField) -> str:
    """What the field's help says, or what fields of its kind want typed."""
    return str(field.help_text or HINTS.get(field.widget_type, ""))


def control(field: BoundField) -> SafeString:
    """The field's control, described by its hint and its error."""
    told = [f"{field.auto_id}_helptext"] if hint(field) else []
    told += [f"{field.auto_id}_error"] if field.errors else []
    attrs: dict[str, Any] = {"aria-describedby": " ".join(told)} if told else {}
    if isinstance(field.field.widget, forms.MultiWidget):
        attrs["aria-label"] = field.label
    if isinstance(field.field.widget, forms.Textarea):
        attrs["rows"] = 6
    if isinstance(field.field.widget, forms.NullBooleanSelect):
        field.field.widget.choices = [("unknown", "any"), ("true", "yes"), ("false", "no")]
    return field.as_widget(attrs=attrs)


def is_checkbox(field: BoundField) -> bool:
    """Whether the label follows the control."""
    return isinstance(field.field.widget, CHECKED)


def is_group(field: BoundField) -> bool:
    """Whether the field is a group of controls, which a legend names."""
    return isinstance(field.field.widget, GROUPED)


def is_long(field: BoundField) -> bool:
    """Whether the field takes the full width."""
    return isinstance(field.field.widget, forms.Textarea | forms.ClearableFileInput | forms.SelectMultiple)
