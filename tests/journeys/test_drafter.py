"""A drafter: begins a proposal's legal text, changes a clause in the browser, and settles what another draft meets."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
OTHERS = "Clearer words in Section H"
WORDS = "The DCC shall publish the times of its services on its website."


def clause_of_another_draft(page: Page) -> str:
    """The identity of the clause that the sample's pending draft on Section H changes."""
    page.goto("/drafts-of-legal-text/")
    page.get_by_role("main").get_by_role("link", name=OTHERS).first.click()
    changed = page.locator(".redline-changed").first
    expect(changed).to_be_visible()
    return (changed.get_attribute("id") or "").removeprefix("r-")


def begin(page: Page) -> None:
    """Begins a draft of a proposal's legal text from the proposal's page."""
    page.goto("/proposals/MP105/")
    page.get_by_role("link", name="Begin a draft").click()
    page.get_by_label("Document", exact=True).select_option(label="Section H: DCC Services")
    page.get_by_label("Title").fill("When services are down")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("When services are down")


def test_a_drafter_writes_legal_text_in_the_browser_and_settles_a_conflict_before_anybody_votes(
    browser_page: Page, axe: Axe
) -> None:
    page = browser_page
    sign_in(page, "change.analyst")
    uid = clause_of_another_draft(page)
    begin(page)
    axe(page)
    page.get_by_role("link", name="Write the text").click()
    axe(page)
    page.locator(f"#c-{uid}").get_by_role("link", name="Change").first.click()
    page.get_by_label("Text").fill(WORDS)
    page.get_by_label("Why").fill("Users ask for it.")
    axe(page)
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.locator(f"#c-{uid}")).to_contain_text("Changed")
    page.get_by_role("link", name="What it changes, as a redline").click()
    expect(page.locator(f"#r-{uid} ins").first).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("To be settled")
    axe(page)

    page.goto("/proposals/MP105/")
    expect(page.get_by_role("main")).to_contain_text("1 to be settled")
    page.get_by_role("link", name="When services are down").first.click()
    page.get_by_role("link", name="Settle it").click()
    axe(page)
    page.get_by_label("In own words", exact=True).check()
    page.get_by_label("Text, in own words").fill(f"{WORDS} It shall keep them up to date.")
    page.get_by_role("button", name="Settle it").click()
    expect(page.get_by_role("main")).to_contain_text("Settled")
    page.get_by_role("link", name=OTHERS).first.click()
    expect(page.get_by_role("main")).to_contain_text("Settled")
    page.goto("/proposals/MP105/")
    expect(page.get_by_role("main")).to_contain_text("1, none to be settled")
    page.get_by_role("link", name="When services are down").first.click()
    page.get_by_role("link", name="What the checks find").click()
    axe(page)
