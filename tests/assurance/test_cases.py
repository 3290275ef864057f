"""A case from its request to its end: bookings, phases, papers, letters, conditions, follow-ups, and who may what."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from secretariat.assurance.cases import notices
from secretariat.assurance.cases.models import Condition, ConditionState, Stage
from secretariat.assurance.cases.page import facts
from secretariat.assurance.cases.procedure import CONDITIONS
from secretariat.assurance.cases.rules import response_due
from secretariat.assurance.cases.standing import ball_of, due, with_ball
from secretariat.assurance.load import ASSESSMENT_MILESTONES, ASSESSMENTS
from secretariat.assurance.models import Assessment, Frame, Kind, MilestoneKind, State
from secretariat.assurance.procedure import ASSESSMENT
from secretariat.core.load import Loading, load
from secretariat.core.people import Person, Role
from secretariat.core.procedure import Refused
from tests.assurance.factories import (
    LATER,
    TO_PREPARED,
    london,
    party,
    person,
    prepared,
    requested,
    security_person,
    take,
)

pytestmark = pytest.mark.django_db
NOW = london("2020-03-05")
TO_STEPS = "Approved, subject to steps"


def refused(sentence: str, name: str, case: Assessment, on: str, **told: Any) -> None:
    """The step is refused with the rule's sentence, and the case stays where it is."""
    before = case.state
    with pytest.raises(Refused, match=sentence):
        take(name, case, on, **told)
    case.refresh_from_db()
    assert case.state == before


def booked(fieldwork: str = "2020-04-06", **more: Any) -> Assessment:
    made = requested("2020-01-06", **more)
    take("book", made, "2020-01-06", fieldwork_due=fieldwork)
    return made


def decided(status: str, on: str = "2020-02-12", **more: Any) -> Assessment:
    made = prepared("2020-01-20", **more)
    take("set_status", made, on, status=status)
    return made


def contact(of: str = "Alder Energy Limited") -> Person:
    return person(Role.PARTY_CONTACT, organisation_id=party(of).pk)


def stages(case: Assessment) -> list[tuple[str, str, str]]:
    rows = Stage.objects.filter(assessment=case)
    return [(one.standing, one.from_day.isoformat(), one.to_day.isoformat() if one.to_day else "") for one in rows]


def changes(case: Assessment) -> list[tuple[Any, ...]]:
    return list(case.bookingchanges.values_list("told_on", "was", "now", "fee_percent"))


def papers(case: Assessment) -> list[tuple[Any, ...]]:
    return list(case.casepapers.values_list("kind", "number", "reference", "answer"))


def test_fieldwork_is_booked_for_a_day_that_is_still_to_come() -> None:
    refused("still to come", "book", requested("2020-01-06"), "2020-01-07", fieldwork_due="2020-01-06")


def test_a_move_in_time_is_free_and_a_late_one_costs_a_quarter() -> None:
    made = booked()
    take("move", made, "2020-01-20", fieldwork_due="2020-03-02", reason="The party moves house.")
    take("move", made, "2020-02-10", fieldwork_due="2020-03-16", reason="A clash.")
    assert changes(made) == [
        (date(2020, 1, 20), date(2020, 4, 6), date(2020, 3, 2), 0),
        (date(2020, 2, 10), date(2020, 3, 2), date(2020, 3, 16), 25),
    ]
    assert (made.state, made.fieldwork_due) == (State.BOOKED, date(2020, 3, 16))
    refused("another day", "move", made, "2020-02-11", fieldwork_due="2020-03-16", reason="None.")


def test_a_cancelled_case_has_ended_and_says_what_its_cancelling_costs() -> None:
    made, unbooked = booked("2020-03-23"), requested("2020-01-06", Kind.VUSA)
    take("cancel", made, "2020-03-02", reason="Given up.")
    take("cancel", unbooked, "2020-03-02", reason="Given up.")
    assert (made.state, made.closed_on) == (State.CANCELLED, date(2020, 3, 2))
    assert changes(made) == [(date(2020, 3, 2), date(2020, 3, 23), None, 25)]
    assert changes(unbooked) == []


