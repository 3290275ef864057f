"""Meetings: a secretary runs one from call to actions, a member reads and votes on a phone, the public reads."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.journeys.conftest import Site, set_clock, sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
BODY, SHORT = "Operations Group", "OPSG"
MONDAY, THE_DAY, AFTER = "2020-03-09T10:00:00+00:00", "2020-03-24T10:00:00+00:00", "2020-03-25T10:00:00+00:00"
MEETS, FRIDAY = "2020-03-24", "2020-04-24"
ITEM, PAPER = "Outages of the gateway", "What the outages of the gateway cost"
WORDS = "# The month\n\nTwo outages were seen.\n\n[Amber] The provider owes a credit."
CREDIT = "The provider owes a credit."
DECIDED, HEADLINE = "The plan against outages was agreed, with its dates.", "A plan against outages is agreed."
TO_DO, HIDDEN = "Bring the number of outages by region.", "The provider disputed the credit."
COMMENT = "With which dates?"
PHONE = ViewportSize(width=390, height=844)
NOTE = "Ask who pays for the second outage."
CLOSED = (302, 404)
"""What the public is answered where there is nothing for it: no such page, or a page to sign in."""
HIDDEN_IN_THE_SAMPLE = (
    "Notification of a test",
    "provider's costs",
    "provider missed a measure",
    "Ageing incidents",
    "room 4",
    "Sample Member",
)
"""Words of the sample that are Amber, Green or a draft, or say where a meeting is and who comes."""


def says(page: Page, *words: str) -> None:
    """The page says all of this."""
    for each in words:
        expect(page.get_by_role("main")).to_contain_text(each)


def press(page: Page, control: Locator, key: str = "Enter") -> None:
    """Reaches a control without a pointer, and uses it."""
    control.focus()
    page.keyboard.press(key)


def follow(page: Page, name: str | re.Pattern[str]) -> None:
    """Follows a link of the page by the keyboard."""
    with page.expect_navigation():
        press(page, page.get_by_role("main").get_by_role("link", name=name, exact=isinstance(name, str)).first)


def send(page: Page, name: str) -> None:
    """Sends a form by the keyboard."""
    with page.expect_navigation():
        press(page, page.get_by_role("main").get_by_role("button", name=name, exact=True))


def part(page: Page, title: str) -> Locator:
    """The part of a page under a title."""
    return page.get_by_role("main").locator("section").filter(has=page.get_by_role("heading", name=title)).last


def fits(page: Page) -> None:
    """Nothing of the page lies beside the phone."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], page.url


def plan(page: Page, day: str, axe: Axe) -> str:
    """Plans a meeting between the regular ones and invites the members; returns its address."""
    press(page, page.get_by_role("navigation", name="Main").get_by_role("link", name="Calendar"))
    press(page, page.locator("summary", has_text="Plan"))
    axe(page)
    follow(page, "An extraordinary meeting")
    page.get_by_label("Body").select_option(label=BODY)
    page.get_by_label("Day").fill(day)
    page.get_by_label("Starts at").fill("10:00")
    page.get_by_label("Ends at").fill("12:00")
    axe(page)
    send(page, "Save")
    says(page, "Planned", "Notice by", f"{SHORT}_30x")
    meeting = page.url
    axe(page)
    follow(page, "Say where it is and who is invited")
    page.get_by_label("Place").fill("Invented: room 9")
    axe(page)
    send(page, "Save")
    says(page, "Notice given on", "Invented: room 9", "Sample Operations Group Member")
    return meeting


def put_together(page: Page, meeting: str, axe: Axe) -> None:
    """Puts the standing items on the agenda, and an item of its own."""
    page.goto(meeting)
    follow(page, "Agenda and papers")
    says(page, "Nothing that you may read is on this agenda yet.")
    follow(page, "Put the agenda together")
    expect(page.get_by_label("Standing item: Performance of the central service")).to_be_checked()
    axe(page)
    send(page, "Put on the agenda")
    says(page, "Performance of the central service")
    follow(page, "Enter an item")
    page.get_by_label("Title").fill(ITEM)
    page.get_by_label("Action").select_option(label="To agree")
    axe(page)
    send(page, "Save")
    says(page, ITEM, "To agree")


