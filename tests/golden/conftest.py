"""The sample administration, built once for every test that reads it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import transaction
from pytest_django import DjangoDbBlocker

from secretariat.site.sample.build import enter


@pytest.fixture(scope="package")
def sample(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The whole sample, in a transaction that is rolled back when the last of these tests is done."""
    kept = settings.FILES_ROOT
    settings.FILES_ROOT = Path(tempfile.mkdtemp(prefix="secretariat-golden-"))
    with django_db_blocker.unblock():
        whole = transaction.atomic()
        whole.__enter__()
        enter(lambda line: None)
        yield
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
    settings.FILES_ROOT = kept
