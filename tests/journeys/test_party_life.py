"""A party's life: it applies, is admitted, becomes a User in two roles, is in default, puts that right, and leaves.

Each person acts on a page of their own. The site's clock is set before each scene, so that every act is of its day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, sign_in

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
Answers = Mapping[str, str | bool | Path]
NAME = "Invented Lantern Supply Limited"
KEY = "invented-lantern-supply-limited"
APPLICANT = "applicant.lantern"
PASSWORD = "an invented lantern 2020"
EASTER = "not counting 2 weekend days, Good Friday on Fri 10 Apr 2020 and Easter Monday on Mon 13 Apr 2020"
ROLES = ("Gas Supplier", "Import Supplier")


class Life:
    """The site, its clock, and the pages of those who act; every kind of page is checked once."""

    def __init__(self, site: Site, new_page: Callable[[], Page], axe: Axe) -> None:
        self.site, self.new_page, self.axe = site, new_page, axe
        self.seen: set[str] = set()

    def it_is(self, moment: str) -> None:
        """Sets the clock to a moment of 2020, such as 03-09 10:00, in universal time."""
        day, time = moment.split()
        (self.site.home / "clock").write_text(f"2020-{day}T{time}:00+00:00", encoding="ascii")

    def person(self, who: str) -> Page:
        """A page on which somebody of the sample is signed in."""
        page = self.new_page()
        sign_in(page, who)
        return page

    def check(self, page: Page) -> None:
        """Checks a page with axe, unless one of its kind was checked before."""
        kind = re.sub(r"/[\w-]{43}(?=/)|/\d+(?=/)|(?<=/steps/).*", "/#", page.url.split("?")[0])
        if kind not in self.seen:
            self.seen.add(kind)
            self.axe(page)

    def go(self, page: Page, address: str) -> Locator:
        """Opens an address and returns what the page says."""
        page.goto(address)
        self.check(page)
        return page.get_by_role("main")

    def follow(self, page: Page, link: Locator) -> None:
        """Follows a link or presses a button, and waits for the page that it leads to."""
        with page.expect_navigation():
            link.click()
        self.check(page)

    def send(self, page: Page, button: str, answers: Answers) -> None:
        """Fills in the form that is open and sends it."""
        main = page.get_by_role("main")
        for label, answer in answers.items():
            fill(main.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).first, answer)
        self.check(page)
        self.follow(page, main.get_by_role("button", name=button, exact=True))
        expect(main.get_by_role("alert")).to_have_count(0)

    def take(self, page: Page, step: str, answers: Answers | None = None, button: str = "") -> None:
        """Follows a record's link to a step and takes it."""
        link = page.get_by_role("main").get_by_text(step, exact=True).and_(page.locator("a")).first
        if not link.is_visible():
            page.get_by_text("Other steps", exact=True).click()
        self.follow(page, link)
        self.send(page, button or step, answers or {})


def fill(field: Locator, answer: str | bool | Path) -> None:
    """Answers one question of a form, whatever its kind."""
    if isinstance(answer, bool):
        field.set_checked(answer)
    elif isinstance(answer, Path):
        field.set_input_files(answer)
    elif field.evaluate("one => one.tagName") == "SELECT":
        field.select_option(label=answer)
    else:
        field.fill(answer)


def says(page: Page, *words: str) -> None:
    """The page says all of this."""
    for each in words:
        expect(page.get_by_role("main")).to_contain_text(each)


def newest_mail(site: Site, words: str) -> str:
    """The text of the newest mail in the file folder with such words."""
    texts = [path.read_text(encoding="utf-8") for path in sorted((site.home / "mail").iterdir())]
    mails = [mail for text in texts for mail in text.split("-" * 79) if words in mail]
    return mails[-1]


def apply(life: Life, page: Page) -> str:
    """The applicant begins, leaves with half an answer, comes back by the link and sends; returns the link."""
    life.go(page, "/becoming-a-party/")
    life.follow(page, page.get_by_role("link", name="Apply", exact=True))
    life.send(page, "Begin", {"Legal name": NAME, "Your name": "Invented Applicant",
                              "Your e-mail address": f"{APPLICANT}@example.org"})  # fmt: skip
    life.send(page, "Save and come back later", {"Domestic premises supplied": "40 thous"})
    says(page, "It is saved")
    link = page.url.removesuffix("form/")
    page.goto("about:blank")
    life.go(page, link)
    life.follow(page, page.get_by_role("link", name="Fill it in"))
    expect(page.get_by_label("Domestic premises supplied")).to_have_value("40 thous")
    life.send(page, "Save and send", {
        "A company": True, "Company number": "99000001", "Registered address": "1 Invented Street, Nowhere",
        "Electricity supply": True, "Gas supply": True, "Party Category": "Small Supplier",
        "Domestic premises supplied": "40000", "We want a share": True, "Contact's telephone": "020 7946 0000",
    })  # fmt: skip
    says(page, "Your application is sent.")
    return link


