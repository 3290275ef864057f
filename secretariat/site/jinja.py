"""The Jinja environment of our own pages."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.templatetags.static import static
from django_filters import FilterSet
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from secretariat.core.classification import STATEMENTS, Class
from secretariat.core.lists import shown
from secretariat.core.procedure import who_sentence
from secretariat.plain.dates import instant, long_date, plain_date
from secretariat.site import forms, words


def environment(**options: Any) -> Environment:
    """Undefined names are errors; values print as people read them."""
    strict = {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True}
    env = Environment(**{**options, **strict})  # noqa: S701 - Django passes autoescape on
    env.globals.update(
        static=static,
        url=words.address,
        url_or_none=words.address_or_none,
        Class=Class,
        class_statement=class_statement,
        who_sentence=who_sentence,
    )

    @cache
    def badge(word: str) -> Markup:
        """The badge of a class, drawn once for each of the four: a list shows one in every row."""
        made: Markup = part("badge")(word)
        return made

    def drawn(chosen: FilterSet) -> Markup:
        """The fields of a list's filters; those that nobody filled in, and that never differ, are drawn once."""
        if chosen.is_bound or not forms.is_fixed(type(chosen)):
            return fields(chosen.form)
        return unfilled(type(chosen))

    @cache
    def unfilled(filters: type[FilterSet]) -> Markup:
        return fields(filters().form)

    def fields(form: Any) -> Markup:
        made: Markup = part("fields")(form, mark_optional=False)
        return made

    def part(name: str) -> Any:
        """A macro of the components."""
        return getattr(env.get_template("site/components.html").module, name)

    env.filters.update(
        badge=badge,
        drawn=drawn,
        shown=shown,
        day=long_date,
        plain_day=plain_date,
        instant=instant,
        class_word=lambda value: Class(value).label,
        capital=words.capital,
        linked=words.linked,
        address_of=words.address_of,
        amount=words.amount,
        came_from=words.came_from,
        kind_word=words.kind_word,
        caused_by=words.caused_by,
        happened=words.happened,
        told=words.told,
        hint=forms.hint,
        control=forms.control,
    )
    env.tests.update(
        numeric=words.is_numeric,
        short=words.is_short,
        checkbox=forms.is_checkbox,
        fieldgroup=forms.is_group,
        longfield=forms.is_long,
    )
    return env


def class_statement(word: str) -> str:
    """Who may read what is of a class, given its word."""
    return STATEMENTS[Class[word.upper()]]