def test_the_assessor_books_and_nobody_does_where_the_plan_of_its_time_moves_the_fieldwork() -> None:
    made = requested("2020-01-06")
    told: dict[str, Any] = {"by": None, "at": london("2020-01-06"), "recorded": LATER}
    cio = {**told, "by": person(Role.ASSESSOR, audience="CIO")}
    ASSESSMENT.take("book", made, fieldwork_due="2020-04-06", **cio)
    ASSESSMENT.take("move", made, fieldwork_due="2020-04-13", reason="A clash.", **told)
    with pytest.raises(Refused, match="is for others"):
        ASSESSMENT.take("cancel", made, reason="None.", **told)


def test_only_an_initial_assessment_is_done_in_two_phases() -> None:
    refused("Only the initial", "split", booked(), "2020-01-07", second_phase_due="2020-06-01")


def test_fieldwork_in_two_phases_is_completed_after_its_first() -> None:
    made, whole = booked(initial=True), booked(kind=Kind.VUSA)
    refused("The second phase begins after the first", "split", made, "2020-01-07", second_phase_due="2020-04-06")
    take("split", made, "2020-01-07", second_phase_due="2020-06-01")
    for one in (made, whole):
        take("validate", one, "2020-02-03")
    refused("after its first phase", "complete_fieldwork", made, "2020-02-04")
    refused("booked in two phases has a first", "complete_first_phase", whole, "2020-02-04")
    take("complete_first_phase", made, "2020-02-10")
    assert due(made, NOW) == (date(2020, 6, 1), "The second phase begins.")
    take("complete_fieldwork", made, "2020-02-17")
    assert [state for state, _, _ in stages(made)][-2:] == [State.FIRST_PHASE, State.FIELDWORK]


def test_versions_of_the_report_are_kept_and_a_corrected_one_asks_for_the_response_again() -> None:
    made = booked()
    for name in ("validate", "complete_fieldwork"):
        take(name, made, "2020-02-03")
    for name, reference in (("draft", "D1"), ("draft", "D2"), ("report", "R1"), ("respond", ""), ("reissue", "R2")):
        take(name, made, "2020-02-10", reference=reference)
    assert papers(made) == [
        ("draft report", 1, "D1", ""), ("draft report", 2, "D2", ""), ("final report", 1, "R1", ""),
        ("management response", 1, "", ""), ("final report", 2, "R2", ""),
    ]  # fmt: skip
    assert made.state == State.REPORTED


def test_a_case_is_prepared_when_the_response_is_in_or_its_time_is_over() -> None:
    made = booked()
    for name in TO_PREPARED[:3]:
        take(name, made, "2020-02-03")
    assert response_due(made, NOW) == date(2020, 2, 24)
    refused("the time for it is over", "prepare", made, "2020-02-24")
    take("prepare", made, "2020-02-25")
    assert stages(made)[-2:] == [("reported", "2020-02-03", "2020-02-24"), ("prepared", "2020-02-25", "")]


def test_a_plan_and_a_letter_may_be_sent_back_and_come_again() -> None:
    made = decided(TO_STEPS, initial=True)
    take("submit_plan", made, "2020-02-13", reference="P1")
    take("send_back_plan", made, "2020-02-14", reason="No owner is named.")
    take("submit_plan", made, "2020-02-17")
    take("agree_plan", made, "2020-02-19")
    take("submit_letter", made, "2020-02-20")
    take("send_back_letter", made, "2020-02-21", reason="Not signed by a director.")
    take("submit_letter", made, "2020-02-24")
    take("approve_directors_letter", made, "2020-02-26")
    take("close", made, "2020-02-28")
    assert [row for row in papers(made) if row[0] in ("remediation plan", "director's letter")] == [
        ("remediation plan", 1, "P1", "sent back"), ("remediation plan", 2, "", "agreed"),
        ("director's letter", 1, "", "sent back"), ("director's letter", 2, "", "agreed"),
    ]  # fmt: skip


