"""A publisher: plans the next version of the code, fills it with approved text, checks it whole and publishes it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
DRAFT = "Clearer words in Section H"


def approve(page: Page) -> None:
    """Approves the sample's pending draft, which is about no proposal."""
    page.goto("/drafts-of-legal-text/")
    page.get_by_role("main").get_by_role("link", name=DRAFT).first.click()
    step(page, "Approve")
    expect(page.locator(".standing")).to_contain_text("Approved")


def plan(page: Page) -> None:
    """Plans a version, after one with a number out of its place was refused."""
    page.goto("/planned-code-versions/")
    page.get_by_role("link", name="Enter a planned code version").click()
    page.get_by_label("Number").fill("28.1")
    page.get_by_label("In effect from").fill("2020-12-10")
    page.get_by_label("Cause").fill("An invented release of December 2020")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("alert")).to_contain_text("DOC-2")
    page.get_by_label("Number").fill("28.0")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("28.0")


def test_a_publisher_gathers_approved_text_checks_it_whole_and_publishes_it(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "change.analyst")
    approve(page)
    plan(page)
    axe(page)
    page.get_by_role("link", name="Gather approved drafts").click()
    axe(page)
    page.get_by_label(DRAFT).check()
    page.get_by_label("Reference").fill("An invented modification")
    page.get_by_role("main").get_by_role("button", name="Save").click()
    expect(page.get_by_role("main")).to_contain_text("An invented modification")
    page.get_by_role("link", name="See what publishing it would do").click()
    expect(page.get_by_role("main")).to_contain_text("Section H")
    expect(page.get_by_role("main")).not_to_contain_text("cannot be published")
    axe(page)
    page.get_by_role("link", name="Back to the plan").click()
    step(page, "Check it as a whole")
    step(page, "Publish")
    expect(page.locator(".standing")).to_contain_text("Published")
    axe(page)
    page.get_by_role("link", name="Make it again and compare").click()
    expect(page.get_by_role("main")).to_contain_text("byte by byte as they were kept")
    axe(page)

    page.goto("/code-versions/")
    page.get_by_role("main").get_by_role("link", name="28.0").click()
    axe(page)
    link = page.get_by_role("link", name="code-28.0.zip").get_attribute("href") or ""
    names = zipfile.ZipFile(io.BytesIO(page.request.get(link).body())).namelist()
    assert {"redlines/section-h.docx", "texts/section-h.docx", "notes.pdf", "document-log.xlsx"} <= set(names)
    page.goto("/document-log/?on=2020-12-10")
    expect(page.get_by_role("main")).to_contain_text("DCC Services")
    axe(page)
