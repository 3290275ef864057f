"""A proposal's legal text: its drafts, what they need before a decision, and what becomes of them with the proposal."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.change.drafting.texts import begin_for, drafts_of, link
from secretariat.change.models import Body, Path, Proposal, Stage
from secretariat.change.standing.models import ProposerSpell
from secretariat.core.journal import Told, history, verify
from secretariat.core.procedure import Refused
from secretariat.legaltext.drafting.actions import rebase_draft, settle
from secretariat.legaltext.drafting.procedure import DRAFTING
from secretariat.legaltext.drafting.values import met
from secretariat.legaltext.models import DocumentVersion, Draft
from secretariat.legaltext.publishing.models import PlannedItem
from secretariat.legaltext.text import Edit, apply
from tests.change.factories import LATER, change_person, in_report, london, raised, take
from tests.legaltext.drafts import SECTION_H, says, version
from tests.legaltext.drafts import draft as plain_draft
from tests.legaltext.drafts import told as told_then

pytestmark = pytest.mark.django_db
WORDS = "The DCC shall print it."


def told(on: str = "2019-08-20") -> Told:
    """By the change team at noon on a day."""
    return {"by": change_person(), "at": london(on), "recorded": london(on)}


def of(proposal: Proposal, title: str = "Text", body: str = WORDS, **more: Any) -> Draft:
    """A draft of a proposal's legal text that changes H3.3."""
    baseline = DocumentVersion.objects.first() or version(SECTION_H, on=date(2019, 1, 1))
    made = Draft(title=title, document=baseline.document, baseline=baseline, **({"classification": 0} | more))
    begin_for(proposal, made, told())
    says(made, "three", body, **told())
    return made


def put_to_decision(proposal: Proposal) -> None:
    take("vote", proposal, "2019-09-10", consultation_closed=date(2019, 9, 2))


def decided(proposal: Proposal, how: str = "approve") -> None:
    facts: dict[str, Any] = {"decided_by": Body.CHANGE_BOARD}
    take(how, proposal, "2019-09-25", **facts)


def state(made: Draft) -> str:
    return Draft.objects.get(pk=made.pk).state


def test_legal_text_is_approved_with_its_proposal() -> None:
    proposal = in_report()
    made = of(proposal)
    put_to_decision(proposal)
    assert state(made) == "pending"
    decided(proposal)
    assert state(made) == "approved"
    last = history(made).last()
    assert last is not None
    assert (last.name, last.by, last.facts["because"]) == (
        "draft.approve_with", None, f"{proposal.reference}: Pending implementation"
    )  # fmt: skip
    assert not list(verify())


def test_legal_text_is_dropped_with_a_rejected_proposal_and_taken_up_when_that_is_overturned() -> None:
    proposal = in_report()
    made, by_hand = of(proposal), of(proposal, "By mistake")
    DRAFTING.take("drop", by_hand, because="Typed twice.", **told())
    put_to_decision(proposal)
    decided(proposal, "reject")
    assert state(made) == "dead"
    take("overturn_rejection", proposal, "2019-10-25", decided_by=Body.PANEL)
    assert (state(made), state(by_hand)) == ("approved", "dead")
    take("overturn", proposal, "2019-11-25", decided_by=Body.PANEL)
    assert state(made) == "dead"


def test_legal_text_that_is_published_stays_when_the_approval_is_overturned() -> None:
    proposal = in_report()
    made = of(proposal)
    put_to_decision(proposal)
    decided(proposal)
    PlannedItem.objects.create(document=made.document, draft=made, number="2.0", version=made.baseline)
    take("overturn", proposal, "2019-11-25", decided_by=Body.PANEL)
    assert state(made) == "approved"


def test_legal_text_of_a_withdrawn_proposal_is_dropped_and_pending_again_once_it_is_adopted() -> None:
    proposal = raised("2019-06-03")
    made = of(proposal)
    take("withdraw", proposal, "2019-09-02")
    assert state(made) == "dead"
    spell = proposal.proposer_spells.get(to_day__isnull=True)
    spell.to_day = date(2019, 9, 2)
    spell.save()
    ProposerSpell.objects.create(
        proposal=proposal, name="Birch Energy Limited", how=ProposerSpell.How.ADOPTED, from_day=date(2019, 9, 3),
        recorded=LATER,
    )  # fmt: skip
    take("adopt_in_development", proposal, "2019-09-03")
    assert state(made) == "pending"


def test_a_proposal_with_an_unsettled_conflict_is_not_put_to_decision() -> None:
    proposal, another = in_report(), raised("2019-06-04")
    one, other = of(proposal, "One"), of(another, "Other", "The DCC shall send it.")
    with pytest.raises(Refused, match="another draft that nobody has settled"):
        put_to_decision(proposal)
    assert Proposal.objects.get(pk=proposal.pk).state == Stage.REPORT
    settle(met(one)[0].conflict, "three", None, "Both gone.", **told())
    put_to_decision(proposal)
    assert state(other) == "pending"


