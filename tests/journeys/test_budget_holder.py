"""A budget holder: books a week in a minute, brings a budget to 1 April, accounts for a month, has expenses paid."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, set_clock, sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
HEAD = "reference,day,category,description,pounds\n"
GOOD = HEAD + 'J-1,2020-02-27,Projects,Workshop,"1,250.40"\nJ-2,2020-02-28,SECCo professional services,Credit,-50.40\n'
BAD = GOOD + "J-3,2020-02-30,Projects,Hall,12.00\nJ-4,2020-02-28,Gardening,Spade,9.99\n"
LINES = (
    "SECAS contract,Core services,4000000.00,4100000.00,4200000.00\n"
    "Panel; Board,Members,1.00,2.00,3.00\n"
    "Projects,Data quality,500000.00,250000.50,0.00,0 0 0 1 1 1 1 1 1 0 0 0\n"
)


def take(page: Page, label: str, **typed: str) -> None:
    """Takes a step from a record's page; a fact is named by its label, with underscores for spaces."""
    link = page.get_by_role("main").get_by_role("link", name=label, exact=True)
    if not link.is_visible():
        page.get_by_text("Other steps").click()
    link.click()
    for name, value in typed.items():
        page.get_by_label(name.replace("_", " "), exact=True).fill(value)
    page.get_by_role("main").get_by_role("button").last.click()


def test_a_week_takes_a_minute_and_a_correction_leaves_its_trace(browser_page: Page, demo_site: Site, axe: Axe) -> None:
    page = browser_page
    set_clock(demo_site, "2020-03-06T16:00:00+00:00")
    sign_in(page, "change.analyst")
    page.goto("/my-week/")
    main = page.get_by_role("main")
    axe(page)
    main.locator("tbody input").first.focus()
    for _ in range(5):
        page.keyboard.type("1")
        page.keyboard.press("Tab")
    main.get_by_role("button", name="Save and close the week").click()
    expect(main).to_contain_text("5.00")

    set_clock(demo_site, "2020-03-13T16:00:00+00:00")
    page.goto("/my-week/")
    expect(main).to_contain_text("It begins with last week's days")
    expect(main.locator("tbody input").first).to_have_value("1.00")
    axe(page)
    main.get_by_role("button", name="Save and close the week").click()
    expect(main).to_contain_text("5.00")

    take(page, "Reopen to put it right", Why="Friday was half a day.")
    main.get_by_role("link", name="5.00").click()
    friday = main.locator("tbody tr").first.locator("input").nth(4)
    friday.fill("0.5")
    main.get_by_role("button", name="Save and close the week").click()
    expect(main).to_contain_text("4.50")
    main.get_by_role("link", name="Fri 13 Mar 2020").click()
    expect(main).to_contain_text("Hundredths: was 100 → now 50")
    axe(page)


