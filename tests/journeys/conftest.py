"""Journeys drive the demo as a newcomer builds it: its own command, its own server, its own home folder."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page

from tests.browser import report_errors
from tests.site.own_database import ROOT

PASSWORD = "secretariat-demo-2020"
PATIENCE = 60
DATABASE = "secretariat.sqlite3"
SIGNED_IN: dict[str, Any] = {}
"""The browser's cookies of who has signed in, by their name in the sample."""


class Site(NamedTuple):
    """A demo that is being served."""

    url: str
    home: Path


def environment(home: Path) -> dict[str, str]:
    """A newcomer's environment: nothing of the tests' own, SQLite, a home folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("SECRETARIAT_", "DATABASE_"))}
    return kept | {"SECRETARIAT_HOME": str(home), "SECRETARIAT_WORKERS": "1"}


@pytest.fixture(scope="session")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as `secretariat demo --no-serve` leaves it; in CI, where nobody else has a hand in it, the one there."""
    built = ROOT / "var"
    if os.environ.get("CI") == "true" and (built / "demo").exists():
        return built
    home = tmp_path_factory.mktemp("demo") / "home"
    command = [sys.executable, "-m", "secretariat", "demo", "--no-serve"]
    subprocess.run(command, env=environment(home), check=True, stdout=subprocess.DEVNULL)
    return home


@pytest.fixture(scope="session")
def served(demo_home: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A copy of the demo, served to all journeys of the run: starting a server takes seconds."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(demo_home, home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "secretariat", "serve", "--port", str(port)]
    server = subprocess.Popen(command, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    url = f"http://127.0.0.1:{port}"
    try:
        _wait(f"{url}/health")
        yield Site(url, home)
    finally:
        server.terminate()
        server.wait(timeout=20)


@pytest.fixture(scope="module")
def demo_site(served: Site, demo_home: Path) -> Site:
    """The demo as it was built, for one person's job: its records and its files, and nothing of the job before.

    Who signed in stays signed in: to hash a password takes the better part of a second.
    """
    with (
        closing(sqlite3.connect(demo_home / DATABASE)) as built,
        closing(sqlite3.connect(served.home / DATABASE)) as now,
    ):
        sessions = now.execute("SELECT * FROM django_session").fetchall()
        built.backup(now)
        now.executemany("INSERT OR REPLACE INTO django_session VALUES (?, ?, ?)", sessions)
        now.commit()
    for kept in served.home.iterdir():
        if not kept.name.startswith(DATABASE):
            shutil.rmtree(kept) if kept.is_dir() else kept.unlink()
    beside = shutil.ignore_patterns(f"{DATABASE}*")
    shutil.copytree(demo_home, served.home, dirs_exist_ok=True, ignore=beside)
    return served


def _wait(url: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"The demo did not answer at {url} within {PATIENCE} seconds.")


def sign_in(page: Page, who: str, password: str = PASSWORD) -> None:
    """Signs in as one of the demo's people, or as somebody who chose a password since; once in a run by the form."""
    if who in SIGNED_IN:
        page.context.add_cookies(SIGNED_IN[who])
        page.goto("/")
        return
    page.goto("/account/login/")
    page.get_by_label("Email", exact=True).fill(f"{who}@example.org")
    page.get_by_label("Password", exact=True).fill(password)
    page.get_by_role("main").get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    SIGNED_IN[who] = page.context.cookies()


def set_clock(site: Site, text: str) -> None:
    """Moves the demo's clock."""
    (site.home / "clock").write_text(text, encoding="ascii")


def step(page: Page, label: str, **facts: str) -> None:
    """Takes a step from a record's page."""
    link = page.get_by_role("main").get_by_role("link", name=label, exact=True)
    if not link.is_visible():
        page.get_by_text("Other steps").click()
    link.click()
    for name, value in facts.items():
        page.get_by_label(name.capitalize(), exact=True).fill(value)
    page.get_by_role("main").get_by_role("button").last.click()


@pytest.fixture
def new_page(chromium: Browser, demo_site: Site) -> Iterator[Callable[[], Page]]:
    """Return a function that opens a page in a browser session of its own: one for each person of the journey.

    What goes wrong in any of the pages, out of sight of the person, fails the test.
    """
    contexts, errors = [], []

    def open_page() -> Page:
        context = chromium.new_context(base_url=demo_site.url, locale="en-GB", timezone_id="Europe/London")
        contexts.append(context)
        page = context.new_page()
        report_errors(page, errors)
        return page

    yield open_page
    for context in contexts:
        context.close()
    if errors:
        pytest.fail("the browser reported:\n  " + "\n  ".join(errors), pytrace=False)


@pytest.fixture
def browser_page(new_page: Callable[[], Page]) -> Page:
    """One person's page."""
    return new_page()
