"""Procurements: sealed bids, declared conflicts, scores and the award."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused
from secretariat.effort.procurement import actions
from secretariat.effort.procurement.models import Bid, Procurement
from secretariat.effort.procurement.procedure import (
    PROCUREMENT,
    every_bid_is_scored,
    it_has_documents,
    results,
    the_best_bid_or_a_reason,
    the_bid_is_of_this_procurement,
    the_opening_is_to_come,
    the_opening_time_has_come,
    the_weights_make_a_whole,
    there_are_evaluators_enough,
)
from secretariat.post.due import take_due
from tests.effort.factories import NOON, person, refused

pytestmark = pytest.mark.django_db
OPENS = datetime(2020, 3, 27, 12, tzinfo=UTC)
BEFORE = datetime(2020, 3, 27, 11, 59, tzinfo=UTC)
PDF = b"%PDF-1.4 a bid"


@pytest.fixture(autouse=True)
def files_in_a_folder_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path


@pytest.fixture
def lead() -> Person:
    return person(Role.SECRETARIAT, "operations")


def told(by: Person | None, at: datetime = NOON) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def prepared(lead: Person, *weights: int, opens_at: datetime | None = OPENS) -> Procurement:
    made = Procurement(title="A new assessor", opens_at=opens_at)
    PROCUREMENT.take("prepare", made, **told(lead))
    for number, weight in enumerate(weights):
        actions.add_criterion(made, f"Criterion {number}", weight, **told(lead))
    return made


def issued(lead: Person) -> Procurement:
    made = prepared(lead, 60, 40)
    actions.add_document(made, "Instructions", "1.0", "i.pdf", PDF, **told(lead))
    PROCUREMENT.take("approve_documents", made, **told(person(Role.COMMITTEE_MEMBER, audience="SECP")))
    PROCUREMENT.take("issue", made, **told(lead))
    return made


def evaluator(made: Procurement, lead: Person, name: str, conflict: str = "") -> Person:
    found = Person.objects.create_user(f"{name}@example.test", name)
    Capacity.objects.create(
        person=found, role=Role.COMMITTEE_MEMBER, audience="SECP", from_day=date(2017, 1, 1), recorded=NOON
    )
    actions.name_evaluator(made, found, **told(lead))
    actions.declare(made, conflict, **told(found))
    return found


def with_bids(lead: Person) -> tuple[Procurement, Bid, Bid]:
    made = issued(lead)
    one, two = (actions.receive(made, name, 100, "b.pdf", PDF, **told(lead)) for name in ("One", "Two"))
    return made, one, two


def given(made: Procurement, *points: int) -> dict[Any, tuple[int, str]]:
    return {one: (number, "It says so.") for one, number in zip(made.criteria.all(), points, strict=True)}


def scored(lead: Person, first: int = 80, second: int = 60) -> tuple[Procurement, Bid, Bid]:
    made, one, two = with_bids(lead)
    people = [evaluator(made, lead, name) for name in ("a", "b")]
    take_due(OPENS, OPENS)
    for who in people:
        actions.score(one, given(made, first, 50), **told(who, OPENS))
        actions.score(two, given(made, second, 50), **told(who, OPENS))
    PROCUREMENT.take("conclude_scoring", made, **told(lead, OPENS))
    return made, one, two


def test_documents_are_approved_with_criteria_that_make_a_whole(lead: Person) -> None:
    made = prepared(lead, 60, 30)
    with refused(it_has_documents, the_weights_make_a_whole):
        PROCUREMENT.take("approve_documents", made, **told(lead))
    actions.add_document(made, "Instructions", "1.0", "i.pdf", PDF, **told(lead))
    with pytest.raises(ValidationError, match="version of the document"):
        actions.add_document(made, "Instructions", "1.0", "i.pdf", PDF, **told(lead))


def test_what_is_approved_stands_and_is_issued_before_its_opening(lead: Person) -> None:
    made = issued(lead)
    with pytest.raises(Refused, match="stand once"):
        actions.add_document(made, "Instructions", "1.1", "i.pdf", PDF, **told(lead))
    with pytest.raises(Refused, match="Criteria stand"):
        actions.add_criterion(made, "Beauty", 1, **told(lead))
    Procurement.objects.filter(pk=made.pk).update(state="documents approved", opens_at=NOON)
    with refused(the_opening_is_to_come):
        PROCUREMENT.take("issue", made, **told(lead))
    PROCUREMENT.take("cancel", made, **told(lead), reason="No money.")


def test_bids_are_sealed_for_everybody_until_their_opening_time(client: Client, lead: Person, settings: Any) -> None:
    made, one, _ = with_bids(lead)
    settings.CLOCK = BEFORE.isoformat()
    client.force_login(lead)
    for path in (one.get_absolute_url(), f"/bids/{one.pk}/file/", f"/bids/{one.pk}/score/"):
        assert client.get(path).status_code == 404, path
    page = client.get(made.get_absolute_url()).content.decode()
    assert "not even their number" in page
    assert ">One<" not in page
    assert not Bid.objects.visible_to(lead, BEFORE).exists()
    with refused(the_opening_time_has_come):
        PROCUREMENT.take("open_bids", made, **told(lead, BEFORE))
    assert take_due(OPENS, OPENS).refused == []
    settings.CLOCK = OPENS.isoformat()
    assert client.get(one.get_absolute_url()).status_code == 200
    assert client.get(f"/bids/{one.pk}/file/").content == PDF
    assert Event.objects.filter(name="bid.open_file").count() == 1


def test_the_journal_tells_nothing_of_a_bid_that_is_sealed(lead: Person, tmp_path: Any) -> None:
    with_bids(lead)
    assert [one.facts for one in Event.objects.filter(name="bid.receive")] == [{}, {}]
    bids = [path for path in tmp_path.rglob("sealed/**/*") if path.is_file()]
    assert len(bids) == 2
    assert not [path for path in bids if PDF in path.read_bytes()]


def test_a_late_bid_is_not_taken(lead: Person) -> None:
    made = issued(lead)
    actions.receive(made, "In time", 100, "b.pdf", PDF, **told(lead, BEFORE))
    with pytest.raises(Refused, match="late"):
        actions.receive(made, "Late", 100, "b.pdf", PDF, **told(lead, OPENS))
    take_due(OPENS, OPENS)
    with pytest.raises(Refused, match="while the tender is issued"):
        actions.receive(made, "Later", 100, "b.pdf", PDF, **told(lead, OPENS))
    with pytest.raises(Refused, match="while the tender is issued"):
        actions.answer(made, "One", date(2020, 3, 5), "What?", "That.", **told(lead, OPENS))


def test_an_answer_is_for_all_bidders_and_does_not_say_who_asked(client: Client, lead: Person) -> None:
    made = issued(lead)
    actions.answer(made, "Askers Limited", date(2020, 3, 5), "How long?", "Three years.", **told(lead))
    client.force_login(lead)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "Three years." in page
    assert "Askers Limited" not in page
    assert "Askers" not in str(Event.objects.get(name="procurement.answer").facts)


def test_who_has_a_conflict_or_has_not_declared_does_not_score(lead: Person) -> None:
    made, one, _ = with_bids(lead)
    partial = evaluator(made, lead, "partial", "My cousin bids.")
    silent = person(Role.SECRETARIAT, "change")
    actions.name_evaluator(made, silent, **told(lead))
    with pytest.raises(Refused, match="it stands"):
        actions.declare(made, "", **told(partial))
    with pytest.raises(Refused, match="from their opening"):
        actions.score(one, given(made, 1, 1), **told(partial))
    take_due(OPENS, OPENS)
    one.procurement.refresh_from_db()
    for who in (partial, silent):
        with pytest.raises(Refused, match="Declare first"):
            actions.score(one, given(made, 1, 1), **told(who, OPENS))
    with pytest.raises(Refused, match="evaluators who are named"):
        actions.score(one, given(made, 1, 1), **told(lead, OPENS))


def test_the_scoring_is_concluded_when_every_bid_is_scored_by_enough(lead: Person) -> None:
    made, one, _ = with_bids(lead)
    who = evaluator(made, lead, "a")
    take_due(OPENS, OPENS)
    actions.score(one, given(made, 80, 50), **told(who, OPENS))
    with refused(there_are_evaluators_enough, every_bid_is_scored):
        PROCUREMENT.take("conclude_scoring", made, **told(lead, OPENS))


def test_the_best_bid_wins_or_the_award_says_why(lead: Person) -> None:
    made, one, two = scored(lead)
    assert results(made) == {one.pk: 68, two.pk: 56}
    with refused(the_best_bid_or_a_reason):
        PROCUREMENT.take("award", made, **told(lead, OPENS), bidder="Two")
    PROCUREMENT.take("award", made, **told(lead, OPENS), bidder="One")
    assert (made.state, made.awarded_to) == ("awarded", one)
    with pytest.raises(Refused, match="concluded"):
        actions.name_evaluator(made, lead, **told(lead, OPENS))


def test_of_equal_bids_one_wins_for_a_reason_and_it_is_of_this_procurement(lead: Person) -> None:
    made, _, _ = scored(lead, 70, 70)
    with refused(the_best_bid_or_a_reason):
        PROCUREMENT.take("award", made, **told(lead, OPENS), bidder="One")
    other = Procurement.objects.create(title="Other", state="evaluated")
    Bid.objects.create(procurement=other, bidder="S", pence=1, file_name="b.pdf", received_at=NOON)
    with refused(the_bid_is_of_this_procurement):
        PROCUREMENT.take("award", made, **told(lead, OPENS), bidder="S", why="It is cheap.")
    PROCUREMENT.take("award", made, **told(lead, OPENS), bidder="One", why="It came first.")


def test_others_points_are_shown_once_the_scoring_is_concluded(client: Client, lead: Person, settings: Any) -> None:
    settings.CLOCK = OPENS.isoformat()
    made, one, _ = with_bids(lead)
    first, second = evaluator(made, lead, "a"), evaluator(made, lead, "b")
    take_due(OPENS, OPENS)
    keys = list(made.criteria.values_list("pk", flat=True))
    client.force_login(first)
    typed = {f"points_{keys[0]}": 83, f"why_{keys[0]}": "Good.", f"points_{keys[1]}": 101, f"why_{keys[1]}": "Fair."}
    answer = client.post(f"/bids/{one.pk}/score/", typed)
    assert answer.status_code == 422
    assert b"101" in answer.content
    assert client.post(f"/bids/{one.pk}/score/", typed | {f"points_{keys[1]}": 41}).status_code == 302
    assert b"83" in client.get(one.get_absolute_url()).content
    client.force_login(second)
    assert b">83<" not in client.get(one.get_absolute_url()).content
