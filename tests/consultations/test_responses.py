"""Responses: who reads, who sends, what is in time, what replaces what, and what is raised by them."""

from __future__ import annotations

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, connections

from secretariat.consultations.actions import SavedMeanwhile, draft_of, review, submit
from secretariat.consultations.models import Answer, Point, Question, Response
from secretariat.consultations.responding import RESPONSES
from secretariat.core.journal import Event, history
from secretariat.core.procedure import Refused
from tests.consultations.factories import (
    CLOSES,
    contact,
    drafted,
    london,
    opened,
    party,
    person,
    saved,
    sent,
    staff,
    told,
    typed,
)
from tests.post.conftest import committed  # noqa: F401 - a fixture

pytestmark = pytest.mark.django_db
AT = london("2020-03-20")


def reads(who: object, response: Response) -> bool:
    return bool(Response.objects.visible_to(who, AT).filter(pk=response.pk).exists())


def test_a_draft_is_read_by_the_partys_own_contacts_and_by_nobody_else() -> None:
    amber, birch = party(), party("Birch Power Limited")
    mine, colleague, other = contact("Ann", amber), contact("Bob", amber), contact("Cat", birch)
    draft = saved(opened(), amber, mine, "Our secret view")
    assert [reads(who, draft) for who in (mine, colleague, other, staff(), None)] == [True, True, False, False, False]


def test_no_event_of_a_draft_holds_a_word_of_it() -> None:
    draft = saved(opened(), party(), contact("Ann", party()), "Our secret view", text="More that is secret")
    review(draft, "A secret note", by=contact("Bob", party()), at=AT, recorded=AT)
    assert [event.name for event in history(draft)] == ["response.begin", "response.save", "response.review"]
    assert not [event for event in Event.objects.all() if "secret" in str(event.facts)]


def test_a_sent_response_is_read_by_the_secretariat_and_never_by_another_party() -> None:
    amber, other = party(), contact("Cat", party("Birch Power Limited"))
    response = sent(opened(), amber, contact("Ann", amber), "A view")
    assert reads(staff(), response)
    assert not reads(other, response)
    assert not reads(None, response)


def test_a_person_who_speaks_for_no_party_reads_their_own_alone() -> None:
    response = sent(opened(), None, person("Dan"), "A view")
    assert reads(person("Dan"), response)
    assert not reads(person("Eve"), response)


def test_a_draft_is_saved_as_typed_with_gaps() -> None:
    one = opened()
    draft = saved(one, party(), contact("Ann", party()), "", "  half a sent", choice="")
    assert list(draft.answers.values_list("question__number", "text")) == [(2, "  half a sent")]
    assert draft.version == 1


def test_a_colleague_who_saved_meanwhile_is_not_written_over() -> None:
    one, amber = opened(), party()
    saved(one, amber, contact("Ann", amber), "First")
    with pytest.raises(SavedMeanwhile, match="A colleague saved"):
        saved(one, amber, contact("Bob", amber), "Second", version=0)
    assert Answer.objects.get(question__number=1).text == "First"
    saved(one, amber, contact("Bob", amber), "Both", version=1)
    assert Answer.objects.get(question__number=1).text == "Both"


def test_only_a_colleague_reviews_and_saving_again_asks_for_another_reading() -> None:
    one, amber = opened(), party()
    ann, bob = contact("Ann", amber), contact("Bob", amber)
    draft = saved(one, amber, ann, "A view")
    with pytest.raises(Refused, match="a colleague reviews it"):
        review(draft, "", by=ann, at=AT, recorded=AT)
    with pytest.raises(Refused, match="own contacts"):
        review(draft, "", by=contact("Cat", party("Birch Power Limited")), at=AT, recorded=AT)
    review(draft, "Well said", by=bob, at=AT, recorded=AT)
    assert (draft.reviewed_by, draft.review_note) == (bob, "Well said")
    again = saved(one, amber, ann, "A better view", version=1)
    assert again.reviewed_by is None


def test_the_partys_authorised_contact_submits() -> None:
    one, amber = opened(), party()
    ann, lead = contact("Ann", amber), contact("Lea", amber, leads=True)
    draft = saved(one, amber, ann, "A view")
    with pytest.raises(Refused, match="authorised contact"):
        submit(draft, by=ann, at=AT, recorded=AT)
    submit(draft, by=lead, at=AT, recorded=AT)
    assert (draft.state, draft.submitted_at) == ("submitted", AT)


def test_where_a_party_has_named_nobody_any_contact_of_it_submits() -> None:
    assert sent(opened(), party(), contact("Ann", party()), "A view").state == "submitted"


def test_the_receipts_hash_changes_with_every_word_and_with_the_treatment() -> None:
    response = sent(opened(), party(), contact("Ann", party()), "A view")
    assert len(response.sha256) == 64
    assert response.reckoned() == response.sha256
    Answer.objects.filter(question__number=1).update(confidential=True)
    assert response.reckoned() != response.sha256


def test_an_empty_response_is_not_submitted() -> None:
    draft = saved(opened(), party(), contact("Ann", party()), choice="")
    with pytest.raises(Refused, match="A response answers at least one question"):
        submit(draft, by=contact("Ann", party()), at=AT, recorded=AT)


