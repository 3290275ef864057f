"""The operations lead: the month's paper, from last month's words to an issued paper that can be asked why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]


def test_last_months_words_are_affirmed_or_rewritten_before_review(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "operations.lead")
    expect(page.get_by_role("heading", name="Waiting on you")).to_be_visible()
    axe(page)
    page.goto("/papers/operations-2020-03/")
    expect(page.get_by_role("heading", name="Operations Report: March 2020")).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Review", exact=True).click()
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("alert")).to_contain_text("carried over")
    axe(page)
    page.goto("/papers/operations-2020-03/sections/change/")
    first = page.get_by_role("article").first
    expect(first).to_contain_text("printed 50 and now prints")
    axe(page)
    first.get_by_role("button", name="Still true").click()
    expect(page.get_by_role("article").first).to_contain_text("Affirmed")
    second = page.get_by_role("article").nth(1)
    second.get_by_text("Rewrite or remove").click()
    second.get_by_label("Text").fill("In [[month]] [[implemented|count:modification,modifications]] went live.")
    second.get_by_role("button", name="Save the rewritten text").click()
    expect(page.get_by_role("article").nth(1)).to_contain_text("In March 2020 no modifications went live.")


def test_a_field_that_names_nothing_is_refused_and_the_text_kept(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "operations.lead")
    page.goto("/papers/operations-2020-03/sections/effort/")
    page.get_by_label("Text").last.fill("We worked [[days_by_nobody]] days.")
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("names nothing in the record")
    expect(page.get_by_label("Text").last).to_have_value("We worked [[days_by_nobody]] days.")
    axe(page)


def test_a_number_opens_and_a_later_correction_shows_on_the_issued_paper(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "operations.lead")
    page.goto("/papers/operations-2020-02/read/")
    axe(page)
    page.get_by_role("link", name="2,104", exact=True).first.click()
    expect(page.get_by_role("main")).to_contain_text("Counted from 2,104 records")
    axe(page)
    page.get_by_role("main").get_by_role("listitem").get_by_role("link").first.click()
    axe(page)
    page.get_by_role("link", name="Amend").click()
    other = page.get_by_label("Category").locator("option", has_text="Other").first.get_attribute("value")
    page.get_by_label("Category").select_option(other)
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.goto("/papers/operations-2020-02/differences/")
    expect(page.get_by_role("table")).to_contain_text("Helpdesk e-mails by category: Other, Feb 20")
    expect(page.get_by_role("table")).to_contain_text("Now counted")
    axe(page)
    page.goto("/papers/operations-2020-02/")
    page.get_by_role("link", name="Restate as a new version").click()
    page.get_by_label("Reason").fill("An enquiry stood under the wrong category.")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", name="(version 2)")).to_be_visible()
    axe(page)
