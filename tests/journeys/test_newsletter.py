"""An editor sees what the check finds and who gets an issue; a reader subscribes, chooses, and ends it again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, environment, sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
MARCH = "/newsletters/2020-03-19/"


def tick(site: Site) -> None:
    """What time does: queued mail goes out, in the demo into files."""
    command = [sys.executable, "-m", "secretariat", "tick"]
    subprocess.run(command, env=environment(site.home), check=True, stdout=subprocess.DEVNULL)


def mailed(site: Site, address: str) -> str:
    """The text of the mail to an address that was sent last."""
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files(site)]
    body = next(one for one in reversed(letters) if one["To"] == address).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def files(site: Site) -> list[Path]:
    return sorted((site.home / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)


def link(text: str, part: str) -> str:
    """The path of the link in a mail that has a part in it."""
    found = re.search(rf"https?://[^/\s]+(/newsletter/{part}/\S+)", text)
    assert found, text
    return found[1]


def test_an_editor_sees_what_stands_against_an_issue_and_who_gets_it(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "party.support")
    page.goto(MARCH)
    axe(page)
    main = page.get_by_role("main")
    expect(main).to_contain_text("readers have less than 3 days")
    main.get_by_role("link", name="Who gets it, and why").click()
    expect(main).to_contain_text("Contact of")
    axe(page)


def test_a_reader_subscribes_confirms_chooses_and_ends_it(browser_page: Page, demo_site: Site, axe: Axe) -> None:
    page = browser_page
    page.goto("/newsletter/subscribe/")
    axe(page)
    page.get_by_label("Your e-mail address").fill("new.reader@example.org")
    main = page.get_by_role("main")
    main.get_by_role("button", name="Subscribe").click()
    expect(page.locator("body")).to_contain_text("Confirm by the link in it")
    tick(demo_site)
    page.goto(link(mailed(demo_site, "new.reader@example.org"), "confirm"))
    axe(page)
    main.get_by_role("button", name="Confirm").click()
    expect(main).to_contain_text("You have confirmed")
    main.get_by_role("link", name="Choose what comes to you").click()
    axe(page)
    page.get_by_label("Events", exact=True).uncheck()
    main.get_by_role("button", name="Save").click()
    main.get_by_role("link", name="Leave without saving").click()
    axe(page)
    main.get_by_role("button", name="Unsubscribe").click()
    expect(main).to_contain_text("It has ended")
