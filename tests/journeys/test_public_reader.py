"""A member of the public: finds the latest paper, asks a number where it comes from, and is kept out of the rest."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]


def test_from_the_first_page_to_the_line_of_the_publication(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    page.goto("/")
    axe(page)
    page.get_by_role("link", name="Operations Report").first.click()
    axe(page)
    page.get_by_role("link", name="Read the paper").click()
    page.get_by_role("link", name="1,571", exact=True).click()
    expect(page.get_by_role("main")).to_contain_text("Operations Report, February 2020")
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Operations Report, February 2020").last.click()
    axe(page)


def test_the_files_are_there_for_everybody(browser_page: Page) -> None:
    page = browser_page
    page.goto("/papers/operations-2020-02/")
    for name, ending in (("PDF", "pdf"), ("Word", "docx"), ("HTML", "html"), ("figures as JSON", "json")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name, exact=True).click()
        assert download.value.suggested_filename == f"operations-2020-02.{ending}"


def test_counts_are_told_and_the_records_behind_them_are_not(browser_page: Page) -> None:
    page = browser_page
    page.goto("/papers/operations-2020-02/figures/helpdesk_emails/2020-02/?row=total&column=2020-02")
    expect(page.get_by_role("main")).to_contain_text("2,104")
    expect(page.get_by_role("main")).to_contain_text("you may not read")
    page.goto("/enquiries/")
    expect(page.get_by_role("main")).not_to_contain_text("ENQ-")


def test_a_reference_typed_into_search_leads_to_its_record(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    page.goto("/")
    page.get_by_role("searchbox").fill("MP079")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("MP079")
    axe(page)


@pytest.mark.parametrize(
    "address", ["/proposals/", "/parties/", "/meetings/", "/rulebook/", "/procedures/", "/publications/"]
)
def test_every_public_list_is_accessible(browser_page: Page, axe: Axe, address: str) -> None:
    browser_page.goto(address)
    axe(browser_page)
