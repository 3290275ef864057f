"""Who reads claims and bids, and that neither the journal nor mail, search, files or the API tell others of them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from secretariat.core.journal import Event
from secretariat.core.people import Capacity, Person, Role
from secretariat.core.procedure import Refused
from secretariat.effort.expenses.actions import add_item, begin, take_out
from secretariat.effort.expenses.models import ExpenseClaim, ExpenseItem
from secretariat.effort.expenses.procedure import EXPENSES
from secretariat.effort.procurement import actions
from secretariat.effort.procurement.models import Bid, Procurement
from secretariat.effort.procurement.procedure import PROCUREMENT, results, there_are_evaluators_enough
from secretariat.effort.projects.models import Project
from secretariat.post.models import Message
from secretariat.post.outbox import gather
from tests.effort.factories import NOON, person, refused

pytestmark = pytest.mark.django_db
OPENS = datetime(2020, 3, 27, 12, tzinfo=UTC)
BEFORE = datetime(2020, 3, 27, 11, 59, tzinfo=UTC)
PDF = b"%PDF-1.4 words"


@pytest.fixture(autouse=True)
def files_and_clock_of_their_own(settings: Any, tmp_path: Any) -> None:
    settings.FILES_ROOT = tmp_path
    settings.CLOCK = NOON.isoformat()


@pytest.fixture
def lead() -> Person:
    return person(Role.SECRETARIAT, "operations")


@pytest.fixture
def clerk() -> Person:
    return person(Role.SECRETARIAT, "change")


@pytest.fixture
def member() -> Person:
    return person(Role.COMMITTEE_MEMBER, audience="SECP")


def told(by: Person | None, at: datetime = NOON) -> dict[str, Any]:
    return {"by": by, "at": at, "recorded": at}


def somebody(name: str, role: Role = Role.COMMITTEE_MEMBER, **more: Any) -> Person:
    made = Person.objects.create_user(f"{name}@example.test", name)
    Capacity.objects.create(person=made, role=role, from_day=date(2017, 1, 1), recorded=NOON, **more)
    return made


def sent_back(member: Person, lead: Person) -> ExpenseClaim:
    """A claim with two items, of which one was taken out, that was sent in and sent back."""
    made = begin(ExpenseClaim(purpose="The funeral of a colleague"), **told(member))
    for pence in (4250, 900):
        item = ExpenseItem(sort="rail", pence=pence, day=date(2020, 2, 14), description=f"Train {pence}")
        add_item(made, item, ("ticket.pdf", PDF), **told(member))
    take_out(made.items.get(pence=900), **told(member))
    EXPENSES.take("submit", made, **told(member))
    EXPENSES.take("send_back", made, **told(lead), reason="The day is wrong.")
    return made


def events_of(kind: str, reader: Person | None, at: datetime = NOON) -> list[str]:
    return list(Event.objects.filter(kind=kind).visible_to(reader, at).values_list("name", flat=True))


def test_the_events_of_a_claim_are_for_those_who_read_the_claim(lead: Person, clerk: Person, member: Person) -> None:
    made = sent_back(member, lead)
    story = [f"expenses_claim.{verb}" for verb in ("begin", "take_out", "submit", "send_back")]
    assert events_of("effort.expenseclaim", lead) == story
    assert events_of("effort.expenseclaim", member) == story
    assert events_of("effort.expenseitem", member) == ["expenseitem.enter"]
    for other in (clerk, person(Role.AUTHORITY), somebody("other", audience="SECP"), None):
        assert events_of("effort.expenseclaim", other) == []
        assert events_of("effort.expenseitem", other) == []
    assert Event.objects.get(name="expenses_claim.take_out").facts == {
        "what": "Rail", "day": "2020-02-14", "pence": 900,
    }  # fmt: skip
    ExpenseClaim.objects.filter(pk=made.pk).update(classification=3)
    assert events_of("effort.expenseclaim", lead) == []


def test_no_page_file_feed_or_answer_tells_the_others_of_a_claim(
    client: Client, lead: Person, clerk: Person, member: Person
) -> None:
    made = sent_back(member, lead)
    event = Event.objects.filter(kind="effort.expenseclaim").latest("pk")
    base = "/expenses-claims"
    pages = [f"{base}/", f"{base}.csv", f"{base}.atom", f"{base}.ics", "/api/expenses-claims", "/search/?q=funeral",
             "/api/journal", "/journal.csv", "/messages.csv"]  # fmt: skip
    closed = [made.get_absolute_url(), f"/search/?q={made.reference}", f"/journal/{event.pk}/"]
    client.force_login(clerk)
    for path in pages:
        answer = client.get(path)
        assert answer.status_code == 200, path
        said = answer.content + b"".join(answer) if answer.streaming else answer.content
        for word in (b"of a colleague", b"expenses_claim", b"expenseitem", b"EXP-0", member.email.encode()):
            assert word not in said, (path, word)
    assert [client.get(path).status_code for path in closed] == [404, 200, 404]
    client.force_login(member)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "The day is wrong." in page
    assert "You read this as the claimant." in page


def test_mail_about_a_claim_is_read_by_those_who_read_the_claim(lead: Person, clerk: Person, member: Person) -> None:
    sent_back(member, lead)
    gather(NOON, NOON)
    found = Message.objects.filter(notice="expenses_claim.send_back")
    seen = {one: found.visible_to(one, NOON).count() for one in (lead, member, clerk)}
    assert seen == {lead: 1, member: 1, clerk: 0}


def tender(lead: Person, **more: Any) -> tuple[Procurement, Bid, Bid]:
    """A tender that is issued, with two sealed bids."""
    made = Procurement(title="A new assessor", opens_at=OPENS, **more)
    PROCUREMENT.take("prepare", made, **told(lead))
    actions.add_criterion(made, "Quality", 100, **told(lead))
    actions.add_document(made, "Instructions", "1.0", "i.pdf", PDF, **told(lead))
    PROCUREMENT.take("approve_documents", made, **told(lead))
    PROCUREMENT.take("issue", made, **told(lead))
    one, two = (actions.receive(made, name, 100, "b.pdf", PDF, **told(lead)) for name in ("Oneworks", "Twoworks"))
    return made, one, two


def evaluator(made: Procurement, lead: Person, name: str, conflict: str | None = "") -> Person:
    found = somebody(name, audience="SSC")
    actions.name_evaluator(made, found, **told(lead))
    if conflict is not None:
        actions.declare(made, conflict, **told(found))
    return found


def opened(made: Procurement, lead: Person) -> None:
    PROCUREMENT.take("open_bids", made, **told(lead, OPENS))


def reads(reader: Person | None, at: datetime = OPENS) -> tuple[int, int]:
    """How many bids, and events about bids, somebody reads."""
    return Bid.objects.visible_to(reader, at).count(), len(events_of("effort.bid", reader, at))


def test_a_sealed_bid_and_its_events_are_for_nobody(client: Client, lead: Person, clerk: Person) -> None:
    made, one, _ = tender(lead)
    free = evaluator(made, lead, "free")
    for reader in (lead, clerk, free, somebody("panel", audience="SECP"), person(Role.AUTHORITY), None):
        assert reads(reader, BEFORE) == (0, 0)
    event = Event.objects.get(kind="effort.bid", subject_id=one.pk)
    client.force_login(lead)
    for path in ("/api/journal", "/journal.csv", "/search/?q=Oneworks"):
        answer = client.get(path)
        said = b"".join(answer) if answer.streaming else answer.content
        assert b"bid.receive" not in said, path
        assert b"Oneworks</" not in said, path
    assert client.get(f"/journal/{event.pk}/").status_code == 404


def test_an_opened_bid_is_for_evaluators_and_the_project_s_people(lead: Person, clerk: Person) -> None:
    leads = somebody("leads", Role.SECRETARIAT, team="change")
    made, _, _ = tender(lead, project=Project.objects.create(title="Assessing", lead=leads))
    free, partial = evaluator(made, lead, "free"), evaluator(made, lead, "partial", "My cousin bids.")
    silent, panel = evaluator(made, lead, "silent", None), somebody("panel", audience="SECP")
    opened(made, lead)
    assert {one: reads(one) for one in (lead, leads, free)} == dict.fromkeys((lead, leads, free), (2, 2))
    for other in (partial, silent, panel, clerk, person(Role.AUTHORITY), None):
        assert reads(other) == (0, 0), other


def test_who_approves_the_award_reads_the_bids_once_they_are_scored(lead: Person) -> None:
    made, one, two = tender(lead)
    panel, other = somebody("panel", audience="SECP"), somebody("other", audience="OPSG")
    people = [evaluator(made, lead, name) for name in ("a", "b")]
    opened(made, lead)
    for who in people:
        for bid, points in ((one, 80), (two, 60)):
            actions.score(bid, {made.criteria.get(): (points, "It says so.")}, **told(who, OPENS))
    PROCUREMENT.take("conclude_scoring", made, **told(lead, OPENS))
    assert (reads(panel), reads(other)) == ((2, 6), (0, 0))
    PROCUREMENT.take("award", made, **told(panel, OPENS), bidder=" oneworks")
    assert made.awarded_to == one


def test_a_conflict_closes_the_bids_to_a_person_in_every_capacity(client: Client, lead: Person, settings: Any) -> None:
    """Of the operations team, a member of the approving body and an evaluator at once: the conflict goes with them."""
    settings.CLOCK = OPENS.isoformat()
    made, one, two = tender(lead)
    both = somebody("both", Role.SECRETARIAT, team="operations")
    Capacity.objects.create(
        person=both, role=Role.COMMITTEE_MEMBER, audience="SECP", from_day=date(2017, 1, 1), recorded=NOON
    )
    people = [evaluator(made, lead, name) for name in ("a", "b")]
    actions.name_evaluator(made, both, **told(lead))
    opened(made, lead)
    client.force_login(both)
    assert "Bids came from Oneworks, Twoworks." in client.get(f"/procurements/{made.pk}/declare/").content.decode()
    actions.declare(made, "", **told(both, OPENS))
    points = {made.criteria.get(): (100, "It is my cousin's.")}
    actions.score(two, points, **told(both, OPENS))
    actions.declare(made, "My cousin bids.", **told(both, OPENS))
    assert reads(both) == (0, 0)
    with pytest.raises(Refused, match="who has one does not score"):
        actions.score(two, points, **told(both, OPENS))
    for who in people:
        for bid, given in ((one, 80), (two, 60)):
            actions.score(bid, {made.criteria.get(): (given, "It says so.")}, **told(who, OPENS))
    with pytest.raises(Refused, match="nobody who declared a conflict"):
        PROCUREMENT.take("conclude_scoring", made, **told(both, OPENS))
    PROCUREMENT.take("conclude_scoring", made, **told(lead, OPENS))
    assert results(made) == {one.pk: 80, two.pk: 60}
    with pytest.raises(Refused, match="nobody who declared a conflict"):
        PROCUREMENT.take("award", made, **told(both, OPENS), bidder="Twoworks", why="He is my cousin.")


def test_a_conflict_that_comes_to_light_late_opens_the_scoring_again(lead: Person) -> None:
    made, one, two = tender(lead)
    people = [evaluator(made, lead, name) for name in ("a", "b")]
    opened(made, lead)
    for who in people:
        for bid in (one, two):
            actions.score(bid, {made.criteria.get(): (50, "It says so.")}, **told(who, OPENS))
    PROCUREMENT.take("conclude_scoring", made, **told(lead, OPENS))
    actions.declare(made, "I was offered work.", **told(people[0], OPENS))
    with refused(there_are_evaluators_enough):
        PROCUREMENT.take("award", made, **told(lead, OPENS), bidder="Oneworks", why="It came first.")
    PROCUREMENT.take("score_again", made, **told(lead, OPENS), reason="An evaluator has a conflict.")
    assert made.state == "opened"


def test_the_page_of_an_opened_procurement_does_not_say_that_no_bid_came(
    client: Client, lead: Person, clerk: Person, settings: Any
) -> None:
    settings.CLOCK = OPENS.isoformat()
    made, one, _ = tender(lead)
    opened(made, lead)
    client.force_login(clerk)
    page = client.get(made.get_absolute_url()).content.decode()
    assert "No bid came" not in page
    assert "read by the evaluators" in page
    assert client.get(f"/bids/{one.pk}/score/").status_code == 404
    client.force_login(lead)
    assert client.get(f"/bids/{one.pk}/score/").status_code == 403
