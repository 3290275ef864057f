"""Change: a proposer tells a problem, an analyst takes it on to its deadlines, a board member votes and checks it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, set_clock, sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
DUPLICATES, MISSING = "Alerts of a certificate renewal arrive twice", "Invented: readings are missing after a change"
PARTY = "Brackenford Supply 375 Limited"
MONDAY, THE_NEXT = "2020-03-09T10:00:00+00:00", "2020-03-16T10:00:00+00:00"
CLOSES, AFTER = "2020-03-25T17:00:00+00:00", "2020-03-25T17:00:01+00:00"
SMALL = ("Small Suppliers 2", "Small Suppliers 3")
ABSENT = ("Networks 2", "Networks 3", *(f"Other SEC Parties {number}" for number in (1, 2, 3)), *SMALL)
REASON = "The report shows that renewals fail without it"


def says(page: Page, *words: str) -> None:
    """The page says all of this."""
    for each in words:
        expect(page.get_by_role("main")).to_contain_text(each)


def press(page: Page, control: Locator, key: str = "Enter") -> None:
    """Reaches a control without a pointer, and uses it."""
    control.focus()
    page.keyboard.press(key)


def panel(page: Page, title: str) -> Locator:
    """The part of the first page under a title."""
    return page.get_by_role("main").locator("section").filter(has=page.get_by_role("heading", name=title)).last


def tell(page: Page, title: str, problem: str) -> str:
    """A proposer tells a problem, from its title to the page that says who answers; returns that page's address."""
    page.goto("/raise-a-proposal/")
    page.get_by_label("The problem in one line").fill(title)
    page.get_by_role("button", name="Save and see proposals like it").click()
    says(page, "It is saved")
    page.get_by_label("What is the problem?").fill(problem)
    page.get_by_role("button", name="Save and send").click()
    says(page, "It is sent", "Our change team answers")
    return page.url


