"""Pages of decisions: the deadline with its working, the referral by a party's contact, the letter, the duty."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from secretariat.change.decision import page
from secretariat.change.decision.duties import referrals
from secretariat.change.decision.models import Decision, Letter, Referral
from secretariat.change.models import Path, Proposal, Stage
from secretariat.committees.ballots.models import Ballot
from tests.change.factories import change_person, in_decision, london
from tests.change.test_decision import a_party, board_voted, contact, notified, of_june_2017, with_the_authority
from tests.committees.factories import a_board
from tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_last_day(settings: Any) -> None:
    """The pages are asked at 17:00 on the last day of the period for referral."""
    settings.CLOCK = london("2017-07-06 17:00").isoformat()
    settings.MFA_REQUIRED_ROLES = []


def test_the_page_of_a_decision_prints_the_deadline_with_its_working() -> None:
    decision = notified(of_june_2017(), "2017-06-22")
    content = Client().get(f"/decisions/{decision.pk}/").content.decode()
    assert "to the Panel until Thu 6 Jul 2017, 17:00" in content
    assert "10 Working Days after Thu 22 Jun 2017 is Thu 6 Jul 2017" in content
    assert "Thu 13 Jul 2017, unless it is referred" in content
    assert Client().get("/decisions/").status_code == 200
    assert Client().get("/decisions.csv?text=SECMP").content.decode().count("approve") == 1


def test_a_partys_contact_refers_a_decision_at_the_last_instant(settings: Any) -> None:
    decision, of = notified(of_june_2017(), "2017-06-22"), a_party()
    address = f"/decisions/{decision.pk}/refer/"
    assert Client().get(address).status_code == 302
    client = signed_in(contact(of))
    assert address in client.get(f"/decisions/{decision.pk}/").content.decode()
    refused = client.post(address, {"party": of.pk, "grounds": ""})
    assert (refused.status_code, Referral.objects.count()) == (422, 0)
    settings.CLOCK = london("2017-07-06 17:01").isoformat()
    late = client.post(address, {"party": of.pk, "grounds": "It costs too much."})
    assert (late.status_code, Referral.objects.count()) == (422, 0)
    assert "It costs too much." in late.content.decode()
    settings.CLOCK = london("2017-07-06 17:00").isoformat()
    assert client.post(address, {"party": of.pk, "grounds": "It costs too much."}).status_code == 302
    made = Referral.objects.get()
    assert client.get(f"/referrals/{made.pk}/").status_code == 200
    assert Client().get(f"/referrals/{made.pk}/").status_code == 404


def test_a_contact_refers_for_no_other_party() -> None:
    decision, own, other = notified(of_june_2017(), "2017-06-22"), a_party(), a_party("Birch Energy Limited")
    client = signed_in(contact(own))
    answer = client.post(f"/decisions/{decision.pk}/refer/", {"party": other.pk, "grounds": "x"})
    assert (answer.status_code, Referral.objects.count()) == (422, 0)


def test_a_party_is_told_until_when_it_may_refer() -> None:
    decision, of = notified(of_june_2017(), "2017-06-22"), a_party()
    (duty,) = referrals(of.pk, contact(of), london("2017-07-06 17:00"))
    assert (duty.about, duty.due) == (decision, london("2017-07-06 17:00"))
    assert list(referrals(of.pk, contact(of), london("2017-07-06 17:01"))) == []


def test_the_change_team_prepares_ballots_and_takes_the_decision_on_pages(settings: Any) -> None:
    proposal = in_decision("2019-09-04", number=76)
    a_board(consumer=1, small_suppliers=1, networks=1)
    client = signed_in(change_person())
    settings.CLOCK = london("2019-09-19 09:00").isoformat()
    times = {"opens_at": "2019-09-19 10:00", "closes_at": "2019-09-19 11:00"}
    assert client.post("/proposals/MP076/ballots/", times).status_code == 302
    ballot = Ballot.objects.get()
    assert "a" in ballot.objectives
    settings.CLOCK = london("2019-09-19 12:00").isoformat()
    (voted,) = board_voted(proposal, "2019-09-19")
    assert client.post("/proposals/MP076/decide/", {"ballots": [ballot.pk]}).status_code == 422
    assert client.post("/proposals/MP076/decide/", {"ballots": [voted.pk], "reasons": "It helps."}).status_code == 302
    assert Decision.objects.get().reasons == "It helps."
    assert Proposal.objects.get(pk=proposal.pk).state == Stage.APPROVED
    assert Client().get("/proposals/MP076/decide/").status_code == 302


def test_a_letter_is_entered_with_all_that_it_decides(settings: Any) -> None:
    with_the_authority(85), with_the_authority(86)
    settings.CLOCK = london("2019-10-22").isoformat()
    told = {"dated_on": "2019-10-21", "received_on": "2019-10-22", "says": "approve", "proposals": "MP085, MP086"}
    client = signed_in(change_person())
    assert client.post("/letters/new/", {**told, "proposals": "MP085, MP999"}).status_code == 422
    assert not Letter.objects.exists()
    answer = client.post("/letters/new/", told)
    assert answer.status_code == 302, answer.content.decode()
    content = Client().get(f"/letters/{Letter.objects.get().pk}/").content.decode()
    assert "MP085" in content
    assert "MP086" in content


def test_a_proposals_page_is_told_what_is_needed_and_what_comes_next() -> None:
    proposal = of_june_2017()
    at = london("2017-06-21")
    assert [need.what for need in page.needs(proposal, None, at)] == ["The Change Board's ballot is prepared"]
    notified(proposal, "2017-06-22")
    proposal.refresh_from_db()
    at = london("2017-06-23")
    assert [(one.who, one.day.isoformat()) for one in page.coming(proposal, None, at)] == [
        ("Any party", "2017-07-06"), ("Change team", "2017-07-13"),
    ]  # fmt: skip
    assert [fact.label for fact in page.facts(proposal, None, at)] == ["Decision", "Implementation"]
    assert [table.title for table in page.related(proposal, None, at)] == ["Decisions"]
    assert page.needs(proposal, None, at) == []


def test_while_the_authority_decides_its_letter_is_needed() -> None:
    proposal = with_the_authority(85)
    assert proposal.path == Path.AUTHORITY
    assert [need.who for need in page.needs(proposal, None, london("2019-09-20"))] == ["The Authority"]