def test_a_status_that_leaves_nothing_to_do_needs_no_letter_and_one_that_does_is_not_closed_without() -> None:
    done, open_ = decided("Approved", initial=True), decided("Non-compliant", of="Birch Networks")
    refused("leaves something to do", "submit_letter", done, "2020-02-13")
    refused("its status leaves nothing to do", "close", open_, "2020-02-13")
    take("close", done, "2020-02-13")


def imposed(case: Assessment, on: str = "2020-02-13", **more: Any) -> Condition:
    made = Condition(assessment=case, text="Change the procedure for leavers.", **more)
    CONDITIONS.take("impose", made, by=security_person(), at=london(on), recorded=LATER)
    return made


def condition_step(name: str, condition: Condition, by: Person, on: str, **told: Any) -> None:
    CONDITIONS.take(name, condition, by=by, at=london(on), recorded=LATER, **told)


def test_a_status_subject_to_steps_is_not_closed_before_each_condition_is_met() -> None:
    made, team, own = decided(TO_STEPS, initial=True), security_person(), contact()
    first, second = imposed(made, due=date(2020, 4, 30)), imposed(made)
    assert [first.number, second.number, second.audience] == [1, 2, "SSC"]
    take("submit_letter", made, "2020-02-14")
    refused("every condition of the status is met", "approve_directors_letter", made, "2020-02-19")
    for one in (first, second):
        condition_step("offer", one, own, "2020-02-20", evidence="Director's Letter, page 2")
    with pytest.raises(Refused, match="member of the body that sets the status"):
        condition_step("accept", first, own, "2020-02-20")
    with pytest.raises(Refused, match="decided on after it came"):
        condition_step("accept", first, team, "2020-02-19")
    condition_step("send_back", second, team, "2020-02-21", reason="Not signed.")
    condition_step("offer", second, own, "2020-02-24", evidence="Director's Letter, page 3")
    for one in (first, second):
        condition_step("accept", one, team, "2020-02-25")
    assert (second.state, second.met_on) == (ConditionState.MET, date(2020, 2, 25))
    take("approve_directors_letter", made, "2020-02-26")
    take("close", made, "2020-02-27")
    with pytest.raises(Refused, match="case that has ended"):
        imposed(made, "2020-02-28")


def test_conditions_belong_to_a_status_that_is_subject_to_steps_and_fall_due_later() -> None:
    with pytest.raises(Refused, match="status that is subject to steps"):
        imposed(decided("Approved", initial=True))
    with pytest.raises(Refused, match="still to come when the condition is set"):
        imposed(decided(TO_STEPS, initial=True, of="Birch Networks"), due=date(2020, 2, 12))


def follow_up(of: Assessment, on: str = "2020-02-20") -> Assessment:
    made = Assessment(party=of.party, kind=Kind.FOLLOW_UP, follows=of, opened_on=date.fromisoformat(on))
    ASSESSMENT.take("request", made, by=security_person(), at=london(on), recorded=LATER)
    return made


def test_a_deferral_is_closed_when_it_is_followed_up_and_the_follow_up_is_given_the_same_kind_of_status() -> None:
    made = decided("Deferred", initial=True)
    refused("it is followed up", "close", made, "2020-02-13")
    again = follow_up(made)
    assert again.outcome == MilestoneKind.ASSURANCE_STATUS
    with pytest.raises(Refused, match="is open already"):
        follow_up(made, "2020-02-21")
    take("close", made, "2020-02-21")
    take("book", again, "2020-02-21", fieldwork_due="2020-02-24")
    for name in TO_PREPARED:
        take(name, again, "2020-02-28")
    take("set_status", again, "2020-03-04", status="Approved")
    assert again.milestones.get(kind="assurance_status").detail == "Approved"


