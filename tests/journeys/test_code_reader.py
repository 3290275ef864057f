"""Reading the code: from the contents to one clause on a past day, what it leads to, and an obligation confirmed."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]


def says(page: Page, *words: str) -> None:
    """The page says all of this."""
    for each in words:
        expect(page.get_by_role("main")).to_contain_text(each)


def words_of_the_clause(page: Page) -> str:
    """The text of the clause alone."""
    return page.locator(".law .clause").first.inner_text()


def test_a_reader_opens_a_clause_as_it_stood_and_follows_what_it_says(new_page: Callable[[], Page], axe: Axe) -> None:
    page = new_page()
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="The code", exact=True).first.click()
    says(page, "As it stands on", "Sections", "Schedules", "Appendices")
    axe(page)
    page.get_by_role("main").get_by_role("link", name=re.compile("^Section H")).click()
    says(page, "DCC Services", "in force", "This text is invented")
    axe(page)
    page.get_by_label("On the day").fill("1 March 2018")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page).to_have_url(re.compile("/code/section-h/2018-03-01/$"))
    says(page, "As it stood on Thu 1 Mar 2018", "past")
    page.get_by_role("link", name="H1.1", exact=True).first.click()
    says(page, "Section H1.1", "Who must do what", "History", "Referred to by")
    axe(page)
    read = words_of_the_clause(page)
    page.goto(page.get_by_label("Address that answers the same for ever").input_value())
    assert words_of_the_clause(page) == read
    page.locator("a.term").first.click()
    says(page, "means")
    page.go_back()
    page.get_by_role("link", name=re.compile("After:")).click()
    says(page, "Section H1.2")
    page.locator("a.reference").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile(r"(Section|Clause|Schedule|Appendix)"))


def test_a_reader_searches_the_code_and_its_terms_on_a_phone(new_page: Callable[[], Page], axe: Axe) -> None:
    page = new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/code/")
    page.get_by_label("Words in the code").fill("“Working Days after the end of”")
    page.get_by_role("button", name="Search the code").click()
    says(page, "clauses on")
    expect(page.locator("mark").first).to_have_text("Working Days after the end of")
    axe(page)
    page.goto("/code/definitions/?q=working")
    says(page, "Working Day", "means")
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_analyst_confirms_an_obligation_that_the_patterns_found(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    page = new_page()
    sign_in(page, "change.analyst")
    page.goto("/code/section-h/obligations/?timed=1")
    says(page, "shall", "obligations")
    axe(page)
    first = page.locator(".obligations > li").first
    told = first.locator(".duty-line").inner_text()
    first.get_by_role("button", name=re.compile("Confirm")).click()
    expect(page.locator(".obligations > li").first).to_contain_text("Confirmed")
    page.get_by_role("link", name="Confirmed").first.click()
    says(page, told.split(" must")[0], "The code says so today", "yes")
    axe(page)
    page.goto("/code/checks/")
    says(page, "documents read together")
    axe(page)
