"""The clock of the shell's tests stands still."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings


@pytest.fixture(autouse=True)
def standing_still(settings: Settings, tmp_path: Path) -> None:
    """Every request happens on 6 March 2020; limits on attempts begin anew."""
    settings.CLOCK = "2020-03-06T09:00:00+00:00"
    settings.MFA_REQUIRED_ROLES = []
    settings.FILES_ROOT = tmp_path / "files"
    cache.clear()
