"""The migrations say what the models say."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command


@pytest.mark.django_db
def test_no_migration_is_missing(settings: Any) -> None:
    settings.MIGRATION_MODULES = {}
    told = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=told)
    except SystemExit:
        pytest.fail(told.getvalue(), pytrace=False)