def admit(life: Life, applicant: Page, support: Page, link: str) -> None:
    """Party support asks and is answered; the fee is paid, the agreement signed, and the Board executes it."""
    life.it_is("03-10 10:00")
    life.go(support, "/applications/")
    life.follow(support, support.get_by_role("link", name=re.compile(NAME)).first)
    record = support.url
    says(support, "Reply usually by", "under review")
    life.take(support, "Begin the review")
    life.take(support, "Ask the applicant", {"Question": "Which of your premises have gas?"})
    life.it_is("03-11 10:00")
    life.go(applicant, link)
    says(applicant, "Which of your premises have gas?")
    life.take(applicant, "Answer our question", {"Your answer": "All of them."}, "Send the answer")
    says(applicant, "Your answer is sent.")
    life.go(support, record)
    says(support, "All of them.")
    life.take(support, "Accept and invoice the fee", {"Invoice": "INV-0099"})
    life.it_is("03-12 10:00")
    life.take(support, "Record the payment", {"Amount": "541.00"})
    life.take(support, "Issue the agreement")
    sign(life, applicant, link)
    life.it_is("03-13 10:00")
    life.go(support, record)
    life.take(support, "Put before the Board", {"Board day": "2020-03-20"})
    life.it_is("03-20 15:00")
    life.take(support, "Record that the Board executed it", {}, "Record the execution")
    says(support, "Party since", "Fri 20 Mar 2020")
    allocate(life, support, record)


def sign(life: Life, applicant: Page, link: str) -> None:
    """The applicant hands in the signed agreement, and is told that it may not be dated."""
    life.go(applicant, link)
    agreement = life.site.home / "agreement.pdf"
    agreement.write_bytes(b"%PDF-1.4 an invented agreement")
    life.follow(applicant, applicant.get_by_role("link", name="Hand in the signed agreement"))
    fill(applicant.get_by_label("The signed agreement"), agreement)
    life.follow(applicant, applicant.get_by_role("button", name="Hand it in"))
    expect(applicant.get_by_role("alert")).to_contain_text("signed but undated")
    life.send(applicant, "Hand it in", {"The signed agreement": agreement, "It is signed and not dated": True})
    says(applicant, "Your signed agreement is here.")


def allocate(life: Life, support: Page, record: str) -> None:
    """The party gets its number, signifier and range, and is welcomed."""
    life.go(support, "/allocations/new/")
    life.send(support, "Save", {"Party": NAME, "Signifier": "LANTERN", "Allocated on": "2020-03-20"})
    says(support, NAME, "LANTERN")
    life.go(support, record)
    life.take(support, "Record the identifiers", {"Signifier": "LANTERN"})
    life.take(support, "Record the welcome, by e-mail and telephone")
    says(support, "Welcomed")


def let_in(life: Life, contact: Page) -> None:
    """Operations makes the applicant the party's contact; they choose a password by mail and sign in."""
    life.it_is("03-23 10:00")
    operations = life.person("operations.lead")
    life.go(operations, "/people/")
    life.follow(operations, operations.get_by_role("link", name="Invented Applicant"))
    life.take(
        operations, "Add a capacity", {"Role": "Party contact", "Party": NAME, "Invites colleagues": True}, "Save"
    )
    says(operations, NAME)
    life.go(contact, "/account/password/reset/")
    life.send(contact, "Reset My Password", {"Email": f"{APPLICANT}@example.org"})
    key = "/account/password/reset/key/"
    link = re.search(rf"http://[^/]+({key}\S+)", newest_mail(life.site, key))
    assert link is not None
    life.go(contact, link[1])
    life.send(contact, "Change Password", {"New Password": PASSWORD, "New Password (again)": PASSWORD})
    sign_in(contact, APPLICANT, PASSWORD)
    home = life.go(contact, "/my-party/")
    due = home.get_by_role("listitem").filter(has_text="Book your security assessment")
    due.get_by_text("Why").click()
    expect(due).to_contain_text("To be a User by Sat 20 Mar 2021")