def test_the_closing_instant_itself_is_in_time() -> None:
    one, ann, at = opened(), contact("Ann", party()), london(CLOSES)
    draft = saved(one, party(), ann, "A view")
    with pytest.raises(Refused, match="The consultation is still open, so the response is in time"):
        RESPONSES.take("submit_late", draft, by=ann, at=at, recorded=at)
    response = submit(draft, by=ann, at=at, recorded=at)
    assert response.state == "submitted"


def test_the_instant_after_the_closing_is_late_kept_and_marked() -> None:
    one, ann = opened(), contact("Ann", party())
    draft = saved(one, party(), ann, "A view")
    after = london(CLOSES) + timedelta(microseconds=1)
    with pytest.raises(Refused, match="The consultation has closed: what comes after the closing instant"):
        RESPONSES.take("submit", draft, by=ann, at=after, recorded=after)
    submit(draft, by=ann, at=after, recorded=after)
    assert (draft.state, draft.submitted_at, draft.points.count()) == ("late", after, 0)


def test_nobody_tells_that_a_response_was_sent_earlier_than_it_was() -> None:
    one, ann = opened(), contact("Ann", party())
    draft = saved(one, party(), ann, "A view")
    with pytest.raises(Refused, match="when it is sent"):
        RESPONSES.take("submit", draft, by=ann, at=london(CLOSES), recorded=london("2020-04-08"))
    assert draft.state == "draft"


def test_a_later_response_replaces_the_earlier_until_the_closing() -> None:
    one, ann = opened(), contact("Ann", party())
    first = sent(one, party(), ann, "First")
    second = sent(one, party(), ann, "Second", at="2020-03-25")
    first.refresh_from_db()
    assert (first.state, second.state, second.replaces) == ("replaced", "submitted", first)
    late = sent(one, party(), ann, "Third", at="2020-04-08")
    second.refresh_from_db()
    assert (second.state, late.state, late.replaces) == ("submitted", "late", None)
    assert list(Point.objects.standing().values_list("text", flat=True)) == ["Second"]


def test_a_consultation_may_leave_out_the_dcc() -> None:
    dcc = party("Smart DCC Limited", "dcc")
    one = opened(invited=["small-supplier", "large-supplier"])
    with pytest.raises(Refused, match="This consultation does not ask respondents of this kind"):
        saved(one, dcc, contact("Dee", dcc), "A view")
    with pytest.raises(Refused, match="does not ask"):
        saved(one, None, person("Dan"), "A view")
    assert saved(one, party(), contact("Ann", party()), "A view").state == "draft"


def test_nothing_is_said_before_the_opening() -> None:
    with pytest.raises(Refused, match="A response is begun once the consultation is open"):
        saved(drafted(), party(), contact("Ann", party()), "A view")


def test_nobody_writes_in_anothers_name() -> None:
    with pytest.raises(Refused, match="own"):
        saved(opened(), party(), contact("Cat", party("Birch Power Limited")), "A view")


def test_everything_said_in_words_is_raised_as_a_point() -> None:
    response = sent(opened(), party(), contact("Ann", party()), "", "It costs too much", text="And it is late")
    assert [(point.text, point.state) for point in response.points.all()] == [
        ("It costs too much", "raised"), ("And it is late", "raised"),
    ]  # fmt: skip


def test_a_question_stands_once_the_consultation_is_open() -> None:
    question = opened().questions.first()
    assert isinstance(question, Question)
    with pytest.raises(Exception, match="The questions stand"):
        question.full_clean()


@pytest.mark.usefixtures("committed")
@pytest.mark.django_db(transaction=True)
def test_of_two_submissions_of_one_response_at_the_same_time_one_counts() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has one writer: see the test of two who hold the same draft")
    one, ann = opened(), contact("Ann", party())
    draft = saved(one, party(), ann, "A view")
    together, outcomes = Barrier(2), []

    def press() -> None:
        mine = Response.objects.get(pk=draft.pk)
        together.wait()
        try:
            submit(mine, by=ann, at=AT, recorded=AT)
            outcomes.append("sent")
        except Refused:
            outcomes.append("refused")
        finally:
            connections.close_all()

    threads = [Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "sent"]
    assert [event.name for event in history(draft)].count("response.submit") == 1
    assert draft.points.count() == 1


def test_of_two_who_hold_the_same_draft_the_second_meets_what_the_first_left() -> None:
    one, ann = opened(), contact("Ann", party())
    draft = saved(one, party(), ann, "A view")
    first, second = Response.objects.get(pk=draft.pk), Response.objects.get(pk=draft.pk)
    submit(first, by=ann, at=AT, recorded=AT)
    with pytest.raises(Refused, match="the state is 'submitted'"):
        submit(second, by=ann, at=AT, recorded=AT)
    assert [event.name for event in history(draft)].count("response.submit") == 1
    with pytest.raises(Refused):
        saved(one, party(), ann, "Another", version=5)
    assert draft_of(one, party(), ann) is None


def test_what_was_typed_is_compared_answer_by_answer_and_the_numbers_told() -> None:
    one, ann = opened(), contact("Ann", party())
    saved(one, party(), ann, "A", "B")
    draft = saved(one, party(), ann, "A", "C", version=1)
    assert [event.facts.get("answers_changed") for event in history(draft)] == [None, [1, 2], [2]]
    assert typed(one, "A").answers


def test_mail_is_confirmed_by_a_person_only() -> None:
    one = opened()
    with pytest.raises(Refused):
        RESPONSES.take("receive", Response(consultation=one, text="x"), **told(staff(), "2020-03-20"))