def add_a_paper(page: Page, axe: Axe) -> None:
    """Asks for a paper on the item that is shown, writes it, and issues it."""
    follow(page, "Ask for a paper")
    expect(page.get_by_label("Title")).to_have_value(ITEM)
    page.get_by_label("Title").fill(PAPER)
    page.get_by_label("Issued as").select_option(label="White")
    page.get_by_label("Purpose").fill("To tell what the outages cost.")
    page.get_by_label("Recommendation").fill("The group is asked to agree the plan.")
    page.get_by_label("Team").fill("Operations")
    axe(page)
    send(page, "Save")
    says(page, PAPER, "Draft")
    follow(page, "Write")
    page.get_by_label("The paper").fill(WORDS)
    axe(page)
    send(page, "Save")
    axe(page)
    step(page, "Mark as ready")
    step(page, "Issue")
    says(page, "Issued", "5 Working Days before")
    follow(page, "Read it")
    says(page, "Two outages were seen.", CREDIT)
    axe(page)


def make_the_packs(page: Page, meeting: str, axe: Axe) -> None:
    """Gets the packs, and publishes the White one on the page of the meeting."""
    page.goto(f"{meeting}agenda/")
    axe(page)
    for label in ("White", "Amber"):
        with page.expect_download() as download:
            page.get_by_role("link", name=f"{label} pack (PDF)").click()
        assert download.value.path().read_bytes().startswith(b"%PDF")
        assert label in download.value.suggested_filename
    follow(page, "Readiness of the papers")
    says(page, PAPER, "Issued: 1. Awaited: 0.")
    axe(page)
    page.goto(f"{meeting}agenda/")
    follow(page, "Publish a pack")
    page.get_by_label("Pack").select_option(label="White")
    axe(page)
    send(page, "Save")
    expect(part(page, "Documents")).to_contain_text("Papers")


def gather(page: Page, meeting: str, axe: Axe) -> None:
    """Marks who arrives, until the page says that there is a quorum, and records the meeting as held."""
    page.goto(meeting)
    follow(page, "Who is there")
    axe(page)
    needed = int(re.findall(r"of (\d+) needed", page.get_by_role("main").inner_text())[0])
    assert needed >= 10
    for here in range(needed):
        says(page, "There is no quorum: nothing can be decided.")
        press(page, page.get_by_role("button", name=re.compile("^Has arrived")).first)
        expect(page.locator(".big-number")).to_have_text(re.compile(rf"^\s*{here + 1}\s+of {needed} needed\s*$"))
    says(page, "There is a quorum.")
    expect(page.get_by_role("main")).not_to_contain_text("There is no quorum")
    press(page, page.get_by_role("button", name=re.compile("^Has left")).first)
    says(page, "There is no quorum: nothing can be decided.")
    press(page, page.get_by_role("button", name=re.compile("^Has arrived")).first)
    says(page, "There is a quorum.")
    axe(page)
    page.goto(meeting)
    step(page, "Record as held")


def take_minutes(page: Page, axe: Axe) -> None:
    """Types a decision, an action and an Amber discussion against the agenda, and circulates them."""
    follow(page, "Type them against the agenda")
    axe(page)
    follow(page, re.compile(rf"^Minute something here.*{ITEM}"))
    page.get_by_label("Kind").select_option(label="Decision")
    page.get_by_label("What is minuted").fill(DECIDED)
    send(page, "Save this row")
    expect(page.get_by_role("alert")).to_contain_text("how the body decided")
    axe(page)
    page.get_by_label("Outcome").select_option(label="Agreed")
    send(page, "Save this row")
    says(page, "Agreed:", DECIDED)
    page.get_by_label("Kind").select_option(label="Action")
    page.get_by_label("What is minuted").fill(TO_DO)
    page.get_by_label("Or a team").select_option(label="Operations")
    page.get_by_label("Due so many Working Days after the meeting").fill("10")
    send(page, "Save this row")
    says(page, TO_DO, "Owner: Secretariat: Operations.", "Due Tue 7 Apr 2020.")
    page.get_by_label("What is minuted").fill(HIDDEN)
    page.get_by_label("Class", exact=True).select_option(label="Amber")
    send(page, "Save this row")
    says(page, HIDDEN)
    axe(page)
    follow(page, "Leave the meeting")
    step(page, "Circulate to the members")
    says(page, "Circulated", "Comments by")
    axe(page)


