"""An editor makes an issue from the record and an article of guidance; a reader subscribes, chooses, and ends it."""

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
DAY = "2020-03-12"
ISSUE = f"/newsletters/{DAY}/"
OVER = "Answer by [[call:2020-03-11 17:00|Nominations]] on [[proposal:MP081|named]], please."


def tick(site: Site) -> None:
    """What time does: queued mail goes out, in the demo into files."""
    command = [sys.executable, "-m", "secretariat", "tick"]
    subprocess.run(command, env=environment(site.home), check=True, stdout=subprocess.DEVNULL)


def mailed(site: Site, address: str) -> str:
    """The text of the mail to an address that was sent last."""
    letters = [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files(site)]
    body = next(one for one in reversed(letters) if one["To"] == address).get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def files(site: Site) -> list[Path]:
    return sorted((site.home / "mail").iterdir(), key=lambda file: file.stat().st_mtime_ns)


def link(text: str, part: str) -> str:
    """The path of the link in a mail that has a part in it."""
    found = re.search(rf"https?://[^/\s]+(/newsletter/{part}/\S+)", text)
    assert found, text
    return found[1]


def test_a_reader_subscribes_confirms_chooses_and_ends_it(browser_page: Page, demo_site: Site, axe: Axe) -> None:
    page = browser_page
    page.goto("/newsletters/")
    main = page.get_by_role("main")
    main.get_by_role("link", name="Subscribe to the newsletter").click()
    axe(page)
    page.get_by_label("Your e-mail address").fill("new.reader@example.org")
    page.get_by_label("You read it as").select_option("Network operator")
    page.get_by_label("How often").select_option("The first of each month")
    main.get_by_role("button", name="Subscribe").click()
    expect(page.locator("body")).to_contain_text("Confirm by the link in it")
    tick(demo_site)
    confirm = link(mailed(demo_site, "new.reader@example.org"), "confirm")
    page.goto(confirm)
    axe(page)
    main.get_by_role("button", name="Confirm").click()
    expect(main).to_contain_text("You have confirmed")
    main.get_by_role("link", name="Choose what comes to you").click()
    axe(page)
    expect(page.get_by_label("You read it as")).to_have_value("network")
    page.get_by_label("Events", exact=True).uncheck()
    main.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Events", exact=True)).not_to_be_checked()
    main.get_by_role("link", name="Leave without saving").click()
    axe(page)
    main.get_by_role("button", name="Unsubscribe").click()
    expect(main).to_contain_text("It has ended")
    assert page.goto(confirm).status == 404  # type: ignore[union-attr]


def test_an_editor_makes_an_issue_mends_what_is_found_and_sends_it(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    editor = new_page()
    sign_in(editor, "party.support")
    main = editor.get_by_role("main")
    editor.goto("/newsletters/")
    main.get_by_role("link", name="Enter a newsletter").click()
    editor.get_by_label("Title").fill("SEC Newsletter, an extra one")
    editor.get_by_label("Day", exact=True).fill(DAY)
    axe(editor)
    main.get_by_role("button", name="Save").click()
    expect(main.get_by_role("article")).to_contain_text("Key dates")

    write(editor, "Governance", OVER)
    expect(main).to_contain_text("It closed at 17:00 on 11 March 2020, before the newsletter is sent. Take it out.")
    axe(editor)
    main.get_by_role("link", name="Nominations", exact=True).click()
    editor.get_by_label("Text", exact=True).fill(OVER.replace("11 17", "30 17"))
    main.get_by_role("button", name="Save").click()
    expect(main.get_by_role("article")).to_contain_text("Answer by 17:00 on 30 March 2020 on MP081")
    accept_the_rest(editor)

    main.get_by_role("link", name="Who gets it, and why").click()
    expect(main).to_contain_text("Contact of")
    axe(editor)
    main.get_by_role("row").filter(has_text="Subscribed on").first.get_by_role("link").click()
    expect(main).to_contain_text("As plain text")
    axe(editor)
    editor.goto(ISSUE)
    expect(main.get_by_role("link", name="Approve", exact=True)).to_have_count(0)

    reviewer = new_page()
    sign_in(reviewer, "operations.reviewer")
    reviewer.goto(ISSUE)
    step(reviewer, "Approve")
    set_clock(demo_site, f"{DAY}T10:00:00+00:00")
    editor.goto(ISSUE)
    step(editor, "Send to its readers")
    main.get_by_role("link", name="Who gets it, and why").click()
    expect(main).to_contain_text("Queued: ")
    anybody = new_page()
    anybody.goto(ISSUE)
    expect(anybody.get_by_role("main")).to_contain_text("Answer by 17:00 on 30 March 2020 on MP081")
    expect(anybody.get_by_role("main")).not_to_contain_text("Who gets it")
    axe(anybody)


def write(page: Page, block: str, text: str) -> None:
    """Writes a paragraph in a block."""
    main = page.get_by_role("main")
    main.get_by_role("link", name="write a paragraph").click()
    page.get_by_label("Block", exact=True).select_option(block)
    page.get_by_label("Text", exact=True).fill(text)
    main.get_by_role("button", name="Save").click()


def accept_the_rest(page: Page) -> None:
    """Lets stand what is in doubt, with a reason."""
    main = page.get_by_role("main")
    while main.get_by_role("link", name="Let it stand").count():
        main.get_by_role("link", name="Let it stand").first.click()
        page.get_by_label("Why it may stand").fill("It is short, and was told of before.")
        main.get_by_role("button", name="Let it stand").click()
        page.wait_for_url(f"**{ISSUE}")
    expect(main).to_contain_text("Nothing stands against it")


def test_an_article_is_written_mended_published_and_found_still_true(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    writer = new_page()
    sign_in(writer, "party.support")
    main = writer.get_by_role("main")
    writer.goto("/articles/")
    main.get_by_role("link", name="Enter an article").click()
    writer.get_by_label("Title", exact=True).fill("How to end an account")
    writer.get_by_label("Kind").select_option("Guidance note")
    writer.get_by_label("Address", exact=True).fill("how-to-end-an-account")
    writer.get_by_label("Owner").select_option("Sample Party Support Adviser")
    axe(writer)
    main.get_by_role("button", name="Save").click()
    main.get_by_role("link", name="The draft", exact=True).click()
    writer.get_by_label("Summary").fill("What to do when somebody leaves.")
    writer.get_by_label("Sources").fill("Section B1")
    writer.get_by_label(re.compile(r"^Text\b")).fill("#### First\n\nRead [here](/code/b/).")
    main.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("does not say where the link leads")
    axe(writer)
    writer.get_by_label(re.compile(r"^Text\b")).fill("## First\n\nRead [Section B of the code](/code/b/).")
    main.get_by_role("button", name="Save").click()
    expect(main).to_contain_text("Nothing in the text keeps anybody from reading it.")
    main.get_by_role("link", name="Hand the draft over").click()
    main.get_by_role("button", name="Hand the draft over").click()

    reviewer = new_page()
    sign_in(reviewer, "operations.reviewer")
    reviewer.goto("/articles/how-to-end-an-account/")
    step(reviewer, "Publish")
    anybody = new_page()
    anybody.goto("/articles/how-to-end-an-account/")
    expect(anybody.get_by_role("main")).to_contain_text("Section B of the code")
    axe(anybody)

    set_clock(demo_site, "2021-03-20T10:00:00+00:00")
    writer.goto("/article-reviews/")
    main.get_by_role("link", name="How to end an account").click()
    expect(main).to_contain_text("This day has passed.")
    step(writer, "It is still true")
    expect(main).to_contain_text("Found still true")