def test_a_budget_of_three_years_is_consulted_on_approved_and_takes_effect(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    set_clock(demo_site, "2020-12-21T10:00:00+00:00")
    page = new_page()
    main = page.get_by_role("main")
    sign_in(page, "operations.lead")
    page.goto("/budgets/new/")
    page.get_by_label("Begins on 1 April of").fill("2021")
    main.get_by_role("button", name="Save").click()
    expect(page).to_have_url(re.compile("/budgets/2021/"))

    version(page, "0.1", "2020-12-21", LINES)
    expect(main).to_contain_text("“Panel; Board” is not a category")
    axe(page)
    lines = LINES.replace("Panel; Board", '"Panel, Board and Sub-Committees"')
    page.get_by_label("Lines").fill(lines)
    main.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("£4,500,001.00")
    expect(main).to_contain_text("£4,350,002.50")

    page.goto("/budgets/2021/")
    take(page, "Put to the finance group")
    take(page, "Put to the Panel")
    main.get_by_role("link", name="Prepare the consultation").click()
    page.get_by_label("Closes").fill("2021-01-29 17:00")
    main.get_by_role("button", name="Begin it as a draft").click()
    consultation = page.url
    set_clock(demo_site, "2021-01-04T10:00:00+00:00")
    take(page, "Open now")
    page.goto("/budgets/2021/")
    take(page, "Consult on it")

    public = new_page()
    public.goto("/budgets/2021/")
    expect(public.get_by_role("main")).to_contain_text("£4,500,001.00")
    axe(public)

    set_clock(demo_site, "2021-02-15T10:00:00+00:00")
    page.goto(consultation)
    take(page, "Close")
    page.goto("/budgets/2021/version/")
    version(page, "1.0", "2021-02-12", lines.replace("500000.00", "480000.00"))
    page.goto("/budgets/2021/")
    expect(main).to_contain_text("−£20,000.00")
    take(page, "Record the Panel's approval", Approved_by_the_Panel_on="2021-02-12",
         Published_as_Draft_Budget_on="2021-02-15")  # fmt: skip
    expect(main).to_contain_text("Mon 8 Mar 2021")
    axe(page)
    take(page, "Record as the Approved Budget")
    expect(main).to_contain_text("15 Working Days after it was published")
    set_clock(demo_site, "2021-04-01T00:30:00+01:00")
    page.goto("/budgets/2021/")
    take(page, "Record as the Approved Budget")
    take(page, "Take effect")
    expect(main.locator(".standing")).to_contain_text("Effective")
    expect(main).to_contain_text("Thu 1 Apr 2021")


def version(page: Page, number: str, day: str, lines: str) -> None:
    """Writes a new version of a budget."""
    if not page.url.endswith("/version/"):
        page.get_by_role("main").get_by_role("link", name="Write a new version").click()
    page.get_by_label("Number").fill(number)
    page.get_by_label("Dated").fill(day)
    page.get_by_label("Lines").fill(lines)
    page.get_by_role("main").get_by_role("button", name="Save").click()


def test_a_month_is_accounted_for_and_its_variance_explained(
    browser_page: Page, demo_site: Site, axe: Axe, tmp_path: Path
) -> None:
    page = browser_page
    main = page.get_by_role("main")
    set_clock(demo_site, "2020-03-09T10:00:00+00:00")
    sign_in(page, "operations.lead")
    file = tmp_path / "accounts.csv"
    for text, said in ((BAD, "2 refused"), (GOOD, "2 accepted")):
        file.write_text(text, encoding="utf-8")
        page.goto("/load/budget-spend/")
        page.locator("input[type=file]").set_input_files(file)
        main.get_by_role("button", name="Show what it would do").click()
        expect(main).to_contain_text(said)
        axe(page)
    main.get_by_role("button", name="Load 2 rows").click()
    page.goto("/spend-entries/new/")
    page.get_by_label("Category").select_option("Projects")
    for label, value in (("Reference", "J-5"), ("Spent on", "2020-02-28"), ("Description", "Printing"),
                         ("Pounds", "99.60")):  # fmt: skip
        page.get_by_label(label, exact=True).fill(value)
    main.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("£99.60")

    page.goto("/budget-months/")
    main.get_by_role("link", name="February 2020").click()
    expect(main).to_contain_text("Projects")
    axe(page)
    month = page.url
    take(page, "Close the month")
    expect(main).to_contain_text("is explained before its month closes")
    page.goto(month)
    main.get_by_role("link", name="Explain a variance").click()
    page.get_by_label("Category").select_option("Projects")
    page.get_by_label("Why").fill("Two workshops came earlier than planned.")
    main.get_by_role("button", name="Explain a variance").click()
    expect(main).to_contain_text("£672,350.00")
    take(page, "Close the month")
    expect(main).to_contain_text("closed")


def test_expenses_are_claimed_approved_by_somebody_else_and_paid(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe, tmp_path: Path
) -> None:
    set_clock(demo_site, "2020-03-09T10:00:00+00:00")
    receipt = tmp_path / "ticket.pdf"
    receipt.write_bytes(b"%PDF-1.4 an invented ticket")
    member, checks, approves = new_page(), new_page(), new_page()
    sign_in(member, "panel.member")
    member.goto("/expenses-claims/new/")
    member.get_by_label("Purpose").fill("Panel of 6 March")
    member.get_by_role("main").get_by_role("button", name="Save").click()
    claim = member.url
    member.get_by_role("link", name="Add an item").click()
    member.get_by_label("What").select_option("rail")
    member.get_by_label("Spent on").fill("2020-03-06")
    member.get_by_label("Description").fill("Train there and back")
    member.get_by_label("Pounds").fill("€64.30")
    button = member.get_by_role("main").get_by_role("button", name="Save")
    button.click()
    expect(member.get_by_role("main")).to_contain_text("is not an amount in pounds")
    axe(member)
    member.get_by_label("Pounds").fill("64.30")
    member.get_by_label("Receipt").set_input_files(receipt)
    button.click()
    expect(member.get_by_role("main")).to_contain_text("£64.30")
    take(member, "Send in")
    axe(member)

    sign_in(checks, "operations.reviewer")
    checks.goto(claim)
    with checks.expect_download():
        checks.get_by_role("link", name="ticket.pdf").click()
    take(checks, "Record as checked")
    expect(checks.get_by_role("main").get_by_role("link", name="Approve", exact=True)).to_have_count(0)
    sign_in(approves, "operations.lead")
    approves.goto(claim)
    take(approves, "Approve")
    checks.goto(claim)
    take(checks, "Record as paid", Paid_on="2020-03-09", Reference_of_the_payment="BACS 0309")
    member.goto(claim)
    expect(member.get_by_role("main")).to_contain_text("BACS 0309")
    axe(member)

    outsider = new_page()
    sign_in(outsider, "helpdesk.agent")
    answer = outsider.goto(claim)
    assert answer is not None
    assert answer.status == 404
