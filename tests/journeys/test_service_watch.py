"""Those who watch the central service: the DCC reports and explains, a member asks and notes, an analyst looks why."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from secretariat.plain.months import Month
from secretariat.site.sample.facts import table
from secretariat.site.sample.performance import HEAD, rows_of_month
from tests.journeys.conftest import sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]


def send(page: Page, file: Path) -> None:
    """Sends a return of February in."""
    page.goto("/performance-returns/new/")
    page.get_by_label("Month").fill("2020-02")
    page.get_by_label("File", exact=True).set_input_files(file)
    page.get_by_role("main").get_by_role("button").last.click()


def test_a_return_is_corrected_explained_asked_about_and_noted(
    new_page: Callable[[], Page], axe: Axe, tmp_path: Path
) -> None:
    right, wrong = tmp_path / "february.csv", tmp_path / "january-again.csv"
    right.write_bytes(table(HEAD, list(rows_of_month(Month(2020, 2)))))
    wrong.write_bytes(table(HEAD, [("CPM1", "2020-01", "DCC", "Q", "", "", "", "94", "", "", "")]))
    dcc = new_page()
    sign_in(dcc, "dcc.representative")
    send(dcc, wrong)
    main = dcc.get_by_role("main")
    expect(main).to_contain_text("“Q” is no region")
    axe(dcc)
    send(dcc, right)
    expect(dcc.get_by_role("heading", level=1)).to_contain_text("February 2020")
    axe(dcc)
    kept = dcc.url

    member = new_page()
    sign_in(member, "operations.member")
    member.goto("/service-performance/2020-02/")
    expect(member.get_by_role("main")).to_contain_text("below")
    axe(member)
    member.goto(kept)
    step(member, "Ask the DCC about it")
    member.get_by_label("What is to be explained").fill("Why are payloads late in the North again?")
    member.get_by_role("main").get_by_role("button").last.click()
    expect(member.get_by_role("main")).to_contain_text("late in the North again")

    dcc.goto(kept)
    dcc.get_by_role("main").get_by_role("link", name="Answer the question").click()
    dcc.get_by_label("Answer").fill("The gateway of the North is slow (invented).")
    dcc.get_by_role("main").get_by_role("button").last.click()
    expect(dcc.get_by_role("main")).to_contain_text("gateway of the North is slow")

    member.goto("/tracker-entries/")
    member.get_by_role("link", name="TRK-0001").click()
    axe(member)


def test_an_analyst_sees_what_remains_without_a_set_and_where_it_comes_from(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "operations.lead")
    page.get_by_role("link", name="Central service").first.click()
    axe(page)
    page.get_by_role("main").get_by_role("link", name="Alerts", exact=True).click()
    axe(page)
    page.get_by_role("link", name="Models with most alerts for each device").click()
    axe(page)
    page.get_by_role("link", name="Remove a set: what remains").click()
    page.get_by_label("Without").fill("2 * 8F3E")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("main")).to_contain_text("The query")
    axe(page)
    page.goto("/communications-hubs/")
    expect(page.get_by_role("main")).to_contain_text("0 of 300 are faulty")
    axe(page)
    page.get_by_role("link", name="Workaround for missing addresses").click()
    expect(page.get_by_role("main")).to_contain_text("No effect is shown")
    axe(page)