def comment(page: Page, secretary: Page, axe: Axe) -> None:
    """A member comments on the decision, on a phone; the secretary accepts it and comes back to the minutes."""
    page.set_viewport_size(PHONE)
    sign_in(page, "operations.member")
    part(page, "Minutes to comment on").get_by_role("link", name=re.compile("^Minutes of OPSG_30x")).click()
    says(page, DECIDED, "Comments by")
    fits(page)
    page.get_by_role("link", name=f"Comment on: {DECIDED[:60]}").click()
    page.get_by_label("What should be changed").fill(COMMENT)
    axe(page)
    page.get_by_role("button", name="Save").click()
    says(page, COMMENT)
    fits(page)

    minutes = secretary.url
    secretary.goto("/")
    waiting = part(secretary, "Waiting on you").get_by_role("listitem").filter(has_text="OPSG_30x")
    with secretary.expect_navigation():
        press(secretary, waiting.get_by_role("link", name=re.compile("^Accept")).last)
    secretary.get_by_label("Answer").fill("The dates are in the paper.")
    send(secretary, "Accept: the row is put right")
    says(secretary, "Accepted", COMMENT)
    secretary.goto(minutes)


def publish_headlines(page: Page, axe: Axe) -> None:
    """Edits the headline of the decision, keeps the others in the words of the minutes, and publishes them."""
    follow(page, "Edit the headlines")
    axe(page)
    page.get_by_label("In other words").first.fill(HEADLINE)
    send(page, "Save")
    says(page, HEADLINE, TO_DO)
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name=re.compile("^Minutes of")).click()
    step(page, "Publish headlines")
    says(page, "Headlines published")
    follow(page, re.compile("^Headlines"))
    says(page, HEADLINE, TO_DO)
    for words in (DECIDED, HIDDEN):
        expect(page.get_by_role("main")).not_to_contain_text(words)
    axe(page)


def find_the_action(page: Page, meeting: str, axe: Axe) -> None:
    """The action is on the body's list, and on the agenda of the next meeting by itself."""
    page.goto(meeting)
    follow(page, BODY)
    axe(page)
    expect(part(page, "Open actions")).to_contain_text(TO_DO)
    part(page, "Open actions").get_by_role("heading").get_by_role("link").press("Enter")
    row = page.get_by_role("row").filter(has_text=TO_DO)
    expect(row).to_contain_text(SHORT)
    axe(page)
    row.get_by_role("link").first.press("Enter")
    says(page, "10 Working Days after Tue 24 Mar 2020", "Placed at")
    axe(page)
    page.get_by_role("main").get_by_role("link", name=BODY).first.press("Enter")
    part(page, "Next meetings").locator("tbody").get_by_role("link").first.press("Enter")
    follow(page, "Agenda and papers")
    expect(part(page, "Actions carried over")).to_contain_text(TO_DO)
    axe(page)
    follow(page, "Put the agenda together")
    says(page, "Action carried over", TO_DO)


