"""What the pages of several parts show alike: the rows that their reader may read, and facts that say something."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models

from secretariat.core.pages import Fact, Page, reader
from secretariat.plain.dates import long_date

Rows = list[tuple[Any, ...]]
"""The rows of a table on a record's page."""


def readable(page: Page, model: type[models.Model]) -> Any:
    """The rows of a model that the reader of a page may read."""
    rows: Any = model._default_manager.all()
    return rows.visible_to(reader(page.request), page.request.at)


def those_told(*pairs: tuple[str, Any]) -> list[Fact]:
    """A fact for each pair that has something to say."""
    return [Fact(label, value) for label, value in pairs if value]


def day_words(day: date | None) -> str:
    """A day in words; nothing where there is none."""
    return long_date(day) if day else ""
