"""The paper checker in a paper's life: an error stands in the way until it is mended or accepted with a reason."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from secretariat.core import journal
from secretariat.core.journal import Event
from secretariat.core.people import Person, Team
from secretariat.core.procedure import Refused
from secretariat.papers.actions import add_passage, restate
from secretariat.papers.models import AcceptedFinding, Paper
from secretariat.papers.procedure import PAPER, PASSAGE
from secretariat.papers.proofing import accept, proofread, standing
from tests.papers import world
from tests.papers.world import told

pytestmark = pytest.mark.django_db

WRONG = "The workshop was held on Monday 3 March 2020."
RIGHT = "The workshop was held on Tuesday 3 March 2020."


@pytest.fixture
def paper() -> Paper:
    world.accede("Neon Example Limited", date(2020, 2, 3))
    begun = world.begun()
    journal.amend(begun.attachments.get(), {"not_supplied": "nothing to report"}, **told())
    return begun


@pytest.fixture
def lead(paper: Paper) -> Person:
    return Person.objects.get(email="lead@example.org")


@pytest.fixture
def reviewer() -> Person:
    return world.person("reviewer", team=Team.OPERATIONS)


@pytest.fixture
def wrong(paper: Paper, lead: Person) -> Paper:
    add_passage(paper, "entry", "paragraph", WRONG, **told(lead))
    return paper


def errors(paper: Paper) -> list[str]:
    return [finding.rule for finding in proofread(paper).errors]


def test_a_paper_that_adds_up_is_signed_off(paper, lead, reviewer):
    add_passage(paper, "entry", "paragraph", RIGHT, **told(lead))
    assert errors(paper) == []
    PAPER.take("review", paper, **told(reviewer))
    PAPER.take("sign_off", paper, **told(lead))


def test_proofreading_is_clear_before_sign_off_so_an_error_is_mended_first(wrong, lead, reviewer):
    assert errors(wrong) == ["weekday-date"]
    PAPER.take("review", wrong, **told(reviewer))
    with pytest.raises(Refused, match="finds an error"):
        PAPER.take("sign_off", wrong, **told(lead))
    PAPER.take("reopen", wrong, **told(lead), reason="a wrong weekday")
    passage = wrong.passages.get()
    PASSAGE.take("rewrite", passage, **told(lead), text=RIGHT, kind="paragraph", revision=passage.revision)
    PAPER.take("review", wrong, **told(reviewer))
    PAPER.take("sign_off", wrong, **told(lead))


def test_an_error_accepted_with_a_reason_no_longer_stands_in_the_way_and_the_journal_keeps_the_reason(
    wrong, lead, reviewer
):
    (found,) = proofread(wrong).errors
    accept(wrong, found, "The invitation said so.", **told(lead))
    assert errors(wrong) == []
    assert [(finding.rule, line.reason) for finding, line in proofread(wrong).accepted] == [
        ("weekday-date", "The invitation said so.")
    ]
    event = Event.objects.filter(name="acceptedfinding.accept").get()
    assert event.facts["reason"] == "The invitation said so."
    PAPER.take("review", wrong, **told(reviewer))
    PAPER.take("sign_off", wrong, **told(lead))
    PAPER.take("issue", wrong, **told(lead))


def test_an_acceptance_holds_in_the_restated_version(wrong, lead, reviewer):
    accept(wrong, proofread(wrong).errors[0], "The invitation said so.", **told(lead))
    PAPER.take("review", wrong, **told(reviewer))
    PAPER.take("sign_off", wrong, **told(lead))
    PAPER.take("issue", wrong, **told(lead))
    assert errors(restate(wrong, reason="a late accession", **told(lead))) == []


def test_an_acceptance_needs_a_reason_an_open_paper_and_the_operations_team(wrong, lead):
    (found,) = proofread(wrong).errors
    with pytest.raises(Refused, match="Say why"):
        accept(wrong, found, "  ", **told(lead))
    with pytest.raises(Refused, match="Only the operations team"):
        accept(wrong, found, "because", **told(world.person("agent", team=Team.HELPDESK)))
    wrong.state = "issued"
    with pytest.raises(Refused, match="was issued"):
        accept(wrong, found, "because", **told(lead))
    assert not AcceptedFinding.objects.exists()


def test_what_is_no_longer_found_cannot_be_accepted(paper):
    with pytest.raises(Refused, match="no longer finds"):
        standing(paper, "weekday-date", WRONG)


def test_the_page_names_the_error_keeps_a_refused_form_and_accepts(wrong, lead):
    client, address = Client(), reverse("paper-findings", args=[wrong.key])
    client.force_login(lead)
    (found,) = proofread(wrong).errors
    assert "Monday 3 March 2020" in client.get(address).content.decode()
    asked = {"rule": found.rule, "words": found.text, "reason": ""}
    refused = client.post(address, asked)
    assert refused.status_code == 422
    assert "Say why" in refused.content.decode()
    assert client.post(address, asked | {"reason": "As invited."}).status_code == 302
    assert "As invited." in client.get(address).content.decode()


def test_the_page_is_the_secretariats(wrong):
    address = reverse("paper-findings", args=[wrong.key])
    assert Client().get(address).status_code == 302
    client = Client()
    client.force_login(world.person("someone", role="party contact"))
    assert client.get(address).status_code == 403
