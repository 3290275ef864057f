"""Fixtures that every room's tests share. The settings read DATABASE_URL: SQLite without it, PostgreSQL with it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.apps import apps
from django.core import mail
from django.db.models.signals import post_migrate
from django.test import TransactionTestCase, override_settings
from hypothesis import HealthCheck, settings
from pytest_django import DjangoDbBlocker
from xdist.remote import Producer
from xdist.scheduler.loadscope import LoadScopeScheduling
from xdist.scheduler.protocol import Scheduling

from secretariat.site import tables
from tests.browser import assert_accessible, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

TOGETHER = ("journeys", "golden")
"""Folders whose tests share what takes long to build; every other file is a unit of its own."""
LONGEST = (
    "tests/journeys/",
    "tests/architecture/test_noninterference.py",
    "tests/architecture/test_crawl.py",
    "tests/architecture/test_permissions.py",
    "tests/legaltext/test_publishing_replayed.py",
    "tests/proof/test_hostile.py",
    "tests/site/test_killed.py",
    "tests/site/test_pages.py",
)
"""Begun with, so that no worker is busy long after the other."""
SEALS = "secretariat.core.migrations.0002_seal_the_journal"
"""What our migrations do that stays when tables are emptied."""
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}


settings.register_profile("patient", settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

COLLECTED_AFTER = (50_000, 20, 50)
"""Python looks for lost cycles this seldom here: at its own pace that takes a seventh of the whole run."""


def pytest_sessionstart() -> None:
    """What is loaded by now stays to the end, and is no longer looked through."""
    gc.freeze()
    gc.set_threshold(*COLLECTED_AFTER)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Iterator[None]:
    """Mark what touches the database, so that the run on PostgreSQL can choose it; begin with what takes longest.

    What is marked is chosen among by others, who put tests that need no database last: so order comes after them.
    """
    for item in items:
        if touches_database(item) and not item.get_closest_marker("one_database"):
            item.add_marker(pytest.mark.database)
    yield
    items.sort(key=lambda item: not item.nodeid.startswith(LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling:
    """Workers take whole files, so that what a module or a folder builds is built once."""
    config.option.loadscopereorder = False
    return ByWhatIsShared(config, log)


class ByWhatIsShared(LoadScopeScheduling):
    """A unit of work is what shares fixtures that take long to build."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return next((folder for folder in TOGETHER if f"tests/{folder}/" in file), file)


def touches_database(item: pytest.Item) -> bool:
    """Tell whether a test asks for the database, by mark, fixture or class."""
    asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(asks) or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tables as the models say (`--no-migrations`), and what our migrations do besides tables.

    The demo and its journeys migrate as everybody does. A test that commits leaves empty tables behind, so rows are
    written again after each.
    """

    with django_db_blocker.unblock(), override_settings(MIGRATION_MODULES={}):
        codes = tables.written_by_us()
        tables.do(codes)
    rows = [code for code in codes if code.__module__ != SEALS]
    last = [one for one in apps.get_app_configs() if one.models_module][-1]
    post_migrate.connect(lambda **_told: tables.do(rows), sender=last, weak=False)


@pytest.fixture(autouse=True)
def no_unexpected_mail(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that sends mail without having asked for `mailoutbox`."""
    yield
    if "mailoutbox" in request.fixturenames:
        return
    sent = getattr(mail, "outbox", [])
    if sent:
        listed = "\n".join(f"  {message.subject!r} to {', '.join(message.recipients())}" for message in sent)
        pytest.fail(f"unexpected mail was sent:\n{listed}", pytrace=False)


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One Chromium for the whole run; without it, a skip here and a failure in CI."""
    with pytest.MonkeyPatch.context() as patch:
        # Playwright's synchronous API runs an event loop in this thread, in which Django refuses the database.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        with launched(tmp_path_factory.mktemp("chromium")) as browser:
            yield browser


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Return the check that a page meets WCAG 2.2 AA."""
    return assert_accessible
