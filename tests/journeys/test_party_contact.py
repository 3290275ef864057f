"""A small supplier's contact: what concerns us, when are the meetings, and nothing of anybody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]


def test_the_first_page_is_about_our_own_party(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "small.supplier")
    expect(page.get_by_role("main")).to_contain_text("Green Supplier Limited")
    axe(page)


def test_the_secretariats_lists_are_empty_or_closed(browser_page: Page) -> None:
    page = browser_page
    sign_in(page, "small.supplier")
    for address in ("/figures/", "/journal/", "/load/"):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 403, address
    page.goto("/papers/")
    expect(page.get_by_role("table")).not_to_contain_text("draft", ignore_case=True)


def test_a_phone_is_enough(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, "small.supplier")
    page.goto("/papers/operations-2020-02/read/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    axe(page)