def begin(life: Life, contact: Page, role: str, *found: str) -> None:
    """The contact begins the party's entry into a role, from its home page; the grid then has what is found there."""
    life.go(contact, "/my-party/")
    life.follow(contact, contact.get_by_role("link", name="Our details"))
    life.take(contact, "Enter a role entry", {"Role": role, "Begins": "2020-03-23"}, "Save")
    says(contact, NAME, role, "In progress", *found)


def confirm(life: Life, support: Page) -> Page:
    """Each body confirms in the grid what it confirms, in each of the ways in which it can; returns the DCC's page."""
    life.it_is("04-01 10:00")
    told = {"Party": NAME, "Notified on": "2020-04-01"}
    life.go(support, "/test-notifications/new/")
    life.send(support, "Save", {**told, "Tests": "SMKI and Repository Entry Process Tests (SREPT)"})
    life.go(support, "/test-notifications/new/")
    life.send(support, "Save", {**told, "Tests": "User Entry Process Tests (UEPT)", **dict.fromkeys(ROLES, True)})
    life.go(support, "/allocations/?text=LANTERN")
    life.follow(support, support.locator("tbody").get_by_role("link").first)
    first = support.get_by_role("definition").filter(has_text=" to ").inner_text().split(" to ")[0]
    life.take(support, "Take an identifier into use", {
        "Allocation": f"LANTERN ({NAME})", "EUI-64": first, "From": "2020-04-01",
        "Accepted by the DCC on": "2020-04-01", **dict.fromkeys(ROLES, True),
    }, "Save")  # fmt: skip
    says(support, "Import Supplier, Gas Supplier")
    letter = {"Day": "2020-04-01", "Evidence": "An invented letter of 1 April 2020"}
    line(life, support, "Party with current Party Details")
    life.take(support, "Confirm", letter)
    line(life, support, "User ID")
    life.take(support, "Confirm from the register")
    dcc, ssc = life.person("dcc.representative"), life.person("ssc.member")
    line(life, dcc, "SMKI subscriber")
    life.take(dcc, "Confirm", letter)
    spare_credit(life, dcc)
    line(life, ssc, "Initial Full User Security Assessment")
    life.take(ssc, "Confirm", letter)
    return dcc


def spare_credit(life: Life, dcc: Page) -> None:
    """The DCC says that it requires no Credit Support for the role whose entry began last."""
    line(life, dcc, "Credit Support", "Open")
    life.take(dcc, "Not needed", {"Reason": "None is required (invented)"})


def line(life: Life, page: Page, requirement: str, state: str = "") -> None:
    """Opens a line of the party's grid, in the first of its roles where it stands so."""
    life.go(page, f"/parties/{KEY}/user-entry/")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=requirement))
    life.follow(page, row.get_by_role("link", name=state).first)


def complete(life: Life, contact: Page, support: Page) -> None:
    """The contact sends the evidence forms, and the secretariat completes both roles on one day."""
    life.it_is("04-02 10:00")
    for role in ROLES:
        life.go(contact, "/my-party/")
        due = contact.get_by_role("listitem").filter(has_text=f"Send the evidence form: {role}")
        life.follow(contact, due.get_by_role("link"))
        life.send(
            contact, "Send the evidence form", {"Reference": f"Invented form, {role}", "What the form says": True}
        )
        says(contact, "Evidence submitted")
    life.it_is("04-03 10:00")
    life.go(support, f"/parties/{KEY}/user-entry/")
    life.take(support, "Complete roles", dict.fromkeys((f"{NAME}: {role}" for role in ROLES), True), "Save")
    says(support, "Import Supplier, Gas Supplier")
    life.it_is("04-06 10:00")
    life.go(support, f"/parties/{KEY}/user-entry/")
    life.follow(support, support.get_by_role("columnheader").get_by_role("link", name=ROLES[0]))
    life.take(support, "Live", {"Day": "2020-04-06"})
    says(support, "Live since", "Mon 6 Apr 2020")


