"""The sample administration, built once for every test that reads it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from secretariat.site.sample.build import build


@pytest.fixture(scope="package")
def home(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Path]:
    """The home folder of the sample; it is taken back when the last of these tests is done.

    A test case closes the connection behind it; here it would take the sample with it.
    """
    folder = tmp_path_factory.mktemp("sample")
    settled = override_settings(HOME=folder, FILES_ROOT=folder / "files", READINGS_ROOT=folder / "readings")
    with django_db_blocker.unblock(), settled, pytest.MonkeyPatch.context() as patch, transaction.atomic():
        patch.setattr(connection, "close", lambda: None)
        build(lambda line: None)
        yield folder
        transaction.set_rollback(True)
