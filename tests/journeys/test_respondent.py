"""A respondent: a colleague drafts, another reviews, the authorised contact sends, and all read what became of it."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PASSWORD, Site, environment, set_clock, sign_in, step

pytestmark = pytest.mark.journey
Axe = Callable[[Page], None]
COLLEAGUES = f"""
import os, django
os.environ["DJANGO_SETTINGS_MODULE"] = "secretariat.site.settings"
django.setup()
from datetime import UTC, date, datetime
from secretariat.core import journal
from secretariat.core.people import Capacity, Person, Role
from secretariat.register.models import Party
told = dict(by=None, at=datetime(2020, 3, 2, tzinfo=UTC), recorded=datetime(2020, 3, 2, tzinfo=UTC))
party = Party.objects.get(key="green-supplier-limited")
for name, leads in (("colleague", False), ("lead.contact", True)):
    person = Person(email=name + "@example.org", name=name.capitalize(), invented=True)
    person.set_password("{PASSWORD}")
    journal.enter(person, **told)
    row = Capacity(person=person, role=Role.PARTY_CONTACT, organisation_id=party.pk, leads=leads,
                   from_day=date(2020, 3, 2), recorded=told["recorded"])
    journal.enter(row, **told)
"""


@pytest.fixture
def with_colleagues(demo_site: Site) -> Site:
    """The small supplier has two more contacts: one who may not submit for it, and one who may."""
    subprocess.run([sys.executable, "-c", COLLEAGUES], env=environment(demo_site.home), check=True)
    return demo_site


def prepare(page: Page) -> str:
    """The analyst asks one question and opens the consultation; returns its address."""
    sign_in(page, "change.analyst")
    page.goto("/consultations/new/")
    page.get_by_label("Kind").select_option("request for information")
    page.get_by_label("Title").fill("What would the change cost you?")
    page.get_by_label("By", exact=True).fill("SECP")
    page.get_by_label("Closes").fill("2020-03-30 17:00")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile("/CON-"))
    at = page.url
    page.get_by_role("link", name="Add a question").click()
    page.get_by_label("Question").fill("Is the cost as you expected?")
    page.get_by_role("button", name="Save").click()
    step(page, "Open now")
    expect(page.get_by_role("main")).to_contain_text("Closes")
    return at


def test_a_party_responds_and_reads_what_became_of_it(
    new_page: Callable[[], Page], with_colleagues: Site, axe: Axe
) -> None:
    staff = new_page()
    at = prepare(staff)
    axe(staff)

    drafter = new_page()
    sign_in(drafter, "colleague")
    drafter.goto(at)
    drafter.get_by_role("link", name="Respond", exact=True).click()
    drafter.get_by_label("Question 1: your answer").fill("It costs us twice as much")
    drafter.get_by_role("button", name="Save the draft").click()
    expect(drafter.get_by_role("status")).to_contain_text("The draft is saved")
    expect(drafter.get_by_role("button", name="Save and send")).to_have_count(0)
    axe(drafter)

    reviewer = new_page()
    sign_in(reviewer, "small.supplier")
    reviewer.goto(f"{at}respond/")
    expect(reviewer.get_by_label("Question 1: your answer")).to_have_value("It costs us twice as much")
    reviewer.get_by_label("What you say to it").fill("Say by how much")
    reviewer.get_by_role("button", name="I have reviewed it").click()
    expect(reviewer.get_by_role("main")).to_contain_text("Reviewed by Sample Contact")

    lead = new_page()
    sign_in(lead, "lead.contact")
    for answer in ("It costs us twice as much", "It costs us 2,000 more"):
        lead.goto(f"{at}respond/")
        lead.get_by_label("Question 1: your answer").fill(answer)
        lead.get_by_role("button", name="Save and send").click()
        lead.wait_for_url("**/consultation-responses/*/")
        expect(lead.get_by_role("main")).to_contain_text("Hash (SHA-256)")
        expect(lead.get_by_role("main")).to_contain_text("It agrees with what is kept.")
    expect(lead.get_by_role("main")).to_contain_text("Replaces")
    axe(lead)

    set_clock(with_colleagues, "2020-03-31T09:00:00+00:00")
    staff.goto(at)
    step(staff, "Close")
    staff.get_by_role("link", name="Points raised").click()
    expect(staff.get_by_role("main")).to_contain_text("It costs us 2,000 more")
    expect(staff.get_by_role("main")).not_to_contain_text("twice as much")
    staff.get_by_label("Disposition").select_option("accepted")
    staff.get_by_label("Answer").fill("The cost is now in the report")
    axe(staff)
    staff.get_by_role("button", name="Save the dispositions").click()
    staff.goto(at)
    step(staff, "Conclude and publish", outcome="The report was changed")

    drafter.goto(at)
    drafter.get_by_role("link", name="You said, we did").click()
    expect(drafter.get_by_role("heading", name="Your points")).to_be_visible()
    expect(drafter.get_by_role("main")).to_contain_text("The cost is now in the report")
    axe(drafter)
    drafter.goto(f"{at}summary/")
    expect(drafter.get_by_role("main")).to_contain_text("1 response in time")
    axe(drafter)