def test_a_proposal_whose_legal_text_has_a_new_error_is_not_put_to_decision() -> None:
    proposal = in_report()
    made = of(proposal, body="The DCC shall publish it as Section H9.9 says.")
    with pytest.raises(Refused, match="without a new error"):
        put_to_decision(proposal)
    says(made, "three", WORDS, **told("2019-08-21"))
    put_to_decision(proposal)
    assert Proposal.objects.get(pk=proposal.pk).state == Stage.DECISION


def test_an_error_that_comes_up_after_the_vote_stands_in_the_way_of_the_approval() -> None:
    proposal = in_report()
    made = of(proposal)
    put_to_decision(proposal)
    says(made, "three", "The DCC shall publish it as Section H9.9 says.", **told("2019-09-12"))
    with pytest.raises(Refused, match="without a new error"):
        decided(proposal)
    assert state(made) == "pending"


def test_a_draft_has_at_least_the_class_of_its_proposal() -> None:
    amber = in_report()
    Proposal.objects.filter(pk=amber.pk).update(classification=2, audience="SSC")
    amber.refresh_from_db()
    made = of(amber, classification=0)
    assert (made.classification, made.audience) == (2, "SSC")
    version_ = DocumentVersion.objects.get()
    white = plain_draft("White", version_)
    with pytest.raises(Refused, match="for fewer readers"):
        link(amber, white, told())
    assert list(drafts_of(amber)) == [made]


def test_a_draft_that_is_there_becomes_a_proposals_once() -> None:
    proposal, other = in_report(), raised("2019-06-04")
    made = plain_draft("There", version(SECTION_H))
    link(proposal, made, told_then())  # type: ignore[arg-type]
    assert list(drafts_of(proposal)) == [made]
    with pytest.raises(Refused, match="about nothing else"):
        link(other, made, told_then())  # type: ignore[arg-type]


def test_a_draft_that_a_newer_version_has_overtaken_is_carried_over_before_the_decision() -> None:
    proposal = in_report()
    made = of(proposal)
    there = SECTION_H.by_uid["three"]
    since = replace(there, body="The DCC shall send it on paper, in the end, to all.")
    newer = version(apply(SECTION_H, [Edit(there, since)]), "2.0", date(2019, 8, 1))
    with pytest.raises(Refused, match="fits the newest version"):
        put_to_decision(proposal)
    assert "is carried over to the newest version" in signed_in().get(proposal.get_absolute_url()).content.decode()
    rebase_draft(made, newer, {"three": replace(there, body=WORDS)}, **told())
    put_to_decision(proposal)


# Pages


def signed_in() -> Client:
    client = Client()
    client.force_login(change_person())
    return client


def test_the_proposals_page_tells_its_legal_text_and_its_conflicts() -> None:
    proposal, another = in_report(), raised("2019-06-04")
    of(proposal, "Print it"), of(another, "Send it", "The DCC shall send it.")
    shown = signed_in().get(proposal.get_absolute_url()).content.decode()
    assert "Print it" in shown
    assert "1 to be settled" in shown
    assert "Both change H3.3" in shown


def test_legal_text_of_a_higher_class_leaves_the_public_page_as_it_was() -> None:
    proposal = in_report()
    before = Client().get(proposal.get_absolute_url()).content
    of(proposal, "Amber words", classification=2, audience="SSC")
    after = Client().get(proposal.get_absolute_url()).content
    assert b"Amber words" not in after
    assert len(before) == len(after)


def test_a_draft_is_begun_and_linked_from_the_proposals_page() -> None:
    proposal, client = in_report(), signed_in()
    newest = version(SECTION_H)
    told_ = {"document": newest.document_id, "baseline": "", "title": "New words", "classification": 0, "audience": ""}
    response = client.post(reverse("legal text-new", args=[proposal.reference]), told_)
    made = drafts_of(proposal).get()
    assert response.headers["Location"] == made.get_absolute_url()
    free = plain_draft("Free", newest)
    assert client.get(reverse("link legal text", args=[proposal.reference])).status_code == 200
    client.post(reverse("link legal text", args=[proposal.reference]), {"draft": free.pk})
    assert list(drafts_of(proposal)) == [made, free]
    assert client.post(reverse("link legal text", args=[proposal.reference]), {"draft": free.pk}).status_code == 422


def test_only_the_change_team_gives_an_open_proposal_its_legal_text() -> None:
    proposal = in_report()
    for name in ("legal text-new", "link legal text"):
        assert Client().get(reverse(name, args=[proposal.reference])).status_code == 302
        assert signed_in().get(reverse(name, args=["MP999"])).status_code == 404


def test_on_path_2_the_authoritys_approval_approves_the_legal_text() -> None:
    proposal = in_report(path=Path.AUTHORITY)
    made = of(proposal)
    put_to_decision(proposal)
    take("recommend", proposal, "2019-09-25", recommendation="approve")
    assert state(made) == "pending"
    take("approve", proposal, "2019-10-25", decided_by=Body.AUTHORITY)
    assert state(made) == "approved"