def test_a_follow_up_comes_after_a_status_that_calls_for_it_and_of_the_same_party() -> None:
    made = decided("Approved", initial=True)
    with pytest.raises(Refused, match="whose status calls for one"):
        follow_up(made)
    other = Assessment(party=party("Birch Networks"), kind=Kind.FOLLOW_UP, follows=made, opened_on=date(2020, 2, 20))
    with pytest.raises(ValidationError, match="of the same party"):
        other.full_clean()


def test_only_a_status_that_was_set_and_stands_is_withdrawn() -> None:
    made, reviewed = decided("Approved", initial=True), prepared("2020-01-20", kind=Kind.SSA, of="Birch Networks")
    take("review", reviewed, "2020-02-12")
    refused("still stands", "withdraw_status", reviewed, "2020-02-13", reason="None.")
    take("withdraw_status", made, "2020-02-20", reason="A new system.")
    assert made.status_withdrawn_on == date(2020, 2, 20)
    refused("still stands", "withdraw_status", made, "2020-02-21", reason="Again.")


def test_a_privacy_assessment_is_the_panels_and_its_auditors() -> None:
    made = prepared("2020-01-20", kind=Kind.FPA)
    assert (made.frame, made.audience, made.assessor) == (Frame.PRIVACY, "SECP", "IPA")
    ssc, panel = person(Role.COMMITTEE_MEMBER, audience="SSC"), person(Role.COMMITTEE_MEMBER, audience="SECP")
    told: dict[str, Any] = {"at": london("2020-02-14"), "recorded": LATER}
    with pytest.raises(Refused, match="of privacy the Panel"):
        ASSESSMENT.take("set_status", made, by=ssc, status="Approved", **told)
    with pytest.raises(Refused, match="one that the rulebook names"):
        ASSESSMENT.take("set_status", made, by=panel, status="Rejected", **told)
    ASSESSMENT.take("set_status", made, by=panel, status="Provisionally approved", **told)
    assert [one.pk for one in Assessment.objects.all().visible_to(panel, NOW)] == [made.pk]
    assert not Assessment.objects.all().visible_to(ssc, NOW).exists()


def test_an_assessor_reads_and_moves_the_cases_of_the_own_body_and_the_party_answers_its_own() -> None:
    security, privacy = booked(), booked(kind=Kind.FPA, of="Birch Networks")
    cio, own = person(Role.ASSESSOR, audience="CIO"), contact()
    assert [one.pk for one in Assessment.objects.all().visible_to(cio, NOW)] == [security.pk]
    told: dict[str, Any] = {"by": cio, "at": london("2020-02-03"), "recorded": LATER}
    for name in TO_PREPARED[:3]:
        ASSESSMENT.take(name, security, **told)
    for name, case in (("respond", security), ("validate", privacy)):
        with pytest.raises(Refused, match="is for others"):
            ASSESSMENT.take(name, case, **told)
    assert security.milestones.all().visible_to(cio, NOW).count() == 3
    with pytest.raises(Refused, match="is for others"):
        ASSESSMENT.take("respond", security, **{**told, "by": contact("Birch Networks")})
    ASSESSMENT.take("respond", security, **{**told, "by": own})
    assert security.state == State.RESPONDED


def test_the_list_tells_of_every_case_the_same_as_its_page() -> None:
    rows = [
        Assessment(party=party(f"Party of {state}"), kind=kind, opened_on=date(2020, 1, 6), state=state)
        for state in ("", *State)
        for kind in (Kind.FUSA, Kind.SSA)
    ]
    Assessment.objects.bulk_create(rows)
    for n, status in enumerate(("Compliant", "Non-compliant", "Deferred", TO_STEPS)):
        decided(status, of=f"Status {n}", initial="De" in status or "App" in status)
    listed = {one.pk: one for one in with_ball(Assessment.objects.all(), NOW)}
    assert len(listed) == len(rows) + 4
    for case in Assessment.objects.all():
        found = ball_of(case, NOW)
        assert (listed[case.pk].holder, listed[case.pk].since) == (found.holder, found.since), case.state


