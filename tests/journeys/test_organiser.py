"""An organiser plans a day, sees whom it invites and why, opens it, and afterwards tells who came and gives the slides.

A visitor registers by mail and gives the place up; the contact who waited has it.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, environment, set_clock, sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
TITLE = "Engagement day of the journey"
BETWEEN_MAILS = b"-" * 79 + b"\n"
VISITOR = "visitor.of.the.day@example.org"


def tick(site: Site) -> None:
    """What time does: queued mail goes out, in the demo into files."""
    command = [sys.executable, "-m", "secretariat", "tick"]
    subprocess.run(command, env=environment(site.home), check=True, stdout=subprocess.DEVNULL)


def own_link(site: Site, address: str) -> str:
    """The path of the private link in the newest mail to an address; a file holds what one tick sent."""
    for file in sorted((site.home / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns, reverse=True):
        for text in reversed(file.read_bytes().split(BETWEEN_MAILS)):
            letter = message_from_bytes(text, policy=policy.default)
            body = letter.get_body(("plain",))
            if address in str(letter["To"]) and body is not None:
                found = re.search(r"https?://[^/\s]+(/engagement-events/own/\S+)", str(body.get_content()))
                assert found, body.get_content()
                return found[1]
    pytest.fail(f"There is no mail to {address}.")


def saved(page: Page, click: str) -> Path:
    """The file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name=click, exact=True).click()
    return Path(download.value.path())


def plan(page: Page, axe: Axe) -> str:
    """Plans an event of one place for small suppliers and those who are no party; returns its address."""
    page.goto("/engagement-events/new/")
    axe(page)
    page.get_by_label("Kind").select_option("engagement day")
    page.get_by_label("Title").fill(TITLE)
    page.get_by_label("Begins").fill("2020-03-20 10:00")
    page.get_by_label("Ends").fill("2020-03-20 15:00")
    page.get_by_label(re.compile("^Place ")).fill("Birmingham")
    page.get_by_label(re.compile("^Places ")).fill("1")
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    for label in ("Small Supplier", "Anybody else"):
        page.get_by_label(label, exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(TITLE)
    return page.url


def register(page: Page, at: str, **typed: str) -> None:
    """Asks for a place on the event's page."""
    page.goto(at)
    page.get_by_role("main").get_by_role("link", name=re.compile("Register|Join the waiting list")).click()
    for label, text in typed.items():
        page.get_by_label(label.replace("_", " ")).fill(text)
    page.get_by_role("button", name="Ask for a place").click()


def open_and_invite(page: Page, axe: Axe) -> None:
    """Opens the registration, and invites after a look at who is meant and why."""
    main = page.get_by_role("main")
    step(page, "Open the registration")
    main.get_by_role("link", name="Who is invited, and why").click()
    expect(main).to_contain_text("Nothing is sent from this page")
    expect(main.get_by_role("row").nth(1)).to_contain_text("Contact of")
    axe(page)
    main.get_by_role("link", name="Invite them").click()
    main.get_by_role("button").last.click()
    expect(main).to_contain_text("Invite those it is meant for")


def confirm(page: Page, site: Site, axe: Axe) -> None:
    """Opens the link of the mail and confirms."""
    tick(site)
    page.goto(own_link(site, VISITOR))
    axe(page)
    page.get_by_role("button", name="Confirm that I asked").click()
    expect(page.locator("body")).to_contain_text("You have a place.")


def tell_afterwards(page: Page, axe: Axe, slides: Path) -> None:
    """Marks who came, says that it was held, and gives the slides."""
    main = page.get_by_role("main")
    main.get_by_role("link", name="Who came").click()
    axe(page)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Save").click()
    step(page, "It was held")
    main.get_by_role("link", name="Give materials").click()
    page.get_by_label("Title").fill("Slides of the day")
    page.get_by_label("File").set_input_files(slides)
    axe(page)
    page.get_by_role("button", name="Give materials").click()
    expect(main).to_contain_text("Slides of the day")


def test_an_event_from_its_plan_to_its_slides(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe, tmp_path: Path
) -> None:
    desk, visitor, contact = new_page(), new_page(), new_page()
    sign_in(desk, "party.support")
    here = plan(desk, axe)
    open_and_invite(desk, axe)

    register(visitor, here, Your_name="Vera Visitor", Your_e="vera", Organisation="Nobody & Co")
    expect(visitor.get_by_role("main")).to_contain_text("Enter a valid email address")
    visitor.get_by_label("Your e-mail address").fill(VISITOR)
    axe(visitor)
    visitor.get_by_role("button", name="Ask for a place").click()
    expect(visitor.locator("body")).to_contain_text("We have sent a link to that address")
    confirm(visitor, demo_site, axe)

    sign_in(contact, "small.supplier")
    register(contact, here)
    expect(contact.get_by_role("main")).to_contain_text("Place on the waiting list")
    waiting = contact.url
    axe(contact)
    visitor.get_by_role("link", name="Withdraw").click()
    visitor.get_by_role("button", name="Withdraw").click()
    contact.goto(waiting)
    expect(contact.get_by_role("main")).to_contain_text("Has a place")

    desk.goto(here)
    main = desk.get_by_role("main")
    expect(main).to_contain_text("0 of 1 left")
    assert b"BEGIN:VEVENT" in saved(desk, "Calendar file").read_bytes()
    assert saved(desk, "Badges").read_bytes().startswith(b"%PDF")
    main.get_by_role("link", name="Who registered").click()
    expect(main).to_contain_text("Vera Visitor")

    set_clock(demo_site, "2020-03-20T15:30:00+00:00")
    slides = tmp_path / "slides.txt"
    slides.write_text("What was shown.", encoding="utf-8")
    desk.goto(here)
    tell_afterwards(desk, axe, slides)
    contact.goto(here)
    assert saved(contact, "Slides of the day").read_text(encoding="utf-8") == "What was shown."
