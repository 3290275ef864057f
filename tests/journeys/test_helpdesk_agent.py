"""A helpdesk agent: loads the mailbox's export, is told what is wrong with it, and exports a month."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
GOOD = "number,channel,category,received\nENQ-900001,email,Modifications,2020-03-06 10:00\n"
BAD = GOOD + "ENQ-900002,email,Gardening,2020-03-06 10:00\nENQ-900003,email,Modifications,2020-02-30 10:00\n"


def test_a_file_is_previewed_refused_row_by_row_corrected_and_loaded_once(
    browser_page: Page, axe: Axe, tmp_path: Path
) -> None:
    page = browser_page
    sign_in(page, "helpdesk.agent")
    page.goto("/load/enquiries/")
    axe(page)
    file = tmp_path / "export.csv"
    file.write_text(BAD, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("2 refused")
    expect(main).to_contain_text("Gardening")
    axe(page)
    file.write_text(GOOD, encoding="utf-8")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    expect(main).to_contain_text("1 accepted")
    axe(page)
    main.get_by_role("button", name="Load").click()
    expect(main).to_contain_text("1 accepted")
    page.goto("/enquiries/ENQ-900001/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("ENQ-900001")
    page.goto("/load/enquiries/")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Show what it would do").click()
    expect(main).to_contain_text("1 already there")


def test_a_month_is_filtered_and_exported(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "helpdesk.agent")
    page.goto("/enquiries/?received_in=2020-02&channel=telephone")
    expect(page.get_by_role("main")).to_contain_text("26")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    lines = Path(download.value.path()).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 27


def test_an_agent_works_through_the_queue_without_a_mouse(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "helpdesk.agent")
    page.goto("/queue/?text=Sample+Enquirer&waits_on=us")
    axe(page)
    main = page.get_by_role("main")
    page.keyboard.press("j")
    expect(main.locator("a:focus")).to_be_visible()
    page.keyboard.press("Enter")
    expect(main).to_contain_text("in the queue")
    waiting = int(re.findall(r"1 of (\d+) in the queue", main.inner_text())[0])
    axe(page)
    number = page.locator(".kicker").inner_text()
    page.keyboard.press("5")
    expect(main.locator("[data-key='5']")).to_have_attribute("aria-pressed", "true")
    page.wait_for_load_state()
    page.keyboard.press("r")
    expect(main.locator("textarea:focus")).to_be_in_viewport()
    expect(main.locator(".talk-in .talk-words").first).to_be_in_viewport()
    page.keyboard.type("Dear [[name]], thank you. We see to it. 12")
    page.keyboard.press("Control+Enter")
    expect(main).to_contain_text(f"1 of {waiting - 1} in the queue")
    expect(main).to_contain_text(f"{number} is answered.")
    page.goto(f"/queue/{number}/")
    expect(main).to_contain_text("Dear Sample Enquirer")
    expect(main).to_contain_text("We see to it. 12")
    expect(main).to_contain_text("Waits to be sent.")
    axe(page)


def test_a_mistake_is_taken_back_a_draft_outlives_its_page_and_every_step_is_a_key(
    browser_page: Page, axe: Axe
) -> None:
    page = browser_page
    sign_in(page, "helpdesk.agent")
    page.goto("/queue/?text=Sample+Enquirer&waits_on=us")
    main, keys = page.get_by_role("main"), page.keyboard
    keys.press("j")
    keys.press("Enter")
    expect(page.locator(".kicker")).to_be_visible()
    number = page.locator(".kicker").inner_text()
    keys.press("r")
    keys.type("Half a sentence")
    expect(page.locator("#draft-told")).to_have_text("Kept as a draft.")
    page.goto("/queue/")
    page.goto(f"/queue/{number}/?text=Sample+Enquirer")
    expect(main.locator("textarea#id_text")).to_have_value("Half a sentence")
    keys.press("s")
    expect(main).to_contain_text(f"{number} is answered.")
    keys.press("u")
    expect(page.locator(".kicker")).to_have_text(number)
    expect(main.locator("textarea#id_text")).to_have_value("Half a sentence")
    expect(main).to_contain_text("Was taken back and not sent.")
    keys.press("z")
    expect(main.get_by_role("heading", level=1)).to_have_text("Put off until a time")
    axe(page)
    keys.press("2")
    expect(main).to_contain_text(f"{number} waits to be looked at again on Wed 11 Mar 2020, 09:00")
    keys.press("u")
    expect(page.locator(".kicker")).to_have_text(number)
    keys.press("n")
    expect(main.locator("textarea:focus")).to_be_visible()
    keys.type("Between us.")
    keys.press("Control+Enter")
    expect(main).to_contain_text("Between us.")
    keys.press("h")
    expect(main.locator("select:focus")).to_be_visible()
    keys.press("Escape")
    keys.press("q")
    expect(page.locator(".kicker")).to_have_text(number)
    keys.press("c")
    expect(main.locator("input:focus")).to_be_visible()
    keys.type("It was a thank you.")
    keys.press("Enter")
    expect(main).to_contain_text(f"{number} is answered.")


def test_single_keys_are_turned_off_and_stay_off(browser_page: Page, axe: Axe) -> None:
    page = browser_page
    sign_in(page, "helpdesk.agent")
    page.goto("/queue/keys/")
    axe(page)
    page.get_by_role("button", name="turn them off").click()
    page.goto("/queue/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "BODY"
    page.goto("/queue/keys/")
    page.get_by_role("button", name="turn them on").click()
    page.goto("/queue/")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.tagName") == "A"
