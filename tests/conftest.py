"""Fixtures that every room's tests share. The settings read DATABASE_URL: SQLite without it, PostgreSQL with it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pytest
from django.core import mail
from django.test import TransactionTestCase

from tests.browser import assert_accessible, launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DATABASE_FIXTURES = {"db", "transactional_db", "django_db_reset_sequences", "django_db_setup", "live_server"}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches the database, so that the run on PostgreSQL can choose it."""
    for item in items:
        if touches_database(item):
            item.add_marker(pytest.mark.database)


def touches_database(item: pytest.Item) -> bool:
    """Tell whether a test asks for the database, by mark, fixture or class."""
    asks = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
    return bool(asks) or issubclass(getattr(item, "cls", None) or object, TransactionTestCase)


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
