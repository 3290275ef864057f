"""Observations: from the assessor's draft to an action that was seen to be done."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from secretariat.assurance.observations.case_views import standing
from secretariat.assurance.observations.duties import observations
from secretariat.assurance.observations.figures import observation_counters
from secretariat.assurance.observations.models import OBLIGATION, Observation, Remark
from secretariat.assurance.observations.naming import end_naming, name_reader, readers_of
from secretariat.assurance.observations.notices import the_finders, the_party
from secretariat.assurance.observations.procedure import chasers
from secretariat.core.figures import Span
from secretariat.core.people import Role, Team
from secretariat.core.procedure import Refused
from secretariat.plain.months import Month
from tests.assurance.found import AT, Case, answered, case, completed, draft, person, take, told


@pytest.fixture
def found(db: None) -> Case:
    """A case with a draft."""
    return case()


@pytest.mark.parametrize("name", ["G3", "G3.5", "G6.12", "G5.14(b)"])
def test_an_obligation_is_of_sections_g3_to_g6(name: str) -> None:
    OBLIGATION(name)


@pytest.mark.parametrize("name", ["G2.11", "G7", "G3.", "g3.5", "G3.5 ", "H3.5", "G3.5\n", "G3.5(B)"])
def test_what_is_no_obligation_of_them_is_refused(name: str) -> None:
    with pytest.raises(ValidationError):
        OBLIGATION(name)


def test_an_observation_is_shared_answered_done_and_verified(found: Case) -> None:
    one = completed(found)
    take("verify", one, found.assessor, how="Seen on the host.")
    assert (one.state, one.number, one.ended_on) == ("verified", 1, AT.date())
    assert {remark.step for remark in one.remarks.all()} == {"respond", "complete", "verify"}
    assert one.remarks.get(step="respond").text == one.action == "Close them."
    grid = observation_counters.grid(Span.of(Month(2020, 3)))
    assert [grid.cell(row).value for row in ("shared", "answered", "completed", "verified")] == [1, 1, 1, 1]


def test_a_shared_observation_is_numbered_and_answered_within_its_working_days(found: Case) -> None:
    other = draft(found.assessment, found.assessor, "Another.")
    take("withdraw", other, found.assessor, why="Explained.")
    take("share", found.draft, found.assessor)
    assert (other.number, found.draft.number, found.draft.due) == (None, 1, date(2020, 3, 19))
    assert "10 Working Days" in found.draft.working


def test_nothing_is_shared_while_nobody_of_the_party_is_named(found: Case) -> None:
    (reader,) = [one for one in readers_of(found.assessment) if one.person == found.contact]
    end_naming(reader, **told(found.analyst))
    with pytest.raises(Refused, match="Somebody of the party is named"):
        take("share", found.draft, found.assessor)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [({"owner": "nobody@example.org"}, "one of those named to read"),
     ({"due": "2020-03-04"}, "the action is done has not passed"),
     ({"action": ""}, "Action"), ({"due": "soon"}, "Due")],
)  # fmt: skip
def test_a_response_names_an_action_an_owner_who_is_named_and_a_day_to_come(
    found: Case, facts: dict[str, Any], reason: str
) -> None:
    take("share", found.draft, found.assessor)
    right: dict[str, Any] = {"action": "Close them.", "owner": found.contact.email, "due": "2020-03-05"}
    with pytest.raises(Refused, match=reason):
        take("respond", found.draft, found.contact, **{**right, **facts})
    assert not Remark.objects.exists()
    take("respond", found.draft, found.contact, **right)


def test_a_later_day_is_asked_for_and_granted_or_declined(found: Case) -> None:
    one = answered(found)
    with pytest.raises(Refused, match="has asked for a later day"):
        take("grant", one, found.assessor)
    with pytest.raises(Refused, match="later than the present one"):
        take("ask_for_time", one, found.contact, day="2020-03-20", why="Busy.")
    take("ask_for_time", one, found.contact, day="2020-04-20", why="Busy.")
    take("decline", one, found.assessor, why="It is grave.")
    with pytest.raises(Refused, match="has asked for a later day"):
        take("decline", one, found.assessor, why="It is grave.")
    assert (one.due, one.asked_for) == (date(2020, 3, 20), None)
    take("ask_for_time", one, found.contact, day="2020-04-20", why="The part is late.")
    take("grant", one, found.assessor)
    assert (one.due, one.asked_for) == (date(2020, 4, 20), None)
    assert one.working == "Extended on Thu 5 Mar 2020 from Fri 20 Mar 2020."


def test_an_action_is_done_with_evidence_and_sent_back_with_a_new_day(found: Case) -> None:
    one = answered(found)
    with pytest.raises(Refused, match="Evidence that the action is done"):
        take("complete", one, found.contact, what="They are closed.")
    found.draft = Observation.objects.get(pk=one.pk)
    from_party: dict[str, Any] = {"what": "They are closed."}
    one.evidence.update(purpose="done")
    take("complete", one, found.contact, **from_party)
    with pytest.raises(Refused, match="has not passed"):
        take("send_back", one, found.assessor, due="2020-03-01", why="One is open.")
    take("send_back", one, found.assessor, due="2020-03-27", why="One is open.")
    assert (one.state, one.due, one.completed_on) == ("answered", date(2020, 3, 27), None)


def test_only_the_party_and_ours_answer_and_only_the_assessor_and_ours_verify(found: Case) -> None:
    take("share", found.draft, found.assessor)
    with pytest.raises(Refused, match="is for others"):
        take("respond", found.draft, found.assessor, action="A", owner=found.contact.email, due="2020-03-20")
    take("respond", found.draft, found.analyst, action="A", owner=found.contact.email, due="2020-03-20")
    found.draft.evidence.update(purpose="done")
    take("complete", found.draft, found.contact, what="Done.")
    with pytest.raises(Refused, match="is for others"):
        take("verify", found.draft, found.contact, how="Seen.")


def test_what_is_late_is_chased_and_chased_again_after_some_working_days(found: Case) -> None:
    one = answered(found, "2020-03-06")
    assert not list(chasers(AT + timedelta(days=1)))
    late = AT + timedelta(days=4)
    (due,) = chasers(late)
    assert (due.step, due.record) == ("chase", one)
    take("chase", one, None, late)
    assert one.is_overdue(date(2020, 3, 9))
    assert not list(chasers(late + timedelta(days=1)))
    assert list(chasers(late + timedelta(days=7)))
    assert list(the_party(None, one, late)) == [found.contact]  # type: ignore[arg-type]
    assert {person.pk for person in the_finders(None, one, late)} == {found.analyst.pk, found.assessor.pk}  # type: ignore[arg-type]


def test_a_party_sees_what_it_owes_as_far_as_its_person_is_named(found: Case) -> None:
    take("share", found.draft, found.assessor)
    party = found.assessment.party_id
    (duty,) = observations(party, found.contact, AT)
    assert (duty.due, duty.what) == (date(2020, 3, 19), "Give the management response: Observation 1")
    colleague = person(Role.PARTY_CONTACT, organisation_id=party)
    assert not list(observations(party, colleague, AT))


def test_how_far_a_case_has_come_is_told_of_what_is_shared_only(found: Case) -> None:
    assert standing([found.draft], AT.date()) == ""
    one = answered(found)
    late = one.due + timedelta(days=1) if one.due else AT.date()
    assert standing([one], late) == "Of 1 shared, 1 are answered, 0 verified and 1 overdue."


def test_a_reader_has_a_part_in_the_case_and_is_named_once(found: Case) -> None:
    strangers = [
        person(Role.PARTY_CONTACT, organisation_id=found.assessment.party_id + 99),
        person(Role.ASSESSOR, audience="IPA"),
        person(Role.COMMITTEE_MEMBER, audience="OPSG"),
        person(Role.SECRETARIAT, Team.HELPDESK),
        person(Role.DCC, audience="DCC"),
    ]
    for stranger in strangers:
        with pytest.raises(Refused, match="no part in this case"):
            name_reader(found.assessment, stranger, **told(found.analyst))
    with pytest.raises(Refused, match="named already"):
        name_reader(found.assessment, found.contact, **told(found.analyst))


def test_who_is_not_named_names_nobody_and_not_themselves(found: Case) -> None:
    other = person(Role.SECRETARIAT, Team.OPERATIONS)
    for by in (other, found.contact, found.member, None):
        with pytest.raises(Refused, match="who are named themselves"):
            name_reader(found.assessment, other, **told(by))
    (reader,) = [one for one in readers_of(found.assessment) if one.person == found.contact]
    with pytest.raises(Refused, match="who are named themselves"):
        end_naming(reader, **told(other))


def test_who_begins_a_case_is_named_with_the_first_reader(found: Case) -> None:
    assert [one.person for one in readers_of(found.assessment)] == [found.analyst, found.assessor, found.contact]