def test_a_proposer_tells_a_problem_and_sees_who_answers_by_when(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    set_clock(demo_site, MONDAY)
    page = new_page()
    sign_in(page, "proposer")
    page.goto("/proposals/")
    axe(page)
    press(page, page.get_by_role("main").get_by_role("link", name="Raise a proposal"))
    says(page, "You need not be a party", "Within five Working Days our change team replies")
    expect(page.get_by_label("Your e-mail address")).to_have_value("proposer@example.org")
    axe(page)
    page.get_by_label("The problem in one line").focus()
    page.keyboard.type(DUPLICATES)
    page.keyboard.press("Enter")
    says(page, "It is saved", "Proposals that are like it", "Shares: certificate, renewal", "Awaiting decision")
    axe(page)

    press(page, page.get_by_role("button", name="Save and send"))
    expect(page.get_by_role("alert")).to_contain_text("What is the problem?")
    expect(page.get_by_label("The problem in one line")).to_have_value(DUPLICATES)
    axe(page)
    page.get_by_label("What is the problem?").fill("Our suppliers get each alert twice.")
    press(page, page.get_by_role("button", name="Save and send"))
    says(page, "It is sent", "Our change team answers by Mon 16 Mar 2020", "Our suppliers get each alert twice.")
    axe(page)

    page.goto("/my-party/")
    coming = page.get_by_role("listitem").filter(has_text=f"A reply to “{DUPLICATES}” comes")
    coming.get_by_role("link", name="See what you told").click()
    says(page, "Received", "Mon 16 Mar 2020", "5 Working Days after Mon 9 Mar 2020", "No reply has been given yet")
    says(page, "Give the critical-friend reply", "The secretariat's change team.")
    axe(page)

    outsider = new_page()
    outsider.goto(page.url)
    expect(outsider.get_by_role("main")).not_to_contain_text(DUPLICATES)


def test_an_analyst_answers_a_problem_and_takes_it_on_to_its_deadlines(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    set_clock(demo_site, MONDAY)
    proposer, page = new_page(), new_page()
    sign_in(proposer, "proposer")
    told = tell(proposer, MISSING, "After a change of supplier the readings of a day are lost.")
    sign_in(page, "change.analyst")
    axe(page)
    told_us = panel(page, "Problems told to us, to reply to")
    expect(told_us).to_contain_text("Mon 16 Mar 2020")
    told_us.get_by_role("link", name=MISSING).click()
    says(page, "5 Working Days after Mon 9 Mar 2020", PARTY)
    step(page, "Give the critical-friend reply", **{"the reply": "It is a matter for the code; nobody has raised it."})
    says(page, "Replied", "nobody has raised it")
    proposer.goto(told)
    says(proposer, "We replied to you", "nobody has raised it")

    page.get_by_role("link", name="Raise a proposal from it").click()
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/proposals/DP*/")
    says(page, "Development Stage", "It is converted to a Modification Proposal.", "With: Panel", PARTY)
    expect(page.get_by_role("main")).not_to_contain_text("Sample Contact, Proposer")
    refused_then_converted(page, axe)
    assess(page, axe)
    consult(page, axe)

    proposer.goto(told)
    proposer.get_by_role("link", name=MISSING).click()
    says(proposer, "Refinement Process", "Next dates", "Preliminary Assessment due", "The DCC", "Mon 30 Mar 2020")


def refused_then_converted(page: Page, axe: Axe) -> None:
    """A Draft Proposal is converted by the Panel, and by nobody else."""
    page.get_by_role("link", name="Convert to a Modification Proposal", exact=True).click()
    says(page, "What it still needs")
    page.get_by_label("Decided by").select_option(label="Change Board")
    page.get_by_role("button", name="Convert to a Modification Proposal").click()
    expect(page.get_by_role("alert")).to_contain_text("converted by the body that the rulebook names")
    axe(page)
    page.get_by_label("Decided by").select_option(label="Panel")
    page.get_by_role("button", name="Convert to a Modification Proposal").click()
    page.wait_for_url("**/proposals/MP*/")
    says(page, "Refinement Process", "Earlier labels")


def add(page: Page, what: str) -> None:
    """Opens the form of something that belongs to the proposal."""
    page.get_by_text("Add to this proposal").click()
    page.get_by_role("main").get_by_role("link", name=what, exact=True).click()


def assess(page: Page, axe: Axe) -> None:
    """The DCC is asked for its Preliminary Assessment, due by the standard timescale."""
    add(page, "Assessment")
    page.get_by_label("Kind").select_option(label="Preliminary Assessment")
    axe(page)
    page.get_by_role("button", name="Save").click()
    says(page, "15 Working Days after Mon 9 Mar 2020 is Mon 30 Mar 2020", "Requested")
    axe(page)
    page.get_by_role("main").get_by_role("link", name=MISSING).click()


def consult(page: Page, axe: Axe) -> None:
    """A Refinement Consultation is opened, which closes by custom; the proposal's page then tells both dates."""
    at = page.url
    add(page, "Consultation")
    page.get_by_label("Kind").select_option(label="Refinement Consultation")
    page.get_by_label("Title").fill("How are readings lost?")
    page.get_by_label("By", exact=True).fill("SECP")
    page.get_by_label("Opens").fill("2020-03-09 10:00")
    axe(page)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("/CON-"))
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question").fill("How many readings did you lose in 2019?")
    page.get_by_role("button", name="Save").click()
    step(page, "Open now")
    says(page, "Working Days after Mon 9 Mar 2020")
    axe(page)
    page.goto(at)
    says(
        page,
        "Next dates",
        "Preliminary Assessment due",
        "15 Working Days after Mon 9 Mar 2020",
        "How are readings lost?",
    )
    axe(page)


def cast(page: Page, choice: str, reason: str, **effects: str) -> None:
    """Fills in a vote and casts it."""
    press(page, page.get_by_label(choice, exact=True), "Space")
    page.get_by_label("Reasons").fill(reason)
    for letter, effect in effects.items():
        page.get_by_label(re.compile(rf"^\s*Objective \({letter}\)")).select_option(label=effect)
    press(page, page.get_by_role("button", name="Cast this vote"))


def test_a_board_member_votes_and_finds_the_vote_in_the_count(
    new_page: Callable[[], Page], demo_site: Site, axe: Axe
) -> None:
    set_clock(demo_site, THE_NEXT)
    page = new_page()
    sign_in(page, "change.board.member")
    mine = panel(page, "Ballots in which you may vote")
    expect(mine).to_contain_text("Wed 25 Mar 2020, 17:00")
    axe(page)
    mine.get_by_role("link", name="Change Board").click()
    ballot = page.url
    says(page, "by name, with reasons", "A vote at this very instant still counts.", "4 of 23")
    axe(page)
    page.get_by_role("link", name="Vote on behalf of Small Suppliers 1").click()
    form = page.url
    cast(page, "Approve", "", d="Better")
    expect(page.get_by_role("alert")).to_contain_text("Reasons")
    expect(page.get_by_label("Approve", exact=True)).to_be_checked()
    axe(page)
    cast(page, "Approve", REASON, d="Better", f="Neutral")
    says(page, "Your vote is cast", "It is shown this once")
    receipt = page.get_by_role("main").locator("code").first.inner_text()
    says(page, hashlib.sha256(receipt.encode()).hexdigest())
    axe(page)
    page.goto(ballot)
    says(page, "5 of 23", "Votes are shown when the ballot is closed.")
    expect(page.get_by_role("main")).not_to_contain_text(REASON)

    analyst = new_page()
    sign_in(analyst, "change.analyst")
    write_down(analyst, ballot, axe)

    page.goto(form)
    set_clock(demo_site, AFTER)
    cast(page, "Reject", "Too late to say so")
    expect(page.get_by_role("alert")).to_contain_text("The ballot is not open")
    axe(page)
    analyst.goto(ballot)
    step(analyst, "Close and count")
    says(analyst, "How it was counted")
    page.goto(ballot)
    expect(page.get_by_role("link", name=re.compile("Vote on behalf of|Change the vote"))).to_have_count(0)
    says(page, "Outcome", "How it was counted", "Small Suppliers: 1 approve, 2 reject, 0 abstain, so reject.")
    says(page, "Quorum: 12 of 23 took part", "The Change Board approves: constituencies 4 approve, 1 reject")
    row = page.get_by_role("row").filter(has_text=REASON)
    expect(row).to_contain_text("d better; f neutral")
    expect(row).to_contain_text(hashlib.sha256(receipt.encode()).hexdigest())
    axe(page)
    check(page, receipt, axe)
    page.goto("/")
    expect(page.get_by_role("main")).not_to_contain_text("Ballots in which you may vote")


def write_down(page: Page, ballot: str, axe: Axe) -> None:
    """The secretariat writes down the votes of the meeting, so that there is a quorum."""
    page.goto(ballot)
    press(page, page.locator("summary", has_text="Write down a vote given in a meeting"))
    axe(page)
    found = page.get_by_role("main")
    forms = {name: found.get_by_role("link", name=name, exact=True).get_attribute("href") for name in ABSENT}
    for name, form in forms.items():
        page.goto(str(form))
        cast(page, "Reject" if name in SMALL else "Approve", "Said in the meeting")
        says(page, "Your vote is cast")


def check(page: Page, receipt: str, axe: Axe) -> None:
    """The vote is found by its receipt and by no other, and in the events that are given out for a recount."""
    journal = page.get_by_role("link", name="take the journal of this ballot").get_attribute("href")
    page.get_by_role("link", name="Find your own vote by its receipt").click()
    page.get_by_label("Receipt").fill("of somebody else")
    press(page, page.get_by_role("button", name="Find my vote"))
    says(page, "No vote in this count has this receipt.")
    page.get_by_label("Receipt").fill(receipt)
    press(page, page.get_by_role("button", name="Find my vote"))
    says(page, "Your vote is in the count as “approve”, standing: counted.")
    axe(page)
    events = page.request.get(str(journal)).json()
    votes = [event["facts"] for event in events if event["name"] == "elector.vote"]
    kept = hashlib.sha256(receipt.encode()).hexdigest()
    assert [vote["reason"] for vote in votes if vote["receipt_hash"] == kept] == [REASON]
    assert len(votes) == 12
    counted = next(event["facts"] for event in events if event["name"] == "ballot.close")
    assert sum(line["choice"] == "approve" for line in counted["electors"]) == 10