def default(life: Life, contact: Page, support: Page) -> None:
    """Unpaid charges: a notice on Maundy Thursday runs over Easter; the default begins after it, and is cured."""
    life.it_is("04-09 10:00")
    life.go(support, "/default-cases/new/")
    life.send(support, "Save", {"Party": NAME, "Limb of M8.1": "(c) unpaid Charges", "Day": "2020-04-09",
                                "What the notice cites": "The DCC's notice of 9 April 2020 under J2.1"})  # fmt: skip
    case = support.url
    says(support, "Thu 16 Apr 2020", EASTER)
    home = life.go(contact, "/my-party/")
    notice = home.get_by_role("listitem").filter(has_text="Put right what the notice names")
    notice.get_by_text("Why").click()
    expect(notice).to_contain_text("Thu 16 Apr 2020, 17:00")
    expect(notice).to_contain_text(EASTER)
    life.it_is("04-16 15:30")
    life.go(support, case)
    life.follow(support, support.get_by_role("link", name="Enter into default", exact=True))
    support.get_by_label("Day").fill("2020-04-16")
    life.follow(support, support.get_by_role("button", name="Enter into default"))
    expect(support.get_by_role("alert")).to_contain_text("17:00 on the last")
    life.it_is("04-17 09:00")
    life.send(support, "Enter into default", {"Day": "2020-04-17"})
    expect(life.go(contact, "/my-party/")).to_contain_text("Cure the default")
    life.it_is("04-20 09:00")
    life.take(support, "Cure", {"Day": "2020-04-20"})
    says(support, "cured", "Mon 20 Apr 2020")
    expect(life.go(contact, "/my-party/")).not_to_contain_text("Cure the default")


def leave(life: Life, contact: Page, support: Page) -> None:
    """Its licences have ended; it gives notice, settles, and leaves on the day that the Board fixed."""
    life.it_is("05-04 10:00")
    life.go(support, f"/parties/{KEY}/")
    life.take(support, "Change category or group", {"Day": "2020-05-04", "Category": "Other SEC Party"})
    life.go(contact, "/my-party/")
    life.follow(contact, contact.get_by_role("link", name="Our details"))
    life.take(contact, "Enter an exit", {"Ground": "Its own wish", "Day of the notice": "2020-05-04"},
              "Save")  # fmt: skip
    says(contact, "Notice given")
    exit_ = contact.url
    expect(life.go(contact, "/my-party/")).to_contain_text("Settle all sums that are outstanding")
    life.it_is("05-06 10:00")
    life.go(support, exit_)
    life.take(support, "Record that nothing is outstanding", {"Day": "2020-05-06"})
    life.take(support, "Record the day that the Board fixed", {"Day": "2020-05-15", "Meeting": "SECCo Board, May 2020"})
    expect(life.go(contact, "/my-party/")).to_contain_text("Fri 15 May 2020")
    life.it_is("05-15 17:00")
    life.go(support, exit_)
    life.take(support, "Record that it has left")
    says(support, "Left")


def gone(life: Life, contact: Page, reader: Page) -> None:
    """The contact is let into nothing of the party's any more, and the public sees that it left and when."""
    for address in ("/my-party/", f"/my-party/{KEY}/"):
        answer = contact.goto(address)
        assert answer is not None
        assert answer.status == 403, address
    expect(life.go(contact, "/role-entries/")).not_to_contain_text(NAME)
    listed = life.go(reader, f"/parties/?text={NAME.replace(' ', '+')}").get_by_role("row").filter(has_text=NAME)
    expect(listed).to_contain_text("Fri 15 May 2020")
    life.follow(reader, listed.get_by_role("link").first)
    says(reader, "Left", "Withdrawn: Withdrew at its own wish", "none today")


def test_a_party_applies_is_admitted_becomes_a_user_cures_a_default_and_leaves(
    demo_site: Site, new_page: Callable[[], Page], axe: Axe
) -> None:
    life, applicant, contact = Life(demo_site, new_page, axe), new_page(), new_page()
    life.it_is("03-09 10:00")
    link = apply(life, applicant)
    support = life.person("party.support")
    admit(life, applicant, support, link)
    let_in(life, contact)
    begin(life, contact, "Gas Supplier", "SMKI subscriber", "not needed")
    dcc = confirm(life, support)
    begin(life, contact, "Import Supplier", "An invented letter of 1 April 2020", "The DCC's notification")
    spare_credit(life, dcc)
    complete(life, contact, support)
    default(life, contact, support)
    leave(life, contact, support)
    gone(life, contact, new_page())
