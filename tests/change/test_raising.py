"""Raising a proposal as an outsider would: saved as one goes, compared, sent, replied to, raised."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from secretariat.change.assessments.models import RAISED, RECEIVED, Idea
from secretariat.change.assessments.procedure import IDEAS
from secretariat.change.judging.models import Summary
from secretariat.change.models import Proposal
from secretariat.change.raising.models import ProblemDraft
from secretariat.change.raising.similar import MOST_WORDS, similar, telling_words
from secretariat.core.journal import Event
from secretariat.core.people import Role
from tests.change.factories import LATER, change_person, converted, party, person, raised

START = "/raise-a-proposal/"
WHOLE = {
    "title": "Prepayment meters lose credit", "problem": "Credit is lost when a meter is exchanged.",
    "affected": "Households", "from_name": "A. Householder", "from_email": "householder@example.org",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _often(settings: Any) -> None:
    settings.API_RATES = {**settings.API_RATES, "applications": "10000/h"}


def begun(client: Client, **typed: str) -> str:
    answer = client.post(START, {"title": "Prepayment meters lose credit", **typed})
    assert answer.status_code == 302
    return str(answer["Location"])


def team() -> Client:
    client = Client()
    client.force_login(change_person(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.django_db
def test_a_problem_is_saved_with_its_title_only_and_found_again_by_its_address() -> None:
    where = begun(Client())
    page = Client().get(where)
    assert "Prepayment meters lose credit" in page.content.decode()
    assert page["Cache-Control"] == "no-store"
    assert ProblemDraft.objects.get().idea is None


@pytest.mark.django_db
@pytest.mark.parametrize("key", ["1", "1:nonsense", "0", "%20"])
def test_nobody_opens_a_problem_without_its_key(key: str) -> None:
    begun(Client())
    assert Client().get(f"{START}{key}/").status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize("lacks", ["problem", "from_name", "from_email"])
def test_what_is_typed_is_saved_also_when_it_cannot_be_sent_yet(lacks: str) -> None:
    where = begun(Client())
    answer = Client().post(where, {**WHOLE, lacks: "", "affected": "Small suppliers", "send": "yes"})
    assert answer.status_code == 422
    assert ProblemDraft.objects.get().affected == "Small suppliers"
    assert not Idea.objects.exists()


@pytest.mark.django_db
def test_a_problem_that_is_sent_becomes_an_idea_with_its_reply_due_and_stands_as_it_is() -> None:
    where = begun(Client())
    assert Client().post(where, {**WHOLE, "send": "yes"}).status_code == 302
    idea = Idea.objects.get()
    assert (idea.state, idea.title, idea.from_email) == (RECEIVED, WHOLE["title"], WHOLE["from_email"])
    assert "Who is affected: Households" in idea.text
    assert idea.reply_due_on is not None
    assert "It is with us." in Client().get(where).content.decode()
    assert Client().post(where, {**WHOLE, "title": "Another", "save": "yes"}).status_code == 422
    assert ProblemDraft.objects.get().title == WHOLE["title"]


@pytest.mark.django_db
def test_the_journal_says_which_answers_changed_and_not_what_they_are() -> None:
    where = begun(Client())
    Client().post(where, {**WHOLE, "save": "yes"})
    told = str(list(Event.objects.filter(name__startswith="problemdraft").values_list("facts", flat=True)))
    assert "from_email" in told
    assert "householder" not in told.casefold()


@pytest.mark.django_db
def test_a_partys_contact_tells_it_for_the_party() -> None:
    alder, client = party(), Client()
    contact = person(Role.PARTY_CONTACT, organisation_id=alder.pk)
    client.force_login(contact, backend="django.contrib.auth.backends.ModelBackend")
    client.post(begun(client), {**WHOLE, "send": "yes"})
    idea = Idea.objects.get()
    assert (idea.party, idea.person) == (alder, contact)


@pytest.mark.django_db
def test_the_change_team_raises_the_proposal_from_an_idea_that_it_replied_to() -> None:
    where = begun(Client())
    Client().post(where, {**WHOLE, "send": "yes"})
    idea = Idea.objects.get()
    assert team().get(f"/ideas/{idea.pk}/raise/").status_code == 404
    told: Any = {"by": change_person(), "at": idea.submitted_at, "recorded": idea.submitted_at}
    IDEAS.take("reply", idea, text="Go on.", **told)
    assert "Go on." in Client().get(where).content.decode()
    assert Client().get(f"/ideas/{idea.pk}/raise/").status_code == 302
    answer = team().post(f"/ideas/{idea.pk}/raise/", {"title": WHOLE["title"], "proposer_name": "A. Householder"})
    made = Proposal.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    idea.refresh_from_db()
    assert (idea.state, idea.proposal) == (RAISED, made)
    assert made.reference in Client().get(where).content.decode()


@pytest.mark.django_db
def test_similar_proposals_share_words_and_only_readable_ones_are_shown() -> None:
    converted("2019-07-12", number=79, title="Exchange of prepayment meters")
    raised("2019-07-12", number=80, title="Charging of vehicles")
    shut = raised("2019-07-12", number=81, title="Prepayment credit at exchange of meters")
    Proposal.objects.filter(pk=shut.pk).update(classification=2)
    page = Client().get(begun(Client(), problem="At an exchange of the meter")).content.decode()
    assert "MP079" in page
    assert "DP080" not in page
    assert "DP081" not in page


@pytest.mark.django_db
def test_a_summary_above_white_makes_nothing_similar() -> None:
    made = raised("2019-07-12", number=80, title="A change")
    told = Summary.objects.create(proposal=made, problem="Prepayment credit of meters", recorded=LATER)
    assert [one.proposal for one in similar("Prepayment meter credit", "", None, LATER)] == [made]
    Summary.objects.filter(pk=told.pk).update(classification=2)
    assert similar("Prepayment meter credit", "", None, LATER) == []


@pytest.mark.django_db
def test_similarity_asks_one_query(django_assert_num_queries: Any) -> None:
    for number in range(1, 9):
        raised("2019-07-12", number=number, title="Prepayment meters")
    with django_assert_num_queries(1):
        assert len(similar("Prepayment meters", "", None, LATER)) == 5


def test_common_and_short_words_tell_nothing() -> None:
    assert telling_words("The code should change", "It is so") == ()
    assert telling_words("Meters", "of electricity and gas") == ("meter", "electricity")


@given(st.text(max_size=200), st.text(max_size=200))
def test_no_more_words_are_looked_for_than_told_and_each_once(title: str, text: str) -> None:
    words = telling_words(title, text)
    assert len(words) == len(set(words)) <= MOST_WORDS