def test_a_secretary_runs_a_meeting_from_its_call_to_its_actions(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    set_clock(demo_site, MONDAY)
    page = new_page()
    sign_in(page, "committee.secretary")
    axe(page)
    meeting = plan(page, MEETS, axe)
    put_together(page, meeting, axe)
    add_a_paper(page, axe)
    make_the_packs(page, meeting, axe)
    set_clock(demo_site, THE_DAY)
    gather(page, meeting, axe)
    take_minutes(page, axe)
    comment(new_page(), page, axe)
    publish_headlines(page, axe)
    set_clock(demo_site, AFTER)
    find_the_action(page, meeting, axe)

    outsider = new_page()
    outsider.goto(meeting)
    follow(outsider, "Headlines")
    says(outsider, HEADLINE)
    outsider.goto(meeting)
    for words in (TO_DO, HIDDEN, CREDIT, "room 9", "Sample Operations Group Member"):
        expect(outsider.get_by_role("main")).not_to_contain_text(words)


def open_a_ballot(page: Page, axe: Axe) -> None:
    """Asks the members a question until Monday evening."""
    page.goto("/ballots/")
    follow(page, "Enter a ballot")
    page.get_by_label("Body").select_option(label=BODY)
    page.get_by_label("Question").fill("Shall the group meet by telephone?")
    page.get_by_label("Method").select_option(label="Most votes")
    page.get_by_label("Options").fill("by telephone\nin a room")
    page.get_by_label("Opens at").fill("2020-03-25 09:00")
    page.get_by_label("Closes at").fill("2020-03-30 17:00")
    axe(page)
    send(page, "Save")
    step(page, "Open")
    says(page, "0 of 24")
    axe(page)


def test_a_member_finds_fridays_papers_on_a_phone_notes_something_and_votes(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    set_clock(demo_site, AFTER)
    secretary = new_page()
    sign_in(secretary, "committee.secretary")
    meeting = plan(secretary, FRIDAY, axe)
    put_together(secretary, meeting, axe)
    add_a_paper(secretary, axe)
    open_a_ballot(secretary, axe)

    page = new_page()
    page.set_viewport_size(PHONE)
    sign_in(page, "operations.member")
    fits(page)
    axe(page)
    expect(part(page, f"Next meetings of {SHORT}")).to_contain_text("Fri 24 Apr 2020")
    papers = part(page, f"Papers for the next meetings of {SHORT}")
    expect(papers).to_contain_text("Fri 24 Apr 2020")
    papers.get_by_role("link", name=PAPER).first.click()
    fits(page)
    axe(page)
    follow(page, "Read it")
    says(page, "Two outages were seen.", CREDIT)
    fits(page)
    axe(page)
    page.goto(f"{meeting}agenda/")
    fits(page)
    axe(page)
    page.get_by_role("link", name=re.compile("^Note something")).last.click()
    page.get_by_label("Your note").fill(NOTE)
    axe(page)
    page.get_by_role("button", name="Save").click()
    says(page, f"Your note: {NOTE}")
    page.get_by_role("button", name="I have seen everything").click()
    says(page, "Nothing that you may read has changed since")
    secretary.goto(f"{meeting}agenda/")
    expect(secretary.get_by_role("main")).not_to_contain_text(NOTE)

    page.goto("/")
    part(page, "Ballots in which you may vote").get_by_role("link", name=BODY).click()
    fits(page)
    page.get_by_role("link", name=re.compile("^Vote on behalf of Small Suppliers 1")).click()
    axe(page)
    page.get_by_label("by telephone").check()
    page.get_by_label("Reasons").fill("The trains are late.")
    page.get_by_role("button", name="Cast this vote").click()
    says(page, "Your vote is cast")
    fits(page)
    page.get_by_role("link", name="Back to the ballot").click()
    says(page, "1 of 24")


@pytest.fixture
def without_scripts(chromium: Browser, demo_site: Site) -> Iterator[Page]:
    """The page of a member of the public whose browser runs no script."""
    context = chromium.new_context(base_url=demo_site.url, java_script_enabled=False)
    yield context.new_page()
    context.close()


def confidential(page: Page) -> list[str]:
    """The addresses of what a member of the group reads of its meeting of March and the public does not."""
    sign_in(page, "operations.member")
    page.goto("/meetings/?text=OPSG_30_1003")
    follow(page, "Tue 10 Mar 2020")
    says(page, "Invented: room 4", "Sample Member")
    meeting = page.url
    page.get_by_role("link", name="Who is there").click()
    quorum = page.url
    page.goto(f"{meeting}agenda/")
    paper = page.get_by_role("link", name="Notification of a test")
    found = [str(one.get_attribute("href")) for one in paper.all()]
    assert len(found) == 2
    return [*found, f"{found[-1]}read/", f"{meeting}pack/amber.pdf", f"{meeting}pack/green.pdf", quorum]


def test_the_public_reads_headlines_and_finds_nothing_else(
    without_scripts: Page, new_page: Callable[[], Page], axe: Axe
) -> None:
    closed, page = confidential(new_page()), without_scripts
    page.goto("/")
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Meetings").first.click()
    page.get_by_role("searchbox").first.fill("TABASC 50x 0303")
    page.keyboard.press("Enter")
    says(page, "Technical Architecture", "Held")
    meeting = page.url
    follow(page, "Headlines")
    says(page, "the design of the change was agreed", "bring the list of affected interfaces")
    expect(page.get_by_role("main")).not_to_contain_text("costs")
    headlines = page.url
    number = meeting.rstrip("/").rsplit("/", 1)[-1]
    closed += [f"/minutes/{number}/", f"/minutes/{number}/draft/white/", f"/minutes/{number}/draft/headlines/"]
    closed += [f"/editions/{number}/minutes/white/", f"/meetings/{number}/pack/amber.pdf"]
    for address in closed:
        assert page.request.get(address, max_redirects=0).status in CLOSED, address
    for plural in ("minutes", "actions", "attendances", "decisions-of-bodies", "meeting-papers"):
        page.goto(f"/{plural}/")
        for words in HIDDEN_IN_THE_SAMPLE:
            expect(page.get_by_role("main")).not_to_contain_text(words)
    for words in HIDDEN_IN_THE_SAMPLE:
        page.goto("/search/")
        page.get_by_label("Reference or words").fill(words)
        page.keyboard.press("Enter")
        says(page, "Nothing that you may read is named or contains")

    seen = new_page()
    for address in (meeting, headlines, "/meetings/"):
        seen.goto(address)
        axe(seen)
