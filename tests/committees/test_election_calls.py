"""From the call of an election to its nominations, and interest between elections."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from secretariat.committees.ballots.models import electors_of
from secretariat.committees.elections import windows
from secretariat.committees.elections.actions import (
    nominate,
    plan_call,
    settle,
    write_in,
)
from secretariat.committees.elections.figures import seats_to_be_elected
from secretariat.committees.elections.models import Call, Contest, Interest, Nomination
from secretariat.committees.elections.nominating import INTERESTS, NOMINATIONS
from secretariat.committees.elections.procedure import CALLS, CONTESTS
from secretariat.committees.elections.results import result_of
from secretariat.committees.models import Committee
from secretariat.committees.seats.models import Appointment, Constituency, Filling
from secretariat.core.duties import duties_of
from secretariat.core.figures import Span
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from secretariat.post.due import take_due
from secretariat.post.notices import NOTICES
from secretariat.register.models import VotingGroup
from tests.committees.electing import (
    AFTER,
    CLOSES,
    DURING,
    OPENS,
    PLANNING,
    TERMS,
    VOTING,
    accepted,
    closed,
    contested,
    opened,
    panel,
    planned,
    put_forward,
    told,
    vacant,
    vote_on,
)
from tests.committees.factories import groups, keeper, someone
from tests.register.factories import party

pytestmark = pytest.mark.django_db


def test_who_accedes_after_the_freeze_neither_nominates_nor_votes() -> None:
    ((_, early, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS), frozen_on=date(2018, 1, 10))
    late = party("Birch Energy Limited", "2018-01-11", "small-supplier", VotingGroup.objects.create(
        key="birch", name="Birch", category="small-supplier"))  # fmt: skip
    made = put_forward(call, Constituency.SMALL_SUPPLIERS, "Ben Birch", late)
    with pytest.raises(Refused, match="not on the roll"):
        NOMINATIONS.take("accept", made, **told(DURING))
    NOMINATIONS.take("find_ineligible", made, reason="Not on the roll.", **told(DURING))
    assert (made.state, made.reason) == ("ineligible", "Not on the roll.")
    for name in ("Ada Ash", "Cleo Cedar"):
        accepted(call, Constituency.SMALL_SUPPLIERS, name, early)
    settle(closed(call), **told(AFTER))
    ballot = vote_on(call.contests.get())
    assert [elector.name for elector in ballot.electors.all()] == ["Alder"]
    assert [elector.name for elector in electors_of(contact, VOTING)] == ["Alder"]


def test_nominations_count_until_five_on_the_last_day_that_instant_included() -> None:
    ((_, of, contact),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    assert call.closes_at == CLOSES
    contest = call.contests.get()
    at_five = Nomination(contest=contest, party=of, name="Ada Ash", email="ada@example.test")
    nominate(at_five, **told(CLOSES, contact))
    too_late = Nomination(contest=contest, party=of, name="Ben Birch", email="ben@example.test")
    with pytest.raises(Refused, match="that instant included"):
        nominate(too_late, **told(CLOSES + timedelta(microseconds=1), contact))
    with pytest.raises(Refused, match="at that very instant still counts"):
        CALLS.take("close", call, **told(CLOSES))


@pytest.mark.parametrize(
    ("code", "days", "votes_until"), [("SECP", 15, date(2020, 7, 27)), ("OPSG", 10, date(2020, 7, 20))]
)
def test_the_windows_are_those_of_the_body_in_working_days(code: str, days: int, votes_until: date) -> None:
    body = Committee.objects.get(code=code)
    assert windows.nominations(body, OPENS).n == days
    assert windows.voting(body, date(2020, 7, 6)).result == votes_until
    seat = vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS, body)
    short = windows.nominations_close(body, OPENS) - timedelta(days=1)
    with pytest.raises(Refused, match="as many Working Days as the rules"):
        planned(seat, closes_at=short)
    with pytest.raises(Refused, match="close at 17:00"):
        planned(seat, closes_at=CLOSES + timedelta(days=2, minutes=1))


def test_the_panel_invites_thirty_five_working_days_before_terms_begin() -> None:
    assert windows.invitation(panel(), TERMS).result == date(2020, 7, 13)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"filling": Filling.APPOINTED}, "Seats"),
        ({"constituency": Constituency.CHAIR}, "No Party Category elects these seats"),
        ({"to_day": date(2020, 8, 31)}, "no seat any more"),
    ],
    ids=["seats_to_be_elected", "somebody_elects", "vacant_when_terms_begin"],
)
def test_only_vacant_seats_that_are_elected_are_called_for(more: dict[str, Any], sentence: str) -> None:
    seat = vacant(**{"title": "A seat", "constituency": Constituency.SMALL_SUPPLIERS, **more})
    with pytest.raises(Refused, match=sentence):
        planned(seat)


def test_a_held_seat_and_one_in_another_call_are_not_called_for() -> None:
    seat = vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS)
    planned(seat)
    with pytest.raises(Refused, match="in another call that is not settled yet"):
        planned(seat, opens_on=OPENS + timedelta(days=1))
    other = vacant("Small Supplier 2", Constituency.SMALL_SUPPLIERS)
    Appointment.objects.create(seat=other, person=someone("A member"), from_day=OPENS, recorded=PLANNING)
    with pytest.raises(Refused, match="still held"):
        planned(other)


def test_a_nomination_is_read_by_its_writer_its_candidate_and_the_secretariat_until_it_is_accepted() -> None:
    (_, alder, contact), (_, _, rival) = groups("Alder", "Birch")
    candidate = someone("Ada Ash", Role.DCC)
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    made = Nomination(contest=call.contests.get(), party=alder, name="Ada Ash", email=candidate.email, consents=True)
    nominate(made, **told(DURING, contact))

    def readers() -> list[str]:
        people = {"contact": contact, "rival": rival, "candidate": candidate, "secretary": keeper(), "public": None}
        return [name for name, one in people.items() if Nomination.objects.visible_to(one, DURING).exists()]

    assert readers() == ["contact", "candidate", "secretary"]
    NOMINATIONS.take("accept", made, **told(DURING))
    assert readers() == ["contact", "rival", "candidate", "secretary"]
    NOMINATIONS.take("withdraw", made, **told(DURING, candidate))
    assert readers() == ["contact", "candidate", "secretary"]


def test_nobody_nominates_for_another_party_or_twice_or_without_consent() -> None:
    (_, alder, _), (_, _, other) = groups("Alder", "Birch")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    contest = call.contests.get()
    made = Nomination(contest=contest, party=alder, name="Ada Ash", email="ada-ash@example.test")
    with pytest.raises(Refused, match="is for others"):
        nominate(made, **told(DURING, other))
    put_forward(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    with pytest.raises(Refused, match="nominated for these seats already"):
        put_forward(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    silent = Nomination(contest=contest, party=alder, name="Ben Birch", email="ben@example.test")
    nominate(silent, **told(DURING))
    with pytest.raises(Refused, match="did not agree to stand"):
        NOMINATIONS.take("accept", silent, **told(DURING))
    with pytest.raises(Refused, match="no semicolon"):
        put_forward(call, Constituency.SMALL_SUPPLIERS, "Ben; Birch", alder)


def test_two_candidates_of_one_name_are_told_apart() -> None:
    ((_, alder, _),) = groups("Alder")
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    contest = call.contests.get()
    same = nominate(Nomination(contest=contest, name="Ada Ash", email="other@example.test", consents=True),
                    **told(DURING))  # fmt: skip
    with pytest.raises(Refused, match="Another candidate for these seats has the same name"):
        NOMINATIONS.take("accept", same, **told(DURING))


def test_a_renomination_is_marked_and_keeps_its_seat() -> None:
    ((_, alder, _),) = groups("Alder")
    one, two = (vacant(f"Small Supplier {number}", Constituency.SMALL_SUPPLIERS) for number in (1, 2))
    member = someone("Ada Ash")
    Appointment.objects.create(
        seat=two, person=member, from_day=date(2018, 9, 1), to_day=date(2020, 8, 31), recorded=PLANNING
    )
    call = opened(one, two)
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ada Ash", alder)
    accepted(call, Constituency.SMALL_SUPPLIERS, "Ben Birch", alder)
    settle(closed(call), **told(AFTER))
    stood = Nomination.objects.order_by("name").values_list("name", "renominated", "appointment__seat__title")
    assert list(stood) == [("Ada Ash", True, "Small Supplier 2"), ("Ben Birch", False, "Small Supplier 1")]
    (said,) = result_of(call)
    assert said["sentences"][1] == "Ada Ash (re-nominated) and Ben Birch: appointed unopposed."


def test_time_opens_a_call_and_closes_it() -> None:
    groups("Alder")
    call = planned(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    take_due(windows.begins(OPENS) - timedelta(minutes=1), windows.begins(OPENS))
    call.refresh_from_db()
    assert call.state == "planned"
    take_due(DURING, DURING)
    call.refresh_from_db()
    assert call.state == "nominating"
    take_due(CLOSES, CLOSES)
    call.refresh_from_db()
    assert call.state == "nominating"
    take_due(AFTER, AFTER)
    call.refresh_from_db()
    assert call.state == "closed"


def test_a_party_on_the_roll_is_told_to_nominate_and_then_to_vote() -> None:
    (_, alder, contact), (_, birch, other) = groups("Alder", "Birch")
    group, oak, third = groups("Oak", category="large-supplier")[0]
    assert group.category == "large-supplier"
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    told_now = [duty for duty in duties_of(alder.pk, contact, DURING) if duty.about == call.contests.get()]
    assert [(duty.what, duty.due) for duty in told_now] == [("Nominate for Small Suppliers on the SEC Panel", CLOSES)]
    assert not [duty for duty in duties_of(oak.pk, third, DURING) if duty.what.startswith("Nominate")]
    for name in ("Ada Ash", "Ben Birch"):
        accepted(call, Constituency.SMALL_SUPPLIERS, name, alder)
    settle(closed(call), **told(AFTER))
    ballot = vote_on(call.contests.get())
    votes = [duty for duty in duties_of(birch.pk, other, VOTING) if duty.about == ballot]
    assert [duty.due for duty in votes] == [ballot.closes_at]


def notified(name: str, of: str, record: Any, at: datetime, **facts: Any) -> set[str]:
    """The addresses of whom a notice tells, after its words were written once."""
    (notice,) = [one for one in NOTICES[of] if one.name == name]
    event = type("Told", (), {"facts": facts})()
    people = set(notice.to(event, record, at))
    for person in people:
        assert all(notice.written(event, record, person, at))
    return {person.email for person in people}


def test_those_entitled_hear_when_nominations_open_and_when_a_vote_opens() -> None:
    groups("Oak", category="large-supplier")
    contest, found = contested(2, 1, "Ada Ash", "Ben Birch")
    ballot = vote_on(contest)
    contacts = {contact.email for _, _, contact in found}
    assert notified("call.open", "call.open", contest.call, DURING) == contacts
    assert notified("election.ballot.open", "ballot.open", ballot, VOTING) == contacts
    stood = {"ada-ash@example.test", "ben-birch@example.test"}
    assert notified("call.publish", "call.publish", contest.call, VOTING) == contacts | stood
    made = contest.nominations.get(name="Ada Ash")
    assert notified("nomination.accept", "nomination.accept", made, DURING) == {keeper().email, "ada-ash@example.test"}


def test_an_interest_between_elections_goes_to_the_chair_and_is_answered_with_a_form() -> None:
    chair_seat = vacant("Chair", Constituency.CHAIR, votes=False)
    chair = someone("The Chair", Role.DCC)
    Appointment.objects.create(seat=chair_seat, person=chair, from_day=date(2019, 1, 1), recorded=PLANNING)
    writer, stranger = someone("Dora Dale", Role.DCC), someone("Stranger", Role.DCC)
    made = Interest(committee=panel(), name="Dora Dale", email=writer.email, words="I know meters.")
    write_in(made, **told(DURING, writer))

    def read(person: Person) -> bool:
        return bool(Interest.objects.visible_to(person, DURING).exists())

    assert (read(writer), read(keeper()), read(chair), read(stranger)) == (True, True, False, False)
    INTERESTS.take("pass_on", made, **told(DURING))
    assert (read(chair), read(stranger)) == (True, False)
    about = "expression_of_interest.pass_on"
    assert notified(about, about, made, DURING) == {chair.email}
    other = opened(vacant("Networks 1", Constituency.NETWORKS, Committee.objects.get(code="OPSG")))
    with pytest.raises(Refused, match="of the same body"):
        INTERESTS.take("send_form", made, call=other.pk, **told(DURING))
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    INTERESTS.take("send_form", made, call=call.pk, **told(DURING))
    assert (made.state, made.call) == ("invited", call)


def test_an_interested_person_stands_without_a_party() -> None:
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    accepted(call, Constituency.SMALL_SUPPLIERS, "Dora Dale")
    settle(closed(call), **told(AFTER))
    assert Appointment.objects.get().person.name == "Dora Dale"


def test_terms_begin_after_nominations_have_closed() -> None:
    with pytest.raises(Refused, match="New terms begin after nominations have closed"):
        planned(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS), term_from=CLOSES.date())


def test_a_call_without_a_seat_is_not_opened() -> None:
    call = Call(committee=panel(), opens_on=OPENS, frozen_on=OPENS, term_from=TERMS, closes_at=CLOSES)
    with pytest.raises(Refused, match="Name the vacant seats"):
        plan_call(call, [], **told(PLANNING))
    CALLS.take("plan", call, **told(PLANNING))
    with pytest.raises(Refused, match="A call names at least one vacant seat"):
        CALLS.take("open", call, **told(DURING))


def test_no_seat_is_added_once_nominations_are_open() -> None:
    call = opened(vacant("Small Supplier 1", Constituency.SMALL_SUPPLIERS))
    late, contest = vacant("Gas Network", Constituency.GAS_NETWORK), Contest(call=call, constituency="gas network")
    with pytest.raises(Refused, match="Seats are called for before nominations open"):
        CONTESTS.take("call", contest, seats=[late.pk], **told(DURING))


def test_the_seats_whose_terms_end_are_listed_with_the_day_by_which_to_invite() -> None:
    one, two = (vacant(f"Small Supplier {number}", Constituency.SMALL_SUPPLIERS) for number in (1, 2))
    for seat, last in ((one, date(2020, 8, 31)), (two, date(2022, 8, 31))):
        Appointment.objects.create(
            seat=seat, person=someone(seat.title), from_day=date(2018, 9, 1), to_day=last, recorded=PLANNING
        )
    listing = seats_to_be_elected(Span(date(2020, 3, 1), date(2020, 3, 31)))
    assert [row.values for row in listing.rows] == [
        ("SEC Panel", "Small Supplier 1", "Mon 31 Aug 2020", "Mon 13 Jul 2020")
    ]
