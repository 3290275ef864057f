"""What the pages of several parts show alike."""

from __future__ import annotations

from typing import Any

from django.db import models

from secretariat.core.pages import Page, reader

Rows = list[tuple[Any, ...]]
"""The rows of a table on a record's page."""


def readable(page: Page, model: type[models.Model]) -> Any:
    """The rows of a model that the reader of a page may read."""
    rows: Any = model._default_manager.all()
    return rows.visible_to(reader(page.request), page.request.at)