def test_the_page_says_on_whom_a_case_waits_since_when_and_by_when() -> None:
    made = booked()
    for name in TO_PREPARED[:3]:
        take(name, made, "2020-02-10")
    told = {fact.label: (fact.value, fact.note) for fact in facts(made, contact(), NOW)}
    assert told["Waiting on"] == ("Alder Energy Limited (you)", "Since Mon 10 Feb 2020: 24 days.")
    assert told["What for"][0] == "Send in the management response"
    assert told["By"][0] == "Mon 2 Mar 2020"
    assert told["Status set by"][0] == "SSC"


def test_a_condition_is_set_by_the_form_for_those_only_who_set_the_status() -> None:
    made = decided(TO_STEPS, initial=True)
    path, told = f"/assessments/{made.pk}/conditions/new/", {"text": "Train the staff.", "due": "2026-01-31"}
    client = Client()
    client.force_login(contact(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(path).status_code == 403
    client.force_login(
        person(Role.COMMITTEE_MEMBER, audience="SSC"), backend="django.contrib.auth.backends.ModelBackend"
    )
    assert client.post(path, {**told, "due": "2019-01-31"}).status_code == 422
    assert client.post(path, {**told, "due": ""}).status_code == 302
    assert "Train the staff." in client.get(made.get_absolute_url()).content.decode()
    assert client.get(Condition.objects.get().get_absolute_url()).status_code == 200


def loaded(kind: Any, text: str) -> None:
    load(kind, "file.csv", text.encode(), Loading(security_person(), LATER, LATER))


def test_a_loaded_case_stands_where_its_milestones_and_the_file_say() -> None:
    party()
    loaded(ASSESSMENTS, "party,kind,opened_on,state,since,fieldwork_due\n"
           "alder-energy-limited,FPA,2019-11-04,validated,,2020-03-16\n"
           "alder-energy-limited,FUSA,2019-12-02,booked,2019-12-16,2020-03-30\n")  # fmt: skip
    loaded(ASSESSMENT_MILESTONES, "party,kind,opened_on,milestone,day,detail\n"
           "alder-energy-limited,FPA,2019-11-04,validation_1,2020-02-03,\n")  # fmt: skip
    privacy, security = Assessment.objects.get(kind=Kind.FPA), Assessment.objects.get(kind=Kind.FUSA)
    assert (privacy.frame, privacy.audience, privacy.fieldwork_due) == ("privacy", "SECP", date(2020, 3, 16))
    assert stages(privacy) == [("requested", "2019-11-04", "2020-02-02"), ("validated", "2020-02-03", "")]
    assert stages(security) == [("requested", "2019-12-02", "2019-12-15"), ("booked", "2019-12-16", "")]


@pytest.mark.parametrize(
    ("step", "told", "hears"),
    [
        ("set_status", {"status": "Non-compliant"}, "party"),
        ("submit_letter", {"reference": "L1"}, "team"),
        ("send_back_letter", {"reason": "Not signed."}, "party"),
    ],
)
def test_the_other_side_hears_of_a_step_and_no_mail_says_what_was_decided(step: str, told: Any, hears: str) -> None:
    own, team = contact(), security_person()
    contact("Birch Networks")
    made = prepared("2020-01-20")
    before = {"submit_letter": ["set_status"], "send_back_letter": ["set_status", "submit_letter"]}.get(step, [])
    for name in before:
        take(name, made, "2020-02-12", **({"status": "Non-compliant"} if name == "set_status" else {}))
    event = take(step, made, "2020-02-13", **told)
    (notice,) = (one for one in notices.NOTICES if one.event == event.name)
    assert list(notice.to(event, made, NOW)) == [own if hears == "party" else team]
    subject, body = notice.written(event, made, own, NOW)
    assert "Non-compliant" not in subject + body
    assert "Not signed" not in body
    assert made.get_state_display() in body
